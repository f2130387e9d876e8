import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examineConditions } from '../../lib/release/probe.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { rollback, unpin } from '../../lib/release/rollback.ts';
import type { NewObject, ObjectStore, StoredObject } from '../../lib/stores/store.ts';
import { planOf, type Scene, scenes } from './scenes.ts';

export interface OpenedStores extends AsyncDisposable {
  /** A store with nothing in it, at a place that no other has. */
  fresh(): Promise<ObjectStore>;
}

const text = (content: string): NewObject => ({
  body: Buffer.from(content),
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'no-store',
});

function textOf(object: StoredObject | null): string | null {
  return object && Buffer.from(object.body).toString();
}

/** What the release protocol needs of a store, whatever it is made of. */
export function storeContract(open: () => Promise<OpenedStores>): void {
  let stores: OpenedStores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(async () => {
    await stores?.[Symbol.asyncDispose]();
  });

  describe('objects', () => {
    test('what is written is read, byte for byte, under the key it was written to', async () => {
      const store = await stores.fresh();
      const bodies = {
        'index.html': Buffer.from('<p>目標</p>'),
        'a/b/c.bin': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
        'empty.txt': Buffer.alloc(0),
        '令和6年度/総 務+部&.html': Buffer.from('%'),
        'large.bin': Buffer.alloc(3_000_000, 'mokuhyo'),
      };
      for (const [key, body] of Object.entries(bodies)) await store.put(key, { ...text(''), body });
      for (const [key, body] of Object.entries(bodies)) {
        const read = await store.get(key);
        expect(read && Buffer.compare(read.body, body), key).toBe(0);
      }
    });

    test('there is nothing where nothing was written, or where it was deleted', async () => {
      const store = await stores.fresh();
      expect(await store.get('a/index.html')).toBeNull();
      await store.put('a/index.html', text('one'));
      expect(await store.get('a')).toBeNull();
      await store.delete('a/index.html');
      await store.delete('a/index.html');
      expect(await store.get('a/index.html')).toBeNull();
      await store.put('a', text('a file where a folder was'));
      expect(await store.get('a/index.html')).toBeNull();
    });

    test('the etag that a write gives is the one that a read gives, and is another for another content', async () => {
      const store = await stores.fresh();
      const one = await store.put('key', text('one'));
      const readOne = await store.get('key');
      const two = await store.put('key', text('two'));
      expect(one).toEqual({ outcome: 'written', etag: readOne?.etag });
      expect(two).not.toEqual(one);
    });

    test('a reader sees the old object or the new one, never a part', async () => {
      const store = await stores.fresh();
      const versions = ['a', 'b'].map((letter) => Buffer.alloc(200_000, letter));
      await store.put('page', { ...text(''), body: Buffer.alloc(200_000, 'a') });
      const writing = (async () => {
        for (let round = 0; round < 10; round += 1) {
          for (const body of versions) await store.put('page', { ...text(''), body });
        }
      })();
      let reads = 0;
      for (let done = false; !done; reads += 1) {
        done = await Promise.race([writing.then(() => true), store.get('page').then(() => false)]);
        const read = await store.get('page');
        expect(versions.some((version) => read !== null && version.equals(read.body))).toBe(true);
      }
      expect(reads).toBeGreaterThan(1);
    });

    test.each([
      '',
      '/index.html',
      '../index.html',
      'a/../../index.html',
      './index.html',
      'a//b',
      'a/',
      'a\0b',
      'a\nb',
      'a\\b',
      '.mokuhyo-lock',
      'a/.mokuhyo-lock',
      '\ud800',
      'あ'.repeat(342),
    ])('refuses the key %j', async (key) => {
      const store = await stores.fresh();
      const refused = expect.objectContaining({ name: 'StoreError', code: 'key-invalid' });
      await expect(async () => store.get(key)).rejects.toEqual(refused);
      await expect(async () => store.put(key, text(''))).rejects.toEqual(refused);
      await expect(async () => store.delete(key)).rejects.toEqual(refused);
    });

    test('a list gives the etag of every object, as a write and a read do', async () => {
      const store = await stores.fresh();
      expect((await store.list()).size).toBe(0);
      const etags = new Map<string, string>();
      for (const key of ['index.html', 'a/b/c.bin', '令和6年度/総 務+部&.html', "it's.txt"]) {
        const written = await store.put(key, text(key));
        if (written.outcome === 'written') etags.set(key, written.etag);
      }
      await store.put('gone', text('gone'));
      await store.delete('gone');
      expect(new Map([...(await store.list())].sort())).toEqual(new Map([...etags].sort()));
    });

    test('counts its requests', async () => {
      const store = await stores.fresh();
      const before = store.requests;
      await store.get('key');
      await store.put('key', text('one'));
      await store.delete('key');
      expect(store.requests - before).toBe(3);
    });
  });

  describe('conditions', () => {
    test('if absent: the first one writes; later ones are told what is there', async () => {
      const store = await stores.fresh();
      const first = await store.put('key', text('first'), { ifAbsent: true });
      const second = await store.put('key', text('second'), { ifAbsent: true });
      const current = await store.get('key');
      expect(first).toEqual({ outcome: 'written', etag: current?.etag });
      expect(second).toEqual({ outcome: 'lost', current });
      expect(textOf(current)).toBe('first');
    });

    test('if match: writes over the one it names only, and over nothing never', async () => {
      const store = await stores.fresh();
      const first = await store.put('key', text('first'));
      if (first.outcome === 'lost') throw new Error('unconditional');
      const second = await store.put('key', text('second'), { ifMatch: first.etag });
      const stale = await store.put('key', text('stale'), { ifMatch: first.etag });
      const current = await store.get('key');
      expect(second).toEqual({ outcome: 'written', etag: current?.etag });
      expect(stale).toEqual({ outcome: 'lost', current });
      expect(textOf(current)).toBe('second');
      expect(await store.put('other', text('x'), { ifMatch: first.etag })).toEqual({ outcome: 'lost', current: null });
      expect(await store.get('other')).toBeNull();
    });

    test.each(['ifAbsent', 'ifMatch'] as const)('of twenty at the same time one wins (%s)', async (kind) => {
      const store = await stores.fresh();
      for (let round = 0; round < 3; round += 1) {
        const key = `race-${round}`;
        const before = kind === 'ifMatch' ? await store.put(key, text('before')) : null;
        const condition = before?.outcome === 'written' ? { ifMatch: before.etag } : { ifAbsent: true as const };
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, number) => store.put(key, text(`from ${number}`), condition)),
        );
        const winners = results.flatMap(({ outcome }, number) => (outcome === 'written' ? [`from ${number}`] : []));
        const current = await store.get(key);
        expect(winners).toEqual([textOf(current)]);
      }
    });

    test('passes the examination of conditions, which leaves nothing behind', async () => {
      const store = await stores.fresh();
      expect(await examineConditions(store)).toBeNull();
    });
  });

  describe('releases', () => {
    test('publishes, finds nothing to do, publishes a change, rolls back, is pinned, and goes on', async () => {
      const both = { site: await stores.fresh(), state: await stores.fresh() };
      const options = { now: new Date('2025-04-01T00:00:00Z') };
      const expectSite = async (scene: Scene) => {
        for (const { key, body } of scenes[scene].files) {
          const there = await both.site.get(key);
          expect(there && Buffer.compare(there.body, body), `${key} as in ${scene}`).toBe(0);
        }
      };

      const count = scenes.first.files.length;
      const first = await release(both, planOf('first'), options);
      expect(first).toMatchObject({ outcome: 'published', objects: { written: count, unchanged: 0, deleted: 0 } });
      // The state, whether there is a site already, the intent, the commit; and of a service seven questions of each place.
      const asked = both.site.conditions === 'unproven' ? 14 : 0;
      expect(first.requests.site + first.requests.state).toBe(count + 4 + asked);
      await expectSite('first');

      const again = await release(both, planOf('first'), options);
      expect(again).toEqual({
        outcome: 'unchanged',
        release: first.release,
        objects: { written: 0, unchanged: count, deleted: 0 },
        requests: { site: 0, state: 1 },
        problem: null,
        notes: [],
        record: expect.objectContaining({ release: first.release, kind: 'publish' }),
      });

      const change = await release(both, planOf('oneGoal'), options);
      const differing = scenes.oneGoal.files.filter(
        ({ key, body }) =>
          !scenes.first.files.some((file) => file.key === key && Buffer.compare(file.body, body) === 0),
      ).length;
      expect(change).toMatchObject({
        outcome: 'published',
        objects: { written: differing, unchanged: count - differing, deleted: 0 },
        requests: { site: differing, state: 3 },
      });
      await expectSite('oneGoal');

      const back = await rollback(both, String(first.release), options);
      expect(back).toMatchObject({ outcome: 'published', objects: { written: differing, deleted: 0 }, problem: null });
      await expectSite('first');

      const pinned = await release(both, planOf('oneGoal'), options);
      expect(pinned).toMatchObject({
        outcome: 'blocked',
        problem: { code: 'site-pinned' },
        requests: { site: 0, state: 1 },
      });
      await expectSite('first');

      expect(await unpin(both.state)).toEqual({ outcome: 'unpinned', release: first.release, problem: null });
      expect(await release(both, planOf('oneGoal'), options)).toMatchObject({ outcome: 'published' });
      await expectSite('oneGoal');

      const list = await listReleases(both.state);
      expect(list.ok && list.releases.map(({ generation, kind, current }) => [generation, kind, current])).toEqual([
        [4, 'publish', true],
        [3, 'rollback', false],
        [2, 'publish', false],
        [1, 'publish', false],
      ]);
    });
  });
}
