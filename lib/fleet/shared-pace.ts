import * as z from 'zod';
import type { Clock } from '../sources/google/clock.ts';
import type { Pace } from '../sources/google/session.ts';
import { ifUnchanged, jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import type { ObjectStore } from '../stores/store.ts';

/**
 * The rate at which all workers together ask the Sheets API: each request takes its turn in one object that all of them write with a
 * condition. See docs/decisions/0193-turns-of-requests.md.
 */

/** Of Google's 60 a minute for one account. The rest is for requests that take longer on their way than others. */
const requestsPerMinute = 55;
const interval = 60_000 / requestsPerMinute;

/** Work of the night takes a turn only where it is as near as this; until then whoever is waited for goes first. In milliseconds. */
const nightHorizon = 3_000;

/** Google counts by the minute: after "too many", nobody asks for so long at least. In milliseconds. */
const shortestSlowDown = 15_000;

/** As in the roles of the deployment. */
export const paceKey = 'fleet/pace.json';

const instantSchema = z.number().nonnegative();
const paceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Epoch milliseconds of the next free turn. */
  read: instantSchema,
  write: instantSchema,
  /** Nobody's turn comes before. */
  notBefore: instantSchema,
});
type PaceState = z.infer<typeof paceSchema>;

const fresh: PaceState = { schemaVersion: 1, read: 0, write: 0, notBefore: 0 };

/**
 * @param store of the state of the deployment, the same for all
 * @param urgency `night` lets everybody else go first
 * @param random from 0 to below 1, so that those who lost to each other do not meet again
 */
export function sharedPace(
  store: ObjectStore,
  {
    clock,
    random,
    urgency,
  }: { readonly clock: Clock; readonly random: () => number; readonly urgency: 'now' | 'night' },
): Pace {
  // What cannot be read is begun anew: at worst a minute has some requests too many, and Google says so.
  const read = async (): Promise<{ state: PaceState; etag: string | null }> => {
    const stored = await store.get(paceKey);
    const state = stored === null ? null : parseJsonRecord(stored.body, paceSchema);
    return { state: state ?? fresh, etag: stored?.etag ?? null };
  };
  const write = async (state: PaceState, etag: string | null): Promise<boolean> =>
    (await store.put(paceKey, jsonRecord(JSON.stringify(state)), ifUnchanged(etag))).outcome === 'written';
  return {
    async turn(kind, until) {
      for (;;) {
        const { state, etag } = await read();
        const now = clock.now();
        const at = Math.max(now, state[kind], state.notBefore);
        if (at >= until) return false;
        if (urgency === 'night' && at - now > nightHorizon) {
          await clock.sleep(at - now - nightHorizon * random());
          continue;
        }
        // A turn whose answer is lost is nobody's, and is passed over.
        if (await write({ ...state, [kind]: at + interval }, etag)) {
          await clock.sleep(at - now);
          return true;
        }
        await clock.sleep(random() * interval * 0.1);
      }
    },
    async slowDown(pause) {
      const notBefore = clock.now() + Math.max(pause, shortestSlowDown);
      for (;;) {
        const { state, etag } = await read();
        if (state.notBefore >= notBefore) return;
        if (await write({ ...state, notBefore }, etag)) return;
        await clock.sleep(random() * interval * 0.1);
      }
    },
  };
}
