import type { Letter } from '../lib/staff/reminders/letters.ts';

/** Sends a mail to those who subscribed to a topic; null where there is no topic. The client is loaded when there is a mail. */
export function sendToTopic(topicArn: string | undefined): ((mail: Letter) => Promise<void>) | null {
  if (topicArn === undefined) return null;
  return async ({ subject, body }) => {
    const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
    const client = new SNSClient();
    try {
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
    } finally {
      client.destroy();
    }
  };
}
