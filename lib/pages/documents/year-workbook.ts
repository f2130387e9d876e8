import type { ColumnDefinition, ColumnValue, Dataset, Phase } from '../../goals/model/dataset.ts';
import type { PublishedYear, Reorganisation } from '../../goals/model/published.ts';
import { isRequired } from '../../goals/rules/rule.ts';
import { matchKey } from '../../text/normalize.ts';
import { inWords, type Scheme } from '../../text/scheme.ts';
import {
  type ColumnOf,
  choicesTab,
  columnsTab,
  departmentsTab,
  evaluationsTab,
  goalsTab,
  headerFill,
  headerKeys,
  historyTab,
  indicatorsTab,
  settingItems,
  settingsColumns,
  settingsTab,
  type TabOf,
} from '../../workbook/columns.ts';
import {
  longestLink,
  longestText,
  readableWidth,
  widthToShow,
  writeXlsx,
  type XlsxCell,
  type XlsxColumn,
  type XlsxSheet,
  type XlsxStyle,
} from '../../workbook/write-xlsx.ts';
import { startOfFormula } from '../data/csv-table.ts';
import { statusCells, statusWordsOf } from './status-cells.ts';
import {
  type Cells,
  choiceCells,
  type DeclarationRow,
  declarationCells,
  departmentCells,
  departmentRows,
  evaluationCells,
  goalCells,
  goalRows,
  historyCells,
  indicatorCells,
  isAskedOfDepartment,
  settingCells,
} from './year-cells.ts';

/**
 * The year as a workbook, `{year}/{year}.xlsx`: the tabs of the contract, filled with what is published of it and with nothing else, ready to
 * be printed. Mokuhyo reads it back to the same dataset, but for what no sheet of one year can say: see
 * docs/decisions/0173-the-year-as-a-workbook.md.
 *
 * A column is there where something of it is published, since a column that is there asks for its cells.
 *
 * @param mark what is printed on each sheet of paper before the title, where the workbook is of a preview
 */
export function yearWorkbook(
  year: PublishedYear,
  dataset: Dataset,
  history: readonly Reorganisation[],
  mark: string | null = null,
): Uint8Array {
  const { scheme, phase, departments } = dataset;
  const words = statusWordsOf(year, dataset);
  const goals = departments.flatMap(goalRows);
  const own = (of: ColumnDefinition['of']) => dataset.columns.filter((column) => column.of === of);
  const given = { scheme, phase };
  const departmentTable = tableOf(departmentsTab, departments.flatMap(departmentRows), {
    ...given,
    cells: departmentCells(departments, scheme),
    texts: ({ department, isFirst }) => (isFirst ? department : {}),
    own: own('department'),
    ownValues: ({ department, isFirst }) => (isFirst ? department.columns : {}),
    isAsked: isAskedOfDepartment,
  });
  const goalTable = tableOf(goalsTab, goals, {
    ...given,
    cells: goalCells(phase, statusCells(words)),
    texts: ({ goal }) => goal,
    own: own('goal'),
    ownValues: ({ goal }) => goal.columns,
  });
  const indicatorTable = tableOf(
    indicatorsTab,
    goals.flatMap((row) => row.goal.indicators.map((indicator) => ({ ...row, indicator }))),
    {
      ...given,
      cells: indicatorCells,
      texts: ({ indicator }) => indicator,
      own: own('indicator'),
      ownValues: ({ indicator }) => indicator.columns,
    },
  );
  const evaluations = [
    ...departments.flatMap((department) =>
      department.evaluations.map((evaluation) => ({ department, goal: null, evaluation })),
    ),
    ...goals.flatMap((row) => row.goal.evaluations.map((evaluation) => ({ ...row, evaluation }))),
  ];
  const tables = [departmentTable, goalTable, indicatorTable];
  const declarations = tables.flatMap((table) => declarationRows(table, year.labels, phase));
  const others = [
    tableOf(columnsTab, declarations, { ...given, cells: declarationCells }),
    tableOf(choicesTab, words, { ...given, cells: choiceCells }),
    tableOf(evaluationsTab, evaluations, { ...given, cells: evaluationCells }),
    tableOf(historyTab, history, { ...given, cells: historyCells }),
  ];
  const title = `${dataset.municipality.name} ${dataset.title}`;
  return writeXlsx(mark === null ? title : `${mark} ${title}`, [
    settingsSheet(year, dataset),
    sheetOf(departmentTable),
    sheetOf(goalTable),
    ...[indicatorTable, ...others].filter(({ isEmpty }) => !isEmpty).map(sheetOf),
  ]);
}

