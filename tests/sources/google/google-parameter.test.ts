import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { readSsmParameter } from '../../../lib/sources/google/google-parameter.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A parameter store on loopback that holds one encrypted parameter. */
async function parameterStore(): Promise<AsyncDisposable & { readonly asked: unknown[] }> {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const parameters: unknown = JSON.parse(body);
      asked.push([request.headers['x-amz-target'], parameters]);
      const known = body.includes('/mokuhyo/google');
      response.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(
          known ? { Parameter: { Name: '/mokuhyo/google', Value: '{"a":1}' } } : { __type: 'ParameterNotFound' },
        ),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  vi.stubEnv('AWS_REGION', 'ap-northeast-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  return {
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('asks for the parameter decrypted, and gives its value', async () => {
  await using store = await parameterStore();
  expect(await readSsmParameter('/mokuhyo/google')).toBe('{"a":1}');
  expect(store.asked).toEqual([['AmazonSSM.GetParameter', { Name: '/mokuhyo/google', WithDecryption: true }]]);
});

test('rejects where there is no such parameter', async () => {
  await using _ = await parameterStore();
  await expect(readSsmParameter('/other')).rejects.toThrow();
});
