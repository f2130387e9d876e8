import { describe, expect, test } from 'vitest';
import { isSameUnit, ownUnit, unitOfCell, unitsNamed } from '../../lib/goals/cells/own-unit.ts';

/** Units of the city's own columns. */

test.each([
  ['1,200千円', 'money', '千円'],
  ['45人', 'number', '人'],
  ['85％', 'percent', '%'],
  ['45', 'number', null],
  ['－', 'number', null],
  ['', 'money', null],
  ['多い', 'number', null],
  ['45人', 'text', null],
  ['45人', 'link', null],
] as const)('%s in a column of %s names %s', (text, type, unit) => {
  expect(unitOfCell(text, type)?.normalize('NFKC') ?? null).toBe(unit);
});

test.each([
  ['％', '%', true],
  ['%', '％', true],
  ['千円', '円', false],
])('%s and %s are the same: %s', (one, other, same) => {
  expect(isSameUnit(one, other)).toBe(same);
});

describe('the unit of a column', () => {
  test.each([
    [['45人', '12', '3人'], ['人']],
    [
      ['45人', '3名', '5人'],
      ['人', '名'],
    ],
    [['45', '－'], []],
    [
      ['85％', '90%', '3割', '1割'],
      ['％', '割'],
    ],
  ])('of the cells %j: %j', (texts, units) => {
    expect(unitsNamed(texts, 'number').map((unit) => unit.normalize('NFKC'))).toEqual(
      units.map((unit) => unit.normalize('NFKC')),
    );
  });

  test('is 単位 of 項目 where it says one, else that which all cells name', () => {
    expect(ownUnit({ unit: '円', type: 'money' }, ['5千円'])).toBe('円');
    expect(ownUnit({ unit: null, type: 'money' }, ['5千円', '3'])).toBe('千円');
    expect(ownUnit({ unit: null, type: 'money' }, ['5千円', '3円'])).toBeNull();
    expect(ownUnit({ unit: null, type: 'money' }, ['5', '3'])).toBeNull();
    expect(ownUnit({ unit: null, type: 'text' }, ['5千円'])).toBeNull();
    expect(ownUnit({ unit: '頁', type: 'text' }, [])).toBe('頁');
  });
});
