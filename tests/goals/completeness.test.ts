import { describe, expect, test } from 'vitest';
import type { Completeness } from '../../lib/goals/completeness.ts';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { at, checkedAt, fullTabs, withoutColumn, withoutRows } from '../findings/sheet.ts';
import type { Tabs } from '../support/workbook.ts';
import { workbookOf } from '../support/workbook.ts';

function completenessOf(tabs: Tabs): readonly Completeness[] {
  const { rows } = parseWorkbook(workbookOf(tabs));
  if (rows === null) throw new Error('The sheet has no rows.');
  return validate(rows, checkedAt).completeness;
}

const briefly = ({ department, fiscalYear, filled, required, missing }: Completeness) =>
  [department, fiscalYear, `${filled}/${required}`, ...missing] as const;

describe('who is missing what', () => {
  test('a complete sheet: six cells in 部, two for each goal', () => {
    expect(completenessOf(fullTabs).map(briefly)).toEqual([
      ['総務部', 2024, '12/12'],
      ['福祉部', 2024, '10/10'],
      ['教育部', 2024, '10/10'],
    ]);
  });

  test('blank cells by their address, in the order of the sheet', () => {
    const tabs = [
      ['部', 'E3'],
      ['部', 'C3'],
      ['目標', 'D5'],
      ['目標', 'C6'],
    ].reduce<Tabs>((sheet, [tab = '', address = '']) => at(sheet, tab, address, ' '), fullTabs);
    expect(completenessOf(tabs).map(briefly)).toEqual([
      ['総務部', 2024, '12/12'],
      ['福祉部', 2024, '6/10', '部!C3', '部!E3', '目標!D5', '目標!C6'],
      ['教育部', 2024, '10/10'],
    ]);
  });

  test('a cell that cannot be published is neither filled nor missing', () => {
    const [first] = completenessOf(at(at(fullTabs, '目標', 'D3', '順調'), '目標', 'E3', '#REF!'));
    expect(first && briefly(first)).toEqual(['総務部', 2024, '11/12']);
    expect(first?.fields.find(({ column }) => column === '達成状況')).toEqual({
      column: '達成状況',
      filled: 2,
      blank: 0,
      error: 1,
    });
  });

  test('a cell that is only warned of is filled', () => {
    const [first] = completenessOf(at(fullTabs, '目標', 'C2', '窓口を広げます。'.repeat(50)));
    expect(first && briefly(first)).toEqual(['総務部', 2024, '12/12']);
  });

  test('before there are results, neither 総括 nor 達成状況 is asked for', () => {
    const inPlan = at(fullTabs, '設定', 'B5', '目標');
    expect(completenessOf(withoutColumn(withoutColumn(inPlan, '目標', 'D'), '部', 'G')).map(briefly)).toEqual([
      ['総務部', 2024, '8/8'],
      ['福祉部', 2024, '7/7'],
      ['教育部', 2024, '7/7'],
    ]);
  });

  test('a column that is not there is not asked for', () => {
    const [, second] = completenessOf(withoutColumn(fullTabs, '部', 'G'));
    expect(second && briefly(second)).toEqual(['福祉部', 2024, '9/9']);
  });

  test('a department without goals lacks its first', () => {
    const [, second] = completenessOf(withoutRows(fullTabs, '目標', 5, 6));
    expect(second && briefly(second)).toEqual(['福祉部', 2024, '6/7', '目標!目標']);
  });

  test('drafts count, withdrawn departments do not', () => {
    const tabs = at(at(at(fullTabs, '部', 'L2', '下書き'), '部', 'E2', ''), '部', 'L3', '取下げ');
    expect(completenessOf(tabs).map(briefly)).toEqual([
      ['総務部', 2024, '11/12', '部!E2'],
      ['教育部', 2024, '10/10'],
    ]);
  });

  test('a department without a name has that of its goals, and its name is missing', () => {
    const [first] = completenessOf(at(fullTabs, '部', 'A2', ''));
    expect(first && briefly(first)).toEqual(['総務部', 2024, '11/12', '部!A2']);
  });
});
