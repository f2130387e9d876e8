import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import type { ReleaseOptions } from '../../lib/release/change-site.ts';
import type { Clock } from '../../lib/release/clock.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { unpin } from '../../lib/release/rollback.ts';
import { parseState } from '../../lib/release/state.ts';
import type { Holder } from '../../lib/stores/holder.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import { type ObjectStore, StoreError } from '../../lib/stores/store.ts';
import { Life } from '../support/kill-points.ts';
import { manualClock } from '../support/manual-clock.ts';
import { runs } from '../support/property-runs.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { planOf, scenes } from '../support/scenes.ts';
import { smallSite } from '../support/small-site.ts';

const now = new Date('2025-04-01T00:00:00Z');
const on = (machine: string, pid: number, alive: readonly number[] = []): Holder => ({
  machine,
  pid,
  isAlive: (other) => alive.includes(other),
});
const memory = () => ({ site: memoryStore('site'), state: memoryStore('state') });
const pendingIn = (store: MemoryStore) =>
  parseState(store.objects.get('state.json')?.body ?? new Uint8Array())?.pending;

/** A site of its own for each publisher. */
function siteOf(number: number): { published: Published; files: ReturnType<typeof smallSite> } {
  const departments = [{ id: `bu-${number}`, name: `部${number}`, goals: [[`目標${number}`, 'achieved'] as const] }];
  const published = publishedOf([yearOf({ title: `題名${number}`, departments })]);
  return { published, files: smallSite(published) };
}

describe('races', () => {
  test('of twenty publishers with different data, in any order of their requests, each publishes once', async () => {
    const count = 20;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const stores = memory();
        const scheduled = (store: ObjectStore): ObjectStore => ({
          name: store.name,
          conditions: store.conditions,
          requests: 0,
          list: () => scheduler.schedule(Promise.resolve(), 'list').then(() => store.list()),
          get: (key) => scheduler.schedule(Promise.resolve(), `get ${key}`).then(() => store.get(key)),
          put: (key, object, condition) =>
            scheduler.schedule(Promise.resolve(), `put ${key}`).then(() => store.put(key, object, condition)),
          delete: (key) => scheduler.schedule(Promise.resolve(), `delete ${key}`).then(() => store.delete(key)),
        });
        const clock: Clock = {
          elapsed: () => 0,
          wall: () => 0,
          sleep: () => scheduler.schedule(Promise.resolve(), 'sleep'),
        };
        const options: ReleaseOptions = {
          now,
          clock,
          retention: { releases: 99, assetReleases: 0 },
          holder: on('here', 1, [1]),
        };
        const publishers = Array.from({ length: count }, async (_, number) => {
          const { published, files } = siteOf(number);
          return release(
            { site: scheduled(stores.site), state: scheduled(stores.state) },
            () => ({ kind: 'release', files, published, changes: [], sourceVersion: null }),
            options,
          );
        });
        const results = await scheduler.waitFor(Promise.all(publishers));

        expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'published'));
        const list = await listReleases(stores.state);
        const releases = list.ok ? list.releases : [];
        expect(releases.map(({ generation }) => generation)).toEqual(results.map((_, index) => count - index));
        expect(new Set(releases.map((one) => one.release))).toEqual(new Set(results.map((one) => one.release)));
        const last = results.findIndex((one) => one.release === releases[0]?.release);
        const there = [...stores.site.objects].map(([key, { body }]) => [key, Buffer.from(body).toString()]);
        const wanted = siteOf(last).files.map(({ key, body }) => [key, Buffer.from(body).toString()]);
        expect(there.sort()).toEqual(wanted.sort());
      }),
      runs(10),
    );
  });
});

