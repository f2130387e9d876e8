import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import { decodeArchive } from '../../lib/release/archive.ts';
import type { ReleaseOptions } from '../../lib/release/change-site.ts';
import { type Plan, release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { rollback, unpin } from '../../lib/release/rollback.ts';
import { parseState } from '../../lib/release/state.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import { type ObjectStore, StoreError } from '../../lib/stores/store.ts';
import { manualClock } from '../support/manual-clock.ts';
import { planOf, scenes } from '../support/scenes.ts';

const now = new Date('2025-04-01T00:00:00Z');
const options: ReleaseOptions = { now };
const memory = () => ({ site: memoryStore('site'), state: memoryStore('state') });

const planFor = (
  files: readonly SiteFile[],
  extra: Partial<Extract<Plan, { kind: 'release' }>> = {},
): Extract<Plan, { kind: 'release' }> => ({
  kind: 'release',
  files,
  published: scenes.first.published,
  changes: [],
  sourceVersion: null,
  ...extra,
});

/** A page of hexadecimal figures, the same for the same number. */
const noisy = (number: number): SiteFile => ({
  key: 'noise.html',
  body: Buffer.from(createHash('shake256', { outputLength: 600 }).update(`${number}`).digest('hex')),
  contentType: 'text/html',
  cacheControl: '',
  role: 'leaf',
});

const stateIn = (store: MemoryStore) => parseState(store.objects.get('state.json')?.body ?? new Uint8Array());
const bytesIn = (store: MemoryStore) =>
  [...store.objects]
    .map(([key, object]) => [key, Buffer.from(object.body).toString(), object.contentType, object.cacheControl])
    .sort();

describe('what is written', () => {
  test('a file whose type or caching alone differs is written again', async () => {
    const stores = memory();
    const [file, ...rest] = scenes.first.files;
    if (file === undefined) throw new Error('no file');
    await release(stores, () => planFor(scenes.first.files), options);
    for (const changed of [
      { ...file, contentType: 'text/css' },
      { ...file, contentType: 'text/css', cacheControl: 'no-cache' },
    ]) {
      const result = await release(stores, () => planFor([changed, ...rest]), options);
      expect(result.objects).toEqual({ written: 1, unchanged: rest.length, deleted: 0 });
      const { contentType, cacheControl } = changed;
      expect(stores.site.objects.get(file.key)).toMatchObject({ contentType, cacheControl });
    }
  });

  test('the plan is given what was published last', async () => {
    const stores = memory();
    const seen: unknown[] = [];
    const plan = (name: 'first' | 'oneGoal') => (previous: unknown) => {
      seen.push(previous);
      return planOf(name)();
    };
    await release(stores, plan('first'), options);
    await release(stores, plan('oneGoal'), options);
    await release(stores, plan('oneGoal'), options);
    expect(seen).toEqual([null, scenes.first.published, scenes.oneGoal.published]);
  });

  test('what is to be remembered is, though no file differs, and no release is made of it', async () => {
    const stores = memory();
    const { published, files } = scenes.first;
    const first = await release(stores, () => planFor(files), options);
    const reordered = {
      ...published,
      years: published.years.map((year) => ({ ...year, contact: 'another' })),
    };
    const second = await release(stores, () => planFor(files, { published: reordered }), options);
    expect(second).toMatchObject({ outcome: 'unchanged', release: first.release, requests: { site: 0 } });
    expect(stateIn(stores.state)?.published).toEqual(reordered);
    expect(await release(stores, () => planFor(files, { published: reordered }), options)).toMatchObject({
      outcome: 'unchanged',
      requests: { site: 0, state: 1 },
    });
  });

  test('a blocked plan changes not one byte, and costs one read', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const before = [bytesIn(stores.site), bytesIn(stores.state)];
    const result = await release(stores, () => ({ kind: 'blocked' }), options);
    expect(result).toMatchObject({ outcome: 'blocked', problem: null, requests: { site: 0, state: 1 } });
    expect([bytesIn(stores.site), bytesIn(stores.state)]).toEqual(before);
  });

  test('what is on the site and was never ours is left alone', async () => {
    const stores = memory();
    const theirs = { body: Buffer.from('theirs'), contentType: 'text/plain', cacheControl: '' };
    await stores.site.put('google1234.html', theirs);
    await release(stores, planOf('first'), options);
    await release(stores, planOf('withdrawn'), options);
    expect(stores.site.objects.get('google1234.html')).toMatchObject(theirs);
  });

  test('for another site than the state speaks of everything is written, and nothing removed', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const other = memoryStore('another site');
    await other.put('2024/kodomo/index.html', { body: Buffer.from('theirs'), contentType: '', cacheControl: '' });
    const result = await release({ ...stores, site: other }, planOf('withdrawn'), options);
    expect(result.objects).toEqual({ written: scenes.withdrawn.files.length, unchanged: 0, deleted: 0 });
    expect(await release({ ...stores, site: other }, planOf('withdrawn'), options)).toMatchObject({
      outcome: 'unchanged',
    });
    expect(other.objects.has('2024/kodomo/index.html')).toBe(true);
  });

  test('with rewrite every file is written again, as new where it is gone, and kept assets stay', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    await release(stores, planOf('restyled'), options);
    const before = bytesIn(stores.site);
    const id = stateIn(stores.state)?.records[0]?.release;
    await stores.site.delete('2024/somu/index.html');
    await stores.site.put('index.html', { body: Buffer.from('defaced'), contentType: 'text/html', cacheControl: '' });
    expect(await release(stores, planOf('restyled'), options)).toMatchObject({ outcome: 'unchanged' });
    expect(await release(stores, planOf('restyled'), { ...options, rewrite: true })).toMatchObject({
      outcome: 'published',
      release: id,
      objects: { written: scenes.restyled.files.length, unchanged: 0, deleted: 0 },
    });
    expect(bytesIn(stores.site)).toEqual(before);
    expect(await release(stores, planOf('restyled'), options)).toMatchObject({ outcome: 'unchanged' });
  });

  test('with rewrite a site whose state was lost is gone through in the order of one that people read', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const written: string[] = [];
    const site: ObjectStore = {
      ...stores.site,
      requests: 0,
      put(key, ...rest) {
        written.push(key);
        return stores.site.put(key, ...rest);
      },
    };
    const again = { ...options, rewrite: true, parallel: 1 };
    expect(await release({ site, state: memoryStore('state') }, planOf('yearAdded'), again)).toMatchObject({
      outcome: 'published',
    });
    const place = (key: string) => written.indexOf(key);
    for (const fresh of ['2025/index.html', '2025/somu/index.html', 'data/v1/2025.json']) {
      for (const known of ['2024/somu/index.html', '2024/index.html', 'index.html']) {
        expect(place(fresh), `${fresh} before ${known}`).toBeLessThan(place(known));
      }
    }
  });

  test('a state that cannot be read stops the run, and is never taken for none', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const before = bytesIn(stores.site);
    for (const body of ['', '{}', '{"schemaVersion":2}', '\xff']) {
      await stores.state.put('state.json', { body: Buffer.from(body, 'latin1'), contentType: '', cacheControl: '' });
      expect(await release(stores, planOf('oneGoal'), options)).toMatchObject({
        outcome: 'failed',
        problem: { code: 'state-unreadable' },
      });
      expect(await rollback(stores, '000001-00000000', options)).toMatchObject({
        problem: { code: 'state-unreadable' },
      });
      expect(await listReleases(stores.state)).toMatchObject({ ok: false, problem: { code: 'state-unreadable' } });
      expect(await unpin(stores.state)).toMatchObject({ outcome: 'failed', problem: { code: 'state-unreadable' } });
    }
    expect(bytesIn(stores.site)).toEqual(before);
  });
});

