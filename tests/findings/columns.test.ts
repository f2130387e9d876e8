import { describe, expect, test } from 'vitest';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { at, briefly, fullTabs, outcomeOf, workbookWith } from './sheet.ts';

/** Every column of text that is shown: where it stands in the full sheet, how long it may be, and what it is called. */
const columns = [
  {
    tab: '設定',
    cell: 'B2',
    limit: 30,
    column: '自治体名',
    department: null,
    kind: 'name',
    unfinished: 'unreadable-required-setting',
  },
  {
    tab: '設定',
    cell: 'B6',
    limit: 60,
    column: '題名',
    department: null,
    kind: 'line',
    unfinished: 'unreplaced-template-text',
  },
  { tab: '設定', cell: 'B7', limit: 300, column: '問い合わせ先', department: null, kind: 'prose', unfinished: null },
  {
    tab: '部',
    cell: 'B3',
    limit: 30,
    column: '部長名',
    department: '福祉部',
    kind: 'name',
    unfinished: 'nothing-but-unfinished',
  },
  {
    tab: '部',
    cell: 'C3',
    limit: 40,
    column: '部長名（ふりがな）',
    department: '福祉部',
    kind: 'name',
    unfinished: 'nothing-but-unfinished',
  },
  { tab: '部', cell: 'D3', limit: 50, column: '職名', department: '福祉部', kind: 'line', unfinished: null },
  {
    tab: '部',
    cell: 'E3',
    limit: 1000,
    column: '基本方針',
    department: '福祉部',
    kind: 'prose',
    unfinished: 'nothing-but-unfinished',
  },
  {
    tab: '部',
    cell: 'F3',
    limit: 1500,
    column: '部の仕事',
    department: '福祉部',
    kind: 'prose',
    unfinished: 'nothing-but-unfinished',
  },
  {
    tab: '部',
    cell: 'G3',
    limit: 2000,
    column: '総括',
    department: '福祉部',
    kind: 'prose',
    unfinished: 'nothing-but-unfinished',
  },
  {
    tab: '部',
    cell: 'H3',
    limit: 60,
    column: '部名（ふりがな）',
    department: '福祉部',
    kind: 'name',
    unfinished: null,
  },
  {
    tab: '目標',
    cell: 'C5',
    limit: 300,
    column: '目標',
    department: '福祉部',
    kind: 'prose',
    unfinished: 'nothing-but-unfinished',
  },
  { tab: '目標', cell: 'E5', limit: 1000, column: '説明', department: '福祉部', kind: 'prose', unfinished: null },
] as const;

const findingsOf = (tab: string, cell: string, text: string) =>
  outcomeOf(workbookWith(at(fullTabs, tab, cell, text))).findings;

describe.each(columns)('$tab $column', ({ tab, cell, limit, column, department, kind, unfinished }) => {
  test('may be so long and no longer, and the finding says where it is', () => {
    // A letter that is kana as well, so that ふりがな have nothing else to say.
    expect(findingsOf(tab, cell, 'あ'.repeat(limit))).toEqual([]);
    const value = 'あ'.repeat(limit + 1);
    const findings = findingsOf(tab, cell, value);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'warning',
      code: 'too-long',
      tab,
      cell,
      row: Number(cell.slice(1)),
      column,
      department,
      value,
      message: `${limit + 1}文字あります。${limit}文字を超えると、サイトで読みにくくなります。`,
    });
  });

  test('is held to a character set where it is no name', () => {
    const codes = findingsOf(tab, cell, 'あ步①').map(({ code }) => code);
    const expected = ['machine-dependent-character', 'outside-windows-31j'];
    expect(codes.filter((code) => code !== 'kana-not-kana')).toEqual(kind === 'name' ? [] : expected);
  });

  test('says that marks alone are no text, but where it may be left out', () => {
    const codes = findingsOf(tab, cell, '－').map(({ code }) => code);
    expect(codes.filter((code) => code !== 'kana-not-kana')).toEqual(unfinished === null ? [] : [unfinished]);
  });
});

test('部名 may be thirty characters long, in 部 and in 目標', () => {
  const named = (name: string) =>
    [5, 6].reduce((tabs, row) => at(tabs, '目標', `A${row}`, name), at(fullTabs, '部', 'A3', name));
  expect(outcomeOf(workbookWith(named('部'.repeat(30)))).findings).toEqual([]);
  expect(outcomeOf(workbookWith(named('部'.repeat(31)))).findings.map(briefly)).toEqual(['too-long 部!A3']);
  expect(outcomeOf(workbookWith(named('步①部'))).findings).toEqual([]);
});

test('達成状況 may be forty characters long, and says nothing before there are results', () => {
  const status = `達成${'あ'.repeat(38)}`;
  expect(findingsOf('目標', 'D5', status)).toEqual([]);
  expect(findingsOf('目標', 'D5', `${status}あ`)).toMatchObject([{ code: 'too-long', cell: 'D5', column: '達成状況' }]);
  const inPlan = at(at(fullTabs, '設定', 'B5', '目標'), '目標', 'D5', `${status}あ`);
  const codes = outcomeOf(workbookWith(inPlan)).findings.map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['result-in-plan']));
});

test('a finding in a row of 目標 or 部 without the cell says the row', () => {
  const [finding] = outcomeOf(workbookWith(at(fullTabs, '目標', 'A5', '上下水道局'))).findings;
  expect(finding).toMatchObject({
    tab: '目標',
    cell: 'A5',
    row: 5,
    column: '部名',
    department: '上下水道局',
    value: '上下水道局',
  });
});

test('warnings hold nobody', () => {
  const { held, shown } = outcomeOf(workbookWith(at(fullTabs, '目標', 'D5', '達成できず')));
  expect(held).toEqual([]);
  expect(shown).toEqual(['総務部', '福祉部', '教育部']);
});

test('a single cell in the farthest corner of a sheet is found, though every row is then as wide and the sheet as long as can be', () => {
  const width = 16_384;
  const empty: string[] = [];
  const rows = [...fullTabs.部, ...Array.from({ length: 1_048_576 - fullTabs.部.length }, () => empty)];
  rows[rows.length - 1] = [...Array.from({ length: width - 1 }, () => ''), 'x'];
  const { rows: parsed } = parseWorkbook(workbookWith({ ...fullTabs, 部: rows }));
  expect(
    parsed?.departments.unlisted.map(({ header, values }) => [header.cell, values.map(({ cell }) => cell)]),
  ).toEqual([['XFD1', ['XFD1048576']]]);
});
