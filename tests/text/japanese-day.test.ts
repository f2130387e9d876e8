import { expect, test } from 'vitest';
import { dayInWords, momentInWords } from '../../lib/text/japanese-day.ts';

test.each([
  ['2025-04-01', '2025年4月1日'],
  ['2025-12-31', '2025年12月31日'],
  ['2024-02-29', '2024年2月29日'],
])('the day %s is %s', (date, words) => {
  expect(dayInWords(date)).toBe(words);
});

test.each(['', '未定', '2025-04', '2025-4-1', '2025-04-01T10:00:00Z'])('%j is no day and stays as it is', (text) => {
  expect(dayInWords(text)).toBe(text);
});

test.each([
  ['2025-04-01T01:05:59.999Z', '2025年4月1日 10時5分'],
  ['2025-03-31T14:59:59Z', '2025年3月31日 23時59分'],
  ['2025-03-31T15:00:00Z', '2025年4月1日 0時0分'],
  ['2025-12-31T15:30:00Z', '2026年1月1日 0時30分'],
  ['2025-04-01T10:05:00+09:00', '2025年4月1日 10時5分'],
])('the instant %s is %s in Japan', (instant, words) => {
  expect(momentInWords(new Date(instant))).toBe(words);
});
