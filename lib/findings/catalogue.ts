import { dayInWords } from '../text/date-in-words.ts';
import type { Scheme } from '../text/scheme.ts';
import { defaultScheme } from '../text/scheme.ts';
import type { Finding, Severity } from './finding.ts';

/**
 * The room `findings` knows how everything that can be wrong is said to the staff. It may import `text`. Begin at {@link finding}.
 */

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
  readonly message: (facts: Facts, words: Scheme) => string;
  /** Plain Japanese: what to do about it. */
  readonly fix: (facts: Facts, words: Scheme) => string;
  /** Facts as they occur, for the list and for the tests. */
  readonly example: Facts;
}

type NoFacts = Record<string, never>;

const entry = <Facts>(entry: Entry<Facts>): Entry<Facts> => entry;

const list = (words: readonly string[]): string => words.map((word) => `「${word}」`).join('');

/** Where a picture was looked for, or cannot be looked for. */
type PlaceOfPicture = 'folder' | 'drive' | 'drive-without-right' | 'drive-from-file' | 'file-from-google';

const picturesLost: Readonly<Record<PlaceOfPicture, { message: string; fix: (account: string | null) => string }>> = {
  folder: {
    message: '顔写真のファイルが、表と同じフォルダに見つからないため、',
    fix: () => 'ファイルの名前を確かめ、表のファイルと同じフォルダに置いてください。',
  },
  drive: {
    message: '顔写真がGoogleドライブで見つからないか、見る権限がないため、',
    fix: (account) =>
      `写真（または写真を入れたフォルダ）の「共有」で、「${account ?? '認証情報に書かれたサービスアカウント'}」を「閲覧者」として追加してください。`,
  },
  'drive-without-right': {
    message: 'Googleの認証に、ドライブのファイルを読む許可（drive.readonly）が含まれていないため、',
    fix: () => 'システムの担当者に、docs/google-setup.md の「顔写真」の手順で認証し直すよう伝えてください。',
  },
  'drive-from-file': {
    message: 'Googleドライブの写真は、Googleスプレッドシートからだけ読めます。ここでは読めないため、',
    fix: () => '写真を表と同じフォルダに置き、ファイル名（例：sawada.jpg）を入力してください。',
  },
  'file-from-google': {
    message: 'Googleスプレッドシートからは、ファイル名だけでは写真の場所が分からないため、',
    fix: () => '写真をGoogleドライブに置き、そのリンクを入力してください。',
  },
};

