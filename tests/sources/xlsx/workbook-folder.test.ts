import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openFileSource } from '../../../lib/sources/open.ts';
import { joinWorkbooks } from '../../../lib/sources/xlsx/join-workbooks.ts';
import type { Sheet } from '../../../lib/workbook/workbook.ts';
import { runCommand, temporaryFolder } from '../../support/command-line.ts';
import { soundTabs, type Tabs, workbookOf } from '../../support/workbook.ts';
import { xlsxOfWorkbook } from '../../support/xlsx.ts';

/** A folder of workbooks, one for each department, is one workbook. */

let folder: string;
beforeEach(async () => {
  folder = path.join(await temporaryFolder(), '令和6年度');
  await mkdir(folder);
});

const save = (name: string, tabs: Tabs) => writeFile(path.join(folder, name), xlsxOfWorkbook(workbookOf(tabs)));

const settings: Tabs = {
  設定: [
    ['項目', '値'],
    ['自治体名', '湊野市'],
    ['年度', '令和6年度'],
  ],
};
const department = (name: string, goals: readonly string[]): Tabs => ({
  部: [
    ['部名', '部長名'],
    [name, '沢田 実'],
  ],
  目標: [['部名', '目標', '達成状況'], ...goals.map((goal) => [name, goal, '達成'])],
});

async function readFolder() {
  const opened = await openFileSource(folder);
  if (!opened.ok) throw new Error(opened.failure.message);
  const result = await opened.source.read();
  if (!result.ok) throw new Error(result.failure.message);
  return result;
}

const sheetOf = (sheets: readonly Sheet[], name: string): Sheet => {
  const found = sheets.filter((sheet) => sheet.name === name);
  expect(found).toHaveLength(1);
  return found[0] ?? { name, rows: [], merges: [], links: new Map() };
};

test('tabs of one name are put together, and each row knows where it stands', async () => {
  await save('01総務部.xlsx', { ...settings, ...department('総務部', ['目標A', '目標B']) });
  await save('02福祉部.xlsx', department('福祉部', ['目標C']));
  await save('~$02福祉部.xlsx', department('鍵', ['']));
  const { workbook, requests } = await readFolder();
  expect(requests).toBe(2);
  expect(sheetOf(workbook.sheets, '部').rows).toEqual([
    ['部名', '部長名'],
    ['総務部', '沢田 実'],
    ['福祉部', '沢田 実'],
  ]);
  const goals = sheetOf(workbook.sheets, '目標');
  expect(goals.rows.map(([, goal]) => goal)).toEqual(['目標', '目標A', '目標B', '目標C']);
  expect(goals.origins?.at(3)).toEqual({ file: '02福祉部.xlsx', row: 2 });
});

test('the site is that of one workbook', async () => {
  const { 部: departments = [], 目標: goals = [], ...rest } = soundTabs;
  const [first, second] = [departments[1]?.[0], departments[2]?.[0]];
  const of = (name: string | undefined, rows: readonly (readonly string[])[]) => [
    rows[0] ?? [],
    ...rows.slice(1).filter(([cell]) => cell === name),
  ];
  await save('1.xlsx', { ...rest, 部: of(first, departments), 目標: of(first, goals) });
  await save('2.xlsx', { ...rest, 部: of(second, departments), 目標: of(second, goals) });
  const whole = path.join(await temporaryFolder(), 'whole.xlsx');
  const both = (rows: readonly (readonly string[])[]) => [...of(first, rows), ...of(second, rows).slice(1)];
  await writeFile(whole, xlsxOfWorkbook(workbookOf({ ...rest, 部: both(departments), 目標: both(goals) })));
  const check = async (source: string) => JSON.parse((await runCommand(['check', '--source', source, '--json'])).out);
  const expected = await check(whole);
  expect(expected.ok).toBe(true);
  expect(await check(folder)).toEqual(expected);
});

test('a blank name at the head of a file is not that of the file before', async () => {
  await save('1.xlsx', soundTabs);
  await save('2.xlsx', { 目標: [soundTabs.目標[0] ?? [], ['', '3', '目標の五', '達成', '']] });
  const { out } = await runCommand(['check', '--source', folder, '--json']);
  const { issues } = JSON.parse(out);
  expect(issues).toContainEqual(expect.objectContaining({ severity: 'error', tab: '目標', row: 6, column: '部名' }));
});

test('one workbook alone in a folder is named, and to be given itself', async () => {
  await save('令和6年度部長目標.xlsx', soundTabs);
  const { status, out } = await runCommand(['check', '--source', folder, '--json']);
  expect(status).toBe(2);
  expect(out).toContain('令和6年度部長目標.xlsx');
});

