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
