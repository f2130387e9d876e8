import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen, siteServer } from '../../lib/cli/static-server.ts';
import { temporaryFolder } from '../support/command-line.ts';

async function serve() {
  const home = await temporaryFolder();
  const site = path.join(home, 'site');
  await mkdir(path.join(site, '2024'), { recursive: true });
  await writeFile(path.join(site, 'index.html'), '0123456789');
  await writeFile(path.join(site, '404.html'), 'none');
  await utimes(path.join(site, 'index.html'), 0, 1_700_000_000.5);
  await writeFile(path.join(home, 'secret.txt'), 'secret');
  await symlink(path.join(home, 'secret.txt'), path.join(site, 'link.txt'));
  await symlink(home, path.join(site, 'out'));
  await symlink(path.join(site, 'index.html'), path.join(site, 'within.html'));
  const server = siteServer(site);
  const port = await listen(server, 0);
  onTestFinished(() => void server.close());
  return (key: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/${key}`, { headers, method, redirect: 'manual' });
}

test('an ETag of the bytes is given, and who has them is told so', async () => {
  const get = await serve();
  const first = await get('index.html');
  // The MD5 of 0123456789, as S3 gives it.
  expect(first.headers.get('etag')).toBe('"781e5e245d69b566979b86e28d23f2c7"');
  expect(first.headers.get('last-modified')).toBe('Tue, 14 Nov 2023 22:13:20 GMT');
  const etag = first.headers.get('etag') ?? '';
  for (const headers of [
    { 'if-none-match': etag },
    { 'if-none-match': `"other", W/${etag}` },
    { 'if-none-match': '*' },
    { 'if-modified-since': 'Tue, 14 Nov 2023 22:13:20 GMT' },
  ]) {
    const again = await get('index.html', headers);
    expect([again.status, await again.text()], JSON.stringify(headers)).toEqual([304, '']);
  }
  for (const headers of [
    { 'if-none-match': '"other"', 'if-modified-since': 'Tue, 14 Nov 2023 22:13:20 GMT' },
    { 'if-modified-since': 'Tue, 14 Nov 2023 22:13:19 GMT' },
    { 'if-modified-since': 'nonsense' },
  ]) {
    expect((await get('index.html', headers)).status, JSON.stringify(headers)).toBe(200);
  }
});

test.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=8-', 206, '89', 'bytes 8-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=4-2', 200, '0123456789', null],
  ['bytes=0-1,3-4', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
] as const)('of %s: %i', async (range, status, text, contentRange) => {
  const get = await serve();
  const answer = await get('index.html', { range });
  expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
    status,
    text,
    contentRange,
  ]);
});

test('a part is sent only of the bytes that the asker has begun with', async () => {
  const get = await serve();
  const etag = (await get('index.html')).headers.get('etag') ?? '';
  expect((await get('index.html', { range: 'bytes=2-4', 'if-range': etag })).status).toBe(206);
  expect((await get('index.html', { range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200);
});

test('no link leads out of the folder; one within it is followed', async () => {
  const get = await serve();
  for (const key of ['link.txt', 'out/secret.txt', 'out/site/index.html', 'out']) {
    const answer = await get(key);
    const text = await answer.text();
    expect([answer.status, text.includes('secret')], key).toEqual([key === 'out/site/index.html' ? 200 : 404, false]);
  }
  expect(await (await get('within.html')).text()).toBe('0123456789');
});
