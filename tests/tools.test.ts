import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hasTools } from './support/tools.ts';

const read = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'));

/**
 * A package beside the tests is found before the one of the program: of another version, the tests would try what the program does not use.
 */
test.skipIf(!hasTools)('the tools of the tests bring no other version of a package of the program', async () => {
  const { devDependencies } = await read('package.json');
  const names = Object.keys(Object(devDependencies)).filter((name) => !name.startsWith('@types/'));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const beside = await read(`tests/node_modules/${name}/package.json`).catch(() => null);
    if (beside === null) continue;
    expect([name, beside['version']]).toEqual([name, (await read(`node_modules/${name}/package.json`))['version']]);
  }
});
