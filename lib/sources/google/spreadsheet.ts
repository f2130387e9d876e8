import { createHash } from 'node:crypto';
import * as z from 'zod';
import { matchKey } from '../../text/normalize.ts';
import { choicesTab, departmentsTab, goalsTab, settingsTab } from '../../workbook/columns.ts';
import type { PublishNowCell } from '../../workbook/publish-now.ts';
import { type CellRange, cellAddress, type Sheet, type Workbook } from '../../workbook/workbook.ts';

/** What the Sheets API answers with the mask below. It leaves out every field that has its default value. */

const linkSchema = z.object({ uri: z.string().optional() });

const cellSchema = z.object({
  formattedValue: z.string().optional(),
  hyperlink: z.string().optional(),
  note: z.string().optional(),
  textFormatRuns: z.array(z.object({ format: z.object({ link: linkSchema.optional() }).optional() })).optional(),
  chipRuns: z
    .array(
      z.object({
        chip: z.object({ richLinkProperties: z.object({ uri: z.string().optional() }).optional() }).optional(),
      }),
    )
    .optional(),
});
export type GridCell = z.infer<typeof cellSchema>;

const gridSchema = z.object({
  startRow: z.number().default(0),
  startColumn: z.number().default(0),
  rowData: z.array(z.object({ values: z.array(cellSchema).default([]) })).default([]),
});

/** Half-open, from 0. A bound that is left out is 0 at the start, and the edge of the sheet at the end. */
const mergeSchema = z.object({
  startRowIndex: z.number().default(0),
  endRowIndex: z.number(),
  startColumnIndex: z.number().default(0),
  endColumnIndex: z.number(),
});

const sheetSchema = z.object({
  properties: z.object({
    sheetId: z.number().default(0),
    title: z.string(),
    sheetType: z.string().default('GRID'),
    gridProperties: z.object({ rowCount: z.number(), columnCount: z.number() }).optional(),
  }),
  merges: z.array(mergeSchema).default([]),
  data: z.array(gridSchema).default([]),
});

export const spreadsheetSchema = z.object({ sheets: z.array(sheetSchema) });
export type Spreadsheet = z.infer<typeof spreadsheetSchema>;
export type GridSheet = Spreadsheet['sheets'][number];

/** All that reading and answering need, and no more: with formats the same answer is many times as large. */
export const spreadsheetFields =
  'sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),merges,' +
  'data(startRow,startColumn,rowData(values(formattedValue,hyperlink,note,textFormatRuns(format(link(uri))),chipRuns(chip(richLinkProperties(uri)))))))';

/** The workbook as a person sees it. Hidden rows and tabs count like any other. */
export function workbookOf(spreadsheet: Spreadsheet): Workbook {
  return { sheets: spreadsheet.sheets.filter(isGrid).map(sheetOf) };
}

/** Charts and connected data have tabs of their own, which hold no cells. */
const isGrid = (sheet: GridSheet): boolean => sheet.properties.sheetType === 'GRID';

function sheetOf(sheet: GridSheet): Sheet {
  const rows: string[][] = [];
  const links = new Map<string, string>();
  for (const { cell, row, column } of cellsOf(sheet)) {
    const text = cell.formattedValue ?? '';
    if (text !== '') {
      while (rows.length <= row) rows.push([]);
      const target = rows[row] ?? [];
      while (target.length < column) target.push('');
      target[column] = text;
    }
    const link = linkOf(cell);
    if (link !== null) links.set(cellAddress(row, column), link);
  }
  return { name: sheet.properties.title, rows, merges: sheet.merges.map(cellRange), links };
}

const cellRange = (merge: z.infer<typeof mergeSchema>): CellRange => ({
  top: merge.startRowIndex,
  left: merge.startColumnIndex,
  bottom: merge.endRowIndex - 1,
  right: merge.endColumnIndex - 1,
});

export interface PlacedCell {
  readonly cell: GridCell;
  /** From 0. */
  readonly row: number;
  readonly column: number;
}

/** Every cell that the answer holds, row by row. */
export function cellsOf(sheet: GridSheet): readonly PlacedCell[] {
  return sheet.data.flatMap(({ startRow, startColumn, rowData }) =>
    rowData.flatMap(({ values }, row) =>
      values.map((cell, column) => ({ cell, row: startRow + row, column: startColumn + column })),
    ),
  );
}

/**
 * Where a cell leads: the link of the whole cell, or else the only link in its text, or of the file shown in it. Several
 * different links lead nowhere in particular.
 */
export function linkOf(cell: GridCell): string | null {
  if (cell.hyperlink) return cell.hyperlink;
  const targets = new Set([
    ...(cell.textFormatRuns ?? []).map(({ format }) => format?.link?.uri),
    ...(cell.chipRuns ?? []).map(({ chip }) => chip?.richLinkProperties?.uri),
  ]);
  targets.delete(undefined);
  const [target] = targets;
  return targets.size === 1 && target ? target : null;
}

const readTabs = new Set([settingsTab, departmentsTab, goalsTab, choicesTab].map(({ name }) => matchKey(name)));

/**
 * A fingerprint of what the workbook says: the same for two readings between which nothing changed that Mokuhyo reads. What
 * it writes by itself (確認結果, 使い方, notes) does not count; of 今すぐ公開, only whether it is ticked.
 */
export function contentDigest(workbook: Workbook, publishNow: PublishNowCell | null): string {
  const sheets = workbook.sheets
    .filter(({ name }) => readTabs.has(matchKey(name)))
    .map((sheet) => {
      const rows = publishNow?.tab === sheet.name ? without(publishNow.cell, sheet.rows) : sheet.rows;
      return { ...sheet, rows, links: [...sheet.links] };
    });
  const ticked = publishNow?.ticked ?? false;
  return createHash('sha256').update(JSON.stringify({ sheets, ticked })).digest('hex');
}

function without(cell: string, rows: Sheet['rows']): Sheet['rows'] {
  return rows.map((texts, row) =>
    trimmedEnd(texts.map((text, column) => (cellAddress(row, column) === cell ? '' : text))),
  );
}

/** A cleared cell at the end of a row is no cell at all in the next answer. */
function trimmedEnd(texts: readonly string[]): readonly string[] {
  return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
}
