import { randomBytes } from 'node:crypto';
import type { Failure } from '../failure.ts';
import { type Holder, thisProcess } from '../stores/holder.ts';
import { type ObjectStore, type RequestLimits, StoreError } from '../stores/store.ts';
import { type Clock, systemClock } from './clock.ts';
import type { AnnouncedObject, Pending, State } from './state.ts';
import { readState, type StoredState, writeState } from './state-file.ts';

/**
 * One publisher at a time. Who is about to change the site first says so in the state, conditionally, for a short time
 * (the lease) that it renews; others wait. A lease protects against a publisher that still runs, not against a request that is already on its way,
 * since no store checks one key's write against another key. Hence the margin, the waiting out of whole leases, and the etags by which each
 * object fences itself.
 *
 * No clock is compared with another machine's.
 */

/** A publisher stops writing this long before its lease ends, so that its last request has arrived by then. */
const leaseMargin = 5_000;
/** How often a state is written again over one that this run wrote itself. */
const ownAttempts = 10;

/** What a caller may say about taking turns. */
export interface TurnOptions {
  /** Aborted, the run stops as soon as the site is whole. */
  readonly signal?: AbortSignal;
  /** For how long other publishers at work are waited for, in milliseconds. */
  readonly patienceMs?: number;
  /** How long a publisher that gives no sign of life is taken to be at work, in milliseconds. */
  readonly leaseMs?: number;
  readonly clock?: Clock;
  readonly holder?: Holder;
}

