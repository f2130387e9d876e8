import type { NightlyMail } from '../lib/staff/nightly-mail.ts';

/**
 * Sends the mail of a city's night to that city's staff, by SES; null where there is no sender or nobody to send it to. One topic for all
 * cities, as one city has it, would send every city's mail to everybody.
 */
export function sendToStaff(
  from: string | undefined,
  to: string | null,
): ((mail: NightlyMail) => Promise<void>) | null {
  if (from === undefined || to === null) return null;
  return async ({ subject, body }) => {
    const { SendEmailCommand, SESv2Client } = await import('@aws-sdk/client-sesv2');
    const client = new SESv2Client();
    const inUtf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
    try {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: inUtf8(subject), Body: { Text: inUtf8(body) } } },
        }),
      );
    } finally {
      client.destroy();
    }
  };
}
