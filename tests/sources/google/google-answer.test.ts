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
  standings: [],
  preview: null,
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

  it('says of each department where it stands, in one word, and leads to its preview', async () => {
    const url = 'https://site.example/preview/0123456789abcdef0123456789abcdef/';
    const one = { fiscalYear: 2024, showing: null } as const;
    const given: SheetReport = {
      ...quiet,
      preview: { url, until: '2025-04-08' },
      standings: [
        { ...one, id: 'somu', department: '総務部', standing: 'published', showing: '2025-03-01' },
        { ...one, id: 'fukushi', department: '福祉部', standing: 'draft' },
        { ...one, id: 'kyoiku', department: '教育部', standing: 'awaiting-approval' },
        { ...one, id: 'doboku', department: '土木部', standing: 'held', showing: '2025-03-01' },
        { ...one, id: null, department: '環境 部', standing: 'withdrawn' },
      ],
    };
    await answer(given);
    const texts = server.spreadsheet(id).texts('確認結果');
    expect(texts[4]).toEqual([
      '公表前の見本',
      '公表前の見本を見る（2025年4月8日まで。シートを直すと、見本も新しくなります）',
    ]);
    const first = texts.findIndex(([cell]) => cell?.startsWith('部ごとの状況'));
    expect(texts.slice(first, first + 7)).toEqual([
      ['部ごとの状況（公表 1件、下書き 1件、決裁待ち 1件、保留 1件、取下げ 1件）'],
      ['部名', '年度', '状況', 'サイトの表示', '公表前の見本'],
      ['総務部', '令和6年度', '公表', '2025年3月1日の内容', '変更点を見る'],
      ['福祉部', '令和6年度', '下書き', '表示していません', '変更点を見る'],
      ['教育部', '令和6年度', '決裁待ち', '表示していません', '変更点を見る'],
      ['土木部', '令和6年度', '保留', '2025年3月1日の内容', '変更点を見る'],
      ['環境 部', '令和6年度', '取下げ', '表示していません', '変更点を見る'],
    ]);
    const links = [`B5`, `E${first + 3}`].map(
      (cell) => server.spreadsheet(id).cell('確認結果', cell).textFormatRuns?.[0]?.format?.link?.uri,
    );
    expect(links).toEqual([`${url}changes/`, `${url}changes/#change-2024-somu`]);
    expect(await answer(given)).toMatchObject({ outcome: 'unchanged', requests: 0 });
    // Another address is another answer.
    const renewed = { ...given, preview: { url: url.replace('0123', '9999'), until: '2025-04-08' } };
    expect(await answer(renewed)).toMatchObject({ outcome: 'written' });
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
    expect(await answer({ ...later, outcome: 'checked' })).toMatchObject({ outcome: 'written', requests: 1 });
    expect(server.spreadsheet(id).texts('確認結果')[1]?.[1]).toBe('2025年5月5日 14時5分');
  });

  it('goes on saying that it was published, until there is something else to say', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
    });
    await answer({ ...report, publishNow: true });
    // The poll after a publication finds nothing new to publish.
    expect(await answer({ ...report, outcome: 'unchanged' })).toMatchObject({ outcome: 'unchanged', requests: 0 });
    expect(server.spreadsheet(id).texts('確認結果')[2]?.[1]).toBe('公表しました。');
    expect(await answer({ ...report, outcome: 'unchanged', findings: [] })).toMatchObject({ outcome: 'written' });
    expect(server.spreadsheet(id).texts('確認結果')[2]?.[1]).toBe('サイトの内容に変わりはありません。');
  });

  it('leads into the copy, where the spreadsheet was copied', async () => {
    await answer(report);
    const copy = 'copy-of-the-spreadsheet';
    server.add(copy, server.spreadsheet(id).copy());
    const copied = googleSheetSource({ ...deps(), spreadsheetId: copy });
    const polled = await copied.poll(null);
    if (polled.outcome !== 'changed') throw new Error(`The poll was ${polled.outcome}.`);
    expect(await copied.answer(polled.reading, report)).toMatchObject({ outcome: 'written', requests: 1 });
    const link = server.spreadsheet(copy).cell('確認結果', 'B17').textFormatRuns?.[0]?.format?.link?.uri;
    expect(link).toBe(`https://docs.google.com/spreadsheets/d/${copy}/edit#gid=${gidOfGoals}&range=D3`);
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
  it('the answer starts nothing: 1 request finds it unchanged', async () => {
    const { seen } = await source.answer(await read(), report);
    expect(await source.poll(seen)).toEqual({ outcome: 'unchanged', requests: 1, seen });
  });

  it('taking the tick off starts nothing either', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
    });
    const { seen } = await source.answer(await read(), { ...report, publishNow: true });
    expect(await source.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 1 });
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
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'written', requests: 3 });
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
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken', requests: 3 });
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

