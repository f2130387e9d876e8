import type { S3Client } from '@aws-sdk/client-s3';
import type { ReleaseResult } from '../../lib/release/change-site.ts';
import type { Clock } from '../../lib/release/clock.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { rollback, unpin } from '../../lib/release/rollback.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import type { Stores } from '../../lib/stores/store.ts';
import { s3ClientFor } from './s3-client.ts';
import { type Fault, type S3Server, startS3Server } from './s3-server.ts';
import { planOf, type Scene, scenes } from './scenes.ts';
import { whatIsBroken } from './site-reader.ts';
import { staleAmong } from './trials.ts';

/** One fault at one request of one run: every one of them can be asked for. */

export const faults = {
  'drop before': { kind: 'reset-before' },
  'drop after': { kind: 'reset-after' },
  'arrives late': { kind: 'late' },
  '500': { kind: 'internal' },
  '503': { kind: 'slow-down' },
  '409': { kind: 'conflict' },
  '412': { kind: 'precondition' },
  '403': { kind: 'forbidden' },
  'cut body': { kind: 'cut' },
  damaged: { kind: 'damaged' },
  delay: { kind: 'slow' },
  /** From this request on nothing is reached until the run has ended. */
  outage: { kind: 'reset-before', times: 10_000 },
} as const satisfies Readonly<Record<string, Pick<Fault, 'kind' | 'times'>>>;
export type FaultName = keyof typeof faults;

export const steps = {
  first: { before: [], wanted: 'first' },
  changed: { before: ['first'], wanted: 'oneGoal' },
  added: { before: ['first'], wanted: 'yearAdded' },
  removed: { before: ['yearAdded'], wanted: 'withdrawn' },
  rollback: { before: ['first', 'withdrawn'], wanted: 'first' },
} as const satisfies Readonly<Record<string, { before: readonly Scene[]; wanted: Scene }>>;
export type StepName = keyof typeof steps;

const now = new Date('2025-04-01T00:00:00Z');
/** Waiting takes no time. */
let waited = 0;
const clock: Clock = {
  elapsed: () => performance.now() + waited,
  wall: () => Date.now() + waited,
  sleep: async (milliseconds) => {
    waited += milliseconds;
  },
};
const options = { now, parallel: 3, clock };
const names = ['first', 'oneGoal', 'yearAdded', 'withdrawn', 'restyled'] as const satisfies readonly Scene[];

/** A server on which one step is taken again and again, from the same beginning. */
export interface FaultBench extends AsyncDisposable {
  readonly step: StepName;
  readonly server: S3Server;
  readonly stores: () => Stores;
  /** How many requests the step makes where nothing goes wrong. */
  readonly requests: number;
  /** Puts the places back as they were before the step. */
  readonly reset: () => void;
}

export async function faultBench(step: StepName): Promise<FaultBench> {
  const server = await startS3Server({ buckets: ['site', 'state'] });
  const client: S3Client = s3ClientFor(server.endpoint, { maxAttempts: 2 });
  const stores = () => ({ site: s3Store(client, 'site', ''), state: s3Store(client, 'state', '') });
  for (const scene of steps[step].before) await release(stores(), planOf(scene), options);
  const beginning = [...server.objects];
  const reset = () => {
    server.objects.clear();
    for (const [key, object] of beginning) server.objects.set(key, object);
  };
  const before = server.log.length;
  await take(step, stores());
  return {
    step,
    server,
    stores,
    requests: server.log.length - before,
    reset,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function take(step: StepName, stores: Stores): Promise<ReleaseResult> {
  if (step !== 'rollback') return release(stores, planOf(steps[step].wanted), options);
  const list = await listReleases(stores.state);
  const oldest = list.ok ? list.releases.at(-1)?.release : undefined;
  return rollback(stores, oldest ?? '', options);
}

export interface FaultResult {
  readonly outcome: ReleaseResult['outcome'];
  /** The request that met the fault. */
  readonly request: string;
  /** What is wrong, in words; nothing where all is well. */
  readonly wrong: readonly string[];
}

/** @param at the request that meets the fault, from 1 */
export async function meetFault(bench: FaultBench, fault: FaultName, at: number): Promise<FaultResult> {
  const { step, server, reset } = bench;
  const stores = bench.stores();
  const { before, wanted } = steps[step];
  reset();
  const log = server.log.length;
  server.fail({ ...faults[fault], after: at - 1 });
  const result = await take(step, stores);
  const request = server.log[log + at - 1] ?? 'none';
  server.endFaults();

  const there = () =>
    new Map([...server.objects].flatMap(([key, { body }]) => (key.startsWith('site/') ? [[key.slice(5), body]] : [])));
  const wrong: string[] = [];
  const removalLeft = result.notes.some(({ code }) => code === 'removal-left');
  const said = result.outcome === 'published' || result.outcome === 'unchanged';
  if (said) {
    const stale = staleAmong(there(), wanted).filter((line) => !(removalLeft && line.endsWith('left over')));
    wrong.push(...stale.map((line) => `said ${result.outcome}: ${line}`));
  } else if (result.outcome !== 'failed' || result.problem === null) {
    wrong.push(`said ${result.outcome}, ${result.problem?.code}`);
  }
  const versions = (key: string) =>
    names.flatMap((name) => scenes[name].files.flatMap((file) => (file.key === key ? [file.body] : [])));
  const old = before.at(-1);
  const stays = (key: string) => scenes[wanted].files.some((file) => file.key === key);
  const known = old === undefined ? [] : scenes[old].files.flatMap(({ key }) => (stays(key) ? [key] : []));
  wrong.push(...(await whatIsBroken(async (key) => there().get(key) ?? null, known, versions)));

  server.deliverLate();
  const next = await take(step, stores);
  if (!['published', 'unchanged'].includes(next.outcome)) {
    wrong.push(`the next run is ${next.outcome}: ${next.problem?.code}`);
  }
  // What arrived late is found by the next run that looks, which a rollback does not do by itself.
  const late = fault === 'arrives late' && step === 'rollback';
  await (late ? rollbackNight(stores) : release(stores, planOf(wanted), { ...options, verifySite: true }));
  wrong.push(...staleAmong(there(), wanted).map((line) => `in the end: ${line}`));
  return { outcome: result.outcome, request, wrong };
}

/** The night after a rollback that was let go again. */
async function rollbackNight(stores: Stores): Promise<void> {
  await unpin(stores.state);
  await release(stores, planOf(steps.rollback.wanted), { ...options, verifySite: true });
}
