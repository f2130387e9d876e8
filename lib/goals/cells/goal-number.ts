import { isBlank, matchKey } from '../../text/normalize.ts';

/** A plain number, or what a spreadsheet makes of it, `1.0`. Most cells. */
const plain = /^[0-9]{1,4}(?:\.0+)?$/u;

/**
 * A number in the ways in which people write that of an item: `(2)`, `6.`, `目標5`, `5番`, `No.3`, `第3`. A sign or a unit
 * beside it makes it something else (`12-1`, `3/4`, `2024年`, `3件`), and so do two of them.
 */
const ofAnItem =
  /^[([〔【「<]?(?:(?:重点|個別|基本)?目標(?:その)?|番号|no\.?|#|第)?[:.]?[([〔【]?([0-9]{1,4})(?:\.0+)?[.,、。:)\]〕】」>]?(?:番目?|つ目|番目標)?[.。:)\]〕】」>]?$/u;

/** An enclosed number beside another number: ①② are two, and not 12 as {@link matchKey} would have it. */
const besideEnclosed = /[0-9０-９\u2460-\u249b]\s*[\u2460-\u249b]|[\u2460-\u249b]\s*[0-9０-９]/u;

/**
 * Reads 番号: a whole number from 1 to 9999 (more would be a telephone number), in any of the forms of an item's number;
 * full-width digits, ① and a spreadsheet's `1.0` included. Source: section 1 of the contract (番号), and what clerks type.
 *
 * @returns `'blank'` where the number is left to the order of appearance, null where it cannot be read
 */
export function readGoalNumber(text: string): number | 'blank' | null {
  if (isBlank(text)) return 'blank';
  if (plain.test(text)) return fromOne(Number(text));
  if (besideEnclosed.test(text)) return null;
  const key = matchKey(text);
  const match = ofAnItem.exec(key);
  return match && fromOne(Number(match[1]));
}

function fromOne(number: number): number | null {
  return number >= 1 ? number : null;
}
