import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { Failure } from '../failure.ts';
import { failureOf } from '../stores/failure-of.ts';
import { StoreError, type Stores } from '../stores/store.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  type Commit,
  commitRelease,
  defaultRetention,
  isCurrentRelease,
  type Retention,
  recommit,
  type Target,
} from './commit.ts';
import { type Difference, difference, type OnSite, onSite, uncertainKeys } from './difference.ts';
import { ignoresConditions } from './probe.ts';
import { emptyState, type SiteObject, type State } from './state.ts';
import { defaultPatience, newPublisher, type Turn, type TurnOptions, takeTurn, waitForTurn } from './turn.ts';
import { writeStages } from './write-order.ts';

export interface ReleaseOptions extends TurnOptions {
  /** The instant of the run, as the record of the release gives it. */
  readonly now: Date;
  /** How much time there is from the call on, in milliseconds; without it there is no limit. */
  readonly budgetMs?: number;
  readonly retention?: Partial<Retention>;
  /** How many objects are written at the same time. */
  readonly parallel?: number;
  /** Takes nothing of the site for granted: writes every file, as where somebody has changed or removed some by hand. */
  readonly rewrite?: boolean;
}

/** What came of a run. */
export interface ReleaseResult {
  /**
   * - `published`: the site was changed, and the release is recorded
   * - `unchanged`: it was so already
   * - `blocked`: it was not to be changed; with `site-pinned` as its problem where the site is pinned
   * - `failed`: it could not be changed, or not wholly; it is whole, and the next run goes on
   */
  readonly outcome: 'published' | 'unchanged' | 'blocked' | 'failed';
  /** The release that the state names after the run; null before the first. */
  readonly release: string | null;
  /** Of the site. */
  readonly objects: { readonly written: number; readonly unchanged: number; readonly deleted: number };
  readonly requests: { readonly site: number; readonly state: number };
  /** What there is to say about `blocked` and `failed`, and about a `published` after which something is left to be removed. */
  readonly problem: Failure | null;
}

export type Decision =
  | { readonly kind: 'change'; readonly target: Target }
  | { readonly kind: 'stop'; readonly outcome: 'blocked' | 'failed'; readonly problem: Failure | null };

/** Before a time limit this much is kept back for writing down how far the run came. */
const lastWords = 3_000;

/**
 * Changes the site to what is decided on the state, and commits. The one way in which a site is changed: a publish and a
 * rollback differ in their decision only.
 *
 * Read the state; say in it what is about to be done; write what is new, then what is changed, from what is named to what
 * names it; commit; remove. A run that stops anywhere leaves a whole site, and in the state what the next run needs to go on.
 *
 * @param decide is asked again, with the newer state, when another publisher was faster
 */
export async function changeSite(
  stores: Stores,
  decide: (state: State) => Promise<Decision>,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const run = new Run(stores, options);
  try {
    for (;;) {
      const result = await run.attempt(decide);
      if (result !== 'overtaken') return result;
    }
  } catch (error) {
    return run.result('failed', failureOf(error));
  }
}

/** One call, over all its attempts. */
class Run {
  readonly #stores: Stores;
  readonly #options: ReleaseOptions;
  readonly #clock: Clock;
  readonly #retention: Retention;
  readonly #until: number;
  readonly #patientUntil: number;
  readonly #requestsBefore: { readonly site: number; readonly state: number };
  readonly #objects = { written: 0, unchanged: 0, deleted: 0 };
  #release: string | null = null;
  #proved = false;

  constructor(stores: Stores, options: ReleaseOptions) {
    this.#stores = stores;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#retention = { ...defaultRetention, ...options.retention };
    this.#until = this.#clock.elapsed() + (options.budgetMs ?? Number.POSITIVE_INFINITY);
    this.#patientUntil = Math.min(this.#until, this.#clock.elapsed() + (options.patienceMs ?? defaultPatience));
    this.#requestsBefore = { site: stores.site.requests, state: stores.state.requests };
  }

