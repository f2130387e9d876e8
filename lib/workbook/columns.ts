import { matchKey } from '../text/normalize.ts';
import type { Scheme } from '../text/scheme.ts';
import { inWords, knownUnits } from '../text/scheme.ts';

/**
 * The one table of the workbook's tabs and columns. Everything that has to know a column is made from it: the parser, the findings
 * on headers, what is required, who has filled in what, the rules on text, the template, the set-up of a Google Sheet, the dataset
 * and its JSON Schema, the CSV files, the data package, and what a change of it is called.
 *
 * To add a column of plain text: one entry here, and its place on a page. `{unit}`, `{head}` and `{scheme}` stand for the city's words.
 */

/**
 * - `name`: keeps its letters as they are; `kana`: a reading
 * - `line`, `prose`: text, on one line or on several
 * - `number`: an amount as people type it
 * - `code`: read by a rule of its own (a status, a year, a choice), never shown as it stands
 */
export type ColumnKind = 'name' | 'kana' | 'line' | 'prose' | 'number' | 'code';

/** When a blank cell in the column is an error. `missed`: where the goal is 未達成. */
export type Required = 'never' | 'always' | 'plan' | 'interim' | 'result' | 'missed';

/** What can be chosen in a cell. Where `strict`, nothing else can be typed; elsewhere other words are warned of. */
export type Choices =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly strict: boolean; readonly refusal: string }
  | {
      readonly kind: 'column';
      /** The tab and column whose cells are the choices. */
      readonly tab: TabKey;
      readonly key: string;
      readonly strict: boolean;
      readonly refusal: string;
    }
  /** A box to tick; where the program has none, the word はい. */
  | { readonly kind: 'tick' };

/** A colour (`RRGGBB`) for a cell that holds a word. */
export interface WordColour {
  readonly word: string;
  readonly fill: string;
}

/** Colour of a header, `RRGGBB`, wherever Mokuhyo writes one. */
export const headerFill = 'DCE6F1';

/** How a column looks in the template. */
export interface ColumnLooks {
  /** The note on the header: what to write, with an example. */
  readonly note: string;
  /** In pixels. */
  readonly width: number;
  /** `text` keeps leading zeros and stops the program from taking a code for a number or a date. */
  readonly format?: 'text';
  readonly choices?: Choices;
  readonly colours?: readonly WordColour[];
  /** A blank cell is coloured, though it is no error. */
  readonly wanted?: true;
  /** Not in a new workbook: the column changes what is published as soon as it is there, or only some cities have it. */
  readonly optional?: true;
}

/**
 * What becomes of a cell where the next year is made from this one:
 * - `kept`: it belongs to the department, or to the city, and says the same until somebody changes it
 * - `blank`: it belongs to the year that is over
 * - `year`: it names the year; `title`: it may; `phase`: a year begins with 目標
 *
 * A row is taken over where all its needed columns are: so no goal is, and no result.
 */
export type NextYear = 'kept' | 'blank' | 'year' | 'title' | 'phase';

/** One column of a tab. */
export interface ColumnSpec {
  readonly key: string;
  /** The name in the contract, and in the template. */
  readonly header: string;
  /**
   * Other headers that mean the same. Kept few on purpose: a column that is not listed is private, so a loose alias would
   * publish what nobody meant to publish.
   */
  readonly aliases?: readonly string[];
  readonly kind: ColumnKind;
  /** Asked of every column: one that nobody has answered for does not compile. */
  readonly nextYear: NextYear;
  /** Without it the tab cannot be read. Bold in the contract. */
  readonly needed?: true;
  /** ＊ in the contract: when a blank cell is an error, where the column is there. */
  readonly required?: Required;
  /** Beyond so many characters a page gets hard to read; real cards keep far below. */
  readonly limit?: number;
  /** Marks alone (「－」) are a way to say that there is nothing. */
  readonly marksMeanNothing?: true;
  /** A text that is published as it is: its property in the dataset, and what the CSV and the schema say of it. */
  readonly json?: string;
  /** What the JSON Schema, the data package and the data page say it is. */
  readonly description?: string;
  /** Read, but its text is never published. */
  readonly hidden?: true;
  readonly looks: ColumnLooks;
}

export type TabKey =
  | 'settings'
  | 'departments'
  | 'goals'
  | 'indicators'
  | 'columns'
  | 'choices'
  | 'evaluations'
  | 'history';

export interface TabSpec<Column extends ColumnSpec = ColumnSpec> {
  readonly key: TabKey;
  readonly name: string;
  readonly needed: boolean;
  readonly columns: readonly Column[];
  /** A blank cell under a filled one means the value above. */
  readonly carried: readonly Column['key'][];
  /** The same, as long as the rows speak of one department. */
  readonly carriedInDepartment: readonly Column['key'][];
}