describe('assets', () => {
  const named = (text: string): SiteFile[] => [
    {
      key: `assets/${text}.css`,
      body: Buffer.from(text),
      contentType: 'text/css',
      cacheControl: 'immutable',
      role: 'asset',
    },
    { key: 'index.html', body: Buffer.from(`see ${text}`), contentType: 'text/html', cacheControl: '', role: 'hub' },
  ];

  test('stay for the last few releases, for readers of an older page, and go then', async () => {
    const stores = memory();
    const assets: string[][] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      await release(stores, () => planFor(named(text)), { now, retention: { assetReleases: 1 } });
      assets.push([...stores.site.objects.keys()].filter((key) => key.startsWith('assets/')).sort());
    }
    expect(assets).toEqual([
      ['assets/a.css'],
      ['assets/a.css', 'assets/b.css'],
      ['assets/b.css', 'assets/c.css'],
      ['assets/c.css', 'assets/d.css'],
    ]);
  });

  test('come back into use without being written again', async () => {
    const stores = memory();
    for (const text of ['a', 'b']) await release(stores, () => planFor(named(text)), options);
    expect((await release(stores, () => planFor(named('a')), options)).objects).toEqual({
      written: 1,
      unchanged: 1,
      deleted: 0,
    });
  });
});

describe('history', () => {
  const retention = { releases: 3 };

  test('records when, from which version, what changed and which objects', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const result = await release(stores, planOf('withdrawn'), options);
    const list = await listReleases(stores.state);
    expect(list.ok && list.releases[0]).toEqual({
      release: result.release,
      generation: 2,
      at: '2025-04-01T00:00:00.000Z',
      kind: 'publish',
      restored: null,
      sourceVersion: 'withdrawn',
      changes: scenes.withdrawn.published.changes,
      written: ['2024/index.html', 'data/v1/2024.json', 'feed.xml', 'index.html', 'sitemap.xml'],
      removed: ['2024/kodomo/index.html'],
      current: true,
    });
    expect(result.release).toMatch(/^000002-[0-9a-f]{8}$/);
  });

  const withoutOldAssets = (stores: ReturnType<typeof memory>) => {
    const state = stateIn(stores.state);
    const keys = new Set(
      Object.entries(state?.objects ?? {}).flatMap(([key, { named }]) => (named === state?.generation ? [key] : [])),
    );
    return bytesIn(stores.site).filter(([key]) => keys.has(String(key)));
  };

  test('puts back every kept release, byte for byte', async () => {
    const stores = memory();
    const sites = new Map<string, unknown>();
    for (const name of ['first', 'oneGoal', 'yearAdded', 'withdrawn', 'restyled', 'oneGoal'] as const) {
      const { release: id } = await release(stores, planOf(name), options);
      sites.set(String(id), withoutOldAssets(stores));
    }
    for (const [id, site] of [...sites, ...sites]) {
      expect(await rollback(stores, id, options), id).toMatchObject({ problem: null });
      expect(withoutOldAssets(stores), id).toEqual(site);
    }
    expect([...stores.state.objects.keys()]).toEqual(['state.json']);
  });

  test.each([6_000, 3_500, 0])(
    'in an archive of %i characters keeps as many releases as fit, and always the newest; each that is listed can be put back',
    async (archiveLength) => {
      const stores = memory();
      const narrow = { now, retention: { archiveLength } };
      const sites = new Map<string, unknown>();
      // Of every release another text that does not shrink.
      for (let round = 0; round < 8; round += 1) {
        const noise = { ...planFor([]), files: [...scenes.first.files, noisy(round)] };
        const { release: id } = await release(stores, () => noise, narrow);
        sites.set(String(id), withoutOldAssets(stores));
      }
      const list = await listReleases(stores.state);
      const kept = list.ok ? list.releases.map((one) => one.release) : [];
      expect(kept).toEqual([...sites.keys()].reverse().slice(0, kept.length));
      const text = stateIn(stores.state)?.archive ?? '';
      if (archiveLength === 0) expect(kept).toHaveLength(1);
      else expect(text.length).toBeLessThanOrEqual(archiveLength);
      expect(kept.length < 8).toBe(true);
      if (archiveLength === 6_000) expect(kept.length).toBeGreaterThan(1);
      for (const id of kept) {
        const copy = memory();
        for (const [key, object] of stores.site.objects) await copy.site.put(key, object);
        for (const [key, object] of stores.state.objects) await copy.state.put(key, object);
        expect(await rollback(copy, id, options), id).toMatchObject({ problem: null });
        expect(withoutOldAssets(copy), id).toEqual(sites.get(id));
      }
    },
  );

  test('keeps as many releases as it is told, and refuses the others', async () => {
    const stores = memory();
    const first = await release(stores, planOf('first'), { now, retention });
    for (let round = 0; round < 6; round += 1) {
      for (const name of ['yearAdded', 'withdrawn'] as const) await release(stores, planOf(name), { now, retention });
    }
    const list = await listReleases(stores.state);
    expect(list.ok && list.releases.map(({ generation }) => generation)).toEqual([13, 12, 11]);
    expect([...stores.state.objects.keys()]).toEqual(['state.json']);
    const archive = decodeArchive(stateIn(stores.state)?.archive ?? '');
    expect([...(archive?.snapshots.keys() ?? [])].map((id) => Number.parseInt(id, 10)).sort()).toEqual([11, 12]);
    expect(await rollback(stores, String(first.release), { now, retention })).toMatchObject({
      outcome: 'failed',
      problem: { code: 'release-unknown' },
      requests: { site: 0 },
    });
    const oldest = list.ok ? list.releases.at(-1)?.release : null;
    expect(await rollback(stores, String(oldest), { now, retention })).toMatchObject({ problem: null });
  });

  test('what the site is pinned to is kept, though it is older than all that are kept', async () => {
    const stores = memory();
    const narrow = { now, retention: { ...retention, releases: 2 } };
    const first = await release(stores, planOf('first'), narrow);
    await release(stores, planOf('oneGoal'), narrow);
    const id = String(first.release);
    expect(await rollback(stores, id, narrow)).toMatchObject({ outcome: 'published' });
    expect(await rollback(stores, id, narrow)).toMatchObject({ outcome: 'unchanged', requests: { site: 0 } });
  });

  test('a rollback to the release that is on the site pins it', async () => {
    const stores = memory();
    const { release: id } = await release(stores, planOf('first'), options);
    expect(await rollback(stores, String(id), options)).toMatchObject({ outcome: 'unchanged', requests: { site: 0 } });
    expect(await release(stores, planOf('oneGoal'), options)).toMatchObject({
      outcome: 'blocked',
      release: id,
      problem: { code: 'site-pinned', message: expect.stringContaining(String(id)) },
    });
    expect(await unpin(stores.state)).toMatchObject({ outcome: 'unpinned', release: id });
    expect(await unpin(stores.state)).toMatchObject({ outcome: 'unchanged' });
    expect(await release(stores, planOf('oneGoal'), options)).toMatchObject({ outcome: 'published' });
  });

  test('a damaged archive is found out, and the site is left as it is', async () => {
    const stores = memory();
    const first = await release(stores, planOf('first'), options);
    await release(stores, planOf('oneGoal'), options);
    const before = bytesIn(stores.site);
    const body = Buffer.from(JSON.stringify({ ...stateIn(stores.state), archive: 'AAAA' }));
    await stores.state.put('state.json', { body, contentType: '', cacheControl: '' });
    expect(await rollback(stores, String(first.release), options)).toMatchObject({
      outcome: 'failed',
      problem: { code: 'history-damaged' },
      requests: { site: 0 },
    });
    expect(bytesIn(stores.site)).toEqual(before);
  });
});

