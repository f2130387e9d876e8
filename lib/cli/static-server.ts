import { open, stat } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { contentSecurityPolicy } from '../pages/content-security-policy.ts';
import { mediaTypeOf } from '../pages/make-file.ts';

/**
 * Serves a folder as the site's bucket is served: a folder's address shows its `index.html`, an address without the slash is
 * sent there, and what is not there shows `404.html`. Only files of the folder are ever read.
 */
export function siteServer(folder: string): Server {
  const root = path.resolve(folder);
  return createServer((request, response) => {
    respond(root, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end();
    });
  });
}

async function respond(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const key = keyOf(request.url ?? '/');
  if (key === null) {
    response.writeHead(400).end();
    return;
  }
  const wanted = key === '' || key.endsWith('/') ? `${key}index.html` : key;
  if (await isFile(root, wanted)) return send(root, wanted, 200, request, response);
  if (!wanted.endsWith('/index.html') && (await isFile(root, `${wanted}/index.html`))) {
    // Relative, so that it holds behind any prefix.
    response.writeHead(302, { location: `./${encodeURIComponent(path.posix.basename(wanted))}/` }).end();
    return;
  }
  if (await isFile(root, '404.html')) return send(root, '404.html', 404, request, response);
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404\n');
}

/** The key that an address names, or null where it is none: each part must be a plain name. */
function keyOf(address: string): string | null {
  const raw = address.replace(/[?#].*$/su, '').replace(/^\/+/u, '');
  let key: string;
  try {
    key = decodeURIComponent(raw);
  } catch {
    return null;
  }
  const parts = key.split('/');
  const bad = parts.some(
    (part, index) =>
      part.startsWith('.') || part.includes('\\') || part.includes('\0') || (part === '' && index < parts.length - 1),
  );
  return bad ? null : key;
}

async function isFile(root: string, key: string): Promise<boolean> {
  try {
    return (await stat(path.join(root, ...key.split('/')))).isFile();
  } catch {
    return false;
  }
}

async function send(
  root: string,
  key: string,
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = await open(path.join(root, ...key.split('/')));
  try {
    const body = await file.readFile();
    response.writeHead(status, {
      'content-type': mediaTypeOf(key) ?? 'application/octet-stream',
      'content-length': body.byteLength,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  } finally {
    await file.close();
  }
}

/** Listens on loopback only: the site under work is nobody else's business. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