test('beside CSV files workbooks are not read', async () => {
  await save('1.xlsx', soundTabs);
  await save('2.xlsx', soundTabs);
  await writeFile(path.join(folder, '部.csv'), '部名\n総務部\n');
  const { workbook } = await readFolder();
  expect(workbook.sheets.map(({ name }) => name)).toEqual(['部']);
});

test('one that is damaged is named', async () => {
  await save('1.xlsx', soundTabs);
  await writeFile(path.join(folder, '2.xlsx'), 'PK');
  const opened = await openFileSource(folder);
  expect(opened.ok && (await opened.source.read())).toMatchObject({
    ok: false,
    failure: { code: 'source-damaged', message: expect.stringContaining('2.xlsx') },
  });
});

describe('joinWorkbooks', () => {
  const join = (...tabs: readonly Tabs[]) =>
    joinWorkbooks(tabs.map((one, index) => ({ file: `${index + 1}.xlsx`, workbook: workbookOf(one) }))).sheets;

  test('columns in another order, missing or more are put where their headers are', () => {
    const sheet = sheetOf(
      join(
        {
          目標: [
            ['部名', '目標', '説明'],
            ['総務部', 'あ', 'い'],
          ],
        },
        { 目標: [['令和6年度'], ['備考', '目標', '部名', '説明'], ['メモ', 'う', '福祉部']] },
      ),
      '目標',
    );
    expect(sheet.rows).toEqual([
      ['部名', '目標', '説明', '備考'],
      ['総務部', 'あ', 'い'],
      ['福祉部', 'う', '', 'メモ'],
    ]);
    expect(sheet.origins?.[2]).toEqual({ file: '2.xlsx', row: 3, columns: [2, 1, 3, 0] });
  });

  test('headers that are others stay apart', () => {
    const sheets = join(
      {
        目標: [
          ['部名', '目標', '達成状況'],
          ['総務部', 'あ', '達成'],
        ],
      },
      {
        目標: [
          ['所属', '取組', '結果'],
          ['総務部', 'い', '達成'],
        ],
      },
    );
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['目標', 2],
      ['目標', 2],
    ]);
  });

  test('what speaks of the whole city stands there once', () => {
    const choices = {
      選択肢: [
        ['表示', '区分'],
        ['A', '達成'],
      ],
    };
    const sheets = join({ ...settings, ...choices }, { ...settings, 選択肢: [...choices.選択肢, ['B', '未達成']] });
    expect(sheetOf(sheets, '設定').rows).toHaveLength(3);
    expect(sheetOf(sheets, '選択肢').rows).toEqual([
      ['表示', '区分'],
      ['A', '達成'],
      ['B', '未達成'],
    ]);
  });

  test('merges, links, marks, hidden rows and pictures go with their rows', () => {
    const rows = [
      ['部名', '目標'],
      ['総務部', 'あ'],
      ['', 'い'],
    ];
    const plain: Sheet = { name: '目標', rows, merges: [], links: new Map() };
    const marked: Sheet = {
      ...plain,
      merges: [{ top: 1, left: 0, bottom: 2, right: 0 }],
      links: new Map([['B2', 'https://example.jp/']]),
      marks: new Map([['B3', { struck: '旧' }]]),
      hiddenRows: new Map([[2, 'hand']]),
      pictures: [{ row: 1, column: 1, bytes: () => new Uint8Array() }],
    };
    const [sheet] = joinWorkbooks([
      { file: '1.xlsx', workbook: { sheets: [plain] } },
      { file: '2.xlsx', workbook: { sheets: [marked] } },
    ]).sheets;
    expect(sheet).toMatchObject({
      merges: [{ top: 3, left: 0, bottom: 4, right: 0 }],
      links: new Map([['B4', 'https://example.jp/']]),
      marks: new Map([['B5', { struck: '旧' }]]),
      hiddenRows: new Map([[4, 'hand']]),
      pictures: [{ row: 3, column: 1 }],
    });
  });

  test('a header in two rows is no record', () => {
    const two = (name: string): Sheet => ({
      name: '目標',
      rows: [
        ['部名', '目標'],
        ['', '本文'],
        [name, 'あ'],
      ],
      merges: [{ top: 0, left: 0, bottom: 1, right: 0 }],
      links: new Map(),
    });
    const [sheet] = joinWorkbooks([
      { file: '1.xlsx', workbook: { sheets: [two('総務部')] } },
      { file: '2.xlsx', workbook: { sheets: [two('福祉部')] } },
    ]).sheets;
    expect(sheet?.rows.map(([name]) => name)).toEqual(['部名', '', '総務部', '福祉部']);
  });
});
