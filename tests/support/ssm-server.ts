import { once } from 'node:events';
import { createServer } from 'node:http';

export interface SsmServer extends AsyncDisposable {
  readonly endpoint: string;
}

/** Gives every parameter that is asked for this value, as the parameter store does. */
export async function startSsmServer(value: string): Promise<SsmServer> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify({ Parameter: { Name: '/parameter', Type: 'SecureString', Value: value, Version: 1 } }),
      );
    });
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
