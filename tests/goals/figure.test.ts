import { describe, expect, test } from 'vitest';
import { readDay } from '../../lib/goals/cells/day.ts';
import { isReached, readFigure } from '../../lib/goals/cells/figure.ts';
import { isVacant, standsIn } from '../../lib/goals/cells/people.ts';

describe('numbers as people type them', () => {
  test.each([
    ['1,234', 1234, null],
    ['１２．５', 12.5, null],
    ['74,911千円', 74_911, '千円'],
    ['約600', 600, null],
    ['▲3.2', -3.2, null],
    ['△１，２００', -1200, null],
    ['-5', -5, null],
    ['45人', 45, '人'],
    ['600g', 600, 'g'],
    ['85%', 85, '%'],
    ['８５％', 85, '%'],
    ['12（新規）', 12, null],
    ['0', 0, null],
  ])('%s is %d and its unit %s', (text, value, unit) => {
    expect(readFigure(text)).toEqual({ value, unit, bounds: null });
  });

  test.each(['', ' ', '－', '—', 'なし', '（新規）'])('%j is no value', (text) => {
    expect(readFigure(text)).toBe('none');
  });

  test.each(['多数', '1,23', '12-1', '2024/4/1', '1万2千人', '3割'])(
    '%s is not read, or not as a bare number',
    (text) => {
      const figure = readFigure(text);
      expect(figure === null || (figure !== 'none' && figure.unit !== null)).toBe(true);
    },
  );

  test.each([
    ['600以下', { least: null, most: 600 }],
    ['60人以上', { least: 60, most: null }],
    ['90～100', { least: 90, most: 100 }],
    ['90%〜100%', { least: 90, most: 100 }],
  ])('a target of %s has bounds', (text, bounds) => {
    expect(readFigure(text)).toMatchObject({ bounds });
  });
});

describe('whether a target is reached', () => {
  const figure = (text: string) => {
    const read = readFigure(text);
    return read === 'none' ? null : read;
  };
  test.each([
    ['increase', '100', '100', true],
    ['increase', '100', '99', false],
    ['decrease', '8', '7.5', true],
    ['decrease', '8', '8.1', false],
    ['keep', '12', '12', true],
    ['keep', '12', '13', false],
    ['increase', '600以下', '590', true],
    ['increase', '90～100', '101', false],
    ['increase', '100', '－', null],
    ['increase', '', '5', null],
  ] as const)('%s to %s with %s: %s', (direction, target, actual, expected) => {
    expect(isReached(direction, figure(target), figure(actual))).toBe(expected);
  });
});

test.each([
  ['令和7年4月1日', '2025-04-01'],
  ['R7.4.1', '2025-04-01'],
  ['2025/4/20', '2025-04-20'],
  ['2025-04-20', '2025-04-20'],
  ['令和元年5月1日（水）', '2019-05-01'],
  ['2025年2月30日', null],
  ['4月1日', null],
  ['春ごろ', null],
])('the day %s is %s', (text, expected) => {
  expect(readDay(text)).toBe(expected);
});

test.each([
  ['（欠員）', true, false],
  ['空席', true, false],
  ['未定', true, false],
  ['副町長 榎並 透（事務取扱）', false, true],
  ['立花 千景（兼務）', false, true],
  ['沢田 実', false, false],
])('%s: a vacancy %s, standing in %s', (name, vacant, stands) => {
  expect([isVacant(name), standsIn(name)]).toEqual([vacant, stands]);
});

describe('figures of every kind', () => {
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