describe('taking over', () => {
  /** Leaves the state as a publisher does that dies in the middle of its writing. */
  async function diedHalfWay(holder: Holder, clock: Clock) {
    const stores = memory();
    const life = new Life({ operation: 8, when: 'after' });
    const dying = { site: life.over(stores.site), state: life.over(stores.state) };
    await expect(release(dying, planOf('first'), { now, holder, clock })).rejects.toThrow();
    expect(pendingIn(stores.state)).toMatchObject({ released: false });
    return stores;
  }

  test('from a process of this machine that is dead: at once', async () => {
    const clock = manualClock();
    const stores = await diedHalfWay(on('here', 1), clock);
    const result = await release(stores, planOf('first'), { now, clock, holder: on('here', 2, [2]) });
    expect(result).toMatchObject({ outcome: 'published', problem: null });
    expect(clock.elapsed()).toBe(0);
  });

  test('from one that is silent on another machine: after its whole lease by this clock, whatever that one says', async () => {
    const stores = await diedHalfWay(on('there', 1), manualClock(Date.parse('2025-04-01T00:04:00Z')));
    const clock = manualClock(Date.parse('2025-04-01T00:00:00Z'));
    expect(await release(stores, planOf('first'), { now, clock, holder: on('here', 1, [1]) })).toMatchObject({
      outcome: 'published',
    });
    expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000);
    expect(clock.elapsed()).toBeLessThan(35_000);
  });

  test.each(['2025-03-31T23:00:00Z', '2025-04-01T00:10:00Z'])(
    'from one that died elsewhere while its clock said %s: after a whole lease too, since no clock of another is believed',
    async (wall) => {
      const stores = await diedHalfWay(on('there', 1), manualClock(Date.parse(wall)));
      const clock = manualClock();
      expect(await release(stores, planOf('first'), { now, clock, holder: on('here', 1, [1]) })).toMatchObject({
        outcome: 'published',
      });
      expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000);
    },
  );

  test('from a silent one of this machine that lives: after a whole lease, whatever this clock says of the past', async () => {
    const stores = await diedHalfWay(on('here', 1), manualClock(Date.parse('2025-03-31T23:00:00Z')));
    const clock = manualClock();
    expect(await release(stores, planOf('first'), { now, clock, holder: on('here', 2, [1, 2]) })).toMatchObject({
      outcome: 'published',
    });
    expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000);
  });

  test('not from one that lives: the run says so in time, and writes nothing', async () => {
    const clock = manualClock();
    const stores = await diedHalfWay(on('here', 1), clock);
    const before = new Map(stores.site.objects);
    for (const options of [{ patienceMs: 10_000 }, { budgetMs: 10_000 }]) {
      const start = clock.elapsed();
      const result = await release(stores, planOf('oneGoal'), {
        now,
        clock,
        holder: on('here', 2, [1, 2]),
        leaseMs: 30_000,
        ...options,
      });
      expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'busy' }, requests: { site: 0 } });
      expect(clock.elapsed() - start).toBeLessThanOrEqual(10_000);
    }
    expect(await unpin(stores.state, { clock, holder: on('here', 2, [1, 2]), patienceMs: 1_000 })).toMatchObject({
      outcome: 'failed',
      problem: { code: 'busy' },
    });
    expect(stores.site.objects).toEqual(before);
  });
});