/** A tab as it is filled in. */
interface FilledTable {
  readonly key: string;
  readonly name: string;
  readonly columns: readonly FilledColumn[];
  readonly isEmpty: boolean;
}

interface FilledColumn {
  readonly key: string;
  readonly header: string;
  /** In pixels. */
  readonly width: number;
  readonly isProse: boolean;
  /** Whether it holds numbers to reckon with, also where they were typed as a text. */
  readonly isNumeric: boolean;
  /** One of the city's own. */
  readonly own: ColumnDefinition | null;
  readonly values: readonly ColumnValue[];
  /** A cell is blank that must not be, by the contract: what was published earlier, and is kept. */
  readonly lacks: boolean;
}

interface Filling<Key extends string, Row> {
  readonly scheme: Scheme;
  readonly phase: Phase;
  readonly cells: Partial<Cells<Key, Row>>;
  /** What of a row is published as it stands, by its property in the dataset. */
  readonly texts?: (row: Row) => Readonly<Record<string, unknown>>;
  readonly own?: readonly ColumnDefinition[];
  readonly ownValues?: (row: Row) => Readonly<Record<string, ColumnValue>>;
  /** Whether a blank cell can be an error at all. */
  readonly isAsked?: (row: Row, key: Key) => boolean;
}

/** How wide a column of the city's own is, in pixels. */
const ownWidth = { prose: 180, other: 110 };

function tableOf<Key extends string, Row>(
  tab: TabOf<Key>,
  rows: readonly Row[],
  { scheme, phase, cells, texts, own = [], ownValues, isAsked = () => true }: Filling<Key, Row>,
): FilledTable {
  const standard = tab.columns.flatMap((column): FilledColumn[] => {
    const { key, json, needed = false, required = 'never' } = column;
    const values = rows.map((row): ColumnValue => {
      if (json === undefined) return cells[key]?.(row) ?? null;
      const text = texts?.(row)[json];
      return typeof text === 'string' ? text : null;
    });
    if (!needed && values.every((value) => value === null) && !isNamedBy(own, column, scheme)) return [];
    return [
      {
        key,
        header: inWords(column.header, scheme),
        width: column.looks.width,
        isProse: column.kind === 'prose',
        isNumeric: column.kind === 'number',
        own: null,
        values,
        lacks: isRequired(required, phase) && rows.some((row, index) => values[index] === null && isAsked(row, key)),
      },
    ];
  });
  const declared = own.map(
    (column): FilledColumn => ({
      key: column.key,
      header: column.key,
      width: column.type === 'text' ? ownWidth.prose : ownWidth.other,
      isProse: column.type === 'text',
      isNumeric: false,
      own: column,
      values: rows.map((row) => ownValues?.(row)[column.key] ?? null),
      lacks: false,
    }),
  );
  return {
    key: tab.key,
    name: tabName(inWords(tab.name, scheme)),
    columns: [...standard, ...declared],
    isEmpty: rows.length === 0 && own.length === 0,
  };
}

/**
 * Whether a column of the city's own bears another name of this one: beside the column itself it is the city's own, and without it, it would be
 * taken for it.
 */
function isNamedBy(own: readonly ColumnDefinition[], column: ColumnOf<string>, scheme: Scheme): boolean {
  if (own.length === 0) return false;
  const { aliases } = headerKeys(column, scheme);
  return own.some(({ key }) => aliases.includes(matchKey(key)));
}

/** A tab cannot be named by everything that a city may call its units; 部 is always understood. */
function tabName(name: string): string {
  return /[[\]:*?/\\]|^'|'$/u.test(name) || name.length > 31 ? '部' : name;
}

/**
 * What 項目 has to say of a tab: the city's own columns, what the city calls columns of the contract, and those that are not asked for because
 * something is published without them: what was published in an earlier phase and is kept.
 */