const chosenFrom = 'の一覧から選んでください。';

const yearColumn = {
  key: 'fiscalYear',
  header: '年度',
  aliases: ['対象年度'],
  kind: 'code',
  nextYear: 'year',
  looks: {
    note: '年度を書きます。空欄のときは「設定」の年度とみなします。過去の年度の行を残す場合にだけ書いてください。\n例：令和6年度',
    width: 80,
    format: 'text',
  },
} as const satisfies ColumnSpec;

/** 部名 in the tabs that speak of a department. */
const ofDepartment = {
  key: 'department',
  header: '{unit}名',
  aliases: ['部名', '部局名'],
  kind: 'code',
  nextYear: 'kept',
  needed: true,
  looks: {
    note: '{unit}名を選びます。「{unit}」に書いた名前が一覧に出ます。すぐ上の行と同じ{unit}のときは、空欄のままでかまいません。',
    width: 120,
    choices: {
      kind: 'column',
      tab: 'departments',
      key: 'department',
      strict: true,
      refusal:
        '「{unit}」のシートに書いてある{unit}名から選んでください。新しい{unit}は、先に「{unit}」のシートに書いてください。',
    },
  },
} as const satisfies ColumnSpec;

export const departmentColumns = [
  {
    key: 'department',
    header: '{unit}名',
    aliases: ['部名', '部局名'],
    kind: 'name',
    nextYear: 'kept',
    needed: true,
    limit: 30,
    looks: {
      note: '{unit}の名前を書きます。1つの{unit}につき1行です。「目標」の{unit}名と同じ書き方にしてください。\n例：{example}',
      width: 120,
    },
  },
  {
    key: 'departmentKana',
    header: '{unit}名（ふりがな）',
    aliases: ['{unit}名ふりがな', '{unit}名（フリガナ）', '{unit}名フリガナ', '部名（ふりがな）'],
    kind: 'kana',
    nextYear: 'kept',
    limit: 60,
    marksMeanNothing: true,
    json: 'nameKana',
    description: '{unit}名のふりがな',
    looks: { note: '{unit}の名前の読みを、ひらがなで書きます。\n例：かんきょうぶ', width: 130 },
  },
  {
    key: 'director',
    header: '{head}名',
    aliases: ['{head}氏名', '{unit}長名', '{unit}長氏名', '部長名'],
    kind: 'name',
    nextYear: 'kept',
    required: 'always',
    limit: 30,
    description: '{head}の氏名',
    looks: { note: '{head}の氏名を、姓と名の間を空けて書きます。\n例：見本 花子', width: 120 },
  },
  {
    key: 'directorKana',
    header: '{head}名（ふりがな）',
    aliases: [
      '{head}名ふりがな',
      '{head}名（フリガナ）',
      '{head}名フリガナ',
      '{head}ふりがな',
      '{head}フリガナ',
      '{head}氏名（ふりがな）',
      '{unit}長名（ふりがな）',
      '部長名（ふりがな）',
    ],
    kind: 'kana',
    nextYear: 'kept',
    required: 'always',
    limit: 40,
    description: '{head}の氏名のふりがな',
    looks: { note: '{head}の氏名の読みを、ひらがなで書きます。\n例：みほん はなこ', width: 130 },
  },
  {
    key: 'directorTitle',
    header: '職名',
    aliases: ['役職名'],
    kind: 'line',
    nextYear: 'kept',
    limit: 50,
    marksMeanNothing: true,
    description: '{head}の職名',
    looks: { note: '職名を書きます。空欄のときは、{unit}名から自動で付きます。\n例：会計管理者', width: 110 },
  },
  {
    key: 'policy',
    header: '基本方針',
    kind: 'prose',
    nextYear: 'kept',
    required: 'always',
    limit: 1000,
    json: 'policy',
    description: '基本方針',
    looks: {
      note: '{unit}の基本方針を書きます。改行してもかまいません。\n例：市民と力を合わせ、ごみの少ないまちをつくります！',
      width: 280,
    },
  },
  {
    key: 'work',
    header: '{unit}の仕事',
    aliases: ['部の仕事'],
    kind: 'prose',
    nextYear: 'kept',
    required: 'always',
    limit: 1500,
    json: 'work',
    description: '{unit}の仕事',
    looks: {
      note: '{unit}がどのような仕事をしているかを、市民に分かる言葉で書きます。\n例：{example}は、ごみの収集、公園の手入れ、公害の相談などを受け持っています。',
      width: 320,
    },
  },
  {
    key: 'summary',
    header: '総括',
    kind: 'prose',
    nextYear: 'blank',
    required: 'result',
    limit: 2000,
    json: 'summary',
    description: '総括。結果の公表前は null のことがある',
    looks: {
      note: '1年間の総括を書きます。「設定」の段階が「結果」のときは必ず書いてください。\n例：ごみの量は目標どおり減りました。来年度は、資源の回収を広げます。',
      width: 340,
    },
  },
  {
    key: 'visibility',
    header: '公開',
    kind: 'code',
    nextYear: 'blank',
    looks: {
      note: '公表してよい状態になったら「公開」を選びます。\n空欄は「下書き」と同じで、新しい内容は公表されません（前に公表した内容があれば、それがそのまま表示されます）。\n「取下げ」を選ぶと、公表していた内容をサイトから外します。',
      width: 90,
      choices: {
        kind: 'words',
        words: ['公開', '下書き', '取下げ'],
        strict: true,
        refusal: `公開は、公開・下書き・取下げ${chosenFrom}`,
      },
      wanted: true,
      colours: [
        { word: '取下げ', fill: 'F4CCCC' },
        { word: '下書き', fill: 'E7E6E6' },
      ],
    },
  },
  {
    key: 'approval',
    header: '決裁',
    kind: 'code',
    nextYear: 'blank',
    hidden: true,
    looks: {
      note: '決裁が済んだら、日付か文書番号を書きます。空欄の{unit}は公表されません。急ぐときは「緊急」と書くと公表され、番号に書き換えるまで毎日お知らせします。書いた内容は公表されません。\n例：令和6年4月25日',
      width: 130,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'order',
    header: '表示順',
    aliases: ['並び順'],
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: 'サイトでの並び順を数字で書きます。小さいほど先に並びます。空欄のときは、書いた順に並びます。\n例：10',
      width: 80,
    },
  },
  {
    key: 'urlName',
    header: 'URL名',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: 'ページのアドレスに使う名前を、半角の英小文字・数字・ハイフンで書きます。空欄のときは自動で決まります。いちど公表したら変えないでください。\n例：kankyo',
      width: 110,
      format: 'text',
    },
  },
  {
    key: 'portrait',
    header: '顔写真',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '{head}の顔写真の、この表と同じフォルダに置いたファイル名か、Googleドライブのリンクを書きます。Excelでは、セルに画像を置いてもかまいません。なければ空欄のままでかまいません。\n例：sawada.jpg',
      width: 130,
    },
  },
  {
    key: 'email',
    header: '連絡先メール',
    kind: 'code',
    nextYear: 'kept',
    hidden: true,
    looks: {
      note: '締切のお知らせを送る、担当者のメールアドレスを書きます。「、」で区切って10件まで書けます。公表されません。\n例：kankyo@example.jp',
      width: 180,
      format: 'text',
      optional: true,
    },
  },
  yearColumn,
] as const satisfies readonly ColumnSpec[];

