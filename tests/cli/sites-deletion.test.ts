import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { release } from '../../lib/release/release.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { runCommand } from '../support/command-line.ts';
import { listedSite } from '../support/listed-site.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { planOf } from '../support/scenes.ts';

let s3: S3Server;

beforeEach(async () => {
  s3 = await startS3Server({ buckets: ['site', 'state', 'previews'] });
  const environment = {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'testsecret',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await put(
    'state',
    'sites.json',
    JSON.stringify({ sites: [listedSite('kawa', { paused: true }), listedSite('kawa-kita')] }),
  );
  for (const id of ['kawa', 'kawa-kita']) {
    const stores = { site: store('site', id), state: store('state', `sites/${id}`) };
    const { outcome } = await release(stores, planOf('first'), { now: new Date('2026-11-26T00:00:00Z') });
    expect(outcome).toBe('published');
    await put('previews', `${id}/preview/${'0'.repeat(32)}/index.html`, 'draft');
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await s3[Symbol.asyncDispose]();
});

const store = (bucket: string, prefix = '') => s3Store(s3ClientFor(s3.endpoint), bucket, prefix);
const put = (bucket: string, key: string, text: string) =>
  store(bucket).put(key, { body: new TextEncoder().encode(text), contentType: 'text/plain', cacheControl: 'no-store' });

const remove = (id: string, ...more: string[]) =>
  runCommand(['sites', 'remove', id, '--sites', 's3://state/sites.json', ...more]);
const everything = ['--delete', '--site', 's3://site/', '--previews', 's3://previews/'];
const keysOf = (id: string) => [...s3.objects.keys()].filter((key) => key.includes(`/${id}/`));

test('a city goes with all that it has, and no other city is touched', async () => {
  const others = keysOf('kawa-kita').map((key) => [key, s3.objects.get(key)?.etag]);
  expect(others.length).toBeGreaterThan(5);
  const { status, told } = await remove('kawa', ...everything);
  expect(told).toMatch(
    /^サイト kawa のファイルを消しました（ページ\d+、下見1、記録1）。\nサイト kawa について、一覧を書き換えました（全1件）。\n$/u,
  );
  expect(status).toBe(0);
  expect(keysOf('kawa')).toEqual([]);
  expect(keysOf('kawa-kita').map((key) => [key, s3.objects.get(key)?.etag])).toEqual(others);
});

test('a city that is not paused keeps all that it has', async () => {
  const before = [...s3.objects.keys()];
  const { status, told } = await remove('kawa-kita', ...everything);
  expect(status).toBe(2);
  expect(told).toContain('sites pause kawa-kita');
  expect([...s3.objects.keys()]).toEqual(before);
});

test('a city that is only taken off the list keeps its pages', async () => {
  const pages = keysOf('kawa');
  expect((await remove('kawa')).status).toBe(0);
  expect(keysOf('kawa')).toEqual(pages);
});

test('what was interrupted stays on the list, and the same command goes on', async () => {
  s3.fail({ kind: 'forbidden', method: 'DELETE', times: 40 });
  const interrupted = await remove('kawa', ...everything);
  expect(interrupted.status).toBe(4);
  expect(interrupted.told).toContain('権限がありません');
  s3.endFaults();
  expect((await remove('kawa', ...everything)).status).toBe(0);
  expect(keysOf('kawa')).toEqual([]);
});

test('a folder where the bucket is to be named is refused, before anything is looked at', async () => {
  const { status, told } = await remove('kawa', '--delete', '--site', 's3://site/kawa', '--previews', 's3://previews');
  expect(status).toBe(2);
  expect(told).toContain('--site には');
});
