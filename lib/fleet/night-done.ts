import * as z from 'zod';
import { jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import type { ObjectStore } from '../stores/store.ts';

/**
 * When a city's night last came to its end. The record of the runs says nothing of a night that found all as it was; and of many cities one that
 * nobody looks at any more must not go unnoticed.
 */

/** In the state's store of the city. */
export const nightDoneKey = 'night.json';

const schema = z.strictObject({ schemaVersion: z.literal(1), at: z.iso.datetime() });

/**
 * Remembers that the site says what the sheet says.
 *
 * @throws StoreError
 */
export async function recordNightDone(state: ObjectStore, now: Date): Promise<void> {
  const record = { schemaVersion: 1, at: now.toISOString() };
  await state.put(nightDoneKey, jsonRecord(`${JSON.stringify(record)}\n`));
}

/** When it was, ISO 8601 in UTC; null where that cannot be read. Pure. */
export function parseNightDone(body: Uint8Array): string | null {
  return parseJsonRecord(body, schema)?.at ?? null;
}