  result(outcome: ReleaseResult['outcome'], problem: Failure | null = null): ReleaseResult {
    const { site, state } = this.#stores;
    return {
      outcome,
      release: this.#release,
      objects: { ...this.#objects },
      requests: {
        site: site.requests - this.#requestsBefore.site,
        state: state.requests - this.#requestsBefore.state,
      },
      problem,
    };
  }

  async attempt(decide: (state: State) => Promise<Decision>): Promise<ReleaseResult | 'overtaken'> {
    const { site, state: stateStore } = this.#stores;
    const publisher = await newPublisher(this.#options);
    const stored = await waitForTurn(stateStore, publisher, this.#patientUntil);
    const state = stored?.state ?? emptyState(site.name);
    this.#release = state.records[0]?.release ?? null;
    const decision = await decide(state);
    if (decision.kind === 'stop') return this.result(decision.outcome, decision.problem);
    const { target } = decision;

    const { there, uncertain } = await this.#known(stored === null ? null : state, target);
    const unmet = await this.#unmet(uncertain);
    const repeats = isCurrentRelease(state, target.files);
    const generation = repeats ? state.generation : state.generation + 1;
    const change = difference(target.files, there, unmet, generation, this.#retention.assetReleases);
    this.#objects.unchanged = change.unchanged;
    if (isDone(state, target, change, site.name)) return this.result('unchanged');
    if (isOlder(target, state)) return this.result('failed', sourceOlder);
    if (this.#timeLeft() <= lastWords) return this.result('failed', outOfTime);
    if (stored === null && !this.#proved) {
      const problem = await ignoresConditions(stateStore);
      if (problem !== null) return this.result('failed', problem);
      this.#proved = true;
    }

    const commit = repeats
      ? recommit(state, target, change, site.name)
      : commitRelease(state, target, change, {
          now: this.#options.now,
          run: publisher.run,
          retention: this.#retention,
          site: site.name,
        });
    const turn = await takeTurn(
      stateStore,
      publisher,
      { state, etag: stored?.etag ?? null },
      {
        objects: {
          ...writtenBefore(state, site.name),
          ...Object.fromEntries(change.write.map(({ key }) => [key, null])),
        },
        remove: [...change.remove],
        pack: commit.pack?.key ?? null,
        removePacks: [...commit.removePacks],
      },
    );
    if (turn === null) return 'overtaken';
    return this.#carryOut(turn, change, commit);
  }

  /** What is on the site for all that is known, and the keys of the target at which there may be nothing. */
  async #known(state: State | null, { files }: Target): Promise<{ there: OnSite; uncertain: readonly string[] }> {
    const { site } = this.#stores;
    const there = state === null ? new Map() : onSite(state, site.name, files);
    if (this.#options.rewrite === true) {
      for (const { key } of files) there.set(key, null);
      return { there, uncertain: files.map(({ key }) => key) };
    }
    const present = await site.keys?.();
    if (present !== undefined) for (const key of there.keys()) if (!present.has(key)) there.delete(key);
    return { there, uncertain: state === null ? [] : uncertainKeys(state, site.name, files, there) };
  }

  /**
   * Those of the keys that no reader can have met. After a publisher that died, only the site itself can tell: what is
   * missing has been named by no page yet, so it must be written before one names it; what is there may have been named,
   * so all that it will name must be there before it is written again.
   */
  async #unmet(uncertain: readonly string[]): Promise<Set<string>> {
    const { site } = this.#stores;
    const isMissing = async (key: string) => (await site.get(key, this.#options.signal)) === null;
    // Without a front page there is no way in.
    const front = 'index.html';
    if (uncertain.includes(front) && (await isMissing(front))) return new Set(uncertain);
    const missing = await pMap(uncertain, async (key) => ((await isMissing(key)) ? [key] : []), {
      concurrency: this.#parallel,
    });
    return new Set(missing.flat());
  }

  /** Writes, commits and removes, in the turn of this run. */
  async #carryOut(turn: Turn, change: Difference, commit: Commit): Promise<ReleaseResult | 'overtaken'> {
    const problem = await this.#write(turn, change, commit);
    if (problem !== null) {
      await turn.giveUp();
      return this.result('failed', problem);
    }
    const removals = { objects: {}, remove: [...change.remove], pack: null, removePacks: [...commit.removePacks] };
    const anyRemoval = removals.remove.length + removals.removePacks.length > 0;
    if (!(await turn.commit(commit.state, anyRemoval ? removals : null))) return 'overtaken';
    this.#release = commit.state.records[0]?.release ?? null;
    const outcome = change.write.length + change.remove.length > 0 ? 'published' : 'unchanged';
    return this.result(outcome, anyRemoval ? await this.#remove(turn, removals, commit.state) : null);
  }

  async #write(turn: Turn, change: Difference, { pack }: Commit): Promise<Failure | null> {
    const { site, state } = this.#stores;
    if (pack !== null) {
      const problem = await this.#inTurn(turn, [pack], async ({ key, body }, signal) => {
        const object = { body, contentType: 'application/octet-stream', cacheControl: 'no-store' };
        await state.put(key, object, undefined, signal);
      });
      if (problem !== null) return problem;
    }
    for (const stage of writeStages(change.write)) {
      const problem = await this.#inTurn(turn, stage, async ({ file: { key, body, object } }, signal) => {
        const { contentType, cacheControl } = object;
        await site.put(key, { body, contentType, cacheControl }, undefined, signal);
        turn.confirm(key, object);
        this.#objects.written += 1;
      });
      if (problem !== null) return problem;
    }
    return null;
  }

