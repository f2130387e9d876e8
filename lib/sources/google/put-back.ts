import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { gridRange } from './grid-range.ts';
import { cellsOf, type GridCell, type GridSheet, type Spreadsheet } from './spreadsheet.ts';

type Request = sheets_v4.Schema$Request;

/** One cell that Mokuhyo writes to in a tab of the staff's. */
export interface CellWrite {
  readonly sheetId: number;
  /** Both from 0. */
  readonly row: number;
  readonly column: number;
  /** The note that it gets, or the value: a box that is not ticked, or nothing. */
  readonly write: { readonly note: string } | { readonly value: 'FALSE' | '' };
}

export function writeRequest({ sheetId, row, column, write }: CellWrite): Request {
  const range = gridRange(sheetId, row, row + 1, column, column + 1);
  if ('note' in write) {
    return { updateCells: { range, rows: [{ values: [write.note === '' ? {} : write] }], fields: 'note' } };
  }
  const cell = write.value === 'FALSE' ? { userEnteredValue: { boolValue: false } } : {};
  return { updateCells: { range, rows: [{ values: [cell] }], fields: 'userEnteredValue' } };
}

/**
 * What it takes to give back what was written over because rows or columns had moved between the look at the sheet and the
 * writing in it: the cell that stands there now gets what it had where it stood before. Empty where nothing had moved. A cell in
 * which something else stands by now is somebody's own.
 *
 * @param before the sheet as it was when the writing was decided
 * @param after the sheet as the writing left it
 */
export function planPutBack(before: Spreadsheet, after: Spreadsheet, writes: readonly CellWrite[]): readonly Request[] {
  return after.sheets.flatMap((now) => {
    const { sheetId } = now.properties;
    const inTab = writes.filter((write) => write.sheetId === sheetId);
    const then = before.sheets.find(({ properties }) => properties.sheetId === sheetId);
    if (inTab.length === 0 || then === undefined) return [];
    const origin = originsOf(then, now, new Set(inTab.flatMap((one) => ('value' in one.write ? [one.column] : []))));
    const cellsThen = byPlace(then);
    const cellsNow = byPlace(now);
    return inTab.flatMap(({ row, column, write }) => {
      const from = origin(row, column);
      if (from !== null && from.row === row && from.column === column) return [];
      const had = (from === null ? undefined : cellsThen.get(placeKey(from.row, from.column))) ?? {};
      const has = cellsNow.get(placeKey(row, column)) ?? {};
      const range = gridRange(sheetId, row, row + 1, column, column + 1);
      if ('note' in write) {
        const note = had.note ?? '';
        if ((has.note ?? '') !== write.note || note === write.note) return [];
        return [writeRequest({ sheetId, row, column, write: { note } })];
      }
      if ((has.formattedValue ?? '') !== write.value || (had.formattedValue ?? '') === write.value) return [];
      const fields = had.textFormatRuns === undefined ? 'userEnteredValue' : 'userEnteredValue,textFormatRuns';
      return [{ updateCells: { range, rows: [{ values: [typedIn(had)] }], fields } }];
    });
  });
}

/** A cell as somebody had typed it in. */
function typedIn({ formattedValue = '', userEnteredValue, textFormatRuns }: GridCell): sheets_v4.Schema$CellData {
  const isTyped = userEnteredValue !== undefined && Object.keys(userEnteredValue).length > 0;
  if (!isTyped && formattedValue === '') return {};
  return {
    userEnteredValue: isTyped ? given(userEnteredValue) : { stringValue: formattedValue },
    ...(textFormatRuns && { textFormatRuns: textFormatRuns.map(runOf) }),
  };
}

function runOf({
  startIndex,
  format,
}: NonNullable<GridCell['textFormatRuns']>[number]): sheets_v4.Schema$TextFormatRun {
  const uri = format?.link?.uri;
  const strikethrough = format?.strikethrough;
  return {
    startIndex,
    format: { ...(strikethrough !== undefined && { strikethrough }), ...(uri !== undefined && { link: { uri } }) },
  };
}