describe('cells that are locked', () => {
  const goalCell = (row: number) => ({ top: row, left: 3, bottom: row, right: 3 });
  const other = { ...problem, cell: 'D2', message: '別の誤り。' };
  const two: SheetReport = { ...report, findings: [problem, other] };

  it('are left out and named, and all else is written, in one request', async () => {
    server.edit(id, (model) => model.lock('目標', goalCell(2)));
    expect(await answer(two)).toMatchObject({ outcome: 'written', requests: 1 });
    const model = server.spreadsheet(id);
    expect(Object.keys(model.notes)).toEqual(['目標!D2']);
    const texts = model.texts('確認結果');
    const row = texts.find(([tab, cell]) => tab === '目標' && cell === 'D3');
    expect(row?.[3]).toContain('保護されているため');
    expect(row?.[4]).toContain('編集できる人に加えて');
    expect(await answer(two)).toMatchObject({ outcome: 'unchanged', requests: 0 });
    expect(server.count('update')).toBe(1);
  });

  it.each([
    ['only warns', { warningOnly: true }],
    ['lets Mokuhyo in', { canEdit: true }],
    ['leaves the cell open', { but: [goalCell(2)] }],
  ])('are none where the protection %s', async (_, options) => {
    server.edit(id, (model) => model.lock('目標', null, options));
    expect(await answer(report)).toMatchObject({ outcome: 'written', requests: 1 });
    expect(Object.keys(server.spreadsheet(id).notes)).toEqual(['目標!D3']);
    expect(server.spreadsheet(id).texts('確認結果').flat()).not.toContain('保護されていて、書き込めなかったセル');
  });

  it('that the service does not tell of: what it refuses is found out, named, and keeps nothing else back', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
      model.lock('目標', goalCell(2), { isTold: false });
    });
    const departments = { ...problem, tab: '部', cell: 'B2' };
    const result = await answer({ ...two, findings: [problem, other, departments], publishNow: true });
    expect(result).toMatchObject({ outcome: 'written', failure: null });
    const model = server.spreadsheet(id);
    expect(Object.keys(model.notes)).toEqual(['目標!D2', '部!B2']);
    expect(model.cell('設定', 'B5').formattedValue).toBe('FALSE');
    expect(model.texts('確認結果')).toContainEqual(expect.arrayContaining(['目標', 'D3']));
  });

  it('all of a tab: gives the tab up after a few', async () => {
    server.edit(id, (model) => model.lock('目標', null, { isTold: false }));
    const findings = Array.from({ length: 40 }, (_, index) => ({ ...problem, cell: `D${index + 2}` }));
    const departments = { ...problem, tab: '部', cell: 'B2' };
    expect(await answer({ ...report, findings: [...findings, departments] })).toMatchObject({ outcome: 'written' });
    expect(Object.keys(server.spreadsheet(id).notes)).toEqual(['部!B2']);
    expect(server.count('update')).toBeLessThan(12);
    expect(server.spreadsheet(id).texts('確認結果').flat().join()).toContain('ほか30か所');
  });

  it('確認結果 itself: notes and the tick are written all the same', async () => {
    await answer(quiet);
    for (const isTold of [true, false]) {
      server.edit(id, (model) => {
        model.lock('確認結果', null, { isTold });
        model.type('設定', 'A5', '今すぐ公開');
        model.type('設定', 'B5', 'TRUE');
        model.unset('目標', 'D3', 'note');
      });
      expect(await answer({ ...report, publishNow: true })).toMatchObject({ outcome: 'written', failure: null });
      expect(Object.keys(server.spreadsheet(id).notes)).toEqual(['目標!D3']);
      expect(server.spreadsheet(id).cell('設定', 'B5').formattedValue).toBe('FALSE');
    }
  });

  it('the tick: it starts nothing, since it could never be taken off, and that is said', async () => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '今すぐ公開');
      model.type('設定', 'B5', 'TRUE');
      model.lock('設定', { top: 4, left: 1, bottom: 4, right: 1 });
    });
    const reading = await read();
    expect(reading.publishNow).toMatchObject({ cell: 'B5', ticked: false });
    await source.answer(reading, { ...report, publishNow: true });
    const texts = server.spreadsheet(id).texts('確認結果');
    expect(texts.find(([tab, cell]) => tab === '設定' && cell === 'B5')?.[3]).toContain('印を外せません');
    expect(texts.flat()).not.toContain('「今すぐ公開」の印を受け付け、印を外しました。');
  });
});

