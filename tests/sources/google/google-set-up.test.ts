import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SetUpResult, setUpSheet } from '../../../lib/sources/google/google-set-up.ts';
import { googleSheetSource } from '../../../lib/sources/google/google-sheet.ts';
import { guide } from '../../../lib/staff/guide.ts';
import { templateTabs } from '../../../lib/staff/template/template.ts';
import { defaultScheme } from '../../../lib/text/scheme.ts';
import { parseWorkbook } from '../../../lib/workbook/parse.ts';
import { GoogleServer } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../../support/workbook.ts';

const id = 'spreadsheet-under-test';
const tabs = templateTabs(defaultScheme);
const everyTab = ['使い方', ...tabs.map(({ name }) => name), '記入状況', '確認結果'];

let clock: VirtualClock;
let server: GoogleServer;

beforeEach(async () => {
  clock = new VirtualClock();
  server = await GoogleServer.start(clock);
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

const deps = () =>
  ({
    spreadsheetId: id,
    config: { kind: 'loopback', apiRoot: server.apiRoot },
    access: 'write',
    clock,
    random: () => 0.5,
  }) as const;

const setUp = (): Promise<SetUpResult> => setUpSheet(deps());

function start(tabs: Readonly<Record<string, readonly (readonly string[])[]>>): SpreadsheetModel {
  const model = new SpreadsheetModel();
  for (const [title, rows] of Object.entries(tabs)) model.addTab(title, rows);
  server.add(id, model);
  return model;
}

/** Every cell in which anything is written, by tab and address. */
function textsOf(model: SpreadsheetModel): Map<string, string> {
  return new Map(
    model.titles.flatMap((title) =>
      model
        .texts(title)
        .flatMap((row, at) =>
          row.flatMap((text, column) => (text === '' ? [] : [[`${title}!${at},${column}`, text] as const])),
        ),
    ),
  );
}

describe('an empty sheet', () => {
  beforeEach(() => {
    start({ シート1: [] });
  });

  it('is set up with 2 requests, and a second time nothing is written', async () => {
    expect(await setUp()).toEqual({ ok: true, made: everyTab, completed: [], left: [], requests: 2 });
    expect(server.spreadsheet(id).titles).toEqual([...everyTab, 'シート1']);
    const after = server.spreadsheet(id).show(id);
    expect(await setUp()).toEqual({ ok: true, made: [], completed: [], left: [], requests: 1 });
    expect(server.count('update')).toBe(1);
    expect(server.spreadsheet(id).show(id)).toEqual(after);
  });

  it('gets headers, items, words and the guide, and no row that could be published', async () => {
    await setUp();
    const model = server.spreadsheet(id);
    for (const { name, key, columns } of tabs) {
      const rows = key === 'settings' || key === 'choices' ? model.texts(name).slice(0, 1) : model.texts(name);
      expect(rows).toEqual([columns.map(({ definition }) => definition.header)]);
    }
    expect(model.texts('設定')).toEqual([
      ['項目', '値'],
      ...(tabs[0]?.settings ?? []).map(({ definition }) => [definition.header]),
    ]);
    expect(model.texts('選択肢').slice(1)).toEqual([...(tabs.find(({ key }) => key === 'choices')?.rows ?? [])]);
    expect(model.texts('使い方')).toEqual(guide(defaultScheme).map(({ text }) => [text]));
    expect(model.texts('確認結果')).toEqual([]);
    expect(model.notes['部!A1']).toContain('例：');
  });

  it('gets drop-downs, a box to tick, text codes, colours, frozen and protected headers, widths and wrapping', async () => {
    await setUp();
    const model = server.spreadsheet(id);
    const condition = (tab: string, cell: string) => model.cell(tab, cell).dataValidation?.condition;
    expect(condition('設定', 'B5')).toMatchObject({ type: 'ONE_OF_LIST' });
    expect(condition('設定', 'B9')).toMatchObject({ type: 'ONE_OF_LIST' });
    expect(condition('設定', 'B10')).toEqual({ type: 'BOOLEAN' });
    expect(condition('部', 'I1000')?.values).toEqual(
      ['公開', '下書き', '取下げ'].map((userEnteredValue) => ({ userEnteredValue })),
    );
    expect(condition('目標', 'A2')).toEqual({ type: 'ONE_OF_RANGE', values: [{ userEnteredValue: "='部'!$A$2:$A" }] });
    expect(condition('目標', 'D2')).toEqual({
      type: 'ONE_OF_RANGE',
      values: [{ userEnteredValue: "='選択肢'!$A$2:$A" }],
    });
    expect(model.cell('目標', 'D2').dataValidation?.strict).toBe(false);
    expect(model.cell('設定', 'B3').userEnteredFormat?.numberFormat).toEqual({ type: 'TEXT' });
    expect(model.cell('部', 'K900').userEnteredFormat).toMatchObject({
      numberFormat: { type: 'TEXT' },
      wrapStrategy: 'WRAP',
    });
    const shown = model.show(id).sheets ?? [];
    const goals = shown.find(({ properties }) => properties?.title === '目標');
    expect(goals?.properties?.gridProperties).toMatchObject({ frozenRowCount: 1, frozenColumnCount: 1 });
    expect(goals?.protectedRanges).toMatchObject([{ description: '目標：見出し', warningOnly: true }]);
    expect(goals?.data?.[0]?.columnMetadata?.[2]?.pixelSize).toBe(420);
    const formulas = goals?.conditionalFormats?.map(
      ({ booleanRule }) => booleanRule?.condition?.values?.[0]?.userEnteredValue,
    );
    expect(formulas).toEqual([
      '=AND(COUNTA($A2:$F2)>0,$C2="")',
      '=ISNUMBER(SEARCH("未達成",$D2))',
      '=ISNUMBER(SEARCH("一部達成",$D2))',
      '=ISNUMBER(SEARCH("進行中",$D2))',
      '=AND(ISNUMBER(SEARCH("達成",$D2)),NOT(ISNUMBER(SEARCH("未達成",$D2))),NOT(ISNUMBER(SEARCH("一部達成",$D2))))',
      '=AND(AND(COUNTA($A2:$F2)>0,$D2=""),COUNTIFS(INDIRECT("設定!A:A"),"段階",INDIRECT("設定!B:B"),"目標")+COUNTIFS(INDIRECT("設定!A:A"),"段階",INDIRECT("設定!B:B"),"中間")=0)',
    ]);
  });

  it('can then be filled in, and is read without a finding of form', async () => {
    await setUp();
    server.edit(id, (model) => {
      model.type('設定', 'B2', '見本市');
      model.type('設定', 'B4', '令和6年度');
      model.type('部', 'A2', '環境部');
      model.type('目標', 'A2', '環境部');
      model.type('目標', 'C2', '公園の遊具を、すべて点検します！');
    });
    const read = await googleSheetSource(deps()).read();
    const parsed = read.ok ? parseWorkbook(read.workbook) : null;
    expect(parsed?.findings).toEqual([]);
    expect(parsed?.rows?.goals.rows).toHaveLength(1);
    expect(await setUp()).toEqual({ ok: true, made: [], completed: [], left: [], requests: 1 });
  });
});

describe('a half-set-up sheet', () => {
  it('is completed, and no written cell changes', async () => {
    start({
      目標: [
        ['令和6年度の目標'],
        [],
        ['庁内用', '部局名', '部長目標'],
        ['済', '総務部', '目標の一'],
        ['', '', '目標の二'],
      ],
      設定: [
        ['設定項目', '内容'],
        ['年度', '令和6年度'],
        ['メモ', 'このままに'],
      ],
      選択肢: [
        ['表示', '区分'],
        ['計画どおり', '達成'],
      ],
    });
    server.spreadsheet(id).set('目標', 'B3', { note: '部の名前です（職員のメモ）' });
    const before = textsOf(server.spreadsheet(id));
    expect(await setUp()).toEqual({
      ok: true,
      made: everyTab.filter((name) => !['設定', '目標', '選択肢'].includes(name)),
      completed: ['設定', '目標', '選択肢'],
      left: [],
      requests: 2,
    });
    const model = server.spreadsheet(id);
    const after = textsOf(model);
    for (const [place, text] of before) expect([place, after.get(place)]).toEqual([place, text]);
    expect(model.texts('目標')[2]).toEqual(['庁内用', '部局名', '部長目標', '番号', '達成状況', '説明', '年度']);
    expect(model.texts('設定').map(([item]) => item)).toEqual([
      '設定項目',
      '年度',
      'メモ',
      ...['自治体名', '団体コード', '段階', '題名', '紹介', '問い合わせ先', 'データの利用条件', '今すぐ公開'],
    ]);
    expect(model.texts('選択肢')).toEqual([
      ['表示', '区分', '別表記', '説明', '下限'],
      ['計画どおり', '達成'],
    ]);
    expect(model.notes['目標!B3']).toBe('部の名前です（職員のメモ）');
    expect(model.notes['目標!C3']).toContain('例：');
    expect(model.cell('目標', 'B4').dataValidation?.condition?.values).toEqual([{ userEnteredValue: "='部'!$A$2:$A" }]);
    expect(model.cell('目標', 'C4').userEnteredFormat).toBeUndefined();
    expect(await setUp()).toEqual({ ok: true, made: [], completed: [], left: [], requests: 1 });
  });

  it('gets no column 公開 where departments are listed, for that would make drafts of them', async () => {
    const { visibility: _, ...rest } = { visibility: null, ...soundTabs };
    start({ ...rest, 部: soundTabs.部.map((row) => row.slice(0, 6)) });
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, left: [expect.stringContaining('「公開」を足していません')] });
    expect(server.spreadsheet(id).texts('部')[0]).not.toContain('公開');
    expect(await setUp()).toMatchObject({ ok: true, made: [], completed: [], requests: 1 });
  });

  it('puts no header over what staff keep in a column without one: it would become public', async () => {
    start({
      目標: [
        ['部名', '目標'],
        ['総務部', '目標の一', '', '内部の覚え書き'],
      ],
    });
    await setUp();
    const [header = [], row = []] = server.spreadsheet(id).texts('目標');
    expect(row[3]).toBe('内部の覚え書き');
    expect(header.slice(0, 6)).toEqual(['部名', '目標', '', '', '番号', '達成状況']);
  });

  it('keeps what staff have chosen: widths, drop-downs, colours of headers, ticks in words', async () => {
    start({
      設定: [
        ['項目', '値'],
        ['今すぐ公開', 'はい'],
      ],
      部: [['部名']],
      目標: [['部名', '目標', '達成状況']],
    });
    const own = { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: '◎' }] } };
    server.spreadsheet(id).set('目標', 'C2', { dataValidation: own });
    server.spreadsheet(id).set('目標', 'A1', { userEnteredFormat: { textFormat: { bold: false, fontSize: 20 } } });
    server.spreadsheet(id).apply({
      updateDimensionProperties: {
        range: { sheetId: 1002, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 },
        properties: { pixelSize: 777 },
        fields: 'pixelSize',
      },
    });
    await setUp();
    const model = server.spreadsheet(id);
    expect(model.cell('目標', 'C2').dataValidation).toEqual(own);
    expect(model.cell('目標', 'A1').userEnteredFormat).toEqual({ textFormat: { bold: false, fontSize: 20 } });
    expect(model.cell('設定', 'B2')).toMatchObject({ formattedValue: 'はい' });
    expect(model.cell('設定', 'B2').dataValidation).toBeUndefined();
    const goals = model.show(id).sheets?.find(({ properties }) => properties?.title === '目標');
    expect(goals?.data?.[0]?.columnMetadata?.[1]?.pixelSize).toBe(777);
  });

  it('leaves a tab alone that holds something else, and one that is there twice', async () => {
    start({ 部: [['来客簿'], ['四月一日', '晴れ']], 目標: [['部名']], '目 標': [['部名']] });
    const before = server.spreadsheet(id).show(id).sheets?.slice(0, 3);
    const result = await setUp();
    expect(result).toMatchObject({
      ok: true,
      // Without those two there is nothing to count in 記入状況.
      made: everyTab.filter((name) => !['部', '目標', '記入状況'].includes(name)),
      completed: [],
      left: [expect.stringContaining('「部」'), expect.stringContaining('「目標」')],
    });
    const titles = new Set(['部', '目標', '目 標']);
    const after = server
      .spreadsheet(id)
      .show(id)
      .sheets?.filter(({ properties }) => titles.has(properties?.title ?? ''));
    const data = (sheets: typeof after) => sheets?.map((sheet) => sheet.data);
    expect(data(after)).toEqual(data(before));
  });

  it('puts no tab beyond the last, where one is not made', async () => {
    start({ '目 標': [['項目']] });
    expect(await setUp()).toMatchObject({
      ok: true,
      made: everyTab.filter((name) => !['目標', '記入状況'].includes(name)),
    });
  });

  it('looks after the columns that only some cities have, where they are, and adds none', async () => {
    start({ 部: [['部名', '決裁']], 目標: [['部名', '目標', '中間の状況']] });
    await setUp();
    const model = server.spreadsheet(id);
    expect(model.notes['部!B1']).toContain('決裁が済んだら');
    expect(model.texts('部')[0]).not.toContain('連絡先メール');
    expect(model.texts('目標')[0]).not.toContain('中間報告');
    const colours = model.show(id).sheets?.find(({ properties }) => properties?.title === '目標')?.conditionalFormats;
    expect(JSON.stringify(colours)).toContain('$C2=');
  });

  it('does not freeze a row through a merged cell', async () => {
    const model = new SpreadsheetModel();
    model.addTab('目標', [['部名', '目標']], [{ top: 0, left: 0, bottom: 1, right: 0 }]);
    server.add(id, model);
    expect(await setUp()).toMatchObject({ ok: true });
    const goals = server
      .spreadsheet(id)
      .show(id)
      .sheets?.find(({ properties }) => properties?.title === '目標');
    expect(goals?.properties?.gridProperties?.frozenRowCount).toBeUndefined();
    expect(await setUp()).toMatchObject({ ok: true, requests: 1 });
  });

  it('names every column of the contract, wherever it is put', async () => {
    start({ 部: [['部名']], 目標: [['目標']] });
    await setUp();
    const model = server.spreadsheet(id);
    for (const { key, name, columns } of tabs) {
      if (key !== 'departments' && key !== 'goals') continue;
      expect(model.texts(name)[0]?.toSorted()).toEqual(columns.map(({ definition }) => definition.header).toSorted());
    }
  });
});

