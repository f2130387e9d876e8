import { licenceNames } from '../../goals/cells/licence.ts';
import type { ColumnDefinition, TabDefinition } from '../../workbook/columns.ts';
import { choicesTab, departmentsTab, goalsTab, settingDefinitions, settingsTab } from '../../workbook/columns.ts';
import type { ChoiceColumn, DepartmentColumn, GoalColumn, SettingColumn, SettingKey } from '../../workbook/rows.ts';
import { choiceColumnNames, departmentColumnNames } from '../../workbook/rows.ts';

/**
 * The workbook as staff get it: what each tab, column and setting looks like, what can be chosen, and what its note says. Both
 * writers, the `.xlsx` template and the set-up of a Google Sheet, are made from this one description, which takes every
 * name from the contract (`definition.ts`).
 */

/** What can be chosen in a cell. Where `strict`, nothing else can be typed; elsewhere other words are warned of. */
export type Choices =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly strict: boolean; readonly refusal: string }
  | {
      readonly kind: 'column';
      /** Name of the tab and contract header of the column whose cells are the choices. */
      readonly tab: string;
      readonly header: string;
      readonly strict: boolean;
      readonly refusal: string;
    }
  /** A box to tick; where the program has none, the word はい. */
  | { readonly kind: 'tick' };

/** When a blank cell is coloured: always, or only while 段階 is 結果. */
export type Need = 'always' | 'in-results' | 'never';

interface Looks {
  /** The note on the header or the setting: what to write, with an example. */
  readonly note: string;
  /** `text` keeps leading zeros and stops the program from taking a code for a number or a date. */
  readonly format: 'general' | 'text';
  readonly choices: Choices | null;
  readonly need: Need;
}

export interface TemplateColumn extends Looks {
  readonly definition: ColumnDefinition;
  /** Width in pixels. */
  readonly width: number;
  /** Words that colour a cell that holds them. */
  readonly colours: readonly WordColour[];
}

export interface WordColour {
  readonly word: string;
  /** `RRGGBB`. */
  readonly fill: string;
}

/** One item of 設定: a row with its name and a cell to fill in. */
export interface TemplateSetting extends Looks {
  readonly definition: ColumnDefinition<SettingKey>;
}

export interface TemplateTab {
  readonly definition: TabDefinition;
  readonly columns: readonly TemplateColumn[];
  /** For 設定: its items, one a row, under the header. Empty for the other tabs. */
  readonly settings: readonly TemplateSetting[];
  /** Rows under the header that a new workbook begins with: words to choose from, never anything that could be published. */
  readonly rows: readonly (readonly string[])[];
}

/** Colour of a header, and of a required cell that is still blank. `RRGGBB`. */
export const headerFill = 'DCE6F1';
export const blankFill = 'FFF2CC';

/** Number of rows that drop-downs and colours reach to; programs copy both when rows are added. */
export const preparedRows = 1000;

type ColumnLooks = Omit<TemplateColumn, 'definition' | 'format' | 'choices' | 'need' | 'colours'> &
  Partial<Pick<TemplateColumn, 'format' | 'choices' | 'need' | 'colours'>>;

const plainLooks = { format: 'general', choices: null, need: 'never', colours: [] } as const;

const listed = 'の一覧から選んでください。';
const yearNote =
  '年度を書きます。空欄のときは「設定」の年度とみなします。過去の年度の行を残す場合にだけ書いてください。\n例：令和6年度';