export const goalColumns = [
  ofDepartment,
  {
    key: 'number',
    header: '番号',
    aliases: ['目標番号', 'No.', 'No'],
    kind: 'code',
    nextYear: 'blank',
    looks: { note: '目標の番号を数字で書きます。空欄のときは、書いた順に番号が付きます。\n例：1', width: 60 },
  },
  {
    key: 'group',
    header: '分類',
    kind: 'line',
    nextYear: 'blank',
    limit: 60,
    marksMeanNothing: true,
    json: 'group',
    description: '目標の分類。柱や重点など',
    looks: {
      note: '目標をまとめる見出しがあれば書きます。すぐ上の行と同じときは、空欄のままでかまいません。\n例：柱1 安全なまち',
      width: 140,
      optional: true,
    },
  },
  {
    key: 'goal',
    header: '目標',
    aliases: ['{scheme}'],
    kind: 'prose',
    nextYear: 'blank',
    needed: true,
    limit: 300,
    looks: {
      note: '目標を1行に1つずつ、市民に分かる言葉で書きます。\n例：公園の遊具を、すべて点検します！',
      width: 420,
    },
  },
  {
    key: 'section',
    header: '担当',
    kind: 'line',
    nextYear: 'blank',
    limit: 80,
    marksMeanNothing: true,
    json: 'section',
    description: '担当する課や係',
    looks: { note: '目標を受け持つ課や係を書きます。\n例：公園緑地課', width: 130, optional: true },
  },
  {
    key: 'due',
    header: '期限',
    kind: 'line',
    nextYear: 'blank',
    limit: 40,
    marksMeanNothing: true,
    json: 'due',
    description: '期限。書かれたとおりの言葉',
    looks: { note: 'いつまでに行うかを書きます。\n例：令和7年3月', width: 110, format: 'text', optional: true },
  },
  {
    key: 'interimStatus',
    header: '中間の状況',
    kind: 'code',
    nextYear: 'blank',
    required: 'interim',
    looks: {
      note: '年度の途中の状況を選びます。「設定」の段階が「中間」のときは必ず選んでください。',
      width: 120,
      choices: {
        kind: 'column',
        tab: 'choices',
        key: 'label',
        strict: false,
        refusal: '「選択肢」のシートにない言葉です。',
      },
      optional: true,
    },
  },
  {
    key: 'interimReport',
    header: '中間報告',
    kind: 'prose',
    nextYear: 'blank',
    limit: 1000,
    marksMeanNothing: true,
    looks: {
      note: '年度の途中の状況を、文章で書きます。\n例：9月末までに、60か所の点検を終えました。',
      width: 320,
      optional: true,
    },
  },
  {
    key: 'status',
    header: '達成状況',
    aliases: ['達成度'],
    kind: 'code',
    nextYear: 'blank',
    required: 'result',
    looks: {
      note: '達成状況を選びます。「設定」の段階が「結果」のときは必ず選んでください。「達成（見込み）」のように言葉を添えることもできます。',
      width: 120,
      choices: {
        kind: 'column',
        tab: 'choices',
        key: 'label',
        strict: false,
        refusal: '「選択肢」のシートにない言葉です。',
      },
      colours: [
        { word: '未達成', fill: 'F4CCCC' },
        { word: '一部達成', fill: 'FCE5CD' },
        { word: '進行中', fill: 'CFE2F3' },
        { word: '達成', fill: 'D9EAD3' },
      ],
    },
  },
  {
    key: 'note',
    header: '説明',
    kind: 'prose',
    nextYear: 'blank',
    limit: 1000,
    marksMeanNothing: true,
    json: 'note',
    description: '目標の説明',
    looks: {
      note: '結果の補足があれば書きます。空欄でもかまいません。\n例：全120か所のうち、118か所の点検を終えました。',
      width: 320,
    },
  },
  {
    key: 'reason',
    header: '理由',
    kind: 'prose',
    nextYear: 'blank',
    limit: 1000,
    marksMeanNothing: true,
    json: 'reason',
    description: '届かなかった理由と、これからの取組',
    looks: {
      note: '届かなかったときに、その理由とこれからの取組を書きます。\n例：資材が届かず遅れました。来年度の5月に終えます。',
      width: 320,
      optional: true,
    },
  },
  yearColumn,
] as const satisfies readonly ColumnSpec[];

