import { once } from 'node:events';
import { createServer } from 'node:http';

/** A chat that takes messages at a secret path, and keeps them. */
export interface WebhookServer extends AsyncDisposable {
  /** With the secret in it. */
  readonly url: string;
  readonly messages: readonly unknown[];
  readonly requests: number;
  /** The next requests are answered so; `silent`: never. */
  answer(...statuses: readonly (number | 'silent')[]): void;
}

export async function startWebhookServer(secret: string): Promise<WebhookServer> {
  const messages: unknown[] = [];
  const planned: (number | 'silent')[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    requests += 1;
    const answer = planned.shift() ?? 200;
    if (answer === 'silent') return;
    if (answer === 200) messages.push(JSON.parse(text));
    const headers = answer >= 300 && answer < 400 ? { location: 'https://elsewhere.example/' } : {};
    response.writeHead(request.url === `/hooks/${secret}` ? answer : 404, headers).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    url: `http://127.0.0.1:${address.port}/hooks/${secret}`,
    messages,
    get requests() {
      return requests;
    },
    answer: (...statuses) => {
      planned.push(...statuses);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