const pictureFaults = {
  'unknown-kind': {
    message: 'が、使える種類（JPEG、PNG、WebP、AVIF、GIF、TIFF）ではないため',
    fix: 'JPEGの画像として保存し直し、差し替えてください。',
  },
  damaged: {
    message: 'が壊れていて開けないため',
    fix: '画像を開けるか確かめ、JPEGの画像として保存し直して、差し替えてください。',
  },
  'too-large': {
    message: 'が大きすぎるため',
    fix: '縦横2000ピクセルくらいまでに縮め、JPEGの画像として保存し直して、差し替えてください。',
  },
} as const;

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
  'two-unit-tabs': entry<{ tabs: readonly string[] }>({
    severity: 'error',
    blocks: true,
    message: ({ tabs }) => `シート${list(tabs)}の、どれが目標を掲げる組織の一覧か決められません。`,
    fix: ({ tabs }) => `「設定」に「単位の名」の行を加え、値に「${tabs[0] ?? ''}」のように書いてください。`,
    example: { tabs: ['局', '課'] },
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
  'unpublished-columns': entry<{ headers: readonly string[]; tab: string }>({
    severity: 'notice',
    message: ({ headers }) => `${list(headers)}の列は公表されません。`,
    fix: ({ headers, tab }) =>
      `公表したい列は、「項目」というシートを作り、見出しの列に「${headers[0] ?? ''}」、シートの列に「${tab}」のように書いてください。庁内だけで使う列は、このままでかまいません。`,
    example: { headers: ['担当課', '庁内メモ'], tab: '目標' },
  }),
  'column-without-header': entry<NoFacts>({
    severity: 'notice',
    message: () => '見出しのない列に、何か書かれています。この列は公表されません。',
    fix: () => '見出しが消えたのでしたら、元に戻してください。覚え書きでしたら、このままでかまいません。',
    example: {},
  }),
  'hidden-rows': entry<{ rows: readonly number[] }>({
    severity: 'notice',
    message: ({ rows }) =>
      `非表示にしてある行（${rows.slice(0, 10).join('、')}行目${rows.length > 10 ? `ほか、計${rows.length}行` : ''}）も公表されます。`,
    fix: () => '公表しない行でしたら、消すか、ほかのシートに移してください。',
    example: { rows: [4, 9] },
  }),

  // 項目

  'bad-declaration': entry<{ column: string; words: readonly string[] }>({
    severity: 'warning',
    message: ({ column }) => `${column}を読み取れないため、この行の列は公表しません。`,
    fix: ({ column, words }) =>
      words.length === 0 ? `${column}を入力してください。` : `${column}に${list(words)}のいずれかを入力してください。`,
    example: { column: '種類', words: ['文', '数', '金額', '割合', '日付', 'リンク'] },
  }),
  'repeated-declaration': entry<{ header: string; first: string }>({
    severity: 'warning',
    message: ({ header, first }) => `「${header}」は${first}にもあります。先に書かれているほうを使います。`,
    fix: () => '一方の行を消してください。',
    example: { header: '担当課', first: 'A2' },
  }),
  'declaration-without-column': entry<{ header: string; tab: string; closest: string | null }>({
    severity: 'warning',
    message: ({ header, tab }) => `「${tab}」のシートに、見出し「${header}」の列がありません。この行は使われません。`,
    fix: ({ header, closest }) =>
      closest === null
        ? `見出しを、シートにあるとおりに直してください。要らない行でしたら、消してください。`
        : `「${closest}」の列のことでしたら、「${header}」を「${closest}」に直してください。`,
    example: { header: '担当課', tab: '目標', closest: '担当' },
  }),
  'declared-column-twice': entry<{ header: string; tab: string; cells: readonly string[] }>({
    severity: 'warning',
    message: ({ header, tab, cells }) =>
      `「${tab}」のシートの${cells.join('と')}に「${header}」があり、どちらか決められないため、公表しません。`,
    fix: () => '公表しないほうの見出しを、別の名前に変えてください。',
    example: { header: '担当課', tab: '目標', cells: ['D1', 'F1'] },
  }),
  'needed-column-published': entry<{ header: string }>({
    severity: 'warning',
    message: ({ header }) => `「${header}」は公表に欠かせない列なので、「しない」と書いてあっても公表します。`,
    fix: () => 'この行の公表の欄を空にするか、行を消してください。',
    example: { header: '目標' },
  }),
  'lost-visibility-header': entry<{ drafts: number }>({
    severity: 'error',
    message: ({ drafts }, { unit }) =>
      `「公開」の見出しが見当たらず、この列に「下書き」か「取下げ」の${unit}が${drafts}件あります。公表してよいか決められません。`,
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
  'blank-setting': entry<{ setting: string }>({
    severity: 'error',
    blocks: true,
    message: ({ setting }) => `設定の「${setting}」の値が空です。これがないと何も公表できません。`,
    fix: () => 'このセルに値を入力してください。',
    example: { setting: '自治体名' },
  }),
  'unreadable-required-setting': entry<{ setting: string; forms: string }>({
    severity: 'error',
    blocks: true,
    message: ({ setting }) => `設定の「${setting}」を読み取れません。これがないと何も公表できません。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '年度', forms: '「令和6年度」「R6」「2024」のような年度' },
  }),
  'unreadable-setting': entry<{ setting: string; forms: string; instead: string | null }>({
    severity: 'warning',
    message: ({ setting, instead }) =>
      `設定の「${setting}」を読み取れないため、${instead === null ? 'この設定はないものとして扱います' : `「${instead}」とみなします`}。`,
    fix: ({ forms }) => `${forms}を入力してください。`,
    example: { setting: '段階', forms: '「目標」「中間」「結果」のいずれか', instead: '結果' },
  }),
  'unknown-licence': entry<{ names: readonly string[] }>({
    severity: 'warning',
    message: () => 'どの利用条件か分からないため、サイトにはデータの利用条件を示しません。',
    fix: ({ names }) =>
      `${list(names)}のどれかを入力してください。ほかの条件で公開するときは、このままでかまいません。`,
    example: { names: ['CC BY 4.0', 'CC0 1.0', '公共データ利用規約（第1.0版）'] },
  }),
  'lost-zero': entry<{ code: string }>({
    severity: 'warning',
    message: ({ code }) => `団体コードが5桁です。先頭の0が消えたものとみなし、「${code}」として公表します。`,
    fix: () => 'セルの表示形式を「書式なしテキスト（文字列）」にしてから、先頭の0も含めて6桁で入力してください。',
    example: { code: '012025' },
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
  'unknown-publish-now': entry<NoFacts>({
    severity: 'warning',
    message: () => '「今すぐ公開」に書かれた言葉の意味が分からないため、すぐには公表しません。',
    fix: () => 'すぐに公表するときは「はい」と書いてください。そうでないときは、空にしてください。',
    example: {},
  }),
  'title-of-other-year': entry<{ inTitle: string; year: string }>({
    severity: 'warning',
    message: ({ inTitle, year }) => `題名には「${inTitle}」とありますが、設定の年度は${year}です。`,
    fix: () => '題名か年度の、正しくないほうを直してください。',
    example: { inTitle: '令和5年度', year: '令和6年度' },
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

  'bad-choice-from': entry<NoFacts>({
    severity: 'warning',
    message: () => '下限を百分率として読み取れないため、この下限は使いません。',
    fix: () => '「100％」「70%」のように入力してください。',
    example: {},
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
  'struck-out': entry<{ struck: string }>({
    severity: 'notice',
    message: ({ struck }) => `取り消し線の付いた「${struck}」は、消したものとして公表しません。`,
    fix: () => '消すつもりの文字でしたら、このままでかまいません。公表する文字でしたら、取り消し線を外してください。',
    example: { struck: '100件' },
  }),
  'value-still-loading': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}の数式の計算が終わっておらず、まだ値がありません。`,
    fix: () =>
      '少し待って「Loading...」が消えたら、もう一度確かめてください。消えないときは、数式の代わりに内容をそのまま入力してください。',
    example: { column: '説明' },
  }),
  'formula-without-result': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}の数式の結果がファイルに保存されていないため、内容を読み取れません。`,
    fix: () => '表計算ソフトでファイルを開いて保存し直すか、数式の代わりに内容をそのまま入力してください。',
    example: { column: '説明' },
  }),
  'date-format': entry<{ shown: string; number: string }>({
    severity: 'error',
    message: ({ shown, number }) =>
      `セルの表示形式が日付になっているため、「${number}」が「${shown}」と表示されています。`,
    fix: () => 'セルの表示形式を「数値」か「自動」に直してください。',
    example: { shown: '1905/07/16', number: '2024' },
  }),
  'nothing-but-unfinished': entry<{ column: string; text: string }>({
    severity: 'error',
    message: ({ column, text }) => `${column}に「${text}」とだけ書かれています。書きかけのようです。`,
    fix: ({ column }) => `${column}の内容を入力してください。`,
    example: { column: '目標', text: '（調整中）' },
  }),
  'lost-character': entry<{ characters: readonly string[] }>({
    severity: 'warning',
    message: ({ characters }) =>
      `${list(characters)}は、ほかの文字が化けたものか、庁内のパソコンでしか表示できない文字（外字）のようです。`,
    fix: () =>
      '正しい文字を入力し直してください。人名などで入力できないときは、代わりの字やかなの表記を本人にご確認ください。',
    example: { characters: ['?'] },
  }),
  'line-break-in-sentence': entry<NoFacts>({
    severity: 'notice',
    message: () => '文の途中に改行があります。ページでも、そこで行が変わります。',
    fix: () => '見た目を整えるための改行でしたら、消してください。ページでは自動で折り返されます。',
    example: {},
  }),
  'several-goals': entry<{ count: number }>({
    severity: 'warning',
    message: ({ count }) => `1つのセルに${count}つの目標が書かれているようです。1つの目標として公表されます。`,
    fix: () => '行を足して、1行に1つずつ書いてください。',
    example: { count: 3 },
  }),
  'name-with-post': entry<{ post: string }>({
    severity: 'warning',
    message: ({ post }) => `氏名の欄に「${post}」が入っています。`,
    fix: () => '氏名の欄には氏名だけを書き、役職は「職名」の欄に書いてください。',
    example: { post: '部長' },
  }),
  'no-result-column': entry<{ header: string }>({
    severity: 'warning',
    message: ({ header }) => `結果を公表する段階ですが、「${header}」の列がないため、達成状況は示しません。`,
    fix: ({ header }) =>
      `達成状況を示すときは、「目標」のシートに「${header}」の列を加えてください。示さないときは、このままでかまいません。`,
    example: { header: '達成状況' },
  }),
  'column-no-longer-there': entry<{ header: string }>({
    severity: 'warning',
    message: ({ header }) => `前回まで公表していた「${header}」の列がありません。このままでは、ページから消えます。`,
    fix: ({ header }) =>
      `見出しが消えたり変わったりしていたら、「${header}」に戻してください。公表をやめるときは、このままでかまいません。`,
    example: { header: '基本方針' },
  }),
  'unreadable-figure': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}を数として読み取れません。`,
    fix: () =>
      '「1,234」「12.5」のような数を入力してください。単位を付けてもかまいません。ないときは「－」としてください。',
    example: { column: '実績値' },
  }),
  'unreadable-date': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}を日付として読み取れません。`,
    fix: () => '「令和6年4月1日」「2024/4/1」のように入力してください。',
    example: { column: '基準日' },
  }),
  'unreadable-link': entry<{ column: string }>({
    severity: 'error',
    message: ({ column }) => `${column}をリンクとして読み取れません。`,
    fix: () => '「https://」で始まるアドレスを入力するか、セルの文字にリンクを付けてください。',
    example: { column: '関係する計画' },
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
    message: ({ otherCell }, { unit }) =>
      `同じ年度の同じ${unit}が${otherCell}にもあり、どちらを公表すればよいか決められません。`,
    fix: () => '正しいほうの行だけを残してください。',
    example: { otherCell: 'A3' },
  }),
  'department-without-goals': entry<NoFacts>({
    severity: 'error',
    message: (_, { unit }) => `この${unit}の目標が1件もありません。`,
    fix: (_, { unit }) => `「目標」のシートにこの${unit}の目標を入力し、${unit}名が同じか確かめてください。`,
    example: {},
  }),
  'missing-summary': entry<NoFacts>({
    severity: 'error',
    message: () => '結果を公表する段階ですが、総括が空です。',
    fix: (_, { unit }) => `この${unit}の総括を入力してください。`,
    example: {},
  }),
  'missing-director-kana': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `「${name}」さんのふりがなが空です。`,
    fix: (_, { head }) => `${head}名（ふりがな）を、ひらがなで入力してください。`,
    example: { name: '沢田 実' },
  }),
  'missing-department-kana': entry<NoFacts>({
    severity: 'warning',
    message: (_, { unit }) => `ほかの${unit}にはある、${unit}名のふりがなが空です。ふりがななしで公表されます。`,
    fix: (_, { unit }) => `${unit}名（ふりがな）を、ひらがなで入力してください。`,
    example: {},
  }),
  'kana-not-kana': entry<{ characters: readonly string[] }>({
    severity: 'warning',
    message: ({ characters }) => `ふりがなに、かなではない文字（${list(characters)}）があります。`,
    fix: () => 'ひらがなかカタカナだけで入力してください。',
    example: { characters: ['沢', '田'] },
  }),
  'awaiting-approval': entry<NoFacts>({
    severity: 'notice',
    message: () => '決裁の欄が空なので、新しい内容はまだ公表しません。',
    fix: () => '決裁が済んだら、日付か文書番号を入力してください。',
    example: {},
  }),
  'changed-after-approval': entry<NoFacts>({
    severity: 'error',
    message: (_, { unit }) => `決裁のあとに内容が変わったため、この${unit}の掲載を保留します。`,
    fix: () => '改めて決裁を受け、決裁の欄を新しい日付か文書番号に書き換えてください。',
    example: {},
  }),
  'urgent-approval': entry<NoFacts>({
    severity: 'warning',
    message: () => '決裁の欄が「緊急」のままです。「緊急」の間は、決裁が済む前でも公表の対象になります。',
    fix: () => '決裁が済んだら、日付か文書番号に書き換えてください。',
    example: {},
  }),
  'unreadable-mail-address': entry<{ readable: number }>({
    severity: 'warning',
    message: ({ readable }) =>
      readable === 0
        ? '連絡先メールをメールアドレスとして読み取れないため、締切のお知らせを送れません。'
        : '連絡先メールに、メールアドレスとして読み取れないものがあります。そこには、締切のお知らせを送れません。',
    fix: () =>
      '「kankyo@example.jp」のようなアドレスだけを入力してください。10件まで、「、」で区切って書けます。この欄は公表されません。',
    example: { readable: 0 },
  }),
  'unreadable-visibility': entry<NoFacts>({
    severity: 'error',
    message: () => '公開の欄が決められた言葉ではないため、公表してよいか決められません。',
    fix: () => '「公開」「下書き」「取下げ」のいずれかを選んでください。',
    example: {},
  }),
  'unreadable-order': entry<NoFacts>({
    severity: 'warning',
    message: (_, { unit }) => `表示順が数字ではないため、表示順のある${unit}の後に表示します。`,
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
    fix: (_, { unit }) => `${unit}ごとに違うURL名にしてください。`,
    example: { other: '総務部', otherCell: 'H3' },
  }),
  'unusable-portrait': entry<{ isAddress: boolean }>({
    severity: 'warning',
    message: ({ isAddress }) =>
      isAddress
        ? '顔写真の欄にあるのは、ほかのサイトのアドレスです。そこから写真を取ってくることはしないため、顔写真なしで公表します。'
        : '顔写真の欄を画像の場所として読み取れないため、顔写真なしで公表します。',
    fix: () => '「sawada.jpg」のような画像のファイル名か、Googleドライブに置いた画像のリンクを入力してください。',
    example: { isAddress: false },
  }),
  'portrait-not-found': entry<{ place: PlaceOfPicture; account: string | null }>({
    severity: 'warning',
    message: ({ place }) => `${picturesLost[place].message}顔写真なしで公表します。`,
    fix: ({ place, account }) => picturesLost[place].fix(account),
    example: { place: 'folder', account: null },
  }),
  'portrait-refused': entry<{ why: 'unknown-kind' | 'damaged' | 'too-large' }>({
    severity: 'warning',
    message: ({ why }) => `顔写真の画像${pictureFaults[why].message}、顔写真なしで公表します。`,
    fix: ({ why }) => pictureFaults[why].fix,
    example: { why: 'unknown-kind' },
  }),
  'portrait-unreachable': entry<{ isKept: boolean }>({
    severity: 'warning',
    message: ({ isKept }) =>
      isKept
        ? '顔写真をGoogleドライブから受け取れなかったため、前に公表した顔写真のままにします。'
        : '顔写真をGoogleドライブから受け取れなかったため、顔写真なしで公表します。',
    fix: () => '次の公開でもう一度受け取ります。そのままお待ちください。',
    example: { isKept: true },
  }),
  'portraits-left-out': entry<{ count: number }>({
    severity: 'notice',
    message: ({ count }) =>
      `このコンピュータには画像を変換する部品（sharp）がないため、新しい顔写真${count}枚は載りません。`,
    fix: () =>
      '載せる場合は、「npm install --global sharp」のように、mokuhyo を入れた場所に sharp を入れてから、もう一度実行してください。',
    example: { count: 8 },
  }),

  // 目標

  'unknown-department': entry<{ closest: string | null; places: string | null }>({
    severity: 'error',
    message: ({ closest, places }, { unit }) => {
      const where = places === null ? '' : `（${places}）`;
      return closest === null
        ? `この${unit}名は「${unit}」のシートにありません${where}。`
        : `この${unit}名は「${unit}」のシートにありません${where}。「${closest}」に似ているため、この${unit}の掲載を保留します。`;
    },
    fix: ({ closest }, { unit }) =>
      closest === null
        ? `${unit}名を直すか、「${unit}」のシートにこの${unit}の行を加えてください。`
        : `「${closest}」のことでしたら、${unit}名をそのとおりに直してください。`,
    example: { closest: '健康いきいき部', places: null },
  }),
  'department-named-otherwise': entry<{ name: string; places: string }>({
    severity: 'error',
    message: ({ name, places }, { unit }) =>
      `「目標」のシートでは「${name}」と書かれています（${places}）。同じ${unit}か決められないため、掲載を保留します。`,
    fix: (_, { unit }) => `同じ${unit}でしたら、${unit}名の書き方をどちらかにそろえてください。`,
    example: { name: '子ども未来部', places: 'A20からA27の8か所' },
  }),
  'department-not-in-year': entry<{ year: string; years: readonly string[] }>({
    severity: 'error',
    message: ({ year, years }, { unit }) =>
      `「${unit}」のシートには、この${unit}の${year}の行がありません（あるのは${years.join('、')}です）。`,
    fix: (_, { unit }) => `年度を直すか、「${unit}」のシートにその年度の行を加えてください。`,
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
    message: ({ above, below }, { unit }) =>
      `${unit}名が空なので、上の行の「${above}」の目標として公表されます。下の行は「${below}」です。`,
    fix: (_, { unit }) => `どちらの${unit}の目標か、この行に${unit}名を入力してください。`,
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
    message: ({ number, otherCell }, { unit }) => `同じ${unit}の番号${number}が${otherCell}にもあります。`,
    fix: (_, { unit }) => `${unit}の中で番号が重ならないようにしてください。空の番号は、上から数えて付けられます。`,
    example: { number: 2, otherCell: 'B4' },
  }),
  'gap-in-numbers': entry<{ missing: string }>({
    severity: 'warning',
    message: ({ missing }, { unit }) => `この${unit}の番号${missing}の目標がありません。`,
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
  'unknown-status': entry<{ words: readonly string[]; typed: string }>({
    severity: 'error',
    message: () => '達成状況を読み取れません。',
    fix: ({ words, typed }) =>
      `${list(words)}のいずれかを入力してください。「${typed}」を使うときは、「選択肢」のシートに行を加え、表示に「${typed}」、区分に「達成」などと書いてください。`,
    example: { words: ['達成', '一部達成', '未達成', '進行中'], typed: '計画どおり' },
  }),
  'percentage-without-from': entry<{ typed: string }>({
    severity: 'error',
    message: ({ typed }) => `達成状況の「${typed}」が、どの区分に当たるか決められません。`,
    fix: () => '「選択肢」のシートに「下限」の列を加え、言葉ごとに「100％」「70％」のように書いてください。',
    example: { typed: '85%' },
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
  'figure-against-words': entry<{ status: string; name: string; target: string; actual: string; isReached: boolean }>({
    severity: 'warning',
    message: ({ status, name, target, actual, isReached }) =>
      `「${status}」とありますが、指標「${name}」は目標${target}に対して実績${actual}で、目標に${isReached ? '達しています' : '達していません'}。`,
    fix: () => '達成状況か、指標の数字と向きに、誤りがないか確かめてください。正しければ、このままでかまいません。',
    example: { status: '達成', name: '朝市の来場者', target: '12,000人', actual: '11,640人', isReached: false },
  }),

  // 指標、評価、組織の変遷

  'unknown-goal-number': entry<{ numbers: string }>({
    severity: 'error',
    message: (_, { unit }) => `この番号の目標は、この${unit}にありません。`,
    fix: ({ numbers }) =>
      numbers === ''
        ? '「目標」のシートに目標を入力してください。'
        : `目標の番号（${numbers}）のどれかに直してください。`,
    example: { numbers: '1、2、3' },
  }),
  'unreadable-direction': entry<NoFacts>({
    severity: 'error',
    message: () => '向きを読み取れません。',
    fix: () => '「増やす」「減らす」「保つ」のいずれかを選んでください。',
    example: {},
  }),
  'two-units': entry<{ units: readonly string[] }>({
    severity: 'warning',
    message: ({ units }) => `1つの指標に${list(units)}の単位があります。「${units[0] ?? ''}」として公表します。`,
    fix: () => '数字をどちらかの単位にそろえてください。',
    example: { units: ['人', '千人'] },
  }),
  'other-unit': entry<{ header: string; unit: string; named: string }>({
    severity: 'warning',
    message: ({ header, unit, named }) =>
      `「${header}」の単位は「${unit}」ですが、このセルには「${named}」とあります。数字はそのまま、「${unit}」として公表されます。`,
    fix: ({ unit }) => `数字を「${unit}」に直して書いてください。`,
    example: { header: '事業費', unit: '円', named: '千円' },
  }),
  'mixed-units': entry<{ header: string; units: readonly string[] }>({
    severity: 'warning',
    message: ({ header, units }) =>
      `「${header}」のセルに${list(units)}の単位があり、そろっていません。数字だけが、単位なしで公表されます。`,
    fix: () => '数字をどれか1つの単位にそろえるか、「項目」の単位に書いてください。',
    example: { header: '事業費', units: ['千円', '円'] },
  }),
  'empty-evaluation': entry<NoFacts>({
    severity: 'warning',
    message: () => '評価もコメントも空なので、この行は公表しません。',
    fix: () => '評価かコメントを入力してください。要らない行でしたら、消してください。',
    example: {},
  }),
  'unusable-history': entry<NoFacts>({
    severity: 'warning',
    message: () => '年度か、旧と新の名前を読み取れないため、この行は使いません。',
    fix: (_, { unit }) => `新しい名前になった最初の年度と、前の${unit}名、新しい${unit}名を入力してください。`,
    example: {},
  }),

  'result-in-plan': entry<NoFacts>({
    severity: 'warning',
    message: () => '目標を公表する段階なので、達成状況は表示されません。',
    fix: () => '結果を公表するときは、設定の「段階」を「結果」にしてください。',
    example: {},
  }),

  // What only the last publication can show

  'same-as-last-year': entry<{ year: string; before: string; departments: readonly string[] }>({
    severity: 'error',
    message: ({ year, before, departments }, { unit }) =>
      `${year}の内容が${before}と同じです（${departments.slice(0, 5).join('、')}${departments.length > 5 ? `ほか、計${departments.length}件` : ''}）。前の年度の行が残っているようなので、この${unit}の掲載を保留します。`,
    fix: ({ year, before }) =>
      `前の年度の行でしたら、年度の列に「${before}」と書き、${year}の内容は行を分けて書いてください。${year}も同じ内容でしたら、年度の列に「${year}」と書いてください。`,
    example: { year: '令和7年度', before: '令和6年度', departments: ['総務部', '福祉部'] },
  }),
  'department-gone': entry<{ name: string; year: string; updated: string }>({
    severity: 'error',
    message: ({ name, year, updated }, { unit }) =>
      `公表中の「${name}」（${year}）の行が「${unit}」のシートにありません。${dayInWords(updated)}の内容を表示し続けます。`,
    fix: () => '行を元に戻してください。公表をやめるときは、行を残して公開の欄を「取下げ」にしてください。',
    example: { name: '教育部', year: '令和6年度', updated: '2025-04-01' },
  }),
  'withdrawn-never-published': entry<NoFacts>({
    severity: 'notice',
    message: (_, { unit }) => `「取下げ」になっていますが、この${unit}はまだ公表されていません。`,
    fix: () => '公表する予定がなければ、行ごと消してかまいません。',
    example: {},
  }),
  'nothing-to-begin-with': entry<{ held: number }>({
    severity: 'error',
    blocks: true,
    message: ({ held }, { unit }) =>
      `公表できる${unit}がまだ1つもないため、サイトを作りませんでした（誤りのある${unit}：${held}件）。`,
    fix: ({ held }, { unit }) =>
      held === 1
        ? `この${unit}について書かれた誤りを直してください。直すと公表されます。`
        : `ほかに書かれた誤りを、1つの${unit}からでも直してください。直した${unit}から公表されます。`,
    example: { held: 3 },
  }),
  'too-many-held': entry<{ held: number; published: number }>({
    severity: 'error',
    blocks: true,
    message: ({ held, published }, { unit }) =>
      `公表中の${unit}${published}件のうち${held}件を保留することになるため、サイト全体の更新を止めました。`,
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

/** The severity of a finding of the catalogue. */
export function severityOf(code: FindingCode): Severity {
  return entries[code].severity;
}

/**
 * Makes a finding of the catalogue.
 *
 * @param words what the city calls its units and their heads
 */
export function finding<Code extends FindingCode>(
  code: Code,
  place: Place,
  facts: FactsOf<Code>,
  words: Scheme,
): Finding {
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
    message: message(facts, words),
    fix: fix(facts, words),
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
  return { code, severity, blocks, message: message(example, defaultScheme), fix: fix(example, defaultScheme) };
}

/** The whole catalogue in its order, each finding worded with its example: what the staff's list is made from. */
export function listFindings(): ListedFinding[] {
  return Object.keys(entries)
    .filter((code): code is FindingCode => Object.hasOwn(entries, code))
    .map(listed);
}
