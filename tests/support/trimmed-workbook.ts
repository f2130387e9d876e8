import type { Workbook } from '../../lib/workbook/workbook.ts';

/** The workbook without blank cells at the ends of rows and blank rows at the ends of tabs, which mean nothing. */
export function trimmed(workbook: Workbook): Workbook {
  return {
    sheets: workbook.sheets.map((sheet) => {
      const rows = sheet.rows.map((row) => row.slice(0, row.findLastIndex((text) => text !== '') + 1));
      return { ...sheet, rows: rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1) };
    }),
  };
}
