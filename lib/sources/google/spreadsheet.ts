import { createHash } from 'node:crypto';
import * as z from 'zod';
import { matchKey } from '../../text/normalize.ts';
import { guideTabName, progressTabName, reportTabName } from '../../workbook/columns.ts';
import type { PublishNowCell } from '../../workbook/publish-now.ts';
import { type CellMark, type CellRange, cellAddress, type Sheet, type Workbook } from '../../workbook/workbook.ts';
import { isStillLoading } from '../pending.ts';
import { wantedTabs } from '../tabs.ts';

/** What the Sheets API answers with the mask below. It leaves out every field that has its default value. */

const linkSchema = z.object({ uri: z.string().optional() });
const struckSchema = z.object({ strikethrough: z.boolean().optional() });

const cellSchema = z.object({
  formattedValue: z.string().optional(),
  hyperlink: z.string().optional(),
  note: z.string().optional(),
  /** What was typed in, where it is no text: a text is what the cell shows. */
  userEnteredValue: z
    .object({
      formulaValue: z.string().optional(),
      numberValue: z.number().optional(),
      boolValue: z.boolean().optional(),
    })
    .optional(),
  effectiveValue: z
    .object({
      numberValue: z.number().optional(),
      errorValue: z.object({ type: z.string().optional() }).optional(),
    })
    .optional(),
  effectiveFormat: z
    .object({
      numberFormat: z.object({ type: z.string().optional() }).optional(),
      textFormat: struckSchema.optional(),
    })
    .optional(),
  textFormatRuns: z
    .array(
      z.object({
        startIndex: z.number().default(0),
        format: z.object({ strikethrough: z.boolean().optional(), link: linkSchema.optional() }).optional(),
      }),
    )
    .optional(),
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
  rowMetadata: z
    .array(z.object({ hiddenByUser: z.boolean().optional(), hiddenByFilter: z.boolean().optional() }))
    .default([]),
});

/** Half-open, from 0. A bound that is left out is 0 at the start, and the edge of the sheet at the end. */
const mergeSchema = z.object({
  startRowIndex: z.number().default(0),
  endRowIndex: z.number(),
  startColumnIndex: z.number().default(0),
  endColumnIndex: z.number(),
});

/** Half-open, from 0; a bound that is left out is the edge of the tab. */
export const rangeSchema = z.object({
  startRowIndex: z.number().default(0),
  endRowIndex: z.number().default(Number.POSITIVE_INFINITY),
  startColumnIndex: z.number().default(0),
  endColumnIndex: z.number().default(Number.POSITIVE_INFINITY),
});
export type GridBounds = z.infer<typeof rangeSchema>;

/** What somebody has locked, and whether it is locked for Mokuhyo. */
export const protectionSchema = z.object({
  range: rangeSchema.optional(),
  warningOnly: z.boolean().default(false),
  requestingUserCanEdit: z.boolean().default(false),
  unprotectedRanges: z.array(rangeSchema).default([]),
});

export const sheetSchema = z.object({
  properties: z.object({
    sheetId: z.number().default(0),
    title: z.string(),
    sheetType: z.string().default('GRID'),
    hidden: z.boolean().default(false),
    gridProperties: z.object({ rowCount: z.number(), columnCount: z.number() }).optional(),
  }),
  merges: z.array(mergeSchema).default([]),
  data: z.array(gridSchema).default([]),
  protectedRanges: z.array(protectionSchema).default([]),
});

export const spreadsheetSchema = z.object({ sheets: z.array(sheetSchema) });
export type Spreadsheet = z.infer<typeof spreadsheetSchema>;
export type GridSheet = Spreadsheet['sheets'][number];

/** All that reading and answering need, and no more: with formats the same answer is many times as large. */
export const sheetFields =
  'properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),merges,' +
  'protectedRanges(range,warningOnly,requestingUserCanEdit,unprotectedRanges),' +
  'data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),rowData(values(formattedValue,hyperlink,note,' +
  'userEnteredValue(formulaValue,numberValue,boolValue),effectiveValue(numberValue,errorValue(type)),' +
  'effectiveFormat(numberFormat(type),textFormat(strikethrough)),' +
  'textFormatRuns(startIndex,format(strikethrough,link(uri))),chipRuns(chip(richLinkProperties(uri))))))';
export const spreadsheetFields = `sheets(${sheetFields})`;

/** The workbook as a person sees it. */
export function workbookOf(spreadsheet: Spreadsheet): Workbook {
  return { sheets: spreadsheet.sheets.filter(isGrid).map(sheetOf) };
}

/** Whether a formula in a tab that is read is still being worked out. */
export function isLoading(spreadsheet: Spreadsheet): boolean {
  return spreadsheet.sheets.some(
    (sheet) => !isWrittenByMokuhyo(sheet.properties.title) && cellsOf(sheet).some(({ cell }) => isCellLoading(cell)),
  );
}

const isCellLoading = ({ formattedValue, effectiveValue }: GridCell): boolean =>
  effectiveValue?.errorValue?.type === 'LOADING' ||
  (effectiveValue?.errorValue !== undefined && isStillLoading(formattedValue ?? ''));

const ownTabs = new Set([reportTabName, guideTabName, progressTabName].map(matchKey));
const isWrittenByMokuhyo = (title: string): boolean => ownTabs.has(matchKey(title));

