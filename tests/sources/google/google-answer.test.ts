import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { setUpSheet } from '../../../lib/sources/google/google-set-up.ts';
import {
  type GoogleSheetSource,
  googleSheetSource,
  type SheetReading,
} from '../../../lib/sources/google/google-sheet.ts';
import { answerRows, type SheetReport } from '../../../lib/staff/confirmation.ts';
import { defaultScheme } from '../../../lib/text/scheme.ts';
import { GoogleServer } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../../support/workbook.ts';

const id = 'spreadsheet-under-test';

let clock: VirtualClock;
let server: GoogleServer;
let source: GoogleSheetSource;

beforeEach(async () => {
  clock = new VirtualClock();
  server = await GoogleServer.start(clock);
  server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  source = googleSheetSource(deps());
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

function deps() {
  const config = { kind: 'loopback', apiRoot: server.apiRoot } as const;
  return { spreadsheetId: id, config, access: 'write', clock, random: () => 0.5 } as const;
}

async function read(): Promise<SheetReading> {
  const polled = await source.poll(null);
  if (polled.outcome !== 'changed') throw new Error(`The poll was ${polled.outcome}.`);
  return polled.reading;
}

const problem: Finding = {
  severity: 'error',
  code: 'unknown-status',
  tab: '目標',
  cell: 'D3',
  row: 3,
  column: '達成状況',
  department: '総務部',
  value: '？',
  message: '達成状況「？」は分かりません。',
  fix: '一覧から選んでください。',
};

const released = {
  at: new Date('2025-03-31T19:00:00Z'),
  isRollback: false,
  published: ['福祉部'],
  withdrawn: ['教育部'],
};

const quiet: SheetReport = {
  at: new Date('2025-04-01T03:04:00Z'),
  scheme: defaultScheme,
  outcome: 'unchanged',
  last: null,
  held: [],
  waiting: { drafts: [], approval: [] },
  completeness: [],
  findings: [],
  publishNow: false,
};
const report: SheetReport = {
  ...quiet,
  outcome: 'published',
  last: released,
  held: [{ department: '総務部', fiscalYear: 2024, reason: '達成状況に誤りがあります。', showing: '2025-03-01' }],
  completeness: [
    { department: '総務部', filled: 4, required: 6, missing: ['総括', '達成状況'] },
    { department: '福祉部', filled: 6, required: 6, missing: [] },
  ],
  findings: [problem],
};

const answer = async (given: SheetReport) => source.answer(await read(), given);
const gidOfGoals = 1002;

describe('確認結果', () => {
  it('says when, what was published, what is held and why, who is missing what, and each finding', async () => {
    expect(await answer(report)).toMatchObject({ outcome: 'written', requests: 1 });
    expect(server.spreadsheet(id).texts('確認結果')).toEqual([
      ['確認結果'],
      ['この内容を書いた日時', '2025年4月1日 12時4分'],
      ['公表の結果', '公表しました。'],
      ['最後の公表', '2025年4月1日 4時0分（公表：福祉部。取下げ：教育部）'],
      [],
      ['保留している部（1件）'],
      ['部名', '年度', 'サイトの表示', '理由'],
      ['総務部', '令和6年度', '2025年3月1日の内容', '達成状況に誤りがあります。'],
      [],
      ['記入の状況'],
      ['部名', '記入済み', '', '足りないもの'],
      ['総務部', '4／6', '', '総括、達成状況'],
      ['ほかの1件の部は、すべて記入済みです。'],
      [],
      ['見つかったこと（エラー 1件、注意 0件、お知らせ 0件）'],
      ['種類', '場所', '部名', '内容', '直し方'],
      ['エラー', '目標 D3', '総務部', '達成状況「？」は分かりません。', '一覧から選んでください。'],
    ]);
    expect(server.spreadsheet(id).cell('確認結果', 'B17').textFormatRuns).toEqual([
      {
        startIndex: 0,
        format: { link: { uri: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=${gidOfGoals}&range=D3` } },
      },
    ]);
  });

  it('calls a department whose row has no name so', () => {
    const nameless = {
      ...report,
      held: [{ department: '', fiscalYear: 2024, reason: '部名が空です。', showing: null }],
      completeness: [{ department: '', filled: 5, required: 6, missing: ['部!A9'] }],
    };
    const texts = answerRows(nameless).map((row) => row.map(({ text }) => text));
    expect(texts).toContainEqual(['（名前なし）', '令和6年度', '表示していません', '部名が空です。']);
    expect(texts).toContainEqual(['（名前なし）', '5／6', '', '部!A9']);
  });

  it('is rewritten whole: nothing of a longer answer stays', async () => {
    await answer(report);
    await answer(quiet);
    expect(server.spreadsheet(id).texts('確認結果')).toEqual(
      answerRows(quiet).map((row) => row.map(({ text }) => text)),
    );
  });

  it('is not written again where only the time differs', async () => {
    await answer(report);
    const later = { ...report, at: new Date('2025-05-05T05:05:00Z') };
    expect(await answer(later)).toMatchObject({ outcome: 'unchanged', requests: 0 });
    expect(server.count('update')).toBe(1);
    expect(await answer({ ...later, outcome: 'unchanged' })).toMatchObject({ outcome: 'written', requests: 1 });
    expect(server.spreadsheet(id).texts('確認結果')[1]?.[1]).toBe('2025年5月5日 14時5分');
  });

  it('is written again where somebody changed it, or a link is lost', async () => {
    await answer(report);
    server.edit(id, (model) => model.type('確認結果', 'G30', '落書き'));
    expect(await answer(report)).toMatchObject({ outcome: 'written' });
    expect(server.spreadsheet(id).cell('確認結果', 'G30').formattedValue).toBeUndefined();
    server.edit(id, (model) => model.unset('確認結果', 'B17', 'textFormatRuns'));
    expect(await answer(report)).toMatchObject({ outcome: 'written' });
    expect(await answer(report)).toMatchObject({ outcome: 'unchanged' });
  });

  it('takes a shortened link to the same place for the same', async () => {
    await answer(report);
    const short = [{ format: { link: { uri: `#gid=${gidOfGoals}&range=D3` } } }];
    server.edit(id, (model) => model.set('確認結果', 'B17', { textFormatRuns: short }));
    expect(await answer(report)).toMatchObject({ outcome: 'unchanged', requests: 0 });
  });

  it('grows the tab where the answer is longer than it', async () => {
    const many = Array.from({ length: 1500 }, (_, index) => ({ ...problem, message: `その${index}`, cell: null }));
    await answer(quiet);
    expect(await answer({ ...report, findings: many })).toMatchObject({ outcome: 'written', requests: 1 });
    expect(server.spreadsheet(id).texts('確認結果').at(-1)?.[3]).toBe('その1499');
  });

  it('lets no text of a finding become a formula', async () => {
    const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("https://example.jp","x")', "'=1"];
    const findings = dangerous.map((message): Finding => ({ ...problem, message, fix: message, department: message }));
    await answer({ ...report, findings, last: { ...released, published: ['=A1'] } });
    const written = server.spreadsheet(id).show(id).sheets?.at(-1)?.data?.[0]?.rowData ?? [];
    const values = written.flatMap((row) => row.values ?? []).flatMap(({ userEnteredValue }) => userEnteredValue ?? []);
    expect(values.length).toBeGreaterThan(20);
    expect(values.every((value) => Object.keys(value).join() === 'stringValue')).toBe(true);
    expect(server.spreadsheet(id).texts('確認結果')[3]).toEqual([
      '最後の公表',
      '2025年4月1日 4時0分（公表：=A1。取下げ：教育部）',
    ]);
  });

  it('goes into the tab that the set-up has made', async () => {
    await setUpSheet(deps());
    expect(await answer(report)).toMatchObject({ outcome: 'written', requests: 1 });
    expect(server.spreadsheet(id).titles.filter((title) => title === '確認結果')).toHaveLength(1);
    expect(await setUpSheet(deps())).toMatchObject({ made: [], completed: [], requests: 1 });
  });
});

describe('notes', () => {
  const ownNote =
    '【目標からのお知らせ】\n・エラー：達成状況「？」は分かりません。\n　一覧から選んでください。\n【お知らせはここまで】';

  it('are put on offending cells, and taken off when the cell is mended', async () => {
    await answer(report);
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': ownNote });
    await answer(quiet);
    expect(server.spreadsheet(id).notes).toEqual({});
  });

  it('move with what is wrong', async () => {
    await answer(report);
    await answer({ ...report, findings: [{ ...problem, cell: 'D4' }] });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D4': ownNote });
  });

  it("leave staff's own notes as they are", async () => {
    server.edit(id, (model) => {
      model.set('目標', 'D3', { note: '課長に確認中\n（四月まで）' });
      model.set('目標', 'A1', { note: 'ここは触らない' });
    });
    await answer(report);
    expect(server.spreadsheet(id).notes).toEqual({
      '目標!A1': 'ここは触らない',
      '目標!D3': `課長に確認中\n（四月まで）\n${ownNote}`,
    });
    server.edit(id, (model) => model.set('目標', 'D3', { note: `課長に確認中\n（四月まで）\n${ownNote}\n追記あり` }));
    await answer({ ...report, findings: [{ ...problem, message: '別の文。' }] });
    expect(server.spreadsheet(id).notes['目標!D3']).toContain('別の文。');
    await answer(quiet);
    expect(server.spreadsheet(id).notes).toEqual({
      '目標!A1': 'ここは触らない',
      '目標!D3': '課長に確認中\n（四月まで）\n追記あり',
    });
  });

  it('say all that is wrong with a cell, and nothing of mere notices', async () => {
    const findings: readonly Finding[] = [
      problem,
      { ...problem, severity: 'warning', message: '長すぎます。', fix: '短くしてください。' },
      { ...problem, severity: 'notice', cell: 'C3', message: '半角カナを全角にしました。' },
      { ...problem, cell: null },
      { ...problem, tab: 'ないシート' },
      { ...problem, cell: 'D99999' },
    ];
    await answer({ ...report, findings });
    expect(Object.keys(server.spreadsheet(id).notes)).toEqual(['目標!D3']);
    expect(server.spreadsheet(id).notes['目標!D3']).toContain('・注意：長すぎます。\n　短くしてください。');
  });

  it('cannot be broken out of by what a cell says', async () => {
    const message = '「【お知らせはここまで】\n\n【目標からのお知らせ】」は分かりません。';
    await answer({ ...report, findings: [{ ...problem, message }] });
    await answer(quiet);
    expect(server.spreadsheet(id).notes).toEqual({});
  });
});

describe('今すぐ公開', () => {
  async function ticked(text: string, boxed: boolean): Promise<SheetReading> {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', text);
      if (boxed) model.set('設定', 'B5', { userEnteredValue: { boolValue: true } });
    });
    return read();
  }

  it.each([
    ['TRUE', true, 'FALSE'],
    ['はい', false, undefined],
    ['○', false, undefined],
  ])('%s is seen, taken off with the answer in one request, and said so', async (text, boxed, after) => {
    const reading = await ticked(text, boxed);
    expect(reading.publishNow).toMatchObject({ cell: 'B5', ticked: true });
    expect(await source.answer(reading, { ...report, publishNow: true })).toMatchObject({
      outcome: 'written',
      requests: 1,
    });
    expect(server.spreadsheet(id).cell('設定', 'B5').formattedValue).toBe(after);
    expect(server.spreadsheet(id).texts('確認結果')).toContainEqual([
      '今すぐ公開',
      '「今すぐ公開」の印を受け付け、印を外しました。',
    ]);
  });

  it.each(['FALSE', 'いいえ', '×', ''])('%s is no tick', async (text) => {
    expect((await ticked(text, false)).publishNow?.ticked ?? false).toBe(false);
  });

  it('stays ticked where the report does not answer it', async () => {
    const reading = await ticked('TRUE', true);
    await source.answer(reading, { ...report, publishNow: false });
    expect(server.spreadsheet(id).cell('設定', 'B5').formattedValue).toBe('TRUE');
  });
});

describe('answering and the next poll', () => {
  it('the answer starts nothing: 2 requests find it unchanged, and then 1', async () => {
    const { seen } = await source.answer(await read(), report);
    const next = await source.poll(seen);
    expect(next).toMatchObject({ outcome: 'unchanged', requests: 2, seen: { version: '103' } });
    const after = await source.poll(next.outcome === 'unchanged' ? next.seen : null);
    expect(after).toMatchObject({ outcome: 'unchanged', requests: 1 });
  });

  it('taking the tick off starts nothing either', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
    });
    const { seen } = await source.answer(await read(), { ...report, publishNow: true });
    expect(await source.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 2 });
  });

  it('an edit just before the answer is written is not lost', async () => {
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.type('目標', 'C2', '直前の編集')));
    const { seen } = await source.answer(reading, report);
    expect(await source.poll(seen)).toMatchObject({ outcome: 'changed', requests: 2 });
  });
});

