import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { type SesServer, startSesServer } from '../support/ses-server.ts';
import { type SnsServer, startSnsServer } from '../support/sns-server.ts';
import { type SsmServer, startSsmServer } from '../support/ssm-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { startWebhookServer, type WebhookServer } from '../support/webhook-server.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/**
 * A city around its deadline, night by night: the function as the schedule starts it, over HTTP, with the real
 * clients of Google, S3, SNS, SES and the parameter store. To read what is sent: `npx vitest run tests/functions/reminders.test.ts`
 * with `PRINT_MAILS=1`.
 */

const id = 'sheet-of-the-staff';
const secret = 'c2VjcmV0LXdlYmhvb2stb2YtYS1jaXR5';
const contacts = ['連絡先メール', 'somu@city.example', 'fukushi@city.example'];
let clock: VirtualClock;
let google: GoogleServer;
let s3: S3Server;
let sns: SnsServer;
let ses: SesServer;
let webhook: WebhookServer;
let ssm: SsmServer;
let printed = '';

beforeEach(async () => {
  clock = new VirtualClock(nightOf('2025-04-01'));
  google = await GoogleServer.start(clock);
  google.add(
    id,
    SpreadsheetModel.of(
      workbookOf({
        ...soundTabs,
        設定: [...soundTabs.設定, ['締切（結果）', '2025年4月30日']],
        部: soundTabs.部.map((row, index) => [...row, contacts[index] ?? '']),
      }),
    ),
  );
  s3 = await startS3Server({ buckets: ['site', 'state', 'previews'] });
  sns = await startSnsServer();
  ses = await startSesServer();
  webhook = await startWebhookServer(secret);
  ssm = await startSsmServer(webhook.url);
  const environment = {
    SPREADSHEET_ID: id,
    SITE_BUCKET: 'site',
    STATE_BUCKET: 'state',
    PREVIEW_BUCKET: 'previews',
    SITE_URL: 'https://site.example/',
    STAGE: 'test',
    STAFF_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:staff',
    REMINDER_SENDER: 'goals@city.example',
    REMINDER_WEBHOOK_PARAMETER: '/mokuhyo/test/webhook',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
    AWS_ENDPOINT_URL_SSM: ssm.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // Nothing of another test's servers is kept.
  vi.resetModules();
  printed = '';
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => {
      printed += `${said.join(' ')}\n`;
    });
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  }
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  if (process.env['PRINT_MAILS'])
    for (const { subject, body } of [...ses.mails, ...sns.mails]) process.stdout.write(`\n=== ${subject}\n${body}\n`);
  for (const server of [google, s3, sns, ses, webhook, ssm]) await server[Symbol.asyncDispose]();
});

/** Four in the morning, by the clock of Japan. */
function nightOf(day: string): number {
  return Date.parse(`${day}T04:00:00+09:00`);
}

interface Night {
  /** Who got a mail by SES. */
  readonly to: readonly string[];
  /** Subjects of the mails of the staff's topic that speak of the deadline. */
  readonly coordinator: readonly string[];
  readonly posted: number;
  /** What the function wrote of the reminders into its log. */
  readonly log: string;
  readonly failures: number | null;
}

async function night(day: string, event: unknown = { reason: 'nightly' }): Promise<Night> {
  clock.advance(nightOf(day) - clock.now());
  vi.setSystemTime(nightOf(day));
  const before = { ses: ses.mails.length, sns: sns.mails.length, posted: webhook.messages.length, log: printed.length };
  const { handler } = await import('../../functions/publish.ts');
  const end = performance.now() + 300_000;
  const context: Partial<Context> = {
    awsRequestId: `night of ${day}`,
    getRemainingTimeInMillis: () => end - performance.now(),
  };
  await handler(event, context as Context);
  const log = printed.slice(before.log);
  const failures = /"ReminderFailures":(\d+)/u.exec(log)?.[1];
  return {
    to: ses.mails.slice(before.ses).map(({ to }) => to),
    coordinator: sns.mails
      .slice(before.sns)
      .map(({ subject }) => subject ?? '')
      .filter((subject) => subject.includes('締切')),
    posted: webhook.messages.length - before.posted,
    log,
    failures: failures === undefined ? null : Number(failures),
  };
}

