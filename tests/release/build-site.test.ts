import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildSite } from '../../lib/release/build-site.ts';
import { outputFolder } from '../../lib/stores/folder/output-folder.ts';
import { planOf, scenes } from '../support/scenes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

const build = (name: 'first' | 'oneGoal' | 'withdrawn') => buildSite(outputFolder(folder), planOf(name));

async function filesThere(): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')] as [string, string]),
    ),
  );
}

describe('a build without state', () => {
  test('writes every file, byte for byte, and nothing beside', async () => {
    const { files } = scenes.first;
    expect(await build('first')).toMatchObject({
      outcome: 'published',
      release: expect.stringMatching(/^000001-[0-9a-f]{8}$/),
      objects: { written: files.length, unchanged: 0, deleted: 0 },
      requests: { site: 2 * files.length, state: 0 },
      problem: null,
    });
    expect(await filesThere()).toEqual(new Map(files.map(({ key, body }) => [key, Buffer.from(body).toString()])));
  });

  test('touches nothing that is right already', async () => {
    await build('first');
    for (const key of (await filesThere()).keys()) await utimes(path.join(folder, key), 0, 0);
    expect(await build('first')).toMatchObject({
      outcome: 'unchanged',
      objects: { written: 0, unchanged: scenes.first.files.length },
    });
    for (const key of (await filesThere()).keys()) expect((await stat(path.join(folder, key))).mtimeMs, key).toBe(0);
  });

  test('writes what differs, also where only the bytes do, and leaves no other file behind', async () => {
    await build('first');
    const whole = await filesThere();
    const page = await readFile(path.join(folder, 'index.html'));
    page[0] = 0x20;
    await writeFile(path.join(folder, 'index.html'), page);
    expect((await build('first')).objects).toMatchObject({ written: 1, unchanged: scenes.first.files.length - 1 });
    expect(await filesThere()).toEqual(whole);
  });

  test('removes nothing, since files in the folder may be somebody’s own', async () => {
    await build('first');
    await writeFile(path.join(folder, 'theirs.txt'), 'theirs');
    expect((await build('withdrawn')).objects.deleted).toBe(0);
    expect([...(await filesThere()).keys()]).toEqual(expect.arrayContaining(['theirs.txt', '2024/kodomo/index.html']));
  });

  test('says what stands in the way', async () => {
    await mkdir(path.join(folder, 'index.html'));
    expect(await build('first')).toMatchObject({
      outcome: 'failed',
      problem: { code: 'folder-eisdir', message: expect.stringContaining('index.html') },
    });
  });

  test('writes nothing where there is nothing to publish', async () => {
    expect(await buildSite(outputFolder(folder), () => ({ kind: 'blocked' }))).toMatchObject({
      outcome: 'blocked',
      objects: { written: 0 },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
