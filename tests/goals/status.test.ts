import { describe, expect, test } from 'vitest';
import type { StatusWord } from '../../lib/goals/cells/status.ts';
import { readStatus, statusVocabulary } from '../../lib/goals/cells/status.ts';

const plain = statusVocabulary([]);
const own: readonly StatusWord[] = [
  { label: '計画以上', code: 'achieved', aliases: ['◎', 'Ａ'], description: null, from: null },
  { label: '計画どおり', code: 'achieved', aliases: [], description: null, from: null },
  { label: '計画未満', code: 'partial', aliases: [' ', '△'], description: null, from: null },
  { label: '達成', code: 'partial', aliases: [], description: null, from: null },
  { label: '評価不能', code: 'missed', aliases: ['計画 どおり'], description: null, from: null },
];
const city = statusVocabulary(own);

describe('the vocabulary', () => {
  test('is that of the contract where the city has no words', () => {
    expect(plain.words.map(({ label, code }) => `${label} ${code}`)).toEqual([
      '達成 achieved',
      '一部達成 partial',
      '未達成 missed',
      '進行中 in-progress',
    ]);
    expect(plain.lengths).toEqual([4, 3, 2]);
  });

  test('offers the city’s own words where it has some, and still knows the others', () => {
    expect(city.words).toEqual(own);
    expect([...city.byKey].map(([key, { label }]) => `${key} ${label}`)).toEqual([
      '計画以上 計画以上',
      '計画どおり 計画どおり',
      '計画未満 計画未満',
      '達成 達成',
      '評価不能 評価不能',
      '◎ 計画以上',
      'a 計画以上',
      '△ 計画未満',
      '上回る 上回る',
      '一部達成 一部達成',
      '未達成 未達成',
      '進行中 進行中',
      '未着手 未着手',
      '中止 中止',
    ]);
    expect(city.lengths).toEqual([5, 4, 3, 2, 1]);
  });

  test.each([
    [0, 1],
    [1, 0],
  ])('a word goes before another word’s alias, in any order (%i, %i)', (...order) => {
    const words = [
      { label: '完了', code: 'achieved', aliases: ['済'], description: null, from: null },
      { label: '済', code: 'missed', aliases: [], description: null, from: null },
    ] as const;
    const vocabulary = statusVocabulary(order.flatMap((index) => words[index] ?? []));
    expect(readStatus('済', vocabulary)).toMatchObject({ code: 'missed', label: '済' });
  });
});

describe('a status', () => {
  test.each([
    ['達成', 'achieved', '達成', null],
    [' 達 成 ', 'achieved', '達成', null],
    ['一部達成', 'partial', '一部達成', null],
    ['未達成', 'missed', '未達成', null],
    ['進行中', 'in-progress', '進行中', null],
    ['着手 達成', 'achieved', '着手 達成', '達成'],
    ['達成!', 'achieved', '達成！', '達成'],
    ['達成（４月に達成）', 'achieved', '達成（4月に達成）', '達成'],
    ['ほぼ一部 達成です', 'partial', 'ほぼ一部 達成です', '一部達成'],
    ['全て進行中', 'in-progress', '全て進行中', '進行中'],
  ])('%s is %s, shown as %s', (text, code, label, within) => {
    expect(readStatus(text, plain)).toEqual({ kind: 'known', code, label, within });
  });

  test.each([
    ['ａ', 'achieved', '計画以上', null],
    ['計画どおり', 'achieved', '計画どおり', null],
    ['達成', 'partial', '達成', null],
    ['◎（早期）', 'achieved', '◎（早期）', '◎'],
    ['未達成', 'missed', '未達成', null],
  ])('with the city’s own words %s is %s, shown as %s', (text, code, label, within) => {
    expect(readStatus(text, city)).toEqual({ kind: 'known', code, label, within });
  });

  test.each(['順調', '済', '-', '達', '中'])('%s is unknown', (text) => {
    expect(readStatus(text, plain)).toEqual({ kind: 'unknown' });
  });

  test.each([
    ['達成・進行中', ['達成', '進行中']],
    ['未達成 一部達成', ['未達成', '一部達成']],
    ['進行中達成進行中', ['進行中', '達成']],
  ])('%s is several', (text, labels) => {
    expect(readStatus(text, plain)).toEqual({ kind: 'several', labels });
  });

  test('an alias and its word are one', () => {
    expect(readStatus('◎ 計画以上', city)).toMatchObject({ kind: 'known', code: 'achieved', within: '◎' });
  });
});
