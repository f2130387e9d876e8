import * as z from 'zod';
import type { SourceFailure } from '../failure.ts';
import type { DriveChanges } from '../sources/google/drive-changes.ts';
import { ifUnchanged, jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import type { ObjectStore } from '../stores/store.ts';
import { japaneseDate } from '../text/fiscal-year.ts';
import { mostDirectSites, type SiteEntry, type SiteList } from './site-list.ts';
import type { WorkMessage } from './work-message.ts';

/**
 * Each minute: which sheets are to be looked at, and which are to be read in full tonight. Whatever is found is sent first and remembered
 * afterwards, so that what is lost on the way is found again.
 */

/** As in the roles of the deployment. */
export const watchKey = 'fleet/watch.json';

/** The hour in Japan at which the night's full readings begin. */
const nightBegins = 2;

/** So many sites a minute are sent to be looked at: with up to three readings each that is the quota. The others wait, each once. */
const looksPerMinute = 20;

/** So many sites a minute are sent to be read in full: as many as the quota has readings. */
const nightsPerMinute = 60;

const watchSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** From where Drive tells changes; null before the first look. */
  token: z.string().nullable(),
  /** Sites whose sheet changed and that have not been sent yet, the longest waiting first. */
  waiting: z.array(z.string()),
  /** Those whose sheet was last changed by an answer of ours: they give way to {@link waiting}, where somebody is waiting. */
  answered: z.array(z.string()).default([]),
  night: z.strictObject({
    /** The day in Japan whose night it is; null before the first. */
    day: z.iso.date().nullable(),
    /** The id of the last site that was sent; null before the first of the night. Sites are sent by their ids' order. */
    after: z.string().nullable(),
    isDone: z.boolean(),
  }),
});
type WatchState = z.infer<typeof watchSchema>;

const fresh: WatchState = {
  schemaVersion: 1,
  token: null,
  waiting: [],
  answered: [],
  night: { day: null, after: null, isDone: true },
};

export interface WatchDeps {
  /** The state of the deployment, at the root of its bucket. */
  readonly store: ObjectStore;
  readonly list: SiteList;
  /** What Drive tells; see `driveChanges`. */
  readonly changes: (token: string | null) => Promise<DriveChanges>;
  /** Sends messages, and throws where not all of them were taken. */
  readonly send: (queue: 'work' | 'night', messages: readonly WorkMessage[]) => Promise<void>;
}

export interface Watched {
  /** How many sites were sent to be looked at, and to be read in full. */
  readonly looks: number;
  readonly nightly: number;
  /** How many changed sheets wait for the next minute. */
  readonly waiting: number;
  /** How many sheets changed, as Drive tells it; null where what changed is not known, so that all are looked at. */
  readonly changed: number | null;
  /** Drive could not be asked: what changed is found the next time. */
  readonly failure: SourceFailure | null;
}

/**
 * Finds what there is to do, and sends it: one request of Drive, however many sites there are.
 *
 * Two at once, or one that is repeated, send a message twice at most, which changes nothing more.
 *
 * @throws StoreError, and whatever `send` throws; then nothing is forgotten
 */
export async function watchSites({ store, list, changes, send }: WatchDeps, now: Date): Promise<Watched> {
  const stored = await store.get(watchKey);
  // A state that cannot be read is begun anew: every sheet is looked at, and read in full once more.
  const before = (stored === null ? null : parseJsonRecord(stored.body, watchSchema)) ?? fresh;
  const active = list.sites.filter(({ paused }) => !paused);
  const message =
    (work: WorkMessage['work']) =>
    (site: string): WorkMessage => ({
      schemaVersion: 1,
      site,
      work,
      at: now.toISOString(),
    });

  const told = await changes(before.token);
  const changed = told.outcome === 'told' ? active.filter(({ spreadsheetId }) => told.fileIds.has(spreadsheetId)) : [];
  const direct = active.filter((site) => site.direct).slice(0, mostDirectSites);
  const isActive = new Set(active.map(({ id }) => id));
  const isOwn = ({ spreadsheetId }: SiteEntry): boolean => told.outcome === 'told' && told.ownIds.has(spreadsheetId);
  const idsOf = (sites: readonly SiteEntry[]): string[] => sites.map(({ id }) => id);
  const waiting = queued([...before.waiting, ...idsOf(changed.filter((site) => !isOwn(site)))], isActive);
  const isWaiting = new Set(waiting);
  const answered = queued([...before.answered, ...idsOf(changed.filter(isOwn))], isActive).filter(
    (id) => !isWaiting.has(id),
  );
  const spare = Math.max(0, looksPerMinute - waiting.length);
  const looks = [...new Set([...idsOf(direct), ...waiting.slice(0, looksPerMinute), ...answered.slice(0, spare)])];
  // What changed while nobody was told is looked for by and by, where the night does not read it anyway: whoever waits goes first.
  const { night, sites: nightly, left } = nightOf(before.night, active, now);
  const unknown = told.outcome === 'begun' ? active.filter(({ id }) => !left.includes(id)) : [];

  if (looks.length > 0) await send('work', looks.map(message('look')));
  const later = [...nightly.map(message('nightly')), ...unknown.map(({ id }) => id).map(message('look'))];
  if (later.length > 0) await send('night', later);

  const after: WatchState = {
    schemaVersion: 1,
    token: told.outcome === 'failed' ? before.token : told.token,
    waiting: waiting.slice(looksPerMinute),
    answered: answered.slice(spare),
    night,
  };
  if (JSON.stringify(after) !== JSON.stringify(before)) {
    // Where another one was faster, it found the same: what was sent twice is done twice.
    await store.put(watchKey, jsonRecord(`${JSON.stringify(after)}\n`), ifUnchanged(stored?.etag ?? null));
  }
  return {
    looks: looks.length,
    nightly: nightly.length,
    waiting: after.waiting.length + after.answered.length,
    changed: told.outcome === 'begun' ? null : changed.length,
    failure: told.outcome === 'failed' ? told.failure : null,
  };
}

/** Each once, the longest waiting first, without those that are looked at no more. */
function queued(ids: readonly string[], isActive: ReadonlySet<string>): string[] {
  return [...new Set(ids)].filter((id) => isActive.has(id));
}

/** Which sites are read in full now: those that come next, from two in the morning until all have been. */
function nightOf(
  before: WatchState['night'],
  active: SiteList['sites'],
  now: Date,
): { readonly night: WatchState['night']; readonly sites: readonly string[]; readonly left: readonly string[] } {
  const today = japaneseDate(now);
  const isTime = Number(hourInJapan.format(now)) >= nightBegins;
  const night = before.day !== today && isTime ? { day: today, after: null, isDone: false } : before;
  if (night.isDone) return { night, sites: [], left: [] };
  const left = active
    .map(({ id }) => id)
    .filter((id) => night.after === null || id > night.after)
    .toSorted((one, other) => (one < other ? -1 : 1));
  const sites = left.slice(0, nightsPerMinute);
  const isDone = sites.length === left.length;
  return { night: { ...night, after: sites.at(-1) ?? night.after, isDone }, sites, left };
}

const hourInJapan = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', hourCycle: 'h23' });
