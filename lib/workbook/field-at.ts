import type { Field } from './rows.ts';
import type { Sheet } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/**
 * A cell of which nothing but its text is known, as nearly all are. Its address is put together when somebody asks for it: a big sheet has
 * millions of cells, and few of them are ever named.
 */
class PlainCell implements Field {
  readonly text: string;
  readonly row: number;
  private readonly column: number;

  /**
   * @param row from 1
   * @param column from 0
   */
  constructor(text: string, row: number, column: number) {
    this.text = text;
    this.row = row;
    this.column = column;
  }

  get cell(): string {
    return cellAddress(this.row - 1, this.column);
  }
}

/**
 * What a cell shows, with its address, the target of its link, and what is known of it.
 *
 * @param row from 0
 * @param column from 0
 */
export function fieldAt(sheet: Sheet, row: number, column: number): Field {
  const field = new PlainCell(sheet.rows[row]?.[column] ?? '', row + 1, column);
  if (sheet.links.size === 0 && sheet.marks === undefined) return field;
  const { cell } = field;
  const link = sheet.links.get(cell);
  const mark = sheet.marks?.get(cell);
  if (link === undefined && mark === undefined) return field;
  return fieldWith(field, { ...(link === undefined ? {} : { link }), ...(mark === undefined ? {} : { mark }) });
}

/** A field of which more is known, or another text. A field is not copied by spreading it, which would lose its address. */
export function fieldWith(field: Field, more: Partial<Field>): Field {
  return { ...field, cell: field.cell, ...more };
}