/** Who takes turns, and how long they last. */
export interface Publisher {
  /** Names this run. */
  readonly run: string;
  readonly holder: Holder;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A publisher under a new name: a turn that was lost must not be taken for the next one. */
export function newPublisher({ holder, clock, leaseMs, signal }: TurnOptions): Publisher {
  return {
    run: randomBytes(8).toString('hex'),
    holder: holder ?? thisProcess(),
    clock: clock ?? systemClock,
    leaseMs: leaseMs ?? 30_000,
    signal,
  };
}

/** How long others are waited for where nothing else is said, in milliseconds. */
export const defaultPatience = 60_000;

/**
 * Reads the state, and waits while another publisher is at work. One that has died, or has stopped by itself, is not
 * waited for; one that is silent on another machine is, for the whole of its lease as this machine's clock
 * counts it.
 *
 * @param until when to give up, by the publisher's clock
 * @returns null where there is no state yet
 * @throws StoreError `busy`
 */
export async function waitForTurn(
  store: ObjectStore,
  publisher: Publisher,
  until: number,
): Promise<StoredState | null> {
  const { clock, signal } = publisher;
  let seen: { readonly etag: string; readonly since: number } | undefined;
  for (let pause = 250; ; pause = Math.min(2 * pause, 1_000)) {
    const stored = await readState(store, signal);
    const pending = stored?.state.pending ?? null;
    if (stored === null || pending === null || isOver(pending, publisher)) return stored;
    const now = clock.elapsed();
    if (seen?.etag !== stored.etag) seen = { etag: stored.etag, since: now };
    if (now - seen.since >= pending.leaseMs) return stored;
    const left = until - now;
    if (left <= 0 || signal?.aborted) throw busy();
    await clock.sleep(Math.min(left, pause * (0.5 + Math.random())), signal);
  }
}

function busy(): StoreError {
  return new StoreError(
    'busy',
    'ほかの実行がこのサイトを更新しています。この実行では何も書きませんでした。',
    'しばらく待ってから、もう一度実行してください。',
  );
}

/** Whether it is certain that the publisher writes no more: it said so, or its process on this machine is gone. */
export function isOver(pending: Pending, { holder }: Publisher): boolean {
  return pending.released || (pending.machine === holder.machine && !holder.isAlive(pending.pid));
}

/** What a publisher is about to do, without who it is. */
export type Intent = Pick<Pending, 'objects' | 'remove'>;

/** The turn that a publisher has. */
export interface Turn {
  /** Why it must stop, or null. Renews the lease where half of it is over. */
  mustStop(): Promise<Failure | null>;
  /** Whether it is still this run's turn, by the state itself and not by any clock. @throws StoreError */
  isMine(): Promise<boolean>;
  /** Keeps requests from being sent outside of the lease, and ends those that would outlast it. */
  limits(): RequestLimits;
  /** This object was written; the next run need not write it again. */
  confirm(key: string, object: AnnouncedObject & { readonly etag: string }): void;
  /** Replaces the state, and what is pending. False where the turn was lost, and nothing was written. */
  commit(state: State, rest: Intent | null): Promise<boolean>;
  /** Ends the turn before its time: what is pending is left to the next run, which need not wait. */
  giveUp(rest?: Partial<Intent>): Promise<void>;
}

/**
 * Says in the state what is about to be done.
 *
 * @param before the state that it was decided on, with its etag where it has been written
 * @returns null where another publisher was faster
 */
export async function takeTurn(
  store: ObjectStore,
  publisher: Publisher,
  before: { readonly state: State; readonly etag: string | null },
  intent: Intent,
): Promise<Turn | null> {
  const { clock, run, holder, leaseMs, signal } = publisher;
  let { state, etag } = before;
  let current: Intent = { ...intent, objects: { ...intent.objects } };
  let start = { elapsed: 0, wall: 0 };
  let renewFrom = 0;
  let renewing: Promise<StoreError | null> | undefined;
  let lost = false;

  /** By whichever clock went further: the one that is never set back stands still while the machine sleeps. */
  const sinceStart = (): number => Math.max(clock.elapsed() - start.elapsed, clock.wall() - start.wall);

  /** Every write of the state by this run, one after another. */
  const write = async (next: State, rest: Intent | null, released: boolean): Promise<boolean> => {
    const sent = { elapsed: clock.elapsed(), wall: clock.wall() };
    const pending =
      rest === null ? null : { run, machine: holder.machine, pid: holder.pid, leaseMs, released, ...rest };
    for (let attempt = 1; ; attempt += 1) {
      const result = await writeState(store, { ...next, pending }, etag, signal);
      if (result.written !== null) {
        ({ state, etag } = result.written);
        start = sent;
        renewFrom = leaseMs / 2;
        return true;
      }
      const there = result.current;
      if (there?.state.pending?.run === run && attempt < ownAttempts) {
        // An earlier write of this run took effect after its answer was lost.
        etag = there.etag;
        continue;
      }
      lost = true;
      // This very commit may have taken effect, its answer lost, and another run have built upon it since.
      const commits = next.records[0]?.run === run && state.records[0]?.run !== run;
      return commits && (there?.state.records.some((record) => record.run === run) ?? false);
    }
  };

  /** Writes the state anew; the error where that did not succeed. */
  const renew = async (): Promise<StoreError | null> => {
    try {
      await write(state, current, false);
      return null;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      renewFrom = sinceStart() + leaseMs / 10;
      return error;
    }
  };
  const renewOnce = (): Promise<StoreError | null> => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  const left = (): number => leaseMs - leaseMargin - sinceStart();
  const maySend = (): boolean => !lost && left() > 0;

  if (!(await write(before.state, current, false))) return null;

  return {
    async mustStop() {
      if (!lost && sinceStart() >= renewFrom) await renewOnce();
      return maySend() ? null : turnLost;
    },
    async isMine() {
      // One that is on its way may have been sent before what is asked about.
      await renewing;
      const error = lost ? null : await renewOnce();
      if (error !== null) throw error;
      return maySend();
    },
    limits() {
      const limit = AbortSignal.timeout(Math.max(0, Math.floor(left())));
      return { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]), maySend };
    },
    confirm(key, object) {
      current = { ...current, objects: { ...current.objects, [key]: object } };
    },
    async commit(next, rest) {
      await renewing;
      if (!(await write(next, rest, false))) return false;
      if (rest !== null) current = rest;
      return true;
    },
    async giveUp(rest = {}) {
      await renewing;
      if (lost) return;
      try {
        await write(state, { ...current, ...rest }, true);
      } catch (error) {
        // The lease ends by itself; the next run only waits longer.
        if (!(error instanceof StoreError)) throw error;
      }
    },
  };
}

/** Another run has taken over. What is true of it: the runs that look at the whole site find what came too late. */
export const turnLost: Failure = {
  code: 'turn-lost',
  message:
    'この実行が途中で止まっていると判断され、ほかの実行が公開を引き継ぎました。この実行が途中まで書いた内容が、サイトに残っていることがあります。',
  fix: 'もう一度 publish を実行してください。サイト全体を確かめて、違うところを直します。夜間の自動実行でも直ります。',
};
