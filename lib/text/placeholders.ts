import { matchKey } from './normalize.ts';

/**
 * Words that stand where something is still to be written. They are looked for as the whole cell only: 「開催日は未定です」 is something
 * to say, 「未定」 as a goal is not.
 */
const unfinished: ReadonlySet<string> = new Set(
  [
    '未定',
    'なし',
    '無し',
    '別紙',
    '別紙のとおり',
    '別紙の通り',
    '別紙参照',
    '別添のとおり',
    '案',
    '仮',
    '後日',
    '後日記入予定',
    '後日記入します',
    '記入予定',
    '入力予定',
    '調整中です',
    '検討中です',
    '確認中です',
    '作成中です',
    '追って記入',
    '未記入',
    '未入力',
    '記入中',
    '入力中',
    '作成中',
    '調整中',
    '検討中',
    '確認中',
    '後日記入',
    '後日入力',
    '要確認',
    'テスト',
    'サンプル',
    'ダミー',
    'test',
    'tbd',
  ].map(matchKey),
);

/** The letters that they begin with, and more letters than they have with spaces between: the rest need not be compared. */
const beginsUnfinished = /^[※*＊(（〔【［[\s]*[未記入作調検確後要テサダtｔﾃｻﾀな無別案仮追]/iu;
const mostUnfinished = 30;

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

/** A cell of nothing but marks, as typed to have something in it. */
const marksOnly = /^[\p{P}\p{S}\s]+$/u;

/** In a column that may be blank these say that there is nothing. */
const nothingMeant: ReadonlySet<string> = new Set(['なし', '無し']);

/** A remark in brackets or behind ※ that a text is not finished. */
const leftOpen =
  /[(（〔【［[](?:案|仮|未定|調整中|検討中|確認中|作成中|要確認|後日記入|記入中|入力中)[)）〕】］\]]|※\s*(?:後日|要確認|調整中|記入予定)[^。\n]*$/u;

/** A text as it is compared: without the brackets and marks that people put around a remark. */
function bareKey(text: string): string {
  return matchKey(text).replace(/^[※*([〔【<・.\s-]+|[)\]〕】>。.・…\s-]+$/gu, '');
}

/** Whether a cell holds nothing but a remark that it is still to be written: 「（調整中）」, 「別紙のとおり」. */
export function isNothingButUnfinished(text: string): boolean {
  return text.length <= mostUnfinished && beginsUnfinished.test(text) && unfinished.has(bareKey(text));
}

/**
 * The part of a cell that was left over from a template, or left for later; null where there is none.
 *
 * @param text normalized
 * @param mayBeMarks true where marks alone say something: 「－」 in 説明 means that there is none
 */
export function placeholderIn(text: string, mayBeMarks: boolean): string | null {
  // Most texts have none of the letters that the long expressions look for from every place.
  const circled = anyCircle.test(text) ? circles.exec(text) : null;
  const marked = circled ?? (wordOfInstruction.test(text) ? instruction.exec(text) : null);
  if (marked !== null) return marked[0];
  if (isNothingButUnfinished(text) && !(mayBeMarks && nothingMeant.has(bareKey(text)))) return text;
  const left = leftOpen.exec(text);
  if (left !== null) return left[0].trim();
  return !mayBeMarks && marksOnly.test(text) ? text : null;
}
