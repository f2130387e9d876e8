import type { ReleaseOptions, ReleaseResult } from '../../lib/release/change-site.ts';
import type { Clock } from '../../lib/release/clock.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import type { ObjectStore, Stores } from '../../lib/stores/store.ts';
import { Killed } from './kill-points.ts';
import { planOf, type Scene, scenes } from './scenes.ts';

/**
 * Trials of two publishers: the first is interrupted in the middle of one request, the second publishes a newer sheet meanwhile, and then
 * the request of the first arrives. Time is made, so that leases of half a minute pass at once; the requests are real.
 */

/**
 * - `clocks`: both machines' clocks are off by up to ten minutes, and the line of the first is slow
 * - `asleep`: the first machine sleeps for two minutes, and its clock that is never set back stands still
 * - `late`: the first publisher dies while its request is on the way
 */
export type Kind = 'clocks' | 'asleep' | 'late';
export const kinds: readonly Kind[] = ['clocks', 'asleep', 'late'];

/** What is drawn by lot in a trial. */
export interface Trial {
  readonly kind: Kind;
  readonly before: Scene;
  readonly older: Scene;
  readonly newer: Scene;
  /** The request at which the first one is interrupted, from 1. */
  readonly operation: number;
  /** Whether the request takes effect before the second one begins, or only when it has ended. */
  readonly arrives: 'before' | 'after';
  readonly clockOff: readonly [first: number, second: number];
}

export interface TrialResult {
  readonly first: ReleaseResult | null;
  readonly second: ReleaseResult;
  /** Whether an object had its old content again, so that its etag could not tell. */
  readonly aba: boolean;
  /** Keys of the site that are not what the newest sheet says: at the end of both, after one more run by day, after the next night. */
  readonly stale: {
    readonly atOnce: readonly string[];
    readonly byDay: readonly string[];
    readonly byNight: readonly string[];
  };
  /** What a run said that was not so. */
  readonly lies: readonly string[];
}

const names = ['first', 'oneGoal', 'yearAdded', 'withdrawn', 'restyled'] as const satisfies readonly Scene[];

/** A trial by lot: the same number gives the same trial. */
export function trialOf(kind: Kind, number: number): Trial {
  const lot = lots(number * 7 + kinds.indexOf(kind) + 1);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(lot() * items.length)] ?? fail();
  const before = pick(names);
  const older = pick(names.filter((name) => name !== before));
  const newer = pick(names.filter((name) => name !== older));
  const minutes = () => Math.round((lot() * 20 - 10) * 60_000);
  return {
    kind,
    before,
    older,
    newer,
    operation: 2 + Math.floor(lot() * 14),
    arrives: lot() < 0.7 ? 'after' : 'before',
    clockOff: kind === 'clocks' ? [minutes(), minutes()] : [0, 0],
  };
}

