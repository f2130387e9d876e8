import { describe, expect, test } from 'vitest';
import { isReached, readFigure } from '../../lib/goals/cells/figure.ts';
import { isMunicipalityCode } from '../../lib/goals/cells/municipality-code.ts';
import { isSameUnit, ownUnit, unitOfCell, unitsNamed } from '../../lib/goals/cells/own-unit.ts';

/** Units of the city's own columns, and figures as people type them. */

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

describe('figures', () => {
  test.each(['', ' ', '-', '－', '—', '―', '–', '−', 'ー', 'なし', '無', '無し'])('%j is no value', (text) => {
    expect(readFigure(text)).toBe('none');
  });

  test.each([
    ['12（速報）', 12],
    ['12〔速報〕', 12],
    ['12［速報］', 12],
    ['12【速報】', 12],
    ['【参考】1 2', 12],
    ['▲0', 0],
    ['▲3.2', -3.2],
  ])('%s is %d', (text, value) => {
    expect(readFigure(text)).toMatchObject({ value });
  });

  test.each([
    ['10〜20人', { least: 10, most: 20 }, '人'],
    ['10人〜20', { least: 10, most: 20 }, '人'],
    ['10人〜20名', { least: 10, most: 20 }, '名'],
    ['10〜20', { least: 10, most: 20 }, null],
    ['10〜10', { least: 10, most: 10 }, null],
  ])('%s is a span', (text, bounds, unit) => {
    expect(readFigure(text)).toEqual({ value: null, unit, bounds });
  });

  test('a span that ends before it begins is none', () => {
    expect(readFigure('20〜10')).toBeNull();
  });

  const at = (text: string) => {
    const figure = readFigure(text);
    if (figure === null || figure === 'none') throw new Error(text);
    return figure;
  };

  test.each([
    ['increase', '10以上', '10', true],
    ['increase', '10以上', '9', false],
    ['increase', '10超', '11', true],
    ['increase', '10超', '9', false],
    ['increase', '10以下', '10', true],
    ['increase', '10以下', '11', false],
    ['increase', '10〜20', '10', true],
    ['increase', '10〜20', '20', true],
    ['increase', '10〜20', '9', false],
    ['increase', '10〜20', '21', false],
    ['keep', '10', '10', true],
    ['keep', '10', '11', false],
    ['decrease', '10', '10', true],
    ['decrease', '10', '11', false],
    ['increase', '10', '11', true],
    ['increase', '10', '9', false],
  ] as const)('%s, aimed at %s, came to %s: %s', (direction, target, actual, reached) => {
    expect(isReached(direction, at(target), at(actual))).toBe(reached);
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
