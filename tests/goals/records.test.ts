import { describe, expect, test } from 'vitest';
import { isAskedFor, recordsOf } from '../../lib/goals/rules/records.ts';
import { textCells } from '../../lib/goals/rules/text-cells.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { joinedOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { withCell } from '../support/workbook.ts';

/** The rows that the rules look at, what is asked for in each, and which of their texts the public sees. */

const now = new Date('2025-04-01T01:00:00Z');

/** Each row: `tab row: department holds status [what must be filled in]`, and what is marked of it. */
const rowsOf = (tabs: Tabs) =>
  [...recordsOf(joinedOf(tabs, now))].map((record) => {
    const { tab, row, department, owner, only, phase, holds } = record;
    expect(record.isGoal).toBe(tab === '目標');
    // A row counts with the department that it holds, where it holds any.
    expect(owner?.name).toBe(holds[0]?.name);
    const asked = record.columns.filter((column) => isAskedFor(record, column)).map(({ header }) => header);
    const about = [department ?? '－', holds.map(({ name }) => name || '？').join('・'), phase, record.status()];
    return `${tab} ${row.row}: ${about.join(' ')} [${asked.join(' ')}]${only === null ? '' : ` ${only}`}`;
  });
const inPhase = (tabs: Tabs, phase: string) => withCell(tabs, '設定', 4, 1, phase);
const declaring = (...rows: readonly (readonly string[])[]): Tabs => ({
  ...richTabs,
  項目: [...richTabs.項目, ...rows],
});

