import type { ObjectStore } from '../stores/store.ts';
import { type RunRecord, runRecordSchema } from './run-record.ts';

const recordKey = 'report.json';

/** How often a record is made anew because another run was faster. */
const attempts = 5;

/**
 * Replaces the record by what `next` makes of it. Where another run writes in between, `next` is asked again with that run's
 * record, so that nothing that was remembered is lost.
 *
 * A record that cannot be read is taken for none: it costs a mail said twice, and the next night's is right again.
 *
 * @throws StoreError where the store cannot be reached
 */
export async function updateRecord(
  store: ObjectStore,
  next: (previous: RunRecord | null) => RunRecord,
): Promise<RunRecord> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await store.get(recordKey);
    const record = next(stored === null ? null : parseRecord(stored.body));
    const result = await store.put(
      recordKey,
      {
        body: new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`),
        contentType: 'application/json',
        cacheControl: 'no-store',
      },
      stored === null ? { ifAbsent: true } : { ifMatch: stored.etag },
    );
    if (result.outcome === 'written') return record;
    if (attempt === attempts) throw new Error(`Other runs went on changing ${recordKey} in ${store.name}.`);
  }
}

/**
 * The record of the last run; null where there is none, or none that can be read.
 *
 * @throws StoreError where the store cannot be reached
 */
export async function readRecord(store: ObjectStore): Promise<RunRecord | null> {
  const stored = await store.get(recordKey);
  return stored === null ? null : parseRecord(stored.body);
}

function parseRecord(body: Uint8Array): RunRecord | null {
  try {
    const parsed = runRecordSchema.safeParse(JSON.parse(new TextDecoder().decode(body)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
