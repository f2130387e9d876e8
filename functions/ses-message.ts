import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { Letter } from '../lib/staff/reminders/letters.ts';

/** A mail in plain text to one receiver, as SES takes it. */
export function sesMessage(from: string, to: string, { subject, body }: Letter): SendEmailCommandInput {
  const inUtf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: { Simple: { Subject: inUtf8(subject), Body: { Text: inUtf8(body) } } },
  };
}