const figure = <const Key extends string>(key: Key, header: string, note: string) =>
  ({ key, header, kind: 'number', nextYear: 'blank', looks: { note, width: 65 } }) as const;
const moment = <const Key extends string>(key: Key, header: string) =>
  ({
    key,
    header,
    kind: 'line',
    nextYear: 'blank',
    limit: 40,
    marksMeanNothing: true,
    looks: { note: 'いつの数字かを書きます。\n例：2024、令和6年度、9月末', width: 80, format: 'text' },
  }) as const;

export const indicatorColumns = [
  ofDepartment,
  {
    key: 'goalNumber',
    header: '目標番号',
    aliases: ['番号'],
    kind: 'code',
    nextYear: 'blank',
    needed: true,
    looks: { note: 'どの目標の指標か、「目標」の番号を書きます。\n例：1', width: 65 },
  },
  {
    key: 'name',
    header: '指標名',
    aliases: ['指標'],
    kind: 'line',
    nextYear: 'blank',
    needed: true,
    limit: 60,
    description: '指標の名前',
    looks: { note: '何を数えるかを書きます。\n例：市民1人1日あたりのごみの量', width: 180 },
  },
  {
    key: 'unit',
    header: '単位',
    kind: 'line',
    nextYear: 'blank',
    limit: 20,
    marksMeanNothing: true,
    description: '単位',
    looks: { note: '単位を書きます。\n例：g', width: 55 },
  },
  {
    key: 'direction',
    header: '向き',
    kind: 'code',
    nextYear: 'blank',
    looks: {
      note: '数字をどちらへ動かしたいかを選びます。空欄のときは「増やす」とみなします。',
      width: 60,
      choices: {
        kind: 'words',
        words: ['増やす', '減らす', '保つ'],
        strict: true,
        refusal: `向きは、増やす・減らす・保つ${chosenFrom}`,
      },
    },
  },
  figure('baseline', '基準値', '始めたときの数字を書きます。\n例：700'),
  moment('baselineAt', '基準時点'),
  figure('target', '目標値', '目標の数字を書きます。「600以下」「60以上」のようにも書けます。\n例：600'),
  moment('targetAt', '目標時点'),
  figure('interim', '中間値', '年度の途中の数字を書きます。\n例：660'),
  moment('interimAt', '中間時点'),
  {
    key: 'actual',
    header: '実績値',
    kind: 'number',
    nextYear: 'blank',
    required: 'result',
    looks: { note: '結果の数字を書きます。「設定」の段階が「結果」のときは必ず書いてください。\n例：640', width: 65 },
  },
  moment('actualAt', '実績時点'),
  {
    key: 'source',
    header: '出典',
    kind: 'line',
    nextYear: 'blank',
    limit: 120,
    marksMeanNothing: true,
    json: 'source',
    description: '数字の出典',
    looks: { note: '数字の出どころを書きます。\n例：ごみ処理の統計', width: 100 },
  },
  yearColumn,
] as const satisfies readonly ColumnSpec[];

