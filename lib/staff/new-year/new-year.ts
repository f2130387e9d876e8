import type { Finding } from '../../findings/finding.ts';
import { readSettings, type Settings } from '../../goals/settings.ts';
import { fiscalYearLabel, parseFiscalYear } from '../../text/fiscal-year.ts';
import { isBlank, isErrorValue, matchKey } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import {
  allTabs,
  type ColumnSpec,
  departmentColumns,
  headerOf,
  settingItems,
  settingName,
  type TabKey,
} from '../../workbook/columns.ts';
import type { DeclaredColumn } from '../../workbook/declared.ts';
import { parseWorkbook } from '../../workbook/parse.ts';
import type { Field, Row, SheetRows, Table } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { cellAddress, type Sheet, type Workbook } from '../../workbook/workbook.ts';

/**
 * The next year in the same sheet, as a value: which cells get what. What belongs to a year and what to a department is answered for
 * each column in the table of columns.
 */

/** A cell that is written. Both numbers from 0. */
export interface NewCell {
  readonly tab: string;
  readonly row: number;
  readonly column: number;
  /** `setting`: an item of 設定; `year`: the year of a row that had none; `department`: part of a row of the next year. */
  readonly what: 'setting' | 'year' | 'department';
  /** What the cell is called: its header, or the item of 設定. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The cell that is taken over. */
  readonly taken?: { readonly address: string; readonly link: string | null };
}

export type NewYear =
  /** Without tabs, headers and 設定 nobody knows which year this is. */
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] }
  /** The year is there: nothing is written. */
  | { readonly kind: 'begun'; readonly fiscalYear: number }
  | {
      readonly kind: 'planned';
      readonly from: number;
      readonly to: number;
      readonly scheme: Scheme;
      readonly cells: readonly NewCell[];
      /** The departments that get a row. */
      readonly departments: readonly string[];
      /** What to look through in the rows that were taken over, as the beginning of a sentence; `''` where the city has no such column. */
      readonly toReview: string;
      /** Where there is no column 公開, what is written is public. */
      readonly hasVisibility: boolean;
      /** Cells that were not taken over, since they hold an error value. */
      readonly errors: readonly { readonly tab: string; readonly cell: string }[];
    };

/** A sheet that can be read, with the year that it is in. */
export type ReadYear =
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] }
  | { readonly kind: 'read'; readonly rows: SheetRows; readonly settings: Settings };

/** @param now the instant of the run */
export function readYear(workbook: Workbook, now: Date): ReadYear {
  const { rows, findings, scheme } = parseWorkbook(workbook);
  const wrong = (all: readonly Finding[]): readonly Finding[] => all.filter(({ severity }) => severity === 'error');
  if (rows === null) return { kind: 'unreadable', findings: wrong(findings) };
  const { settings, findings: ofSettings } = readSettings(rows.settings, scheme, now);
  return settings === null ? { kind: 'unreadable', findings: wrong(ofSettings) } : { kind: 'read', rows, settings };
}

/**
 * What it takes to begin the next year in a sheet that keeps all its years in one tab. Pure, and nothing is left to do once it is done:
 * a sheet whose 段階 is 目標 is in its new year already, and only what is missing of it is made.
 *
 * @param now the instant of the run
 */
export function planNewYear(workbook: Workbook, now: Date): NewYear {
  const read = readYear(workbook, now);
  if (read.kind === 'unreadable') return read;
  const { rows, settings } = read;
  const isBegun = settings.phase === 'plan';
  const to = isBegun ? settings.fiscalYear : settings.fiscalYear + 1;
  const from = to - 1;
  const undated = undatedOf(rows, isBegun);
  const hasGoals = rows.goals.rows.some((row) => yearOf(row) === to || (yearOf(row) === 'none' && !undated.isOld(row)));
  // Where goals of the year are written, a department that is not there was left out on purpose.
  if (isBegun && hasGoals && !undated.any) return { kind: 'begun', fiscalYear: to };
  const departments = newDepartments(rows, { from, to, isOld: undated.isOld });
  const cells = [
    // A year that has begun has settings of its own, such as 締切.
    ...(isBegun ? [] : settingCells(workbook, rows, { from, to })),
    ...yearCells(workbook, rows, from, undated.isOld),
    ...departments.rows.flatMap((row, index) => departmentCells(workbook, rows, row, { index, to })),
  ].filter(
    ({ before, after, tab, row, column }, index, all) =>
      before !== after &&
      // The header of a new column 年度 is asked for by its old rows and by its new ones.
      all.findIndex((other) => other.tab === tab && other.row === row && other.column === column) === index,
  );
  if (cells.length === 0) return { kind: 'begun', fiscalYear: to };
  return {
    kind: 'planned',
    from,
    to,
    scheme: rows.scheme,
    cells,
    departments: departments.names,
    toReview: toReview(rows),
    hasVisibility: rows.departments.headers.visibility !== undefined,
    errors: departments.rows.flatMap((row) => errorsIn(row, rows.departments)),
  };
}

