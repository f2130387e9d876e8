import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * An S3 server for tests, with the semantics of AWS for whole objects: reads see the last write, `If-None-Match: *` and
 * `If-Match` are checked and applied as one (the ETag with or without its quotes), `If-Match` on nothing is 404, the body
 * must have the SHA-256 that was signed and the one that its checksum header gives. And with faults on demand.
 */
export interface S3Server extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  /** By `bucket/key`. */
  readonly objects: Map<string, ServedObject>;
  /** `METHOD bucket/key` of every request that arrived, in order. */
  readonly log: string[];
  /** The next requests that match meet this fault, one after another. */
  fail(fault: Fault): void;
}

export interface ServedObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly checksum: string | null;
}

export interface Fault {
  /**
   * - `slow-down`: 503, and nothing is done
   * - `reset-before`: the connection breaks, and nothing is done
   * - `reset-after`: the connection breaks after the request took effect
   * - `conflict`: 409 as when another conditional write is under way
   * - `precondition`: 412, whatever is there
   * - `forbidden`: 403
   * - `internal`: 500
   * - `slow`: done, a moment later than others
   * - `damaged`: a read gives other bytes than were written; a write is taken for damaged on its way
   */
  readonly kind:
    | 'slow-down'
    | 'reset-before'
    | 'reset-after'
    | 'conflict'
    | 'precondition'
    | 'forbidden'
    | 'internal'
    | 'slow'
    | 'damaged';
  readonly method?: 'GET' | 'PUT' | 'DELETE';
  /** Matched against `bucket/key`. */
  readonly path?: RegExp;
  /** 1 where nothing is said. */
  readonly times?: number;
}

export interface S3ServerOptions {
  readonly buckets: readonly string[];
  /**
   * - `aws` (where nothing is said)
   * - `quoted-only`: an ETag matches with its quotes only, as RFC 9110 writes it
   * - `ignored`: both conditions are taken and ignored
   * - `refused`: both conditions are answered with 501
   */
  readonly conditions?: 'aws' | 'quoted-only' | 'ignored' | 'refused';
}

export async function startS3Server({ buckets, conditions = 'aws' }: S3ServerOptions): Promise<S3Server> {
  const objects = new Map<string, ServedObject>();
  const log: string[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  const faultFor = (method: string, path: string): Fault['kind'] | null => {
    const found = faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && (fault.path === undefined || fault.path.test(path)),
    );
    if (found === undefined) return null;
    found.left -= 1;
    return found.fault.kind;
  };

  const refusal = (request: IncomingMessage, path: string): Answer | null => {
    const ifNoneMatch = request.headers['if-none-match'];
    const ifMatch = request.headers['if-match'];
    if (conditions === 'ignored' || (ifNoneMatch === undefined && ifMatch === undefined)) return null;
    if (conditions === 'refused') return failure(501, 'NotImplemented');
    const current = objects.get(path);
    if (ifNoneMatch !== undefined) return current === undefined ? null : failure(412, 'PreconditionFailed');
    if (current === undefined) return failure(404, 'NoSuchKey');
    const expected = conditions === 'aws' ? ifMatch?.replaceAll('"', '') : ifMatch;
    const actual = conditions === 'aws' ? current.etag.replaceAll('"', '') : current.etag;
    return expected === actual ? null : failure(412, 'PreconditionFailed');
  };

  const perform = (request: IncomingMessage, path: string, body: Buffer): Answer => {
    switch (request.method) {
      case 'GET': {
        const object = objects.get(path);
        if (object === undefined) return failure(404, 'NoSuchKey');
        const { etag, contentType, cacheControl, checksum } = object;
        const headers = { etag, 'content-type': contentType, 'cache-control': cacheControl };
        return {
          status: 200,
          headers: checksum === null ? headers : { ...headers, 'x-amz-checksum-sha256': checksum },
          body: object.body,
        };
      }
      case 'PUT': {
        const sha256 = createHash('sha256').update(body);
        const [hex, base64] = [sha256.copy().digest('hex'), sha256.digest('base64')];
        const checksum = request.headers['x-amz-checksum-sha256'] ?? null;
        if (request.headers['x-amz-content-sha256'] !== hex) return failure(400, 'XAmzContentSHA256Mismatch');
        if (checksum !== null && checksum !== base64) return failure(400, 'BadDigest');
        const refused = refusal(request, path);
        if (refused !== null) return refused;
        const etag = `"${createHash('md5').update(body).digest('hex')}"`;
        objects.set(path, {
          body,
          etag,
          contentType: request.headers['content-type'] ?? 'binary/octet-stream',
          cacheControl: request.headers['cache-control'] ?? '',
          checksum: checksum === null ? null : String(checksum),
        });
        return { status: 200, headers: { etag }, body: null };
      }
      case 'DELETE':
        objects.delete(path);
        return { status: 204, headers: {}, body: null };
      default:
        return failure(405, 'MethodNotAllowed');
    }
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname.slice(1));
    log.push(`${request.method} ${path}`);
    if (request.headers.authorization === undefined) return send(response, failure(403, 'AccessDenied'));
    if (!buckets.includes(path.split('/')[0] ?? '')) return send(response, failure(404, 'NoSuchBucket'));
    const act = () => perform(request, path, Buffer.concat(chunks));
    switch (faultFor(request.method ?? '', path)) {
      case null:
        return send(response, act());
      case 'slow-down':
        return send(response, failure(503, 'SlowDown'));
      case 'internal':
        return send(response, failure(500, 'InternalError'));
      case 'conflict':
        return send(response, failure(409, 'ConditionalRequestConflict'));
      case 'precondition':
        return send(response, failure(412, 'PreconditionFailed'));
      case 'forbidden':
        return send(response, failure(403, 'AccessDenied'));
      case 'reset-before':
        return void request.socket.destroy();
      case 'reset-after':
        act();
        return void request.socket.destroy();
      case 'slow':
        await sleep(50);
        return send(response, act());
      case 'damaged': {
        if (request.method === 'PUT') return send(response, failure(400, 'BadDigest'));
        const answer = act();
        return send(response, { ...answer, body: answer.body && Buffer.from(answer.body.toReversed()) });
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    log,
    fail(fault) {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

function failure(status: number, code: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
    ),
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}
