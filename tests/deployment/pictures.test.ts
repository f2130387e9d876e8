import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bundle } from '../../deploy/bundle.ts';
import { unbundledPackages } from '../../tools/unbundled-packages.ts';

/** What decodes pictures and sets documents in Lambda, as `npm run bundle` packs it on any machine. */

const root = path.join(import.meta.dirname, '../..');
const isInstalled = existsSync(path.join(root, 'deploy/pictures/node_modules/sharp'));

test.each([...unbundledPackages, '@expo-google-fonts/biz-udgothic'])(
  'the clone and Lambda have the same version of %s, each from its own lockfile',
  async (name) => {
    const version = async (file: string) => {
      const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
      return lock.parse(JSON.parse(await readFile(path.join(root, file), 'utf8'))).packages[`node_modules/${name}`]
        ?.version;
    };
    expect(await version('deploy/pictures/package-lock.json')).toMatch(/^\d/u);
    expect(await version('deploy/pictures/package-lock.json')).toBe(await version('package-lock.json'));
  },
);

describe.skipIf(!isInstalled)('the packed functions', () => {
  let folder: string;
  let zips: Record<'poll' | 'publish', Record<string, Uint8Array>>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
    const unpacked = async (name: 'poll' | 'publish') => {
      await bundle(name, folder);
      return unzipSync(await readFile(path.join(folder, `${name}.zip`)));
    };
    zips = { poll: await unpacked('poll'), publish: await unpacked('publish') };
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('publish has the native parts for Linux on ARM, and for no other machine', () => {
    const native = Object.entries(zips.publish).filter(([name]) => /\.node$|\.so(?:\.[\d.]+)?$/u.test(name));
    expect(native.map(([name]) => name.replace(/-\d[\d.]*\.node$|\.so\..*$/u, '')).toSorted()).toEqual([
      'node_modules/@img/sharp-libvips-linux-arm64/lib/libvips-cpp',
      'node_modules/@img/sharp-linux-arm64/lib/sharp-linux-arm64',
      'node_modules/@myriaddreamin/typst-ts-node-compiler-linux-arm64-gnu/typst-ts-node-compiler.linux-arm64-gnu.node',
    ]);
    for (const [name, bytes] of native) {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      // An ELF file of 64 bits for AArch64 (e_machine 183).
      expect([view.getUint32(0), bytes[4], view.getUint16(18, true)], name).toEqual([0x7f454c46, 2, 183]);
    }
    const size = Object.values(zips.publish).reduce((sum, { byteLength }) => sum + byteLength, 0);
    // Lambda allows 250 MB.
    expect(size).toBeLessThan(110_000_000);
  });

  test('publish has the fonts of the documents, those of no package where the part that reads them looks', () => {
    const fonts = Object.keys(zips.publish).filter((name) => name.endsWith('.ttf'));
    expect(fonts.toSorted()).toEqual([
      'chunks/fonts/MokuhyoHanzi-Regular.ttf',
      'chunks/fonts/MokuhyoRare-Regular.ttf',
      'node_modules/@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf',
      'node_modules/@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf',
    ]);
    const readers = Object.entries(zips.publish).filter(
      ([name, bytes]) => name.endsWith('.mjs') && Buffer.from(bytes).includes('MokuhyoRare-Regular.ttf'),
    );
    expect(readers.map(([name]) => path.posix.dirname(name))).toEqual(['chunks']);
  });

  test('publish has the letters of pictures, with their licence, and what sets them', () => {
    const names = Object.keys(zips.publish);
    for (const file of [
      '@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf',
      '@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf',
      '@expo-google-fonts/biz-udgothic/LICENSE_FONT',
      'harfbuzzjs/dist/index.mjs',
      'harfbuzzjs/dist/harfbuzz.wasm',
    ]) {
      expect(names).toContain(`node_modules/${file}`);
    }
  });

  test('poll has none of it', () => {
    expect(Object.keys(zips.poll).filter((name) => /^node_modules\/|\.ttf$/u.test(name))).toEqual([]);
  });
});