const stateFile = () => s3.objects.get('state/reminders.json')?.body.toString() ?? '';
const type = (tab: string, cell: string, text: string) => google.edit(id, (model) => model.type(tab, cell, text));

test('a walk by the calendar: seven days before, the day, and after it every third working day, to the department that owes', async () => {
  type('目標', 'D2', '');
  const walk: string[] = [];
  const go = async (from: string, to: string) => {
    for (let time = nightOf(from); time <= nightOf(to); time += 86_400_000) {
      const day = new Date(time + 9 * 3_600_000).toISOString().slice(0, 10);
      const { to: mailed, coordinator, posted, failures } = await night(day);
      expect(failures).toBe(0);
      expect(posted).toBe(coordinator.length);
      if (mailed.length + coordinator.length > 0) walk.push([day, ...mailed, ...coordinator].join(' | '));
    }
  };
  await go('2025-04-21', '2025-05-08');
  // 総務部 has done its part, and 福祉部 undoes a cell of its own.
  type('目標', 'D2', '達成');
  type('部', 'F3', '');
  type('部', 'G3', '下書き');
  await go('2025-05-09', '2025-05-13');
  type('部', 'F3', '総括の二');
  await go('2025-05-14', '2025-05-21');
  expect(walk).toEqual([
    '2025-04-23 | somu@city.example | 【目標】締切（4月30日）まで、あと7日です（残り1件）',
    '2025-04-30 | somu@city.example | 【目標】今日（4月30日）が締切です（残り1件）',
    // Golden Week lies between.
    '2025-05-07 | somu@city.example | 【目標】締切（4月30日）を過ぎています（残り1件）',
    '2025-05-12 | fukushi@city.example | 【目標】締切（4月30日）を過ぎています（残り1件）',
  ]);

  const [first] = ses.mails;
  expect(first).toMatchObject({ from: 'goals@city.example', to: 'somu@city.example' });
  const tabs = google.spreadsheet(id).show(id).sheets ?? [];
  const gid = tabs.find(({ properties }) => properties?.title === '目標')?.properties?.sheetId;
  expect(first?.body).toContain('・「目標」シートの「達成状況」（D2）');
  expect(first?.body).toContain(`https://docs.google.com/spreadsheets/d/${id}/edit#gid=${gid}&range=D2`);
  // Its own part of the preview, under the address that the sheet is told.
  expect(first?.body).toMatch(/https:\/\/site\.example\/preview\/[0-9a-f]{32}\/changes\/#change-2024-somu/u);
  for (const { to, body } of ses.mails) expect(body).not.toContain(to.startsWith('somu') ? '福祉部' : '総務部');
  // No mail of SES tells what stands in a cell, and no file and no log an address or the webhook's.
  for (const { body } of ses.mails) expect(body).not.toMatch(/方針の|仕事の|総括の|目標の[一二三四]/u);
  const files = [...s3.objects.values()].map(({ body }) => body.toString()).join('\n');
  for (const text of [files, printed]) expect(text).not.toMatch(/@city\.example|c2VjcmV0LXdlYmhvb2stb2YtYS1jaXR5/u);
  for (const text of [printed, stateFile()]) expect(text).not.toContain('/preview/');
}, 120_000);

test('once a day, whatever starts the function; by nothing but the night; and by nothing where no sender is set', async () => {
  type('目標', 'D2', '');
  expect((await night('2025-04-30', { reason: 'manual' })).to).toEqual([]);
  expect((await night('2025-04-30', { reason: 'publish-now' })).to).toEqual([]);
  vi.stubEnv('REMINDER_SENDER', '');
  vi.stubEnv('REMINDER_WEBHOOK_PARAMETER', '');
  expect(await night('2025-04-30')).toMatchObject({ to: [], coordinator: [], posted: 0, failures: null });
  vi.stubEnv('REMINDER_SENDER', 'goals@city.example');
  expect((await night('2025-04-30')).to).toEqual(['somu@city.example']);
  expect(await night('2025-04-30')).toMatchObject({ to: [], coordinator: [], posted: 0, failures: 0 });
});

test('an address that SES refuses is told to the coordinator, by no address, and stops nobody else', async () => {
  type('目標', 'D2', '');
  type('目標', 'D4', 'まあまあ');
  ses.answer('somu@city.example', { status: 400, code: 'MessageRejected' }, 9);
  const { to, log, failures } = await night('2025-04-30');
  expect(to).toEqual(['fukushi@city.example']);
  expect(failures).toBe(0);
  expect(log).toContain('MessageRejected');
  expect(log).not.toContain('@city.example');
  const table = sns.mails.find(({ subject }) => subject?.includes('締切'))?.body ?? '';
  expect(table).toContain('総務部｜保留｜1｜0｜宛先不可');
  expect(table).toContain('福祉部｜保留｜0｜1｜送信済み');
  expect(JSON.stringify(webhook.messages)).toContain('総務部｜保留｜1｜0｜宛先不可');
  expect((await night('2025-05-01')).to).toEqual([]);
});

test('what SES could not take is sent the next night, what broke off in the middle is not, and the operators hear of it', async () => {
  type('目標', 'D2', '');
  type('目標', 'D4', '');
  ses.answer('somu@city.example', { status: 500, code: 'InternalFailure' }, 1);
  ses.answer('fukushi@city.example', 'break-off', 1);
  const first = await night('2025-04-30');
  expect(first).toMatchObject({ to: [], failures: 2 });
  expect(ses.requests).toBe(2);
  expect((await night('2025-05-01')).to).toEqual(['somu@city.example']);
  // As many a second as SES allows, and no more.
  ses.answer('somu@city.example', { status: 429, code: 'TooManyRequestsException' }, 1);
  expect(await night('2025-05-07')).toMatchObject({ to: ['somu@city.example', 'fukushi@city.example'], failures: 0 });
});

test('a webhook that fails stops nothing, is tried once more, and again the next night', async () => {
  type('目標', 'D2', '');
  webhook.answer(500, 503);
  const first = await night('2025-04-30');
  expect(first).toMatchObject({ to: ['somu@city.example'], posted: 0, failures: 1 });
  expect(first.coordinator).toHaveLength(1);
  expect(first.log).toContain('webhook-503');
  expect(first.log).not.toContain(secret);
  expect(webhook.requests).toBe(2);
  expect(await night('2025-05-01')).toMatchObject({ to: [], coordinator: [], posted: 1, failures: 0 });
});

test('what stands in the parameter in place of an address is told by no log, and posted to nobody', async () => {
  type('目標', 'D2', '');
  const codes: Record<string, string> = {
    [`hooks.example.com/${secret}`]: 'webhook-address',
    [`https://10.0.0.1/${secret}`]: 'webhook-address',
    [`http://127.0.0.1:1/${secret}`]: 'webhook-unreachable',
  };
  for (const [index, [value, code]] of Object.entries(codes).entries()) {
    await using other = await startSsmServer(value);
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', other.endpoint);
    const { log, failures, posted } = await night(['2025-04-23', '2025-04-30', '2025-05-07'][index] ?? '');
    expect({ failures, posted }).toEqual({ failures: 1, posted: 0 });
    expect(log).toContain(code);
    expect(log).not.toContain(secret);
  }
});

test('a night on which the sheet cannot be read reminds nobody, and the next makes up for it', async () => {
  type('目標', 'D2', '');
  await night('2025-04-29');
  google.failAlways({ status: 503, retryAfter: '3600' });
  await expect(night('2025-04-30')).rejects.toThrow('google-');
  google.failAlways(null);
  expect((await night('2025-05-01')).to).toEqual(['somu@city.example']);
});
