import { matchKey } from './normalize.ts';

/** What is said of a text that is being written, or of what it is still to say. */
const state =
  '(?:未定|未記入|未入力|未記載|未作成|未確定|未提出|未回答|(?:再|最終)?(?:記入|記載|入力|作成|調整|検討|確認|精査|照会|執筆|起案|決裁|集計|算定)中|' +
  '(?:確認|回答|決裁|承認|照会|提出|入力|記入|原稿)待ち)';

/** What is still to be done with a cell: 要確認, 後日記入予定, 追って提出します. */
const writing =
  '(?:記入|記載|入力|追記|加筆|修正|差し?替え?|更新|提出|提示|作成|確認|報告|連絡|回答|送付|精査|お知らせ|設定|決定)';
const errand =
  '(?:要(?:再)?(?:確認|検討|調整|修正|記入|入力|追記|精査|差し?替え?|照会)|' +
  `(?:後日|後ほど|追って|別途|(?:確定|決定|決まり)(?:し|)?次第)、?(?:別途)?(?:${writing})(?:予定|(?:いた)?します|する)?|` +
  `(?:記入|記載|入力|追記|加筆|修正|差し?替え?|更新|提出)(?:予定|(?:いた)?します|する)|` +
  '(?:後日|後ほど))';

/** A paper that the reader of the site does not have. */
const elsewhere =
  '(?:(?:別紙|別添|別表|別途資料|添付(?:資料|ファイル)?|資料)[0-9一二三四五]?(?:の?(?:とおり|通り)|を?(?:ご)?参照(?:ください|下さい|願います|のこと)?|に記載)|別紙|別添)';

/** A text that is there only for the time being. */
const draft =
  '(?:案[0-9]?|素案|原案|仮案|仮|仮置き|仮入力|暫定|たたき台|叩き台|ドラフト|draft|事務局案|担当案|修正案|検討案|テスト(?:入力|データ)?|サンプル|見本|ダミー(?:データ|テキスト)?|' +
  'test|tbd|tba|tbc|記入例|入力例|記載例|空欄|保留中?|ペンディング|あ{3,9}|a{3,9}|x{3,9}|同上|同左|同右|以下同文|上記の?(?:とおり|通り)|上記(?:と|に)同じ|略|省略|以下略)';

/**
 * A whole cell, or all of it between two marks, that says nothing but that it is still to be written. 「開催日は未定です」 tells the
 * reader something, 「内容は未定です」 nothing.
 */
const unfinished = new RegExp(
  '^(?:現在|現時点では?|ただいま|只今|目下|まだ)?' +
    '(?:(?:内容|詳細|文言|文面|文章|本文|原稿|記載内容|目標|目標値|数値目標|説明|数値|数字)(?:等|など)?(?:は|を|が|について(?:は)?|、)?)?' +
    '(?:現在|ただいま|只今)?' +
    `(?:${state}|${errand}|${elsewhere}|${draft})` +
    '(?:です|でございます|となります|とします|とする|である|のため|につき)?$',
  'u',
);

/** That there is nothing. As a goal it is unfinished; in a column that may be blank it is an answer. */
const nothing =
  /^(?:(?:特に|とくに|該当|特段|記載事項)?(?:なし|無し|無|ありません|ございません|ない)(?:です)?|該当(?:は|が)?(?:なし|ありません)|none|nil|n\/?a)$/u;

/** The letters that these begin with, behind marks: the rest need not be compared. */
const mayBeUnfinished =
  /^[\p{P}\p{S}\sー]*[現只た目ま内詳文本原記数説未再最入作調検確精照執起決集算回承提要後追別添資案素仮暫叩ドＤd事担修テﾃサｻ見ダﾀtｔ空保ペﾍあaａxｘ同以上略省加差更なと特該無nｎＮ]/iu;

/** No text that says only this is longer, spaces between its letters and marks included. */
const longest = 60;

/**
 * Two or more of the marks that stand for a word to be filled in. Not after a numeral, where 〇 is zero (二〇〇八年, 一〇〇周年); not
 * ●● or ■■, which are ornaments; not single marks, which rate or leave out (○, △1,000, 3×4).
 */
const circles =
  /(?<![0-9０-９一二三四五六七八九十百千万〇])(?:〇{2,}|○{2,}|◯{2,}|△{2,}|□{2,}|×{2,})(?![一二三四五六七八九])/u;

/** Stands in every text that has such circles. */
const anyCircle = /[〇○◯△□×]/;

/** Instructions that a template puts into a cell. */
const instruction =
  /ここに[^。\n]{0,12}(?:入力|記入|記載|書いて)|^[（(【]?(?:記入例|入力例|記載例)[）)】：:]|^(?:[^。\n]{0,12}を)?(?:ご)?(?:入力|記入)(?:して)?(?:ください|下さい)[。）)]?$/u;

/** Stands in every text that has such an instruction. */
const wordOfInstruction = /入力|記入|記載|書いて/;

/** An instruction from the first letter of a cell to its last. */
const wholeInstruction =
  /^(?:ここに[^。\n]{0,12}|(?:[^。\n]{0,12}を)?(?:ご)?)(?:入力|記入|記載|書いて)(?:して)?(?:ください|下さい)?[。）)]?$/u;

/** A cell of nothing but marks, as typed to have something in it. */
const marksOnly = /^[\p{P}\p{S}\s]+$/u;
const marks = /[\p{P}\p{S}]+/u;
const marksOrSpaces = /[\p{P}\p{S}\s]+/u;

