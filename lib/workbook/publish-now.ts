import { isBlank, matchKey } from '../text/normalize.ts';
import { readSettingsTab } from './parse.ts';
import type { SheetRows } from './rows.ts';
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
  /** The word is neither a yes nor a no. */
  readonly isUnknown: boolean;
}

/** Words and marks by which people say yes; a ticked box shows TRUE. */
const ticks = new Set(
  ['TRUE', 'はい', 'YES', '1', 'する', '公開', '今すぐ公開', '○', '〇', '◯', '◎', '●', '✓', '✔', '☑', 'レ'].map(
    matchKey,
  ),
);

/** Words by which people say no; a box that is not ticked shows FALSE. */
const noes = new Set(['FALSE', 'いいえ', 'NO', '0', 'しない', '×', '☐', '-', '－', 'なし'].map(matchKey));

/** Finds 今すぐ公開 in a workbook of which nothing else is wanted; null where there is none. */
export function findPublishNow(workbook: Workbook): PublishNowCell | null {
  const settings = readSettingsTab(workbook);
  return settings === null ? null : publishNowIn(settings);
}

/** 今すぐ公開 among the items of 設定; null where there is none. */
export function publishNowIn({ tab, values }: SheetRows['settings']): PublishNowCell | null {
  const value = values.find(({ key }) => key === 'publishNow')?.value;
  if (value === undefined) return null;
  const key = matchKey(value.text);
  const ticked = ticks.has(key);
  const isUnknown = !ticked && !isBlank(value.text) && !noes.has(key);
  return { tab, cell: value.cell, text: value.text, ticked, isUnknown };
}
