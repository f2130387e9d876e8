import type { WorkMessage } from '../lib/fleet/work-message.ts';

/** As many as SQS takes at once. */
const batchSize = 10;
/** The same batch is sent again so often where some of it was refused. */
const attempts = 3;

/** Not all messages were taken: what they were for is still to be done. */
export class MessagesNotSent extends Error {
  override readonly name = 'MessagesNotSent';

  constructor(sites: readonly string[]) {
    super(`${sites.length} messages were not taken by the queue: ${sites.slice(0, 10).join(', ')}`);
  }
}

/**
 * Sends messages to a queue, and sends again what was not taken.
 *
 * @param delaySeconds for how long nobody gets them
 * @throws MessagesNotSent
 */
export async function sendMessages(url: string, messages: readonly WorkMessage[], delaySeconds = 0): Promise<void> {
  const { SendMessageBatchCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient();
  try {
    for (let start = 0; start < messages.length; start += batchSize) {
      let left = messages.slice(start, start + batchSize);
      for (let attempt = 1; left.length > 0; attempt += 1) {
        if (attempt > attempts) throw new MessagesNotSent(left.map(({ site }) => site));
        const batch = left;
        const Entries = batch.map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
        }));
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
        left = Failed.flatMap(({ Id }) => batch[Number(Id)] ?? []);
      }
    }
  } finally {
    client.destroy();
  }
}
