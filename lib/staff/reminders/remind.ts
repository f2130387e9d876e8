import type { DepartmentStanding, UsableSheet } from '../../goals/settle/settle.ts';
import { type ObjectStore, StoreError } from '../../stores/store.ts';
import { japaneseDate } from '../../text/fiscal-year.ts';
import {
  concernsCoordinator,
  coordinatorLetter,
  departmentLetter,
  type Letter,
  type Links,
  type Told,
  type ToldDepartment,
} from './letters.ts';
import {
  isOfDay,
  mailTo,
  type ReminderFile,
  type ReminderRecord,
  ReminderRecordUnreadable,
  reminderFile,
  stateOf,
} from './reminder-file.ts';
import { type DueReminder, type Owing, whoIsRemindedToday } from './who.ts';

/**
 * What came of one sending. Codes name no address and no place.
 *
 * - `refused`: this receiver cannot be reached, and it is no use to try again on this day
 * - `failed`: certainly not sent, and worth another try
 * - `unknown`: it may have been sent
 */
export type Sent =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'refused' | 'failed' | 'unknown'; readonly code: string };

/** By what is sent, and where it is remembered. */
export interface Reminding {
  /** The store of the state. */
  readonly state: ObjectStore;
  /** Sends one mail to one address. Never throws for what can go wrong outside the program. */
  readonly sendMail: (to: string, letter: Letter) => Promise<Sent>;
  /** Mails the coordinator; null where there is no topic for it. */
  readonly mailCoordinator: ((letter: Letter) => Promise<Sent>) | null;
  /** Posts the same to a webhook; null where there is none. */
  readonly postSummary: ((letter: Letter) => Promise<Sent>) | null;
  /** Names this run, and no other. */
  readonly run: string;
  /** Whether there is no time left to send another; the rest is sent the next night. */
  readonly isTimeUp: () => boolean;
}

export interface Reminded {
  /** `not-due`: no deadline is near, or all was said already. */
  readonly outcome: 'not-due' | 'done' | 'failed';
  /** Mails to departments. */
  readonly sent: number;
  /** Addresses that were refused. */
  readonly refused: number;
  /** What the operators have to look at: mails, the coordinator's mail or the webhook that failed or of which nothing is known. */
  readonly failures: number;
  /** Why, each once. */
  readonly codes: readonly string[];
}

const notDue: Reminded = { outcome: 'not-due', sent: 0, refused: 0, failures: 0, codes: [] };

/**
 * Reminds the departments that owe something of the deadline, one mail for each address; then tells the coordinator who owes what, by mail and
 * by webhook. Each is sent once for each day of reminders, whatever becomes of this run. What one of them does stops none of the others, nor the
 * run: it never throws for what can go wrong outside the program.
 */
export async function remind(
  sheet: UsableSheet,
  standings: readonly DepartmentStanding[],
  links: Links,
  reminding: Reminding,
  now: Date,
): Promise<Reminded> {
  const reminder = whoIsRemindedToday(sheet, standings, japaneseDate(now));
  if (reminder === null) return notDue;
  try {
    return await sendAll(reminder, links, reminding);
  } catch (error) {
    const code =
      error instanceof StoreError ? error.code : error instanceof ReminderRecordUnreadable ? 'record-unreadable' : null;
    if (code === null) throw error;
    return { ...notDue, outcome: 'failed', failures: 1, codes: [code] };
  }
}

async function sendAll(reminder: DueReminder, links: Links, reminding: Reminding): Promise<Reminded> {
  const file = reminderFile(reminding.state);
  await file.update((record) => (isOfDay(record, reminder.day) ? null : planned(reminder, reminding)));
  if ((await recordIn(file)).mails.every(({ state }) => state !== 'open')) return notDue;

  const results: Sent[] = [];
  for (const owing of reminder.departments) {
    if (owing.cells.length === 0) continue;
    const letter = departmentLetter(reminder, owing, links);
    for (const address of owing.addresses) {
      const sent = await sendOnce(file, mailTo(owing.key, address), reminding, () =>
        reminding.sendMail(address, letter),
      );
      if (sent !== null) results.push(sent);
    }
  }
  const told = await toldDepartments(file, reminder);
  const letter = coordinatorLetter(reminder, told, links);
  const summaries: Sent[] = [];
  for (const [to, send] of [
    ['coordinator', reminding.mailCoordinator],
    ['webhook', reminding.postSummary],
  ] as const) {
    if (send === null) continue;
    const sent = await sendOnce(file, to, reminding, () => send(letter));
    if (sent !== null) summaries.push(sent);
  }
  return reminded(results, summaries);
}

