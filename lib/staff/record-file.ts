import { ifUnchanged, jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import type { ObjectStore, StoredObject } from '../stores/store.ts';
import { type RunRecord, runRecordSchema, saysMore } from './run-record.ts';

const recordKey = 'report.json';

/** How often a record is made anew because another run was faster. */
const attempts = 5;

/** The record as one run reads and changes it. */
export interface RecordFile {
  /** What it says; null where there is none. Asked of the store once, and not again until something is written. */
  read(): Promise<RunRecord | null>;
  /**
   * Replaces the record by what `next` makes of it; nothing is written where that says no more. Where another run writes in between,
   * `next` is asked again with that run's record, so that nothing that was remembered is lost.
   *
   * @throws StoreError where the store cannot be reached
   */
  update(next: (previous: RunRecord | null) => RunRecord): Promise<RunRecord>;
}

/** A record that cannot be read is taken for none: it costs a mail said twice, and the next night's is right again. */
export function recordFile(store: ObjectStore): RecordFile {
  let known: { readonly record: RunRecord | null; readonly etag: string | null } | null = null;
  const look = async () => {
    known ??= asKnown(await store.get(recordKey));
    return known;
  };
  return {
    read: async () => (await look()).record,
    async update(next) {
      for (let attempt = 1; ; attempt += 1) {
        const { record: previous, etag } = await look();
        const record = next(previous);
        if (previous !== null && !saysMore(previous, record)) return record;
        const object = jsonRecord(`${JSON.stringify(record, null, 2)}\n`);
        const result = await store.put(recordKey, object, ifUnchanged(etag));
        if (result.outcome === 'written') {
          known = { record, etag: result.etag };
          return record;
        }
        if (attempt === attempts) throw new Error(`Other runs went on changing ${recordKey} in ${store.name}.`);
        known = asKnown(result.current);
      }
    },
  };
}

const asKnown = (stored: StoredObject | null) => ({
  record: stored === null ? null : parseRecord(stored.body),
  etag: stored?.etag ?? null,
});

/**
 * The record of the last run; null where there is none, or none that can be read.
 *
 * @throws StoreError where the store cannot be reached
 */
export async function readRecord(store: ObjectStore): Promise<RunRecord | null> {
  const stored = await store.get(recordKey);
  return stored === null ? null : parseRecord(stored.body);
}

/** A record as it is kept; null where it cannot be read. Pure. */
export function parseRecord(body: Uint8Array): RunRecord | null {
  return parseJsonRecord(body, runRecordSchema);
}
