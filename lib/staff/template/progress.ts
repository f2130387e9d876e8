import type { Scheme } from '../../text/scheme.ts';
import { progressTabName } from '../../workbook/columns.ts';
import { columnName } from '../../workbook/workbook.ts';
import type { Need } from './template.ts';

/**
 * The formulas of the tab 記入状況: each department with what is missing, counted by the sheet itself as people type, with links to the
 * cells. They speak of whole columns, so that they go on being right where columns are moved and rows put in. A column has one formula, which
 * is repeated down its lines. It is written for Google Sheets; each function is one that LibreOffice has too, by which the tests work them out,
 * but for `ARRAYFORMULA`.
 */

/** A tab, and where its columns stand. Numbers from 0. */
export interface ProgressTab {
  readonly name: string;
  readonly sheetId: number;
  /** The row of the headers. */
  readonly header: number;
  readonly columns: readonly {
    readonly key: string;
    readonly header: string;
    readonly at: number;
    readonly need: Need;
  }[];
}

export interface ProgressSources {
  readonly scheme: Scheme;
  readonly departments: ProgressTab;
  readonly goals: ProgressTab;
  /** Null where there is no such tab. */
  readonly indicators: ProgressTab | null;
  /** The columns of 設定, and what its items for 年度 and 段階 are called there; null where there is no 設定. */
  readonly settings: {
    readonly name: string;
    readonly items: number;
    readonly values: number;
    readonly fiscalYear: string;
    readonly phase: string;
  } | null;
}

export interface ProgressColumn {
  readonly header: string;
  /** With `=`, for the first line; repeated downwards by the program. */
  readonly formula: string;
  /** In pixels. */
  readonly width: number;
  /** What is coloured: a count above 0 or the word 空欄, or the words of a state. */
  readonly kind: 'name' | 'state' | 'missing' | 'plain';
}

/** Lines over the headers. */
export const progressIntroduction = [
  progressTabName,
  '書かれていないところを、シートが自動で数えています。「空欄」や数字を押すと、そのセルに移ります。書き込まないでください。',
] as const;
/** How many rows of departments are looked at. */
export const progressLines = 200;
const firstLine = progressIntroduction.length + 2;

/** The states in which a department is not published as its row says, as the tab words them. */
export const progressStates = { withdrawn: '取下げ', draft: '下書き', waiting: '決裁待ち' } as const;

/** The columns of the tab, from left to right. */
export function progressColumns({
  scheme,
  departments,
  goals,
  indicators,
  settings,
}: ProgressSources): readonly ProgressColumn[] {
  const missingOf = (need: Need): string | null => {
    if (need === 'never') return null;
    if (need === 'always') return 'TRUE';
    return settings && isInPhase(settings, need);
  };
  const inDepartments = departments.columns.flatMap(({ key, header, at, need }) => {
    const then = key === 'department' || key === 'visibility' ? null : missingOf(need);
    return then === null ? [] : [{ header, isBlank: isBlankCell(departments, at, then), at }];
  });
  const goalRows = rowsOf(goals, 'goal', settings);
  const inRows = [
    { tab: goals, marker: 'goal', rows: goalRows },
    ...(indicators ? [{ tab: indicators, marker: 'name', rows: rowsOf(indicators, 'name', settings) }] : []),
  ].flatMap(({ tab, marker, rows }) =>
    tab.columns.flatMap(({ key, header, at, need }) => {
      const then = key === marker ? null : missingOf(need);
      if (then === null) return [];
      const column = fromHeader(tab, at);
      const count = `IF(${then},${sum(`${rows}*(${column}="")`)},0)`;
      const first = `ARRAYFORMULA(MIN(IF(${rows}*(${column}="")>0,ROW(${column}),9^9)))`;
      return [{ header: `${header}の空欄`, count, link: linkTo(tab, first, at, count) }];
    }),
  );
  const total = [...inDepartments.map(({ isBlank }) => `IF(${isBlank},1,0)`), ...inRows.map(({ count }) => count)];
  return [
    { header: `${scheme.unit}名`, formula: `=${nameFormula(departments, settings)}`, width: 160, kind: 'name' },
    { header: '状態', formula: inLine(stateOf(departments)), width: 90, kind: 'state' },
    { header: '空欄の数', formula: inLine(total.join('+') || '0'), width: 90, kind: 'missing' },
    ...inDepartments.map(({ header, isBlank, at }): ProgressColumn => {
      const link = linkTo(departments, lineOf(departments), at, '"空欄"');
      return { header, formula: inLine(`IF(${isBlank},${link},"")`), width: 110, kind: 'missing' };
    }),
    { header: '目標の数', formula: inLine(sum(goalRows)), width: 90, kind: 'plain' },
    ...inRows.map(
      ({ header, count, link }): ProgressColumn => ({
        header,
        formula: inLine(`IF(${count}>0,${link},"")`),
        width: 130,
        kind: 'missing',
      }),
    ),
  ];
}

