import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { setUpSchema } from '../../lib/sources/google/set-up-grid.ts';
import { planSetUp } from '../../lib/sources/google/set-up-plan.ts';
import { cellAddress } from '../../lib/workbook/workbook.ts';
import { requestSchema } from '../support/google-requests.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { libreOffice, savedByLibreOffice } from '../support/libre-office.ts';
import { xlsxOf } from '../support/xlsx.ts';

type Tabs = Readonly<Record<string, readonly (readonly string[])[]>>;

/** The tabs as set-up leaves them: what set-up would send is applied to what is there. */
function setUp(tabs: Tabs): SpreadsheetModel {
  const model = new SpreadsheetModel();
  for (const [name, rows] of Object.entries(tabs)) model.addTab(name, rows);
  const { requests } = planSetUp(setUpSchema.parse(model.show('x')));
  for (const request of requests) model.apply(requestSchema.parse(request));
  return model;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** In the words of a workbook file: Google's ARRAYFORMULA is its array formula, and a range has an end. */
const asFile = (formula: string): string =>
  formula
    .slice(1)
    .replaceAll('ARRAYFORMULA(', '(')
    .replaceAll(/(\$([A-Z]+)\$\d+):\$\2(?![$\dA-Z:])/gu, '$1:$$$2$$60');

/** The lines of 記入状況 from its headers on, as LibreOffice works them out. */
async function workedOut(model: SpreadsheetModel, lines: number): Promise<string[][]> {
  const names = model.titles.filter((name) => name !== '使い方' && name !== '確認結果');
  const sheets = names.map((name) => ({
    name,
    data: model
      .texts(name)
      .slice(0, name === '記入状況' ? 3 + lines : 60)
      .map((cells, row) => {
        const inner = cells.map((text, column) => {
          const address = cellAddress(row, column);
          if (text.startsWith('=')) {
            const kind = text.includes('ARRAYFORMULA(') ? ` t="array" ref="${address}"` : '';
            return `<c r="${address}"><f${kind}>${escapeXml(asFile(text))}</f></c>`;
          }
          if (text === 'TRUE' || text === 'FALSE')
            return `<c r="${address}" t="b"><v>${text === 'TRUE' ? 1 : 0}</v></c>`;
          return text === '' ? '' : `<c r="${address}" t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
        });
        return `<row r="${row + 1}">${inner.join('')}</row>`;
      })
      .join(''),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'mokuhyo-progress-'));
  try {
    writeFileSync(join(folder, 'sheet.xlsx'), xlsxOf(sheets));
    const number = names.indexOf('記入状況') + 1;
    const format = `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,${number}`;
    await savedByLibreOffice([join(folder, 'sheet.xlsx')], folder, format);
    const rows: string[][] = parse(readFileSync(join(folder, 'sheet-記入状況.csv')), { relaxColumnCount: true });
    return rows.slice(2, 3 + lines);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const departments = [
  ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括', '公開', '決裁', '年度'],
  ['総務部', '見本 花子', 'みほん はなこ', '方針', '仕事', '総括', '公開', '令和6年4月1日', ''],
  ['福祉部', '', 'れいた いちろう', '', '仕事', '', '公開', '', ''],
  ['福祉部', '別田 次郎', 'べつだ じろう', '', '', '', '', '', ''],
  ['建設部', '', '', '', '', '', '下書き', '', ''],
  ['水道部', '見本', 'みほん', '方針', '仕事', '', '取下げ', '', '令和6年度'],
  ['旧部', '', '', '', '', '', '公開', '', '令和5年度'],
];
const goals = [
  ['部名', '目標', '達成状況', '年度'],
  ['総務部', '目標の一', '達成', ''],
  ['', '目標の二', '', ''],
  ['福祉部', '', '', ''],
  ['', '目標の三', '', ''],
  ['', '目標の四', '', ''],
  ['建設部', '目標の五', '進行中', ''],
  ['建設部', '去年の目標', '', '令和5年度'],
];
const indicators = [
  ['部名', '目標番号', '指標名', '実績値'],
  ['総務部', '1', '指標の一', '10'],
  ['', '', '指標の二', ''],
  ['福祉部', '1', '指標の三', '20'],
];
const settings = (phase: string) => [
  ['項目', '値'],
  ['自治体名', '見本市'],
  ['年度', '令和6年度'],
  ['段階', phase],
];

describe.skipIf(!libreOffice)('記入状況, worked out by LibreOffice', { timeout: 120_000 }, () => {
  const header = [
    '部名',
    '状態',
    '空欄の数',
    '部長名',
    '部長名（ふりがな）',
    '基本方針',
    '部の仕事',
    '総括',
    '目標の数',
    '達成状況の空欄',
    '実績値の空欄',
  ];

  it('counts what is missing of each department: a blank 部名 means the one above, another head and another year do not count', async () => {
    const model = setUp({ 設定: settings('結果'), 部: departments, 目標: goals, 指標: indicators });
    expect(await workedOut(model, 7)).toEqual([
      header,
      ['総務部', '公開', '2', '', '', '', '', '', '2', '1', '1'],
      ['福祉部', '決裁待ち', '5', '空欄', '', '空欄', '', '空欄', '2', '2', ''],
      ['', '', '', '', '', '', '', '', '', '', ''],
      ['建設部', '下書き', '5', '空欄', '空欄', '空欄', '空欄', '空欄', '1', '', ''],
      ['水道部', '取下げ', '1', '', '', '', '', '空欄', '0', '', ''],
      ['', '', '', '', '', '', '', '', '', '', ''],
      ['', '', '', '', '', '', '', '', '', '', ''],
    ]);
  });

  it('asks in each phase for what belongs to it', async () => {
    const model = setUp({ 設定: settings('目標'), 部: departments, 目標: goals, 指標: indicators });
    const [, first, second] = await workedOut(model, 2);
    expect(first).toEqual(['総務部', '公開', '0', '', '', '', '', '', '2', '', '']);
    expect(second).toEqual(['福祉部', '決裁待ち', '2', '空欄', '', '空欄', '', '', '2', '', '']);
  });
});

describe('記入状況', () => {
  const model = setUp({ 設定: settings('結果'), 部: departments, 目標: goals, 指標: indicators });

  it('leads to the cells: to the blank one itself, and to the first goal without a status', () => {
    const id = (name: string) =>
      model.show('x').sheets?.find(({ properties }) => properties?.title === name)?.properties?.sheetId;
    const [formula] = [model.texts('記入状況')[3]?.[3] ?? ''];
    expect(formula).toContain(`HYPERLINK("#gid=${id('部')}&range="&ADDRESS((ROW()+-2),COLUMN('部'!$B:$B),4),"空欄")`);
    expect(model.texts('記入状況')[3]?.[9]).toContain(
      `HYPERLINK("#gid=${id('目標')}&range="&ADDRESS(ARRAYFORMULA(MIN(`,
    );
  });

  it('has colours for what is missing and for the states, as has the row of a department', () => {
    const formulasOf = (name: string) =>
      model
        .show('x')
        .sheets?.find(({ properties }) => properties?.title === name)
        ?.conditionalFormats?.map(({ ranges, booleanRule }) => [
          ranges?.[0]?.startColumnIndex,
          ranges?.[0]?.endColumnIndex,
          booleanRule?.condition?.values?.[0]?.userEnteredValue,
        ]);
    expect(formulasOf('記入状況')).toContainEqual([2, 3, '=AND($C4<>"",$C4<>0)']);
    expect(formulasOf('記入状況')).toContainEqual([1, 2, '=ISNUMBER(SEARCH("決裁待ち",$B4))']);
    const state = '=AND(COUNTA($A2:$N2)>0,COUNTIF($A$2:$A2,$A2)=1,';
    expect(formulasOf('部')?.slice(-4)).toEqual([
      [0, 14, `${state}OR($G2="取下げ"))`],
      [0, 14, `${state}OR($G2="",$G2="下書き",$G2=FALSE))`],
      [0, 14, `${state}OR($G2="公開",$G2=TRUE),OR($H2=""))`],
      [0, 14, `${state}OR($G2="公開",$G2=TRUE),ISNUMBER(SEARCH("緊急",$H2)))`],
    ]);
  });

  it('is left as it is once it is there, whatever staff have made of it', () => {
    model.type('記入状況', 'C4', '手で書いた');
    const before = model.show('x');
    expect(planSetUp(setUpSchema.parse(before)).requests).toEqual([]);
  });

  it('leaves a tab of that name alone that a city keeps for itself', () => {
    const own = [['記入状況'], ['総務部', '済']];
    const after = setUp({ 設定: settings('結果'), 部: departments, 目標: goals, 指標: indicators, 記入状況: own });
    expect(after.texts('記入状況')).toEqual(own);
    const shown = after.show('x').sheets?.find(({ properties }) => properties?.title === '記入状況');
    expect(shown?.protectedRanges ?? []).toEqual([]);
  });
});
