import { describe, expect, test } from 'vitest';
import { lettersOfFonts } from '../../lib/lettering/letters.ts';
import { sharePictures } from '../../lib/lettering/share-pictures.ts';
import { publish } from '../../lib/publish.ts';
import { rollback } from '../../lib/release/rollback.ts';
import { parseState } from '../../lib/release/state.ts';
import type { Source } from '../../lib/sources/source.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { soundTabs, type Tabs, withCell, workbookOf } from '../support/workbook.ts';

const goals = [['目標を達成する', 'achieved']] as const;
const two = publishedOf([
  yearOf({
    departments: [
      { id: 'shimin', name: '市民部', goals },
      { id: 'fukushi', name: '福祉部', goals },
    ],
  }),
]);
const nowhere = { isThere: () => false, bytesOf: () => null };
const neverLoaded = () => Promise.reject(new Error('The letters are not needed.'));

describe('the pictures of a site', () => {
  test('are drawn once: what is there already needs no letters, in a state and in a folder', async () => {
    const first = await sharePictures(two, nowhere);
    expect(first.files).toHaveLength(3);
    expect(first.named.map(({ department }) => department)).toEqual([null, 'shimin', 'fukushi']);
    const bodies = new Map(first.files.flatMap((file) => ('keep' in file ? [] : [[file.key, file.body] as const])));
    const inState = { isThere: (key: string) => bodies.has(key), bytesOf: () => null, letters: neverLoaded };
    const kept = await sharePictures(two, inState);
    expect([kept.named, kept.files.every((file) => 'keep' in file), kept.notes]).toEqual([first.named, true, []]);
    const inFolder = { isThere: () => false, bytesOf: (key: string) => bodies.get(key) ?? null, letters: neverLoaded };
    expect((await sharePictures(two, inFolder)).files).toEqual(first.files);
  });

  test('that a build was stopped in are drawn again', async () => {
    const first = await sharePictures(two, nowhere);
    const cut = (key: string) => {
      const file = first.files.find((one) => one.key === key);
      return file === undefined || 'keep' in file ? null : file.body.subarray(0, 500);
    };
    expect((await sharePictures(two, { isThere: () => false, bytesOf: cut })).files).toEqual(first.files);
  });

  test('are none where no letters are installed, and nothing is said of it', async () => {
    expect(await sharePictures(two, { ...nowhere, letters: async () => null })).toEqual({
      named: [],
      files: [],
      notes: [],
    });
  });

  test('that cannot be drawn are told, and the pages do without', async () => {
    const { named, notes } = await sharePictures(two, { ...nowhere, letters: neverLoaded });
    expect(named).toEqual([]);
    expect(notes).toMatchObject([{ severity: 'warning', failure: { code: 'share-pictures-failed' } }]);
    expect(notes[0]?.failure.message).toContain('3枚');
  });

  test('of a name with a letter that no font has is left out, and no other is', async () => {
    const rare = publishedOf([
      yearOf({
        departments: [
          { id: 'yoshino', name: '𠮷野部', goals },
          { id: 'fukushi', name: '福祉部', goals },
        ],
      }),
    ]);
    const { named, notes } = await sharePictures(rare, { ...nowhere, letters: lettersOfFonts });
    expect(named.map(({ department }) => department)).toEqual([null, 'fukushi']);
    expect(notes).toMatchObject([{ severity: 'notice', failure: { code: 'share-picture-letters' } }]);
    expect(notes[0]?.failure.message).toMatch(/（𠮷）.*「𠮷野部」/u);
  });
});

describe('on a published site', () => {
  const siteUrl = 'https://goals.example/';
  const now = new Date('2025-04-01T00:00:00Z');
  const sourceOf = (tabs: Tabs): Source => ({
    name: 'test.xlsx',
    read: async () => ({ ok: true, workbook: workbookOf(tabs), version: null, requests: 0 }),
  });
  const changed = withCell(soundTabs, '目標', 2, 3, '達成');
  const setUp = () => {
    const stores = { site: memoryStore('site'), state: memoryStore('state') };
    const run = async (tabs: Tabs, more = {}) =>
      (await publish({ source: sourceOf(tabs), stores, siteUrl }, { now, ...more })).report;
    const pictures = () => [...stores.site.objects.keys()].filter((key) => key.startsWith('assets/share-')).sort();
    const state = () => parseState(stores.state.objects.get('state.json')?.body ?? new Uint8Array());
    return { stores, run, pictures, state };
  };

  test('an unchanged run writes none, and none is in the archive of the state', async () => {
    const { stores, run, pictures, state } = setUp();
    await run(soundTabs);
    expect(pictures()).toHaveLength(3);
    expect(await run(soundTabs)).toMatchObject({ outcome: 'unchanged', objects: { written: 0 } });
    const { decodeArchive } = await import('../../lib/release/archive.ts');
    const archived = decodeArchive(state()?.archive ?? '')?.bodies;
    expect(archived?.size).toBeGreaterThan(5);
    const shaOf = (key: string) => state()?.objects[key]?.sha256 ?? '';
    expect(pictures().filter((key) => archived?.has(shaOf(key)))).toEqual([]);
    expect(stores.site.objects.size).toBeGreaterThan(10);
  });

  test('one that somebody removed is drawn again, to the same bytes', async () => {
    const { stores, run, pictures } = setUp();
    await run(soundTabs);
    const [key = ''] = pictures();
    const before = stores.site.objects.get(key)?.body;
    await stores.site.delete(key);
    expect(await run(soundTabs, { verifySite: true })).toMatchObject({ objects: { written: 1 } });
    expect(Buffer.from(stores.site.objects.get(key)?.body ?? []).equals(before ?? new Uint8Array())).toBe(true);
  });

  test('a rollback names the pictures of before, and leaves out one that is gone', async () => {
    for (const isGone of [false, true]) {
      const { stores, run, pictures } = setUp();
      const first = await run(soundTabs);
      const before = pictures();
      await run(changed);
      const [old = ''] = before;
      if (isGone) await stores.site.delete(old);
      const result = await rollback(stores, first.release ?? '', { now, verifySite: true });
      expect(result).toMatchObject({ outcome: 'published', problem: null });
      expect(before.filter((key) => !pictures().includes(key))).toEqual(isGone ? [old] : []);
    }
  });

  test('the picture of a department that is taken off the site goes with it, and no later', async () => {
    const { run, pictures } = setUp();
    await run(soundTabs);
    expect(pictures().some((key) => key.includes('-fukushi-'))).toBe(true);
    await run(withCell(soundTabs, '部', 2, 6, '取下げ'));
    expect(pictures().some((key) => key.includes('-fukushi-'))).toBe(false);
    // What the year said before stays for a while: a page that is still in a cache names it.
    expect(pictures().filter((key) => /share-2024-[0-9a-f]{16}/u.test(key))).toHaveLength(2);
  });
});