/** The fields that have a value: the service's types know no field that is there and undefined. */
function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const kept: { [Name in keyof T]?: Exclude<T[Name], undefined> } = {};
  return Object.assign(kept, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

const placeKey = (row: number, column: number): string => `${row},${column}`;

function byPlace(sheet: GridSheet): ReadonlyMap<string, GridCell> {
  return new Map(cellsOf(sheet).map(({ cell, row, column }) => [placeKey(row, column), cell]));
}

type Origin = (row: number, column: number) => { readonly row: number; readonly column: number } | null;

/**
 * Where the cells of a tab stood before: rows are known by what they say, and so are columns, where columns have moved and not
 * rows.
 *
 * @param written columns in which values were written, which therefore tell nothing
 */
function originsOf(then: GridSheet, now: GridSheet, written: ReadonlySet<number>): Origin {
  const rows = alignment(linesOf(then, 'row', written), linesOf(now, 'row', written));
  const columns = alignment(linesOf(then, 'column', new Set()), linesOf(now, 'column', new Set()));
  if (columns.known <= rows.known || columns.areInPlace()) {
    return (row, column) => {
      const from = rows.from(row);
      return from === null ? null : { row: from, column };
    };
  }
  return (row, column) => {
    const from = columns.from(column);
    return from === null ? null : { row, column: from };
  };
}

/** What each row, or each column, says; `''` where it says nothing. */
function linesOf(sheet: GridSheet, by: 'row' | 'column', without: ReadonlySet<number>): readonly string[] {
  const lines: string[][] = [];
  for (const { cell, row, column } of cellsOf(sheet)) {
    const text = cell.formattedValue ?? '';
    const [line, place] = by === 'row' ? [row, column] : [column, row];
    while (lines.length <= line) lines.push([]);
    if (text !== '' && !without.has(column)) lines[line]?.push(`${place}:${text}`);
  }
  return lines.map((parts) => (parts.length === 0 ? '' : JSON.stringify(parts)));
}

interface Alignment {
  /** The line from which this one came; null where it is new. */
  from(line: number): number | null;
  /** How many lines that say anything were found again. */
  readonly known: number;
  areInPlace(): boolean;
}

function alignment(then: readonly string[], now: readonly string[]): Alignment {
  const shortest = Math.min(then.length, now.length);
  let head = 0;
  while (head < shortest && then[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && then[then.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const shift = now.length - then.length;
  const origins = new Map<number, number>();
  const single = onlyOnce(then, head, then.length - tail);
  for (const [text, line] of onlyOnce(now, head, now.length - tail)) {
    const origin = single.get(text);
    if (origin !== undefined) origins.set(line, origin);
  }
  const found = (line: number): number | null => {
    if (line < head) return line;
    if (line >= now.length - tail) return line - shift;
    return origins.get(line) ?? null;
  };
  // What a line says may itself have changed: then it came along with the lines above and below it.
  const between = (line: number): number | null => {
    let above = line - 1;
    while (above >= head && found(above) === null) above -= 1;
    let below = line + 1;
    while (below < now.length - tail && found(below) === null) below += 1;
    const before = line - (above - (found(above) ?? above));
    const after = line - (below - (found(below) ?? below - shift));
    return before === after ? before : null;
  };
  const known = now.filter((text, line) => text !== '' && found(line) !== null).length;
  const areInPlace = () => now.every((_, line) => (found(line) ?? between(line)) === line);
  return { from: (line) => found(line) ?? between(line), known, areInPlace };
}

/** The lines within the bounds that say what no other one there says. */
function onlyOnce(lines: readonly string[], from: number, to: number): ReadonlyMap<string, number> {
  const places = new Map<string, number | null>();
  for (let line = from; line < to; line += 1) {
    const text = lines[line] ?? '';
    if (text !== '') places.set(text, places.has(text) ? null : line);
  }
  return new Map([...places].flatMap(([text, line]) => (line === null ? [] : [[text, line] as const])));
}
