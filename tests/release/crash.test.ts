import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReleaseOptions, ReleaseResult } from '../../lib/release/change-site.ts';
import { hashed, releaseId } from '../../lib/release/hashed-file.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { rollback, unpin } from '../../lib/release/rollback.ts';
import { folderStore } from '../../lib/stores/folder/folder.ts';
import type { Holder } from '../../lib/stores/holder.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import type { Stores } from '../../lib/stores/store.ts';
import { type Death, Killed, Life } from '../support/kill-points.ts';
import { runs } from '../support/property-runs.ts';
import { planOf, type Scene, scenes } from '../support/scenes.ts';
import { whatIsBroken } from '../support/site-reader.ts';

const now = new Date('2025-04-01T00:00:00Z');
const retention = { releases: 3, assetReleases: 1 };

/** A process of this machine; every other one is dead. */
const processNumber = (pid: number): Holder => ({ machine: 'here', pid, isAlive: (other) => other === pid });

interface Scenario {
  readonly name: string;
  /** What was on the site before, and before that, oldest first. */
  readonly before: readonly Scene[];
  readonly step: Scene | 'rollback to the first';
}

const scenarios: readonly Scenario[] = [
  { name: 'a first publish', before: [], step: 'first' },
  { name: 'a change of one goal', before: ['first'], step: 'oneGoal' },
  { name: 'a year added', before: ['first'], step: 'yearAdded' },
  { name: 'a department withdrawn', before: ['first'], step: 'withdrawn' },
  { name: 'a rollback', before: ['first', 'restyled', 'withdrawn'], step: 'rollback to the first' },
];

/** The first release of the scene `first`: an id comes from what it consists of. */
const firstRelease = releaseId(1, scenes.first.files.map(hashed));

