import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { recordCheck } from '../../lib/staff/run-record.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { listedSite } from '../support/listed-site.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';

let s3: S3Server;

beforeEach(async () => {
  s3 = await startS3Server({ buckets: ['site', 'state'] });
  const environment = {
    SITES: 's3://state/sites.json',
    STATE_BUCKET: 'state',
    SITE_BUCKET: 'site',
    SITE_URL: 'https://goals.example.lg.jp/',
    STAGE: 'test',
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'testsecret',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await s3[Symbol.asyncDispose]();
});

const store = (bucket: string) => s3Store(s3ClientFor(s3.endpoint), bucket, '');

async function put(bucket: string, key: string, value: unknown): Promise<void> {
  const body = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  await store(bucket).put(key, { body, contentType: 'application/json', cacheControl: 'no-store' });
}

async function text(bucket: string, key: string): Promise<string | null> {
  const stored = await store(bucket).get(key);
  return stored === null ? null : new TextDecoder().decode(stored.body);
}

/** Runs the function, and hears what it measured. */
async function report() {
  const { handler } = await import('../../functions/report-sites.ts');
  const measured: unknown[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => {
      measured.push(
        ...String(line)
          .split('\n')
          .filter((one) => one.includes('"_aws"'))
          .map((one) => JSON.parse(one)),
      );
      return true;
    });
  }
  for (const method of ['log', 'info'] as const)
    vi.spyOn(console, method).mockImplementation((line) => {
      if (String(line).includes('"_aws"')) measured.push(JSON.parse(String(line)));
    });
  const context: Partial<Context> = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
  const figures = await handler({}, z.custom<Context>().parse(context));
  vi.restoreAllMocks();
  return { figures, measured };
}

describe('the function that reports on all cities', () => {
  it('writes the page of the operators into the private bucket, and counts the cities without naming them', async () => {
    await put('state', 'sites.json', {
      sites: [listedSite('kawa'), listedSite('umi'), listedSite('yama', { paused: true })],
    });
    const now = new Date();
    await put('state', 'sites/kawa/report.json', { ...recordCheck([], now), outcome: 'failed', owed: true });
    const { figures, measured } = await report();
    expect(figures).toEqual({ Cities: 2, CitiesStale: 0, CitiesFailed: 1, CitiesHeldLong: 0 });
    expect(measured).toMatchObject([{ service: 'mokuhyo', stage: 'test', CitiesFailed: 1 }]);
    expect(JSON.stringify(measured)).not.toContain('kawa');
    const page = await text('state', 'fleet/operators.html');
    expect(page).toContain('失敗');
    expect(page).toContain('yama');
    expect([...s3.objects.keys()].filter((key) => key.startsWith('site/')).toSorted()).toEqual([
      'site/404.html',
      'site/robots.txt',
    ]);
    expect(await text('site', 'robots.txt')).toContain('Sitemap: https://goals.example.lg.jp/umi/sitemap.xml\n');
  });

  it("writes nothing at the top of the bucket where that is a city's own", async () => {
    await put('state', 'sites.json', { sites: [listedSite('kawa', { prefix: '', stateAtRoot: true })] });
    await put('site', 'robots.txt', 'of the city');
    await report();
    expect(await text('site', 'robots.txt')).toBe('of the city');
    expect(await text('site', '404.html')).toBeNull();
  });

  it('says what is wrong with the list, and changes nothing', async () => {
    await put('state', 'sites.json', '{ "sites": [');
    await expect(report()).rejects.toThrow(/sites-not-json/u);
    expect([...s3.objects.keys()]).toEqual(['state/sites.json']);
  });
});

describe('the function that answers for what is not there', () => {
  const answer = async (rawPath: string) => {
    const { handler } = await import('../../functions/not-found.ts');
    return handler({ rawPath });
  };

  beforeEach(async () => {
    for (const key of ['kawa/404.html', 'ken/umi/404.html', '404.html']) await put('site', key, `of ${key}`);
  });

  it.each([
    ['/kawa/2024/nowhere/index.html', 'kawa/404.html'],
    ['/kawa/nowhere.json', 'kawa/404.html'],
    ['/ken/umi/2024/a/b/c/d/index.html', 'ken/umi/404.html'],
    ['/kawa-kita/index.html', '404.html'],
    ['/', '404.html'],
    ['/%E9%83%A8/index.html', '404.html'],
    ['/../kawa/index.html', '404.html'],
    ['/ken/', '404.html'],
  ])('%s: %s', async (path, key) => {
    expect(await answer(path)).toEqual({
      statusCode: 404,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=60' },
      body: `of ${key}`,
    });
  });

  it('has a page of its own where there is none yet', async () => {
    await store('site').delete('404.html');
    expect(await answer('/nowhere/')).toMatchObject({
      statusCode: 404,
      body: expect.stringContaining('ページが見つかりません'),
    });
  });
});