describe('faults', () => {
  beforeEach(() => {
    start({ シート1: [] });
  });

  it('a lost answer: looks again and finds it done', async () => {
    server.beforeNext('update', () => server.failNext('lost-answer'));
    expect(await setUp()).toEqual({ ok: true, made: everyTab, completed: [], left: [], requests: 3 });
    expect(server.count('update')).toBe(1);
    expect(clock.elapsed).toBe(1_500);
  });

  it('a quota: waits, looks again and writes', async () => {
    server.beforeNext('update', () => server.failNext({ status: 429, retryAfter: '10' }));
    expect(await setUp()).toMatchObject({ ok: true, made: everyTab, requests: 4 });
    expect(clock.elapsed).toBe(10_500);
  });

  it('a sheet shared for reading only: nothing is written, and the error says what to do', async () => {
    server.alter(id, { role: 'reader' });
    const result = await setUp();
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-sheet-not-shared' }, requests: 2 });
    expect(!result.ok && result.failure.fix).toContain('編集者');
    expect(server.spreadsheet(id).titles).toEqual(['シート1']);
  });

  it('a tab that appears between the look and the write is left as it is, and all else is done', async () => {
    server.beforeNext('update', () => server.spreadsheet(id).addTab('選択肢', [['別の内容']]));
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, left: [expect.stringContaining('「選択肢」')], requests: 4 });
    expect(server.spreadsheet(id).titles).toHaveLength(everyTab.length + 1);
    expect(server.spreadsheet(id).texts('選択肢')).toEqual([['別の内容']]);
  });

  it('is nothing to worry about for a workbook that is complete', async () => {
    server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
    expect(await setUp()).toMatchObject({ ok: true, requests: 2 });
    expect(await setUp()).toMatchObject({ ok: true, made: [], completed: [], requests: 1 });
  });
});