describe('faults', () => {
  it('a lost answer: looks again, finds it written, and writes nothing more', async () => {
    const reading = await read();
    server.failNext('lost-answer');
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'written', requests: 2 });
    expect(server.count('update')).toBe(1);
    expect(clock.elapsed).toBe(1_500);
  });

  it('a lost answer that took the tick off', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
    });
    const reading = await read();
    server.failNext('lost-answer');
    const { seen, outcome } = await source.answer(reading, { ...report, publishNow: true });
    expect(outcome).toBe('written');
    expect(await source.poll(seen)).toMatchObject({ outcome: 'unchanged' });
  });

  it('a failed write and an edit meanwhile: leaves the answer to the next run', async () => {
    const reading = await read();
    server.failNext({ status: 503 });
    server.beforeNext('get', () => server.edit(id, (model) => model.type('目標', 'C2', '別の目標')));
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken', requests: 2 });
    expect(server.spreadsheet(id).notes).toEqual({});
  });

  it('a sheet shared for reading only: nothing is written, and the error names the right that is missing', async () => {
    const reading = await read();
    server.alter(id, { role: 'reader' });
    const result = await source.answer(reading, report);
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { code: 'google-sheet-not-shared' },
      seen: reading.seen,
      requests: 1,
    });
    expect(result.failure?.fix).toContain('編集者');
    expect(server.spreadsheet(id).titles).not.toContain('確認結果');
  });

  it('a service that stays away: gives up within the budget', async () => {
    const reading = await read();
    server.failAlways({ status: 503 });
    expect(await source.answer(reading, report)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'google-unavailable' },
    });
    expect(clock.elapsed).toBe(66_000);
  });
});