function reminded(mails: readonly Sent[], summaries: readonly Sent[]): Reminded {
  const count = (all: readonly Sent[], ...outcomes: readonly Sent['outcome'][]): number =>
    all.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const refused = count(mails, 'refused');
  // Where nobody at all can be reached, it is not the addresses that are wrong.
  const isNobodyReached = refused > 0 && refused === mails.length;
  return {
    outcome: 'done',
    sent: count(mails, 'sent'),
    refused,
    failures:
      count(mails, 'failed', 'unknown') +
      (isNobodyReached ? refused : 0) +
      count(summaries, 'failed', 'unknown', 'refused'),
    codes: [...new Set([...mails, ...summaries].flatMap((one) => (one.outcome === 'sent' ? [] : [one.code])))],
  };
}

/** All that is to be sent on this day of reminders. Who comes to owe something later hears of it the next time. */
function planned(reminder: DueReminder, { mailCoordinator, postSummary }: Reminding): ReminderRecord {
  const { day, departments } = reminder;
  const isCoordinatorTold = concernsCoordinator(reminder);
  const to = [
    ...departments.flatMap(({ key, cells, addresses }) =>
      cells.length === 0 ? [] : addresses.map((address) => mailTo(key, address)),
    ),
    ...(mailCoordinator === null || !isCoordinatorTold ? [] : ['coordinator']),
    ...(postSummary === null || !isCoordinatorTold ? [] : ['webhook']),
  ];
  return { schemaVersion: 1, day: { ...day }, mails: to.map((one) => ({ to: one, state: 'open', by: null })) };
}

/**
 * Sends where it is still open, and nobody else has begun to. Says so before and after: a run that dies in between leaves a mail that is never
 * sent again. Null where it is not this run's to send.
 */
async function sendOnce(
  file: ReminderFile,
  to: string,
  { run, isTimeUp }: Pick<Reminding, 'run' | 'isTimeUp'>,
  send: () => Promise<Sent>,
): Promise<Sent | null> {
  if (isTimeUp()) return null;
  const isOurs = await file.update((record) =>
    record !== null && stateOf(record, to) === 'open' ? withState(record, to, { state: 'sending', by: run }) : null,
  );
  if (!isOurs) return null;
  const sent = await send();
  // What nobody knows of stays begun.
  const state = { sent: 'sent', refused: 'refused', failed: 'open', unknown: 'sending' } as const;
  await file.update((record) =>
    record === null ? null : withState(record, to, { state: state[sent.outcome], by: run }),
  );
  return sent;
}

function withState(
  record: ReminderRecord,
  to: string,
  change: Pick<ReminderRecord['mails'][number], 'state' | 'by'>,
): ReminderRecord {
  return { ...record, mails: record.mails.map((mail) => (mail.to === to ? { ...mail, ...change } : mail)) };
}

async function toldDepartments(file: ReminderFile, { departments }: DueReminder): Promise<ToldDepartment[]> {
  const record = await recordIn(file);
  return departments.map((owing) => ({ owing, told: toldOf(owing, record) }));
}

/** The worst that became of its mails. */
function toldOf({ key, cells, addresses }: Owing, record: ReminderRecord): Told {
  if (cells.length === 0) return 'not-needed';
  if (addresses.length === 0) return 'no-address';
  const states = addresses.map((address) => stateOf(record, mailTo(key, address)));
  if (states.includes('sending')) return 'unknown';
  if (states.includes('open')) return 'later';
  if (states.includes('refused')) return 'refused';
  return states.includes('sent') ? 'sent' : 'next-time';
}

async function recordIn(file: ReminderFile): Promise<ReminderRecord> {
  const record = await file.read();
  if (record === null) throw new Error('The record of the reminders is gone.');
  return record;
}

/** What would be sent today, for a person who asks beforehand: the coordinator's table. Null where no deadline is near. */
export function dryRun(
  sheet: UsableSheet,
  standings: readonly DepartmentStanding[],
  now: Date,
): { readonly reminder: DueReminder; readonly table: Letter } | null {
  const reminder = whoIsRemindedToday(sheet, standings, japaneseDate(now));
  if (reminder === null) return null;
  const departments = reminder.departments.map((owing): ToldDepartment => {
    const { cells, addresses } = owing;
    return { owing, told: cells.length === 0 ? 'not-needed' : addresses.length === 0 ? 'no-address' : 'would-be-sent' };
  });
  return { reminder, table: coordinatorLetter(reminder, departments, null) };
}
