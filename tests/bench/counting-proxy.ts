import { createServer, request as send } from 'node:http';

/** A server between a tool and S3 that passes everything on and counts it, for a run that nobody times. */
export interface CountingProxy extends AsyncDisposable {
  readonly endpoint: string;
  /** What passed since the last call. */
  take(): { readonly requests: number; readonly written: number; readonly writtenBytes: number };
}

/** @param endpoint `http://host:port` of the service behind it; signatures cover the host, and stay good since it is passed on */
export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(endpoint);
  let counts = { requests: 0, written: 0, writtenBytes: 0 };
  const server = createServer((incoming, outgoing) => {
    counts.requests += 1;
    const writes = incoming.method === 'PUT' || incoming.method === 'POST';
    if (writes) counts.written += 1;
    const { method, url, headers } = incoming;
    const passed = send({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.once('error', () => outgoing.destroy());
    incoming.on('data', (chunk: Buffer) => {
      if (writes) counts.writtenBytes += chunk.length;
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    take() {
      const taken = counts;
      counts = { requests: 0, written: 0, writtenBytes: 0 };
      return taken;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
