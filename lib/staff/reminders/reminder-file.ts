import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ifUnchanged, jsonRecord } from '../../stores/json-record.ts';
import type { ObjectStore, StoredObject } from '../../stores/store.ts';
import type { ReminderDay } from './who.ts';

/**
 * What is remembered of the mails of the last reminder, as `reminders.json` in the state's store. Before each mail it says that the mail is
 * about to be sent, after it what became of it. A mail that was begun is never begun again: see docs/decisions/0188-sent-once.md.
 */

const key = 'reminders.json';

/** How often the record is made anew because another run was faster. */
const attempts = 5;

const mailSchema = z.strictObject({
  /** {@link mailTo}, `coordinator` or `webhook`. No address stands in the record. */
  to: z.string(),
  /** `open`: still to be sent. `sending`: begun; where its run is over, nobody knows whether it was sent. */
  state: z.enum(['open', 'sending', 'sent', 'refused']),
  /** The run that began it. */
  by: z.string().nullable(),
});

const recordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  day: z.strictObject({
    fiscalYear: z.int(),
    phase: z.enum(['plan', 'interim', 'result']),
    deadline: z.iso.date(),
    due: z.iso.date(),
  }),
  mails: z.array(mailSchema),
});
export type ReminderRecord = z.infer<typeof recordSchema>;
export type MailState = z.infer<typeof mailSchema>['state'];

/** How the record names the mail to one address of a department. */
export function mailTo(departmentKey: string, address: string): string {
  return createHash('sha256').update(`${departmentKey}\n${address}`).digest('hex').slice(0, 32);
}

/** Whether the record is of this reminder. */
export function isOfDay(record: ReminderRecord | null, day: ReminderDay): record is ReminderRecord {
  const { fiscalYear, phase, deadline, due } = record?.day ?? {};
  return fiscalYear === day.fiscalYear && phase === day.phase && deadline === day.deadline && due === day.due;
}

export const stateOf = (record: ReminderRecord, to: string): MailState | null =>
  record.mails.find((mail) => mail.to === to)?.state ?? null;

/** The record is there and cannot be read: whom it names is not known, and nobody is sent anything twice for that. */
export class ReminderRecordUnreadable extends Error {
  override readonly name = 'ReminderRecordUnreadable';

  constructor(place: string, options?: ErrorOptions) {
    super(`${key} in ${place} cannot be read.`, options);
  }
}

/** The record as one run reads and changes it. */
export interface ReminderFile {
  /** What it says; null where there is none. */
  read(): Promise<ReminderRecord | null>;
  /**
   * Replaces the record by what `next` makes of it; nothing is written where that is null. Where another run writes in between, `next` is
   * asked again with that run's record.
   *
   * @returns whether it was replaced
   * @throws StoreError where the store cannot be reached; ReminderRecordUnreadable
   */
  update(next: (previous: ReminderRecord | null) => ReminderRecord | null): Promise<boolean>;
}

export function reminderFile(store: ObjectStore): ReminderFile {
  let known: { readonly record: ReminderRecord | null; readonly etag: string | null } | null = null;
  const look = async () => {
    known ??= asKnown(await store.get(key), store.name);
    return known;
  };
  return {
    read: async () => (await look()).record,
    async update(next) {
      for (let attempt = 1; ; attempt += 1) {
        const { record: previous, etag } = await look();
        const record = next(previous);
        if (record === null) return false;
        const object = jsonRecord(`${JSON.stringify(record, null, 2)}\n`);
        const result = await store.put(key, object, ifUnchanged(etag));
        if (result.outcome === 'written') {
          known = { record, etag: result.etag };
          return true;
        }
        known = asKnown(result.current, store.name);
        // A client that repeats a request by itself meets its own first success.
        if (result.current !== null && Buffer.compare(result.current.body, object.body) === 0) return true;
        if (attempt === attempts) throw new Error(`Other runs went on changing ${key} in ${store.name}.`);
      }
    },
  };
}

function asKnown(stored: StoredObject | null, place: string) {
  if (stored === null) return { record: null, etag: null };
  return { record: parse(stored.body, place), etag: stored.etag };
}

function parse(body: Uint8Array, place: string): ReminderRecord {
  try {
    return recordSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof z.ZodError)
      throw new ReminderRecordUnreadable(place, { cause });
    throw cause;
  }
}
