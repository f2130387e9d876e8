import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { filesBelow, runCommand, temporaryFolder } from './support/command-line.ts';

/**
 * A golden case is a folder: `1-…`, `2-…` are folders of CSV files, published one after the other a month apart; `expected` is
 * the whole site after the last. `npm run golden` writes what the program makes of it; read the difference before you keep it.
 */
const golden = fileURLToPath(new URL('golden', import.meta.url));
const writing = process.env['MOKUHYO_GOLDEN'] === 'write';

const cases = await readdir(golden);

describe.each(cases)('%s', (name) => {
  test('gives the site that is expected, no file missing and none too many', async () => {
    const folder = path.join(golden, name);
    const steps = (await readdir(folder)).filter((entry) => /^\d-/u.test(entry)).sort();
    const place = await temporaryFolder();
    const site = path.join(place, 'site');
    for (const [index, step] of steps.entries()) {
      const now = `2025-0${4 + index}-01T10:00:00+09:00`;
      const source = ['--source', path.join(folder, step), '--site-url', 'https://minatono.example/mokuhyo/'];
      const { status } = await runCommand([
        'build',
        ...source,
        '--out',
        site,
        '--state',
        path.join(place, 'state'),
        '--now',
        now,
      ]);
      expect(status).toBeLessThan(2);
    }
    const expected = path.join(folder, 'expected');
    if (writing) {
      await rm(expected, { recursive: true, force: true });
      await cp(site, expected, { recursive: true });
    }
    const [made, wanted] = [await filesBelow(site), await filesBelow(expected)];
    expect([...made.keys()]).toEqual([...wanted.keys()]);
    for (const [key, body] of wanted) expect(made.get(key)?.toString(), key).toBe(body.toString());
  });
});
