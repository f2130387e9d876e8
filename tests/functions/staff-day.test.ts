import { readFile } from 'node:fs/promises';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { publishRequestKey } from '../../lib/staff/publish-request.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/**
 * A day of the staff, and two nights, by the clock: the functions as the schedules start them, each in a new instance, over HTTP. The table of
 * what they ask for is in docs/benchmarks.md.
 */

/** What a request is taken to last, and starting an instance, in milliseconds. They are assumptions, on the long side. */
const lasting = { google: 800, s3: 60, start: 1_500 };

const id = 'sheet-of-the-staff';
let clock: VirtualClock;
let google: GoogleServer;
let s3: S3Server;

beforeEach(async () => {
  clock = new VirtualClock(japaneseTime('2025-06-02 09:59:00'));
  google = await GoogleServer.start(clock);
  google.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  google.edit(id, (model) => {
    model.type('設定', 'A5', '今すぐ公開');
    tick(model, false);
  });
  s3 = await startS3Server({ buckets: ['site', 'state'] });
  const environment = {
    SPREADSHEET_ID: id,
    SITE_BUCKET: 'site',
    STATE_BUCKET: 'state',
    STAGE: 'test',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await google[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

function japaneseTime(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}+09:00`);
}

const tick = (model: SpreadsheetModel, ticked: boolean) =>
  model.set('設定', 'B5', {
    formattedValue: ticked ? 'TRUE' : 'FALSE',
    userEnteredValue: { boolValue: ticked },
  });

interface Ran {
  readonly outcome: string;
  readonly google: number;
  readonly s3: number;
  /** When it was done, by the clock of Japan. */
  readonly done: string;
}

/** A function is started at a time of the day, in an instance that has never run. What it asks for, and when it is done. */
async function run(name: 'poll' | 'publish', at: string, event: unknown = {}): Promise<Ran> {
  const start = japaneseTime(at);
  clock.advance(start - clock.now());
  vi.setSystemTime(start);
  vi.resetModules();
  const before = { google: google.count(), s3: s3.log.length };
  const { handler } = await import(`../../functions/${name}.ts`);
  const end = performance.now() + 300_000;
  const context: Partial<Context> = {
    awsRequestId: `${name} ${at}`,
    getRemainingTimeInMillis: () => end - performance.now(),
  };
  const { outcome } = await handler(event, context).catch((error: Error) => ({ outcome: error.message }));
  const asked = { google: google.count() - before.google, s3: s3.log.length - before.s3 };
  const took = lasting.start + asked.google * lasting.google + asked.s3 * lasting.s3;
  const done = new Date(start + took + 9 * 60 * 60_000).toISOString().slice(11, 19);
  return { outcome, ...asked, done };
}

const publicationsAskedFor = () => s3.log.filter((line) => line === `PUT state/${publishRequestKey}`).length;
const noteAt = (cell: string) => google.spreadsheet(id).cell('目標', cell).note;
const said = () => JSON.stringify(google.spreadsheet(id).texts('確認結果'));
const page = () => s3.objects.get('site/2024/index.html')?.body.toString() ?? '';

test('a day: defect, mended, tick; a night with nothing new; a night without Google', async () => {
  const table: string[] = [];
  const row = (what: string, { google: asked, s3: stored, done }: Ran) =>
    table.push(`| ${what} | ${asked} | ${stored} | ${done} |`);
  await run('publish', '2025-06-02 04:00:00', { reason: 'manual' });
  clock.advance(japaneseTime('2025-06-02 09:58:00') - clock.now());
  await run('poll', '2025-06-02 09:58:00');

  const quiet = await run('poll', '2025-06-02 09:59:00');
  row('9:59:00 poll, nothing changed', quiet);
  expect(quiet).toMatchObject({ outcome: 'unchanged', google: 1, s3: 1 });

  await run('poll', '2025-06-02 10:00:00');
  // Typed right after the sheet was read: the longest wait that there is.
  google.edit(id, (model) => model.type('目標', 'D2', 'まあまあ'));
  const found = await run('poll', '2025-06-02 10:01:00');
  row('10:01:00 poll, a defect typed at 10:00:00: its note is there', found);
  expect(found.outcome).toBe('written');
  expect(noteAt('D2')).toContain('まあまあ');
  expect(said()).toContain('まあまあ');
  expect(found.done <= '10:01:05').toBe(true);

  google.edit(id, (model) => model.type('目標', 'D2', '達成'));
  const mended = await run('poll', '2025-06-02 10:02:00');
  row('10:02:00 poll, mended at 10:01:05: note and finding are gone', mended);
  expect(noteAt('D2') ?? '').toBe('');
  expect(said()).not.toContain('まあまあ');
  expect(mended.done <= '10:02:10').toBe(true);

  google.edit(id, (model) => {
    model.type('目標', 'C2', '新しい目標を掲げる');
    tick(model, true);
  });
  const asking = await run('poll', '2025-06-02 10:03:00');
  row('10:03:00 poll, 今すぐ公開 ticked at 10:02:10: publication is asked for', asking);
  expect(asking.outcome).toBe('asked');
  expect(publicationsAskedFor()).toBe(1);
  expect(page()).not.toContain('新しい目標を掲げる');
  const published = await run('publish', '2025-06-02 10:03:06', { reason: 'publish-now' });
  row('10:03:06 publish: the site has it, the tick is off, 確認結果 says so', published);
  expect(published.outcome).toBe('published');
  expect(page()).toContain('新しい目標を掲げる');
  expect(google.spreadsheet(id).cell('設定', 'B5').formattedValue).toBe('FALSE');
  expect(said()).toContain('公表しました');
  expect(published.done <= '10:04:10').toBe(true);

  const after = await run('poll', '2025-06-02 10:04:00');
  row('10:04:00 poll, nothing changed', after);
  expect(after).toMatchObject({ outcome: 'unchanged', google: 1, s3: 1 });
  expect(said()).toContain('公表しました');

  const listed = await run('poll', '2025-06-02 10:20:00');
  row('10:20:00 poll, nothing changed, a quarter of an hour after the tabs were last listed', listed);
  expect(listed).toMatchObject({ outcome: 'unchanged', google: 2, s3: 2 });

  const night = await run('publish', '2025-06-03 04:00:00', { reason: 'nightly' });
  row('4:00:00 the night, nothing changed', night);
  expect(night).toMatchObject({ outcome: 'unchanged', google: 1, s3: 3 });

  google.edit(id, (model) => model.type('目標', 'C2', '夜の前に改めた目標'));
  await run('poll', '2025-06-03 18:00:00');
  // With a pause asked for that is longer than the run may take: it is given up at once.
  google.failAlways({ status: 503, retryAfter: '3600' });
  const lost = await run('publish', '2025-06-04 04:00:00', { reason: 'nightly' });
  expect(lost.outcome).toContain('google-');
  expect((await run('poll', '2025-06-04 04:10:00')).outcome).toContain('google-');
  google.failAlways(null);
  expect(page()).not.toContain('夜の前に改めた目標');
  const back = await run('poll', '2025-06-04 05:40:00');
  row('5:40:00 poll, the first after a night without Google: publication is asked for', back);
  expect(back.outcome).toBe('asked');
  expect((await run('publish', '2025-06-04 05:40:06', { reason: 'publish-now' })).outcome).toBe('published');
  expect(page()).toContain('夜の前に改めた目標');
  expect(await run('poll', '2025-06-04 05:50:00')).toMatchObject({ outcome: 'unchanged', google: 1, s3: 1 });
  expect(publicationsAskedFor()).toBe(2);

  const benchmarks = await readFile(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  const cells = (line: string) => line.split('|').map((cell) => cell.trim());
  const printed = benchmarks.split('\n').map((line) => cells(line).join('|'));
  for (const line of table) expect(printed).toContain(cells(line).join('|'));
});