export const evaluationColumns = [
  ofDepartment,
  {
    key: 'by',
    header: '評価者',
    kind: 'line',
    nextYear: 'blank',
    needed: true,
    limit: 60,
    description: '評価した人や組織',
    looks: { note: '評価した人や会議の名前を書きます。\n例：市長、行政改革推進委員会', width: 160 },
  },
  {
    key: 'goalNumber',
    header: '目標番号',
    aliases: ['番号'],
    kind: 'code',
    nextYear: 'blank',
    looks: {
      note: '特定の目標への評価のときに、その番号を書きます。{unit}全体への評価のときは空欄にします。',
      width: 80,
    },
  },
  {
    key: 'rating',
    header: '評価',
    kind: 'line',
    nextYear: 'blank',
    limit: 40,
    marksMeanNothing: true,
    description: '評価の言葉や記号',
    looks: { note: '評価を書きます。\n例：妥当', width: 90 },
  },
  {
    key: 'comment',
    header: 'コメント',
    aliases: ['意見'],
    kind: 'prose',
    nextYear: 'blank',
    limit: 1000,
    marksMeanNothing: true,
    description: '評価に添えた意見',
    looks: { note: '評価に添える意見を書きます。', width: 360 },
  },
  yearColumn,
] as const satisfies readonly ColumnSpec[];

export const historyColumns = [
  {
    ...yearColumn,
    nextYear: 'kept',
    needed: true,
    looks: { note: '新しい名前になった最初の年度を書きます。\n例：令和6年度', width: 110, format: 'text' },
  },
  {
    key: 'from',
    header: '旧',
    aliases: ['旧{unit}名', '旧部名'],
    kind: 'name',
    nextYear: 'kept',
    needed: true,
    looks: { note: '前の{unit}名を書きます。統合や分割のときは、行を分けて書きます。', width: 160 },
  },
  {
    key: 'to',
    header: '新',
    aliases: ['新{unit}名', '新部名'],
    kind: 'name',
    nextYear: 'kept',
    needed: true,
    looks: { note: '新しい{unit}名を書きます。', width: 160 },
  },
] as const satisfies readonly ColumnSpec[];

export const choiceColumns = [
  {
    key: 'label',
    header: '表示',
    kind: 'line',
    nextYear: 'kept',
    needed: true,
    looks: { note: '達成状況として選ぶ言葉です。自治体で使っている言葉に変えられます。\n例：計画どおり', width: 160 },
  },
  {
    key: 'category',
    header: '区分',
    kind: 'code',
    nextYear: 'kept',
    needed: true,
    looks: {
      note: 'その言葉が、どの区分に当たるかを選びます。\n例：達成',
      width: 120,
      choices: {
        kind: 'words',
        words: ['上回る', '達成', '一部達成', '未達成', '進行中', '未着手', '中止', '評価不能'],
        strict: true,
        refusal: `区分は${chosenFrom.slice(1)}`,
      },
    },
  },
  {
    key: 'aliases',
    header: '別表記',
    kind: 'code',
    nextYear: 'kept',
    looks: { note: '同じ意味のほかの書き方があれば、「、」で区切って書きます。\n例：計画通り、予定どおり', width: 240 },
  },
  {
    key: 'description',
    header: '説明',
    kind: 'line',
    nextYear: 'kept',
    limit: 100,
    looks: {
      note: 'その言葉が何を意味するかを書きます。ページに凡例として載ります。\n例：計画した水準に届いたもの',
      width: 280,
    },
  },
  {
    key: 'from',
    header: '下限',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '達成状況を「85％」のように百分率で書く場合に、この言葉になる下限を書きます。\n例：100％',
      width: 80,
      format: 'text',
    },
  },
] as const satisfies readonly ColumnSpec[];

