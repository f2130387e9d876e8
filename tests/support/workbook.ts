import type { CellRange, Sheet, Workbook } from '../../lib/workbook/workbook.ts';

/** Rows of cells by tab name: the smallest way to write a workbook in a test. */
export type Tabs = Readonly<Record<string, readonly (readonly string[])[]>>;

/** Makes a workbook of tabs written as rows of text. */
export function workbookOf(tabs: Tabs, merges: Readonly<Record<string, readonly CellRange[]>> = {}): Workbook {
  return {
    sheets: Object.entries(tabs).map(
      ([name, rows]): Sheet => ({ name, rows, merges: merges[name] ?? [], links: new Map() }),
    ),
  };
}

/** A small sheet that is right in every way: two departments, two goals each, results of fiscal 2024. */
export const soundTabs = {
  設定: [
    ['項目', '値'],
    ['自治体名', '湊野市'],
    ['年度', '令和6年度'],
    ['段階', '結果'],
  ],
  部: [
    ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括', '公開', 'URL名'],
    ['総務部', '沢田 実', 'さわだ みのる', '方針の一', '仕事の一', '総括の一', '公開', 'somu'],
    ['福祉部', '森 花', 'もり はな', '方針の二', '仕事の二', '総括の二', '公開', 'fukushi'],
  ],
  目標: [
    ['部名', '番号', '目標', '達成状況', '説明'],
    ['総務部', '1', '目標の一', '達成', ''],
    ['総務部', '2', '目標の二', '未達成', ''],
    ['福祉部', '1', '目標の三', '一部達成', '説明の三'],
    ['福祉部', '2', '目標の四', '進行中', ''],
  ],
} satisfies Tabs;

/** The tabs with one cell replaced; addresses count from the top left, both from 0. */
export function withCell(tabs: Tabs, tab: string, row: number, column: number, text: string): Tabs {
  const rows = tabs[tab];
  if (rows?.[row] === undefined) throw new RangeError(`There is no row ${row} in ${tab}.`);
  const replaced = rows.map((cells, index) => {
    if (index !== row) return cells;
    const copy = [...cells];
    while (copy.length <= column) copy.push('');
    copy[column] = text;
    return copy;
  });
  return { ...tabs, [tab]: replaced };
}
