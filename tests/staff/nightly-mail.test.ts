import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Completeness } from '../../lib/goals/completeness.ts';
import type { HeldDepartment } from '../../lib/goals/settle/settle.ts';
import { mailNight } from '../../lib/staff/mail-night.ts';
import type { NightlyMail } from '../../lib/staff/nightly-mail.ts';
import type { WatchedReport } from '../../lib/staff/open-point.ts';
import { recordFile } from '../../lib/staff/record-file.ts';
import { longestHeldDays, recordRun } from '../../lib/staff/run-record.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { ObjectStore } from '../../lib/stores/store.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';

const quiet: WatchedReport = {
  sourceFailure: null,
  outcome: 'unchanged',
  release: '000001-00000000',
  held: [],
  objects: { written: 0, unchanged: 9, deleted: 0 },
  issues: [],
  completeness: [],
  municipality: '湊野市',
  scheme: defaultScheme,
  standings: [],
  differences: [],
};

const held = (department: string, showing: string | null = '2025-03-01'): HeldDepartment => ({
  id: null,
  department,
  fiscalYear: 2024,
  reason: '理由に書かれたひみつ',
  showing,
});

const missing = (department: string, column: string, ...cells: string[]): Completeness => ({
  department,
  fiscalYear: 2024,
  filled: 1,
  required: 1 + cells.length,
  missing: cells.map((cell) => `目標!${cell}`),
  fields: [{ column, filled: 1, blank: cells.length, error: 0 }],
});

const error = (department: string | null, over: Partial<Finding> = {}): Finding => ({
  severity: 'error',
  code: 'unknown-status',
  tab: '目標',
  cell: 'D12',
  row: 12,
  column: '達成状況',
  department,
  value: '値に書かれたひみつ',
  message: '「値に書かれたひみつ」は達成状況の言葉ではありません。',
  fix: '直してください。',
  ...over,
});

/** Nights in a row, each with its report, over one store; what was mailed on each, or null. */
async function nights(reports: readonly WatchedReport[], reminderDays = 7): Promise<(NightlyMail | null)[]> {
  const store = memoryStore('state');
  const mails: (NightlyMail | null)[] = [];
  for (const [index, report] of reports.entries()) mails.push(await night(store, report, index, { reminderDays }));
  return mails;
}

async function night(
  store: ObjectStore,
  report: WatchedReport,
  index: number,
  { reminderDays = 7, event = `event-${index}` } = {},
): Promise<NightlyMail | null> {
  const now = new Date(Date.parse('2025-04-01T19:00:00Z') + index * 86_400_000);
  await recordFile(store).update((previous) => recordRun(previous, report, { now, reason: 'nightly' }));
  const sent: NightlyMail[] = [];
  const options = {
    night: nightOf(index),
    reminderDays,
    sheetUrl: 'https://sheet.example/',
    siteUrl: null,
    now,
    event,
  };
  await mailNight(recordFile(store), report, options, async (mail) => {
    sent.push(mail);
  });
  return sent[0] ?? null;
}

const nightOf = (index: number): string => `2025-04-${String(2 + index).padStart(2, '0')}`;

