import * as z from 'zod';
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
  const body = new TextEncoder().encode(`${JSON.stringify({ schemaVersion: 1, at: now.toISOString() })}\n`);
  await state.put(nightDoneKey, { body, contentType: 'application/json', cacheControl: 'no-store' });
}

/** When it was, ISO 8601 in UTC; null where that cannot be read. Pure. */
export function parseNightDone(body: Uint8Array): string | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(body))).data?.at ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