const settings: Record<SettingKey, Omit<TemplateSetting, 'definition'>> = {
  municipality: { note: '自治体の名前を書きます。\n例：見本市', format: 'text', choices: null, need: 'always' },
  code: {
    note: '全国地方公共団体コードを、検査数字まで含めて6桁で書きます。先頭の0も省かずに書いてください。\n例：099996',
    format: 'text',
    choices: null,
    need: 'never',
  },
  fiscalYear: {
    note: 'いま取り組んでいる年度を書きます。「R6」「2024」のように書いても同じ意味になります。\n例：令和6年度',
    format: 'text',
    choices: null,
    need: 'always',
  },
  phase: {
    note: '公表の段階を選びます。年度の初めは「目標」、途中経過を出すときは「中間」、年度末は「結果」です。空欄のときは「結果」とみなします。',
    format: 'general',
    choices: {
      kind: 'words',
      words: ['目標', '中間', '結果'],
      strict: true,
      refusal: `段階は、目標・中間・結果${listed}`,
    },
    need: 'never',
  },
  title: {
    note: 'ページの題名を書きます。空欄のときは自動で付きます。\n例：令和6年度 部長目標',
    format: 'general',
    choices: null,
    need: 'never',
  },
  contact: {
    note: 'ページの下に載せる問い合わせ先を書きます。\n例：見本市 企画課 電話 000-000-0000（内線 0000）',
    format: 'text',
    choices: null,
    need: 'never',
  },
  licence: {
    note: 'オープンデータとして公開するデータの利用条件を選びます。空欄のときは「CC BY 4.0」（出典を書けば自由に使える）とみなします。分からないときは、情報公開や著作権の担当にお確かめください。',
    format: 'text',
    choices: {
      kind: 'words',
      words: Object.values(licenceNames),
      strict: true,
      refusal: `データの利用条件は、${Object.values(licenceNames).join('・')}${listed}`,
    },
    need: 'never',
  },
  publishNow: {
    note: '次の自動の公表を待たずに公表したいときに、印を付けます（印を付けられない場合は「はい」と書きます）。公表が済むと、印は自動で外れ、「確認結果」に記録が残ります。',
    format: 'general',
    choices: { kind: 'tick' },
    need: 'never',
  },
};

const settingColumns: Record<SettingColumn, ColumnLooks> = {
  item: { note: '項目の名前です。書き換えないでください。', width: 180 },
  value: { note: 'この列に記入してください。項目ごとの書き方は、左の列のメモにあります。', width: 420 },
};

const departmentColumns: Record<DepartmentColumn, ColumnLooks> = {
  department: {
    note: '部の名前を書きます。1つの部につき1行です。「目標」の部名と同じ書き方にしてください。\n例：環境部',
    width: 140,
    need: 'always',
  },
  departmentKana: { note: '部の名前の読みを、ひらがなで書きます。\n例：かんきょうぶ', width: 150 },
  director: { note: '部長の氏名を、姓と名の間を空けて書きます。\n例：見本 花子', width: 140, need: 'always' },
  directorKana: {
    note: '部長の氏名の読みを、ひらがなで書きます。\n例：みほん はなこ',
    width: 160,
    need: 'always',
  },
  directorTitle: {
    note: '職名を書きます。空欄のときは、部名に「長」を付けたものになります。\n例：会計管理者',
    width: 130,
  },
  policy: {
    note: '部の基本方針を書きます。改行してもかまいません。\n例：市民と力を合わせ、ごみの少ないまちをつくります！',
    width: 300,
    need: 'always',
  },
  work: {
    note: '部がどのような仕事をしているかを、市民に分かる言葉で書きます。\n例：環境部は、ごみの収集、公園の手入れ、公害の相談などを受け持っています。',
    width: 360,
    need: 'always',
  },
  summary: {
    note: '1年間の総括を書きます。「設定」の段階が「結果」のときは必ず書いてください。\n例：ごみの量は目標どおり減りました。来年度は、資源の回収を広げます。',
    width: 360,
    need: 'in-results',
  },
  visibility: {
    note: '公表してよい状態になったら「公開」を選びます。\n空欄は「下書き」と同じで、新しい内容は公表されません（前に公表した内容があれば、それがそのまま表示されます）。\n「取下げ」を選ぶと、公表していた内容をサイトから外します。',
    width: 100,
    choices: {
      kind: 'words',
      words: ['公開', '下書き', '取下げ'],
      strict: true,
      refusal: `公開は、公開・下書き・取下げ${listed}`,
    },
    need: 'always',
    colours: [
      { word: '取下げ', fill: 'F4CCCC' },
      { word: '下書き', fill: 'E7E6E6' },
    ],
  },
  order: {
    note: 'サイトでの並び順を数字で書きます。小さいほど先に並びます。空欄のときは、書いた順に並びます。\n例：10',
    width: 90,
  },
  urlName: {
    note: 'ページのアドレスに使う名前を、半角の英小文字・数字・ハイフンで書きます。空欄のときは自動で決まります。いちど公表したら変えないでください。\n例：kankyo',
    width: 120,
    format: 'text',
  },
  portrait: {
    note: '部長の顔写真の場所（リンク）を書きます。ページには表示せず、オープンデータに載せます。なければ空欄のままでかまいません。',
    width: 160,
  },
  fiscalYear: { note: yearNote, width: 110, format: 'text' },
};

