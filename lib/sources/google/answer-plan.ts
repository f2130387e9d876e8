import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import {
  type AnswerCell,
  answerNotes,
  answerRows,
  answerTime,
  answerWidths,
  type LockedCells,
  mergedNote,
  type SheetReport,
  type Unwritten,
} from '../../staff/confirmation.ts';
import { matchKey } from '../../text/normalize.ts';
import { reportTabName } from '../../workbook/columns.ts';
import { findPublishNow, type PublishNowCell } from '../../workbook/publish-now.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { bodyFormat, headerFormat, titleFormat } from './cell-format.ts';
import { sheetAddress } from './google-config.ts';
import { gridRange, unusedSheetId } from './grid-range.ts';
import { type CellWrite, writeRequest } from './put-back.ts';
import { cellsOf, type GridSheet, isLocked, linkOf, type Spreadsheet, workbookOf } from './spreadsheet.ts';

type Request = sheets_v4.Schema$Request;

/** Bytes of one batch: Google advises against more than 2 MB. */
const longestBatch = 1_800_000;
/** Bytes of the rows of 確認結果 that one request writes. */
const longestBlock = 900_000;

/** Requests that are carried out together or not at all. */
export interface AnswerBatch {
  readonly requests: readonly Request[];
  /** What of it is written in tabs of the staff's. */
  readonly writes: readonly CellWrite[];
  /** By request: what it writes, so that a refusal is known to be its. */
  readonly parts: readonly AnswerPart[];
}

/** A thing that can be written or refused by itself: 確認結果, or one cell of the staff's. */
export type AnswerPart = { readonly kind: 'report' } | { readonly kind: 'cell'; readonly key: string };

/** What the service has refused so far, and is not asked for again. */
export interface Refused {
  readonly report: boolean;
  /** Cells, as {@link AnswerPart} names them. */
  readonly cells: ReadonlySet<string>;
  /** Tabs of which so many cells were refused that no more are tried. */
  readonly tabs: ReadonlySet<number>;
}

export const nothingRefused: Refused = { report: false, cells: new Set(), tabs: new Set() };

export interface AnswerContext {
  readonly id: string;
  /** By which Mokuhyo works in the sheet; null where it is not known. */
  readonly account: string | null;
  readonly refused: Refused;
}

/**
 * The batches that make the sheet say what the report says: 確認結果 rewritten first, then the tick of 今すぐ公開 taken off, then notes put
 * on offending cells and taken off mended ones, tab by tab. None where it says so already, but for the time. Cells that are
 * locked for Mokuhyo are left out, and named in 確認結果. Texts are written as values, which the service never reads as formulas.
 */
export function planAnswer(
  spreadsheet: Spreadsheet,
  report: SheetReport,
  { id, account, refused }: AnswerContext,
): readonly AnswerBatch[] {
  const tick = tickWrite(spreadsheet, report.publishNow, refused);
  const notes = noteWrites(spreadsheet, answerNotes(report.findings), refused);
  const locked = [...tick.locked, ...notes.locked];
  const told = { ...report, publishNow: report.publishNow && tick.locked.length === 0 };
  const rows = refused.report ? null : reportRequests(spreadsheet, id, told, { locked, account });
  const steps = [
    ...(rows ?? []).map((request): Step => ({ request, write: null })),
    ...[...tick.writes, ...notes.writes].map((write): Step => ({ request: writeRequest(write), write })),
  ];
  // Once something was refused, each tab is written to by itself, so that what is refused in one keeps back nothing of another.
  const isApart = refused.report || refused.cells.size > 0 || refused.tabs.size > 0;
  return inBatches(steps, isApart);
}

interface Step {
  readonly request: Request;
  /** Null for 確認結果. */
  readonly write: CellWrite | null;
}

