import { isBlank, matchKey } from './text.ts';

/** The highest number that a goal can have: enough for any department, and too little for a year or a telephone number. */
const highest = 9999;

/**
 * Reads 番号: a whole number from 1 to 9999, full-width digits and a spreadsheet's `1.0` included.
 *
 * @returns `'blank'` where the number is left to the order of appearance, null where it cannot be read
 */
export function readGoalNumber(text: string): number | 'blank' | null {
  if (isBlank(text)) return 'blank';
  const digits = /^(\d{1,4})(?:\.0+)?$/u.exec(matchKey(text))?.[1];
  if (digits === undefined) return null;
  const number = Number(digits);
  return number >= 1 && number <= highest ? number : null;
}