/** Does the work as a new process does, with what came of it unless it died. */
async function live<Result>(
  work: (alive: Stores, options: ReleaseOptions) => Promise<Result>,
  stores: Stores,
  pid: number,
  death: Death | null,
): Promise<{ readonly result: Result | null; readonly operations: number }> {
  const life = new Life(death);
  const alive = { site: life.over(stores.site), state: life.over(stores.state) };
  let result: Result | null = null;
  try {
    result = await work(alive, { now, retention, holder: processNumber(pid), parallel: 3 });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return { result, operations: life.operations };
}

const take = (step: Scenario['step'], stores: Stores, pid: number, death: Death | null = null) =>
  live<ReleaseResult>(
    (alive, options) =>
      step === 'rollback to the first' ? rollback(alive, firstRelease, options) : release(alive, planOf(step), options),
    stores,
    pid,
    death,
  );

const sceneOf = (step: Scenario['step']): Scene => (step === 'rollback to the first' ? 'first' : step);

/** The bytes that a key may have while the site goes from one of these scenes to another. */
function versionsIn(names: readonly Scene[]) {
  return (key: string): Uint8Array[] =>
    names.flatMap((name) => scenes[name].files.flatMap((file) => (file.key === key ? [file.body] : [])));
}

async function sitesAfter(before: readonly Scene[], make: () => Promise<Stores>): Promise<Stores> {
  const stores = await make();
  for (const scene of before) expect((await take(scene, stores, 1)).result?.outcome).toBe('published');
  return stores;
}

/** Everything that a later run or reader could tell one outcome from another by. */
async function stateOf(stores: Stores) {
  const list = await listReleases(stores.state);
  if (!list.ok) throw new Error(list.problem.message);
  return {
    releases: list.releases.map(({ release: id, kind, restored, current }) => ({ id, kind, restored, current })),
    pinned: list.pin?.release ?? null,
  };
}

const contentsOf = (store: MemoryStore) =>
  Object.fromEntries(
    [...store.objects].sort().map(([key, { body, ...rest }]) => [key, { ...rest, text: Buffer.from(body).toString() }]),
  );

describe.each(scenarios)('killed during $name', ({ name, before, step }) => {
  const old = before.at(-1);
  const known = old === undefined ? [] : scenes[old].files.map(({ key }) => key);
  const stillKnown = known.filter((key) => scenes[sceneOf(step)].files.some((file) => file.key === key));

  test('before and after every single operation: the site is whole, and the next run ends as if nothing had been', async ({
    annotate,
  }) => {
    const undisturbed = { site: memoryStore('site'), state: memoryStore('state') };
    await sitesAfter(before, async () => undisturbed);
    const { operations } = await take(step, undisturbed, 2);
    const deaths = Array.from({ length: operations }, (_, index) => index + 1).flatMap((operation): Death[] => [
      { operation, when: 'before' },
      { operation, when: 'after' },
    ]);
    for (const death of deaths) {
      const at = `${death.when} operation ${death.operation} of ${operations}`;
      const stores = { site: memoryStore('site'), state: memoryStore('state') };
      await sitesAfter(before, async () => stores);
      const { result } = await take(step, stores, 2, death);
      // What a process of its own kind cannot notice is that it died after its very last operation.
      if (result !== null) expect(death, at).toEqual({ operation: operations, when: 'after' });

      const get = async (key: string) => stores.site.objects.get(key)?.body ?? null;
      const versions = versionsIn([...before, sceneOf(step)]);
      // Until the commit nothing is removed: who knows an old address finds it.
      const committed = (await stateOf(stores)).releases.length > Math.min(before.length, 2);
      expect(await whatIsBroken(get, committed ? stillKnown : known, versions), at).toEqual([]);

      const next = await take(step, stores, 3);
      expect(next.result?.outcome, at).toMatch(/^(?:published|unchanged)$/);
      expect(contentsOf(stores.site), at).toEqual(contentsOf(undisturbed.site));
      expect(await stateOf(stores), at).toEqual(await stateOf(undisturbed));
      expect(stores.state.objects.size, `${at}: nothing is left over in the state store`).toBe(
        undisturbed.state.objects.size,
      );
      const last = await take(step, stores, 4);
      expect(last.result, at).toMatchObject({ outcome: 'unchanged', requests: { site: 0 } });
    }
    await annotate(`${deaths.length} kill points in ${name}`);
  });
});

describe('killed or hindered again and again', () => {
  const wishes = ['first', 'oneGoal', 'yearAdded', 'withdrawn', 'restyled'] as const satisfies readonly Scene[];
  /** A release put back is said by how many are newer. */
  type Step = Scene | { readonly back: number } | 'unpin';

  /** The scene that each kept release is, by its id. */
  const releasesIn = async (stores: Stores): Promise<ReadonlyMap<string, Scene>> => {
    const list = await listReleases(stores.state);
    if (!list.ok) throw new Error(list.problem.message);
    return new Map(
      list.releases.map(({ release: id, sourceVersion }) => {
        const scene = wishes.find((name) => name === sourceVersion);
        if (scene === undefined) throw new Error(`${id} is of no scene`);
        return [id, scene];
      }),
    );
  };

  const attemptStep = async (step: Step, stores: Stores, pid: number, death: Death) => {
    if (step === 'unpin') return live((alive, options) => unpin(alive.state, options), stores, pid, death);
    if (typeof step === 'string') return take(step, stores, pid, death);
    const known = [...(await releasesIn(stores)).keys()];
    const id = known[step.back] ?? firstRelease;
    return live((alive, options) => rollback(alive, id, options), stores, pid, death);
  };

  const expectScene = (site: MemoryStore, scene: Scene, what: string) => {
    for (const { key, body } of scenes[scene].files) {
      expect(Buffer.from(site.objects.get(key)?.body ?? []).toString(), `${what}: ${key}`).toBe(
        Buffer.from(body).toString(),
      );
    }
    const wanted = new Set(scenes[scene].files.map(({ key }) => key));
    const others = [...site.objects.keys()].filter((key) => !wanted.has(key) && !key.startsWith('assets/'));
    expect(others, what).toEqual([]);
  };

  test('whatever was wanted in between, the site is whole after every death, the last run has its way, and every kept release can be put back', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<Step>(...wishes) },
      { weight: 2, arbitrary: fc.record({ back: fc.integer({ min: 0, max: 3 }) }) },
      { weight: 1, arbitrary: fc.constant<Step>('unpin') },
    );
    const attempt = fc.record({
      step,
      operation: fc.integer({ min: 1, max: 40 }),
      when: fc.constantFrom('before' as const, 'after' as const),
      survives: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(attempt, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...wishes),
        async (attempts, last) => {
          const stores = { site: memoryStore('site'), state: memoryStore('state') };
          const get = async (key: string) => stores.site.objects.get(key)?.body ?? null;
          for (const [index, { step, ...death }] of attempts.entries()) {
            await attemptStep(step, stores, index + 2, death);
            const tried = attempts
              .slice(0, index + 1)
              .flatMap(({ step: one }) => wishes.filter((name) => name === one));
            expect(await whatIsBroken(get, [], versionsIn(tried))).toEqual([]);
          }
          await unpin(stores.state, { holder: processNumber(100) });
          expect((await take(last, stores, 101)).result?.outcome).toMatch(/^(?:published|unchanged)$/);
          expectScene(stores.site, last, 'in the end');
          expect((await take(last, stores, 102)).result?.outcome).toBe('unchanged');
          const site = new Map(stores.site.objects);
          const state = stores.state.objects.get('state.json');
          for (const [id, scene] of await releasesIn(stores)) {
            const copy = { site: memoryStore('site'), state: memoryStore('state') };
            for (const [key, object] of site) await copy.site.put(key, object);
            for (const [key, object] of stores.state.objects) await copy.state.put(key, object);
            const { outcome } = await rollback(copy, id, { now, retention, holder: processNumber(103) });
            expect(outcome, id).toMatch(/^(?:published|unchanged)$/);
            expectScene(copy.site, scene, `${id} put back`);
          }
          expect(stores.state.objects.get('state.json')).toBe(state);
        },
      ),
      {
        ...runs(400),
        examples: [
          // Pages of the new year that were never written, announced by one that died, then given up, then wanted again.
          [
            [
              { step: 'first', operation: 14, when: 'after', survives: false },
              { step: 'yearAdded', operation: 3, when: 'before', survives: false },
              { step: 'first', operation: 4, when: 'before', survives: true },
              { step: 'yearAdded', operation: 9, when: 'before', survives: false },
            ],
            'first',
          ],
        ],
      },
    );
  });
});