/** `none`: nothing is written; null: it cannot be read. */
function yearOf<Key extends string>({ fields }: Row<Key | 'fiscalYear'>): number | 'none' | null {
  const text = textIn(fields, 'fiscalYear');
  return isBlank(text) ? 'none' : parseFiscalYear(text);
}

const departmentKey = ({ fields }: Row<'department'>): string => matchKey(textIn(fields, 'department'));

/**
 * Which rows without a year are of the year that is over. Before it has begun, all of them. Where 設定 was changed by hand and nothing
 * else, those of the departments that have 総括 or 実績値: no plan has one.
 */
function undatedOf(
  { departments, indicators }: SheetRows,
  isBegun: boolean,
): { readonly any: boolean; readonly isOld: (row: Row<'department' | 'fiscalYear'>) => boolean } {
  if (!isBegun) return { any: true, isOld: () => true };
  const isFilled = (field: Field | undefined): boolean => !isBlank(field?.text ?? '');
  const done = new Set([
    ...departments.rows.filter((row) => yearOf(row) === 'none' && isFilled(row.fields.summary)).map(departmentKey),
    ...(indicators?.rows ?? [])
      .filter((row) => yearOf(row) === 'none' && isFilled(row.fields.actual))
      .map(departmentKey),
  ]);
  return { any: done.size > 0, isOld: (row) => done.has(departmentKey(row)) };
}

interface Years {
  readonly from: number;
  readonly to: number;
}

/** The rows of 部 that the next year gets a row for: those of the year before that it has none of. */
function newDepartments(
  { departments, history }: SheetRows,
  { from, to, isOld }: Years & { readonly isOld: (row: Row<'department' | 'fiscalYear'>) => boolean },
): { readonly rows: readonly Row<DepartmentKey>[]; readonly names: readonly string[] } {
  const yearIn = (row: Row<DepartmentKey>): number | null => {
    const year = yearOf(row);
    return year === 'none' ? (isOld(row) ? from : to) : year;
  };
  const there = new Set(departments.rows.filter((row) => yearIn(row) === to).map(departmentKey));
  // A department that becomes another one in the new year is not there any more under its old name.
  const gone = new Set(
    (history?.rows ?? [])
      .filter(({ fields }) => parseFiscalYear(textIn(fields, 'fiscalYear')) === to)
      .map(({ fields }) => matchKey(textIn(fields, 'from'))),
  );
  const rows = departments.rows.filter((row) => {
    const key = departmentKey(row);
    return yearIn(row) === from && key !== '' && !there.has(key) && !gone.has(key);
  });
  const names = new Map(rows.map((row) => [departmentKey(row), textIn(row.fields, 'department')]));
  return { rows, names: [...names.values()] };
}

type DepartmentKey = (typeof departmentColumns)[number]['key'];

/** What an own column of a city says is of the year, where it is asked for only once the year is under way. */
const isOfYear = ({ required }: DeclaredColumn): boolean =>
  required === 'interim' || required === 'result' || required === 'missed';

/** One cell of a row of 部 that is taken over into the next year. */
export interface TakenCell {
  /** The key of the column, or the header of a declared one. */
  readonly key: string;
  readonly isDeclared: boolean;
  readonly field: Field;
  /** `''` for an error value. */
  readonly text: string;
}

/** What belongs to the department and not to the year, without blanks. */
export function takenCells(row: Row<DepartmentKey>, table: Table<DepartmentKey>): readonly TakenCell[] {
  const taken = (key: string, isDeclared: boolean, field: Field | undefined): TakenCell[] => {
    if (field === undefined || isBlank(field.text)) return [];
    return [{ key, isDeclared, field, text: isErrorValue(field.text) ? '' : field.text }];
  };
  return [
    ...departmentColumns
      .filter(({ nextYear }) => nextYear === 'kept')
      .flatMap(({ key }) => taken(key, false, row.fields[key])),
    ...table.declared.flatMap((column, index) =>
      isOfYear(column) ? [] : taken(column.header, true, row.declared[index]),
    ),
  ];
}

function errorsIn(row: Row<DepartmentKey>, table: Table<DepartmentKey>) {
  return takenCells(row, table)
    .filter(({ text }) => text === '')
    .map(({ field }) => ({ tab: table.tab, cell: field.cell }));
}

