import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../tools/command-line/build.ts';
import { packagesIn } from '../../tools/command-line/third-party-notices.ts';
import { filesBelow, temporaryFolder } from '../support/command-line.ts';

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');

/** Runs one way to start the program, in a folder where there is nothing but that. */
const start = async (program: string, ...args: string[]) => {
  const cwd = await temporaryFolder();
  return run(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, LANG: 'en', npm_lifecycle_event: '' },
  });
};

describe('the packed command line', () => {
  let folder: string;
  let packages: readonly string[];

  beforeAll(async () => {
    // Outside of the repository: nothing is found there that the file does not hold itself.
    folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
    packages = packagesIn(await buildCommandLine(folder));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const built = async (program: string) => {
    const out = await temporaryFolder();
    const args = ['build', '--source', path.join(repository, 'lib/sample'), '--out', out, '--now', '2025-04-01'];
    // One department of the sample is held, which is status 1.
    await start(program, ...args).catch((error: { code: number }) => expect(error.code).toBe(1));
    return filesBelow(out);
  };

  test('builds the same bytes as the sources', async () => {
    const fromSources = await built(path.join(repository, 'lib/cli/launch.mjs'));
    expect(fromSources.size).toBeGreaterThan(20);
    expect(await built(path.join(folder, 'start.mjs'))).toEqual(fromSources);
  });

  test('says its version and how it was started', async () => {
    const { version } = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8'));
    expect((await start(path.join(folder, 'start.mjs'), '--version')).stdout).toBe(`${version}\n`);
    const { stdout } = await start(path.join(folder, 'start.mjs'), '--help');
    expect(stdout).toContain('Usage: mokuhyo COMMAND');
    expect(stdout).not.toContain('npm run');
  });

  test('names every package that it holds, with its licence', async () => {
    const notices = await readFile(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(packages.length).toBeGreaterThan(10);
    for (const place of packages) {
      const { name, version } = JSON.parse(await readFile(path.join(repository, place, 'package.json'), 'utf8'));
      expect(notices).toContain(`${name} ${version} (`);
    }
    expect(notices).toContain('Permission is hereby granted');
  });

  test('is small enough to be sent around', async () => {
    const { size } = await stat(path.join(folder, 'mokuhyo.mjs'));
    expect(size).toBeLessThan(3_000_000);
  });
});
