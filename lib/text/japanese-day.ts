import { japaneseDate } from './fiscal-year.ts';

/** How many milliseconds Japan is ahead of UTC: nine hours, all the year. */
const ahead = 9 * 60 * 60 * 1000;

/**
 * A day as sentences for people give it: `2025-04-01` is 2025年4月1日. What is no such day is given back as it is, so that no
 * sentence ever says NaN年.
 */
export function dayInWords(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date);
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : date;
}

/** An instant as sentences for people give it, by the clock in Japan: 2025年4月1日 10時5分. */
export function momentInWords(instant: Date): string {
  const there = new Date(instant.getTime() + ahead);
  return `${dayInWords(japaneseDate(instant))} ${there.getUTCHours()}時${there.getUTCMinutes()}分`;
}
