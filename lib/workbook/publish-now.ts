import { matchKey } from '../text/normalize.ts';
import { parseWorkbook } from './parse.ts';
import type { Workbook } from './workbook.ts';

/** The cell of 設定 in which staff ask for publication at once. */
export interface PublishNowCell {
  /** The tab's name as written. */
  readonly tab: string;
  /** A1 notation. */
  readonly cell: string;
  /** What the cell shows. */
  readonly text: string;
  readonly ticked: boolean;
}

/** Words and marks by which people say yes; a ticked box shows TRUE. All else, such as FALSE or a blank, is no. */
const ticks = new Set(
  ['TRUE', 'はい', 'YES', '1', 'する', '公開', '今すぐ公開', '○', '〇', '◯', '◎', '●', '✓', '✔', '☑', 'レ'].map(
    matchKey,
  ),
);

/** True for a ticked box, and for the words and marks that mean the same. */
function isTicked(text: string): boolean {
  return ticks.has(matchKey(text));
}

/** Finds 今すぐ公開 among the items of 設定; null where there is none, or where the workbook cannot be read at all. */
export function findPublishNow(workbook: Workbook): PublishNowCell | null {
  const settings = parseWorkbook(workbook).rows?.settings;
  const value = settings?.values.find(({ key }) => key === 'publishNow')?.value;
  if (!settings || !value) return null;
  return { tab: settings.tab, cell: value.cell, text: value.text, ticked: isTicked(value.text) };
}
