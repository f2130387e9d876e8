import type { CellRange } from '../../workbook/workbook.ts';
import { Unreadable } from './limits.ts';

/** The last row and column of a sheet, from 0. */
export const lastRow = 1_048_575;
export const lastColumn = 16_383;

/** `B3` as row and column, both from 0. Read for every cell, so letter by letter. */
export function placeOf(address: string): { row: number; column: number } {
  let column = 0;
  let row = 0;
  for (let index = 0; index < address.length; index += 1) {
    const code = address.charCodeAt(index);
    if (code >= 48 && code <= 57) row = row * 10 + code - 48;
    else if (code >= 65 && code <= 90 && row === 0) column = column * 26 + code - 64;
    else if (code >= 97 && code <= 122 && row === 0) column = column * 26 + code - 96;
    else if (code !== 36) throw new Unreadable('damaged');
  }
  if (row < 1 || row > lastRow + 1 || column < 1 || column > lastColumn + 1) throw new Unreadable('damaged');
  return { row: row - 1, column: column - 1 };
}

/** `A1:B3`, or one cell, or whole columns or rows (`A:C`, `1:3`). */
export function rangeOf(reference: string): CellRange {
  const [from = '', to = from] = reference.trim().split(':');
  const [first, last] = [cornerOf(from, '1', 'A'), cornerOf(to, String(lastRow + 1), 'XFD')];
  return {
    top: Math.min(first.row, last.row),
    left: Math.min(first.column, last.column),
    bottom: Math.max(first.row, last.row),
    right: Math.max(first.column, last.column),
  };
}

function cornerOf(address: string, row: string, column: string): { row: number; column: number } {
  if (/^\$?[A-Za-z]+$/u.test(address)) return placeOf(address + row);
  return placeOf(/^\$?\d+$/u.test(address) ? column + address : address);
}
