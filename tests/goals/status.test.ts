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

describe('percentages', () => {
  const step = (label: string, code: StatusWord['code'], from: number | null): StatusWord => {
    return { label, code, aliases: [], description: null, from };
  };
  // Not in the order of what they begin at.
  const stepped = statusVocabulary([
    step('半ば', 'partial', 50),
    step('届いた', 'achieved', 90),
    step('届かず', 'missed', 0),
    step('途中', 'in-progress', null),
  ]);

  test.each([
    ['100%', 'achieved'],
    ['90%', 'achieved'],
    ['89.95%', 'partial'],
    ['約85％', 'partial'],
    ['50%', 'partial'],
    ['5%', 'missed'],
    ['85%（見込み）', 'partial'],
    [' 85 % ', 'partial'],
  ])('%s is the word with the highest 下限 that it reaches', (text, code) => {
    expect(readStatus(text, stepped)).toEqual({
      kind: 'known',
      code,
      label: text.trim().replace('％', '％'),
      within: null,
    });
  });

  test('below all of them it is the lowest', () => {
    const high = statusVocabulary([step('届いた', 'achieved', 90), step('半ば', 'partial', 50)]);
    expect(readStatus('3%', high)).toMatchObject({ kind: 'known', code: 'partial' });
  });

  test('without a word for it nobody knows what it means; with one beside it the word counts', () => {
    expect(readStatus('85%', plain)).toEqual({ kind: 'percentage' });
    expect(readStatus('達成率85%', plain)).toMatchObject({ kind: 'known', code: 'achieved', within: '達成' });
    expect(readStatus('85%超', plain)).toEqual({ kind: 'unknown' });
    expect(statusVocabulary([]).hasOwn).toBe(false);
    expect(stepped.hasOwn).toBe(true);
  });
});

test.each([
  ['達成（一部は未達成）', 'achieved'],
  ['達成〔未達成の項目あり〕', 'achieved'],
  ['達成［未達成の項目あり］', 'achieved'],
  ['達成【未達成の項目あり】', 'achieved'],
  ['達成＜未達成の項目あり＞', 'achieved'],
  ['済（達成）', 'achieved'],
  ['済【未達成】', 'missed'],
])('what stands in brackets is asked only where nothing outside is known: %s', (text, code) => {
  expect(readStatus(text, plain)).toMatchObject({ kind: 'known', code });
});

describe('letters that a city rates by', () => {
  const letters = statusVocabulary([
    { label: 'A', code: 'achieved', aliases: [], description: null, from: null },
    { label: 'B1', code: 'partial', aliases: [], description: null, from: null },
  ]);

  test.each([
    ['A', 'achieved'],
    ['Ａ評価', 'achieved'],
    ['評価A', 'achieved'],
    ['評価B1です', 'partial'],
    ['B1', 'partial'],
  ])('%s', (text, code) => {
    expect(readStatus(text, letters)).toMatchObject({ kind: 'known', code });
  });

  test.each(['PTA', 'AI', 'PTA総会', 'AIの活用', 'B12', 'CB1'])('%s is a word that holds one', (text) => {
    expect(readStatus(text, letters)).toEqual({ kind: 'unknown' });
  });
});