function declarationRows(
  { key: tab, name, columns }: FilledTable,
  labels: PublishedYear['labels'],
  phase: Phase,
): DeclarationRow[] {
  return columns.flatMap(({ key, header, own, lacks }): DeclarationRow[] => {
    if (own !== null) {
      return [{ header, tab: name, column: own, label: own.label === key ? null : own.label, required: null }];
    }
    const label = labels[`${tab}.${key}`] ?? null;
    // Asked for in a phase that this year is not in.
    const required = lacks ? (phase === 'plan' ? '結果' : '目標') : null;
    return label === null && required === null ? [] : [{ header, tab: name, column: null, label, required }];
  });
}

const plain: XlsxStyle = {};
/** Keeps leading zeros, and stops the program from taking for a formula what somebody touches. */
const asText: XlsxStyle = { text: true };
const headerStyle: XlsxStyle = { bold: true, fill: headerFill };

function sheetOf({ name, columns }: FilledTable): XlsxSheet {
  const count = columns[0]?.values.length ?? 0;
  const header = columns.map((column): XlsxCell => ({ value: column.header, style: headerStyle }));
  const rows = Array.from({ length: count }, (_, row) =>
    columns.map(({ values, isNumeric }) => cellOf(values[row] ?? null, isNumeric)),
  );
  return { ...table, name, rows: [header, ...rows], columns: fitted(columns) };
}

const table = {
  frozenRows: 1,
  frozenColumns: 1,
  gridLines: true,
  isProtected: false,
  validations: [],
  colours: [],
} as const;

/** How narrow a column of prose may get for the tab to fit the width of a sheet of paper, in pixels. */
const narrowest = 180;

/**
 * The widths of the columns. Prose gives way where the tab would be too wide to be printed on one sheet of paper in a size that can be read, but
 * never so far that its longest text could not be shown: then the tab goes on on a second sheet.
 */
function fitted(columns: readonly FilledColumn[]): XlsxColumn[] {
  const limits = columns.map(({ width, isProse, values }) => {
    if (!isProse) return { usual: width, least: width };
    const texts = values.filter((value) => typeof value === 'string');
    const longest = texts.reduce((long, text) => (text.length > long.length ? text : long), '');
    const shown = widthToShow(longest);
    return { usual: Math.max(width, shown), least: Math.max(Math.min(width, narrowest), shown) };
  });
  const sum = (of: 'usual' | 'least'): number => limits.reduce((total, one) => total + one[of], 0);
  const isTooWide = sum('least') > readableWidth;
  const spare = sum('usual') - sum('least');
  const share = isTooWide || spare === 0 ? 1 : Math.min(1, (readableWidth - sum('least')) / spare);
  return limits.map(({ usual, least }) => ({ width: Math.floor(least + (usual - least) * share), style: plain }));
}

function settingsSheet(year: PublishedYear, dataset: Dataset): XlsxSheet {
  const values = settingCells(year, dataset);
  const header = settingsColumns.map(({ header: value }): XlsxCell => ({ value, style: headerStyle }));
  const rows = settingItems.flatMap(({ key, header: name }): XlsxCell[][] => {
    const value = values[key];
    if (value === null) return [];
    return [
      [
        { value: name, style: headerStyle },
        { ...cellOf(value, false), style: asText },
      ],
    ];
  });
  const columns = settingsColumns.map(({ looks }) => ({ width: looks.width, style: plain }));
  return { ...table, name: settingsTab.name, rows: [header, ...rows], columns };
}

/** A spreadsheet program shows so many characters of a number as they are. */
const shownDigits = 10;

function cellOf(value: ColumnValue, isNumeric: boolean): XlsxCell {
  if (value === null) return { value: '', style: plain };
  if (typeof value === 'number') {
    return String(value).length <= shownDigits ? { value, style: plain } : textCell(decimal(value));
  }
  if (typeof value === 'object') {
    const { text, url } = value;
    // An address that is too long for a link is still one to be read.
    return url.length <= longestLink ? { ...textCell(text), link: url } : textCell(url);
  }
  const number = Number(value);
  const isPlainNumber = isNumeric && value.length <= shownDigits && String(number) === value && Number.isFinite(number);
  return isPlainNumber ? { value: number, style: plain } : textCell(value);
}

function textCell(text: string): XlsxCell {
  const value = text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`;
  return { value, style: startOfFormula.test(value) ? asText : plain };
}

/** A number in digits, which is how people type it and how it is read. */
function decimal(number: number): string {
  const text = String(number);
  return text.includes('e')
    ? number.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 21 })
    : text;
}
