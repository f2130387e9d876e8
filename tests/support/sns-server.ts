import { once } from 'node:events';
import { createServer } from 'node:http';

export interface SentMail {
  readonly topic: string | null;
  readonly subject: string | null;
  readonly body: string | null;
}

/** Takes what is published to a topic, as SNS does over its query protocol, and keeps it. */
export interface SnsServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly mails: readonly SentMail[];
  /** The next messages are refused, and not kept. */
  refuse(times: number): void;
  /** How many have confirmed that they want the mails of a topic; 1 where nothing is said. */
  confirm(topicArn: string, subscribers: number): void;
}

export async function startSnsServer(): Promise<SnsServer> {
  const mails: SentMail[] = [];
  const confirmed = new Map<string, number>();
  let refusals = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'text/xml');
      if (form.get('Action') === 'GetTopicAttributes') {
        const subscribers = confirmed.get(form.get('TopicArn') ?? '') ?? 1;
        response.end(
          `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>SubscriptionsConfirmed</key><value>${subscribers}</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`,
        );
        return;
      }
      if (refusals > 0) {
        refusals -= 1;
        response.writeHead(403);
        response.end(
          '<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code></Error></ErrorResponse>',
        );
        return;
      }
      mails.push({ topic: form.get('TopicArn'), subject: form.get('Subject'), body: form.get('Message') });
      response.end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    mails,
    refuse(times) {
      refusals = times;
    },
    confirm(topicArn, subscribers) {
      confirmed.set(topicArn, subscribers);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