describe('the nightly mail', () => {
  it('is not sent where nobody needs to do anything', async () => {
    const warning = error('総務部', { severity: 'warning' });
    expect(await nights([quiet, { ...quiet, outcome: 'published' }, { ...quiet, issues: [warning] }])).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('says once what is found, and once that it is mended', async () => {
    const wrong = { ...quiet, held: [held('総務部')], issues: [error('総務部')] };
    const [first, second, third, fourth] = await nights([wrong, wrong, quiet, quiet]);
    expect(first?.subject).toBe('【目標】シートの確認をお願いします（2件）');
    expect(second).toBeNull();
    expect(third?.subject).toBe('【目標】すべて解消しました');
    expect(third?.body).toContain('■ 解消したこと（以前お知らせした内容です）\n\n● 総務部');
    expect(fourth).toBeNull();
  });

  it('does not take a department whose row has no name for the sheet as a whole', async () => {
    const [mail] = await nights([{ ...quiet, held: [held('', null)], completeness: [missing('', '部名', 'A9')] }]);
    expect(mail?.body).toContain(
      [
        '● （名前なし）',
        '・令和6年度：掲載を保留しています。サイトには、まだ何も表示していません。',
        '・令和6年度：「部名」が未記入です（1か所）。',
        '',
      ].join('\n'),
    );
    expect(mail?.body).not.toContain('シート全体');
  });

  it('of a try that failed is no hindrance to that of its repetition, which came to an end', async () => {
    const store = memoryStore('state');
    const failed = { ...quiet, outcome: 'blocked' as const, issues: [error(null, { tab: null, value: null })] };
    const wrong = { ...quiet, outcome: 'published' as const, held: [held('総務部')] };
    const first = await night(store, failed, 0, { event: 'one' });
    const again = await night(store, wrong, 0, { event: 'one' });
    expect(first?.body).toContain('公表できませんでした');
    expect(again?.body).toContain('● 総務部');
    expect(await night(store, { ...wrong, held: [held('福祉部')] }, 0, { event: 'one' })).toBeNull();
    expect(await night(store, wrong, 0, { event: 'another' })).toBeNull();
  });

  it('does not name what is no department of the sheet: any text can slip into that column', async () => {
    const slipped = error('庁舎を令和8年に移転する', { code: 'unknown-department', column: '部名', cell: 'A9' });
    const [mail] = await nights([{ ...quiet, issues: [slipped], completeness: [missing('総務部', '総括', 'G2')] }]);
    expect(mail?.body).toContain(
      '● 「部」のシートにない部名\n・「目標」シートの「部名」（A9）に、公表できない誤りがあります。',
    );
    expect(mail?.body).not.toContain('庁舎');
  });

  it('stays within what SNS takes, however much is wrong, and says how much more there is', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `${index}番目の${'部'.repeat(300)}`);
    const [mail] = await nights([{ ...quiet, held: names.map((name) => held(name)) }]);
    expect(Buffer.byteLength(mail?.body ?? '')).toBeLessThan(256 * 1024);
    expect(mail?.body).toContain('ほかに300件あります。シートの「確認結果」をご覧ください。');
    expect(mail?.body).toContain(`● 0番目の${'部'.repeat(36)}…`);
    expect(mail?.subject).toContain('400件');
  });

  it('reads as a colleague would write it, department by department', async () => {
    const [mail] = await nights([
      {
        ...quiet,
        outcome: 'published',
        held: [held('総務部'), held('福祉部', null)],
        issues: [
          error('総務部'),
          error('総務部', { cell: 'D14', row: 14 }),
          error('福祉部', { code: 'missing-value', cell: 'D20', value: null }),
        ],
        completeness: [missing('福祉部', '達成状況', 'D20', 'D21')],
      },
    ]);
    expect(mail?.body).toBe(
      [
        '部長目標のシートを確認し、公表できる内容をサイトに反映しました。',
        '恐れ入りますが、下の内容をご確認ください。',
        '',
        '■ 新しく見つかったこと',
        '',
        '● 総務部',
        '・令和6年度：掲載を保留しています。サイトには、2025年3月1日の内容を表示しています。',
        '・「目標」シートの「達成状況」（D12、D14）に、公表できない誤りがあります。',
        '',
        '● 福祉部',
        '・令和6年度：掲載を保留しています。サイトには、まだ何も表示していません。',
        '・令和6年度：「達成状況」が未記入です（2か所）。',
        '',
        'それぞれの場所と直し方は、シートの「確認結果」に書いてあります。',
        'シート：https://sheet.example/',
        '',
        'このメールは、2025年4月2日の夜間の確認で自動的にお送りしたものです。',
        '内容を公表したとき、新しく見つかったとき、解消したとき、および残っている間の7日ごとにだけお送りします。',
      ].join('\n'),
    );
  });

  it('quotes nothing that stands in the sheet', async () => {
    const [mail] = await nights([
      {
        ...quiet,
        held: [held('総務部')],
        issues: [error('総務部'), error(null, { tab: null, cell: null, column: null })],
      },
    ]);
    expect(mail).not.toBeNull();
    expect(`${mail?.subject}${mail?.body}`).not.toContain('ひみつ');
  });

  it('takes moved rows for the same thing, and speaks of a new one alone', async () => {
    const wrong = { ...quiet, held: [held('総務部')], issues: [error('総務部')] };
    const moved = { ...wrong, issues: [error('総務部', { cell: 'D30', row: 30 })] };
    const more = { ...moved, completeness: [missing('福祉部', '総括', 'F3')] };
    const [, second, third] = await nights([wrong, moved, more]);
    expect(second).toBeNull();
    expect(third?.body).toContain('● 福祉部\n・令和6年度：「総括」が未記入です（1か所）。');
    expect(third?.body).not.toContain('● 総務部');
    expect(third?.body).toContain('このほか、以前お知らせした2件が残っています。');
  });

  it('says again after seven days what is still open, or never where that is wished', async () => {
    const wrong = { ...quiet, held: [held('総務部')] };
    const week = Array.from({ length: 15 }, () => wrong);
    const said = (await nights(week)).flatMap((mail, index) => (mail === null ? [] : [index]));
    expect(said).toEqual([0, 7, 14]);
    const [, ...later] = await nights(week, 0);
    expect(later.every((mail) => mail === null)).toBe(true);
  });

  it('takes nothing for mended in a night that could not tell', async () => {
    const wrong = { ...quiet, held: [held('総務部')], issues: [error('総務部')] };
    const unread = {
      ...quiet,
      outcome: 'blocked',
      issues: [
        error(null, {
          code: 'google-not-shared',
          tab: null,
          cell: null,
          row: null,
          column: null,
          value: null,
          message: '読めません。',
        }),
      ],
    } as const;
    const [, second, third] = await nights([wrong, unread, wrong]);
    expect(second?.body).toContain('公表できませんでした');
    expect(second?.body).toContain('● シート全体\n・読めません。');
    expect(second?.body).not.toContain('■ 解消');
    expect(third?.body).toContain('■ 解消したこと（以前お知らせした内容です）\n\n● シート全体');
  });

  it('is sent once for a night, by whichever event comes, and again where it could not be sent', async () => {
    const store = memoryStore('state');
    const wrong = { ...quiet, held: [held('総務部')] };
    const now = new Date('2025-04-01T19:00:00Z');
    await recordFile(store).update((previous) => recordRun(previous, wrong, { now, reason: 'nightly' }));
    const options = { night: '2025-04-02', reminderDays: 7, sheetUrl: '', siteUrl: null, now };
    let sent = 0;
    const send = async (): Promise<void> => {
      sent += 1;
      if (sent === 1) throw new Error('refused');
    };
    await expect(mailNight(recordFile(store), wrong, { ...options, event: 'a' }, send)).rejects.toThrow('refused');
    expect(await mailNight(recordFile(store), wrong, { ...options, event: 'b' }, send)).toBe('said-already');
    expect(await mailNight(recordFile(store), wrong, { ...options, event: 'a' }, send)).toBe('sent');
    const [first, second] = await Promise.all([
      mailNight(recordFile(store), { ...wrong, held: [held('福祉部')] }, { ...options, event: 'c' }, send),
      mailNight(recordFile(store), { ...wrong, held: [held('福祉部')] }, { ...options, event: 'd' }, send),
    ]);
    expect([first, second]).toEqual(['said-already', 'said-already']);
    expect(sent).toBe(2);
  });
});