/** What people have to look through in a department that was taken over: of the columns that the city has, those that change with the year. */
export function toReview({ departments, scheme }: SheetRows): string {
  const columns = (['director', 'policy'] as const).filter((key) => departments.headers[key] !== undefined);
  if (columns.length === 0) return '';
  return `${columns.map((key) => headerOf(departmentColumns, key, scheme)).join('と')}を見直し、`;
}

/** What an item of 設定 says in the next year. */
export function nextSetting(item: ColumnSpec, text: string, { from, to }: Years): string {
  switch (item.nextYear) {
    case 'kept':
      return text;
    case 'blank':
      return '';
    case 'year':
      return parseFiscalYear(text) === to ? text : fiscalYearLabel(to);
    case 'phase':
      return '目標';
    case 'title':
      return text.replaceAll(fiscalYearLabel(from), fiscalYearLabel(to)).replaceAll(`${from}年度`, `${to}年度`);
  }
}

function settingCells(workbook: Workbook, { settings }: SheetRows, years: Years): readonly NewCell[] {
  const cells = settingItems.flatMap((item): readonly NewCell[] => {
    const value = settings.values.find(({ key }) => key === item.key)?.value;
    // A box to tick is the publisher's to take away.
    if (value === undefined || item.key === 'publishNow') return [];
    const place = { tab: settings.tab, ...placeOf(value.cell), name: item.header, what: 'setting' as const };
    return [{ ...place, before: value.text, after: nextSetting(item, value.text, years) }];
  });
  const hasPhase = settings.values.some(({ key }) => key === 'phase');
  return hasPhase ? cells : [...cells, ...phaseRow(workbook, settings)];
}

/** 段階 where 設定 has not got it: without it the new year would be one of results. */
function phaseRow(workbook: Workbook, settings: SheetRows['settings']): readonly NewCell[] {
  const year = settings.values.find(({ key }) => key === 'fiscalYear');
  const sheet = sheetOf(workbook, settings.tab);
  if (year === undefined || sheet === undefined) return [];
  const { row, column } = placeOf(year.value.cell);
  const names = settingItems.flatMap(({ key, header, aliases = [] }: ColumnSpec) =>
    key === 'fiscalYear' ? [header, ...aliases].map(matchKey) : [],
  );
  const items = (sheet.rows[row] ?? []).findIndex((text) => names.includes(matchKey(text)));
  const place = {
    tab: settings.tab,
    row: usedRows(sheet),
    what: 'setting' as const,
    name: settingName('phase'),
    before: '',
  };
  return [
    { ...place, column: Math.max(0, items), after: settingName('phase') },
    { ...place, column, after: '目標' },
  ];
}

/** The year of every row that has none. */
function yearCells(
  workbook: Workbook,
  { departments, goals, indicators, evaluations }: SheetRows,
  from: number,
  isOld: (row: Row<'department' | 'fiscalYear'>) => boolean,
): readonly NewCell[] {
  const tables: readonly (Table<'department' | 'fiscalYear'> | null)[] = [departments, goals, indicators, evaluations];
  return tables.flatMap((table) => {
    if (table === null) return [];
    const rows = table.rows.filter((row) => yearOf(row) === 'none' && isOld(row));
    if (rows.length === 0) return [];
    const header = yearHeader(workbook, table);
    // A merged cell is one cell for all its rows.
    const places = new Map(
      rows.map((row) => {
        const cell = row.fields.fiscalYear?.cell ?? cellAddress(row.row - 1, header.column);
        return [cell, placeOf(cell)] as const;
      }),
    );
    const year = { tab: table.tab, name: yearName, what: 'year' as const, before: '' };
    return [
      ...header.cells,
      ...[...places.values()].map((place) => ({ ...year, ...place, after: fiscalYearLabel(from) })),
    ];
  });
}

const yearName = '年度';

/** Where the column 年度 stands, and its header where the tab has none yet. */
function yearHeader(
  workbook: Workbook,
  { tab, headers }: Pick<Table<'department' | 'fiscalYear'>, 'tab' | 'headers'>,
): { readonly column: number; readonly cells: readonly NewCell[] } {
  if (headers.fiscalYear !== undefined) return { column: placeOf(headers.fiscalYear.cell).column, cells: [] };
  const sheet = sheetOf(workbook, tab);
  const column = Math.max(0, ...(sheet?.rows ?? []).map((row) => row.findLastIndex((text) => !isBlank(text)) + 1));
  const row = placeOf(headers.department?.cell ?? 'A1').row;
  return { column, cells: [{ tab, row, column, what: 'year', name: yearName, before: '', after: yearName }] };
}

