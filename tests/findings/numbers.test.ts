import { describe, expect, test } from 'vitest';
import type { Tabs } from '../support/workbook.ts';
import { at, fullTabs, outcomeOf, workbookWith } from './sheet.ts';

/** What is said of gaps, of the sheet with these numbers for the goals of 総務部, 福祉部 and 教育部. */
function gaps(...numbers: readonly string[]): string[] {
  const tabs = numbers.reduce<Tabs>((sheet, number, index) => at(sheet, '目標', `B${index + 2}`, number), fullTabs);
  return outcomeOf(workbookWith(tabs))
    .findings.filter(({ code }) => code === 'gap-in-numbers')
    .map(({ cell, message }) => `${cell} ${message}`);
}

describe('a gap in the numbers is told with the numbers that are missing', () => {
  test.each([
    [['1', '2', '3', '1', '2', '1', '2'], []],
    [['1', '3', '4', '1', '2', '1', '2'], ['B3 2']],
    [['1', '5', '6', '1', '2', '1', '2'], ['B3 2から4']],
    [['2', '3', '4', '1', '2', '1', '2'], ['B2 1']],
    // In whatever order they stand.
    [['4', '1', '2', '1', '2', '1', '2'], ['B2 3']],
    // Counted on from department to department: right, up to where one is left out.
    [['1', '2', '3', '4', '5', '6', '7'], []],
    [['1', '2', '3', '4', '5', '6', '8'], ['B8 7']],
    [['1', '2', '3', '5', '6', '1', '2'], ['B5 1から4']],
  ])('%j', (numbers, expected) => {
    const told = gaps(...numbers);
    expect(told).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) {
      const [cell = '', missing = ''] = start.split(' ');
      expect(told[index]?.startsWith(`${cell} `)).toBe(true);
      expect(told[index]).toMatch(new RegExp(`(?<!\\d|から)${missing}(?!\\d|から)`, 'u'));
    }
  });
});
