import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** Runs a module in a process of its own and gives the names of the packages that it loaded through CommonJS. */
async function packagesLoadedBy(code: string): Promise<Set<string>> {
  const script = `
    import { createRequire } from 'node:module';
    ${code}
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify(loaded.map((file) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/u.exec(file)?.[1] ?? '')));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: process.cwd() });
  const names: string[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]');
  return new Set(names);
}

const module = (path: string) => JSON.stringify(new URL(`../../../lib/${path}`, import.meta.url).href);

test("Google's client is not loaded by the command line, nor by making a source", async () => {
  const loaded = await packagesLoadedBy(`
    await import(${module('cli/program.ts')});
    const { googleSheetSource } = await import(${module('sources/google/google-sheet.ts')});
    googleSheetSource({ spreadsheetId: 'x', config: { kind: 'loopback', apiRoot: 'http://127.0.0.1:1/' }, access: 'read' });`);
  expect(loaded).not.toContain('googleapis');
  expect(loaded).not.toContain('google-auth-library');
});

test('reading loads its sheets and drive parts, and none of the hundreds of other APIs', async () => {
  const loaded = await packagesLoadedBy(`
    const { googleSheetSource } = await import(${module('sources/google/google-sheet.ts')});
    const config = { kind: 'loopback', apiRoot: 'http://127.0.0.1:1/' };
    await googleSheetSource({ spreadsheetId: 'x', config, access: 'read', budgetMs: 1 }).read();
    const apis = Object.keys(createRequire(import.meta.url).cache).flatMap((file) => /googleapis\\/build\\/src\\/apis\\/(\\w+)/u.exec(file)?.[1] ?? []);
    if ([...new Set(apis)].toSorted().join() !== 'drive,sheets') throw new Error(apis.join());`);
  expect(loaded).toContain('googleapis');
});
