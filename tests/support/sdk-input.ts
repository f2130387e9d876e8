import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const packages = path.join(import.meta.dirname, '../../node_modules/@aws-sdk');

/** Services whose client has another name than the AWS command line has for them. */
const clients: Readonly<Record<string, string>> = { s3api: 's3', logs: 'cloudwatch-logs' };

/** Operations whose input is called otherwise than they are. */
const inputs: Readonly<Record<string, string>> = { 'lambda invoke': 'invocation' };

export interface SdkInput {
  /** Names of the members, without capitals: as the flags are, without hyphens. */
  readonly members: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
}

/** What an operation takes, read from AWS's own typings; null where the client of that service is not here. */
export function sdkInput(service: string, operation: string): SdkInput | null {
  const models = path.join(packages, `client-${clients[service] ?? service}`, 'dist-types/models');
  if (!existsSync(models)) return null;
  const name = (inputs[`${service} ${operation}`] ?? operation).replace(/(?:^|-)(\w)/gu, (_, letter: string) =>
    letter.toUpperCase(),
  );
  for (const file of readdirSync(models).filter((entry) => entry.endsWith('.d.ts'))) {
    const text = readFileSync(path.join(models, file), 'utf8');
    const body = new RegExp(`export interface ${name}(?:Input|Request|CommandInput) \\{([\\s\\S]*?)\\n\\}`, 'iu').exec(
      text,
    );
    if (body === null) continue;
    const members = [...(body[1] ?? '').matchAll(/^ {4}(\w+)(\??):/gmu)];
    return {
      members: new Set(members.map(([, member = '']) => member.toLowerCase())),
      required: new Set(
        members.filter(([, , optional]) => optional === '').map(([, member = '']) => member.toLowerCase()),
      ),
    };
  }
  throw new Error(`${service} has no operation ${operation}.`);
}
