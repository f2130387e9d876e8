/**
 * What parsing hands to validation: rows of named fields, each with the place it came from. Nothing is checked or normalized
 * yet, except that tabs and headers have been found, blank rows left out, and values taken over from above.
 */
export interface Field {
  /** As the cell shows it; `''` where it is blank. */
  readonly text: string;
  /** Where the text stands: the cell above where it was taken over from there (merged cells, blank 部名 or 年度). */
  readonly cell: string;
  /** From 1. */
  readonly row: number;
  /** The blank cell that the value was carried down into: set where 部名 or 年度 of 目標 means the value above, not in merges. */
  readonly carriedInto?: string;
  /** Target of the cell's link. What a person sees is what is published, so it is checked and goes no further. */
  readonly link?: string;
}

export interface Row<Column extends string> {
  /** From 1. */
  readonly row: number;
  /** A column that the tab does not have has no field. */
  readonly fields: Readonly<Partial<Record<Column, Field>>>;
}

export interface Table<Column extends string> {
  /** The tab's name as written. */
  readonly tab: string;
  /** Which columns the tab has, with the header cell of each. */
  readonly headers: Readonly<Partial<Record<Column, Field>>>;
  readonly rows: readonly Row<Column>[];
  /** Columns that are none of the contract's: private. Validation looks for misspelt headers among them. */
  readonly unlisted: readonly UnlistedColumn[];
}

/** A column that the contract does not list. */
export interface UnlistedColumn {
  readonly header: Field;
  /** What stands below, without the blanks; only of 部, where a lost 公開 would publish drafts. */
  readonly values: readonly Field[];
}

/** The names of tabs, settings and columns in the contract: what findings call them. */
export const settingNames = {
  municipality: '自治体名',
  code: '団体コード',
  fiscalYear: '年度',
  phase: '段階',
  title: '題名',
  contact: '問い合わせ先',
  licence: 'データの利用条件',
  publishNow: '今すぐ公開',
} as const;
export type SettingKey = keyof typeof settingNames;
export const settingKeys = [
  'municipality',
  'code',
  'fiscalYear',
  'phase',
  'title',
  'contact',
  'licence',
  'publishNow',
] as const satisfies readonly SettingKey[];

export const settingColumnNames = { item: '項目', value: '値' } as const;
export type SettingColumn = keyof typeof settingColumnNames;

export const departmentColumnNames = {
  department: '部名',
  director: '部長名',
  directorKana: '部長名（ふりがな）',
  directorTitle: '職名',
  policy: '基本方針',
  work: '部の仕事',
  summary: '総括',
  departmentKana: '部名（ふりがな）',
  urlName: 'URL名',
  portrait: '顔写真',
  order: '表示順',
  visibility: '公開',
  fiscalYear: '年度',
} as const;
export type DepartmentColumn = keyof typeof departmentColumnNames;

export const goalColumnNames = {
  department: '部名',
  number: '番号',
  goal: '目標',
  status: '達成状況',
  note: '説明',
  fiscalYear: '年度',
} as const;
export type GoalColumn = keyof typeof goalColumnNames;

export const choiceColumnNames = { label: '表示', category: '区分', aliases: '別表記' } as const;
export type ChoiceColumn = keyof typeof choiceColumnNames;

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
  readonly settings: {
    readonly tab: string;
    readonly values: readonly Setting[];
    readonly others: readonly OtherSetting[];
  };
  readonly departments: Table<DepartmentColumn>;
  readonly goals: Table<GoalColumn>;
  /** Null where the city has no words of its own. */
  readonly choices: Table<ChoiceColumn> | null;
}
