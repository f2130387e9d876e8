import { type MailOptions, type NightlyMail, nightlyMail } from './nightly-mail.ts';
import type { WatchedReport } from './open-point.ts';
import type { RecordFile } from './record-file.ts';
import { claimMail, mayMail, type RunRecord, recordMail } from './run-record.ts';

export type MailOutcome =
  | 'sent'
  /** Nobody needs to do anything new. */
  | 'nothing-to-say'
  /** Another event of this night has sent it, or is about to. */
  | 'said-already'
  /** There is nobody to send it to. */
  | 'no-topic';

/**
 * Sends the mail of a night, once. The record says first who is about to send it, and after it that it was sent: a run that
 * dies in between leaves a mail to be said twice rather than not at all.
 *
 * @param options with the event by which Lambda started this run; it stays the same when Lambda repeats it
 * @throws whatever `send` throws; the mail is then still to be sent
 */
export async function mailNight(
  file: RecordFile,
  report: WatchedReport,
  options: MailOptions & { readonly now: Date; readonly event: string },
  send: ((mail: NightlyMail) => Promise<void>) | null,
): Promise<MailOutcome> {
  if (send === null) return 'no-topic';
  // What the staff know already is not said: nothing to remember either.
  if (nightlyMail(recorded(await file.read()), report, options) === null) return 'nothing-to-say';
  const night: { mail: NightlyMail | null; isOurs: boolean } = { mail: null, isOurs: false };
  await file.update((record) => {
    const before = recorded(record);
    night.mail = nightlyMail(before, report, options);
    night.isOurs = night.mail !== null && mayMail(before, report, options);
    return night.isOurs ? claimMail(before, options) : before;
  });
  const { mail, isOurs } = night;
  if (mail === null) return 'nothing-to-say';
  if (!isOurs) return 'said-already';
  await send(mail);
  await file.update((record) => recordMail(recorded(record), report, mail.said, options.night));
  return 'sent';
}

function recorded(record: RunRecord | null): RunRecord {
  if (record === null) throw new Error('The record of this run is gone.');
  return record;
}
