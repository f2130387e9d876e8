import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundle, fleetFunctionNames, functionNames } from '../../deploy/bundle.ts';
import { type CloudFormationTemplate, templateSchema } from './cloudformation-values.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** Makes the zips where `serverless.yml` and `serverless-sites.yml` look for them. */
export async function makeZips(): Promise<void> {
  for (const name of [...functionNames, ...fleetFunctionNames]) await bundle(name);
}

/** The template that `serverless package` writes with these options: no account, no login, no network. */
export async function packagedTemplate(...options: readonly string[]): Promise<CloudFormationTemplate> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  const program = path.join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const running = promisify(execFile)(process.execPath, [program, 'package', '--package', folder, ...options], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_EC2_METADATA_DISABLED: 'true',
      SPREADSHEET_ID: 'sheet-of-the-tests',
      STAFF_EMAIL: 'staff@example.jp',
      OPERATOR_EMAIL: 'operator@example.jp',
      MAIL_FROM: 'goals@example.jp',
    },
  });
  // What it says of its own is on standard output.
  await running.catch((error: { stdout?: string }) => {
    throw new Error(`serverless package: ${error.stdout ?? ''}`, { cause: error });
  });
  const text = await readFile(path.join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  await rm(folder, { recursive: true, force: true });
  return templateSchema.parse(JSON.parse(text));
}
