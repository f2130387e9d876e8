import { isBlank, matchKey } from '../../text/normalize.ts';

/**
 * Reads 番号: a whole number from 1 to 9999 (more would be a year, or a telephone number), with what people put around it: `2`, `２`, `(2)`,
 * `②`, `6.`, `目標5`, `No.3`, and a spreadsheet's `1.0`.
 *
 * @returns `'blank'` where the number is left to the order of appearance, null where it cannot be read
 */
export function readGoalNumber(text: string): number | 'blank' | null {
  if (isBlank(text)) return 'blank';
  const key = matchKey(text)
    .replace(/^(?:目標|no\.?|第|番号)/u, '')
    .replace(/(?:番|号|\.|、)$/u, '')
    .replace(/^\((.*)\)$/u, '$1');
  const number = Number(/^(\d{1,4})(?:\.0+)?$/u.exec(key)?.[1] ?? 0);
  return number >= 1 ? number : null;
}