describe('the lease', () => {
  /** A store in which every write of the site takes this long, and does something besides. */
  function slowly(
    store: MemoryStore,
    clock: ReturnType<typeof manualClock>,
    milliseconds: number,
    besides = async () => {},
  ): ObjectStore {
    return {
      name: store.name,
      conditions: store.conditions,
      get requests() {
        return store.requests;
      },
      get: (key) => store.get(key),
      list: () => store.list(),
      async put(key, object, condition) {
        clock.advance(milliseconds);
        const result = await store.put(key, object, condition);
        await besides();
        return result;
      },
      delete: (key) => store.delete(key),
    };
  }

  test('is renewed while writing takes long, so that nobody takes over', async () => {
    const stores = memory();
    const clock = manualClock();
    const others: string[] = [];
    const site = slowly(stores.site, clock, 8_000, async () => {
      const other = await release(stores, planOf('oneGoal'), {
        now,
        clock: manualClock(clock.wall()),
        holder: on('there', 1, [1]),
        patienceMs: 12_000,
      });
      others.push(other.outcome);
    });
    const result = await release({ site, state: stores.state }, planOf('first'), {
      now,
      clock,
      holder: on('here', 1, [1]),
      parallel: 1,
    });
    expect(result).toMatchObject({ outcome: 'published', problem: null });
    expect(others).toEqual(scenes.first.files.map(() => 'failed'));
    expect(result.requests.state).toBeGreaterThan(4);
  });

  test('is not outlived where it cannot be renewed', async () => {
    const stores = memory();
    const clock = manualClock();
    let down = false;
    const state: ObjectStore = {
      ...stores.state,
      requests: 0,
      async put(key, object, condition) {
        if (down) throw new StoreError('down', '止まっています。', '待ってください。');
        return stores.state.put(key, object, condition);
      },
    };
    const written: number[] = [];
    const site = slowly(stores.site, clock, 6_000, async () => {
      down = true;
      written.push(clock.elapsed());
    });
    const result = await release({ site, state }, planOf('first'), {
      now,
      clock,
      holder: on('here', 1, [1]),
      parallel: 1,
    });
    expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'turn-lost' } });
    // Begun before the margin of the lease of 30 seconds, which the last request may use up.
    expect(written).toEqual([6_000, 12_000, 18_000, 24_000, 30_000]);
  });

  test('is over for a machine that slept through it, though its clock that is never set back stood still: nothing more is sent', async () => {
    const stores = memory();
    await release(stores, planOf('first'), { now });
    let asleep = 0;
    const clock: Clock = { elapsed: () => 0, wall: () => now.getTime() + asleep, sleep: async () => {} };
    const sent: string[] = [];
    const site = slowly(stores.site, manualClock(), 0);
    const sleeping: ObjectStore = {
      ...site,
      requests: 0,
      async put(key, object, condition) {
        sent.push(key);
        const result = await site.put(key, object, condition);
        if (asleep === 0) {
          asleep = 120_000;
          const other = await release(stores, planOf('withdrawn'), {
            now,
            clock: manualClock(),
            holder: on('there', 1, [1]),
          });
          expect(other.outcome).toBe('published');
        }
        return result;
      },
    };
    const result = await release({ site: sleeping, state: stores.state }, planOf('oneGoal'), {
      now,
      clock,
      holder: on('here', 1, [1]),
      parallel: 1,
    });
    expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'turn-lost' } });
    expect(result.problem?.fix).toContain('夜間');
    expect(sent).toHaveLength(1);
  });

  test('once over, is over: a publisher that slept too long writes no more', async () => {
    const stores = memory();
    const clock = manualClock();
    let slept = false;
    const site = slowly(stores.site, clock, 0, async () => {
      if (slept) return;
      slept = true;
      // It is put to sleep here, and another one publishes meanwhile.
      clock.advance(60_000);
      const other = await release(stores, planOf('oneGoal'), {
        now,
        clock: manualClock(clock.wall()),
        holder: on('there', 1, [1]),
      });
      expect(other.outcome).toBe('published');
    });
    const before = stores.site.requests;
    const result = await release({ site, state: stores.state }, planOf('first'), {
      now,
      clock,
      holder: on('here', 1, [1]),
      parallel: 1,
    });
    expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'turn-lost' }, objects: { written: 1 } });
    // A look whether there is a site already, and one write of its own; the other one lists what there is, and writes all.
    expect(stores.site.requests - before).toBe(3 + scenes.oneGoal.files.length);
    for (const { key, body } of scenes.oneGoal.files) {
      expect(Buffer.compare(stores.site.objects.get(key)?.body ?? Buffer.alloc(0), body), key).toBe(0);
    }
  });
});