describe('the record of the runs', () => {
  it('owes a run where the sheet could not be read or the site not written, and not where people have to decide', () => {
    const sourceFailure = { kind: 'unavailable', code: 'google-unavailable', message: '…', fix: '…' } as const;
    const owes = (report: Partial<WatchedReport>) => run(null, { ...quiet, ...report }, 1).owed;
    expect(owes({ outcome: 'failed' })).toBe(true);
    expect(owes({ outcome: 'blocked', sourceFailure })).toBe(true);
    expect(owes({ outcome: 'blocked' })).toBe(false);
    expect(owes({ outcome: 'published' })).toBe(false);
  });

  it('is read once and not written where a run has nothing new to say', async () => {
    const store = memoryStore('state');
    await recordFile(store).update((previous) => run(previous, { ...quiet, outcome: 'published' }, 1));
    const before = store.requests;
    const file = recordFile(store);
    await file.read();
    const record = await file.update((previous) => run(previous, quiet, 2));
    expect(record.upToDateAt).toBe(at(2).toISOString());
    expect(store.requests - before).toBe(1);
    await file.update((previous) => run(previous, { ...quiet, held: [held('総務部')] }, 3));
    expect(store.requests - before).toBe(2);
  });

  const at = (day: number) => new Date(Date.UTC(2025, 3, day, 19));
  const run = (previous: Parameters<typeof recordRun>[0], report: WatchedReport, day: number) =>
    recordRun(previous, report, { now: at(day), reason: 'nightly' });

  it('knows since when a department is held, through runs that could not tell', () => {
    const wrong = { ...quiet, held: [held('総務部')] };
    const first = run(null, wrong, 1);
    const unread = run(first, { ...quiet, outcome: 'failed' }, 2);
    const third = run(unread, wrong, 4);
    expect(third.held).toEqual([
      { department: '総務部', fiscalYear: 2024, showing: '2025-03-01', since: at(1).toISOString() },
    ]);
    expect(longestHeldDays(third, at(4))).toBe(3);
    expect(longestHeldDays(run(third, quiet, 5), at(5))).toBe(0);
  });

  it('keeps the name of the city through runs that could not read it', () => {
    const first = run(null, quiet, 1);
    expect(run(first, { ...quiet, outcome: 'failed', municipality: null }, 2).municipality).toBe('湊野市');
    expect(run(first, { ...quiet, municipality: '新湊野市' }, 2).municipality).toBe('新湊野市');
    expect(run(null, { ...quiet, municipality: null }, 1).municipality).toBeNull();
  });

  it('knows when the site last said what the sheet said', () => {
    const first = run(null, { ...quiet, outcome: 'published' }, 1);
    const blocked = run(first, { ...quiet, outcome: 'blocked' }, 2);
    expect(blocked.upToDateAt).toBe(at(1).toISOString());
    expect(run(null, { ...quiet, outcome: 'blocked' }, 2).upToDateAt).toBeNull();
  });

  it('loses nothing where two runs write it at the same time', async () => {
    const store = memoryStore('state');
    const seen: number[] = [];
    await Promise.all(
      [1, 2, 3].map((day) =>
        recordFile(store).update((previous) => {
          seen.push(previous?.counts.notice ?? 0);
          const next = run(previous, quiet, day);
          return { ...next, counts: { ...next.counts, notice: (previous?.counts.notice ?? 0) + 1 } };
        }),
      ),
    );
    const last = await recordFile(store).update((previous) => previous ?? run(null, quiet, 1));
    expect(last.counts.notice).toBe(3);
  });

  it('begins anew where it cannot be read', async () => {
    const store = memoryStore('state');
    const damaged = {
      body: new TextEncoder().encode('{"told":'),
      contentType: 'application/json',
      cacheControl: 'no-store',
    };
    await store.put('report.json', damaged);
    expect((await recordFile(store).update((previous) => run(previous, quiet, 1))).at).toBe(at(1).toISOString());
  });
});