export const declarationColumns = [
  {
    key: 'header',
    header: '見出し',
    kind: 'code',
    nextYear: 'kept',
    needed: true,
    looks: { note: '公表したい列の見出しを、シートにあるとおりに書きます。\n例：担当課', width: 160 },
  },
  {
    key: 'tab',
    header: 'シート',
    kind: 'code',
    nextYear: 'kept',
    needed: true,
    looks: {
      note: 'その列があるシートを選びます。',
      width: 90,
      choices: {
        kind: 'words',
        words: ['{unit}', '目標', '指標'],
        strict: false,
        refusal: `シートは、{unit}・目標・指標${chosenFrom}`,
      },
    },
  },
  {
    key: 'type',
    header: '種類',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: 'セルに書くものの種類です。空欄のときは「文」とみなします。',
      width: 90,
      choices: {
        kind: 'words',
        words: ['文', '数', '金額', '割合', '日付', 'リンク'],
        strict: true,
        refusal: `種類は、文・数・金額・割合・日付・リンク${chosenFrom}`,
      },
    },
  },
  {
    key: 'required',
    header: '必須',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '空欄を誤りとする時期です。空欄のときは、書かなくてもよい列になります。',
      width: 110,
      choices: {
        kind: 'words',
        words: ['いつも', '目標', '中間', '結果', '未達成のとき'],
        strict: true,
        refusal: `必須は、いつも・目標・中間・結果・未達成のとき${chosenFrom}`,
      },
    },
  },
  {
    key: 'published',
    header: '公表',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '公表するかどうかです。空欄のときは「する」とみなします。',
      width: 80,
      choices: { kind: 'words', words: ['する', 'しない'], strict: true, refusal: `公表は、する・しない${chosenFrom}` },
    },
  },
  {
    key: 'label',
    header: '表示名',
    kind: 'line',
    nextYear: 'kept',
    limit: 40,
    looks: { note: 'ページでの呼び名を変えたいときに書きます。\n例：受け持つ課', width: 160 },
  },
  {
    key: 'unit',
    header: '単位',
    kind: 'line',
    nextYear: 'kept',
    limit: 20,
    looks: { note: '数や金額の単位を書きます。\n例：千円', width: 80 },
  },
  {
    key: 'description',
    header: '説明',
    kind: 'line',
    nextYear: 'kept',
    limit: 200,
    looks: { note: '列の意味の説明です。ページとデータの説明に載ります。', width: 280 },
  },
] as const satisfies readonly ColumnSpec[];

export const settingsColumns = [
  {
    key: 'item',
    header: '項目',
    aliases: ['設定項目'],
    kind: 'code',
    nextYear: 'kept',
    needed: true,
    looks: { note: '項目の名前です。書き換えないでください。', width: 180 },
  },
  {
    key: 'value',
    header: '値',
    aliases: ['内容', '設定値'],
    kind: 'code',
    nextYear: 'kept',
    needed: true,
    looks: { note: 'この列に記入してください。項目ごとの書き方は、左の列のメモにあります。', width: 420 },
  },
] as const satisfies readonly ColumnSpec[];

