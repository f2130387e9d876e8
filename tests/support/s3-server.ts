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
  /** How the buckets are set up, as S3 answers `?versioning` and `?publicAccessBlock`; null where nothing is set. */
  readonly configurations: Map<string, string | null>;
  /** `METHOD bucket/key` of every request that arrived, in order. */
  readonly log: string[];
  /** The next requests that match meet this fault, one after another. */
  fail(fault: Fault): void;
  /** From now on nothing goes wrong. */
  endFaults(): void;
  /** What was held back as `late` arrives now. */
  deliverLate(): void;
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
   * - `cut`: done, and the answer breaks off in the middle
   * - `late`: nothing is done and the connection breaks; the request takes effect when `deliverLate` is called
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
    | 'damaged'
    | 'cut'
    | 'late';
  /** `LIST` is the GET of a bucket. */
  readonly method?: 'GET' | 'PUT' | 'DELETE' | 'LIST';
  /** Matched against `bucket/key`; of a list, `bucket/prefix`. */
  readonly path?: RegExp;
  /** 1 where nothing is said. */
  readonly times?: number;
  /** How many matching requests go well before it. */
  readonly after?: number;
}

export interface S3ServerOptions {
  readonly buckets: readonly string[];
  /**
   * - `aws` (where nothing is said)
   * - `quoted-only`: an ETag matches with its quotes only, as RFC 9110 writes it
   * - `ignored`: both conditions are taken and ignored
   * - `refused`: both conditions are answered with 501
   * - `never-match`: `If-Match` never holds, as in a versioned bucket of Ceph
   * - `all-412`, `all-404`: every write is answered so
   */
  readonly conditions?: 'aws' | 'quoted-only' | 'ignored' | 'refused' | 'never-match' | 'all-412' | 'all-404';
  /** How many keys a list gives at a time; 1000 where nothing is said. */
  readonly pageSize?: number;
}

/** As the deployment sets them up. */
const versioned = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
const unpublished = `<PublicAccessBlockConfiguration>${[
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
]
  .map((name) => `<${name}>true</${name}>`)
  .join('')}</PublicAccessBlockConfiguration>`;

export async function startS3Server({
  buckets,
  conditions = 'aws',
  pageSize = 1000,
}: S3ServerOptions): Promise<S3Server> {
  const objects = new Map<string, ServedObject>();
  const log: string[] = [];
  const faults: { fault: Fault; left: number; wait: number }[] = [];
  let late: (() => void)[] = [];

  const faultFor = (method: string, path: string): Fault['kind'] | null => {
    const found = faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && (fault.path === undefined || fault.path.test(path)),
    );
    if (found === undefined) return null;
    if (found.wait > 0) {
      found.wait -= 1;
      return null;
    }
    found.left -= 1;
    return found.fault.kind;
  };

  const refusal = (request: IncomingMessage, path: string): Answer | null => {
    const ifNoneMatch = request.headers['if-none-match'];
    const ifMatch = request.headers['if-match'];
    if (conditions === 'ignored' || (ifNoneMatch === undefined && ifMatch === undefined)) return null;
    if (conditions === 'refused') return failure(501, 'NotImplemented');
    if (conditions === 'never-match' && ifMatch !== undefined) return failure(412, 'PreconditionFailed');
    const current = objects.get(path);
    if (ifNoneMatch !== undefined) return current === undefined ? null : failure(412, 'PreconditionFailed');
    if (current === undefined) return failure(404, 'NoSuchKey');
    const expected = conditions === 'aws' ? ifMatch?.replaceAll('"', '') : ifMatch;
    const actual = conditions === 'aws' ? current.etag.replaceAll('"', '') : current.etag;
    return expected === actual ? null : failure(412, 'PreconditionFailed');
  };

  const list = (bucket: string, query: URLSearchParams): Answer => {
    const start = `${bucket}/${query.get('prefix') ?? ''}`;
    const from = query.get('continuation-token') ?? '';
    const found = [...objects]
      .filter(([key]) => key.startsWith(start) && key > from)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const page = found.slice(0, pageSize);
    const more = found.length > pageSize;
    const contents = page.map(
      ([key, { etag }]) =>
        `<Contents><Key>${encodeURIComponent(key.slice(bucket.length + 1)).replaceAll('%20', '+')}</Key><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Contents>`,
    );
    const token = more ? `<NextContinuationToken>${page.at(-1)?.[0]}</NextContinuationToken>` : '';
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><IsTruncated>${more}</IsTruncated><EncodingType>url</EncodingType>${contents.join('')}${token}</ListBucketResult>`,
      ),
    };
  };

  const perform = (request: IncomingMessage, path: string, body: Buffer): Answer => {
    if (request.method === 'PUT' && conditions === 'all-412') return failure(412, 'PreconditionFailed');
    if (request.method === 'PUT' && conditions === 'all-404') return failure(404, 'NoSuchKey');
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

  const configurations = new Map<string, string | null>([
    ['versioning', versioned],
    ['publicAccessBlock', unpublished],
  ]);
  const nothingSet = failure(404, 'NoSuchPublicAccessBlockConfiguration');
  const xml = (text: string) => ({
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(text),
  });

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://s3');
    const isList = request.method === 'GET' && url.searchParams.has('list-type');
    const bucket = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/u, '');
    const path = isList ? `${bucket}/${url.searchParams.get('prefix') ?? ''}` : bucket;
    const method = isList ? 'LIST' : (request.method ?? '');
    log.push(`${method} ${path}`);
    if (request.headers.authorization === undefined) return send(response, failure(403, 'AccessDenied'));
    if (!buckets.includes(path.split('/')[0] ?? '')) return send(response, failure(404, 'NoSuchBucket'));
    const configuration = configurations.get([...url.searchParams.keys()].find((key) => configurations.has(key)) ?? '');
    if (configuration !== undefined) return send(response, configuration === null ? nothingSet : xml(configuration));
    const act = () => (isList ? list(bucket, url.searchParams) : perform(request, path, Buffer.concat(chunks)));
    switch (faultFor(method, path)) {
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
      case 'late':
        late.push(act);
        return void request.socket.destroy();
      case 'cut': {
        const { status, headers, body } = act();
        const whole = body ?? Buffer.from(' ');
        response.writeHead(status, { ...headers, 'content-length': whole.length });
        response.write(whole.subarray(0, Math.floor(whole.length / 2)));
        return void setImmediate(() => request.socket.destroy());
      }
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
    configurations,
    log,
    fail(fault) {
      faults.push({ fault, left: fault.times ?? 1, wait: fault.after ?? 0 });
    },
    endFaults() {
      faults.length = 0;
    },
    deliverLate() {
      for (const act of late) act();
      late = [];
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
