import { isBlank, matchKey } from '../../text/normalize.ts';

/**
 * Reads 番号: a whole number from 1 to 9999 (more would be a year, or a telephone number), full-width digits and a spreadsheet's
 * `1.0` included.
 *
 * @returns `'blank'` where the number is left to the order of appearance, null where it cannot be read
 */
export function readGoalNumber(text: string): number | 'blank' | null {
  if (isBlank(text)) return 'blank';
  const number = Number(/^(\d{1,4})(?:\.0+)?$/u.exec(matchKey(text))?.[1] ?? 0);
  return number >= 1 ? number : null;
}
