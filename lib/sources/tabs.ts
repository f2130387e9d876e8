import { matchKey } from '../text/normalize.ts';
import { isTabRead } from '../workbook/columns.ts';
import type { Sheet } from '../workbook/workbook.ts';

/** Words of the contract by which a tab of departments goes without any setting, and its tabs that a city may have. */
const otherTabs: ReadonlySet<string> = new Set(
  ['局', '課', '区', '室', '所', '部局', '所属', '指標', '項目', '評価', '組織の変遷'].map(matchKey),
);

const settings = matchKey('設定');

/** No name of a tab is longer: Excel takes 31 characters, Google Sheets 100. */
const longestName = 100;

/** A tab is read where the contract names it, or where any cell of 設定 does: a city may call its departments by another word. */
export const wantedTabs = {
  isRead: (name: string): boolean => isTabRead(name) || otherTabs.has(matchKey(name)),
  areNamedIn(sheets: readonly Pick<Sheet, 'name' | 'rows'>[]): (name: string) => boolean {
    const named = new Set<string>();
    for (const { name, rows } of sheets) {
      if (matchKey(name) !== settings) continue;
      for (const text of rows.flat()) if (text.length <= longestName) named.add(matchKey(text));
    }
    return (name) => named.has(matchKey(name));
  },
};
