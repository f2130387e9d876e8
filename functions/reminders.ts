import { randomUUID } from 'node:crypto';
import type { ReminderOccasion } from '../lib/publish.ts';
import type { Letter } from '../lib/staff/reminders/letters.ts';
import type { Reminded, Sent } from '../lib/staff/reminders/remind.ts';
import type { ObjectStore } from '../lib/stores/store.ts';
import type { PublishEnvironment } from './environment.ts';

interface Night {
  readonly state: ObjectStore;
  readonly sheetUrl: string;
  readonly now: Date;
  /** When the function has to be done, in milliseconds. */
  readonly deadline: number;
}

/** Kept back for the mail of the night. */
const afterRemindersMs = 15_000;

/** By what reminders go. */
interface Ways {
  /** A verified address; undefined where nobody is reminded. */
  readonly sender: string | undefined;
  /** Mails the coordinator; null where nobody gets that mail. */
  readonly mailCoordinator: ((letter: Letter) => Promise<void>) | null;
  /** Posts the coordinator's table to a chat; null where there is none. */
  readonly postSummary: ((letter: Letter) => Promise<Sent>) | null;
}

/** Reminds departments by mail, and tells the coordinator; null where no sender is set. */
export function remindersOf(
  { sender, mailCoordinator, postSummary }: Ways,
  { state, sheetUrl, now, deadline }: Night,
): ((of: ReminderOccasion) => Promise<Reminded>) | null {
  if (sender === undefined) return null;
  return async ({ sheet, standings, tabs, preview }) => {
    const { remind } = await import('../lib/staff/reminders/remind.ts');
    const { reminderMail } = await import('./reminder-mail.ts');
    await using mail = await reminderMail(sender);
    const reminding = {
      state,
      sendMail: mail.send,
      mailCoordinator: told(mailCoordinator),
      postSummary,
      run: randomUUID(),
      isTimeUp: () => Date.now() > deadline - afterRemindersMs,
    };
    const gids = new Map(tabs.map(({ name, id }) => [name, id]));
    const links = { sheetUrl, gidOf: (tab: string) => gids.get(tab), preview };
    return remind(sheet, standings, links, reminding, now);
  };
}

/** Says how it went. */
function told(send: Ways['mailCoordinator']): ((letter: Letter) => Promise<Sent>) | null {
  if (send === null) return null;
  return async (letter) => {
    try {
      await send(letter);
      return { outcome: 'sent' };
    } catch (error) {
      return { outcome: 'failed', code: error instanceof Error ? error.name : 'unknown' };
    }
  };
}

/**
 * Posts to the webhook whose address an SSM parameter holds; null where none is named. The address is read when there is something to post,
 * and kept nowhere.
 */
export function toWebhook({
  REMINDER_WEBHOOK_PARAMETER: parameter,
  google,
}: PublishEnvironment): ((letter: Letter) => Promise<Sent>) | null {
  if (parameter === undefined) return null;
  return async (letter) => {
    const { readSsmParameter } = await import('../lib/sources/google/google-parameter.ts');
    const { postTo } = await import('./webhook.ts');
    const address = await readSsmParameter(parameter).catch(() => null);
    if (address === null) return { outcome: 'failed', code: 'webhook-parameter' };
    // As for Google: a server of this machine is for tests, which name one.
    return postTo(address, { allowLoopback: google.kind === 'loopback' })(letter);
  };
}
