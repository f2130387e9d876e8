import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundle, type FunctionName, type functionNames } from '../../deploy/bundle.ts';
import { runRecordSchema } from '../../lib/staff/run-record.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { startHoldingProxy } from '../support/holding-proxy.ts';
import { hasLambdaRuntime, type LambdaEnvironment, startLambda } from '../support/lambda-runtime.ts';
import { hasRadosgw, type Radosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { type SnsServer, startSnsServer } from '../support/sns-server.ts';
import { startSsmServer } from '../support/ssm-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

const sheetId = 'sheet-of-the-functions';
const nightly = { reason: 'nightly' };

let folders: Record<(typeof functionNames)[number], string>;
let gateway: Radosgw | S3Server;
let client: S3Client;
let number = 0;

let clock: VirtualClock;
let google: GoogleServer;
let sns: SnsServer;
let buckets: { readonly site: string; readonly state: string };
const running: LambdaEnvironment[] = [];

/** Unpacks what is deployed. */
async function unpacked(name: FunctionName): Promise<string> {
  const target = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  await bundle(name, target);
  const folder = path.join(target, 'unpacked');
  for (const [key, body] of Object.entries(unzipSync(await readFile(path.join(target, `${name}.zip`))))) {
    await mkdir(path.dirname(path.join(folder, key)), { recursive: true });
    await writeFile(path.join(folder, key), body);
  }
  return folder;
}

function environmentOf(endpoint = gateway.endpoint): Record<string, string> {
  return {
    SPREADSHEET_ID: sheetId,
    SITE_BUCKET: buckets.site,
    STATE_BUCKET: buckets.state,
    SITE_URL: 'https://goals.example.jp/',
    STAGE: 'test',
    STAFF_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:staff',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
  };
}

async function start(name: (typeof functionNames)[number], environment = environmentOf()): Promise<LambdaEnvironment> {
  const lambda = await startLambda(folders[name], `functions/${name}.handler`, environment);
  running.push(lambda);
  return lambda;
}

const lineSchema = z.object({ message: z.string() }).loose();

/** The structured lines of a log, without the figures. */
function logged({ lines }: LambdaEnvironment): z.infer<typeof lineSchema>[] {
  return lines.flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  });
}

const figuresSchema = z.object({ _aws: z.unknown(), service: z.literal('mokuhyo'), stage: z.string() }).loose();

/** The figures of each run. */
function measured({ lines }: LambdaEnvironment): z.infer<typeof figuresSchema>[] {
  return lines.flatMap((line) =>
    line.includes('"_aws"') && line.includes('"SiteUpToDate"') ? [figuresSchema.parse(JSON.parse(line))] : [],
  );
}

async function siteText(key: string): Promise<string | null> {
  const object = await s3Store(client, buckets.site, '').get(key);
  return object === null ? null : new TextDecoder().decode(object.body);
}

async function record(): Promise<z.infer<typeof runRecordSchema>> {
  const object = await s3Store(client, buckets.state, '').get('report.json');
  return runRecordSchema.parse(JSON.parse(new TextDecoder().decode(object?.body)));
}

