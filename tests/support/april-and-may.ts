import type { KeptDepartment, Published } from '../../lib/goals/model/published.ts';
import { richTabs } from './rich-tabs.ts';
import { settleTabs } from './settled.ts';
import { type Tabs, withCell } from './workbook.ts';

/** The sheet with everything, published in April, and what becomes of it in May. */

export const april = new Date('2025-04-01T01:00:00Z');
export const may = new Date('2025-05-01T01:00:00Z');
export const first = settleTabs(richTabs, null, april).published;
export const run = (tabs: Tabs, before: Published | null = first) => settleTabs(tabs, before, may);

/** The tabs with the cell of a row changed in the column of that header; rows count from 1, as on the sheet. */
export function typeUnder(tabs: Tabs, tab: string, row: number, header: string, text: string): Tabs {
  const column = tabs[tab]?.[0]?.indexOf(header) ?? -1;
  if (column < 0) throw new RangeError(`There is no ${header} in ${tab}.`);
  return withCell(tabs, tab, row - 1, column, text);
}

/** The tabs without the columns of those headers. */
export function withoutHeaders(tabs: Tabs, tab: string, ...headers: readonly string[]): Tabs {
  const rows = tabs[tab] ?? [];
  const gone = headers.map((header) => rows[0]?.indexOf(header) ?? -1);
  return { ...tabs, [tab]: rows.map((row) => row.filter((_, column) => !gone.includes(column))) };
}

/** The tabs without the rows of a department, wherever they are. */
export const withoutDepartment = (tabs: Tabs, department: string): Tabs =>
  Object.fromEntries(
    Object.entries(tabs).map(([tab, rows]) => [
      tab,
      ['設定', '項目', '選択肢', '組織の変遷'].includes(tab) ? rows : rows.filter(([name]) => name !== department),
    ]),
  );

/** A department of the newest year. */
export const departmentIn = ({ years }: Published, id: string): KeptDepartment | undefined =>
  years[0]?.departments.find(({ department }) => department.id === id)?.department;

/** The tabs with an error in a row of 目標, which holds its department and says nothing else. */
export const withoutResult = (tabs: Tabs, row = 5): Tabs => typeUnder(tabs, '目標', row, '達成状況', '');