  /** After the commit. What cannot be removed now is left to the next run. */
  async #remove(
    turn: Turn,
    removals: { readonly remove: readonly string[]; readonly removePacks: readonly string[] },
    committed: State,
  ): Promise<Failure | null> {
    const { site, state } = this.#stores;
    const left = { remove: new Set(removals.remove), removePacks: new Set(removals.removePacks) };
    const problem =
      (await this.#inTurn(turn, removals.remove, async (key, signal) => {
        await site.delete(key, signal);
        left.remove.delete(key);
        this.#objects.deleted += 1;
      })) ??
      (await this.#inTurn(turn, removals.removePacks, async (key, signal) => {
        await state.delete(key, signal);
        left.removePacks.delete(key);
      }));
    if (problem !== null) {
      await turn.giveUp({ remove: [...left.remove], removePacks: [...left.removePacks] });
      return removalLeft(problem);
    }
    try {
      await turn.commit(committed, null);
    } catch (error) {
      // Then the next run removes once more what is gone already.
      if (!(error instanceof StoreError)) throw error;
    }
    return null;
  }

  /**
   * Does the work for each item, several at the same time, as long as the turn and the time last. Returns when nothing is
   * on its way any more: null where all was done, or else why it was not.
   */
  async #inTurn<Item>(
    turn: Turn,
    items: readonly Item[],
    work: (item: Item, signal: AbortSignal) => Promise<void>,
  ): Promise<Failure | null> {
    let stopped: Failure | null = null;
    await pMap(
      items,
      async (item) => {
        const mustStop = this.#isOutOfTime() ? outOfTime : await turn.mustStop();
        // Looked at after the waiting: another item may have failed meanwhile.
        stopped ??= mustStop;
        if (stopped !== null) return;
        try {
          await work(item, turn.deadline());
        } catch (error) {
          stopped ??= this.#isOutOfTime() ? outOfTime : failureOf(error);
        }
      },
      { concurrency: this.#parallel },
    );
    return stopped;
  }

  get #parallel(): number {
    return this.#options.parallel ?? 8;
  }

  #timeLeft(): number {
    return this.#until - this.#clock.elapsed();
  }

  #isOutOfTime(): boolean {
    return this.#timeLeft() <= lastWords || (this.#options.signal?.aborted ?? false);
  }
}

/** Whether there is nothing to write: not on the site, and nothing to be remembered. */
function isDone(state: State, target: Target, change: Difference, site: string): boolean {
  if (change.write.length + change.remove.length > 0) return false;
  return (
    state.pending === null &&
    state.site === site &&
    isDeepStrictEqual(state.published, target.published) &&
    isDeepStrictEqual(state.pin, target.pin) &&
    isCurrentRelease(state, target.files)
  );
}

/** What a publisher that stopped is known to have written: until a commit, only what is pending speaks of it. */
function writtenBefore({ pending, site }: State, here: string): Record<string, SiteObject> {
  if (pending === null || site !== here) return {};
  return Object.fromEntries(
    Object.entries(pending.objects).flatMap(([key, object]) => (object ? [[key, object]] : [])),
  );
}

/** Whether what is published came from a source that was read later. */
function isOlder({ sourceReadAt, restored }: Target, state: State): boolean {
  if (restored !== null || sourceReadAt === null || state.sourceReadAt === null) return false;
  return sourceReadAt.toISOString() < state.sourceReadAt;
}

const sourceOlder: Failure = {
  code: 'source-older',
  message:
    'この実行が表を読んだあとに読まれた、より新しい内容が、すでに公開されています。古い内容で上書きしないよう、何も書きませんでした。',
  fix: 'もう一度実行してください。表を読み直します。',
};

const outOfTime: Failure = {
  code: 'out-of-time',
  message: '決められた時間の中で公開が終わりませんでした。サイトは壊れていません。',
  fix: 'もう一度実行してください。続きから公開します。',
};

function removalLeft({ message }: Failure): Failure {
  return {
    code: 'removal-left',
    message: `公開は終わりましたが、公開をやめたファイルの一部がまだ消えていません。${message}`,
    fix: 'もう一度実行してください。残りを消します。',
  };
}
