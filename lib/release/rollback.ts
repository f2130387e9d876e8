import type { Failure } from '../failure.ts';
import type { Published } from '../goals/model/published.ts';
import { isSharePicture } from '../pages/pictures/share-picture-keys.ts';
import { failureOf } from '../stores/failure-of.ts';
import { type ObjectStore, StoreError, type Stores } from '../stores/store.ts';
import { changeSite, type Decision, type ReleaseOptions, type ReleaseResult } from './change-site.ts';
import { readArchive, type Target } from './commit.ts';
import { drawnFile, type HashedFile, sha256Of } from './hashed-file.ts';
import { currentObjects, type SiteObject, type State } from './state.ts';
import { writeState } from './state-file.ts';
import { defaultPatience, newPublisher, type TurnOptions, waitForTurn } from './turn.ts';

/**
 * Puts a release back byte for byte, as a new release, by the same protocol as any other; and pins the site, so that the
 * next run of the sheet does not undo it.
 *
 * The problem of a `failed` one is `release-unknown` where there is no such release, or it is kept no longer.
 */
export async function rollback(stores: Stores, release: string, options: ReleaseOptions): Promise<ReleaseResult> {
  const decide = async (state: State): Promise<Decision> => {
    const past = pastRelease(state, release);
    if (past === null) return { kind: 'stop', outcome: 'failed', problem: unknownRelease(release, state) };
    const target: Target = {
      files: bodiesOf(state, past.objects),
      published: past.published,
      changes: [],
      sourceVersion: past.sourceVersion,
      restored: release,
      pin: state.pin?.release === release ? state.pin : { release, at: options.now.toISOString() },
    };
    return { kind: 'change', target };
  };
  return changeSite(stores, decide, options);
}

interface PastRelease {
  readonly published: Published;
  readonly objects: ReadonlyMap<string, SiteObject>;
  readonly sourceVersion: string | null;
}

/** Null where there is no such release. */
function pastRelease(state: State, release: string): PastRelease | null {
  const record = state.records.find((candidate) => candidate.release === release);
  if (record === undefined || state.published === null) return null;
  const { sourceVersion } = record;
  if (record === state.records[0]) {
    return { published: state.published, objects: currentObjects(state), sourceVersion };
  }
  const snapshot = readArchive(state).snapshots.get(release);
  if (snapshot === undefined) throw historyDamaged();
  return { published: snapshot.published, objects: new Map(Object.entries(snapshot.objects)), sourceVersion };
}

/**
 * Finds the bytes of these objects in the archive, and checks every one. A picture to share has none there: it is still on the site, or it
 * is left out.
 */
function bodiesOf(state: State, objects: ReadonlyMap<string, SiteObject>): HashedFile[] {
  const { bodies } = readArchive(state);
  return [...objects].flatMap(([key, object]) => {
    if (isSharePicture(key)) return [drawnFile(key, object, async () => null)];
    const body = bodies.get(object.sha256);
    if (body === undefined || sha256Of(body) !== object.sha256) throw historyDamaged();
    return { key, body, object };
  });
}

function historyDamaged(): StoreError {
  return new StoreError(
    'history-damaged',
    '元に戻すためのデータの一部がないか、壊れています。サイトには何も書きませんでした。',
    '別の公開を指定するか、記録の保管場所をバックアップから元に戻してください。',
  );
}

function unknownRelease(release: string, state: State): Failure {
  const known = state.records.map((record) => record.release);
  return {
    code: 'release-unknown',
    message: `公開 ${JSON.stringify(release)} は記録にありません。サイトには何も書きませんでした。`,
    fix:
      known.length === 0
        ? '記録の保管場所の指定を確かめてください。まだ何も公開されていません。'
        : `releases コマンドで一覧を見て、指定し直してください（最新は ${known[0]}）。`,
  };
}

/** What came of taking the pin away. */
export interface UnpinResult {
  /** `unchanged`: the site was not pinned. */
  readonly outcome: 'unpinned' | 'unchanged' | 'failed';
  /** The release that the site was pinned to. */
  readonly release: string | null;
  readonly problem: Failure | null;
}

/** Lets publishing go on after a rollback. The site itself stays as it is until the next run. */
export async function unpin(store: ObjectStore, options: TurnOptions = {}): Promise<UnpinResult> {
  try {
    const publisher = newPublisher(options);
    const until = publisher.clock.elapsed() + (options.patienceMs ?? defaultPatience);
    for (;;) {
      const stored = await waitForTurn(store, publisher, until);
      const pin = stored?.state.pin ?? null;
      if (stored === null || pin === null) return { outcome: 'unchanged', release: null, problem: null };
      const { written } = await writeState(store, { ...stored.state, pin: null }, stored.etag);
      if (written !== null) return { outcome: 'unpinned', release: pin.release, problem: null };
    }
  } catch (error) {
    return { outcome: 'failed', release: null, problem: failureOf(error) };
  }
}
