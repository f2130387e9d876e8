import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const code = readFileSync(new URL('../../deploy/viewer-request.js', import.meta.url), 'utf8');

const redirectSchema = z.strictObject({
  statusCode: z.literal(301),
  statusDescription: z.string(),
  headers: z.strictObject({
    location: z.strictObject({ value: z.string() }),
    'cache-control': z.strictObject({ value: z.string() }),
  }),
});
const passedOnSchema = z.strictObject({ uri: z.string(), querystring: z.unknown(), method: z.string() });
type Query = Readonly<Record<string, { value: string; multiValue?: readonly { value: string }[] }>>;

/** What CloudFront does with a request: `→ /object` it asks the bucket for, or `301 /address`. */
function answerTo(uri: string, querystring: Query = {}): string {
  const event = { version: '1.0', request: { method: 'GET', uri, querystring } };
  const result: unknown = JSON.parse(runInNewContext(`${code}\nJSON.stringify(handler(${JSON.stringify(event)}))`));
  const redirected = redirectSchema.safeParse(result);
  if (redirected.success) return `301 ${redirected.data.headers.location.value}`;
  return `→ ${passedOnSchema.parse(result).uri}`;
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
    const event = { version: '1.0', request: { method: 'OPTIONS', uri: '/data/v1/2024.json', querystring: {} } };
    const answer: unknown = JSON.parse(runInNewContext(`${code}\nJSON.stringify(handler(${JSON.stringify(event)}))`));
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
    const supported = {
      destructuring: false,
      'class-field': false,
      'optional-chain': false,
      'nullish-coalescing': false,
    };
    const { code: compiled } = await transform(code, { target: 'esnext', supported });
    expect(compiled).not.toMatch(/__spread|\bvar _[a-z]\b/u);
    expect(Buffer.byteLength(code)).toBeLessThan(10_240);
  });
});