describe('what is asked for', () => {
  test('in 結果', () => {
    expect(rowsOf(richTabs)).toEqual([
      '部 2: 総務部 総務部 result missed [部名 部長名 部長名（ふりがな） 基本方針 部の仕事 総括]',
      '部 3: 総務部 総務部 result missed [部長名 部長名（ふりがな）] head',
      // A vacant post has no reading.
      '部 4: 福祉部 福祉部 result  [部名 部長名 基本方針 部の仕事 総括]',
      '部 5: 教育部 教育部 result  [部名 部長名 部長名（ふりがな） 基本方針 部の仕事 総括]',
      '部 6: 土木部 土木部 result  [部名 部長名 部長名（ふりがな） 基本方針 部の仕事 総括]',
      '目標 2: 総務部 総務部 result achieved [目標 達成状況]',
      '目標 3: 総務部 総務部 result missed [目標 達成状況]',
      '目標 4: 福祉部 福祉部 result in-progress [目標 達成状況]',
      '目標 5: 教育部 教育部 result achieved [目標 達成状況]',
      '目標 6: 土木部 土木部 result achieved [目標 達成状況]',
      '指標 2: 総務部 総務部 result achieved [部名 目標番号 指標名 実績値]',
      '指標 3: 総務部 総務部 result missed [部名 目標番号 指標名 実績値]',
      '評価 2: 総務部 総務部 result achieved [部名 評価者]',
      '評価 3: 総務部 総務部 result  [部名 評価者]',
      '評価 4: 福祉部 福祉部 result  [部名 評価者]',
    ]);
  });

  test('in 中間, where the middle of the year says how goals stand', () => {
    expect(rowsOf(inPhase(richTabs, '中間')).slice(4, 12)).toEqual([
      '部 6: 土木部 土木部 interim  [部名 部長名 部長名（ふりがな） 基本方針 部の仕事]',
      '目標 2: 総務部 総務部 interim in-progress [目標 中間の状況]',
      '目標 3: 総務部 総務部 interim partial [目標 中間の状況]',
      '目標 4: 福祉部 福祉部 interim  [目標 中間の状況]',
      '目標 5: 教育部 教育部 interim  [目標 中間の状況]',
      '目標 6: 土木部 土木部 interim  [目標 中間の状況]',
      '指標 2: 総務部 総務部 interim in-progress [部名 目標番号 指標名]',
      '指標 3: 総務部 総務部 interim partial [部名 目標番号 指標名]',
    ]);
    const without = { ...richTabs, 目標: richTabs.目標.map((row) => row.filter((_, column) => column !== 6)) };
    expect(rowsOf(inPhase(without, '中間'))[5]).toBe('目標 2: 総務部 総務部 interim achieved [目標]');
  });

  test('in 目標, where nothing is said of results yet', () => {
    expect(rowsOf(inPhase(richTabs, '目標')).slice(4, 7)).toEqual([
      '部 6: 土木部 土木部 plan  [部名 部長名 部長名（ふりがな） 基本方針 部の仕事]',
      '目標 2: 総務部 総務部 plan  [目標]',
      '目標 3: 総務部 総務部 plan  [目標]',
    ]);
  });

  test('by 必須 of 項目, of the columns of the contract and of the own ones', () => {
    const asked = (...rows: readonly (readonly string[])[]) =>
      rowsOf(declaring(...rows)).map((line) => line.replace(/^(\S+ \d+): .*\[(.*)\].*$/u, '$1 $2'));
    const missed = asked(
      ['目標', '理由', '', '未達成のとき'],
      ['目標', '担当', '', '目標'],
      ['指標', '出典', '', '結果'],
    );
    expect(missed.slice(5, 8)).toEqual(['目標 2 目標 達成状況', '目標 3 目標 達成状況 理由', '目標 4 目標 達成状況']);
    expect(missed.slice(10, 12)).toEqual([
      '指標 2 部名 目標番号 指標名 実績値 出典',
      '指標 3 部名 目標番号 指標名 実績値 出典',
    ]);
    const always = asked(['部', '職名', '', 'いつも'], ['部', '部名（ふりがな）', '', '未達成のとき']);
    expect(always.slice(0, 3)).toEqual([
      '部 2 部名 部名（ふりがな） 部長名 部長名（ふりがな） 職名 基本方針 部の仕事 総括',
      // Another head is only asked for a name and its reading.
      '部 3 部長名 部長名（ふりがな）',
      '部 4 部名 部長名 職名 基本方針 部の仕事 総括',
    ]);
    const tabs = {
      ...richTabs,
      項目: richTabs.項目.map((row) => (row[1] === '内線' || row[1] === '計画' ? row.with(3, 'いつも') : row)),
    };
    expect(rowsOf(tabs)[0]).toContain('総括 内線]');
    expect(rowsOf(tabs)[5]).toContain('達成状況 計画]');
  });

  test('a department that is taken off the site keeps its name, and nothing else of it is looked at', () => {
    const lines = rowsOf(withCell(richTabs, '部', 1, 8, '取下げ'));
    expect(lines[0]).toBe('部 2: 総務部 総務部 result missed [部名] name');
    expect(lines.filter((line) => line.includes('総務部'))).toHaveLength(1);
    expect(lines).toHaveLength(8);
  });

  test('a person who stands in needs no reading', () => {
    expect(rowsOf(withCell(richTabs, '部', 4, 2, '岡 学（事務取扱）'))[3]).toBe(
      '部 5: 教育部 教育部 result  [部名 部長名 基本方針 部の仕事 総括]',
    );
  });

  test('where nobody can tell whose a row is, it is nobody’s, and holds whom it may belong to', () => {
    const goals = withCell(richTabs, '目標', 3, 0, '福址部');
    expect(rowsOf(goals)[7]).toBe('目標 4: 福址部 福祉部 result in-progress [目標 達成状況]');
    const opinion = withCell(richTabs, '評価', 3, 0, '上下水道局');
    expect(rowsOf(opinion).at(-1)).toBe('評価 4: 上下水道局    [部名 評価者]');
  });
});