describe('never older data over newer', () => {
  test('a source that is read after the state is read again when another publisher was faster', async () => {
    const stores = memory();
    const sheet: ('first' | 'oneGoal' | 'yearAdded')[] = ['first', 'oneGoal', 'yearAdded'];
    let reads = 0;
    const result = await release(
      stores,
      async () => {
        reads += 1;
        const plan = planOf(sheet[reads - 1] ?? 'first')();
        // While this run makes up its mind, another one publishes what it has read since.
        if (reads === 1) await release(stores, planOf('oneGoal'), options);
        return plan;
      },
      options,
    );
    expect(reads).toBe(2);
    expect(result).toMatchObject({ outcome: 'unchanged' });
    expect(stateIn(stores.state)?.published).toEqual(scenes.oneGoal.published);
  });
});

describe('time and failure', () => {
  /** A store in which each operation takes this long. */
  function slow(store: MemoryStore, clock: ReturnType<typeof manualClock>, milliseconds: number): ObjectStore {
    return {
      name: store.name,
      conditions: store.conditions,
      get requests() {
        return store.requests;
      },
      async list() {
        clock.advance(milliseconds);
        return store.list();
      },
      async get(key) {
        clock.advance(milliseconds);
        return store.get(key);
      },
      async put(key, object, condition) {
        clock.advance(milliseconds);
        return store.put(key, object, condition);
      },
      async delete(key) {
        clock.advance(milliseconds);
        return store.delete(key);
      },
    };
  }

  test('with too little time each run stops in time, leaves a whole site, and the next one goes on with the rest', async () => {
    const stores = memory();
    const count = scenes.first.files.length;
    let written = 0;
    const outcomes: string[] = [];
    for (let run = 0; run < 20 && outcomes.at(-1) !== 'published'; run += 1) {
      const clock = manualClock();
      const slowly = { site: slow(stores.site, clock, 1_000), state: slow(stores.state, clock, 200) };
      const result = await release(slowly, planOf('first'), { now, clock, budgetMs: 7_000, parallel: 1 });
      expect(clock.elapsed()).toBeLessThanOrEqual(7_000);
      if (result.outcome === 'failed') expect(result.problem?.code).toBe('out-of-time');
      written += result.objects.written;
      outcomes.push(result.outcome);
    }
    expect(outcomes.slice(0, -1).every((outcome) => outcome === 'failed')).toBe(true);
    expect(outcomes.length).toBeGreaterThan(2);
    expect(outcomes.at(-1)).toBe('published');
    expect(written).toBe(count);
  });

  test('with no time at all nothing is begun', async () => {
    const stores = memory();
    expect(await release(stores, planOf('first'), { now, budgetMs: 1_000 })).toMatchObject({
      outcome: 'failed',
      problem: { code: 'out-of-time' },
    });
    expect([stores.site.objects.size, stores.state.objects.size]).toEqual([0, 0]);
  });

  test('an interrupted run stops as one whose time is up', async () => {
    const stores = memory();
    const controller = new AbortController();
    const site: ObjectStore = {
      ...stores.site,
      requests: 0,
      async put(key, object, condition) {
        controller.abort();
        return stores.site.put(key, object, condition);
      },
    };
    const result = await release({ site, state: stores.state }, planOf('first'), {
      now,
      signal: controller.signal,
      parallel: 1,
    });
    expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'out-of-time' }, objects: { written: 1 } });
    expect(stateIn(stores.state)?.pending).toMatchObject({ released: true });
    expect((await release(stores, planOf('first'), options)).objects.written).toBe(scenes.first.files.length - 1);
  });

  test('what could not be removed is said, and removed by the next run', async () => {
    const stores = memory();
    await release(stores, planOf('first'), options);
    const site: ObjectStore = {
      ...stores.site,
      requests: 0,
      async delete() {
        throw new StoreError('down', '止まっています。', '待ってください。');
      },
    };
    expect(await release({ site, state: stores.state }, planOf('withdrawn'), options)).toMatchObject({
      outcome: 'published',
      objects: { deleted: 0 },
      problem: null,
      notes: [{ code: 'removal-left', message: expect.stringMatching(/1件.*止まっています。/u) }],
    });
    expect(stores.site.objects.has('2024/kodomo/index.html')).toBe(true);
    expect(await release(stores, planOf('withdrawn'), options)).toMatchObject({ objects: { written: 0, deleted: 1 } });
    expect(stores.site.objects.has('2024/kodomo/index.html')).toBe(false);
    expect(await release(stores, planOf('withdrawn'), options)).toMatchObject({ requests: { site: 0, state: 1 } });
  });

  test('a bug is not taken for a failure of the store', async () => {
    const bug = () => {
      throw new RangeError('a bug');
    };
    await expect(release(memory(), bug, options)).rejects.toThrow(RangeError);
  });
});
