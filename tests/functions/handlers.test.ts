import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { rollback } from '../../lib/release/rollback.ts';
import { readState } from '../../lib/release/state-file.ts';
import { openStore } from '../../lib/stores/open.ts';
import { runCommand } from '../support/command-line.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { startSnsServer } from '../support/sns-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** What the staff see in their sheet while the functions run one after another, and they go on writing. */

const id = 'sheet-of-the-staff';
let clock: VirtualClock;
let google: GoogleServer;
let s3: S3Server;
/** What the functions wrote into their log. */
const logged: string[] = [];

beforeEach(async () => {
  clock = new VirtualClock();
  google = await GoogleServer.start(clock);
  google.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  s3 = await startS3Server({ buckets: ['site', 'state', 'previews'] });
  const environment = {
    SPREADSHEET_ID: id,
    SITE_BUCKET: 'site',
    STATE_BUCKET: 'state',
    PREVIEW_BUCKET: 'previews',
    SITE_URL: 'https://site.example/',
    STAGE: 'test',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  logged.length = 0;
  for (const method of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, method).mockReturnValue();
  // The functions' log goes past the console.
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      logged.push(String(text));
      return true;
    });
  }
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await google[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

/** A function in a new instance, which has seen nothing yet. */
async function instanceOf(name: 'poll' | 'publish'): Promise<(event?: unknown) => Promise<{ outcome: string }>> {
  vi.resetModules();
  const { handler } = await import(`../../functions/${name}.ts`);
  return (event = {}) => {
    const end = Date.now() + 300_000;
    const context: Partial<Context> = { awsRequestId: 'request', getRemainingTimeInMillis: () => end - Date.now() };
    return handler(event, context);
  };
}

const sheet = () => google.spreadsheet(id);
const tickIn = (model: SpreadsheetModel, row: number) => {
  model.type('設定', `A${row}`, '今すぐ公開');
  model.set('設定', `B${row}`, { formattedValue: 'TRUE', userEnteredValue: { boolValue: true } });
};
const saidOf = (label: string) =>
  sheet()
    .texts('確認結果')
    .find(([first]) => first === label)?.[1];
const timesAsked = () => s3.log.filter((line) => line === 'PUT state/requests/publish-now.json').length;

describe('今すぐ公開', () => {
  test('where staff go on writing while the site is published, nothing of theirs is touched, and it is done once more', async () => {
    google.edit(id, (model) => tickIn(model, 5));
    const publish = await instanceOf('publish');
    const poll = await instanceOf('poll');
    const insertAbove = (model: SpreadsheetModel) => {
      tickIn(model, 6);
      model.unset('設定', 'B5', 'userEnteredValue');
      model.type('設定', 'A5', '問い合わせ先');
      model.type('設定', 'B5', '企画課 0123-45-6789');
    };
    // The tabs are listed and read, the site is written, and before the sheet is looked at again a row is put in above the mark.
    google.beforeNext('get', () =>
      google.beforeNext('get', () => google.beforeNext('get', () => google.edit(id, insertAbove))),
    );
    expect(await publish({ reason: 'publish-now' })).toMatchObject({ outcome: 'published' });
    expect(sheet().texts('設定').slice(4)).toEqual([
      ['問い合わせ先', '企画課 0123-45-6789'],
      ['今すぐ公開', 'TRUE'],
    ]);
    expect(await poll()).toMatchObject({ outcome: 'asked' });
    expect(await publish({ reason: 'publish-now' })).toMatchObject({ outcome: 'published' });
    expect(sheet().texts('設定').slice(4)).toEqual([
      ['問い合わせ先', '企画課 0123-45-6789'],
      ['今すぐ公開', 'FALSE'],
    ]);
  });

  test('is asked for at once, and again every three minutes for as long as the mark stands', async () => {
    google.edit(id, (model) => tickIn(model, 5));
    const poll = await instanceOf('poll');
    const start = Date.parse('2025-04-01T01:00:00Z');
    const outcomes: string[] = [];
    for (let minute = 0; minute < 8; minute += 1) {
      vi.setSystemTime(start + minute * 60_000);
      outcomes.push((await poll()).outcome);
    }
    expect(outcomes.map((outcome) => outcome === 'asked')).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(timesAsked()).toBe(3);
    const publish = await instanceOf('publish');
    await publish({ reason: 'publish-now' });
    expect(sheet().cell('設定', 'B5').formattedValue).toBe('FALSE');
    const before = timesAsked();
    await poll();
    expect(timesAsked()).toBe(before);
  });
});

test('a site whose state is gone is left as it is, until somebody says to begin anew', async () => {
  const publish = await instanceOf('publish');
  await publish();
  const key = 'state/state.json';
  expect(s3.objects.delete(key)).toBe(true);
  google.edit(id, (model) => model.type('目標', 'D2', 'まあまあ'));
  const before = [...s3.objects].filter(([name]) => name.startsWith('site/'));
  await expect(publish({ reason: 'nightly' })).rejects.toThrow('state.json is gone');
  expect([...s3.objects].filter(([name]) => name.startsWith('site/'))).toEqual(before);
  expect(s3.objects.has(key)).toBe(false);
  expect(await publish({ reason: 'manual', rewrite: true })).toMatchObject({ outcome: 'published' });
});

describe('an operator', () => {
  /** A server in the place of CloudFront's, which keeps what it is told to forget. */
  async function startCloudFront(status = 201) {
    const orders: string[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      orders.push(`${request.url} ${/<Path>(.*)<\/Path>/u.exec(body)?.[1]}`);
      response.writeHead(status, { 'content-type': 'text/xml' }).end('<Invalidation><Id>I1</Id></Invalidation>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFRONT', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    vi.stubEnv('DISTRIBUTION_ID', 'E1A2B3C4D5E6F7');
    return { orders, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
  }
  const whole = '/2020-05-31/distribution/E1A2B3C4D5E6F7/invalidation /*';
  const pageOf = (text: string) =>
    [...s3.objects].filter(
      ([key, { body }]) => key.startsWith('site/') && key.endsWith('index.html') && String(body).includes(text),
    ).length;

  test('lists what was published, puts it back, lets publishing go on; what was on the site is forgotten everywhere', async () => {
    await using cloudFront = await startCloudFront();
    const publish = await instanceOf('publish');
    await publish();
    const before = pageOf('改めた目標');
    google.edit(id, (model) => model.type('目標', 'C2', '改めた目標'));
    await publish();
    expect(before).toBe(0);
    expect(pageOf('改めた目標')).toBeGreaterThan(0);
    // A page that changed is kept for a minute and no longer: nothing needs to be forgotten.
    expect(cloudFront.orders).toEqual([]);
    const list = await publish({ reason: 'list' });
    expect(list).toMatchObject({ outcome: 'listed', releases: [{ current: true }, { current: false }] });
    const release = z.object({ releases: z.tuple([z.unknown(), z.object({ release: z.string() })]) }).parse(list)
      .releases[1].release;
    // A release of its own, with the content of the earlier one.
    const restored = expect.stringMatching(release.slice(release.indexOf('-')));
    expect(await publish({ reason: 'rollback', release })).toEqual({ outcome: 'published', release: restored });
    expect(pageOf('改めた目標')).toBe(0);
    expect(cloudFront.orders).toEqual([whole]);
    await publish({ reason: 'publish-now' });
    expect(pageOf('改めた目標')).toBe(0);
    expect(await publish({ reason: 'unpin' })).toMatchObject({ outcome: 'unpinned' });
    await publish();
    expect(pageOf('改めた目標')).toBeGreaterThan(0);
    expect(cloudFront.orders).toEqual([whole]);
  });

  test('is told where a release is not known, and the site is as it was', async () => {
    const publish = await instanceOf('publish');
    await publish();
    const before = [...s3.objects].filter(([name]) => name.startsWith('site/'));
    await expect(publish({ reason: 'rollback', release: '000099-00000000' })).rejects.toThrow(/000099-00000000/u);
    expect([...s3.objects].filter(([name]) => name.startsWith('site/'))).toEqual(before);
  });

  test('need not clear the cache where a department is taken off the site', async () => {
    await using cloudFront = await startCloudFront();
    const publish = await instanceOf('publish');
    await publish();
    google.edit(id, (model) => model.type('部', 'G3', '取下げ'));
    await publish();
    expect(cloudFront.orders).toEqual([whole]);
  });

  test('hears of it where CloudFront does not take the order', async () => {
    await using _ = await startCloudFront(403);
    const publish = await instanceOf('publish');
    await publish();
    google.edit(id, (model) => model.type('部', 'G3', '取下げ'));
    await expect(publish()).rejects.toThrow('CloudFront was not told to forget');
  });

  test('hears each night whether somebody would be reached by a mail', async () => {
    await using sns = await startSnsServer();
    vi.stubEnv('AWS_ENDPOINT_URL_SNS', sns.endpoint);
    const topic = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
    vi.stubEnv('STAFF_TOPIC_ARN', topic('staff'));
    vi.stubEnv('OPERATOR_TOPIC_ARN', topic('operators'));
    const figures: string[] = [];
    // The library that writes them has a console of its own.
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      figures.push(...(String(line).match(/"TopicsWithoutSubscriber":\d+/gu) ?? []));
      return true;
    });
    const publish = await instanceOf('publish');
    await publish({ reason: 'nightly' });
    sns.confirm(topic('staff'), 0);
    await publish({ reason: 'nightly' });
    await publish({ reason: 'publish-now' });
    expect(figures).toEqual(['"TopicsWithoutSubscriber":0', '"TopicsWithoutSubscriber":1']);
  });
});

describe('確認結果', () => {
  test('while the site is pinned, promises no publication', async () => {
    const publish = await instanceOf('publish');
    await publish();
    google.edit(id, (model) => model.type('目標', 'C2', '改めた目標'));
    await publish();
    const stores = { site: await openStore('s3://site'), state: await openStore('s3://state') };
    const first = (await readState(stores.state))?.state.records.at(-1)?.release ?? '';
    await rollback(stores, first, { now: new Date() });
    google.edit(id, (model) => model.type('目標', 'C2', 'さらに改めた目標'));
    const poll = await instanceOf('poll');
    await poll();
    expect(saidOf('公表の結果')).toContain('サイトは前のままにしてあります');
    expect(JSON.stringify(sheet().texts('確認結果'))).toContain(`以前の公開（${first}）に戻したまま固定されています`);
  });

  test('says what was last published and taken off the site, also after the next checks', async () => {
    const publish = await instanceOf('publish');
    await publish();
    expect(saidOf('最後の公表')).toMatch(/^\d+年\d+月\d+日 \d+時\d+分（公表：総務部、福祉部）$/u);
    google.edit(id, (model) => {
      model.type('部', 'G3', '取下げ');
      model.type('目標', 'C2', '改めた目標');
    });
    await publish();
    const said = saidOf('最後の公表');
    expect(said).toContain('（公表：総務部。取下げ：福祉部）');
    const poll = await instanceOf('poll');
    const published = saidOf('公表の結果');
    expect(await poll()).toEqual({ outcome: 'unchanged' });
    expect([saidOf('最後の公表'), saidOf('公表の結果')]).toEqual([said, published]);
    google.edit(id, (model) => model.type('目標', 'C2', 'また改めた目標'));
    expect(await poll()).toEqual({ outcome: 'written' });
    expect(saidOf('最後の公表')).toBe(said);
    expect(saidOf('公表の結果')).not.toBe(published);
  });
});

describe('the preview', () => {
  /** Without the places where a line may break. */
  const plain = (body: Buffer | undefined): string => body?.toString().replaceAll('<wbr>', '') ?? '';
  /** Keys and bodies of the previews' bucket. */
  const previews = () => [...s3.objects].filter(([key]) => key.startsWith('previews/'));
  /** The cell of 確認結果 that leads to the preview, and where it leads. */
  const linkOf = (text: string): string | undefined => {
    const rows = sheet().texts('確認結果');
    const row = rows.findIndex((cells) => cells.some((cell) => cell.startsWith(text)));
    const column = rows[row]?.findIndex((cell) => cell.startsWith(text)) ?? -1;
    const cell = sheet().cell('確認結果', `${'ABCDE'[column]}${row + 1}`);
    return cell.textFormatRuns?.[0]?.format?.link?.uri ?? undefined;
  };
  const pageAt = (address = ''): string => {
    const path = new URL(address).pathname.slice(1);
    return plain(s3.objects.get(`previews/${path}index.html`)?.body);
  };
  const wordOf = (department: string): string | undefined =>
    sheet()
      .texts('確認結果')
      .find((cells) => cells[0] === department && cells.at(-1) === '変更点を見る')?.[2];

  /** Nothing of a preview is public, or told to anybody but the sheet. */
  const staysSecret = (...texts: readonly string[]) => {
    const site = [...s3.objects].filter(([key]) => key.startsWith('site/'));
    expect(site.filter(([key]) => /preview|changes\//u.test(key))).toEqual([]);
    const tokens = new Set(previews().map(([key]) => key.split('/')[2] ?? ''));
    for (const text of [...texts, ...tokens, '公表前の確認用']) {
      for (const [key, { body }] of site) expect(plain(body), key).not.toContain(text);
      expect(logged.join('\n')).not.toContain(text);
    }
    expect(logged.join('\n')).toContain('preview made');
  };

  test('a defect, an approval, a change after it: each is seen, and nothing of it is public', async () => {
    const publish = await instanceOf('publish');
    const poll = await instanceOf('poll');
    google.edit(id, (model) => {
      model.type('部', 'I1', '決裁');
      model.type('部', 'I2', '第1号');
      model.type('部', 'I3', '第2号');
      // A defect, before anything is published.
      model.type('目標', 'D2', 'まあまあ');
    });
    expect(await poll()).toEqual({ outcome: 'written' });
    expect(wordOf('総務部')).toBe('保留');
    const first = linkOf('公表前の見本を見る');
    expect(first).toMatch(/^https:\/\/site\.example\/preview\/[0-9a-f]{32}\/changes\/$/u);
    expect(pageAt(first)).toContain('達成状況を読み取れません。');
    expect(pageAt(first?.replace('changes/', '2024/somu/'))).toContain('保留（新しい内容は公表されません）');
    expect(linkOf('変更点を見る')).toBe(`${first}#change-2024-somu`);
    expect(previews().every(([, { cacheControl }]) => cacheControl === 'no-store')).toBe(true);
    expect(pageAt(first)).toContain('<meta name="robots" content="noindex, nofollow, noarchive">');
    staysSecret();

    // The same sheet in a new instance: nothing is written again.
    const before = s3.log.length;
    const other = await instanceOf('poll');
    expect(await other()).toEqual({ outcome: 'unchanged' });
    expect(s3.log.slice(before).filter((line) => /^(?:PUT|DELETE) previews\//u.test(line))).toEqual([]);

    google.edit(id, (model) => model.type('目標', 'D2', '達成'));
    await publish();
    const second = linkOf('公表前の見本を見る');
    expect(second).not.toBe(first);
    expect(pageAt(first)).toBe('');
    expect(pageAt(second)).toMatch(/<tr id="change-2024-somu">.*総務部.*公表.*なし.*なし/u);
    expect(wordOf('総務部')).toBe('公表');

    // The content changes, and what approved it does not.
    google.edit(id, (model) => model.type('目標', 'C2', '決裁のあとに書いた目標'));
    await poll();
    expect(wordOf('総務部')).toBe('保留');
    expect(pageAt(second)).toMatch(/<del>.*目標の一|目標の一.*<\/del>/u);
    expect(pageAt(second)).toContain('決裁のあとに内容が変わったため、この部の掲載を保留します。');
    await publish();
    staysSecret('決裁のあとに書いた目標');
    // The site says now that it is held: a release, and with it another address.
    const held = linkOf('公表前の見本を見る');
    expect(pageAt(second)).toBe('');

    // A second department is a draft again, with a text that is nobody's to read yet.
    google.edit(id, (model) => {
      model.type('部', 'G3', '下書き');
      model.type('部', 'D3', '下書きの新しい方針');
    });
    await poll();
    expect(wordOf('福祉部')).toBe('下書き');
    expect(pageAt(held?.replace('changes/', '2024/fukushi/'))).toContain('下書きの新しい方針');
    staysSecret('決裁のあとに書いた目標', '下書きの新しい方針');

    // Approved anew: out, the preview of before is gone, and the draft is still seen in the next one alone.
    google.edit(id, (model) => model.type('部', 'I2', '第3号'));
    await publish();
    expect(plain(s3.objects.get('site/2024/somu/index.html')?.body)).toContain('決裁のあとに書いた目標');
    const third = linkOf('公表前の見本を見る');
    expect(third).not.toBe(held);
    expect(pageAt(held)).toBe('');
    expect(pageAt(third?.replace('changes/', '2024/fukushi/'))).toContain('下書きの新しい方針');
    staysSecret('下書きの新しい方針', '第1号', '第2号', '第3号');

    // Its approval waits.
    google.edit(id, (model) => {
      model.type('部', 'G3', '公開');
      model.unset('部', 'I3', 'formattedValue');
      model.unset('部', 'I3', 'userEnteredValue');
    });
    await poll();
    expect(wordOf('福祉部')).toBe('決裁待ち');
    staysSecret('下書きの新しい方針');

    // Ended at once.
    const ended = await runCommand(['preview', '--end', '--out', 's3://previews/preview', '--state', 's3://state']);
    expect(ended.status).toBe(0);
    expect(previews()).toEqual([]);
    expect(s3.objects.has('state/preview.json')).toBe(false);
  });

  test('that cannot be written keeps neither the site nor the answer back, and the next poll makes it', async () => {
    const poll = await instanceOf('poll');
    s3.fail({ kind: 'forbidden', method: 'PUT', path: /^previews\//u, times: 1000 });
    expect(await poll()).toEqual({ outcome: 'written' });
    expect(previews()).toEqual([]);
    expect(linkOf('公表前の見本を見る')).toBeUndefined();
    s3.endFaults();
    expect(await poll()).toEqual({ outcome: 'written' });
    expect(pageAt(linkOf('公表前の見本を見る'))).toContain('変更点の確認');
  });
});
