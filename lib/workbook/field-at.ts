import type { Field } from './rows.ts';
import type { Sheet } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/** What a cell shows, with its address and the target of its link. */
export function fieldAt(sheet: Sheet, row: number, column: number): Field {
  const cell = cellAddress(row, column);
  const link = sheet.links.size === 0 ? undefined : sheet.links.get(cell);
  const field = { text: sheet.rows[row]?.[column] ?? '', cell, row: row + 1 };
  return link === undefined ? field : { ...field, link };
}
