import { matchKey } from './normalize.ts';

/**
 * Words that stand where something is still to be written. They are looked for as the whole cell only: 「開催日は未定です」 is something
 * to say, 「未定」 as a goal is not.
 */
const unfinished: ReadonlySet<string> = new Set(
  [
    '未定',
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
const beginsUnfinished = /^[未記入作調検確後要テサダtｔﾃｻﾀ]/iu;
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
  if (text.length <= mostUnfinished && beginsUnfinished.test(text) && unfinished.has(matchKey(text))) return text;
  return !mayBeMarks && marksOnly.test(text) ? text : null;
}
