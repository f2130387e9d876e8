import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
/** A checker starts the command line some dozens of times. */
const timeout = 600_000;
const project = fileURLToPath(new URL('../..', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Runs a checker that stands beside its cases; what it says goes into the failure. */
async function check(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [`${shared}${script}`, project, ...args], { maxBuffer: 1e8 }).catch(
    (error: { stdout: string; stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }),
  );
  return stdout.trim();
}

/** Sheets of other cities and files from the field, with the right outcome each: whatever a rule changes, it is held against all of them. */
test.skipIf(!existsSync(`${shared}cities`))(
  'the sheets of other cities are published as they should be',
  { timeout },
  async () => {
    expect(await check('cities/check-cities.mjs', `${shared}cities`)).toMatch(/^all \d+ sheets as expected$/u);
  },
);

test.skipIf(!existsSync(`${shared}field`))(
  'what people type and programs save is read as it should be',
  { timeout },
  async () => {
    expect(await check('field/check-field.mjs')).toMatch(/^(\d+) of \1 cases as expected$/u);
  },
);