function departmentCells(
  workbook: Workbook,
  { departments }: SheetRows,
  row: Row<DepartmentKey>,
  { index, to }: { readonly index: number; readonly to: number },
): readonly NewCell[] {
  const sheet = sheetOf(workbook, departments.tab);
  if (sheet === undefined) return [];
  const at = { tab: departments.tab, row: usedRows(sheet) + index, what: 'department' as const, before: '' };
  const year = yearHeader(workbook, departments);
  return [
    ...takenCells(row, departments)
      .filter(({ text }) => text !== '')
      .map(({ key, field, text }): NewCell => {
        const taken = { address: field.cell, link: field.link ?? null };
        return { ...at, column: placeOf(field.cell).column, name: key, after: text, taken };
      }),
    ...(index === 0 ? year.cells : []),
    { ...at, column: year.column, name: yearName, after: fiscalYearLabel(to) },
  ];
}

const sheetOf = ({ sheets }: Workbook, name: string): Sheet | undefined => sheets.find((sheet) => sheet.name === name);

/** One more than the last row in which anything is written. */
const usedRows = ({ rows }: Sheet): number => rows.findLastIndex((row) => !row.every(isBlank)) + 1;

function placeOf(address: string): { readonly row: number; readonly column: number } {
  const [, letters = 'A', digits = '1'] = /^([A-Z]+)(\d+)$/u.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits) - 1, column };
}

/** Whether the rows of a tab are taken over into the next year: where all the columns that it needs are. */
export function isTakenOver(tab: TabKey): boolean {
  const columns = allTabs.find(({ key }) => key === tab)?.columns ?? [];
  return columns.every(({ needed, nextYear }) => needed !== true || nextYear === 'kept');
}

/** What was done, for the person who did it: each setting before → after, the rows by their places, and how to undo it. */
export function newYearLines(plan: Extract<NewYear, { kind: 'planned' }>): readonly string[] {
  const { from, to, cells, departments, errors, scheme } = plan;
  const settings = cells.filter(({ what }) => what === 'setting');
  const tabs = [...new Set(cells.filter(({ what }) => what === 'year').map(({ tab }) => tab))];
  const shown = (text: string): string => (isBlank(text) ? '（空欄）' : `「${text.replaceAll('\n', ' ')}」`);
  const rows = cells.filter(({ what, column }) => what === 'department' && column >= 0).map(({ row }) => row + 1);
  const [first, last] = [Math.min(...rows), Math.max(...rows)];
  return [
    `${fiscalYearLabel(to)}の準備をしました。${fiscalYearLabel(from)}の内容は、そのまま残っています。`,
    ...settings.map(
      ({ tab, row, column, name, before, after }) =>
        `${tab}!${cellAddress(row, column)} ${name}：${shown(before)} → ${shown(after)}`,
    ),
    ...tabs.map((tab) => {
      const years = cells.filter((cell) => cell.tab === tab && cell.what === 'year' && cell.after !== yearName);
      const places = rangesOf(years);
      const added = cells.some((cell) => cell.tab === tab && cell.what === 'year' && cell.after === yearName);
      return `${tab}：${added ? '「年度」の列を足し、' : ''}年度が空欄だった${years.length}行に「${fiscalYearLabel(from)}」を書きました（${places}）。`;
    }),
    ...(departments.length === 0
      ? []
      : [
          `${scheme.unit}：${departments.length}の${scheme.unit}を、${fiscalYearLabel(to)}の行として足しました（${first === last ? first : `${first}～${last}`}行目）。${departments.join('、')}`,
        ]),
    ...errors.map(
      ({ tab, cell }) =>
        `${tab}!${cell} は、計算のエラーが表示されているため写していません。新しい行に書いてください。`,
    ),
    `次にすること：「目標」に${fiscalYearLabel(to)}の目標を書き、どの行にも年度を入れてください。${plan.toReview}${plan.hasVisibility ? `よければ「公開」を選びます。それまで、${fiscalYearLabel(to)}の内容は公表されません。` : `目標を書いた${scheme.unit}から公表されます。`}`,
    '元に戻すときは、Googleスプレッドシートの「ファイル」→「変更履歴」→「変更履歴を表示」で、この作業の前の版を復元してください。',
  ];
}

/** Places of cells in one column, runs of rows together: `H2:H9、H12`. */
function rangesOf(cells: readonly NewCell[]): string {
  const sorted = [...cells].sort((one, other) => one.row - other.row);
  const runs: { column: number; top: number; bottom: number }[] = [];
  for (const { row, column } of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last.bottom === row - 1) last.bottom = row;
    else runs.push({ column, top: row, bottom: row });
  }
  return runs
    .map(({ column, top, bottom }) =>
      top === bottom ? cellAddress(top, column) : `${cellAddress(top, column)}:${cellAddress(bottom, column)}`,
    )
    .join('、');
}
