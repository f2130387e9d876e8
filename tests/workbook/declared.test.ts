import { describe, expect, test } from 'vitest';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { readDeclarations } from '../../lib/workbook/declared.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** 項目: the city's own columns, and what it says of those of the contract. */

const header = ['見出し', 'シート', '種類', '必須', '公表', '表示名', '単位', '説明'];
function read(...rows: readonly (readonly string[])[]) {
  const parsed = parseWorkbook(workbookOf({ ...soundTabs, 項目: [header, ...rows] })).rows;
  return readDeclarations(parsed?.columns ?? null, parsed?.scheme ?? defaultScheme);
}
const only = (...row: readonly string[]) => read(row).columns[0];

test('a row with everything', () => {
  expect(read(['予算\n（当初）', '部', '金額', '結果', 'しない', '当初予算', '千円', '年度当初の額'])).toMatchObject({
    columns: [
      {
        header: '予算（当初）',
        tab: 'departments',
        type: 'money',
        required: 'result',
        isPublished: false,
        label: '当初予算',
        hasLabel: true,
        hasRequired: true,
        unit: '千円',
        description: '年度当初の額',
        place: { text: '予算\n（当初）', cell: 'A2', row: 2 },
      },
    ],
    findings: [],
  });
});

test('a row with nothing more than it needs: public text, never required', () => {
  expect(read(['計画', '目標'])).toMatchObject({
    columns: [
      {
        header: '計画',
        tab: 'goals',
        type: 'text',
        required: 'never',
        isPublished: true,
        label: '計画',
        hasLabel: false,
        hasRequired: false,
        unit: null,
        description: null,
      },
    ],
    findings: [],
  });
});

test.each([
  ['部', 'departments'],
  ['目標', 'goals'],
  ['指標', 'indicators'],
  [' 指 標 ', 'indicators'],
])('シート %s', (text, tab) => {
  expect(only('計画', text)?.tab).toBe(tab);
});

test('シート takes the city’s own name of its units beside the contract’s', () => {
  const settings = [...soundTabs.設定, ['単位の名', '局']];
  const rows = [header, ['計画', '局'], ['予算', '部']];
  const parsed = parseWorkbook(workbookOf({ ...soundTabs, 設定: settings, 項目: rows })).rows;
  const { columns, findings } = readDeclarations(parsed?.columns ?? null, { ...defaultScheme, unit: '局' });
  expect([columns.map(({ tab }) => tab), findings]).toEqual([['departments', 'departments'], []]);
});

test.each([
  ['', 'text'],
  ['文', 'text'],
  ['数', 'number'],
  ['金額', 'money'],
  ['割合', 'percent'],
  ['日付', 'date'],
  ['リンク', 'link'],
])('種類 %s', (text, type) => {
  expect(only('計画', '目標', text)?.type).toBe(type);
});

test.each([
  ['', 'never'],
  ['いつも', 'always'],
  ['目標', 'plan'],
  ['中間', 'interim'],
  ['結果', 'result'],
  ['未達成のとき', 'missed'],
])('必須 %s', (text, required) => {
  expect(only('計画', '目標', '', text)?.required).toBe(required);
});

describe('a row that cannot be read is said at its own cell, and its column is not published', () => {
  test.each([
    ['見出し', ['', '目標', '文'], 'A2', null, []],
    ['シート', ['計画', '選択肢'], 'B2', '選択肢', ['部', '目標', '指標']],
    ['シート', ['計画', ''], 'B2', null, ['部', '目標', '指標']],
    ['種類', ['計画', '目標', '文字'], 'C2', '文字', ['文', '数', '金額', '割合', '日付', 'リンク']],
    ['必須', ['計画', '目標', '', 'ときどき'], 'D2', 'ときどき', ['いつも', '目標', '中間', '結果', '未達成のとき']],
    ['公表', ['計画', '目標', '', '', 'たぶん'], 'E2', 'たぶん', ['する', 'しない']],
  ] as const)('%s of %j', (column, row, cell, value, words) => {
    const { columns, findings } = read(row, ['予算', '部']);
    expect(columns.map((one) => one.header)).toEqual(['予算']);
    expect(findings).toMatchObject([{ code: 'bad-declaration', tab: '項目', cell, row: 2, column, value }]);
    for (const word of words) expect(`${findings[0]?.message}${findings[0]?.fix}`).toContain(word);
  });

  test('every cell of a row that is wrong', () => {
    expect(read(['計画', '表', '字', '時', 'か']).findings.map(({ cell }) => cell)).toEqual(['B2', 'C2', 'D2', 'E2']);
  });
});

test('a second row for one column is not read; of another tab it is another column', () => {
  const { columns, findings } = read(['計画', '目標', '数'], ['計 画', '目標', '金額'], ['計画', '部']);
  expect(columns.map(({ tab, type }) => [tab, type])).toEqual([
    ['goals', 'number'],
    ['departments', 'text'],
  ]);
  expect(findings).toMatchObject([{ code: 'repeated-declaration', tab: '項目', cell: 'A3', row: 3, value: '計 画' }]);
  expect(findings[0]?.message).toContain('A2');
});

test('a city without the tab declares nothing', () => {
  expect(readDeclarations(null, defaultScheme)).toEqual({ columns: [], findings: [] });
});
