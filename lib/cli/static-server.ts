import { hash } from 'node:crypto';
import { open, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { contentSecurityPolicy } from '../pages/content-security-policy.ts';
import { mediaTypeOf } from '../pages/make-file.ts';

/**
 * Serves a folder as the site's bucket is served: a folder's address shows its `index.html`, an address without the slash is
 * sent there, and what is not there shows `404.html`. Only files of the folder are ever read: no link leads out of it.
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
  const place = await fileAt(root, wanted);
  if (place !== null) return send({ key: wanted, place, status: 200 }, request, response);
  if (!wanted.endsWith('/index.html') && (await fileAt(root, `${wanted}/index.html`)) !== null) {
    // Relative, so that it holds behind any prefix.
    response.writeHead(302, { location: `./${encodeURIComponent(path.posix.basename(wanted))}/` }).end();
    return;
  }
  const missing = await fileAt(root, '404.html');
  if (missing !== null) return send({ key: '404.html', place: missing, status: 404 }, request, response);
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

/** The path of a file of the folder, links followed; null where there is none, or where it lies outside. */
async function fileAt(root: string, key: string): Promise<string | null> {
  try {
    const [home, place] = await Promise.all([realpath(root), realpath(path.join(root, ...key.split('/')))]);
    const inside = place.startsWith(home.endsWith(path.sep) ? home : `${home}${path.sep}`);
    return inside && (await stat(place)).isFile() ? place : null;
  } catch {
    return null;
  }
}

interface Answer {
  readonly key: string;
  readonly place: string;
  readonly status: 200 | 404;
}

/** Answers as S3 does: an ETag of the bytes, 304 to who has them already, a part of them to who asks for it. */
async function send({ key, place, status }: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = await open(place);
  try {
    const [body, { mtime }] = [await file.readFile(), await file.stat()];
    const etag = `"${hash('md5', body)}"`;
    const headers = {
      'content-type': mediaTypeOf(key) ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      etag,
      'last-modified': mtime.toUTCString(),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy,
    };
    if (status === 200 && isKnown(request, etag, mtime)) {
      response.writeHead(304, headers).end();
      return;
    }
    const part = status === 200 ? partOf(request, body.byteLength, etag, mtime) : null;
    if (part === 'none') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${body.byteLength}` }).end();
      return;
    }
    const sent = part === null ? body : body.subarray(part.from, part.to + 1);
    const range = part === null ? {} : { 'content-range': `bytes ${part.from}-${part.to}/${body.byteLength}` };
    response.writeHead(part === null ? status : 206, { ...headers, ...range, 'content-length': sent.byteLength });
    response.end(request.method === 'HEAD' ? undefined : sent);
  } finally {
    await file.close();
  }
}

/** Whether the asker has these bytes already. Where an ETag is named, no date is looked at (RFC 9110, 13.2.2). */
function isKnown({ headers }: IncomingMessage, etag: string, mtime: Date): boolean {
  const named = headers['if-none-match'];
  if (named !== undefined) {
    return named.trim() === '*' || named.split(',').some((one) => one.trim().replace(/^W\//u, '') === etag);
  }
  return isNotNewer(mtime, headers['if-modified-since']);
}

/** By whole seconds, as dates in HTTP are. */
function isNotNewer(mtime: Date, since: string | undefined): boolean {
  return Math.floor(mtime.getTime() / 1000) * 1000 <= Date.parse(since ?? '');
}

/** The part that is asked for; null for the whole, `none` where there is no such part. More than one part at a time is the whole. */
function partOf(
  { headers, method }: IncomingMessage,
  size: number,
  etag: string,
  mtime: Date,
): { readonly from: number; readonly to: number } | 'none' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/u.exec(headers.range ?? '') ?? [];
  if (method !== 'GET' || first === undefined || last === undefined || first + last === '') return null;
  const condition = headers['if-range'];
  const isSame = typeof condition !== 'string' || condition === etag || isNotNewer(mtime, condition);
  if (!isSame) return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return from > to ? 'none' : { from, to };
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
