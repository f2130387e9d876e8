import type { Finding, Severity } from './finding.ts';

/**
 * Every finding there is. No other place in the program words one: rules name a code and give the facts, and the list in the
 * staff's guide is made from this table.
 */
interface Entry<Facts> {
  readonly severity: Severity;
  /** Plain Japanese: what is wrong. */
  readonly message: (facts: Facts) => string;
  /** Plain Japanese: what to do about it. */
  readonly fix: (facts: Facts) => string;
  /** Facts as they occur, for the guide and for the tests. */
  readonly example: Facts;
}

const entry = <Facts>(entry: Entry<Facts>): Entry<Facts> => entry;

const list = (words: readonly string[]): string => words.map((word) => `「${word}」`).join('');

export const catalogue = {
  'missing-tab': entry<{ tab: string; found: readonly string[]; closest: string | null }>({
    severity: 'error',
    message: ({ tab, found }) =>
      `「${tab}」のシートが見つかりません。${found.length > 0 ? `あるシートは${list(found)}です。` : ''}`,
    fix: ({ tab, closest }) =>
      closest === null
        ? `シートの名前を「${tab}」にしてください。`
        : `シート「${closest}」のことでしたら、名前を「${tab}」に直してください。`,
    example: { tab: '目標', found: ['設定', '部', '目標一覧'], closest: '目標一覧' },
  }),
  'equal-tabs': entry<{ tabs: readonly string[] }>({
    severity: 'error',
    message: ({ tabs }) => `同じ名前のシートが${tabs.length}つ（${list(tabs)}）あり、どれを読むのか決められません。`,
    fix: () => '使うものだけを残し、ほかのシートの名前を変えてください。',
    example: { tabs: ['目標', '目標 '] },
  }),
  'missing-header': entry<{ header: string; found: readonly string[]; closest: string | null }>({
    severity: 'error',
    message: ({ header, found }) =>
      `見出し「${header}」が見つかりません。${found.length > 0 ? `ある見出しは${list(found)}です。` : ''}`,
    fix: ({ header, closest }) =>
      closest === null
        ? `先頭から10行以内の見出しの行に「${header}」を加えてください。`
        : `見出し「${closest}」のことでしたら、「${header}」に直してください。`,
    example: { header: '部長名', found: ['部名', '部長氏', '基本方針'], closest: '部長氏' },
  }),
  'equal-headers': entry<{ header: string; cells: readonly string[] }>({
    severity: 'error',
    message: ({ header, cells }) => `見出し「${header}」が${cells.join('と')}にあり、どちらを読むのか決められません。`,
    fix: ({ header }) => `使うほうだけを「${header}」とし、もう一方の見出しを別の名前に変えてください。`,
    example: { header: '目標', cells: ['B1', 'E1'] },
  }),
  'missing-setting': entry<{ setting: string }>({
    severity: 'error',
    message: ({ setting }) => `設定の「${setting}」がありません。`,
    fix: ({ setting }) => `「設定」のシートの項目の列に「${setting}」と書き、その右に値を入力してください。`,
    example: { setting: '自治体名' },
  }),
  'repeated-setting': entry<{ setting: string; first: string }>({
    severity: 'warning',
    message: ({ setting, first }) => `設定の「${setting}」が2か所にあります。上にある${first}の値を使います。`,
    fix: () => '使わないほうの行を消してください。',
    example: { setting: '題名', first: 'B6' },
  }),
  'unreadable-required-setting': entry<{ setting: string; forms: string }>({
    severity: 'error',
    message: ({ setting }) => `設定の「${setting}」を読み取れません。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '年度', forms: '「令和6年度」「R6」「2024」のような年度' },
  }),
  'unreadable-setting': entry<{ setting: string; forms: string }>({
    severity: 'warning',
    message: ({ setting }) => `設定の「${setting}」を読み取れないため、この設定は使いません。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '段階', forms: '「目標」「中間」「結果」のいずれか' },
  }),
  'wrong-municipality-code': entry<Record<string, never>>({
    severity: 'warning',
    message: () => '団体コードの検査数字が合わないため、団体コードを公表しません。',
    fix: () => '総務省の「全国地方公共団体コード」にある6桁の数字を入力してください。',
    example: {},
  }),
  'bad-choice': entry<{ categories: readonly string[] }>({
    severity: 'warning',
    message: () => '選択肢の区分が決められた言葉ではないため、この行の言葉は使いません。',
    fix: ({ categories }) => `区分を${list(categories)}のいずれかにしてください。`,
    example: { categories: ['達成', '一部達成', '未達成', '進行中'] },
  }),
  'repeated-choice': entry<{ word: string; first: string }>({
    severity: 'warning',
    message: ({ word, first }) => `選択肢の「${word}」が${first}にもあります。先にあるほうを使います。`,
    fix: () => '一方を消すか、別の言葉にしてください。',
    example: { word: '計画どおり', first: 'A2' },
  }),
  'missing-value': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}が空です。`,
    fix: ({ column }) => `${column}を入力してください。`,
    example: { column: '部長名' },
  }),
  'missing-result': entry<Record<string, never>>({
    severity: 'error',
    message: () => '結果を公表する段階ですが、達成状況が空です。',
    fix: () => 'この目標の達成状況を選んでください。',
    example: {},
  }),
  'missing-result-column': entry<{ header: string }>({
    severity: 'error',
    message: ({ header }) => `結果を公表する段階ですが、「${header}」の列がありません。`,
    fix: ({ header }) => `見出しの行に「${header}」を加え、入力してください。`,
    example: { header: '達成状況' },
  }),
  'missing-summary': entry<Record<string, never>>({
    severity: 'error',
    message: () => '結果を公表する段階ですが、総括が空です。',
    fix: () => 'この部の総括を入力してください。',
    example: {},
  }),
  'error-value': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}の数式がエラーになっています。`,
    fix: () => '数式を直すか、値を直接入力してください。',
    example: { column: '目標' },
  }),
  'unreadable-fiscal-year': entry<Record<string, never>>({
    severity: 'error',
    message: () => '年度を読み取れません。',
    fix: () => '「令和6年度」「R6」「2024」のように入力してください。',
    example: {},
  }),
  'unreadable-visibility': entry<Record<string, never>>({
    severity: 'error',
    message: () => '公開の欄が決められた言葉ではありません。',
    fix: () => '「公開」「下書き」「取下げ」のいずれかを選んでください。',
    example: {},
  }),
  'unreadable-order': entry<Record<string, never>>({
    severity: 'warning',
    message: () => '表示順が数字ではないため、シートの並び順で表示します。',
    fix: () => '「1」「2」のような数字を入力してください。',
    example: {},
  }),
  'bad-url-name': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'URL名に使えない文字があるか、長すぎます。',
    fix: () =>
      '半角の英小文字、数字、ハイフンだけで63文字以内にしてください（例：kyoiku）。ハイフンは両端に置けません。',
    example: {},
  }),
  'equal-url-names': entry<{ other: string; otherCell: string }>({
    severity: 'error',
    message: ({ other, otherCell }) => `URL名が${other}（${otherCell}）と同じです。`,
    fix: () => '部ごとに違うURL名にしてください。',
    example: { other: '総務部', otherCell: 'J3' },
  }),
  'unusable-portrait': entry<Record<string, never>>({
    severity: 'warning',
    message: () => '顔写真の欄を画像の場所として読み取れないため、公表しません。',
    fix: () => '「https://」で始まるアドレスか、画像のファイル名を入力してください。',
    example: {},
  }),
  'repeated-department': entry<{ otherCell: string }>({
    severity: 'error',
    message: ({ otherCell }) => `同じ年度の同じ部が${otherCell}にもあります。`,
    fix: () => '正しいほうの行だけを残してください。',
    example: { otherCell: 'A3' },
  }),
  'unknown-department': entry<{ closest: string | null }>({
    severity: 'error',
    message: ({ closest }) =>
      closest === null
        ? 'この部名は「部」のシートにありません。'
        : `この部名は「部」のシートにありません。「${closest}」に似ています。`,
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
  'department-without-goals': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'この部の目標が1件もありません。',
    fix: () => '「目標」のシートにこの部の目標を入力してください。',
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
    message: ({ words }) => `達成状況に${list(words)}が書かれていて、どちらか決められません。`,
    fix: () => 'どちらか一つにしてください。',
    example: { words: ['達成', '進行中'] },
  }),
  'result-in-plan': entry<Record<string, never>>({
    severity: 'warning',
    message: () => '目標を公表する段階なので、達成状況は表示しません。',
    fix: () => '結果を公表するときは、設定の「段階」を「結果」にしてください。',
    example: {},
  }),
  'unreadable-number': entry<Record<string, never>>({
    severity: 'error',
    message: () => '番号が1以上の整数ではありません。',
    fix: () => '「1」「2」のような数字を入力してください。空にすると、上から順に番号が付きます。',
    example: {},
  }),
  'repeated-number': entry<{ otherCell: string }>({
    severity: 'error',
    message: ({ otherCell }) => `同じ部の同じ番号が${otherCell}にもあります。`,
    fix: () => '部の中で番号が重ならないようにしてください。',
    example: { otherCell: 'B4' },
  }),
  'outside-windows-31j': entry<{ characters: readonly string[]; suggestions: readonly string[] }>({
    severity: 'notice',
    message: ({ characters }) => `${list(characters)}は、表示できないパソコンがある文字です。`,
    fix: ({ suggestions }) =>
      suggestions.length > 0
        ? `${suggestions.join('、')}の書き間違いではないか確かめてください。`
        : '日本語で普段使う文字に置き換えられないか確かめてください。',
    example: { characters: ['步'], suggestions: ['「歩」'] },
  }),
  'department-gone': entry<{ name: string; year: string; updated: string }>({
    severity: 'error',
    message: ({ name, year, updated }) =>
      `公表中の「${name}」（${year}）の行が「部」のシートにありません。${updated}の内容を表示し続けます。`,
    fix: () => '行を元に戻してください。公表をやめるときは、行を残して公開の欄を「取下げ」にしてください。',
    example: { name: '教育部', year: '令和6年度', updated: '2025-04-01' },
  }),
  'withdrawn-never-published': entry<Record<string, never>>({
    severity: 'notice',
    message: () => '「取下げ」になっていますが、この部はまだ公表されていません。',
    fix: () => '公表する予定がなければ、行ごと消してかまいません。',
    example: {},
  }),
  'too-many-held': entry<{ held: number; published: number }>({
    severity: 'error',
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