describe('the texts that the public sees', () => {
  const cellsOf = (tabs: Tabs) =>
    [...textCells(joinedOf(tabs, now))].map((cell) => {
      const { tab, cell: address, row, column, department, value } = cell.place();
      expect([row, column, value]).toEqual([Number(/\d+$/u.exec(address ?? '')?.[0]), cell.header, cell.text]);
      expect(cell.holds.map(({ name }) => name)).toEqual(department === undefined ? [] : [department]);
      const marks = [
        ...(cell.isRequired ? ['required'] : []),
        ...(cell.isStatus ? ['status'] : []),
        ...(cell.marksMeanNothing ? ['marks'] : []),
      ];
      return `${tab}!${address} ${cell.key}/${cell.header} ${cell.kind} ${cell.limit} ${marks.join(' ')}`.trim();
    });
  const ofRow = (tabs: Tabs, tab: string, row: number) =>
    cellsOf(tabs).filter((line) => new RegExp(`^${tab}![A-Z]+${row} `, 'u').test(line));

  test('of 設定', () => {
    expect(cellsOf(richTabs).filter((line) => line.startsWith('設定'))).toEqual([
      '設定!B2 null/自治体名 name 30',
      '設定!B6 null/題名 line 60',
      '設定!B7 null/紹介 prose 2000',
      '設定!B8 null/問い合わせ先 prose 300 marks',
    ]);
  });

  test('of a department and of its second head', () => {
    expect(ofRow(richTabs, '部', 2)).toEqual([
      '部!A2 department/部名 name 30 required',
      '部!B2 departmentKana/部名（ふりがな） name 60 marks',
      '部!C2 director/部長名 name 30 required',
      '部!D2 directorKana/部長名（ふりがな） name 40 required',
      '部!E2 directorTitle/職名 line 50 marks',
      '部!F2 policy/基本方針 prose 1000 required',
      '部!G2 work/部の仕事 prose 1500 required',
      '部!H2 summary/総括 prose 2000 required',
    ]);
    expect(ofRow(richTabs, '部', 3)).toEqual([
      '部!C3 director/部長名 name 30 required',
      '部!D3 directorKana/部長名（ふりがな） name 40 required',
      '部!E3 directorTitle/職名 line 50 marks',
    ]);
  });

  test('of a goal', () => {
    expect(ofRow(richTabs, '目標', 2)).toEqual([
      '目標!C2 group/分類 line 60 marks',
      '目標!D2 goal/目標 prose 300 required',
      '目標!E2 section/担当 line 80 marks',
      '目標!F2 due/期限 line 40 marks',
      '目標!G2 interimStatus/中間の状況 line 40 status marks',
      '目標!H2 interimReport/中間報告 prose 1000 marks',
      '目標!I2 status/達成状況 line 40 required status marks',
      '目標!J2 note/説明 prose 1000 marks',
      // Taken over by the row below it.
      '目標!C2 group/分類 line 60 marks',
    ]);
    // Before there are results, what stands in their columns is not shown.
    expect(ofRow(inPhase(richTabs, '目標'), '目標', 2).filter((line) => line.includes('tatus'))).toEqual([]);
  });

  test('of 指標 and 評価', () => {
    expect(ofRow(richTabs, '指標', 2)).toEqual([
      '指標!C2 name/指標名 line 60 required',
      '指標!D2 unit/単位 line 20 marks',
      '指標!G2 baselineAt/基準時点 line 40 marks',
      '指標!I2 targetAt/目標時点 line 40 marks',
      '指標!K2 interimAt/中間時点 line 40 marks',
      '指標!M2 actualAt/実績時点 line 40 marks',
      '指標!N2 source/出典 line 120 marks',
    ]);
    expect(ofRow(richTabs, '評価', 2)).toEqual([
      '評価!C2 by/評価者 line 60 required',
      '評価!D2 rating/評価 line 40 marks',
    ]);
  });

  test('own columns: those of text that are public', () => {
    const tabs = {
      ...richTabs,
      項目: richTabs.項目.map((row) => (row[1] === '内線' ? row.with(4, 'する') : row)),
    };
    expect(ofRow(tabs, '部', 2).at(-1)).toBe('部!N2 null/内線 prose 1000 marks');
    expect(ofRow(richTabs, '部', 2).some((line) => line.includes('内線') || line.includes('予算'))).toBe(false);
  });

  test('not: what is blank, broken, or kept private', () => {
    const tabs = withCell(withCell(richTabs, '目標', 1, 9, '#REF!'), '目標', 1, 4, ' ');
    expect(ofRow(tabs, '目標', 2).some((line) => /説明|担当/u.test(line))).toBe(false);
    const hidden = declaring(['目標', '説明', '', '', 'しない']);
    expect(ofRow(hidden, '目標', 2).some((line) => line.includes('説明'))).toBe(false);
    expect(cellsOf(withCell(richTabs, '設定', 6, 1, '#REF!')).some((line) => line.includes('紹介'))).toBe(false);
    expect(ofRow(withCell(richTabs, '部', 1, 8, '取下げ'), '部', 2)).toEqual([]);
  });
});
