import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { Failure } from '../failure.ts';
import { paths } from '../pages/address.ts';
import { failureOf } from '../stores/failure-of.ts';
import { ifUnchanged } from '../stores/json-record.ts';
import { type ObjectStore, type PutCondition, type RequestLimits, StoreError, type Stores } from '../stores/store.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  type Commit,
  commitRelease,
  defaultRetention,
  isCurrentRelease,
  lateObjects,
  manifestOf,
  type Retention,
  recommit,
  type Target,
} from './commit.ts';
import { conditionFor, type Difference, difference, type Writing } from './difference.ts';
import { drawnWhereNeeded, type HashedFile } from './hashed-file.ts';
import { type Known, lookAt } from './look.ts';
import { examineConditions } from './probe.ts';
import { type AnnouncedObject, emptyState, isSameObject, type ReleaseRecord, type State } from './state.ts';
import type { StoredState } from './state-file.ts';
import {
  defaultPatience,
  isOver,
  newPublisher,
  type Publisher,
  type Turn,
  type TurnOptions,
  takeTurn,
  turnLost,
  waitForTurn,
} from './turn.ts';
import { writeStages } from './write-order.ts';

export interface ReleaseOptions extends TurnOptions {
  /** The instant of the run, as the record of the release gives it. */
  readonly now: Date;
  /** How much time there is from the call on, in milliseconds; without it there is no limit. */
  readonly budgetMs?: number;
  readonly retention?: Partial<Retention>;
  /** How many objects are written at the same time. */
  readonly parallel?: number;
  /** Takes nothing of the site for granted: writes every file, and begins anew where the state is gone. */
  readonly rewrite?: boolean;
  /** Holds the whole site against the manifest, by one list of it, and puts right what differs: the run of the night. */
  readonly verifySite?: boolean;
  /** Nothing is known of the site, and that is no loss: a folder of one's own that is built into. */
  readonly startOver?: boolean;
}

/** What came of a run. */
export interface ReleaseResult {
  /**
   * - `published`: the site was changed, and the release is recorded
   * - `unchanged`: it was so already
   * - `blocked`: it was not to be changed; with `site-pinned` as its problem where the site is pinned, `state-lost` where there is a
   *   site and no state
   * - `failed`: it could not be changed, or not wholly; it is whole, and the next run goes on
   */
  readonly outcome: 'published' | 'unchanged' | 'blocked' | 'failed';
  /** The release that the state names after the run; null before the first. */
  readonly release: string | null;
  /** What the state says of that release. */
  readonly record: ReleaseRecord | null;
  /** Of the site. */
  readonly objects: { readonly written: number; readonly unchanged: number; readonly deleted: number };
  readonly requests: { readonly site: number; readonly state: number };
  /** What there is to say about `blocked` and `failed`. */
  readonly problem: Failure | null;
  /** What there is to say besides, and stops nothing: `site-repaired`, `removal-left`. */
  readonly notes: readonly Failure[];
}

export type Decision =
  | { readonly kind: 'change'; readonly target: Target }
  | { readonly kind: 'stop'; readonly outcome: 'blocked' | 'failed'; readonly problem: Failure | null };