/** The items of 設定: a row each, found by the same rules as a header. */
export const settingItems = [
  {
    key: 'municipality',
    header: '自治体名',
    aliases: ['市区町村名', '地方公共団体名'],
    kind: 'name',
    nextYear: 'kept',
    needed: true,
    limit: 30,
    looks: { note: '自治体の名前を書きます。\n例：見本市', width: 0, format: 'text' },
  },
  {
    key: 'code',
    header: '団体コード',
    aliases: ['全国地方公共団体コード', '自治体コード'],
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '全国地方公共団体コードを、検査数字まで含めて6桁で書きます。先頭の0も省かずに書いてください。\n例：099996',
      width: 0,
      format: 'text',
    },
  },
  {
    key: 'fiscalYear',
    header: '年度',
    aliases: ['対象年度'],
    kind: 'code',
    nextYear: 'year',
    needed: true,
    looks: {
      note: 'いま取り組んでいる年度を書きます。「R6」「2024」のように書いても同じ意味になります。\n例：令和6年度',
      width: 0,
      format: 'text',
    },
  },
  {
    key: 'phase',
    header: '段階',
    kind: 'code',
    nextYear: 'phase',
    looks: {
      note: '公表の段階を選びます。年度の初めは「目標」、途中経過を出すときは「中間」、年度末は「結果」です。空欄のときは「結果」とみなします。',
      width: 0,
      choices: {
        kind: 'words',
        words: ['目標', '中間', '結果'],
        strict: true,
        refusal: `段階は、目標・中間・結果${chosenFrom}`,
      },
    },
  },
  {
    key: 'title',
    header: '題名',
    aliases: ['タイトル'],
    kind: 'line',
    nextYear: 'title',
    limit: 60,
    looks: { note: 'ページの題名を書きます。空欄のときは自動で付きます。\n例：令和6年度 {scheme}', width: 0 },
  },
  {
    key: 'introduction',
    header: '紹介',
    kind: 'prose',
    nextYear: 'kept',
    limit: 2000,
    looks: {
      note: 'ページの初めに載せる、この取組の紹介を書きます。空欄でもかまいません。段落を分けるときは、空の行を入れてください。',
      width: 0,
    },
  },
  {
    key: 'contact',
    header: '問い合わせ先',
    aliases: ['問合せ先', 'お問い合わせ先', 'お問合せ先'],
    kind: 'prose',
    nextYear: 'kept',
    limit: 300,
    marksMeanNothing: true,
    looks: {
      note: 'ページの下に載せる問い合わせ先を書きます。\n例：見本市 企画課 電話 000-000-0000（内線 0000）',
      width: 0,
      format: 'text',
    },
  },
  {
    key: 'licence',
    header: 'データの利用条件',
    aliases: ['利用条件', 'データのライセンス'],
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: 'オープンデータとして公開するデータの利用条件を選びます。空欄のときは「CC BY 4.0」（出典を書けば自由に使える）とみなします。分からないときは、情報公開や著作権の担当にお確かめください。',
      width: 0,
      format: 'text',
      choices: {
        kind: 'words',
        words: ['CC BY 4.0', 'CC0 1.0', '公共データ利用規約（第1.0版）'],
        strict: true,
        refusal: `データの利用条件は、CC BY 4.0・CC0 1.0・公共データ利用規約（第1.0版）${chosenFrom}`,
      },
    },
  },
  {
    key: 'unitName',
    header: '単位の名',
    kind: 'name',
    nextYear: 'kept',
    limit: 10,
    looks: {
      note: '目標を掲げる組織の呼び名です。空欄のときは「部」とみなします。\n例：局',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'headName',
    header: '長の名',
    kind: 'name',
    nextYear: 'kept',
    limit: 10,
    looks: {
      note: 'その長の呼び名です。空欄のときは、単位の名に「長」を付けたものになります。\n例：局長',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'schemeName',
    header: '制度の名',
    kind: 'name',
    nextYear: 'kept',
    limit: 30,
    looks: {
      note: 'この取組の呼び名です。空欄のときは、長の名に「目標」を付けたものになります。\n例：局長マニフェスト',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'deadline',
    header: '締切',
    aliases: ['締め切り'],
    kind: 'code',
    nextYear: 'blank',
    hidden: true,
    looks: {
      note: '今の段階の内容を書き終える日です。公表されません。\n例：令和6年4月20日',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'deadlinePlan',
    header: '締切（目標）',
    kind: 'code',
    nextYear: 'blank',
    hidden: true,
    looks: {
      note: '目標を書き終える日です。公表されません。\n例：令和6年4月20日',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'deadlineInterim',
    header: '締切（中間）',
    kind: 'code',
    nextYear: 'blank',
    hidden: true,
    looks: { note: '中間の状況を書き終える日です。公表されません。', width: 0, format: 'text', optional: true },
  },
  {
    key: 'deadlineResult',
    header: '締切（結果）',
    kind: 'code',
    nextYear: 'blank',
    hidden: true,
    looks: { note: '結果を書き終える日です。公表されません。', width: 0, format: 'text', optional: true },
  },
  {
    key: 'approvers',
    header: '決裁の担当',
    kind: 'code',
    nextYear: 'kept',
    hidden: true,
    looks: {
      note: '「決裁」の列に書き込める人のメールアドレスを、「、」で区切って書きます。公表されません。',
      width: 0,
      format: 'text',
      optional: true,
    },
  },
  {
    key: 'unlisted',
    header: '準備中の数',
    kind: 'code',
    nextYear: 'kept',
    looks: {
      note: '「示す」と書くと、まだ公表していない{unit}がいくつあるかを、年度のページに示します。名前と内容は示しません。空欄のときは、示しません。',
      width: 0,
      optional: true,
    },
  },
  {
    key: 'publishNow',
    header: '今すぐ公開',
    kind: 'code',
    nextYear: 'blank',
    looks: {
      note: '次の自動の公表を待たずに公表したいときに、印を付けます（印を付けられない場合は「はい」と書きます）。公表が済むと、印は自動で外れ、「確認結果」に記録が残ります。',
      width: 0,
      choices: { kind: 'tick' },
    },
  },
] as const satisfies readonly ColumnSpec[];

type KeyOf<Columns extends readonly { readonly key: string }[]> = Columns[number]['key'];
export type SettingKey = KeyOf<typeof settingItems>;
export type SettingColumn = KeyOf<typeof settingsColumns>;
export type DepartmentColumn = KeyOf<typeof departmentColumns>;
export type GoalColumn = KeyOf<typeof goalColumns>;
export type IndicatorColumn = KeyOf<typeof indicatorColumns>;
export type EvaluationColumn = KeyOf<typeof evaluationColumns>;
export type HistoryColumn = KeyOf<typeof historyColumns>;
export type ChoiceColumn = KeyOf<typeof choiceColumns>;
export type DeclarationColumn = KeyOf<typeof declarationColumns>;

/** The texts of a tab that are published as they are, by their property in the dataset. */
export type TextFields<Columns extends readonly ColumnSpec[]> = Extract<
  Columns[number],
  { readonly json: string }
>['json'];

/** A column of a tab whose keys are known. */
export type ColumnOf<Key extends string> = ColumnSpec & { readonly key: Key };
export type TabOf<Key extends string> = TabSpec<ColumnOf<Key>>;

export const settingsTab: TabOf<SettingColumn> = {
  key: 'settings',
  name: '設定',
  needed: true,
  columns: settingsColumns,
  carried: [],
  carriedInDepartment: [],
};
export const departmentsTab: TabOf<DepartmentColumn> = {
  key: 'departments',
  name: '{unit}',
  needed: true,
  columns: departmentColumns,
  carried: [],
  carriedInDepartment: [],
};
export const goalsTab: TabOf<GoalColumn> = {
  key: 'goals',
  name: '目標',
  needed: true,
  columns: goalColumns,
  carried: ['department', 'fiscalYear'],
  carriedInDepartment: ['group'],
};
export const indicatorsTab: TabOf<IndicatorColumn> = {
  key: 'indicators',
  name: '指標',
  needed: false,
  columns: indicatorColumns,
  carried: ['department', 'fiscalYear'],
  carriedInDepartment: ['goalNumber'],
};
export const columnsTab: TabOf<DeclarationColumn> = {
  key: 'columns',
  name: '項目',
  needed: false,
  columns: declarationColumns,
  carried: [],
  carriedInDepartment: [],
};
export const choicesTab: TabOf<ChoiceColumn> = {
  key: 'choices',
  name: '選択肢',
  needed: false,
  columns: choiceColumns,
  carried: [],
  carriedInDepartment: [],
};
export const evaluationsTab: TabOf<EvaluationColumn> = {
  key: 'evaluations',
  name: '評価',
  needed: false,
  columns: evaluationColumns,
  carried: ['department', 'fiscalYear'],
  carriedInDepartment: [],
};
export const historyTab: TabOf<HistoryColumn> = {
  key: 'history',
  name: '組織の変遷',
  needed: false,
  columns: historyColumns,
  carried: [],
  carriedInDepartment: [],
};

/** In the order in which a person goes through the workbook. */
export const allTabs: readonly TabSpec[] = [
  settingsTab,
  departmentsTab,
  goalsTab,
  indicatorsTab,
  columnsTab,
  choicesTab,
  evaluationsTab,
  historyTab,
];

const namesRead: ReadonlySet<string> = new Set(
  [...allTabs.map(({ name }) => name), ...knownUnits].filter((name) => !name.includes('{')).map(matchKey),
);

/** Whether a tab of this name is read whatever 設定 says; a city may call the tab of its units by another word. */
export function isTabRead(name: string): boolean {
  return namesRead.has(matchKey(name));
}

/** Written by Mokuhyo, never read. */
export const reportTabName = '確認結果';
export const guideTabName = '使い方';
export const progressTabName = '記入状況';

/** The names that a header is found by: its own, and those that mean the same, as {@link matchKey} compares them. */
export interface HeaderKeys {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A column's names in the words of a city. */
export function headerKeys(column: ColumnSpec, scheme: Scheme): HeaderKeys {
  const keyOf = (header: string): string => matchKey(inWords(header, scheme));
  return { name: keyOf(column.header), aliases: (column.aliases ?? []).map(keyOf) };
}

/** What a column is called in the words of a city. */
export function headerOf<Key extends string>(columns: readonly ColumnOf<Key>[], key: Key, scheme: Scheme): string {
  return inWords(columns.find((column) => column.key === key)?.header ?? key, scheme);
}

/** What an item of 設定 is called. */
export const settingName = (key: SettingKey): string => settingItems.find((item) => item.key === key)?.header ?? key;
