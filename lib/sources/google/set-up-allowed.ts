import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { columnName } from '../../workbook/workbook.ts';
import type { Refusal } from './fault.ts';
import { gridRange } from './grid-range.ts';
import type { Grid } from './set-up-grid.ts';

type Request = sheets_v4.Schema$Request;

/** What the service has refused so far, by {@link requestKey}, and why; it is not asked for again. */
export type RefusedRequests = ReadonlyMap<string, Refusal['why']>;

/** The same request in a later plan has the same key. */
export const requestKey = (request: Request): string => JSON.stringify(request);

export interface Allowed {
  readonly requests: readonly Request[];
  /** What was left out, and what to do, in plain Japanese; one sentence for each cause. */
  readonly left: readonly string[];
}

type Why = Refusal['why'];

/**
 * Of the requests for one tab, those that the service will carry out: one that it refuses would take all the others with it. Ranges are
 * cut around cells that somebody has locked.
 *
 * @param columnTitle what a column is called, from 0; null where it has no header
 */
export function allowedIn(
  tab: string,
  grid: Grid,
  requests: readonly Request[],
  columnTitle: (column: number) => string | null,
  refused: RefusedRequests,
): Allowed {
  if (grid.isLockedWhole) return { requests: [], left: requests.length === 0 ? [] : [sentence(tab, 'locked', [])] };
  const leftOut = new Map<Why, Set<string>>();
  const leave = (why: Why, request: Request): readonly Request[] => {
    const column = columnOf(request);
    const name = column === null ? null : (columnTitle(column) ?? `${columnName(column)}列`);
    const names = leftOut.get(why) ?? new Set();
    if (name !== null) names.add(name);
    leftOut.set(why, names);
    return [];
  };
  const allowed = requests.flatMap((request): readonly Request[] => {
    const why = refused.get(requestKey(request));
    if (why !== undefined) return leave(why, request);
    if (request.addProtectedRange) return isProtectedAlready(grid, request) ? [] : [request];
    if (isFreezing(request) && grid.areAllHiddenFrom(frozenRows(request))) return leave('all-hidden', request);
    const range = rangeOf(request);
    if (range === null) return [request];
    if (choosesKind(request) && anyCell(range, grid.isTyped)) return leave('typed-column', request);
    if (!anyCell(range, grid.isLocked)) return [request];
    const parts = aroundLocked(range, grid);
    leave('locked', request);
    return parts.length === 0 ? [] : inParts(request, parts);
  });
  return { requests: allowed, left: [...leftOut].map(([why, columns]) => sentence(tab, why, [...columns])) };
}

function sentence(tab: string, why: Why, columns: readonly string[]): string {
  const which = columns.length > 0 ? `（列：${columns.join('、')}）` : '';
  switch (why) {
    case 'locked':
      return `「${tab}」のシートの保護された部分には、手を付けていません${which}。整える場合は、シートを保護した方に、「データ」メニューの「シートと範囲を保護」で、このプログラムのアカウントを編集できる人に加えてもらい、もう一度実行してください。`;
    case 'typed-column':
      return `「${tab}」のシートの表で種類が決められている列には、選択肢と表示形式を設定していません${which}。そのままでもお使いいただけます。選択肢から選べるようにする場合は、列の種類を「なし」にして、もう一度実行してください。`;
    case 'all-hidden':
      return `「${tab}」のシートは、見出しより下の行がすべて隠れているため、見出しを固定していません。行を表示して、もう一度実行してください。`;
    case 'no-tab':
    case 'other':
      return `「${tab}」のシートの一部を、Googleが受け付けなかったため、整えられませんでした${which}。そのままでもお使いいただけます。`;
  }
}

function rangeOf(request: Request): sheets_v4.Schema$GridRange | null {
  return (
    request.updateCells?.range ??
    request.repeatCell?.range ??
    request.setDataValidation?.range ??
    request.addConditionalFormatRule?.rule?.ranges?.[0] ??
    null
  );
}

function columnOf(request: Request): number | null {
  return rangeOf(request)?.startColumnIndex ?? request.updateDimensionProperties?.range?.startIndex ?? null;
}

const frozenRows = (request: Request): number =>
  request.updateSheetProperties?.properties?.gridProperties?.frozenRowCount ?? 0;
const isFreezing = (request: Request): boolean => frozenRows(request) > 0;

/** A table's column with a kind of its own takes neither another choice nor another format of numbers. */
const choosesKind = ({ setDataValidation, repeatCell }: Request): boolean =>
  setDataValidation !== undefined || repeatCell?.cell?.userEnteredFormat?.numberFormat !== undefined;

/** A second protection of a whole tab is refused; cells that are locked need no warning. */
function isProtectedAlready(grid: Grid, request: Request): boolean {
  const range = request.addProtectedRange?.protectedRange?.range ?? {};
  const isWhole = range.startRowIndex === undefined && range.startColumnIndex === undefined;
  return isWhole ? grid.isProtectedWhole : anyCell(range, grid.isLocked);
}

type CellTest = (row: number, column: number) => boolean;

function anyCell(range: sheets_v4.Schema$GridRange, test: CellTest): boolean {
  for (let row = range.startRowIndex ?? 0; row < (range.endRowIndex ?? 0); row += 1) {
    for (let column = range.startColumnIndex ?? 0; column < (range.endColumnIndex ?? 0); column += 1) {
      if (test(row, column)) return true;
    }
  }
  return false;
}

/** The stretches of rows in which no cell of the range is locked. */
function aroundLocked(range: sheets_v4.Schema$GridRange, grid: Grid): readonly sheets_v4.Schema$GridRange[] {
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range;
  const [top, bottom, left, right] = [startRowIndex ?? 0, endRowIndex ?? 0, startColumnIndex ?? 0, endColumnIndex ?? 0];
  const parts: sheets_v4.Schema$GridRange[] = [];
  let start: number | null = null;
  for (let row = top; row <= bottom; row += 1) {
    const isFree = row < bottom && !anyCell(gridRange(grid.sheetId, row, row + 1, left, right), grid.isLocked);
    if (isFree && start === null) start = row;
    if (!isFree && start !== null) {
      parts.push(gridRange(grid.sheetId, start, row, left, right));
      start = null;
    }
  }
  return parts;
}

/** The same for each of the ranges; what is written cell by cell is written whole or not at all. */
function inParts(request: Request, parts: readonly sheets_v4.Schema$GridRange[]): readonly Request[] {
  const { repeatCell, setDataValidation, addConditionalFormatRule } = request;
  if (repeatCell) return parts.map((range) => ({ repeatCell: { ...repeatCell, range } }));
  if (setDataValidation) return parts.map((range) => ({ setDataValidation: { ...setDataValidation, range } }));
  if (addConditionalFormatRule) {
    const rule = { ...addConditionalFormatRule.rule, ranges: [...parts] };
    return [{ addConditionalFormatRule: { ...addConditionalFormatRule, rule } }];
  }
  return [];
}
