import { columnName } from '../../workbook/workbook.ts';

/**
 * The formulas of the conditional colours, the same for `.xlsx` and Google Sheets. Each is written for the first data row and
 * moves down with the range it colours. Other tabs are reached by `INDIRECT`, the only way that both programs take.
 */

/** Where a column stands: numbers from 0. `row` is the first data row. */
export interface ColumnPlace {
  readonly column: number;
  readonly row: number;
}

const cell = ({ column, row }: ColumnPlace): string => `$${columnName(column)}${row + 1}`;

/** True for a blank cell in a row where anything at all is written from `first` to `last`. */
export function blankRule(place: ColumnPlace, first: number, last: number): string {
  const start = cell({ column: first, row: place.row });
  const end = cell({ column: last, row: place.row });
  return `AND(COUNTA(${start}:${end})>0,${cell(place)}="")`;
}

/** Where 段階 stands: `items` and `values` are the columns of 設定. */
export interface SettingColumns {
  readonly tab: string;
  readonly items: number;
  readonly values: number;
}

/** As `blankRule`, but only in one phase: while 段階 of 設定 is 結果 or blank, or while it is 中間. */
export function blankInPhaseRule(
  place: ColumnPlace,
  first: number,
  last: number,
  settings: SettingColumns,
  phase: 'result' | 'interim',
): string {
  const range = (column: number) => `INDIRECT("${settings.tab}!${columnName(column)}:${columnName(column)}")`;
  const count = (word: string) => `COUNTIFS(${range(settings.items)},"段階",${range(settings.values)},"${word}")`;
  const isThen = phase === 'result' ? `${count('目標')}+${count('中間')}=0` : `${count('中間')}>0`;
  return `AND(${blankRule(place, first, last)},${isThen})`;
}

/** True for a blank value beside one of the items of 設定 that must be filled in. */
export function blankSettingRule(item: ColumnPlace, value: ColumnPlace, required: readonly string[]): string {
  const named = required.map((name) => `${cell(item)}="${name}"`).join(',');
  return `AND(OR(${named}),${cell(value)}="")`;
}

/**
 * True for a cell that holds the word, with whatever is around it, and none of the longer words that contain it (`未達成` is
 * no `達成`). So the rules of a column can stand in any order.
 */
export function wordRule(place: ColumnPlace, word: string, words: readonly string[]): string {
  const holds = (text: string) => `ISNUMBER(SEARCH("${text}",${cell(place)}))`;
  const longer = words.filter((other) => other !== word && other.includes(word));
  if (longer.length === 0) return holds(word);
  return `AND(${[holds(word), ...longer.map((other) => `NOT(${holds(other)})`)].join(',')})`;
}

/** The columns by which a department's row has a state; null where the tab has not got one. */
export interface StateColumns {
  readonly department: ColumnPlace;
  readonly visibility: ColumnPlace | null;
  readonly approval: ColumnPlace | null;
}

/**
 * The colours of a department's row by 公開 and 決裁: taken off the site, a draft, waiting for its approval, approved in haste. The first
 * that holds counts. A second row of a department is of another head, and has no state.
 */
export function stateRules(
  { department, visibility, approval }: StateColumns,
  first: number,
  last: number,
): readonly { readonly fill: string; readonly formula: string }[] {
  const letter = `$${columnName(department.column)}`;
  const row = department.row + 1;
  const isFirst = `COUNTIF(${letter}$${row}:${letter}${row},${letter}${row})=1`;
  const isFilled = `COUNTA(${cell({ column: first, row: department.row })}:${cell({ column: last, row: department.row })})>0`;
  const rule = (fill: string, ...conditions: readonly string[]) => ({
    fill,
    formula: `AND(${[isFilled, isFirst, ...conditions].join(',')})`,
  });
  const isAny = (place: ColumnPlace, ...values: readonly string[]) =>
    `OR(${values.map((value) => `${cell(place)}=${value}`).join(',')})`;
  const shown = visibility === null ? [] : [isAny(visibility, '"公開"', 'TRUE')];
  return [
    ...(visibility === null
      ? []
      : [rule('F4D6D6', isAny(visibility, '"取下げ"')), rule('EFEFEF', isAny(visibility, '""', '"下書き"', 'FALSE'))]),
    ...(approval === null
      ? []
      : [
          rule('E4DFEC', ...shown, isAny(approval, '""')),
          rule('FDEADA', ...shown, `ISNUMBER(SEARCH("緊急",${cell(approval)}))`),
        ]),
  ];
}
