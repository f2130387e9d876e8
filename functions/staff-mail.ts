import type { Letter } from '../lib/staff/reminders/letters.ts';
import { sesMessage } from './ses-message.ts';

/**
 * Sends the mail of a city's night to that city's staff, by SES; null where there is no sender or nobody to send it to. One topic for all
 * cities, as one city has it, would send every city's mail to everybody.
 */
export function sendToStaff(from: string | undefined, to: string | null): ((mail: Letter) => Promise<void>) | null {
  if (from === undefined || to === null) return null;
  return async (mail) => {
    const { SendEmailCommand, SESv2Client } = await import('@aws-sdk/client-sesv2');
    const client = new SESv2Client();
    try {
      await client.send(new SendEmailCommand(sesMessage(from, to, mail)));
    } finally {
      client.destroy();
    }
  };
}
