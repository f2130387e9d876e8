import { describe, expect, test } from 'vitest';
import { fiscalYearLabel, fiscalYearOf, japaneseDate, parseFiscalYear } from '../../lib/text/fiscal-year.ts';

describe('parseFiscalYear', () => {
  test.each([
    ['令和6年度', 2024],
    ['令和６年度', 2024],
    ['令和 6 年度', 2024],
    ['令和六年度', 2024],
    ['令和6年', 2024],
    ['R6', 2024],
    ['R6年度', 2024],
    ['Ｒ６', 2024],
    ['r6', 2024],
    ['R.6', 2024],
    ['R06', 2024],
    ['2024年度', 2024],
    ['２０２４年度', 2024],
    ['2024', 2024],
    ['1989', 1989],
    ['2099', 2099],
    ['令和十五年度', 2033],
    ['令和二十一年度', 2039],
    ['2024年', 2024],
    ['FY2024', 2024],
    ['令和元年度', 2019],
    ['令和1年度', 2019],
    ['R元', 2019],
    ['平成31年度', 2019],
    ['H31', 2019],
    ['平成三十一年度', 2019],
    ['平成30年度', 2018],
    ['平成元年度', 1989],
    ['令和二十年度', 2038],
    ['令和6年度（2024年度）', 2024],
    ['2024年度(令和6年度)', 2024],
    ['平成31年度/令和元年度', 2019],
    ['㋿6年度', 2024],
  ])('%s is %s', (text, year) => {
    expect(parseFiscalYear(text)).toBe(year);
  });

  test.each([
    '',
    '令和',
    '㋿',
    '年度',
    '6',
    '06',
    '令和0年度',
    '平成32年度',
    '平成0年',
    '令和6年度末',
    '24年度',
    '20245',
    '1988',
    '西暦の2024年度',
    '令和二三年度',
    '令和十十年度',
    '令和年度（2024年度）',
    '元年度（2024年度）',
    '2024年度（）',
    '2100',
    '2024/4/1',
    '令和6年度（2023年度）',
    'R',
    '大正6年度',
    '令和6.5年度',
    '6年度',
    'S60',
  ])('%s is no fiscal year', (text) => {
    expect(parseFiscalYear(text)).toBeNull();
  });
});

test.each([
  [2024, '令和6年度'],
  [2019, '令和元年度'],
  [2018, '平成30年度'],
  [1989, '平成元年度'],
  [1988, '1988年度'],
])('the label of %i is %s', (year, label) => {
  expect(fiscalYearLabel(year)).toBe(label);
});

test('a day in Japan begins nine hours before it does in UTC', () => {
  expect(japaneseDate(new Date('2025-03-31T14:59:59.999Z'))).toBe('2025-03-31');
  expect(japaneseDate(new Date('2025-03-31T15:00:00Z'))).toBe('2025-04-01');
});

test.each([
  ['2025-03-31', 2024],
  ['2025-04-01', 2025],
  ['2025-12-31', 2025],
])('%s is in fiscal %i', (date, year) => {
  expect(fiscalYearOf(date)).toBe(year);
});
