import pMap from 'p-map';
import {
  defaultPatience,
  type Intent,
  newPublisher,
  type Turn,
  type TurnOptions,
  takeTurn,
  waitForTurn,
} from '../release/turn.ts';
import { type ObjectStore, StoreError } from '../stores/store.ts';

/**
 * Takes away all that one city has in the deployment: its pages, its previews, its state with the history, and nothing of another's.
 *
 * A city is first taken out of work (paused, or out of the list); what it was doing then is waited for. The pages go first and the state last, so
 * that a removal that was interrupted can be done again. See docs/decisions/0198-taking-a-city-away.md.
 */

/** Where one city's objects are: each a place of its own, never the whole of a bucket that several share. */
export interface SitePlaces {
  readonly site: ObjectStore;
  readonly state: ObjectStore;
  /** Null where the deployment has no previews. */
  readonly preview: ObjectStore | null;
}

/** How many objects were removed of each. */
export interface RemovedSite {
  readonly site: number;
  readonly state: number;
  readonly preview: number;
}

/** In the state's store; removed last. */
const stateKey = 'state.json';
const parallel = 16;

/**
 * @throws StoreError `prefix-missing` where a place is the whole of a bucket, before anything is removed; `busy` where the city is being
 *   published just now; `turn-lost`, `interrupted`. Then some of it may be gone, and the same call goes on
 */
export async function removeSite(places: SitePlaces, options: TurnOptions = {}): Promise<RemovedSite> {
  for (const place of [places.site, places.state, places.preview]) if (place !== null) refuseWholeBucket(place);
  const turn = await theTurn(places.state, options);
  try {
    const site = await removeAll(places.site, turn);
    const preview = places.preview === null ? 0 : await removeAll(places.preview, turn);
    // Who publishes next finds the state gone while there are no pages: a city that has never published.
    const rest = await removeAll(places.state, turn, (key) => key !== stateKey);
    if (turn !== null) await places.state.delete(stateKey, turn.limits());
    return { site, preview, state: rest + (turn === null ? 0 : 1) };
  } catch (error) {
    await turn?.giveUp();
    throw error;
  }
}

/** Says in the city's own lock that nobody else is to write. Null where there is no state, and nothing to lock with. */
async function theTurn(state: ObjectStore, options: TurnOptions): Promise<Turn | null> {
  const publisher = newPublisher(options);
  const until = publisher.clock.elapsed() + (options.patienceMs ?? defaultPatience);
  for (;;) {
    const stored = await waitForTurn(state, publisher, until);
    if (stored === null) return null;
    // What an interrupted publisher had announced is kept: it is how the next one would know what may still arrive.
    const intent: Intent = stored.state.pending ?? { objects: {}, remove: [] };
    const turn = await takeTurn(state, publisher, { state: stored.state, etag: stored.etag }, intent);
    if (turn !== null) return turn;
  }
}

async function removeAll(
  store: ObjectStore,
  turn: Turn | null,
  isWanted: (key: string) => boolean = () => true,
): Promise<number> {
  const keys = [...(await store.list(turn?.limits())).keys()].filter(isWanted);
  await pMap(
    keys,
    async (key) => {
      const stop = await turn?.mustStop();
      if (stop) throw new StoreError(stop.code, stop.message, stop.fix);
      await store.delete(key, turn?.limits());
    },
    { concurrency: parallel },
  );
  return keys.length;
}

/** A place without a folder of its own is the whole bucket, and that is no single city's: `s3://bucket` is refused, `s3://bucket/kawa` is not. */
function refuseWholeBucket({ name }: ObjectStore): void {
  if (!/^s3:\/\/[^/]+\/*$/u.test(name)) return;
  throw new StoreError(
    'prefix-missing',
    'この市のファイルは、フォルダーに分かれていません。消すと、ほかの市のファイルまで消えてしまうため、何も消していません。',
    '市が1つだけのときは、デプロイ全体を取りやめてください（docs/deploy.md の「元に戻す」）。',
  );
}