describe('what the service refuses', () => {
  const rows = (top: number, bottom: number) => ({ top, left: 0, bottom, right: 25 });
  const shown = (tab: string) =>
    server
      .spreadsheet(id)
      .show(id)
      .sheets?.find(({ properties }) => properties?.title === tab);

  beforeEach(() => {
    server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  });

  async function secondRunDoesNothing(): Promise<void> {
    const updates = server.count('update');
    expect(await setUp()).toMatchObject({ ok: true, made: [], completed: [] });
    expect(server.count('update')).toBe(updates);
  }

  it('locked rows of a department: looks and drop-downs are put around them', async () => {
    server.edit(id, (model) => model.lock('目標', rows(2, 4)));
    const result = await setUp();
    expect(result).toMatchObject({
      ok: true,
      left: [expect.stringMatching(/「目標」のシートの保護された部分.*部名/u)],
    });
    expect(server.count('update')).toBe(1);
    const model = server.spreadsheet(id);
    const isChosen = (cell: string) => model.cell('目標', cell).dataValidation !== undefined;
    expect(['A2', 'A3', 'A5', 'A6', 'A1000'].map(isChosen)).toEqual([true, false, false, true, true]);
    expect(shown('目標')?.conditionalFormats?.[0]?.ranges).toHaveLength(2);
    expect(shown('部')?.conditionalFormats?.length).toBeGreaterThan(0);
    await secondRunDoesNothing();
  });

  it('a locked tab is left alone, and told; a protection that only warns is none', async () => {
    server.edit(id, (model) => {
      model.lock('部', null);
      model.lock('目標', null, { warningOnly: true });
    });
    const before = shown('部');
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, completed: ['設定', '目標'] });
    expect(result.ok && result.left).toEqual([expect.stringContaining('「部」のシートの保護された部分')]);
    expect({ ...shown('部'), properties: null }).toEqual({ ...before, properties: null });
    await secondRunDoesNothing();
  });

  it('a tab of the guide or of the answer that staff have protected as a whole gets no second protection', async () => {
    await setUp();
    server.edit(id, (model) => {
      model.removeTab('使い方');
      model.addTab('使い方', [['職員の手引き']]);
      model.lock('使い方', null, { canEdit: true });
    });
    expect(await setUp()).toMatchObject({ ok: true, completed: ['使い方'] });
    expect(shown('使い方')?.protectedRanges).toHaveLength(1);
    await secondRunDoesNothing();
  });

  it('a table with typed columns keeps its kinds, and all else is done', async () => {
    server.edit(id, (model) => model.typeColumn('目標', { top: 0, left: 0, bottom: 40, right: 0 }));
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, left: [expect.stringMatching(/表で種類が決められている列.*部名/u)] });
    expect(server.spreadsheet(id).cell('目標', 'A2').dataValidation).toBeUndefined();
    expect(server.spreadsheet(id).cell('目標', 'D2').dataValidation).toBeDefined();
    await secondRunDoesNothing();
  });

  it('rows that are all hidden under the header: nothing is frozen there', async () => {
    server.edit(id, (model) =>
      model.hideRows(
        '目標',
        Array.from({ length: 999 }, (_, row) => row + 1),
      ),
    );
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, left: [expect.stringContaining('見出しを固定していません')] });
    expect(shown('目標')?.properties?.gridProperties?.frozenRowCount).toBeUndefined();
    expect(shown('部')?.properties?.gridProperties?.frozenRowCount).toBe(1);
    await secondRunDoesNothing();
  });

  it('a cell of which nobody told that it is locked: found by the index of the refusal, and named by tab and column', async () => {
    server.edit(id, (model) => model.lock('目標', { top: 0, left: 2, bottom: 0, right: 2 }, { isTold: false }));
    const result = await setUp();
    expect(result).toMatchObject({ ok: true, completed: ['設定', '部', '目標'] });
    expect(result.ok && result.left.join()).toMatch(/「目標」のシートの保護された部分.*目標/u);
    expect(shown('目標')?.conditionalFormats?.length).toBeGreaterThan(0);
  });
});