const quoted = (tab: string): string => `'${tab.replaceAll("'", "''")}'`;
const wholeColumn = (tab: string, at: number): string => `${quoted(tab)}!$${columnName(at)}:$${columnName(at)}`;
/** From the header on: rows that are put in right under it belong to it. */
const fromHeader = ({ name, header }: ProgressTab, at: number): string =>
  `${quoted(name)}!$${columnName(at)}$${header + 1}:$${columnName(at)}`;
const sum = (array: string): string => `ARRAYFORMULA(SUM(${array}))`;

/** Where formulas are repeated down a column, it goes down with them. */
const nameOfLine = `$A${firstLine}`;
const inLine = (formula: string): string => `=IF(${nameOfLine}="","",${formula})`;

/** The row of the departments' tab that a line speaks of, from 1. */
const lineOf = ({ header }: ProgressTab): string => `(ROW()+${header + 2 - firstLine})`;
const cellOf = (tab: ProgressTab, at: number): string => `INDEX(${wholeColumn(tab.name, at)},${lineOf(tab)})`;
const placeOf = ({ columns }: ProgressTab, key: string): number | null =>
  columns.find((column) => column.key === key)?.at ?? null;

function linkTo({ name, sheetId }: ProgressTab, row: string, at: number, label: string): string {
  return `HYPERLINK("#gid=${sheetId}&range="&ADDRESS(${row},COLUMN(${wholeColumn(name, at)}),4),${label})`;
}

const isBlankCell = (tab: ProgressTab, at: number, then: string): string => `AND(${then},${cellOf(tab, at)}="")`;

type Settings = NonNullable<ProgressSources['settings']>;

function settingOf({ name, items, values }: Settings, item: string): string {
  return `IFERROR(INDEX(${wholeColumn(name, values)},MATCH("${item}",${wholeColumn(name, items)},0))&"","")`;
}

/** As the contract has it, a blank 段階 means 結果. */
function isInPhase(settings: Settings, need: 'in-results' | 'in-interim'): string {
  const phase = settingOf(settings, settings.phase);
  return need === 'in-interim' ? `${phase}="中間"` : `AND(${phase}<>"目標",${phase}<>"中間")`;
}

/** The department of a row of the current year; nothing where an earlier row speaks of it, since that one is of another head. */
function nameFormula(departments: ProgressTab, settings: Settings | null): string {
  const at = placeOf(departments, 'department') ?? 0;
  const name = `TRIM(${cellOf(departments, at)}&"")`;
  const until = (column: number) =>
    `${quoted(departments.name)}!$${columnName(column)}$${departments.header + 1}:${cellOf(departments, column)}`;
  const year = placeOf(departments, 'fiscalYear');
  const same = `(${until(at)}=${cellOf(departments, at)})`;
  if (year === null || settings === null) return `IF(SUMPRODUCT(${same}*1)>1,"",${name})`;
  const current = settingOf(settings, settings.fiscalYear);
  const isCurrent = `((${until(year)}="")+(${until(year)}=${current})>0)`;
  const isOther = `AND(${cellOf(departments, year)}<>"",${cellOf(departments, year)}<>${current})`;
  return `IF(OR(${isOther},SUMPRODUCT(${same}*${isCurrent})>1),"",${name})`;
}

function stateOf(departments: ProgressTab): string {
  const [visibility, approval] = [placeOf(departments, 'visibility'), placeOf(departments, 'approval')];
  const { withdrawn, draft, waiting } = progressStates;
  const approved = approval === null ? '"公開"' : `IF(${cellOf(departments, approval)}="","${waiting}","公開")`;
  if (visibility === null) return approved;
  const shown = `UPPER(${cellOf(departments, visibility)}&"")`;
  return `IF(${shown}="取下げ","${withdrawn}",IF(OR(${shown}="公開",${shown}="TRUE"),${approved},"${draft}"))`;
}

/**
 * 1 for each row of a tab that is of the line's department in the current year and has anything in the column that makes it a record. A
 * blank 部名 or 年度 means the one above.
 */
function rowsOf(tab: ProgressTab, marker: string, settings: Settings | null): string {
  const carried = (at: number) => {
    const column = fromHeader(tab, at);
    return `IFERROR(LOOKUP(ROW(${column}),ROW(${column})/(${column}<>""),${column}),"")`;
  };
  const ofDepartment = `(TRIM(${carried(placeOf(tab, 'department') ?? 0)})=${nameOfLine})`;
  const isRecord = `(${fromHeader(tab, placeOf(tab, marker) ?? 0)}<>"")`;
  const year = placeOf(tab, 'fiscalYear');
  if (year === null || settings === null) return `${ofDepartment}*${isRecord}`;
  // Above the first year that is written stands the header.
  const header = `${quoted(tab.name)}!$${columnName(year)}$${tab.header + 1}`;
  const isCurrent = `((${carried(year)}=${header})+(${carried(year)}=${settingOf(settings, settings.fiscalYear)})>0)`;
  return `${ofDepartment}*${isRecord}*${isCurrent}`;
}
