import pMap from 'p-map';
import { readState } from '../release/state-file.ts';
import {
  defaultPatience,
  type Intent,
  newPublisher,
  type Turn,
  type TurnOptions,
  takeTurn,
  waitForTurn,
} from '../release/turn.ts';
import { publishRequestKey } from '../staff/publish-request.ts';
import { type ObjectStore, StoreError } from '../stores/store.ts';
import { nightDoneKey } from './night-done.ts';

/**
 * Takes away all that one city has in the deployment: its pages, its previews, its state with the history, and nothing of another's.
 *
 * A city is first taken out of work (paused, or out of the list); what it was doing then is waited for. The pages go first and the state last, so
 * that a removal that was interrupted can be done again. See docs/decisions/0198-taking-a-city-away.md.
 */

/** The stores of one city, as its entry in the list of sites places them. */
export interface SiteStores {
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
/** All that a run keeps in the state's store. Where that is the whole bucket, beside the other cities' `sites/`, no other key is a city's own. */
const stateKeys = [stateKey, 'report.json', 'preview.json', publishRequestKey, nightDoneKey];
const parallel = 16;

/**
 * @throws StoreError `busy` where the city is being published just now; `prefix-missing` where the previews are the whole of a bucket, before
 *   anything is removed; `turn-lost`, `interrupted`. Then some of it may be gone, and the same call goes on
 */
export async function removeSite(stores: SiteStores, options: TurnOptions = {}): Promise<RemovedSite> {
  if (stores.preview !== null && isWholeBucket(stores.preview)) throw wholeBucket();
  const turn = await theTurn(stores.state, options);
  try {
    const site = await removeAll(stores.site, turn, await ownKeysOf(stores));
    const preview = stores.preview === null ? 0 : await removeAll(stores.preview, turn);
    const ownState = isWholeBucket(stores.state) ? (key: string) => stateKeys.includes(key) : () => true;
    // Who publishes next finds the state gone while there are no pages: a city that has never published.
    const rest = await removeAll(stores.state, turn, (key) => key !== stateKey && ownState(key));
    if (turn !== null) await stores.state.delete(stateKey, turn.limits());
    return { site, preview, state: rest + (turn === null ? 0 : 1) };
  } catch (error) {
    await turn?.giveUp();
    throw error;
  }
}

/**
 * Which keys of the public place are the city's: all of its folder. Where it has none, as one that came from a deployment of its own, what its state
 * says that it wrote, and nothing else.
 */
async function ownKeysOf({ site, state }: SiteStores): Promise<(key: string) => boolean> {
  if (!isWholeBucket(site)) return () => true;
  const stored = await readState(state);
  if (stored === null) return () => false;
  const { objects, late, pending } = stored.state;
  const own = new Set([objects, late, pending?.objects ?? {}].flatMap((named) => Object.keys(named)));
  return (key) => own.has(key) || (pending?.remove.includes(key) ?? false);
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

/** `s3://bucket`, not `s3://bucket/kawa`. */
function isWholeBucket({ name }: ObjectStore): boolean {
  return /^s3:\/\/[^/]+\/*$/u.test(name);
}

function wholeBucket(): StoreError {
  return new StoreError(
    'prefix-missing',
    'この市の下見の置き場所が、フォルダーに分かれていません。消すと、ほかの市のファイルまで消えてしまうため、何も消していません。',
    'プログラムの不具合です。管理者に伝えてください。',
  );
}