function inBatches(steps: readonly Step[], isApart: boolean): readonly AnswerBatch[] {
  const batches: Step[][] = [];
  let size = 0;
  for (const step of steps) {
    const bytes = Buffer.byteLength(JSON.stringify(step.request));
    const last = batches.at(-1);
    const isOtherTab = isApart && last?.[0]?.write?.sheetId !== step.write?.sheetId;
    if (last === undefined || size + bytes > longestBatch || isOtherTab) {
      batches.push([step]);
      size = bytes;
    } else {
      last.push(step);
      size += bytes;
    }
  }
  return batches.map((list) => ({
    requests: list.map(({ request }) => request),
    writes: list.flatMap(({ write }) => write ?? []),
    parts: list.map(({ write }) => (write === null ? { kind: 'report' } : { kind: 'cell', key: cellKey(write) })),
  }));
}

const cellKey = ({ sheetId, row, column }: Omit<CellWrite, 'write'>): string => `${sheetId} ${row} ${column}`;

/** The tab of a cell that was refused. */
export const tabOfKey = (key: string): number => Number(key.split(' ')[0]);

const columns = answerWidths.length;

/** Null where there is nothing to write. */
function reportRequests(
  spreadsheet: Spreadsheet,
  id: string,
  report: SheetReport,
  unwritten: Unwritten,
): readonly Request[] | null {
  const gidOf = (tab: string) =>
    spreadsheet.sheets.find(({ properties }) => properties.title === tab)?.properties.sheetId;
  const targeted = (one: SheetReport) =>
    answerRows(one, unwritten).map((cells) => cells.map((cell) => ({ cell, target: targetOf(cell, gidOf) })));
  const sheet = spreadsheet.sheets.find(({ properties }) => matchKey(properties.title) === matchKey(reportTabName));
  if (sheet && isLocked(sheet, 0, 0)) return null;
  const wanted = targeted(report);
  if (sheet && saysSo(sheet, wanted, id)) return null;
  // What was said of the last publication stays until something else is to be said.
  const asPublished = [true, false].map((publishNow) => ({ ...report, outcome: 'published' as const, publishNow }));
  if (sheet && report.outcome === 'unchanged' && asPublished.some((one) => saysSo(sheet, targeted(one), id)))
    return null;
  const there = sheet ? extentOf(sheet) : { rows: 0, columns: 0 };
  const height = Math.max(wanted.length, there.rows);
  const width = Math.max(columns, there.columns);
  const sheetId =
    sheet?.properties.sheetId ?? unusedSheetId(spreadsheet.sheets.map(({ properties }) => properties.sheetId));
  const rows = wanted.map(
    (cells): sheets_v4.Schema$RowData => ({
      values: cells.map(({ cell, target }) => cellData(cell, target, id)),
    }),
  );
  return [
    ...(sheet ? growth(sheet, height, width) : newTab(sheetId, height)),
    ...blocksOf(rows).map(({ top, block, isLast }): Request => {
      // What is there beyond the new rows is taken away: cells of the range that are not given are emptied.
      const bottom = isLast ? height : top + block.length;
      const range = gridRange(sheetId, top, bottom, 0, width);
      return { updateCells: { range, rows: block, fields: 'userEnteredValue,textFormatRuns,userEnteredFormat' } };
    }),
  ];
}

interface Block {
  readonly top: number;
  readonly block: sheets_v4.Schema$RowData[];
  readonly isLast: boolean;
}

/** Rows in as many parts as it takes for none to be too large. */
function blocksOf(rows: readonly sheets_v4.Schema$RowData[]): readonly Block[] {
  const blocks: sheets_v4.Schema$RowData[][] = [[]];
  let size = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(JSON.stringify(row));
    if (size + bytes > longestBlock && blocks.at(-1)?.length !== 0) {
      blocks.push([]);
      size = 0;
    }
    blocks.at(-1)?.push(row);
    size += bytes;
  }
  let top = 0;
  return blocks.map((block, index) => {
    const placed = { top, block, isLast: index === blocks.length - 1 };
    top += block.length;
    return placed;
  });
}

