import { describe, expect, test } from 'vitest';
import { readGoalNumber } from '../../lib/goals/cells/goal-number.ts';
import { isMunicipalityCode, withLostZero } from '../../lib/goals/cells/municipality-code.ts';

describe('the number of a goal', () => {
  test.each([
    ['(2)', 2],
    ['（２）', 2],
    ['2)', 2],
    ['2）', 2],
    ['[2]', 2],
    ['【2】', 2],
    ['⑵', 2],
    ['②', 2],
    ['②.', 2],
    ['6.', 6],
    ['６．', 6],
    ['⒍', 6],
    ['6、', 6],
    ['6。', 6],
    ['6：', 6],
    ['目標5', 5],
    ['目標 ５', 5],
    ['目標（5）', 5],
    ['目標⑤', 5],
    ['目標5：', 5],
    ['【目標5】', 5],
    ['重点目標5', 5],
    ['２', 2],
    ['02', 2],
    ['5番', 5],
    ['5番目', 5],
    ['3つ目', 3],
    ['No.3', 3],
    ['Ｎｏ．３', 3],
    ['№3', 3],
    ['no 3', 3],
    ['#3', 3],
    ['第3', 3],
    ['1.0', 1],
    ['１．０', 1],
    ['(1.0)', 1],
    ['2024', 2024],
  ])('%s is %i', (text, number) => {
    expect(readGoalNumber(text)).toBe(number);
  });

  test.each([
    '12-1',
    '1-2',
    '1の2',
    '3/4',
    '2024年',
    '令和6年度',
    '4月1日',
    '3件',
    '3人',
    '第3回',
    '第3期計画',
    '1.5',
    '1.0.1',
    '1,000',
    '-3',
    '−3',
    '▲3',
    '(0)',
    '目標0',
    '12345',
    '目標',
    '第',
    'No.',
    '()',
    '１、２',
    '①②',
    '1②',
    '① 2',
    '⑴⑵',
    '1〜3',
    '二〇',
    '二',
    '第三',
    '窓口',
    'A',
    '3a',
    '新規3',
  ])('%s is no number of a goal', (text) => {
    expect(readGoalNumber(text)).toBeNull();
  });
});

describe('withLostZero', () => {
  test.each([
    ['12025', '012025'],
    ['11002', '011002'],
    ['92011', '092011'],
  ])('%s is %s', (digits, code) => {
    expect(withLostZero(digits)).toBe(code);
    expect(isMunicipalityCode(code)).toBe(true);
  });

  test.each([
    // The check digit is another one.
    '12024',
    // Of Tokyo, without a check digit.
    '13101',
    // No prefecture is 00, though the check digit would be right.
    '00019',
    '1202',
    '012025',
    '131016',
    '1202a',
    '12-25',
    '12025 ',
    '',
  ])('%j is no code that lost its 0', (digits) => {
    expect(withLostZero(digits)).toBeNull();
  });
});

test.each([
  ['131016', true],
  ['131017', false],
  ['0131016', false],
  ['1310160', false],
  ['13101a', false],
])('団体コード %s: %s', (code, valid) => {
  expect(isMunicipalityCode(code)).toBe(valid);
});