function fail(): never {
  throw new Error('Nothing to draw from');
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const now = new Date('2025-04-01T00:00:00Z');
const isAlive = () => true;

export async function runTrial(stores: Stores, trial: Trial): Promise<TrialResult> {
  const { kind, before, older, newer, operation, arrives, clockOff } = trial;
  let time = 0;
  /** What the first machine has slept through. */
  let slept = 0;
  const clock = (off: number, sleeps: boolean): Clock => ({
    elapsed: () => time - (sleeps ? slept : 0),
    wall: () => now.getTime() + time + off,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  });
  let sheet: Scene = before;
  const plan = () => planOf(sheet)();
  const run = (over: Stores, options: Partial<ReleaseOptions>) => release(over, plan, { now, parallel: 3, ...options });
  const holder = (machine: string, pid: number) => ({ machine, pid, isAlive });

  const start = await run(stores, { clock: clock(0, false), holder: holder('before', 1) });
  if (start.outcome !== 'published') throw new Error(`The trial did not begin: ${start.problem?.code}`);

  sheet = older;
  let second: ReleaseResult | null = null;
  const publishNewer = async () => {
    sheet = newer;
    const from = time;
    second = await run(stores, { clock: clock(clockOff[1], false), holder: holder('second', 1), patienceMs: 120_000 });
    if (kind === 'asleep') {
      time = Math.max(time, from + 120_000);
      slept += time - from;
    }
  };
  let count = 0;
  let isDead = false;
  let interruption: Promise<unknown> = Promise.resolve();
  const interrupted = (store: ObjectStore): ObjectStore => {
    const meet = async <Result>(work: (isLate: boolean) => Promise<Result>): Promise<Result> => {
      if (isDead) throw new Killed();
      count += 1;
      if (count !== operation) return work(false);
      if (kind === 'late') isDead = true;
      const meanwhile = async () => {
        const early = arrives === 'before' ? await settled(work(true)) : null;
        await publishNewer();
        return early ?? (await settled(work(true)));
      };
      const met = meanwhile();
      interruption = met;
      const result = await met;
      if (kind === 'late') throw new Killed();
      return result();
    };
    return {
      name: store.name,
      conditions: store.conditions,
      get requests() {
        return store.requests;
      },
      get: (key, limits) => meet(() => store.get(key, limits)),
      list: (limits) => meet(() => store.list(limits)),
      // What has been sent is not held back any more by what its sender knows.
      put: (key, object, condition, limits) =>
        meet((isLate) => store.put(key, object, condition, isLate ? undefined : limits)),
      delete: (key, limits) => meet((isLate) => store.delete(key, isLate ? undefined : limits)),
    };
  };
  const over = { site: interrupted(stores.site), state: interrupted(stores.state) };
  const first = await run(over, {
    clock: clock(clockOff[0], kind === 'asleep'),
    holder: holder('first', 1),
    patienceMs: 120_000,
  }).catch((error: unknown) => {
    if (error instanceof Killed) return null;
    throw error;
  });
  // A dead one does not wait for what it has sent.
  await interruption;
  if (second === null) await publishNewer();
  return judge(stores, {
    first,
    second: second ?? fail(),
    trial,
    again: (options) => run(stores, options),
    clock: clock(0, false),
  });
}

async function settled<Result>(work: Promise<Result>): Promise<() => Result> {
  try {
    const result = await work;
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Holds what came of two publishers against what they said, then lets a day's run follow, and a night's. */
async function judge(
  stores: Stores,
  {
    first,
    second,
    trial: { before, older, newer },
    again,
    clock,
  }: {
    first: ReleaseResult | null;
    second: ReleaseResult;
    trial: Pick<Trial, 'before' | 'older' | 'newer'>;
    again: (options: Partial<ReleaseOptions>) => Promise<ReleaseResult>;
    clock: Clock;
  },
): Promise<TrialResult> {
  const lies: string[] = [];
  const kept = await releasesOf(stores);
  for (const [who, result] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (result?.outcome === 'published' && !kept.includes(result.release ?? ''))
      lies.push(`${who} published what is no release`);
    if (result !== null && !['published', 'unchanged', 'failed'].includes(result.outcome))
      lies.push(`${who} is ${result.outcome}`);
    if (result?.outcome === 'failed' && result.problem === null) lies.push(`${who} does not say why`);
  }
  const atOnce = await staleIn(stores.site, newer);
  const day = await again({ clock, holder: { machine: 'day', pid: 1, isAlive }, patienceMs: 120_000 });
  const byDay = await staleIn(stores.site, newer);
  const night = await again({
    clock,
    holder: { machine: 'night', pid: 1, isAlive },
    patienceMs: 120_000,
    verifySite: true,
  });
  const byNight = await staleIn(stores.site, newer);
  for (const [who, result] of [
    ['day', day],
    ['night', night],
  ] as const) {
    if (!['published', 'unchanged'].includes(result.outcome))
      lies.push(`${who} is ${result.outcome}: ${result.problem?.code}`);
  }
  return { first, second, aba: hasAba(before, older, newer), stale: { atOnce, byDay, byNight }, lies };
}

async function releasesOf(stores: Stores): Promise<string[]> {
  const list = await listReleases(stores.state);
  if (!list.ok) throw new Error(list.problem.message);
  return list.releases.map((one) => one.release);
}

/** Keys that are not as the scene says: other bytes, missing, or left over. Assets of earlier releases stay for a while. */
export async function staleIn(site: ObjectStore, scene: Scene): Promise<string[]> {
  const there = new Map<string, Uint8Array>();
  for (const key of (await site.list()).keys()) {
    const object = await site.get(key);
    if (object !== null) there.set(key, object.body);
  }
  return staleAmong(there, scene);
}

/** As {@link staleIn}, of what is known to be there. */
export function staleAmong(there: ReadonlyMap<string, Uint8Array>, scene: Scene): string[] {
  const wanted = new Map(scenes[scene].files.map(({ key, body }) => [key, body]));
  return [...new Set([...wanted.keys(), ...there.keys()])].flatMap((key) => {
    const [body, found] = [wanted.get(key), there.get(key)];
    if (body === undefined) return key.startsWith('assets/') ? [] : [`${key} is left over`];
    if (found === undefined) return [`${key} is missing`];
    return Buffer.compare(found, body) === 0 ? [] : [`${key} is old`];
  });
}

/** Whether an object has its old content again, so that its etag cannot tell. */
export function hasAba(before: Scene, older: Scene, newer: Scene): boolean {
  const bodyIn = (scene: Scene, key: string) =>
    scenes[scene].files.find((file) => file.key === key)?.body.toString() ?? null;
  const keys = new Set([before, older, newer].flatMap((scene) => scenes[scene].files.map(({ key }) => key)));
  return [...keys].some(
    (key) => bodyIn(before, key) === bodyIn(newer, key) && bodyIn(older, key) !== bodyIn(newer, key),
  );
}
