import pMap from 'p-map';
import * as z from 'zod';
import { parseRecord } from '../staff/record-file.ts';
import { type RunRecord, runRecordSchema } from '../staff/run-record.ts';
import { jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import type { ObjectStore } from '../stores/store.ts';
import { nightDoneKey, parseNightDone } from './night-done.ts';
import type { SiteEntry, SiteList } from './site-list.ts';
import { sitesFolder } from './site-places.ts';

/**
 * How each city is, put together from what each one's runs have left in its own state. Kept as `fleet/cities.json`, so that only what has changed is read
 * again: listing a thousand cities costs a handful of requests, reading them would cost thousands.
 */

/** As in the roles of the deployment. */
export const fleetReportKey = 'fleet/cities.json';

const instantSchema = z.iso.datetime();

const citySchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  paused: z.boolean(),
  /** What the last run that had anything to say says; null before the first. */
  record: z
    .strictObject({
      etag: z.string(),
      outcome: runRecordSchema.shape.outcome,
      municipality: runRecordSchema.shape.municipality,
      /** It has to be made up for: the sheet could not be read, or the site not written. */
      owed: z.boolean(),
      /** When the site last changed with the sheet; null where nothing was ever published. */
      publishedAt: instantSchema.nullable(),
      errors: z.int(),
      warnings: z.int(),
      held: z.int(),
      /** Since when the department is held that is held longest; null where none is. */
      heldSince: instantSchema.nullable(),
    })
    .nullable(),
  /** When the night last came to its end; null where it never did. */
  night: z.strictObject({ etag: z.string(), at: instantSchema.nullable() }).nullable(),
});
export type CityReport = z.infer<typeof citySchema>;

const reportSchema = z.strictObject({ schemaVersion: z.literal(1), at: instantSchema, cities: z.array(citySchema) });
export type FleetReport = z.infer<typeof reportSchema>;

/** How many records are read at once. */
const parallel = 16;

/**
 * Looks at every city of the list, and keeps what it found for the next time.
 *
 * @param store the state of the deployment, at the root of its bucket
 * @throws StoreError
 */
export async function updateFleetReport(store: ObjectStore, { sites }: SiteList, now: Date): Promise<FleetReport> {
  const before = parseFleetReport((await store.get(fleetReportKey))?.body ?? null);
  const known = new Map(before?.cities.map((city) => [city.id, city]));
  const etags = await store.list();
  const cities = await pMap(sites, (site) => cityReport(store, site, etags, known.get(site.id)), {
    concurrency: parallel,
  });
  const report: FleetReport = { schemaVersion: 1, at: now.toISOString(), cities };
  await store.put(fleetReportKey, jsonRecord(`${JSON.stringify(report, null, 1)}\n`));
  return report;
}

async function cityReport(
  store: ObjectStore,
  { id, url, paused, stateAtRoot }: SiteEntry,
  etags: ReadonlyMap<string, string>,
  known: CityReport | undefined,
): Promise<CityReport> {
  const folder = stateAtRoot ? '' : `${sitesFolder}/${id}/`;
  /** What is known of an object is read again only where the object is another one. */
  const newest = async <Known extends { readonly etag: string }>(
    key: string,
    last: Known | null | undefined,
    made: (body: Uint8Array, etag: string) => Known | null,
  ): Promise<Known | null> => {
    const etag = etags.get(`${folder}${key}`);
    if (etag === undefined) return null;
    if (last?.etag === etag) return last;
    const stored = await store.get(`${folder}${key}`);
    return stored === null ? null : made(stored.body, stored.etag);
  };
  return {
    id,
    url,
    paused,
    record: await newest('report.json', known?.record, (body, etag) => {
      const record = parseRecord(body);
      return record === null ? null : { etag, ...saidBy(record) };
    }),
    night: await newest(nightDoneKey, known?.night, (body, etag) => ({ etag, at: parseNightDone(body) })),
  };
}

function saidBy({ outcome, municipality, owed, upToDateAt, counts, held }: RunRecord) {
  const [heldSince = null] = held.map(({ since }) => since).toSorted();
  return {
    outcome,
    municipality,
    owed,
    publishedAt: upToDateAt,
    errors: counts.error,
    warnings: counts.warning,
    held: held.length,
    heldSince,
  };
}

/** Null where there is none, or none that can be read: then every record is read anew. Pure. */
export function parseFleetReport(body: Uint8Array | null): FleetReport | null {
  return body === null ? null : parseJsonRecord(body, reportSchema);
}

/**
 * How a city is, the gravest first:
 *
 * - `failed`: the sheet could not be read, or the site not written
 * - `stale`: no night has come to its end for 26 hours
 * - `held-long`: a department has been held for three days
 * - `blocked`: the sheet stands in the way of publishing
 * - `held`: a department is held
 * - `unpublished`: nothing was ever published
 * - `fine`, `paused`
 */
export const conditions = ['failed', 'stale', 'held-long', 'blocked', 'held', 'unpublished', 'fine', 'paused'] as const;
export type Condition = (typeof conditions)[number];

/** As `SiteUpToDate` of a single city: a day, and two hours for a night that takes longer. */
const staleAfterMs = 26 * 3_600_000;
/** As `LongestHeldDays` of a single city. */
const heldLongDays = 3;

/** Pure. */
export function conditionOf({ paused, record, night }: CityReport, now: Date): Condition {
  if (paused) return 'paused';
  if (record !== null && (record.owed || record.outcome === 'failed')) return 'failed';
  const publishedAt = record?.publishedAt ?? null;
  if (publishedAt !== null) {
    const lastSeen = Math.max(Date.parse(publishedAt), Date.parse(night?.at ?? publishedAt));
    if (now.getTime() - lastSeen > staleAfterMs) return 'stale';
  }
  if (heldDays({ record }, now) >= heldLongDays) return 'held-long';
  if (record?.outcome === 'blocked') return 'blocked';
  if (record !== null && record.held > 0) return 'held';
  return publishedAt === null ? 'unpublished' : 'fine';
}

/** For how many days a department of the city has been held; 0 where none is. Pure. */
export function heldDays({ record }: Pick<CityReport, 'record'>, now: Date): number {
  return record?.heldSince ? (now.getTime() - Date.parse(record.heldSince)) / 86_400_000 : 0;
}

/** The figures that the alarms watch: how many cities, never which. Pure. */
export function fleetFigures({ cities }: FleetReport, now: Date): Record<string, number> {
  const active = cities.filter(({ paused }) => !paused);
  const count = (condition: Condition): number => active.filter((city) => conditionOf(city, now) === condition).length;
  return {
    Cities: active.length,
    CitiesStale: count('stale'),
    CitiesFailed: count('failed'),
    /** Whatever else is wrong with the city. */
    CitiesHeldLong: active.filter((city) => heldDays(city, now) >= heldLongDays).length,
  };
}