describe('a site that has moved to another place', () => {
  test('is whole there after two deaths, though the state still speaks of the old place', async () => {
    const moved = async (...deaths: readonly (readonly [Scene, number])[]) => {
      const stores = { site: memoryStore('old'), state: memoryStore('state') };
      await sitesAfter(['first'], async () => stores);
      const there = { site: memoryStore('new'), state: stores.state };
      let operations = 0;
      for (const [index, [scene, operation]] of deaths.entries()) {
        ({ operations } = await take(scene, there, index + 2, { operation, when: 'before' }));
      }
      return { there, operations };
    };
    const first = (await moved(['first', 100])).operations;
    const second = (await moved(['first', first], ['yearAdded', 100])).operations;
    for (let operation = 1; operation <= second; operation += 1) {
      const { there } = await moved(['first', first], ['yearAdded', operation]);
      const get = async (key: string) => there.site.objects.get(key)?.body ?? null;
      const known = scenes.first.files.map(({ key }) => key);
      const versions = versionsIn(['first', 'yearAdded']);
      expect(await whatIsBroken(get, known, versions), `before operation ${operation} of ${second}`).toEqual([]);
    }
  });
});

describe('a folder', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  test('killed during a department withdrawn, is whole too, with no other file in it in the end', async () => {
    const make = async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mokuhyo-crash-'));
      folders.push(folder);
      return { folder, site: folderStore(join(folder, 'site')), state: folderStore(join(folder, 'state')) };
    };
    const undisturbed = await make();
    await sitesAfter(['first'], async () => undisturbed);
    const { operations } = await take('withdrawn', undisturbed, 2);
    const filesOf = async (folder: string) => (await readdir(join(folder, 'site'), { recursive: true })).sort();
    for (let operation = 1; operation <= operations; operation += 1) {
      const stores = await make();
      await sitesAfter(['first'], async () => stores);
      await take('withdrawn', stores, 2, { operation, when: 'after' });
      const get = async (key: string) => (await stores.site.get(key))?.body ?? null;
      expect(await whatIsBroken(get, ['index.html'], versionsIn(['first', 'withdrawn']))).toEqual([]);
      await take('withdrawn', stores, 3);
      expect(await filesOf(stores.folder)).toEqual(await filesOf(undisturbed.folder));
    }
  });
});
