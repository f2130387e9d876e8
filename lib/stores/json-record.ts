import type * as z from 'zod';
import type { NewObject, PutCondition } from './store.ts';

/** Small JSON documents by which runs remember something, each under a key of its own beside the site's state. */

/** A record as it is written: never for the public, and never cached. */
export function jsonRecord(json: string | Uint8Array): NewObject {
  const body = typeof json === 'string' ? new TextEncoder().encode(json) : json;
  return { body, contentType: 'application/json', cacheControl: 'no-store' };
}

/** That nobody has written since it was read. @param etag of what was read; null where there was nothing */
export function ifUnchanged(etag: string | null): PutCondition {
  return etag === null ? { ifAbsent: true } : { ifMatch: etag };
}

/** What a record says; null where its bytes are no JSON, or no such record. Pure. */
export function parseJsonRecord<Schema extends z.ZodType>(body: Uint8Array, schema: Schema): z.infer<Schema> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(body)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
