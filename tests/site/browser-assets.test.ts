import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { browserAssets, phraseModelSource } from '../../lib/site/browser/build.ts';
import { filterScript } from '../../lib/site/browser-assets.ts';

test('the stylesheet and the script are made from what is written by hand (npm run assets)', async () => {
  const committed = await readFile(new URL('../../lib/site/browser-assets.ts', import.meta.url), 'utf8');
  expect(committed).toBe(await browserAssets());
});

test('the model of phrases is the one that is installed (npm run assets)', async () => {
  const committed = await readFile(new URL('../../lib/site/phrase-model.ts', import.meta.url), 'utf8');
  expect(committed).toBe(phraseModelSource());
});

test('the script is at most 3 kB compressed', () => {
  expect(brotliCompressSync(filterScript).byteLength).toBeLessThanOrEqual(3000);
});
