import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import {
  type AnswerCell,
  type AnswerRow,
  answerNotes,
  answerRows,
  answerTime,
  answerWidths,
  mergedNote,
  type SheetReport,
} from '../../staff/confirmation.ts';
import { matchKey } from '../../text/normalize.ts';
import { reportTabName } from '../../workbook/columns.ts';
import { findPublishNow } from '../../workbook/publish-now.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { bodyFormat, headerFormat, titleFormat } from './cell-format.ts';
import { gridRange, unusedSheetId } from './grid-range.ts';
import { cellsOf, type GridSheet, linkOf, type Spreadsheet, workbookOf } from './spreadsheet.ts';

type Request = sheets_v4.Schema$Request;

/**
 * The requests that make the sheet say what the report says: 確認結果 rewritten, notes put on offending cells and taken off
 * mended ones, the tick of 今すぐ公開 taken off. None where it says so already, but for the time. Texts are written as values,
 * which the service never reads as formulas.
 */
export function planAnswer(spreadsheet: Spreadsheet, id: string, report: SheetReport): readonly Request[] {
  return [
    ...reportRequests(spreadsheet, id, answerRows(report)),
    ...noteRequests(spreadsheet, answerNotes(report.findings)),
    ...(report.publishNow ? tickRequests(spreadsheet) : []),
  ];
}

const columns = answerWidths.length;

function reportRequests(spreadsheet: Spreadsheet, id: string, rows: readonly AnswerRow[]): readonly Request[] {
  const gidOf = (tab: string) =>
    spreadsheet.sheets.find(({ properties }) => properties.title === tab)?.properties.sheetId;
  const sheet = spreadsheet.sheets.find(({ properties }) => matchKey(properties.title) === matchKey(reportTabName));
  const wanted = rows.map((cells) => cells.map((cell) => ({ cell, target: targetOf(cell, gidOf) })));
  if (sheet && saysSo(sheet, wanted)) return [];
  const there = sheet ? extentOf(sheet) : { rows: 0, columns: 0 };
  const height = Math.max(rows.length, there.rows);
  const width = Math.max(columns, there.columns);
  const sheetId =
    sheet?.properties.sheetId ?? unusedSheetId(spreadsheet.sheets.map(({ properties }) => properties.sheetId));
  return [
    ...(sheet ? growth(sheet, height, width) : newTab(sheetId, height)),
    {
      updateCells: {
        range: gridRange(sheetId, 0, height, 0, width),
        // What is there beyond the new rows is taken away: cells of the range that are not given are emptied.
        rows: wanted.map((cells) => ({ values: cells.map(({ cell, target }) => cellData(cell, target, id)) })),
        fields: 'userEnteredValue,textFormatRuns,userEnteredFormat',
      },
    },
  ];
}

/** Where a cell leads within the spreadsheet, as the end of an address: `gid=0&range=D12`. */
function targetOf({ place }: AnswerCell, gidOf: (tab: string) => number | undefined): string | null {
  const gid = place ? gidOf(place.tab) : undefined;
  return place && gid !== undefined ? `gid=${gid}&range=${place.cell}` : null;
}

interface WantedCell {
  readonly cell: AnswerCell;
  readonly target: string | null;
}

function saysSo(sheet: GridSheet, wanted: readonly (readonly WantedCell[])[]): boolean {
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
    const target = /gid=\d+&range=[A-Z]+\d+$/u.exec(linkOf(cell) ?? '')?.[0] ?? null;
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
  const uri = `https://docs.google.com/spreadsheets/d/${id}/edit#${target}`;
  return { ...value, textFormatRuns: [{ startIndex: 0, format: { link: { uri } } }] };
}

function noteRequests(
  spreadsheet: Spreadsheet,
  notes: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly Request[] {
  return spreadsheet.sheets.flatMap((sheet) => {
    const wanted = new Map(notes.get(sheet.properties.title));
    const changes = cellsOf(sheet).flatMap(({ cell, row, column }) => {
      const address = cellAddress(row, column);
      const own = wanted.get(address) ?? null;
      wanted.delete(address);
      const note = mergedNote(cell.note ?? '', own);
      return note === (cell.note ?? '') ? [] : [noteRequest(sheet.properties.sheetId, row, column, note)];
    });
    const added = [...wanted].flatMap(([address, note]) => {
      const place = placeOf(address, sheet);
      return place ? [noteRequest(sheet.properties.sheetId, place.row, place.column, note)] : [];
    });
    return [...changes, ...added];
  });
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

function noteRequest(sheetId: number, row: number, column: number, note: string): Request {
  return {
    updateCells: {
      range: gridRange(sheetId, row, row + 1, column, column + 1),
      rows: [{ values: [note === '' ? {} : { note }] }],
      fields: 'note',
    },
  };
}

/** A box is unticked; a word or mark is taken away. */
function tickRequests(spreadsheet: Spreadsheet): readonly Request[] {
  const tick = findPublishNow(workbookOf(spreadsheet));
  const sheet = spreadsheet.sheets.find(({ properties }) => properties.title === tick?.tab);
  const place = tick && sheet ? placeOf(tick.cell, sheet) : null;
  if (!tick?.ticked || !sheet || !place) return [];
  return [
    {
      updateCells: {
        range: gridRange(sheet.properties.sheetId, place.row, place.row + 1, place.column, place.column + 1),
        rows: [{ values: [matchKey(tick.text) === 'true' ? { userEnteredValue: { boolValue: false } } : {}] }],
        fields: 'userEnteredValue',
      },
    },
  ];
}
