import type { Letter } from '../lib/staff/reminders/letters.ts';
import type { Sent } from '../lib/staff/reminders/remind.ts';
import { sesMessage } from './ses-message.ts';

/** What SES says where one receiver, and nothing else, stands in the way. */
const aboutTheReceiver = new Set(['MessageRejected', 'BadRequestException']);
/** Nothing was sent: nobody was reached. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

const pauseMs = 1_000;

export interface ReminderMail extends AsyncDisposable {
  readonly send: (to: string, letter: Letter) => Promise<Sent>;
}

/**
 * Sends mails by SES, one receiver each. The SDK's own repetitions are off: one whose first answer is lost on the way would send twice.
 *
 * @param sender a verified address, or one of a verified domain
 */
export async function reminderMail(sender: string): Promise<ReminderMail> {
  const { SESv2Client, SESv2ServiceException, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
  const client = new SESv2Client({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
  const sendOnce = async (to: string, letter: Letter): Promise<Sent> => {
    const command = new SendEmailCommand(sesMessage(sender, to, letter));
    try {
      await client.send(command);
      return { outcome: 'sent' };
    } catch (error) {
      // What SES wrote names the receiver: nothing but the kind of the error is told.
      if (error instanceof SESv2ServiceException) {
        const { name: code } = error;
        return { outcome: aboutTheReceiver.has(code) ? 'refused' : 'failed', code };
      }
      const { name, code } = namesOf(error);
      const isNotSent = unreached.has(code) || /Credentials/u.test(name);
      return { outcome: isNotSent ? 'failed' : 'unknown', code: code === '' ? name : code };
    }
  };
  return {
    async send(to, letter) {
      const sent = await sendOnce(to, letter);
      if (sent.outcome !== 'failed' || sent.code !== 'TooManyRequestsException') return sent;
      // So many mails a second, and no more: one in the sandbox.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return sendOnce(to, letter);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}

function namesOf(error: unknown): { readonly name: string; readonly code: string } {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
  return { name: error instanceof Error ? error.name : 'unknown', code: typeof code === 'string' ? code : '' };
}
