import { dayInWords } from '../text/date-in-words.ts';
import type { Finding, Severity } from './finding.ts';

/**
 * Every finding there is. No other place in the program words one: rules name a code and give the facts, and the list for the
 * staff, `docs/findings.md`, is made from this table.
 *
 * An `error` holds the department (or, where `blocks` says so, the whole run); what is a matter of taste is never one.
 */
interface Entry<Facts> {
  readonly severity: Severity;
  /** True where nothing at all is published while this is not mended. */
  readonly blocks?: true;
  /** Plain Japanese: what is wrong, and why it matters where that is not plain. */
  readonly message: (facts: Facts) => string;
  /** Plain Japanese: what to do about it. */
  readonly fix: (facts: Facts) => string;
  /** Facts as they occur, for the list and for the tests. */
  readonly example: Facts;
}

type NoFacts = Record<string, never>;

const entry = <Facts>(entry: Entry<Facts>): Entry<Facts> => entry;

const list = (words: readonly string[]): string => words.map((word) => `「${word}」`).join('');

export const catalogue = {
  // The workbook as a whole

  'missing-tab': entry<{ tab: string; found: readonly string[]; closest: string | null }>({
    severity: 'error',
    blocks: true,
    message: ({ tab, found }) =>
      `「${tab}」のシートが見つかりません。${found.length > 0 ? `このファイルにあるシートは${list(found)}です。` : ''}`,
    fix: ({ tab, closest }) =>
      closest === null
        ? `シートの名前を「${tab}」にしてください。`
        : `シート「${closest}」のことでしたら、名前を「${tab}」に直してください。`,
    example: { tab: '目標', found: ['設定', '部', '目標一覧'], closest: '目標一覧' },
  }),
  'equal-tabs': entry<{ tabs: readonly string[] }>({
    severity: 'error',
    blocks: true,
    message: ({ tabs }) =>
      `同じ名前のシートが${tabs.length}つ（${list(tabs)}）あり、どれを読めばよいか決められません。`,
    fix: () => '使うシートだけを残し、ほかのシートの名前を変えてください。',
    example: { tabs: ['目標', '目 標'] },
  }),
  'missing-header': entry<{ header: string; found: readonly string[]; closest: string | null }>({
    severity: 'error',
    blocks: true,
    message: ({ header, found }) =>
      `見出し「${header}」が見つかりません。${found.length > 0 ? `この行にある見出しは${list(found)}です。` : ''}`,
    fix: ({ header, closest }) =>
      closest === null
        ? `シートの上から10行以内にある見出しの行に「${header}」を加えてください。`
        : `見出し「${closest}」のことでしたら、「${header}」に直してください。`,
    example: { header: '部長名', found: ['部名', '部長氏', '基本方針'], closest: '部長氏' },
  }),
  'equal-headers': entry<{ header: string; cells: readonly string[] }>({
    severity: 'error',
    blocks: true,
    message: ({ header, cells }) =>
      `見出し「${header}」が${cells.join('と')}にあり、どちらを読めばよいか決められません。`,
    fix: ({ header }) => `使うほうだけを「${header}」とし、もう一方の見出しを別の名前に変えてください。`,
    example: { header: '目標', cells: ['C1', 'E1'] },
  }),
  'resembling-header': entry<{ header: string }>({
    severity: 'warning',
    message: ({ header }) => `「${header}」の列がなく、よく似た名前の列があります。この列は公表されません。`,
    fix: ({ header }) =>
      `「${header}」の書き間違いでしたら直してください。庁内だけで使う列でしたら、このままでかまいません。`,
    example: { header: '達成状況' },
  }),
  'lost-visibility-header': entry<{ drafts: number }>({
    severity: 'error',
    message: ({ drafts }) =>
      `「公開」の見出しが見当たらず、この列に「下書き」か「取下げ」の部が${drafts}件あります。公表してよいか決められません。`,
    fix: () => 'この列の見出しを「公開」に戻してください。公開の指定でない列でしたら、言葉を変えてください。',
    example: { drafts: 1 },
  }),

  // 設定

  'missing-setting': entry<{ setting: string; closest: string | null }>({
    severity: 'error',
    blocks: true,
    message: ({ setting }) => `設定の「${setting}」がありません。これがないと何も公表できません。`,
    fix: ({ setting, closest }) =>
      closest === null
        ? `「設定」のシートの項目の列に「${setting}」と書き、その右に値を入力してください。`
        : `項目「${closest}」のことでしたら、「${setting}」に直してください。`,
    example: { setting: '自治体名', closest: null },
  }),
  'unreadable-required-setting': entry<{ setting: string; forms: string }>({
    severity: 'error',
    blocks: true,
    message: ({ setting }) => `設定の「${setting}」を読み取れません。これがないと何も公表できません。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '年度', forms: '「令和6年度」「R6」「2024」のような年度' },
  }),
  'unreadable-setting': entry<{ setting: string; forms: string }>({
    severity: 'warning',
    message: ({ setting }) => `設定の「${setting}」を読み取れないため、この設定はないものとして扱います。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '段階', forms: '「目標」「中間」「結果」のいずれか' },
  }),
  'unknown-licence': entry<{ names: readonly string[] }>({
    severity: 'warning',
    message: () => 'どの利用条件か分からないため、サイトにはデータの利用条件を示しません。',
    fix: ({ names }) =>
      `${list(names)}のどれかを入力してください。ほかの条件で公開するときは、このままでかまいません。`,
    example: { names: ['CC BY 4.0', 'CC0 1.0', '公共データ利用規約（第1.0版）'] },
  }),
  'wrong-municipality-code': entry<NoFacts>({
    severity: 'warning',
    message: () => '団体コードの最後の1桁（検査数字）が合いません。番号の打ち間違いと思われるため、公表しません。',
    fix: () => '総務省の「全国地方公共団体コード」で、6桁の番号を確かめてください。',
    example: {},
  }),
  'blank-contact': entry<NoFacts>({
    severity: 'warning',
    message: () => '設定の「問い合わせ先」が空です。読んだ方が質問や意見を送る先が、どのページにも載りません。',
    fix: () => '担当の課の名前と、電話番号かメールアドレスを書いてください。',
    example: {},
  }),
  'repeated-setting': entry<{ setting: string; first: string }>({
    severity: 'warning',
    message: ({ setting, first }) => `設定の「${setting}」が2か所にあります。先に書かれている${first}の値を使います。`,
    fix: () => '使わないほうの行を消してください。',
    example: { setting: '題名', first: 'B6' },
  }),
  'unnamed-setting': entry<NoFacts>({
    severity: 'warning',
    message: () => '値がありますが、項目が空です。何の設定か分からないため、この行は使いません。',
    fix: () => '左の項目の列に、設定の名前を入力してください。要らない行でしたら、消してください。',
    example: {},
  }),
  'resembling-setting': entry<{ setting: string }>({
    severity: 'warning',
    message: ({ setting }) => `この名前の設定はありません。「${setting}」に似ていますが、この行は使いません。`,
    fix: ({ setting }) => `「${setting}」のことでしたら、項目をそのとおりに直してください。`,
    example: { setting: '問い合わせ先' },
  }),
  'fiscal-year-far-from-today': entry<{ year: string; years: number }>({
    severity: 'warning',
    message: ({ year, years }) => `設定の年度（${year}）が、今の年度から${years}年離れています。`,
    fix: () => '年度の打ち間違いがないか確かめてください。',
    example: { year: '令和60年度', years: 54 },
  }),

  // 選択肢

  'bad-choice': entry<{ categories: readonly string[] }>({
    severity: 'warning',
    message: ({ categories }) =>
      `選択肢の表示が空か、区分が${list(categories)}のどれでもないため、この行は使いません。`,
    fix: ({ categories }) => `表示に言葉を、区分に${list(categories)}のいずれかを入力してください。`,
    example: { categories: ['達成', '一部達成', '未達成', '進行中'] },
  }),
  'repeated-choice': entry<{ word: string; first: string }>({
    severity: 'warning',
    message: ({ word, first }) => `選択肢の「${word}」は${first}にもあります。先に書かれているほうを使います。`,
    fix: () => '一方を消すか、別の言葉にしてください。',
    example: { word: '計画どおり', first: 'A2' },
  }),

  'alias-of-another': entry<{ word: string; other: string }>({
    severity: 'warning',
    message: ({ word, other }) =>
      `別表記の「${word}」は、区分の違う${other}の言葉でもあります。${other}の区分とみなします。`,
    fix: () => '別表記から消すか、別の言葉にしてください。',
    example: { word: '済', other: 'A3' },
  }),

  // Cells of 部 and 目標 alike

  'missing-value': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}が空です。`,
    fix: ({ column }) => `${column}を入力してください。`,
    example: { column: '基本方針' },
  }),
  'missing-result-column': entry<{ header: string; closest: string | null }>({
    severity: 'error',
    message: ({ header }) => `結果を公表する段階ですが、「${header}」の列がありません。`,
    fix: ({ header, closest }) =>
      closest === null
        ? `見出しの行に「${header}」を加え、各行に入力してください。`
        : `見出し「${closest}」のことでしたら、「${header}」に直してください。`,
    example: { header: '達成状況', closest: null },
  }),
  'error-value': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}の数式がエラーになっているため、内容を読み取れません。`,
    fix: () => '数式が指しているセルを確かめるか、数式の代わりに内容をそのまま入力してください。',
    example: { column: '目標' },
  }),
  'unreadable-fiscal-year': entry<NoFacts>({
    severity: 'error',
    message: () => '年度を読み取れません。',
    fix: () => '「令和6年度」「R6」「2024」のように入力してください。',
    example: {},
  }),
  'fiscal-year-far-off': entry<{ year: string; years: number }>({
    severity: 'warning',
    message: ({ year, years }) => `この行の年度（${year}）が、設定の年度から${years}年離れています。`,
    fix: () => '年度の打ち間違いがないか確かめてください。',
    example: { year: '令和16年度', years: 11 },
  }),
  'unreplaced-template-text': entry<{ text: string }>({
    severity: 'warning',
    message: ({ text }) =>
      `「${text}」は、ひな形や書きかけの言葉が残ったもののようです。このままではサイトにも表示されます。`,
    fix: () => '実際の内容に書き換えてください。意図した言葉でしたら、このままでかまいません。',
    example: { text: '○○' },
  }),
  'too-long': entry<{ length: number; limit: number }>({
    severity: 'warning',
    message: ({ length, limit }) => `${length}文字あります。${limit}文字を超えると、サイトで読みにくくなります。`,
    fix: () => '短くできないか検討してください。このままでも公表されます。',
    example: { length: 412, limit: 300 },
  }),
  'outside-windows-31j': entry<{ characters: readonly string[]; suggestions: readonly string[] }>({
    severity: 'notice',
    message: ({ characters }) => `${list(characters)}は、古いパソコンや印刷物で表示できないことがある文字です。`,
    fix: ({ suggestions }) =>
      suggestions.length > 0
        ? `${list(suggestions)}の書き間違いではないか確かめてください。`
        : '普段の日本語で使う文字に置き換えられないか確かめてください。',
    example: { characters: ['步'], suggestions: ['歩'] },
  }),
  'machine-dependent-character': entry<{ pairs: readonly { typed: string; plain: string }[] }>({
    severity: 'notice',
    message: ({ pairs }) =>
      `${list(pairs.map(({ typed }) => typed))}は、音声読み上げソフトが正しく読めないことがある文字です。`,
    fix: ({ pairs }) =>
      `${pairs.map(({ typed, plain }) => `「${typed}」は「${plain}」`).join('、')}のように書き換えられないか検討してください。`,
    example: { pairs: [{ typed: '㈱', plain: '株式会社' }] },
  }),
  'looks-like-markup': entry<{ text: string }>({
    severity: 'notice',
    message: ({ text }) =>
      `「${text}」はホームページの記号のようですが、働きません。書かれたとおりの文字で表示されます。`,
    fix: () => '記号を消して、文章だけにしてください。',
    example: { text: '<b>' },
  }),
  'unsafe-link': entry<NoFacts>({
    severity: 'warning',
    message: () => 'このセルには、開くと危険なことがある種類のリンクが付いています。リンクは公表されません。',
    fix: () => '身に覚えのないリンクでしたら、開かずに外してください。',
    example: {},
  }),

  // 部

  'repeated-department': entry<{ otherCell: string }>({
    severity: 'error',
    message: ({ otherCell }) => `同じ年度の同じ部が${otherCell}にもあり、どちらを公表すればよいか決められません。`,
    fix: () => '正しいほうの行だけを残してください。',
    example: { otherCell: 'A3' },
  }),
  'department-without-goals': entry<NoFacts>({
    severity: 'error',
    message: () => 'この部の目標が1件もありません。',
    fix: () => '「目標」のシートにこの部の目標を入力し、部名が同じか確かめてください。',
    example: {},
  }),
  'missing-summary': entry<NoFacts>({
    severity: 'error',
    message: () => '結果を公表する段階ですが、総括が空です。',
    fix: () => 'この部の総括を入力してください。',
    example: {},
  }),
  'missing-director-kana': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `「${name}」さんのふりがなが空です。`,
    fix: () => '部長名（ふりがな）を、ひらがなで入力してください。',
    example: { name: '沢田 実' },
  }),
  'missing-department-kana': entry<NoFacts>({
    severity: 'warning',
    message: () => 'ほかの部にはある、部名のふりがなが空です。ふりがななしで公表されます。',
    fix: () => '部名（ふりがな）を、ひらがなで入力してください。',
    example: {},
  }),
  'kana-not-kana': entry<{ characters: readonly string[] }>({
    severity: 'warning',
    message: ({ characters }) => `ふりがなに、かなではない文字（${list(characters)}）があります。`,
    fix: () => 'ひらがなかカタカナだけで入力してください。',
    example: { characters: ['沢', '田'] },
  }),
  'unreadable-visibility': entry<NoFacts>({
    severity: 'error',
    message: () => '公開の欄が決められた言葉ではないため、公表してよいか決められません。',
    fix: () => '「公開」「下書き」「取下げ」のいずれかを選んでください。',
    example: {},
  }),
  'unreadable-order': entry<NoFacts>({
    severity: 'warning',
    message: () => '表示順が数字ではないため、表示順のある部の後に表示します。',
    fix: () => '「1」「2」のような数字を入力してください。',
    example: {},
  }),
  'bad-url-name': entry<NoFacts>({
    severity: 'error',
    message: () => 'URL名に使えない文字があるか、長すぎます。',
    fix: () =>
      '半角の英小文字、数字、ハイフンだけで63文字以内にしてください（例：kyoiku）。ハイフンは先頭と末尾には置けません。',
    example: {},
  }),
  'equal-url-names': entry<{ other: string; otherCell: string }>({
    severity: 'error',
    message: ({ other, otherCell }) => `URL名が「${other}」（${otherCell}）と同じで、ページの場所が重なります。`,
    fix: () => '部ごとに違うURL名にしてください。',
    example: { other: '総務部', otherCell: 'H3' },
  }),
  'unusable-portrait': entry<NoFacts>({
    severity: 'warning',
    message: () => '顔写真の欄を画像の場所として読み取れないため、顔写真なしで公表します。',
    fix: () => '「https://」で始まる画像のアドレスか、「sawada.jpg」のような画像のファイル名を入力してください。',
    example: {},
  }),

  // 目標

  'unknown-department': entry<{ closest: string | null }>({
    severity: 'error',
    message: ({ closest }) =>
      closest === null
        ? 'この部名は「部」のシートにありません。'
        : `この部名は「部」のシートにありません。「${closest}」に似ているため、この部の掲載を保留します。`,
    fix: ({ closest }) =>
      closest === null
        ? '部名を直すか、「部」のシートにこの部の行を加えてください。'
        : `「${closest}」のことでしたら、部名をそのとおりに直してください。`,
    example: { closest: '健康いきいき部' },
  }),
  'department-not-in-year': entry<{ year: string; years: readonly string[] }>({
    severity: 'error',
    message: ({ year, years }) =>
      `「部」のシートには、この部の${year}の行がありません（あるのは${years.join('、')}です）。`,
    fix: () => '年度を直すか、「部」のシートにその年度の行を加えてください。',
    example: { year: '令和5年度', years: ['令和6年度'] },
  }),
  'number-restarts': entry<{ column: string; above: string | null; number: number; closest: string }>({
    severity: 'error',
    message: ({ column, above, number, closest }) =>
      above === null
        ? `${column}が空なので設定の年度の目標になりますが、番号${number}が重なります。「${closest}」の目標ではありませんか。`
        : `${column}が空なので上の行の「${above}」の続きになりますが、番号${number}が重なります。「${closest}」の目標ではありませんか。`,
    fix: ({ column }) => `この行の${column}を入力してください。`,
    example: { column: '部名', above: '総務部', number: 1, closest: '福祉部' },
  }),
  'carried-department': entry<{ above: string; below: string }>({
    severity: 'warning',
    message: ({ above, below }) =>
      `部名が空なので、上の行の「${above}」の目標として公表されます。下の行は「${below}」です。`,
    fix: () => 'どちらの部の目標か、この行に部名を入力してください。',
    example: { above: '総務部', below: '福祉部' },
  }),
  'unreadable-number': entry<NoFacts>({
    severity: 'error',
    message: () => '番号が1から9999までの整数ではありません。',
    fix: () => '「1」「2」のような数字を入力してください。空にすると、上から順に番号が付きます。',
    example: {},
  }),
  'repeated-number': entry<{ number: number; otherCell: string }>({
    severity: 'error',
    message: ({ number, otherCell }) => `同じ部の番号${number}が${otherCell}にもあります。`,
    fix: () => '部の中で番号が重ならないようにしてください。空の番号は、上から数えて付けられます。',
    example: { number: 2, otherCell: 'B4' },
  }),
  'gap-in-numbers': entry<{ missing: string }>({
    severity: 'warning',
    message: ({ missing }) => `この部の番号${missing}の目標がありません。`,
    fix: () => '行が抜けていないか、番号の打ち間違いがないか確かめてください。',
    example: { missing: '3' },
  }),
  'status-in-goal': entry<{ status: string }>({
    severity: 'error',
    message: ({ status }) => `目標の欄に、達成状況の言葉「${status}」だけが書かれています。列がずれているようです。`,
    fix: () => '目標の欄には目標の文を、達成状況の欄には達成状況を入力してください。',
    example: { status: '達成' },
  }),
  'missing-result': entry<NoFacts>({
    severity: 'error',
    message: () => '結果を公表する段階ですが、達成状況が空です。',
    fix: () => 'この目標の達成状況を選んでください。',
    example: {},
  }),
  'unknown-status': entry<{ words: readonly string[] }>({
    severity: 'error',
    message: () => '達成状況を読み取れません。',
    fix: ({ words }) => `${list(words)}のいずれかを入力してください。`,
    example: { words: ['達成', '一部達成', '未達成', '進行中'] },
  }),
  'two-statuses': entry<{ words: readonly string[] }>({
    severity: 'error',
    message: ({ words }) => `達成状況に${list(words)}が書かれていて、どれか一つに決められません。`,
    fix: () => '一つだけを残してください。詳しい事情は、説明の欄に書けます。',
    example: { words: ['達成', '進行中'] },
  }),
  'negative-result': entry<{ status: string; phrase: string }>({
    severity: 'warning',
    message: ({ status, phrase }) =>
      `「${phrase}」とありますが、「${status}」の言葉が入っているため、${status}として集計されます。`,
    fix: () => '達成していない場合は、「未達成」か「一部達成」に直してください。',
    example: { status: '達成', phrase: '達成できず' },
  }),
  'result-in-plan': entry<NoFacts>({
    severity: 'warning',
    message: () => '目標を公表する段階なので、達成状況は表示されません。',
    fix: () => '結果を公表するときは、設定の「段階」を「結果」にしてください。',
    example: {},
  }),

  // What only the last publication can show

  'department-gone': entry<{ name: string; year: string; updated: string }>({
    severity: 'error',
    message: ({ name, year, updated }) =>
      `公表中の「${name}」（${year}）の行が「部」のシートにありません。${dayInWords(updated)}の内容を表示し続けます。`,
    fix: () => '行を元に戻してください。公表をやめるときは、行を残して公開の欄を「取下げ」にしてください。',
    example: { name: '教育部', year: '令和6年度', updated: '2025-04-01' },
  }),
  'withdrawn-never-published': entry<NoFacts>({
    severity: 'notice',
    message: () => '「取下げ」になっていますが、この部はまだ公表されていません。',
    fix: () => '公表する予定がなければ、行ごと消してかまいません。',
    example: {},
  }),
  'too-many-held': entry<{ held: number; published: number }>({
    severity: 'error',
    blocks: true,
    message: ({ held, published }) =>
      `公表中の${published}部のうち${held}部が掲載できない状態のため、サイト全体の更新を止めました。`,
    fix: () => 'シートの行や見出しがまとめて消えたり、ずれたりしていないか確かめてください。',
    example: { held: 5, published: 8 },
  }),
};