describe('the column 決裁', () => {
  const withApprovers = (approvers: string) => ({
    ...soundTabs,
    設定: [...soundTabs.設定, ['決裁の担当', approvers]],
    部: soundTabs.部.map((row, at) => [...row, at === 0 ? '決裁' : '第1号']),
  });
  const protectApproval = () => setUpSheet(deps(), { protectsApproval: true });
  const locks = () =>
    server
      .spreadsheet(id)
      .show(id)
      .sheets?.flatMap(({ protectedRanges }) => protectedRanges ?? [])
      .filter(({ description }) => description === '目標：決裁');

  it('is protected for the people of 決裁の担当 where that is asked, and a second time nothing is written', async () => {
    start(withApprovers('bucho@city.example、 Kacho@city.example'));
    await setUp();
    expect(locks()).toEqual([]);
    expect(await protectApproval()).toMatchObject({ ok: true, completed: ['部'], left: [] });
    expect(locks()).toMatchObject([
      {
        // From the row below the header to the end, however many rows there will be.
        range: { startRowIndex: 1, startColumnIndex: 8, endColumnIndex: 9 },
        warningOnly: false,
        editors: { users: ['owner@city.example', 'bucho@city.example', 'kacho@city.example'] },
      },
    ]);
    expect(locks()?.[0]?.range).not.toHaveProperty('endRowIndex');
    expect(await protectApproval()).toMatchObject({ completed: [], requests: 1 });
  });

  it('lets in who is named later, and keeps who was let in by hand', async () => {
    start(withApprovers('bucho@city.example'));
    await protectApproval();
    server.edit(id, (model) => model.type('設定', 'B5', 'jicho@city.example'));
    expect(await protectApproval()).toMatchObject({ completed: ['部'] });
    expect(locks()?.[0]?.editors?.users).toEqual(['owner@city.example', 'bucho@city.example', 'jicho@city.example']);
    expect(await protectApproval()).toMatchObject({ completed: [] });
  });

  it.each([
    ['nobody is named', withApprovers(''), '「設定」の「決裁の担当」が空のため'],
    ['what is named is no address', withApprovers('部長、kacho@city.example'), 'メールアドレスとして読めないもの'],
    ['there is no such column', soundTabs, '「部」のシートに「決裁」の列がないため'],
  ])('is left as it is where %s, and that is told', async (_, given, told) => {
    start(given);
    const result = await protectApproval();
    expect(result.ok && result.left.join()).toContain(told);
    expect(locks()).toEqual([]);
  });
});