/** Whether somebody has locked a cell for Mokuhyo. Both numbers from 0. */
export function isLocked(
  { protectedRanges }: Pick<GridSheet, 'protectedRanges'>,
  row: number,
  column: number,
): boolean {
  return protectedRanges.some(
    ({ range, warningOnly, requestingUserCanEdit, unprotectedRanges }) =>
      range !== undefined &&
      !warningOnly &&
      !requestingUserCanEdit &&
      isWithin(range, row, column) &&
      !unprotectedRanges.some((free) => isWithin(free, row, column)),
  );
}

export function isWithin(range: GridBounds, row: number, column: number): boolean {
  return (
    row >= range.startRowIndex &&
    row < range.endRowIndex &&
    column >= range.startColumnIndex &&
    column < range.endColumnIndex
  );
}

/** Charts and connected data have tabs of their own, which hold no cells. */
const isGrid = (sheet: GridSheet): boolean => sheet.properties.sheetType === 'GRID';

function sheetOf(sheet: GridSheet): Sheet {
  const rows: string[][] = [];
  const links = new Map<string, string>();
  const marks = new Map<string, CellMark>();
  for (const { cell, row, column } of cellsOf(sheet)) {
    const { text, mark } = shownIn(cell);
    const address = cellAddress(row, column);
    if (text !== '') {
      while (rows.length <= row) rows.push([]);
      const target = rows[row] ?? [];
      while (target.length < column) target.push('');
      target[column] = text;
    }
    const link = linkOf(cell);
    if (link !== null) links.set(address, link);
    if (mark !== null) marks.set(address, mark);
  }
  const hiddenRows = hiddenRowsOf(sheet);
  return {
    name: sheet.properties.title,
    rows,
    merges: sheet.merges.map(cellRange),
    links,
    ...(marks.size > 0 && { marks }),
    ...(hiddenRows.size > 0 && { hiddenRows }),
    ...(sheet.properties.hidden && { hidden: true }),
  };
}

/** What a cell says, without what is struck out in it, and what else is to be known of it. */
function shownIn(cell: GridCell): { readonly text: string; readonly mark: CellMark | null } {
  const shown = cell.formattedValue ?? '';
  if (isCellLoading(cell)) return { text: '', mark: { pending: 'loading' } };
  const { text, struck } = withoutStruck(shown, cell);
  const date = dateOf(cell);
  const isStruck = struck.trim() !== '';
  if (!isStruck && date === null) return { text, mark: null };
  return { text, mark: { ...(isStruck && { struck }), ...(date !== null && { date }) } };
}

function withoutStruck(shown: string, { effectiveFormat, textFormatRuns }: GridCell): { text: string; struck: string } {
  const whole = effectiveFormat?.textFormat?.strikethrough ?? false;
  const runs = [{ startIndex: 0, format: {} }, ...(textFormatRuns ?? [])];
  let text = '';
  let struck = '';
  for (const [index, { startIndex, format }] of runs.entries()) {
    const part = shown.slice(startIndex, runs[index + 1]?.startIndex ?? shown.length);
    // A stretch that says nothing of itself looks as the cell does.
    if (format?.strikethrough ?? whole) struck += part;
    else text += part;
  }
  return { text, struck };
}

const dayZero = Date.UTC(1899, 11, 30);
const dayLength = 24 * 60 * 60 * 1000;

/** A number that is shown as a day. Days are counted from the end of 1899. */
function dateOf({ effectiveValue, effectiveFormat }: GridCell): NonNullable<CellMark['date']> | null {
  const number = effectiveValue?.numberValue;
  const type = effectiveFormat?.numberFormat?.type;
  if (number === undefined || (type !== 'DATE' && type !== 'DATE_TIME')) return null;
  const day = new Date(dayZero + Math.floor(number) * dayLength);
  if (Number.isNaN(day.getTime())) return null;
  return { iso: day.toISOString().slice(0, 10), number: String(number) };
}

function hiddenRowsOf({ data }: GridSheet): ReadonlyMap<number, 'hand' | 'filter'> {
  return new Map(
    data.flatMap(({ startRow, rowMetadata }) =>
      rowMetadata.flatMap(({ hiddenByUser, hiddenByFilter }, row) => {
        const how = hiddenByUser ? 'hand' : 'filter';
        return hiddenByUser || hiddenByFilter ? [[startRow + row, how] as const] : [];
      }),
    ),
  );
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

/**
 * A fingerprint of what the workbook says: the same for two readings between which nothing changed that Mokuhyo reads. What
 * it writes by itself (確認結果, 使い方, notes) does not count; of 今すぐ公開, only whether it is ticked.
 */
export function contentDigest(workbook: Workbook, publishNow: PublishNowCell | null): string {
  const isNamed = wantedTabs.areNamedIn(workbook.sheets);
  const sheets = workbook.sheets
    .filter(({ name }) => wantedTabs.isRead(name) || isNamed(name))
    .map(({ name, rows, merges, links, marks, hiddenRows, hidden }) => ({
      name,
      rows: publishNow?.tab === name ? without(publishNow.cell, rows) : rows,
      merges,
      links: [...links],
      marks: [...(marks ?? [])],
      hiddenRows: [...(hiddenRows ?? [])],
      hidden,
    }));
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
