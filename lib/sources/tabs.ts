import { matchKey } from '../text/normalize.ts';
import { isTabRead } from '../workbook/columns.ts';
import type { Sheet } from '../workbook/workbook.ts';

const settings = matchKey('設定');

/** No name of a tab is longer: Excel takes 31 characters, Google Sheets 100. */
const longestName = 100;

/** A tab is read where the contract names it, or where any cell of 設定 does: a city may call its departments by another word. */
export const wantedTabs = {
  isRead: isTabRead,
  areNamedIn(sheets: readonly Pick<Sheet, 'name' | 'rows'>[]): (name: string) => boolean {
    const named = new Set<string>();
    for (const { name, rows } of sheets) {
      if (matchKey(name) !== settings) continue;
      for (const text of rows.flat()) if (text.length <= longestName) named.add(matchKey(text));
    }
    return (name) => named.has(matchKey(name));
  },
};