/** Where a cell leads: within the spreadsheet, as the end of an address (`gid=0&range=D12`), or to a whole address outside it. */
function targetOf({ place }: AnswerCell, gidOf: (tab: string) => number | undefined): string | null {
  if (place !== null && 'url' in place) return place.url;
  const gid = place ? gidOf(place.tab) : undefined;
  return place && gid !== undefined ? `gid=${gid}&range=${place.cell}` : null;
}

/** Whether a link leads out of the spreadsheet. */
function isOutside(link: string): boolean {
  return /^https?:\/\//u.test(link) && !/\/spreadsheets\/d\//u.test(link);
}

interface WantedCell {
  readonly cell: AnswerCell;
  readonly target: string | null;
}

function saysSo(sheet: GridSheet, wanted: readonly (readonly WantedCell[])[], id: string): boolean {
  const left = new Map(
    wanted.flatMap((cells, row) =>
      cells.flatMap((cell, column) => (cell.cell.text === '' ? [] : [[cellAddress(row, column), cell] as const])),
    ),
  );
  const time = cellAddress(answerTime.row, answerTime.column);
  for (const { cell, row, column } of cellsOf(sheet)) {
    const address = cellAddress(row, column);
    const expected = left.get(address);
    left.delete(address);
    const text = cell.formattedValue ?? '';
    if (address !== time && text !== (expected?.cell.text ?? '')) return false;
    // The service may shorten the address of a place in the same spreadsheet; its end stays.
    const link = linkOf(cell) ?? '';
    // In a copy of a spreadsheet, the links still lead into the one that it was copied from.
    const where = /\/spreadsheets\/d\/([\w-]+)/u.exec(link)?.[1] ?? id;
    if (where !== id) return false;
    const target = /gid=\d+&range=[A-Z]+\d+$/u.exec(link)?.[0] ?? (isOutside(link) ? link : null);
    if (target !== (expected?.target ?? null)) return false;
  }
  return left.size === 0;
}

function extentOf(sheet: GridSheet): { rows: number; columns: number } {
  const cells = cellsOf(sheet).filter(({ cell }) => (cell.formattedValue ?? '') !== '');
  return {
    rows: Math.max(0, ...cells.map(({ row }) => row + 1)),
    columns: Math.max(0, ...cells.map(({ column }) => column + 1)),
  };
}

const spareRows = 100;

function growth({ properties }: GridSheet, rows: number, width: number): readonly Request[] {
  const { sheetId, gridProperties } = properties;
  const rowCount = gridProperties?.rowCount ?? 0;
  const columnCount = gridProperties?.columnCount ?? 0;
  if (rowCount >= rows && columnCount >= width) return [];
  const grown = { rowCount: Math.max(rowCount, rows + spareRows), columnCount: Math.max(columnCount, width) };
  return [
    {
      updateSheetProperties: {
        properties: { sheetId, gridProperties: grown },
        fields: 'gridProperties.rowCount,gridProperties.columnCount',
      },
    },
  ];
}

function newTab(sheetId: number, rows: number): readonly Request[] {
  const gridProperties = { rowCount: rows + spareRows, columnCount: columns };
  return [
    { addSheet: { properties: { sheetId, title: reportTabName, gridProperties } } },
    ...answerWidths.map(
      (pixelSize, column): Request => ({
        updateDimensionProperties: {
          range: { sheetId, dimension: 'COLUMNS', startIndex: column, endIndex: column + 1 },
          properties: { pixelSize },
          fields: 'pixelSize',
        },
      }),
    ),
  ];
}

const formats: Readonly<Record<AnswerCell['style'], sheets_v4.Schema$CellFormat>> = {
  title: titleFormat,
  heading: headerFormat,
  header: headerFormat,
  body: bodyFormat,
};

