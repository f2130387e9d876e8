import type { Scheme } from '../text/scheme.ts';
import type {
  ChoiceColumn,
  DeclarationColumn,
  DepartmentColumn,
  EvaluationColumn,
  GoalColumn,
  HistoryColumn,
  IndicatorColumn,
  Required,
  SettingKey,
} from './columns.ts';
import type { DeclaredColumn } from './declared.ts';
import type { CellMark } from './workbook.ts';

/**
 * What parsing hands to validation: rows of named fields, each with the place it came from. Nothing is checked or normalized
 * yet, except that tabs and headers have been found, blank rows left out, and values taken over from above.
 */
export interface Field {
  /** As the cell shows it, but for what is struck out; `''` where it is blank. */
  readonly text: string;
  /** Where the text stands: the cell above where it was taken over from there (merged cells, blank 部名 or 年度). */
  readonly cell: string;
  /** From 1. */
  readonly row: number;
  /** The blank cell that the value was carried down into: set where a blank means the value above, not in merges. */
  readonly carriedInto?: string;
  /** Target of the cell's link. */
  readonly link?: string;
  /** What is to be known of the cell beside its text. */
  readonly mark?: CellMark;
  /** The picture placed in the cell, or over the sheet with its corner in it; of several the last, which lies on top. */
  readonly picture?: () => Uint8Array;
}

export interface Row<Column extends string> {
  /** From 1. */
  readonly row: number;
  /** A column that the tab does not have has no field. */
  readonly fields: Readonly<Partial<Record<Column, Field>>>;
  /** The fields of the city's own columns, in the order of {@link Table.declared}. */
  readonly declared: readonly Field[];
}

/** What a cell of a row shows; `''` where it is blank, and where its tab has no such column. */
export function textIn<Column extends string>(fields: Row<Column>['fields'], column: Column): string {
  return fields[column]?.text ?? '';
}

/** What 項目 says of a column of the contract. */
export interface ColumnChange {
  /** Null where it says nothing. */
  readonly required: Required | null;
  readonly isPublished: boolean;
  readonly label: string | null;
}

export interface Table<Column extends string> {
  /** The tab's name as written. */
  readonly tab: string;
  /** Which columns the tab has, with the header cell of each. */
  readonly headers: Readonly<Partial<Record<Column, Field>>>;
  readonly rows: readonly Row<Column>[];
  /** The city's own columns, in the order of the sheet; those that are not published too, for 必須. */
  readonly declared: readonly DeclaredColumn[];
  /** What 項目 says of columns of the contract. */
  readonly changes: Readonly<Partial<Record<Column, ColumnChange>>>;
  /** Columns that are neither of the contract nor declared: private. Validation looks for misspelt headers among them. */
  readonly unlisted: readonly UnlistedColumn[];
  /** Rows of this table, from 1, that a person has hidden by hand. */
  readonly hiddenRows: readonly number[];
}

/** A column that nobody has declared. */
export interface UnlistedColumn {
  readonly header: Field;
  /** What stands below, without the blanks; only of 部, where a lost 公開 would publish drafts. */
  readonly values: readonly Field[];
}

/** One setting: the key as the contract names it, and its value. */
export interface Setting {
  readonly key: SettingKey;
  /** The cell of the value; of the key where there is no value cell. */
  readonly value: Field;
}

/** A row of 設定 whose 項目 is blank or none of the contract's. */
export interface OtherSetting {
  readonly item: Field;
  readonly value: Field;
}

/** All that the workbook says. */
export interface SheetRows {
  readonly scheme: Scheme;
  readonly settings: {
    readonly tab: string;
    readonly values: readonly Setting[];
    readonly others: readonly OtherSetting[];
  };
  readonly departments: Table<DepartmentColumn>;
  readonly goals: Table<GoalColumn>;
  /** The optional tabs; null where the workbook has none. */
  readonly indicators: Table<IndicatorColumn> | null;
  readonly columns: Table<DeclarationColumn> | null;
  readonly choices: Table<ChoiceColumn> | null;
  readonly evaluations: Table<EvaluationColumn> | null;
  readonly history: Table<HistoryColumn> | null;
}
