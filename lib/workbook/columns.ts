import { matchKey } from '../text/normalize.ts';
import type { ChoiceColumn, DepartmentColumn, GoalColumn, SettingColumn, SettingKey } from './rows.ts';
import { choiceColumnNames, departmentColumnNames, goalColumnNames, settingColumnNames, settingNames } from './rows.ts';

/**
 * The workbook's contract: which tabs and columns there are, and by which names they are found. Reading, the template, the
 * set-up of a Google Sheet and the guide for staff are all made from this one definition.
 */

/** A column of a tab, or for 設定 a key in its first column. */
export interface ColumnDefinition<Key extends string = string> {
  readonly key: Key;
  /** The name in the contract, and in the template. */
  readonly header: string;
  /**
   * Other headers that mean the same. Kept few on purpose: a column that is not listed is private, so a loose alias would
   * publish what nobody meant to publish.
   */
  readonly aliases: readonly string[];
  readonly required: boolean;
}

export interface TabDefinition<Key extends string = string> {
  readonly name: string;
  readonly required: boolean;
  readonly columns: readonly ColumnDefinition<Key>[];
}

/** Lists the columns of a tab in the order of the template, with the names that the findings use. */
function columnsOf<Key extends string>(
  names: Readonly<Record<Key, string>>,
  columns: readonly { key: Key; required?: true; aliases?: readonly string[] }[],
): ColumnDefinition<Key>[] {
  return columns.map(({ key, required = false, aliases = [] }) => ({ key, header: names[key], aliases, required }));
}

export const settingsTab: TabDefinition<SettingColumn> = {
  name: '設定',
  required: true,
  columns: columnsOf(settingColumnNames, [
    { key: 'item', required: true, aliases: ['設定項目'] },
    { key: 'value', required: true, aliases: ['内容', '設定値'] },
  ]),
};

/** The keys in the column 項目 of 設定. */
export const settingDefinitions: readonly ColumnDefinition<SettingKey>[] = columnsOf(settingNames, [
  { key: 'municipality', required: true, aliases: ['市区町村名', '地方公共団体名'] },
  { key: 'code', aliases: ['全国地方公共団体コード', '自治体コード'] },
  { key: 'fiscalYear', required: true, aliases: ['対象年度'] },
  { key: 'phase' },
  { key: 'title', aliases: ['タイトル'] },
  { key: 'contact', aliases: ['問合せ先', 'お問い合わせ先', 'お問合せ先'] },
  { key: 'licence', aliases: ['利用条件', 'データのライセンス'] },
  { key: 'publishNow' },
]);

export const departmentsTab: TabDefinition<DepartmentColumn> = {
  name: '部',
  required: true,
  columns: columnsOf(departmentColumnNames, [
    { key: 'department', required: true, aliases: ['部局名'] },
    { key: 'director', required: true, aliases: ['部長氏名'] },
    { key: 'directorKana', required: true, aliases: ['部長名ふりがな', '部長名（フリガナ）', '部長ふりがな'] },
    { key: 'directorTitle', aliases: ['役職名'] },
    { key: 'policy', required: true },
    { key: 'work', required: true },
    { key: 'summary' },
    { key: 'departmentKana', aliases: ['部名ふりがな', '部名（フリガナ）'] },
    { key: 'urlName' },
    { key: 'portrait' },
    { key: 'order', aliases: ['並び順'] },
    { key: 'visibility' },
    { key: 'fiscalYear', aliases: ['対象年度'] },
  ]),
};

export const goalsTab: TabDefinition<GoalColumn> = {
  name: '目標',
  required: true,
  columns: columnsOf(goalColumnNames, [
    { key: 'department', required: true, aliases: ['部局名'] },
    { key: 'number', aliases: ['目標番号', 'No.', 'No'] },
    { key: 'goal', required: true, aliases: ['部長目標'] },
    { key: 'status', aliases: ['達成度'] },
    { key: 'note' },
    { key: 'fiscalYear', aliases: ['対象年度'] },
  ]),
};

export const choicesTab: TabDefinition<ChoiceColumn> = {
  name: '選択肢',
  required: false,
  columns: columnsOf(choiceColumnNames, [
    { key: 'label', required: true },
    { key: 'category', required: true },
    { key: 'aliases' },
  ]),
};

const namesOfTabsRead: ReadonlySet<string> = new Set(
  [settingsTab, departmentsTab, goalsTab, choicesTab].map(({ name }) => matchKey(name)),
);

/** Whether a tab of this name is read. All others are ignored. Source: section 1 of the contract. */
export function isTabRead(name: string): boolean {
  return namesOfTabsRead.has(matchKey(name));
}

/** Written by Mokuhyo, never read. */
export const reportTabName = '確認結果';
export const guideTabName = '使い方';