describe.skipIf(!hasLambdaRuntime)('the packaged functions, run by AWS’s own client', () => {
  beforeAll(async () => {
    folders = { poll: await unpacked('poll'), publish: await unpacked('publish') };
    gateway = hasRadosgw() ? await startRadosgw() : await startS3Server({ buckets: [] });
    client = s3ClientFor(gateway.endpoint);
  }, 300_000);

  afterAll(async () => {
    client?.destroy();
    await gateway?.[Symbol.asyncDispose]();
    for (const folder of Object.values(folders ?? {})) await rm(path.dirname(folder), { recursive: true, force: true });
  });

  beforeEach(async () => {
    number += 1;
    buckets = { site: `site-${number}`, state: `state-${number}` };
    for (const Bucket of Object.values(buckets)) await client.send(new CreateBucketCommand({ Bucket }));
    clock = new VirtualClock();
    google = await GoogleServer.start(clock);
    google.add(sheetId, SpreadsheetModel.of(workbookOf(soundTabs)));
    sns = await startSnsServer();
  });

  afterEach(async () => {
    const exits = running.map((lambda) => lambda.exit());
    for (const lambda of running.splice(0)) await lambda[Symbol.asyncDispose]();
    // Whatever came of an event, an error too, the process is there for the next one.
    expect(exits).toEqual(exits.map(() => null));
    await google[Symbol.asyncDispose]();
    await sns[Symbol.asyncDispose]();
  });

  describe('publish', () => {
    it('cold, warm and by a repeated event: publishes once, and says each step', async () => {
      const lambda = await start('publish');
      const first = await lambda.invoke({ event: nightly });
      expect(first).toEqual({ kind: 'response', value: { outcome: 'published', release: expect.any(String) } });
      expect(await siteText('2024/somu/index.html')).toContain('data-department="somu"');
      expect(await siteText('feed.xml')).toContain('https://goals.example.jp/');
      expect(logged(lambda).map(({ message }) => message)).toEqual([
        'publishing started',
        'publishing ended',
        'run recorded',
        'sheet answered',
        'staff mailed',
        'subscribers counted',
      ]);
      expect(logged(lambda).at(-1)).toMatchObject({ staff: 1 });
      expect(logged(lambda)[0]).toMatchObject({ level: 'INFO', cold_start: true, stage: 'test', reason: 'nightly' });
      expect(measured(lambda)).toMatchObject([{ stage: 'test', SiteUpToDate: 1, HeldDepartments: 0, Errors: 0 }]);
      expect(sns.mails.map(({ body }) => body?.split('\n\n').slice(0, 2).join('\n'))).toEqual([
        '部長目標のシートを確認し、公表できる内容をサイトに反映しました。\n■ 公表した内容',
      ]);
      expect((await record()).upToDateAt).not.toBeNull();

      clock.advance(60_000);
      const warm = await lambda.invoke({ event: nightly });
      expect(warm).toMatchObject({ kind: 'response', value: { outcome: 'unchanged' } });
      const again = await lambda.invoke({ event: nightly, requestId: 'request-1' });
      expect(again).toEqual(warm);
      expect(measured(lambda).map(({ ObjectsWritten }) => ObjectsWritten)).toEqual([expect.any(Number), 0, 0]);
    });

    it('mails the staff what needs them, once a night, without a word of what stands in the sheet', async () => {
      google.edit(sheetId, (model) => {
        model.set('目標', 'D3', { formattedValue: 'ひみつの言葉' });
        model.set('部', 'F2', { formattedValue: '' });
      });
      sns.refuse(1);
      const lambda = await start('publish');
      const refused = await lambda.invoke({ event: nightly, requestId: 'night' });
      expect(refused).toMatchObject({ kind: 'error', errorType: 'AuthorizationErrorException' });
      expect(sns.mails).toEqual([]);
      clock.advance(60_000);
      await lambda.invoke({ event: nightly, requestId: 'night' });
      await lambda.invoke({ event: nightly, requestId: 'night' });
      await lambda.invoke({ event: nightly, requestId: 'another' });
      expect(sns.mails).toHaveLength(1);
      expect(sns.mails[0]?.topic).toBe('arn:aws:sns:us-east-1:000000000000:staff');
      expect(sns.mails[0]?.body).toContain('● 総務部');
      expect(sns.mails[0]?.body).toContain(`https://docs.google.com/spreadsheets/d/${sheetId}/edit`);
      expect(`${sns.mails[0]?.body}${lambda.lines.join('')}`).not.toContain('ひみつ');
      expect((await record()).held).toMatchObject([{ department: '総務部', showing: null }]);
    });

    it('throws where nothing can be published, changes nothing, and goes on with the next event', async () => {
      const lambda = await start('publish');
      await lambda.invoke({ event: nightly });
      const before = await siteText('index.html');
      google.alter(sheetId, { role: 'none' });
      const failed = await lambda.invoke({ event: nightly });
      expect(failed).toMatchObject({ kind: 'error', errorType: 'NothingPublished' });
      expect(await siteText('index.html')).toBe(before);
      expect(measured(lambda).at(-1)).toMatchObject({ SiteUpToDate: 0 });
      google.alter(sheetId, { role: 'writer' });
      clock.advance(60_000);
      expect(await lambda.invoke({ event: nightly })).toMatchObject({ value: { outcome: 'unchanged' } });
    });

    it('stops in time in the middle of writing, leaves a whole site, and the next event goes on', async () => {
      await using proxy = await startHoldingProxy(gateway.endpoint, /\/2024\/somu\/index\.html/u, 18_000);
      const lambda = await start('publish', environmentOf(proxy.endpoint));
      // 40 s are kept back for what follows, and 3 s for writing down how far the run came: 17 s are left for the writing.
      const stopped = await lambda.invoke({ event: nightly, timeLeftMs: 60_000 });
      expect(stopped).toEqual({ kind: 'error', errorType: 'NothingPublished', errorMessage: 'failed: out-of-time' });
      // The data was written before the page that is held up, and what names it was not.
      expect(await siteText('data/v1/2024.json')).not.toBeNull();
      expect(await siteText('index.html')).toBeNull();
      clock.advance(60_000);
      expect(await lambda.invoke({ event: nightly })).toMatchObject({ value: { outcome: 'published' } });
      expect(await siteText('index.html')).not.toBeNull();
    });

    it('killed at its deadline in the middle of writing leaves a whole site, and the next process goes on', async () => {
      const before = await start('publish');
      await before.invoke({ event: nightly });
      const [home, data] = [await siteText('index.html'), await siteText('data/v1/2024.json')];
      google.edit(sheetId, (model) => model.set('目標', 'C2', { formattedValue: '改めた目標' }));
      clock.advance(60_000);
      {
        await using proxy = await startHoldingProxy(gateway.endpoint, /\/2024\/somu\/index\.html/u, 4000);
        // It is told of more time than it gets, so it cannot stop by itself.
        await using lambda = await startLambda(
          folders.publish,
          'functions/publish.handler',
          environmentOf(proxy.endpoint),
        );
        const answer = lambda.invoke({ event: nightly, killedAfterMs: 3000 });
        expect(await answer).toEqual({ kind: 'ended' });
        expect(lambda.exit()).toBe('SIGKILL');
        expect(logged(lambda).map(({ message }) => message)).toEqual(['publishing started']);
      }
      expect([await siteText('index.html'), await siteText('data/v1/2024.json')]).not.toEqual([home, data]);
      expect(await siteText('2024/somu/index.html')).not.toContain('改めた目標');
      const next = await start('publish');
      expect(await next.invoke({ event: nightly })).toMatchObject({ value: { outcome: 'published' } });
      expect(await siteText('2024/somu/index.html')).toContain('改めた目標');
    });

    it('names every variable that is missing, with no value, and does nothing', async () => {
      const { SPREADSHEET_ID: _, STATE_BUCKET: __, ...rest } = environmentOf();
      const lambda = await start('publish', { ...rest, SITE_URL: 'top-secret' });
      const answer = await lambda.invoke({ event: nightly });
      expect(answer).toMatchObject({ kind: 'error', errorType: 'ConfigurationError' });
      const message = 'errorMessage' in answer ? answer.errorMessage : '';
      expect(message).toMatch(/SPREADSHEET_ID: .*STATE_BUCKET: .*SITE_URL: /u);
      expect(`${message}${lambda.lines.join('')}`).not.toContain('top-secret');
      expect(google.count()).toBe(0);
    });
  });

  describe('poll', () => {
    it('answers in the sheet, and then costs one request as long as nobody edits', async () => {
      const lambda = await start('poll');
      expect(await lambda.invoke({ event: { reason: 'poll' } })).toEqual({
        kind: 'response',
        value: { outcome: 'written' },
      });
      expect(google.spreadsheet(sheetId).texts('確認結果')[2]?.[1]).toContain('次の公表');
      clock.advance(60_000);
      await lambda.invoke({ event: {} });
      const before = google.count();
      expect(await lambda.invoke({ event: {} })).toMatchObject({ value: { outcome: 'unchanged' } });
      expect(google.count() - before).toBe(1);
      google.edit(sheetId, (model) => model.set('目標', 'D2', { formattedValue: '未達成' }));
      expect(await lambda.invoke({ event: {} })).toMatchObject({ value: { outcome: 'unchanged' } });
      expect(await siteText('index.html')).toBeNull();
    });

    it('asks for publication where 今すぐ公開 is ticked; publish does it and takes the tick off', async () => {
      google.edit(sheetId, (model) => {
        model.set('設定', 'A5', { formattedValue: '今すぐ公開' });
        model.set('設定', 'B5', { formattedValue: 'TRUE', userEnteredValue: { boolValue: true } });
      });
      const poll = await start('poll');
      expect(await poll.invoke({ event: {} })).toMatchObject({ value: { outcome: 'asked' } });
      expect(await s3Store(client, buckets.state, '').get('requests/publish-now.json')).not.toBeNull();
      const publish = await start('publish');
      expect(await publish.invoke({ event: { reason: 'publish-now' } })).toMatchObject({
        value: { outcome: 'published' },
      });
      expect(google.spreadsheet(sheetId).cell('設定', 'B5').formattedValue).toBe('FALSE');
      expect(sns.mails).toEqual([]);
      // What publish wrote stays: 「公表しました」 is not written over by the next poll.
      clock.advance(60_000);
      const answer = google.spreadsheet(sheetId).texts('確認結果');
      await poll.invoke({ event: {} });
      expect(google.spreadsheet(sheetId).texts('確認結果')).toEqual(answer);
    });

    it('reads the credentials from the parameter store, and shows nothing of what it holds', async () => {
      await using ssm = await startSsmServer('{"type":"unknown","secret":"top-secret"}');
      const { GOOGLE_API_ROOT: _, ...rest } = environmentOf();
      const lambda = await start('poll', {
        ...rest,
        GOOGLE_CREDENTIALS_PARAMETER: '/mokuhyo/test/google-credentials',
        AWS_ENDPOINT_URL_SSM: ssm.endpoint,
      });
      const answer = await lambda.invoke({ event: {} });
      expect(answer).toMatchObject({ kind: 'error', errorType: 'SheetUnreadable' });
      const message = 'errorMessage' in answer ? answer.errorMessage : '';
      expect(message).toMatch(/^google-credentials/u);
      expect(`${message}${lambda.lines.join('')}`).not.toContain('top-secret');
    });

    it('throws where Google refuses, and is right again with the next event', async () => {
      google.alter(sheetId, { role: 'none' });
      const lambda = await start('poll');
      expect(await lambda.invoke({ event: {} })).toMatchObject({ kind: 'error', errorType: 'SheetUnreadable' });
      google.alter(sheetId, { role: 'writer' });
      expect(await lambda.invoke({ event: {} })).toMatchObject({ value: { outcome: 'written' } });
    });
  });
});
