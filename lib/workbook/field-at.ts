import type { Field } from './rows.ts';
import type { Sheet } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/** What a cell shows, with its address, the target of its link, and what is known of it. */
export function fieldAt(sheet: Sheet, row: number, column: number): Field {
  const cell = cellAddress(row, column);
  const field = { text: sheet.rows[row]?.[column] ?? '', cell, row: row + 1 };
  const link = sheet.links.size === 0 ? undefined : sheet.links.get(cell);
  const mark = sheet.marks?.get(cell);
  if (link === undefined && mark === undefined) return field;
  return { ...field, ...(link === undefined ? {} : { link }), ...(mark === undefined ? {} : { mark }) };
}
