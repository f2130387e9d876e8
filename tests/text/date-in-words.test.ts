import { expect, test } from 'vitest';
import { dayInWords, timeInEnglish, timeInWords } from '../../lib/text/date-in-words.ts';

test('a day is written as people in Japan read it', () => {
  expect(dayInWords('2025-04-01')).toBe('2025年4月1日');
  expect(dayInWords('2024-12-31')).toBe('2024年12月31日');
});

test('an instant is written by the clock of Japan', () => {
  expect(timeInWords(new Date('2025-03-31T14:59:59.999Z'))).toBe('2025年3月31日 23時59分');
  expect(timeInWords(new Date('2025-03-31T15:05:00Z'))).toBe('2025年4月1日 0時5分');
  expect(timeInEnglish(new Date('2025-03-31T15:05:00Z'))).toBe('2025-04-01 00:05 in Japan');
});
