import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';

/** A range of cells as the API counts: from 0, half-open at the ends. */
export function gridRange(
  sheetId: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
): sheets_v4.Schema$GridRange {
  return { sheetId, startRowIndex: top, endRowIndex: bottom, startColumnIndex: left, endColumnIndex: right };
}

/** An id for a tab to be: chosen here, so that the requests after it in the batch can name it. */
export function unusedSheetId(used: readonly number[]): number {
  const taken = new Set(used);
  let id = 1;
  while (taken.has(id)) id += 1;
  return id;
}

/** A whole tab, in A1 notation. */
export const rangeOfTab = (name: string): string => `'${name.replaceAll("'", "''")}'`;
