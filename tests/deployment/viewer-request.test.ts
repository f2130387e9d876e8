import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hostsOf, parameterProblems } from '../../deploy/parameters.ts';

const code = readFileSync(new URL('../../deploy/viewer-request.js', import.meta.url), 'utf8');

const { viewerRequestFor } = z
  .object({
    viewerRequestFor: z.custom<(hosts: Readonly<Record<string, string>>) => string>(
      (value) => typeof value === 'function',
    ),
  })
  .parse(createRequire(import.meta.url)('../../deploy/sites/values.cjs'));
/** Two of the cities have a host name of their own. */
const ofSites = viewerRequestFor({ 'goals.kawa.example.jp': 'kawa', 'goals.ken.example.jp': 'ken/ken' });

const redirectSchema = z.strictObject({
  statusCode: z.literal(301),
  statusDescription: z.string(),
  headers: z.strictObject({
    location: z.strictObject({ value: z.string() }),
    'cache-control': z.strictObject({ value: z.string() }),
  }),
});
const passedOnSchema = z.strictObject({
  uri: z.string(),
  querystring: z.unknown(),
  method: z.string(),
  headers: z.unknown(),
});
type Query = Readonly<Record<string, { value: string; multiValue?: readonly { value: string }[] }>>;

interface Asked {
  readonly method?: string;
  readonly uri: string;
  readonly querystring?: Query;
  readonly host?: string;
}

function resultOf(program: string, { method = 'GET', uri, querystring = {}, host = 'd1.example' }: Asked): unknown {
  const event = { version: '1.0', request: { method, uri, querystring, headers: { host: { value: host } } } };
  return JSON.parse(runInNewContext(`${program}\nJSON.stringify(handler(${JSON.stringify(event)}))`));
}

/** What CloudFront does with a request: `→ /object` it asks the bucket for, or `301 /address`. */
function answer(program: string, asked: Asked): string {
  const result = resultOf(program, asked);
  const redirected = redirectSchema.safeParse(result);
  if (redirected.success) return `301 ${redirected.data.headers.location.value}`;
  return `→ ${passedOnSchema.parse(result).uri}`;
}

const answerTo = (uri: string, querystring: Query = {}): string => answer(code, { uri, querystring });

/** As it is written in what the runtime of CloudFront knows, and its size. */
async function runsAtCloudFront(program: string): Promise<void> {
  const supported = {
    destructuring: false,
    'class-field': false,
    'optional-chain': false,
    'nullish-coalescing': false,
  };
  const { code: compiled } = await transform(program, { target: 'esnext', supported });
  expect(compiled).not.toMatch(/__spread|\bvar _[a-z]\b/u);
  expect(Buffer.byteLength(program)).toBeLessThan(10_240);
}

describe('the viewer-request function', () => {
  it.each([
    ['/', '→ /index.html'],
    ['/2024/', '→ /2024/index.html'],
    ['/2024/somu/', '→ /2024/somu/index.html'],
    ['/2024', '301 /2024/'],
    ['/2024/somu', '301 /2024/somu/'],
    ['/index.html', '301 /'],
    ['/2024/somu/index.html', '301 /2024/somu/'],
    ['/404.html', '→ /404.html'],
    ['/feed.xml', '→ /feed.xml'],
    ['/robots.txt', '→ /robots.txt'],
    ['/data/', '→ /data/index.html'],
    ['/data/v1/2024.json', '→ /data/v1/2024.json'],
    ['/data/v1/2024/goals.csv', '→ /data/v1/2024/goals.csv'],
    ['/assets/page-bfd54aac0f.css', '→ /assets/page-bfd54aac0f.css'],
    ['/%E9%83%A8', '301 /%E9%83%A8/'],
  ])('%s %s', (uri, expected) => {
    expect(answerTo(uri)).toBe(expected);
  });

  it.each([
    ['//evil.example', '→ /evil.example'],
    ['//evil.example/2024', '301 /evil.example/2024/'],
    ['///evil', '301 /evil/'],
    ['/\\evil', '301 /evil/'],
    ['//index.html', '301 /'],
  ])('leads to no other host: %s %s', (uri, expected) => {
    expect(answerTo(uri)).toBe(expected);
  });

  it('allows what a browser asks before it reads the open data from a page of another site', () => {
    const answer = resultOf(code, { method: 'OPTIONS', uri: '/data/v1/2024.json' });
    expect(answer).toMatchObject({
      statusCode: 204,
      headers: {
        'access-control-allow-origin': { value: '*' },
        'access-control-allow-methods': { value: 'GET, HEAD' },
        'access-control-allow-headers': { value: '*' },
      },
    });
  });

  it('keeps the query of what it redirects', () => {
    const query = { status: { value: 'achieved' }, print: { value: '' } };
    expect(answerTo('/2024', query)).toBe('301 /2024/?status=achieved&print');
    const repeated = { a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, q: { value: '%E9%83%A8%26' } };
    expect(answerTo('/2024', repeated)).toBe('301 /2024/?a=1&a=2&q=%E9%83%A8%26');
  });

  it('is written in what the runtime of CloudFront knows, and fits its 10 kB', async () => {
    await runsAtCloudFront(code);
  });
});