const goalColumns: Record<GoalColumn, ColumnLooks> = {
  department: {
    note: '部名を選びます。「部」に書いた名前が一覧に出ます。すぐ上の行と同じ部のときは、空欄のままでかまいません。',
    width: 140,
    choices: {
      kind: 'column',
      tab: departmentsTab.name,
      header: departmentColumnNames.department,
      strict: true,
      refusal: '「部」のシートに書いてある部名から選んでください。新しい部は、先に「部」のシートに書いてください。',
    },
  },
  number: { note: '目標の番号を数字で書きます。空欄のときは、書いた順に番号が付きます。\n例：1', width: 70 },
  goal: {
    note: '目標を1行に1つずつ、市民に分かる言葉で書きます。\n例：公園の遊具を、すべて点検します！',
    width: 420,
    need: 'always',
  },
  status: {
    note: '達成状況を選びます。「設定」の段階が「結果」のときは必ず選んでください。「達成（見込み）」のように言葉を添えることもできます。',
    width: 120,
    choices: {
      kind: 'column',
      tab: choicesTab.name,
      header: choiceColumnNames.label,
      strict: false,
      refusal: '「選択肢」のシートにない言葉です。',
    },
    need: 'in-results',
    colours: [
      { word: '未達成', fill: 'F4CCCC' },
      { word: '一部達成', fill: 'FCE5CD' },
      { word: '進行中', fill: 'CFE2F3' },
      { word: '達成', fill: 'D9EAD3' },
    ],
  },
  note: {
    note: '結果の補足があれば書きます。空欄でもかまいません。\n例：全120か所のうち、118か所の点検を終えました。',
    width: 320,
  },
  fiscalYear: { note: yearNote, width: 110, format: 'text' },
};

const choiceColumns: Record<ChoiceColumn, ColumnLooks> = {
  label: { note: '達成状況として選ぶ言葉です。自治体で使っている言葉に変えられます。\n例：計画どおり', width: 160 },
  category: {
    note: 'その言葉が、4つの区分のどれに当たるかを選びます。\n例：達成',
    width: 120,
    choices: {
      kind: 'words',
      words: ['達成', '一部達成', '未達成', '進行中'],
      strict: true,
      refusal: `区分は、達成・一部達成・未達成・進行中${listed}`,
    },
  },
  aliases: { note: '同じ意味のほかの書き方があれば、「、」で区切って書きます。\n例：計画通り、予定どおり', width: 240 },
};

/** Columns in the order in which staff fill them in, which is the order of `looks`. */
function templateColumns<Key extends string>(
  tab: TabDefinition<Key>,
  looks: Record<Key, ColumnLooks>,
): readonly TemplateColumn[] {
  const order = Object.keys(looks);
  return tab.columns
    .toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
    .map((definition) => ({ ...plainLooks, ...looks[definition.key], definition }));
}

export const settingsTemplate: TemplateTab = {
  definition: settingsTab,
  columns: templateColumns(settingsTab, settingColumns),
  settings: settingDefinitions.map((definition) => ({ ...settings[definition.key], definition })),
  rows: [],
};

export const departmentsTemplate: TemplateTab = {
  definition: departmentsTab,
  columns: templateColumns(departmentsTab, departmentColumns),
  settings: [],
  rows: [],
};

export const goalsTemplate: TemplateTab = {
  definition: goalsTab,
  columns: templateColumns(goalsTab, goalColumns),
  settings: [],
  rows: [],
};

export const choicesTemplate: TemplateTab = {
  definition: choicesTab,
  columns: templateColumns(choicesTab, choiceColumns),
  settings: [],
  rows: ['達成', '一部達成', '未達成', '進行中'].map((word) => [word, word, '']),
};

/** The tabs that staff fill in, in the order of the workbook; 使い方 comes before them and 確認結果 after. */
export const templateTabs: readonly TemplateTab[] = [
  settingsTemplate,
  departmentsTemplate,
  goalsTemplate,
  choicesTemplate,
];
