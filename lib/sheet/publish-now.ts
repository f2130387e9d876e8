import { matchKey } from '../goals/text.ts';
import { settingDefinitions, settingsTab } from './definition.ts';
import type { Workbook } from './workbook.ts';

/** The cell of 設定 in which staff ask for publication at once. */
export interface PublishNowCell {
  /** The tab's name as written. */
  readonly sheet: string;
  /** From 0. */
  readonly row: number;
  readonly column: number;
  /** What the cell shows. */
  readonly text: string;
}

/** A ticked box shows TRUE. Words are for programs without boxes, and for people who write before they look. */
const ticks = new Set(['true', 'はい', 'yes', '1', 'する', '公開', '今すぐ公開', '○', '〇', '◯', '◎', '●', '✓', '✔', '☑', 'レ'].map(matchKey));

/** True for a ticked box and for the words and marks by which people say yes; anything else is no. */
export function isTicked(text: string): boolean {
  return ticks.has(matchKey(text));
}

/** Finds 今すぐ公開 among the items of 設定; null where there is none. */
export function findPublishNow(workbook: Workbook): PublishNowCell | null {
  const sheet = workbook.sheets.find(({ name }) => matchKey(name) === matchKey(settingsTab.name));
  if (!sheet) return null;
  const header = sheet.rows.slice(0, 10).findIndex((row) => columnOf(row, 'item') >= 0 && columnOf(row, 'value') >= 0);
  const titles = sheet.rows[header];
  const publishNow = settingDefinitions.find(({ key }) => key === 'publishNow');
  if (!titles || !publishNow) return null;
  const item = columnOf(titles, 'item');
  const column = columnOf(titles, 'value');
  const row = sheet.rows.findIndex(
    (cells, index) => index > header && matchKey(cells[item] ?? '') === matchKey(publishNow.header),
  );
  return row < 0 ? null : { sheet: sheet.name, row, column, text: sheet.rows[row]?.[column] ?? '' };
}

function columnOf(row: readonly string[], key: 'item' | 'value'): number {
  const definition = settingsTab.columns.find((column) => column.key === key);
  const names = new Set([definition?.header ?? '', ...(definition?.aliases ?? [])].map(matchKey));
  return row.findIndex((text) => names.has(matchKey(text)));
}
