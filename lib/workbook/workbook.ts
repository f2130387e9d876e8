/**
 * A workbook as a person sees it: for every tab the text shown in each cell. All sources make this same value, so the same
 * cells give the same site whatever file or service they came from.
 */
export interface Workbook {
  /** In the order of the file. */
  readonly sheets: readonly Sheet[];
}

export interface Sheet {
  /** The tab's name as written. */
  readonly name: string;
  /**
   * Displayed text by row and column, both from 0; `''` is a blank cell. Rows may be ragged: what is missing at the end is
   * blank. Text is as shown, line breaks included; nothing is trimmed or normalized here. An error value is its text
   * (`#REF!`), a ticked box `TRUE`.
   */
  readonly rows: readonly (readonly string[])[];
  /** Merged ranges. Only the first cell of one holds text. */
  readonly merges: readonly CellRange[];
  /** Targets of links, by address (`B3`), where a cell as a whole or its text is a link. */
  readonly links: ReadonlyMap<string, string>;
  /** What is to be known of single cells beside their text, by address (`B3`); only of cells that there is something to say of. */
  readonly marks?: ReadonlyMap<string, CellMark>;
  /** Rows that the program does not show, by row from 0: hidden by a person's hand, or by a filter that is set. */
  readonly hiddenRows?: ReadonlyMap<number, 'hand' | 'filter'>;
  /** The tab is hidden. */
  readonly hidden?: boolean;
  /** Pictures placed in a cell, or over the sheet with their upper left corner in it. */
  readonly pictures?: readonly CellPicture[];
  /** Where each row stands, by row from 0, of a tab that was put together from several files. */
  readonly origins?: readonly RowOrigin[];
}

/** Where a row stands that was read from one of several files. */
export interface RowOrigin {
  /** Name of the file, as a person knows it. */
  readonly file: string;
  /** The row there, from 1. */
  readonly row: number;
  /** The column there for each column here, both from 0, where that file has them in another order; -1 where it has none. */
  readonly columns?: readonly number[];
}

/** What a program keeps of a cell and does not show as its text. */
export interface CellMark {
  /** The text that is struck out; it is no longer part of the cell's text in `rows`. */
  readonly struck?: string;
  /** A formula has no value: it is still being worked out, or its result was not saved. The text in `rows` is `''`. */
  readonly pending?: 'loading' | 'no-result';
  /** A number shown by a date format: the day that it shows, and the number as it is without the format. */
  readonly date?: { readonly iso: string; readonly number: string };
}

/** A picture as the file holds it: nothing about it is checked yet. */
export interface CellPicture {
  /** Both from 0. */
  readonly row: number;
  readonly column: number;
  readonly bytes: () => Uint8Array;
}

/** Inclusive at both ends, from 0. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Name of a column, from 0: 0 is `A`, 26 is `AA`. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    name = String.fromCharCode(65 + (rest % 26)) + name;
  }
  return name;
}

/** Address in A1 notation of a cell, both numbers from 0: (11, 3) is `D12`. */
export function cellAddress(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}