function cellData({ text, style }: AnswerCell, target: string | null, id: string): sheets_v4.Schema$CellData {
  if (text === '') return {};
  const value = { userEnteredValue: { stringValue: text }, userEnteredFormat: formats[style] };
  if (target === null) return value;
  const uri = isOutside(target) ? target : `${sheetAddress(id)}#${target}`;
  return { ...value, textFormatRuns: [{ startIndex: 0, format: { link: { uri } } }] };
}

interface Planned {
  readonly writes: readonly CellWrite[];
  readonly locked: readonly LockedCells[];
}

function noteWrites(
  spreadsheet: Spreadsheet,
  notes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  refused: Refused,
): Planned {
  const planned = spreadsheet.sheets.map((sheet): Planned => {
    const { sheetId, title } = sheet.properties;
    const wanted = new Map(notes.get(title));
    const changes = cellsOf(sheet).flatMap(({ cell, row, column }): CellWrite[] => {
      const address = cellAddress(row, column);
      const own = wanted.get(address) ?? null;
      wanted.delete(address);
      const note = mergedNote(cell.note ?? '', own);
      return note === (cell.note ?? '') ? [] : [{ sheetId, row, column, write: { note } }];
    });
    const added = [...wanted].flatMap(([address, note]): CellWrite[] => {
      const place = placeOf(address, sheet);
      return place ? [{ sheetId, ...place, write: { note } }] : [];
    });
    const all = [...changes, ...added];
    const isOpen = (write: CellWrite) => !isRefused(write, refused) && !isLocked(sheet, write.row, write.column);
    const cells = all.filter((write) => !isOpen(write)).map(({ row, column }) => cellAddress(row, column));
    return { writes: all.filter(isOpen), locked: cells.length > 0 ? [{ tab: title, cells, what: 'notes' }] : [] };
  });
  return { writes: planned.flatMap(({ writes }) => writes), locked: planned.flatMap(({ locked }) => locked) };
}

function isRefused(write: CellWrite, { cells, tabs }: Refused): boolean {
  return tabs.has(write.sheetId) || cells.has(cellKey(write));
}

/** Row and column of an address within the tab's grid, from 0; null where there is no such cell to put a note on. */
function placeOf(address: string, { properties }: GridSheet): { row: number; column: number } | null {
  const match = /^([A-Z]+)(\d+)$/u.exec(address);
  if (!match) return null;
  const [, letters = '', digits] = match;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const row = Number(digits) - 1;
  const { rowCount = 0, columnCount = 0 } = properties.gridProperties ?? {};
  return row < rowCount && column < columnCount ? { row, column } : null;
}

/** A box is unticked; a word or mark is taken away. One that is locked cannot be answered, and is told of as long as it stands. */
function tickWrite(spreadsheet: Spreadsheet, isAnswered: boolean, refused: Refused): Planned {
  const tick = findPublishNow(workbookOf(spreadsheet));
  const sheet = spreadsheet.sheets.find(({ properties }) => properties.title === tick?.tab);
  const place = tick && sheet ? placeOf(tick.cell, sheet) : null;
  if (!tick?.ticked || !sheet || !place) return { writes: [], locked: [] };
  const write: CellWrite = {
    sheetId: sheet.properties.sheetId,
    ...place,
    write: { value: matchKey(tick.text) === 'true' ? 'FALSE' : '' },
  };
  if (isLocked(sheet, place.row, place.column) || isRefused(write, refused)) {
    return { writes: [], locked: [{ tab: tick.tab, cells: [tick.cell], what: 'publish-now' }] };
  }
  return { writes: isAnswered ? [write] : [], locked: [] };
}

/** 今すぐ公開 as far as it can be answered: the tick in a cell that is locked for Mokuhyo could never be taken off. */
export function answerableTick(spreadsheet: Spreadsheet, tick: PublishNowCell | null): PublishNowCell | null {
  const sheet = spreadsheet.sheets.find(({ properties }) => properties.title === tick?.tab);
  const place = tick && sheet ? placeOf(tick.cell, sheet) : null;
  return tick && sheet && place && isLocked(sheet, place.row, place.column) ? { ...tick, ticked: false } : tick;
}