export type FindingCode = keyof typeof catalogue;
export type FactsOf<Code extends FindingCode> = (typeof catalogue)[Code] extends Entry<infer Facts> ? Facts : never;

/** The same table, typed so that a code and its facts go together. */
const entries: { readonly [Code in FindingCode]: Entry<FactsOf<Code>> } = catalogue;

/** Where a finding is; what is left out does not apply. */
export type Place = Partial<Pick<Finding, 'tab' | 'cell' | 'row' | 'column' | 'department' | 'value'>>;

/** Makes a finding of the catalogue. */
export function finding<Code extends FindingCode>(code: Code, place: Place, facts: FactsOf<Code>): Finding {
  const { severity, message, fix } = entries[code];
  return {
    severity,
    code,
    tab: place.tab ?? null,
    cell: place.cell ?? null,
    row: place.row ?? null,
    column: place.column ?? null,
    department: place.department ?? null,
    value: place.value ?? null,
    message: message(facts),
    fix: fix(facts),
  };
}

/** An entry with the words of its example. */
export interface ListedFinding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly blocks: boolean;
  readonly message: string;
  readonly fix: string;
}

function listed<Code extends FindingCode>(code: Code): ListedFinding {
  const { severity, blocks = false, message, fix, example } = entries[code];
  return { code, severity, blocks, message: message(example), fix: fix(example) };
}

/** The whole catalogue in its order, each finding worded with its example: what the staff's list is made from. */
export function listFindings(): ListedFinding[] {
  return Object.keys(entries)
    .filter((code): code is FindingCode => Object.hasOwn(entries, code))
    .map(listed);
}
