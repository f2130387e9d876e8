import { execFile } from 'node:child_process';
import { appendFile, copyFile, cp, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from '../support/command-line.ts';

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');

/** A copy of the program in a folder of its own, with a cache of its own. */
async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(path.join(repository, 'lib'), path.join(folder, 'lib'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(repository, file), path.join(folder, file));
  }
  await mkdir(path.join(folder, 'node_modules'));
  for (const name of await readdir(path.join(repository, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    await symlink(path.join(repository, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
  return folder;
}

const launch = (folder: string, ...args: string[]) =>
  run(process.execPath, [path.join(folder, 'lib/cli/launch.cjs'), ...args], { env: { ...process.env, LANG: 'en' } });

test('the bundled program builds the same bytes, and a change of the sources is seen at once', async () => {
  const folder = await installed();
  const build = async (out: string) => {
    const sample = path.join(folder, 'lib/sample');
    const args = ['build', '--source', sample, '--out', path.join(folder, out), '--now', '2025-04-01'];
    // One department of the sample is held, which is status 1.
    await launch(folder, ...args).catch((error: { code: number }) => expect(error.code).toBe(1));
    return filesBelow(path.join(folder, out));
  };
  const fromSources = await build('sources');
  expect(fromSources.size).toBeGreaterThan(20);
  await run(process.execPath, [path.join(folder, 'lib/cli/bundle.js')]);
  const bundle = path.join(folder, 'node_modules/.cache/mokuhyo/bundle');
  expect(await build('bundled')).toEqual(fromSources);
  // What was compiled when the bundle was made is what a build needs.
  expect(await readdir(bundle)).toContain('main.cjs.compiled');

  const texts = [...(await filesBelow(bundle))].flatMap(([name, text]) => (name.endsWith('.cjs') ? [text] : []));
  const holding = (word: string) => texts.filter((text) => text.includes(word)).length;
  // Of what the SDK knows of S3, the requests that are sent and no others.
  expect([holding('"GetObjectRequest"'), holding('"ListBucketsRequest"'), holding('"Grantee"')]).toEqual([1, 0, 0]);

  // The bundle is what runs: it alone knows of this change.
  await appendFile(path.join(bundle, 'main.cjs'), "\nprocess.stderr.write('from the bundle');\n");
  expect((await launch(folder, '--help')).stderr).toContain('from the bundle');
  await appendFile(path.join(folder, 'lib/cli/main.ts'), "\nprocess.stderr.write('from the sources');\n");
  const { stderr } = await launch(folder, '--help');
  expect(stderr).toContain('from the sources');
  expect(stderr).not.toContain('from the bundle');
});
