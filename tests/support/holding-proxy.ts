import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface HoldingProxy extends AsyncDisposable {
  readonly endpoint: string;
}

/**
 * Passes every request on to an S3 server as it came, and the first write of a key that matches only after a while: so a run
 * can be met in the middle of its writing.
 */
export async function startHoldingProxy(target: string, key: RegExp, milliseconds: number): Promise<HoldingProxy> {
  let held = false;
  const { hostname, port } = new URL(target);
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    if (!held && method === 'PUT' && key.test(url)) {
      held = true;
      await sleep(milliseconds);
    }
    const onward = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
