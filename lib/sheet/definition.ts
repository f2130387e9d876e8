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

export type SettingKey = 'municipality' | 'code' | 'fiscalYear' | 'phase' | 'title' | 'contact' | 'publishNow';

export type SettingColumn = 'item' | 'value';

export type DepartmentColumn =
  | 'department'
  | 'director'
  | 'directorKana'
  | 'directorTitle'
  | 'policy'
  | 'work'
  | 'summary'
  | 'departmentKana'
  | 'urlName'
  | 'portrait'
  | 'order'
  | 'visibility'
  | 'fiscalYear';

export type GoalColumn = 'department' | 'number' | 'goal' | 'status' | 'note' | 'fiscalYear';

export type ChoiceColumn = 'label' | 'category' | 'aliases';

const column = <Key extends string>(
  key: Key,
  header: string,
  required: boolean,
  ...aliases: string[]
): ColumnDefinition<Key> => ({ key, header, aliases, required });

export const settingsTab: TabDefinition<SettingColumn> = {
  name: '設定',
  required: true,
  columns: [column('item', '項目', true, '設定項目'), column('value', '値', true, '内容', '設定値')],
};

/** The keys in the column 項目 of 設定. */
export const settingDefinitions: readonly ColumnDefinition<SettingKey>[] = [
  column('municipality', '自治体名', true, '市区町村名', '地方公共団体名'),
  column('code', '団体コード', false, '全国地方公共団体コード', '自治体コード'),
  column('fiscalYear', '年度', true, '対象年度'),
  column('phase', '段階', false),
  column('title', '題名', false, 'タイトル'),
  column('contact', '問い合わせ先', false, '問合せ先', 'お問い合わせ先', 'お問合せ先'),
  column('publishNow', '今すぐ公開', false),
];

export const departmentsTab: TabDefinition<DepartmentColumn> = {
  name: '部',
  required: true,
  columns: [
    column('department', '部名', true, '部局名'),
    column('director', '部長名', true, '部長氏名'),
    column('directorKana', '部長名（ふりがな）', true, '部長名ふりがな', '部長名（フリガナ）', '部長ふりがな'),
    column('directorTitle', '職名', false, '役職名'),
    column('policy', '基本方針', true),
    column('work', '部の仕事', true),
    column('summary', '総括', false),
    column('departmentKana', '部名（ふりがな）', false, '部名ふりがな', '部名（フリガナ）'),
    column('urlName', 'URL名', false),
    column('portrait', '顔写真', false),
    column('order', '表示順', false, '並び順'),
    column('visibility', '公開', false),
    column('fiscalYear', '年度', false, '対象年度'),
  ],
};

export const goalsTab: TabDefinition<GoalColumn> = {
  name: '目標',
  required: true,
  columns: [
    column('department', '部名', true, '部局名'),
    column('number', '番号', false, '目標番号', 'No.', 'No'),
    column('goal', '目標', true, '部長目標'),
    column('status', '達成状況', false, '達成度'),
    column('note', '説明', false),
    column('fiscalYear', '年度', false, '対象年度'),
  ],
};

export const choicesTab: TabDefinition<ChoiceColumn> = {
  name: '選択肢',
  required: false,
  columns: [column('label', '表示', true), column('category', '区分', true), column('aliases', '別表記', false)],
};

/** Written by Mokuhyo, never read. */
export const reportTabName = '確認結果';
export const guideTabName = '使い方';