describe('a sheet that moves between the look and the writing', () => {
  const staffNote = '課長に確認中';

  it("gives a staff's note back that was written over, and leaves the answer to the next run", async () => {
    server.edit(id, (model) => model.set('目標', 'D2', { note: staffNote }));
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.insertRow('目標', 1)));
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken', requests: 2 });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': staffNote });
    await answer({ ...report, findings: [{ ...problem, cell: 'D4' }] });
    expect(server.spreadsheet(id).notes).toMatchObject({ '目標!D3': staffNote, '目標!D4': expect.any(String) });
  });

  it("gives a staff's note back that was taken for one of a mended cell", async () => {
    await answer(report);
    const own = server.spreadsheet(id).notes['目標!D3'] ?? '';
    server.edit(id, (model) => model.set('目標', 'D2', { note: staffNote }));
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.insertRow('目標', 1)));
    expect(await source.answer(reading, quiet)).toMatchObject({ outcome: 'overtaken' });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': staffNote, '目標!D4': own });
  });

  it('takes a note off a cell that has just been put in', async () => {
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.insertRow('目標', 2)));
    await source.answer(reading, report);
    expect(server.spreadsheet(id).notes).toEqual({});
  });

  it('knows columns again too', async () => {
    server.edit(id, (model) => model.set('目標', 'C3', { note: staffNote }));
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.insertColumn('目標', 0)));
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken' });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': staffNote });
  });

  it.each([
    ['a word', { userEnteredValue: { stringValue: '結果' }, formattedValue: '結果' }],
    ['a formula', { userEnteredValue: { formulaValue: '=A1' }, formattedValue: '項目' }],
    ['a number', { userEnteredValue: { numberValue: 12_345 }, formattedValue: '012345' }],
    [
      'a link',
      {
        userEnteredValue: { stringValue: '市の頁' },
        formattedValue: '市の頁',
        textFormatRuns: [{ startIndex: 0, format: { link: { uri: 'https://example.jp/' } } }],
      },
    ],
  ])('puts %s back into another setting, where a FALSE was written over it', async (_, value) => {
    server.edit(id, (model) => {
      model.type('設定', 'A5', '段階');
      model.set('設定', 'B5', value);
      model.type('設定', 'A6', '今すぐ公開');
      model.type('設定', 'B6', 'TRUE');
      model.set('設定', 'B6', { userEnteredValue: { boolValue: true } });
    });
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.insertRow('設定', 4)));
    expect(await source.answer(reading, { ...report, publishNow: true })).toMatchObject({ outcome: 'overtaken' });
    const model = server.spreadsheet(id);
    expect(model.cell('設定', 'B6').userEnteredValue).toEqual(value.userEnteredValue);
    if ('textFormatRuns' in value) expect(model.cell('設定', 'B6').textFormatRuns).toEqual(value.textFormatRuns);
    expect(model.cell('設定', 'B7').userEnteredValue).toEqual({ boolValue: true });
  });

  it('is put right too where the answer to the writing was lost', async () => {
    server.edit(id, (model) => model.set('目標', 'D2', { note: staffNote }));
    const reading = await read();
    server.beforeNext('update', () => {
      server.edit(id, (model) => model.insertRow('目標', 1));
      server.failNext('lost-answer');
    });
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken' });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': staffNote });
  });

  it('is put right too where the putting back fails at first', async () => {
    server.edit(id, (model) => model.set('目標', 'D2', { note: staffNote }));
    const reading = await read();
    server.beforeNext('update', () => {
      server.edit(id, (model) => model.insertRow('目標', 1));
      server.beforeNext('update', () => server.failNext({ status: 503 }));
    });
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken' });
    expect(server.spreadsheet(id).notes).toEqual({ '目標!D3': staffNote });
  });

  it('a text that was edited in place is no move, and costs nothing', async () => {
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.type('目標', 'C3', '直前の編集')));
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'written', requests: 1 });
    expect(Object.keys(server.spreadsheet(id).notes)).toEqual(['目標!D3']);
  });

  it('a tab that is gone by then: the next run answers', async () => {
    const reading = await read();
    server.beforeNext('update', () => server.edit(id, (model) => model.removeTab('目標')));
    expect(await source.answer(reading, report)).toMatchObject({ outcome: 'overtaken', failure: null, requests: 1 });
  });
});

