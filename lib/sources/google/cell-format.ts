import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { headerFill } from '../../workbook/columns.ts';

/** Looks of the cells that Mokuhyo writes. */

type CellFormat = sheets_v4.Schema$CellFormat;

/** A colour from `RRGGBB`, as the API counts: each part from 0 to 1. */
export function colourStyle(hex: string): sheets_v4.Schema$ColorStyle {
  const part = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16) / 255;
  return { rgbColor: { red: part(0), green: part(2), blue: part(4) } };
}

const wrapped = { wrapStrategy: 'WRAP', verticalAlignment: 'TOP' } as const;

export const bodyFormat: CellFormat = wrapped;
export const headerFormat: CellFormat = {
  ...wrapped,
  backgroundColorStyle: colourStyle(headerFill),
  textFormat: { bold: true },
};
/** Titles stand over columns that are narrower than they are. */
export const titleFormat: CellFormat = { verticalAlignment: 'TOP', textFormat: { bold: true, fontSize: 16 } };