/** Brackets as they are typed around an aside. */
const open = '[（(〔【［\\[<＜《〈]';
const close = '[）)〕】］\\]>＞》〉]';

/** An aside of the writer in brackets, or behind ※, that says what is still to be done with the text: it is for no reader. */
const errandAside = new RegExp(
  `${open}\\s*※?\\s*(?:${errand}|${elsewhere}|未記入|未入力|(?:記入|入力|記載)中|仮置き|仮入力)(?:です|。)?\\s*${close}|` +
    `[※＊*]\\s*(?:${errand}|${elsewhere}|${state})(?:です)?。?(?=$|\\n|[\\s）)])`,
  'iu',
);

/** Where a line begins with it, it is about the whole of what follows: 【案】, （調整中）. */
const asideAtStart = new RegExp(`^${open}\\s*(?:案|素案|原案|仮案|${state})\\s*${close}|^案\\s*[)）：:]`, 'mu');

/** The same at the end of a line: of a sentence always, of a noun where it is not a state that a reader may be told of. */
const asideBehindSentence = new RegExp(
  `(?<=[すたるいくだん。！])${open}\\s*(?:案|仮|素案|原案|仮案|${state})\\s*${close}。?$`,
  'mu',
);
const asideBehindNoun = new RegExp(`${open}\\s*(?:未定|調整中|確認中|精査中|案)\\s*${close}。?$`, 'mu');

/** What really has （案） in its name until it is decided. */
const draftByName =
  /(?:計画|条例|規則|要綱|要領|方針|指針|構想|予算|予算書|議案|プラン|ビジョン|戦略|骨子|報告書|答申|提言|マニュアル|ガイドライン|基準|制度|協定|協定書|契約書|憲章|宣言|マップ|図|案内|名称|大綱|目録|仕様書|素|原)[」』）]?$/u;

/** Stands in every text that has an aside: a bracket or ※ with a letter behind it with which one begins. */
const anyAside =
  /[（(〔【［[<＜《〈※＊*]\s*※?\s*[未再最記入作調検確精照執起決集算回承提原要後追別加修差更添資案素仮]|^案/mu;

/** The writer's own aside in a longer text, or null. */
function asideIn(text: string): string | null {
  const found = errandAside.exec(text) ?? asideAtStart.exec(text) ?? asideBehindSentence.exec(text);
  if (found !== null) return found[0];
  const behindNoun = asideBehindNoun.exec(text);
  if (behindNoun === null) return null;
  const isName = /案/u.test(behindNoun[0]) && draftByName.test(text.slice(0, behindNoun.index));
  return isName ? null : behindNoun[0];
}

/** Marks, or dashes typed as ーー, at the ends of a text. */
const outerMarks = /^[\p{P}\p{S}ー]+|(?:[\p{P}\p{S}]|ー{2,})+$/gu;

/** What stands between the marks of a cell, as {@link matchKey} compares it: spaces part words, or the letters of one. */
function readingsOf(text: string): readonly (readonly string[])[] {
  const pieces = (separator: RegExp): string[] =>
    text
      .split(separator)
      .map(matchKey)
      .filter((piece) => piece !== '');
  return [pieces(marks), pieces(marksOrSpaces), [matchKey(text).replace(outerMarks, '')]];
}

/** Whether a cell says nothing but that it is still to be written, or, where `orNothing`, that there is nothing. */
function isUnfinished(text: string, orNothing: boolean): boolean {
  if (text.length > longest || !mayBeUnfinished.test(text)) return false;
  return readingsOf(text).some(
    (pieces) =>
      pieces.length > 0 &&
      pieces.every((piece) => unfinished.test(piece) || nothing.test(piece)) &&
      (orNothing || pieces.some((piece) => unfinished.test(piece))),
  );
}

/**
 * The part of a cell that was left over from a template, or left for later; null where there is none. It is looked for as the
 * whole cell (未定, 別紙のとおり, ※後日記入予定, 〔要確認〕) and as an aside in a longer one (窓口を開きます（案）); a word in a sentence is what the
 * city has to say (開催日は未定です, 調整中の案件を減らします).
 *
 * @param text normalized
 * @param mayBeMarks true where a column may be blank: there 「－」 and 「なし」 say that there is nothing
 */
export function placeholderIn(text: string, mayBeMarks: boolean): string | null {
  // Most texts have none of the letters that the long expressions look for from every place.
  const circled = anyCircle.test(text) ? circles.exec(text) : null;
  const marked = circled ?? (wordOfInstruction.test(text) ? instruction.exec(text) : null);
  if (marked !== null) return marked[0];
  if (isUnfinished(text, !mayBeMarks)) return text;
  const aside = anyAside.test(text) ? asideIn(text) : null;
  if (aside !== null) return aside;
  return !mayBeMarks && marksOnly.test(text) ? text : null;
}

/**
 * Whether a cell holds nothing else: no reader would learn anything from it. To be asked of a cell that must not be blank, where
 * marks alone and 「なし」 are nothing either; not of 達成状況, whose words may be marks (◎), nor of the name of a post's holder, where
 * 未定 has a meaning of its own (section 1 of the contract).
 */
export function isNothingButPlaceholder(text: string): boolean {
  if (isUnfinished(text, true)) return true;
  if (wordOfInstruction.test(text) && wholeInstruction.test(text)) return true;
  return marksOnly.test(text);
}