describe('a large answer', () => {
  it('10,000 goals with 3,000 defects: 確認結果 first, and no batch over 2 MB', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [
      '総務部',
      String(index + 1),
      `目標の${index + 1}`,
      '？',
    ]);
    server.edit(id, (model) => {
      model.removeTab('目標');
      model.addTab('目標', [['部名', '番号', '目標', '達成状況'], ...rows]);
    });
    const long = '選択肢にない言葉です。'.repeat(12);
    const findings = Array.from({ length: 3_000 }, (_, index) => ({
      ...problem,
      cell: `D${index + 2}`,
      message: `達成状況「？」は分かりません（${index + 1}）。${long}`,
      fix: `一覧から選んでください。${long}`,
    }));
    expect(await answer({ ...report, findings })).toMatchObject({ outcome: 'written' });
    const updates = server.requests.filter(({ kind }) => kind === 'update');
    expect(updates.length).toBeGreaterThan(2);
    expect(Math.max(...updates.map(({ size }) => size))).toBeLessThan(2_000_000);
    expect(updates.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(3_600_000);
    const [first = []] = server.batches;
    expect(first.every((request) => !('updateCells' in request && request.updateCells?.fields === 'note'))).toBe(true);
    expect(Object.keys(server.spreadsheet(id).notes)).toHaveLength(3_000);
    expect(server.spreadsheet(id).texts('確認結果').at(-1)?.[1]).toBe('目標 D3001');
    expect(await answer({ ...report, findings })).toMatchObject({ outcome: 'unchanged', requests: 0 });
  });
});

describe('an answer some time after the reading', () => {
  it('looks at the sheet again only where there is something to write', async () => {
    const reading = await read();
    expect(await source.answer(reading, report, { lookFirst: true })).toMatchObject({
      outcome: 'written',
      requests: 2,
    });
    const again = await read();
    expect(await source.answer(again, report, { lookFirst: true })).toMatchObject({
      outcome: 'unchanged',
      requests: 0,
    });
  });
});
