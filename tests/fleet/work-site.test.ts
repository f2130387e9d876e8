import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodedSiteList } from '../../lib/fleet/list-file.ts';
import { paceKey } from '../../lib/fleet/shared-pace.ts';
import type { SiteEntry } from '../../lib/fleet/site-list.ts';
import { listReleases } from '../../lib/release/releases.ts';
import { openStore } from '../../lib/stores/open.ts';
import { sheetOf } from '../support/fleet.ts';
import { GoogleServer } from '../support/google-server.ts';
import type { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { lambdaContext, queuedMessage } from '../support/lambda-context.ts';
import { listedSite } from '../support/listed-site.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** The function that works on one city after another, as Lambda calls it with messages of SQS. */

let clock: VirtualClock;
let google: GoogleServer;
let s3: S3Server;
let sqs: FauxqsServer;
let mail: { readonly server: Server; readonly sent: string[] };
const logged: string[] = [];

beforeEach(async () => {
  clock = new VirtualClock(Date.parse('2025-06-02T18:00:00Z'));
  google = await GoogleServer.start(clock);
  s3 = await startS3Server({ buckets: ['sites', 'state', 'previews'] });
  sqs = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  for (const name of ['work', 'night']) sqs.createQueue(name);
  mail = await startMailServer();
  const address = mail.server.address();
  const environment = {
    SITES: 's3://state/sites.json',
    SITE_BUCKET: 'sites',
    STATE_BUCKET: 'state',
    PREVIEW_BUCKET: 'previews',
    WORK_QUEUE_URL: `${sqs.address}/000000000000/work`,
    NIGHT_QUEUE_URL: `${sqs.address}/000000000000/night`,
    MAIL_FROM: 'goals@pref.example.lg.jp',
    STAGE: 'test',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.address,
    AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  logged.length = 0;
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void logged.push(said.join(' ')));
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      logged.push(String(text));
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await google[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
  await sqs.stop();
  mail.server.closeAllConnections();
  mail.server.close();
});

async function startMailServer(): Promise<typeof mail> {
  const sent: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    sent.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"MessageId":"1"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, sent };
}

async function listed(...sites: readonly SiteEntry[]): Promise<void> {
  const state = await openStore('s3://state');
  const object = { body: encodedSiteList({ sites: [...sites] }), contentType: 'application/json', cacheControl: '' };
  await state.put('sites.json', object);
}

/** Sends messages to a new instance of the function, and gives the ids of those that failed: the sites' own. */
async function workOn(work: 'look' | 'nightly', ...ids: readonly string[]): Promise<string[]> {
  const bodies = ids.map((site) =>
    JSON.stringify({ schemaVersion: 1, site, work, at: new Date(clock.now()).toISOString() }),
  );
  return deliver(work === 'nightly' ? 'night' : 'work', bodies, ids);
}

async function deliver(queue: string, bodies: readonly string[], ids: readonly string[]): Promise<string[]> {
  vi.resetModules();
  const { work: handle } = await import('../../functions/work-site.ts');
  const Records = bodies.map((body, index) => queuedMessage(queue, ids[index] ?? '', body));
  const { batchItemFailures } = await handle(
    { Records },
    lambdaContext(() => 280_000),
    clock,
  );
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const tickIn = (model: SpreadsheetModel) => {
  model.type('設定', 'A5', '今すぐ公開');
  model.set('設定', 'B5', { formattedValue: 'TRUE', userEnteredValue: { boolValue: true } });
};
const keysOf = (bucket: string, prefix: string) =>
  [...s3.objects.keys()].filter((key) => key.startsWith(`${bucket}/${prefix}`));

test('a city that fails is the only one of its batch to come again, and the log names it', async () => {
  await listed(...['a', 'b', 'c'].map((id) => listedSite(id)));
  for (const id of ['a', 'c']) google.add(`sheet-of-${id}-0000`, sheetOf(id));
  expect(await workOn('nightly', 'a', 'b', 'c')).toEqual(['b']);
  expect(keysOf('sites', 'a/index.html')).toHaveLength(1);
  expect(keysOf('sites', 'c/index.html')).toHaveLength(1);
  expect(keysOf('sites', 'b/')).toEqual([]);
  expect(keysOf('state', 'sites/b/night.json')).toEqual([]);
  expect(logged.join('')).toMatch(/"site":"b"[^}]*/u);
  expect(logged.join('')).toContain('b: google-sheet-not-found');
  // Each has its state, its record and its preview in a place of its own.
  for (const id of ['a', 'c']) {
    expect(keysOf('state', `sites/${id}/state.json`)).toHaveLength(1);
    expect(keysOf('state', `sites/${id}/report.json`)).toHaveLength(1);
    // By which the report of the fleet knows that the night came to its end here.
    expect(keysOf('state', `sites/${id}/night.json`)).toHaveLength(1);
    expect(keysOf('previews', `${id}/preview/`).length).toBeGreaterThan(0);
  }
  const outside = [...s3.objects.keys()].filter(
    (key) => !/^(?:sites|previews)\/[ac]\/|^state\/(?:sites\/[abc]\/|fleet\/|sites\.json$)/u.test(key),
  );
  expect(outside).toEqual([]);
});

test('今すぐ公開 is done by the look that finds it, and the tick is taken away', async () => {
  await listed(listedSite('a'));
  google.add('sheet-of-a-0000', sheetOf('a'));
  google.edit('sheet-of-a-0000', tickIn);
  expect(await workOn('look', 'a')).toEqual([]);
  expect(keysOf('sites', 'a/index.html')).toHaveLength(1);
  expect(google.spreadsheet('sheet-of-a-0000').texts('設定')[4]?.[1]).toBe('FALSE');
  // The same message again, and one that comes late: nothing more.
  const before = new Map(s3.objects);
  expect(await workOn('look', 'a', 'a')).toEqual([]);
  expect(keysOf('sites', 'a/').map((key) => s3.objects.get(key))).toEqual(
    keysOf('sites', 'a/').map((key) => before.get(key)),
  );
});

test('a worker that died between asking and publishing is made up for by the message that comes again', async () => {
  await listed(listedSite('a'));
  google.add('sheet-of-a-0000', sheetOf('a'));
  google.edit('sheet-of-a-0000', tickIn);
  // It asked, and no more: every write on the site fails.
  s3.fail({ kind: 'forbidden', method: 'PUT', path: /^sites\//u, times: 500 });
  expect(await workOn('look', 'a')).toEqual(['a']);
  s3.endFaults();
  expect(await workOn('look', 'a')).toEqual([]);
  expect(keysOf('sites', 'a/index.html')).toHaveLength(1);
});

test('a city’s mail goes to that city and to nobody else', async () => {
  await listed(listedSite('a', { staffEmail: 'kikaku@a.example.lg.jp' }), listedSite('b', { staffEmail: null }));
  for (const id of ['a', 'b']) google.add(`sheet-of-${id}-0000`, sheetOf(id));
  expect(await workOn('nightly', 'a', 'b')).toEqual([]);
  expect(mail.sent).toHaveLength(1);
  const { Destination, FromEmailAddress, Content } = JSON.parse(mail.sent[0] ?? '');
  expect(Destination).toEqual({ ToAddresses: ['kikaku@a.example.lg.jp'] });
  expect(FromEmailAddress).toBe('goals@pref.example.lg.jp');
  expect(Content.Simple.Body.Text.Data).toContain('https://goals.example.lg.jp/a/');
  // The same night's message again is no second mail.
  expect(await workOn('nightly', 'a')).toEqual([]);
  expect(mail.sent).toHaveLength(1);
});

test('paused or off the list: the message is done with, and the sheet is not read', async () => {
  await listed(listedSite('a', { paused: true }));
  google.add('sheet-of-a-0000', sheetOf('a'));
  expect(await workOn('nightly', 'a', 'gone')).toEqual([]);
  expect(google.count()).toBe(0);
});

test('where everybody is asking Google, the city is put off by a new message, which is no failed try of it', async () => {
  await listed(listedSite('a'));
  google.add('sheet-of-a-0000', sheetOf('a'));
  const notBefore = clock.now() + 3_600_000;
  const body = new TextEncoder().encode(JSON.stringify({ schemaVersion: 1, read: 0, write: 0, notBefore }));
  await (await openStore('s3://state')).put(paceKey, { body, contentType: '', cacheControl: '' });
  expect(await workOn('look', 'a')).toEqual([]);
  expect(google.count('get')).toBe(0);
  const { messages } = sqs.inspectQueue('work') ?? {};
  expect(
    [...(messages?.delayed ?? []), ...(messages?.ready ?? [])].map(({ body: sent }) => JSON.parse(sent).site),
  ).toEqual(['a']);
});

test('"too many requests" of one city slows down all', async () => {
  await listed(listedSite('a'));
  google.add('sheet-of-a-0000', sheetOf('a'));
  google.failNext({ status: 429, retryAfter: '30' });
  const began = clock.now();
  expect(await workOn('look', 'a')).toEqual([]);
  const stored = s3.objects.get(`state/${paceKey}`);
  expect(JSON.parse(stored?.body.toString() ?? '{}').notBefore).toBeGreaterThanOrEqual(began + 30_000);
});

test('what is no message fails by itself', async () => {
  await listed(listedSite('a'));
  expect(await deliver('work', ['{"site":"../b"}', 'no JSON'], ['1', '2'])).toEqual(['1', '2']);
});

test('a deployment of one city that moves into a list keeps its addresses and its history', async () => {
  google.add('sheet-of-a-0000', sheetOf('a'));
  vi.stubEnv('SPREADSHEET_ID', 'sheet-of-a-0000');
  vi.stubEnv('SITE_URL', 'https://goals.example.lg.jp/a/');
  vi.stubEnv('SITE_PREFIX', 'a');
  vi.resetModules();
  const { handler } = await import('../../functions/publish.ts');
  await handler(
    { reason: 'nightly' },
    lambdaContext(() => 280_000),
  );
  const state = await openStore('s3://state');
  const before = { site: new Map(s3.objects), releases: await listReleases(state) };
  expect(keysOf('sites', 'a/index.html')).toHaveLength(1);

  await listed(listedSite('a', { stateAtRoot: true }), listedSite('b'));
  google.add('sheet-of-b-0000', sheetOf('b'));
  expect(await workOn('nightly', 'a', 'b')).toEqual([]);
  // Not one object of its site was written anew, and nothing of it was made twice.
  for (const key of keysOf('sites', 'a/')) expect(s3.objects.get(key)).toBe(before.site.get(key));
  expect(keysOf('sites', 'a/')).toHaveLength(
    [...before.site.keys()].filter((key) => key.startsWith('sites/a/')).length,
  );
  expect(keysOf('state', 'sites/a/')).toEqual([]);
  expect(await listReleases(state)).toEqual(before.releases);
  google.edit('sheet-of-a-0000', (model) => model.type('目標', 'C2', '新しい目標'));
  expect(await workOn('nightly', 'a')).toEqual([]);
  const after = await listReleases(state);
  expect(after.ok && before.releases.ok && after.releases.length - before.releases.releases.length).toBe(1);
});