describe('the viewer-request function of many cities', () => {
  it.each([
    ['/umi/', '→ /umi/index.html'],
    ['/umi', '301 /umi/'],
    ['/umi/2024/somu/', '→ /umi/2024/somu/index.html'],
    ['/umi/2024/index.html', '301 /umi/2024/'],
    ['/umi/data/v1/2024.json', '→ /umi/data/v1/2024.json'],
    ['/robots.txt', '→ /robots.txt'],
    ['/404.html', '→ /404.html'],
    ['/kawamata/2024/', '→ /kawamata/2024/index.html'],
    ['/kawa-kita/', '→ /kawa-kita/index.html'],
    ['//evil.example/2024', '301 /evil.example/2024/'],
  ])('under the host name of all: %s %s', (uri, expected) => {
    expect(answer(ofSites, { uri })).toBe(expected);
  });

  it.each([
    ['goals.kawa.example.jp', '/', '→ /kawa/index.html'],
    ['goals.kawa.example.jp', '/2024/', '→ /kawa/2024/index.html'],
    ['goals.kawa.example.jp', '/2024', '301 /2024/'],
    ['goals.kawa.example.jp', '/2024/index.html', '301 /2024/'],
    ['goals.kawa.example.jp', '/robots.txt', '→ /kawa/robots.txt'],
    ['goals.kawa.example.jp', '/sitemap.xml', '→ /kawa/sitemap.xml'],
    ['goals.kawa.example.jp', '//evil.example', '→ /kawa/evil.example'],
    // A department may be called as another city is.
    ['goals.kawa.example.jp', '/umi/', '→ /kawa/umi/index.html'],
    ['goals.kawa.example.jp', '/../umi/', '→ /kawa/../umi/index.html'],
    ['goals.ken.example.jp', '/data/v1/2024/goals.csv', '→ /ken/ken/data/v1/2024/goals.csv'],
  ])('under the host name of one city: %s%s %s', (host, uri, expected) => {
    expect(answer(ofSites, { host, uri })).toBe(expected);
  });

  it.each([
    ['/kawa', '301 https://goals.kawa.example.jp/'],
    ['/kawa/', '301 https://goals.kawa.example.jp/'],
    ['/kawa/2024/somu/', '301 https://goals.kawa.example.jp/2024/somu/'],
    ['//kawa/2024/', '301 https://goals.kawa.example.jp/2024/'],
    ['/kawa//evil.example/', '301 https://goals.kawa.example.jp/evil.example/'],
    ['/kawa/\\evil.example/', '301 https://goals.kawa.example.jp/evil.example/'],
    ['/ken/ken/2024/', '301 https://goals.ken.example.jp/2024/'],
    ['/ken/other/', '→ /ken/other/index.html'],
  ])("leads to the city's own host name, so that a page has one address: %s %s", (uri, expected) => {
    expect(answer(ofSites, { uri })).toBe(expected);
  });

  it('keeps the query where it leads elsewhere', () => {
    const asked = { uri: '/kawa/2024/', querystring: { status: { value: 'achieved' } } };
    expect(answer(ofSites, asked)).toBe('301 https://goals.kawa.example.jp/2024/?status=achieved');
  });

  const token = '0123456789abcdef0123456789abcdef';

  it.each([
    ['d1.example', `/umi/preview/${token}/`, `→ /umi/preview/${token}/index.html`],
    ['goals.kawa.example.jp', `/preview/${token}/changes/`, `→ /kawa/preview/${token}/changes/index.html`],
    ['goals.kawa.example.jp', `/preview/${token}`, `301 /preview/${token}/`],
    ['d1.example', `/kawa/preview/${token}/`, `301 https://goals.kawa.example.jp/preview/${token}/`],
  ])('leads to previews: %s%s %s', (host, uri, expected) => {
    expect(answer(ofSites, { host, uri })).toBe(expected);
  });

  it.each(['d1.example', 'goals.kawa.example.jp'])('allows what a browser asks beforehand, of %s', (host) => {
    expect(resultOf(ofSites, { method: 'OPTIONS', host, uri: '/kawa/data/v1/2024.json' })).toMatchObject({
      statusCode: 204,
    });
  });

  it('is written in what the runtime knows, and fits its 10 kB with as many host names as are taken', async () => {
    await runsAtCloudFront(ofSites);
    const names = Array.from({ length: 99 }, (_, index) => `goals.city${index}.lg.example.jp=ken/city${index}`);
    const text = names.join(' ');
    expect(
      parameterProblems({ hosts: text, certificateArn: 'arn' }).filter(({ parameter }) => parameter === 'hosts'),
    ).toEqual([]);
    await runsAtCloudFront(viewerRequestFor(hostsOf(text)));
    const long = hostsOf(`${'a'.repeat(60)}.example.jp=${'k'.repeat(5_400)}`);
    await runsAtCloudFront(viewerRequestFor(long));
  });
});
