import { createServer, type Server } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { contentSecurityPolicy } from '../../lib/pages/content-security-policy.ts';
import type { SiteFile } from '../../lib/pages/site-file.ts';

export interface SiteServer extends AsyncDisposable {
  /** Address of the site's root, with a slash at its end. */
  readonly url: string;
  /** Paths asked for so far, below the root. */
  readonly requests: string[];
}

/**
 * A rendered site over HTTP on loopback as its real host would give it: under a prefix, compressed, with the strict
 * content security policy, and with `404.html` for what is not there.
 */
export async function serveSite(files: readonly SiteFile[], prefix = '/goals/'): Promise<SiteServer> {
  const byKey = new Map(files.map((file) => [file.key, file]));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const path = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : `outside:${pathname}`;
    requests.push(path);
    const found = byKey.get(path.endsWith('/') || path === '' ? `${path}index.html` : path);
    const file = found ?? byKey.get('404.html');
    if (!file) throw new Error('The site has no 404.html.');
    const encoded = request.headers['accept-encoding']?.includes('br') ?? false;
    response.writeHead(found ? 200 : 404, {
      'content-type': file.contentType,
      'cache-control': file.cacheControl,
      'content-security-policy': contentSecurityPolicy,
      ...(encoded ? { 'content-encoding': 'br' } : {}),
    });
    response.end(encoded ? brotliCompressSync(file.body) : file.body);
  });
  await listen(server);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
