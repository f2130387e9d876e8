import { matchKey } from '../../text/normalize.ts';

/** Reads 表示順, any number; null where it is none. */
export function readOrder(text: string): number | null {
  const key = matchKey(text);
  return /^[+-]?\d+(?:\.\d+)?$/u.test(key) ? Number(key) : null;
}
