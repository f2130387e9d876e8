import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const resultSchema = z.object({
  outcome: z.string(),
  release: z.string().nullable(),
  /** What this process wanted the site to be. */
  files: z.record(z.string(), z.string()),
});

interface Places {
  readonly site: string;
  readonly state: string;
  /** Of the S3 server; null for folders. */
  readonly endpoint: string | null;
}

/** Starts so many processes at once, each of which publishes a site of its own to the same place. */
export async function publishInProcesses(count: number, { site, state, endpoint }: Places) {
  const program = join(import.meta.dirname, 'publish-process.ts');
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const { stdout } = await promisify(execFile)(process.execPath, [program, String(number), site, state], {
        env: {
          ...process.env,
          ...(endpoint !== null && { AWS_ENDPOINT_URL_S3: endpoint }),
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'testsecret',
        },
      });
      return resultSchema.parse(JSON.parse(stdout));
    }),
  );
}
