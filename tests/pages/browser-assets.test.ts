import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { generated } from '../../lib/pages/browser/build.ts';
import { filterScript } from '../../lib/pages/browser-assets.ts';

test.each(generated)('$file is made from what it says (npm run assets)', async ({ file, text }) => {
  expect(await readFile(file, 'utf8')).toBe(await text());
});

test('the script is at most 3 kB compressed', () => {
  expect(brotliCompressSync(filterScript).byteLength).toBeLessThanOrEqual(3000);
});
