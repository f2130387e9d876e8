import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineConditions } from '../../lib/release/probe.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { openStore } from '../../lib/stores/open.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { type Fault, type S3Server, startS3Server } from '../support/s3-server.ts';
import { planOf, scenes } from '../support/scenes.ts';
import { hasTools } from '../support/tools.ts';

const page = {
  body: Buffer.from('<p>目標</p>'),
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'public, max-age=60',
};
const checksum = createHash('sha256').update(page.body).digest('base64');

describe('what is sent', () => {
  const client = new S3Client({});
  const sent = mockClient(client);
  beforeEach(() => sent.reset());
  const store = s3Store(client, 'machi', 'goals');
  const whole = {
    Bucket: 'machi',
    Key: 'goals/2024/index.html',
    Body: page.body,
    ContentType: 'text/html; charset=utf-8',
    CacheControl: 'public, max-age=60',
    ChecksumSHA256: checksum,
  };

  test('a write: the bytes, their type and caching, and the hash that the service checks', async () => {
    sent.on(PutObjectCommand).resolves({ ETag: '"abc"' });
    expect(await store.put('2024/index.html', page)).toEqual({ outcome: 'written', etag: 'abc' });
    expect(sent.commandCalls(PutObjectCommand).map((call) => call.args[0].input)).toEqual([whole]);
  });

  test('a first write: If-None-Match', async () => {
    sent.on(PutObjectCommand).resolves({ ETag: '"abc"' });
    await store.put('2024/index.html', page, { ifAbsent: true });
    expect(sent.commandCalls(PutObjectCommand).map((call) => call.args[0].input)).toEqual([
      { ...whole, IfNoneMatch: '*' },
    ]);
  });

  test('a write over the one that was read: If-Match, with the ETag as every service understands it', async () => {
    sent.on(PutObjectCommand).resolves({ ETag: '"def"' });
    await store.put('2024/index.html', page, { ifMatch: 'abc' });
    expect(sent.commandCalls(PutObjectCommand).map((call) => call.args[0].input)).toEqual([
      { ...whole, IfMatch: 'abc' },
    ]);
  });

  test('a read and a removal', async () => {
    sent.on(GetObjectCommand).rejects(Object.assign(new Error(), { name: 'NoSuchKey' }));
    sent.on(DeleteObjectCommand).resolves({});
    expect(await store.get('index.html')).toBeNull();
    await store.delete('index.html');
    expect(sent.calls().map((call) => call.args[0].input)).toEqual([
      { Bucket: 'machi', Key: 'goals/index.html', ChecksumMode: 'ENABLED' },
      { Bucket: 'machi', Key: 'goals/index.html' },
    ]);
  });

  test('a whole release: every object as the site has it, the state before and after, and nothing else', async () => {
    const objects = new Map<string, string>();
    sent.on(GetObjectCommand).callsFake(({ Bucket, Key }) => {
      const etag = objects.get(`${Bucket}/${Key}`);
      if (etag === undefined) throw Object.assign(new Error(), { name: 'NoSuchKey' });
      return { ETag: `"${etag}"`, Body: { transformToByteArray: async () => new Uint8Array() } };
    });
    let etags = 0;
    sent.on(PutObjectCommand).callsFake((input) => {
      const place = `${input.Bucket}/${input.Key}`;
      const refused = Object.assign(new Error(), { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
      if (input.IfNoneMatch === '*' && objects.has(place)) throw refused;
      if (input.IfMatch !== undefined && objects.get(place) !== input.IfMatch) throw refused;
      etags += 1;
      objects.set(place, `${etags}`);
      return { ETag: `"${etags}"` };
    });
    sent.on(DeleteObjectCommand).resolves({});
    const stores = { site: s3Store(client, 'site', ''), state: s3Store(client, 'state', '') };
    await release(stores, planOf('first'), { now: new Date(0), parallel: 1 });

    const puts = sent.commandCalls(PutObjectCommand).map((call) => call.args[0].input);
    const isQuestion = ({ Key = '' }: { Key?: string | undefined }) => Key.startsWith('probe-');
    const sitePuts = puts.filter((put) => put.Bucket === 'site' && !isQuestion(put));
    const wanted = scenes.first.files.map(({ key, body, contentType, cacheControl }) => ({
      Bucket: 'site',
      Key: key,
      Body: body,
      ContentType: contentType,
      CacheControl: cacheControl,
      ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
      IfNoneMatch: '*',
    }));
    expect(sitePuts).toHaveLength(wanted.length);
    expect(sitePuts).toEqual(expect.arrayContaining(wanted));
    expect(sitePuts[0]?.Key).toMatch(/^assets\//);
    expect(sitePuts.at(-1)?.Key).toBe('index.html');
    // Four questions of each place, one of them in two ways, before anything else.
    const asked = puts.filter(isQuestion);
    expect(puts.slice(0, 10)).toEqual(asked);
    expect(asked.map(({ Bucket }) => Bucket)).toEqual([...Array(5).fill('state'), ...Array(5).fill('site')]);
    expect(sent.commandCalls(DeleteObjectCommand).map((call) => call.args[0].input.Bucket)).toEqual(['state', 'site']);
    const [intent, commit] = puts.filter((put) => put.Bucket === 'state' && !isQuestion(put));
    expect(intent).toMatchObject({ Key: 'state.json', IfNoneMatch: '*', ContentType: 'application/json' });
    expect(commit).toMatchObject({
      Key: 'state.json',
      IfMatch: '5',
      CacheControl: 'no-store',
    });
    expect(puts.slice(10).map(({ Bucket }) => Bucket)).toEqual(['state', ...wanted.map(() => 'site'), 'state']);
  });
});

describe('a server with faults', () => {
  let server: S3Server;
  let client: S3Client;
  const stores = () => ({ site: s3Store(client, 'bucket', 'site'), state: s3Store(client, 'bucket', 'state') });
  const options = { now: new Date('2025-04-01T00:00:00Z'), patienceMs: 2_000 };
  beforeEach(async () => {
    server = await startS3Server({ buckets: ['bucket'] });
    client = s3ClientFor(server.endpoint);
  });
  afterEach(async () => {
    client.destroy();
    await server[Symbol.asyncDispose]();
  });

  const expectWholeSite = () => {
    const there = [...server.objects].filter(([key]) => key.startsWith('bucket/site/'));
    const wanted = scenes.first.files.map(({ key, body }) => [`bucket/site/${key}`, Buffer.from(body).toString()]);
    expect(there.map(([key, { body }]) => [key, body.toString()]).sort()).toEqual(wanted.sort());
  };

  const passing: readonly Fault[] = [
    { kind: 'slow-down', method: 'PUT', path: /site\/index/, times: 2 },
    { kind: 'internal', method: 'GET', times: 2 },
    { kind: 'reset-before', method: 'PUT', path: /site\/2024/, times: 2 },
    { kind: 'reset-after', method: 'PUT', path: /site\/404/, times: 2 },
    { kind: 'conflict', method: 'PUT', path: /state\.json/, times: 2 },
    { kind: 'slow', method: 'PUT', times: 20 },
    { kind: 'damaged', method: 'PUT', path: /no such key/ },
  ];
  test.each(passing)('overcomes $kind $path', async (fault) => {
    server.fail(fault);
    expect(await release(stores(), planOf('first'), options)).toMatchObject({ outcome: 'published', problem: null });
    expectWholeSite();
    expect(await release(stores(), planOf('first'), options)).toMatchObject({ outcome: 'unchanged' });
  });

  test.each([
    { what: 'the intent', earlier: 0 },
    { what: 'the commit', earlier: 1 },
  ])(
    'knows its own success where the answer to $what is lost and the repeated request gets 412',
    async ({ earlier }) => {
      server.fail({ kind: 'slow', method: 'PUT', path: /state\.json/, times: earlier });
      server.fail({ kind: 'reset-after', method: 'PUT', path: /state\.json/ });
      expect(await release(stores(), planOf('first'), options)).toMatchObject({ outcome: 'published', problem: null });
      const list = await listReleases(stores().state);
      expect(list.ok && list.releases.map(({ generation }) => generation)).toEqual([1]);
      expectWholeSite();
    },
  );

  test('does not believe a 412 that is none: what is there is still what was read', async () => {
    await release(stores(), planOf('oneGoal'), options);
    server.fail({ kind: 'precondition', method: 'PUT', path: /state\.json/ });
    expect(await release(stores(), planOf('first'), options)).toMatchObject({ outcome: 'published', problem: null });
    expectWholeSite();
  });

  const stopping: readonly { fault: Fault; code: string }[] = [
    { fault: { kind: 'slow-down', method: 'PUT', path: /site\/index/, times: 99 }, code: 's3-unavailable' },
    { fault: { kind: 'forbidden', method: 'PUT', path: /site\/404/, times: 99 }, code: 's3-access-denied' },
    { fault: { kind: 'damaged', method: 'PUT', path: /site\/404/, times: 99 }, code: 's3-damaged' },
    { fault: { kind: 'reset-before', method: 'PUT', path: /site\/sitemap/, times: 99 }, code: 's3-unreachable' },
  ];
  test.each(stopping)(
    'stops with $code at $fault.kind, and the next run goes on with what is left',
    async ({ fault, code }) => {
      client = s3ClientFor(server.endpoint, { maxAttempts: 2 });
      server.fail(fault);
      const stopped = await release(stores(), planOf('first'), options);
      expect(stopped).toMatchObject({ outcome: 'failed', release: null, problem: { code } });
      expect(server.objects.has('bucket/site/index.html')).toBe(false);

      const other = await startS3Server({ buckets: ['bucket'] });
      for (const [key, object] of server.objects) other.objects.set(key, object);
      await server[Symbol.asyncDispose]();
      client.destroy();
      server = other;
      client = s3ClientFor(server.endpoint);
      const next = await release(stores(), planOf('first'), options);
      expect(next).toMatchObject({ outcome: 'published', problem: null });
      expect(next.objects.written + stopped.objects.written).toBe(scenes.first.files.length);
      expectWholeSite();
    },
  );

  test.each(['conflict', 'internal'] as const)(
    'a conditional write that meets another one (%s) is sent again, though the SDK would not',
    async (kind) => {
      const impatient = s3ClientFor(server.endpoint, { maxAttempts: 1 });
      const store = s3Store(impatient, 'bucket', '');
      server.fail({ kind, method: 'PUT', times: 2 });
      expect(await store.put('key', page, { ifAbsent: true })).toMatchObject({ outcome: 'written' });
      expect(store.requests).toBe(3);
      impatient.destroy();
    },
  );

  test('a read whose bytes were damaged on their way is not believed', async () => {
    const store = s3Store(client, 'bucket', '');
    await store.put('index.html', page);
    server.fail({ kind: 'damaged', method: 'GET', times: 3 });
    await expect(store.get('index.html')).rejects.toMatchObject({ name: 'StoreError', code: 's3-damaged' });
  });

  test('a read that breaks off in the middle is tried again, and told where it always does', async () => {
    const store = s3Store(client, 'bucket', '');
    await store.put('index.html', page);
    server.fail({ kind: 'cut', method: 'GET', times: 2 });
    expect(Buffer.from((await store.get('index.html'))?.body ?? [])).toEqual(page.body);
    server.fail({ kind: 'cut', method: 'GET', times: 3 });
    await expect(store.get('index.html')).rejects.toMatchObject({ name: 'StoreError' });
  });

  test('a list is read to its end, whatever the keys are', async () => {
    await using paged = await startS3Server({ buckets: ['bucket'], pageSize: 3 });
    const other = s3ClientFor(paged.endpoint);
    const store = s3Store(other, 'bucket', 'site');
    await s3Store(other, 'bucket', '').put('site-2/index.html', page);
    const keys = ['index.html', '2024/総務部/a b+c.html', 'a&b<c>.txt', "it's.txt", 'd', 'e', 'f', 'g'];
    const etags = new Map<string, string>();
    for (const key of keys) {
      const written = await store.put(key, { ...page, body: Buffer.from(key) });
      if (written.outcome === 'written') etags.set(key, written.etag);
    }
    expect(new Map([...(await store.list())].sort())).toEqual(new Map([...etags].sort()));
    other.destroy();
  });

  test('a 412 for a write that has no condition is no answer, and never a success', async () => {
    const store = s3Store(client, 'bucket', '');
    server.fail({ kind: 'precondition', method: 'PUT', times: 2 });
    expect(await store.put('index.html', page)).toMatchObject({ outcome: 'written' });
    expect(server.objects.has('bucket/index.html')).toBe(true);
    server.fail({ kind: 'precondition', method: 'PUT', times: 99 });
    await expect(store.put('other.html', page)).rejects.toMatchObject({ code: 's3-condition-untrue' });
  });

  test('nothing is sent that may not be sent any more, repetitions included', async () => {
    const store = s3Store(client, 'bucket', '');
    let asked = 0;
    server.fail({ kind: 'slow-down', method: 'PUT', times: 9 });
    const put = store.put('index.html', page, undefined, {
      maySend: () => {
        asked += 1;
        return asked < 3;
      },
    });
    await expect(put).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.log).toHaveLength(2);
    await expect(store.delete('index.html', { maySend: () => false })).rejects.toMatchObject({ code: 'interrupted' });
    expect(server.log).toHaveLength(2);
  });

  test('counts repeated requests', async () => {
    const store = s3Store(client, 'bucket', '');
    server.fail({ kind: 'slow-down', times: 2 });
    await store.put('index.html', page);
    expect(store.requests).toBe(3);
    expect(server.log).toHaveLength(3);
  });

  test('a request that outlasts its time is given up', async () => {
    server.fail({ kind: 'slow' });
    const put = s3Store(client, 'bucket', '').put('index.html', page, undefined, {
      signal: AbortSignal.timeout(10),
    });
    await expect(put).rejects.toMatchObject({ name: 'StoreError', code: 'interrupted' });
  });

  test('buckets at localhost are addressed by path', async () => {
    const local = s3ClientFor(server.endpoint.replace('127.0.0.1', 'localhost'));
    await s3Store(local, 'bucket', '')
      .put('index.html', page)
      .catch(() => null);
    local.destroy();
    expect(server.log).toEqual(['PUT bucket/index.html']);
  });
});

describe('errors in plain words', () => {
  const bad = { accessKeyId: 'AKIDSECRET', secretAccessKey: 'very-secret' };
  const failing = (name: string, status?: number) =>
    Object.assign(new Error('key AKIDSECRET'), { name, $metadata: { httpStatusCode: status } });

  test.each([
    ['NoSuchBucket', 404, 's3-no-bucket', 'バケットがありません'],
    ['AccessDenied', 403, 's3-access-denied', '権限がありません'],
    ['InvalidAccessKeyId', 403, 's3-bad-credentials', '認証に失敗しました'],
    ['SignatureDoesNotMatch', 403, 's3-bad-credentials', '認証に失敗しました'],
    ['ExpiredToken', 400, 's3-bad-credentials', '期限が切れて'],
    ['CredentialsProviderError', undefined, 's3-no-credentials', '認証情報が見つからない'],
    ['PermanentRedirect', 301, 's3-wrong-region', 'リージョン'],
    ['SlowDown', 503, 's3-unavailable', '混み合って'],
    ['UnknownError', 502, 's3-unavailable', '混み合って'],
    ['403', 403, 's3-access-denied', '権限がありません'],
    ['TimeoutError', undefined, 's3-unreachable', 'つながりませんでした'],
    ['MalformedXML', 400, 's3-failed', '失敗しました（MalformedXML、400）'],
  ])('%s (%s) is %s', async (name, status, code, words) => {
    const client = new S3Client({ credentials: bad });
    mockClient(client).rejects(failing(name, status));
    const store = s3Store(client, 'machi', 'goals');
    const error = await store.get('index.html').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StoreError', code, message: expect.stringContaining(words) });
    expect(error).toMatchObject({ message: expect.stringContaining('s3://machi/goals') });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/AKIDSECRET|very-secret/);
  });

  test('an address where nothing listens, and a missing region', async () => {
    const nowhere = s3ClientFor('http://127.0.0.1:1', { maxAttempts: 1 });
    await expect(s3Store(nowhere, 'machi', '').get('a')).rejects.toMatchObject({ code: 's3-unreachable' });
    const noRegion = s3ClientFor('http://127.0.0.1:1', {
      region: async () => {
        throw new Error('Region is missing');
      },
    });
    await expect(s3Store(noRegion, 'machi', '').get('a')).rejects.toMatchObject({ code: 's3-no-region' });
  });
});

describe('stores that do not keep conditions', () => {
  test.skipIf(!hasTools)('s3rver, which ignores conditions, is found out before anything is written', async () => {
    const { default: S3rver } = await import('s3rver');
    const directory = await mkdtemp(join(tmpdir(), 's3rver-'));
    const configureBuckets = [{ name: 'site' }, { name: 'state' }];
    const liar = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
    const { port } = await liar.run();
    const client = s3ClientFor(`http://127.0.0.1:${port}`, {
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });
    try {
      const stores = { site: s3Store(client, 'site', ''), state: s3Store(client, 'state', '') };
      const result = await release(stores, planOf('first'), { now: new Date(0) });
      expect(result).toMatchObject({
        outcome: 'failed',
        objects: { written: 0 },
        // Whether there is a site already.
        requests: { site: 1 },
        problem: { code: 'conditions-ignored', message: expect.stringContaining('条件を無視します') },
      });
      expect(await stores.state.get('state.json')).toBeNull();
      expect(await examineConditions(stores.state)).toMatchObject({ code: 'conditions-ignored' });
    } finally {
      client.destroy();
      await liar.close();
      await rm(directory, { recursive: true });
    }
  });

  test.each([
    { conditions: 'ignored', code: 'conditions-ignored' },
    { conditions: 'refused', code: 'conditions-refused' },
    { conditions: 'never-match', code: 'conditions-broken' },
    { conditions: 'all-412', code: 'conditions-broken' },
    { conditions: 'all-404', code: 's3-failed' },
  ] as const)('one where they are $conditions is refused, and left as it was', async ({ conditions, code }) => {
    await using server = await startS3Server({ buckets: ['bucket'], conditions });
    const client = s3ClientFor(server.endpoint);
    const stores = { site: s3Store(client, 'bucket', 'site'), state: s3Store(client, 'bucket', 'state') };
    expect(await release(stores, planOf('first'), { now: new Date(0) })).toMatchObject({
      outcome: 'failed',
      problem: { code },
    });
    expect([...server.objects.keys()]).toEqual([]);
    expect(server.log.length).toBeLessThan(20);
    client.destroy();
  });

  test.each(['ignored', 'never-match'] as const)(
    'a state that was brought along to one where conditions are %s is not used there',
    async (conditions) => {
      const sound = { site: memoryStore('s3://bucket/site'), state: memoryStore('s3://elsewhere/state') };
      await release(sound, planOf('first'), { now: new Date(0) });
      await using server = await startS3Server({ buckets: ['bucket'], conditions });
      const client = s3ClientFor(server.endpoint);
      const stores = { site: s3Store(client, 'bucket', 'site'), state: s3Store(client, 'bucket', 'state') };
      for (const [key, object] of sound.site.objects) await stores.site.put(key, object);
      for (const [key, object] of sound.state.objects) await stores.state.put(key, object);
      const before = new Map(server.objects);
      const code = conditions === 'ignored' ? 'conditions-ignored' : 'conditions-broken';
      expect(await release(stores, planOf('oneGoal'), { now: new Date(0) })).toMatchObject({
        outcome: 'failed',
        problem: { code },
      });
      expect(server.objects).toEqual(before);
      client.destroy();
    },
  );

  test('one that knows ETags only with their quotes is understood', async () => {
    await using server = await startS3Server({ buckets: ['bucket'], conditions: 'quoted-only' });
    const client = s3ClientFor(server.endpoint);
    const store = s3Store(client, 'bucket', '');
    expect(await examineConditions(store)).toBeNull();
    const first = await store.put('key', page);
    const before = store.requests;
    const second = await store.put('key', page, { ifMatch: first.outcome === 'written' ? first.etag : '' });
    expect(second.outcome).toBe('written');
    expect(store.requests - before).toBe(1);
    client.destroy();
  });
});

describe('locations', () => {
  test.each([
    ['s3://machi', 's3://machi'],
    ['s3://machi/', 's3://machi'],
    ['s3://machi.example/goals/2024/', 's3://machi.example/goals/2024'],
  ])('%s', async (location, name) => {
    expect((await openStore(location, { client: s3ClientFor('http://127.0.0.1:1') })).name).toBe(name);
  });

  test('a path is a folder', async () => {
    expect((await openStore('build/site')).name).toBe(join(process.cwd(), 'build/site'));
  });

  test.each(['', ' ', 's3://', 's3://a', 's3://Machi', 's3://ma_chi/x', 'https://example.test/', 'gs://machi'])(
    'refuses %j',
    async (location) => {
      await expect(openStore(location)).rejects.toMatchObject({ name: 'StoreError', code: 'location-invalid' });
    },
  );
});