/** How often a run begins again because another was faster. A place that answers so for ever is not waited for. */
const mostAttempts = 100;
/** How often an object is written that turns out not to be what was known of it. */
const writeAttempts = 5;

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
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const result = await run.attempt(decide);
      if (result !== 'overtaken') return result;
    }
    return run.result('failed', stateMovesOn);
  } catch (error) {
    const problem = failureOf(error);
    // What says that nothing was written is not true of a run that has lost its turn.
    return run.result('failed', run.hasLostTurn && problem.code === 'busy' ? turnLost : problem);
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
  readonly #notes: Failure[] = [];
  readonly #examined = new Set<string>();
  #record: ReleaseRecord | null = null;
  #lostTurn = false;

  constructor(stores: Stores, options: ReleaseOptions) {
    this.#stores = stores;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#retention = { ...defaultRetention, ...options.retention };
    this.#until = this.#clock.elapsed() + (options.budgetMs ?? Number.POSITIVE_INFINITY);
    this.#patientUntil = Math.min(this.#until, this.#clock.elapsed() + (options.patienceMs ?? defaultPatience));
    this.#requestsBefore = { site: stores.site.requests, state: stores.state.requests };
  }

  /** Whether an earlier attempt of this run has written to the site and then lost its turn. */
  get hasLostTurn(): boolean {
    return this.#lostTurn;
  }

  result(outcome: ReleaseResult['outcome'], problem: Failure | null = null): ReleaseResult {
    const { site, state } = this.#stores;
    return {
      outcome,
      release: this.#record?.release ?? null,
      record: this.#record,
      objects: { ...this.#objects },
      requests: {
        site: site.requests - this.#requestsBefore.site,
        state: state.requests - this.#requestsBefore.state,
      },
      problem,
      notes: [...this.#notes],
    };
  }

  async attempt(decide: (state: State) => Promise<Decision>): Promise<ReleaseResult | 'overtaken'> {
    const { site, state: stateStore } = this.#stores;
    const publisher = newPublisher(this.#options);
    const stored = await waitForTurn(stateStore, publisher, this.#patientUntil);
    const state = stored?.state ?? emptyState(site.name);
    this.#record = state.records[0] ?? null;
    if (stored === null && (await this.#isSiteThere())) {
      // A first publisher may have come between the two looks.
      if ((await waitForTurn(stateStore, publisher, this.#patientUntil)) !== null) return 'overtaken';
      return this.result('blocked', stateLost);
    }
    const decision = await decide(state);
    if (decision.kind === 'stop') return this.result(decision.outcome, decision.problem);
    const known = await lookAt(site, stored === null ? null : state, decision.target.files, {
      whole: this.#options.verifySite === true || state.doubtful || this.#lostTurn,
      rewrite: this.#options.rewrite === true,
      parallel: this.#parallel,
      signal: this.#options.signal,
    });
    const isThere = ({ key, object }: HashedFile): boolean => {
      const before = known.there.get(key);
      return before !== undefined && before !== null && isSameObject(before, object);
    };
    const target = { ...decision.target, files: await drawnWhereNeeded(decision.target.files, isThere) };
    const repeats = isCurrentRelease(state, target.files);
    const generation = repeats ? state.generation : state.generation + 1;
    const change = difference(target.files, known.there, {
      ...known,
      generation,
      assetReleases: this.#retention.assetReleases,
      keptReleases: this.#retention.releases,
    });
    this.#objects.unchanged = change.unchanged;
    if (isDone(state, target, change, site.name)) return this.result('unchanged');
    if (this.#timeLeft() <= lastWords) return this.result('failed', outOfTime);
    const unfit = await this.#examine(state);
    if (unfit !== null) return this.result('failed', unfit);

    const commit = repeats
      ? recommit(state, target, site.name)
      : commitRelease(state, target, change, {
          now: this.#options.now,
          run: publisher.run,
          retention: this.#retention,
          site: site.name,
        });
    const aware = this.#awareOf(stored, publisher);
    const remember = (objects: Difference['objects'] | State['objects'], remove: readonly string[]) =>
      lateObjects(state, site.name, { objects, remove }, generation, this.#retention.releases);
    const intended = { ...state, ...aware, late: remember(state.objects, []) };
    const turn = await takeTurn(
      stateStore,
      publisher,
      { state: intended, etag: stored?.etag ?? null },
      {
        objects: {
          ...writtenBefore(state, site.name),
          ...Object.fromEntries(change.write.map(({ key, file }) => [key, { ...file.object, etag: null }])),
        },
        remove: [...change.remove],
      },
    );
    if (turn === null) return 'overtaken';
    return this.#carryOut(turn, change, known, { ...commit, ...aware, late: remember(change.objects, change.remove) });
  }

  async #isSiteThere(): Promise<boolean> {
    if (this.#options.rewrite === true || this.#options.startOver === true) return false;
    return (await this.#stores.site.get(paths.index, { signal: this.#options.signal })) !== null;
  }

  /** Asks each place whether it keeps conditions, once in each state. */
  async #examine(state: State): Promise<Failure | null> {
    for (const store of this.#toExamine(state)) {
      const problem = await examineConditions(store);
      if (problem !== null) return problem;
      this.#examined.add(store.name);
    }
    return null;
  }

  #toExamine({ conditions: proven }: State): ObjectStore[] {
    const { site, state } = this.#stores;
    return [state, site].filter(
      ({ name, conditions }) => conditions === 'unproven' && !proven.includes(name) && !this.#examined.has(name),
    );
  }

  /** What this run leaves in the state about the places, and about a publisher that it takes over from. */
  #awareOf(stored: StoredState | null, publisher: Publisher): Pick<State, 'conditions' | 'doubtful'> {
    const pending = stored?.state.pending ?? null;
    return {
      conditions: [...new Set([...(stored?.state.conditions ?? []), ...this.#examined])].slice(-4),
      doubtful: pending !== null && !isOver(pending, publisher),
    };
  }

  /** Writes, commits and removes, in the turn of this run. */
  async #carryOut(
    turn: Turn,
    change: Difference,
    known: Known,
    commit: Commit & Pick<State, 'late'>,
  ): Promise<ReleaseResult | 'overtaken'> {
    const etags = new Map<string, string>();
    const problem = await this.#write(turn, change, known, etags);
    if (problem !== null) {
      await turn.giveUp();
      return this.result('failed', problem);
    }
    const removals = { objects: {}, remove: [...change.remove] };
    const anyRemoval = removals.remove.length > 0;
    const state: State = { ...commit, objects: manifestOf(change, etags) };
    if (!(await turn.commit(state, anyRemoval ? removals : null))) {
      this.#lostTurn = true;
      return 'overtaken';
    }
    this.#record = state.records[0] ?? null;
    if (known.differing.length > 0) this.#notes.push(siteRepaired(known.differing));
    if (anyRemoval) await this.#remove(turn, removals.remove, state);
    return this.result(change.write.length + change.remove.length > 0 ? 'published' : 'unchanged');
  }

  async #write(turn: Turn, change: Difference, known: Known, etags: Map<string, string>): Promise<Failure | null> {
    for (const stage of writeStages(change.write)) {
      const problem = await this.#inTurn(turn, stage, async (writing, limits) => {
        const etag = await this.#writeObject(turn, writing, known, limits);
        etags.set(writing.key, etag);
        turn.confirm(writing.key, { ...writing.file.object, etag });
        this.#objects.written += 1;
      });
      if (problem !== null) return problem;
    }
    return null;
  }

  /**
   * Writes one object over what this run knows of, and over nothing else. A refusal is never taken for a success, though it may be this
   * run's own first try: as long as the state says that it is this run's turn, the object is written over what is there.
   */
  async #writeObject(
    turn: Turn,
    { key, file: { body, object } }: Writing,
    { there, listed }: Known,
    first: RequestLimits,
  ): Promise<string> {
    const { site } = this.#stores;
    const { contentType, cacheControl } = object;
    let condition: PutCondition | undefined =
      site.conditions !== 'locked' ? conditionFor(key, there, listed) : undefined;
    let limits = first;
    for (let attempt = 1; attempt <= writeAttempts; attempt += 1) {
      const result = await site.put(key, { body, contentType, cacheControl }, condition, limits);
      if (result.outcome === 'written') return result.etag;
      if (!(await turn.isMine())) throw lostTurnError();
      limits = turn.limits();
      condition = ifUnchanged(result.current?.etag ?? null);
    }
    throw new StoreError(
      'write-refused',
      `${site.name} の ${key} を書き込めませんでした。ほかのプログラムが同じ場所に書いているか、保管場所が正しく答えていません。`,
      'サイトに書くほかの仕組みがないか確かめてから、もう一度実行してください。',
    );
  }

  /** After the commit. What cannot be removed now is left to the next run. */
  async #remove(turn: Turn, keys: readonly string[], committed: State): Promise<void> {
    const { site } = this.#stores;
    const left = new Set(keys);
    const problem = await this.#inTurn(turn, keys, async (key, limits) => {
      await site.delete(key, limits);
      left.delete(key);
      this.#objects.deleted += 1;
    });
    if (problem !== null) {
      await turn.giveUp({ objects: {}, remove: [...left] });
      this.#notes.push(removalLeft(left.size, problem));
      return;
    }
    try {
      await turn.commit(committed, null);
    } catch (error) {
      // Then the next run removes once more what is gone already.
      if (!(error instanceof StoreError)) throw error;
    }
  }

  /**
   * Does the work for each item, several at the same time, as long as the turn and the time last. Returns when nothing is
   * on its way any more: null where all was done, or else why it was not.
   */
  async #inTurn<Item>(
    turn: Turn,
    items: readonly Item[],
    work: (item: Item, limits: RequestLimits) => Promise<void>,
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
          await work(item, turn.limits());
        } catch (error) {
          const failure = failureOf(error);
          stopped ??= this.#isOutOfTime() ? outOfTime : ((await turn.mustStop()) ?? failure);
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
    !state.doubtful &&
    state.site === site &&
    isDeepStrictEqual(state.published, target.published) &&
    isDeepStrictEqual(state.pin, target.pin) &&
    isCurrentRelease(state, target.files)
  );
}

/** What a publisher that stopped is known to have written: until a commit, only what is pending speaks of it. */
function writtenBefore({ pending, site }: State, here: string): Record<string, AnnouncedObject> {
  if (pending === null || site !== here) return {};
  return Object.fromEntries(Object.entries(pending.objects).filter(([, { etag }]) => etag !== null));
}

const outOfTime: Failure = {
  code: 'out-of-time',
  message: '決められた時間の中で公開が終わりませんでした。サイトは壊れていません。',
  fix: 'もう一度実行してください。続きから公開します。',
};

const stateLost: Failure = {
  code: 'state-lost',
  message:
    '公開の記録（state.json）が見つかりません。サイトはすでにあるため、このまま公開すると、保留中の内容や更新日が失われます。サイトには何も書きませんでした。',
  fix: '保存先の指定を確かめるか、バックアップから state.json を元に戻してください。元に戻せないときは、--rewrite を付けて publish を実行すると、今のシートの内容で始め直します。',
};

const stateMovesOn: Failure = {
  code: 'busy',
  message: 'ほかの実行が続けてこのサイトを更新しているか、記録の保管場所が正しく答えていません。',
  fix: 'しばらく待ってから、もう一度実行してください。続く場合は、保管場所の管理者に相談してください。',
};

function lostTurnError(): StoreError {
  return new StoreError(turnLost.code, turnLost.message, turnLost.fix);
}

/** How many keys are named: the first ones say what it is about. */
const named = 3;

function siteRepaired(keys: readonly string[]): Failure {
  const some = keys.slice(0, named).join('、');
  return {
    code: 'site-repaired',
    message: `サイトのファイル${keys.length}件（${some}${keys.length > named ? ' ほか' : ''}）が、公開した内容と違っていたため、元に戻しました。手で変えたか消した、または途中で止まった実行の書き込みが遅れて届いたものと思われます。`,
    fix: 'サイトのファイルは手で直さず、シートを直してください。心当たりがないときは、サイトの管理者に伝えてください。',
  };
}

function removalLeft(count: number, { message }: Failure): Failure {
  return {
    code: 'removal-left',
    message: `公開は終わりました。公開をやめたファイルのうち${count}件が、まだ消えていません。${message}`,
    fix: '次の実行で消します。急ぐときは、もう一度実行してください。',
  };
}
