import { describe, expect, test } from 'vitest';
import { readChoices } from '../../lib/goals/choices.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** 選択肢: the city's own words for 達成状況. */

const header = ['表示', '区分', '別表記', '説明', '下限'];
function read(...rows: readonly (readonly string[])[]) {
  const parsed = parseWorkbook(workbookOf({ ...soundTabs, 選択肢: [header, ...rows] })).rows;
  return readChoices(parsed?.choices ?? null, defaultScheme);
}

test('a row with everything, and one with nothing more than it needs', () => {
  expect(
    read(['よくできた', '達成', '良くできた、よく出来た,できた，済\n完了', '目標に届いた', '90%'], ['まだ', '未着手']),
  ).toEqual({
    words: [
      {
        label: 'よくできた',
        code: 'achieved',
        aliases: ['良くできた', 'よく出来た', 'できた', '済', '完了'],
        description: '目標に届いた',
        from: 90,
      },
      { label: 'まだ', code: 'not-started', aliases: [], description: null, from: null },
    ],
    findings: [],
  });
});

test.each([
  ['上回る', 'exceeded'],
  ['達成', 'achieved'],
  ['一部達成', 'partial'],
  ['未達成', 'missed'],
  ['進行中', 'in-progress'],
  ['未着手', 'not-started'],
  ['中止', 'cancelled'],
  ['評価不能', 'not-assessable'],
  [' 未 達 成 ', 'missed'],
])('%s is %s', (category, code) => {
  expect(read(['言葉', category]).words).toMatchObject([{ label: '言葉', code }]);
});

test('blanks between 、 are no words', () => {
  expect(read(['できた', '達成', '、 済 、、']).words[0]?.aliases).toEqual(['済']);
});

describe('下限', () => {
  test.each([
    ['70', 70],
    ['70%', 70],
    ['７０％', 70],
    ['70%以上', 70],
    ['70以上', 70],
    ['99.5', 99.5],
    ['99.55%', 99.55],
    ['0', 0],
    ['', null],
  ])('%s', (text, from) => {
    const { words, findings } = read(['できた', '達成', '', '', text]);
    expect([words[0]?.from, findings]).toEqual([from, []]);
  });

  test.each(['およそ70', '70くらい', '70.', '.5', '70.x', '-5', '70%以下', '70%%'])(
    '%s cannot be read: said at its cell',
    (text) => {
      const { words, findings } = read(['できた', '達成', '', '', text]);
      expect(words[0]?.from).toBeNull();
      expect(findings).toMatchObject([
        { code: 'bad-choice-from', tab: '選択肢', cell: 'E2', row: 2, column: '下限', value: text },
      ]);
    },
  );
});

describe('rows that cannot be used', () => {
  test('without a word, and with a category that there is not: each at its own cell', () => {
    const { words, findings } = read(['', '達成'], ['できた', ''], ['できた', 'よい'], ['済', '達成']);
    expect(words.map(({ label }) => label)).toEqual(['済']);
    expect(findings).toMatchObject([
      { code: 'bad-choice', tab: '選択肢', cell: 'A2', row: 2, column: '表示', value: null },
      { code: 'bad-choice', cell: 'B3', row: 3, column: '区分', value: null },
      { code: 'bad-choice', cell: 'B4', row: 4, column: '区分', value: 'よい' },
    ]);
    expect(`${findings[0]?.message}${findings[0]?.fix}`).toContain('評価不能');
  });

  test('a word twice: the first counts, and the second says where it is', () => {
    const { words, findings } = read(['できた', '達成'], ['で き た', '未達成'], ['できた', '達成']);
    expect(words).toMatchObject([{ label: 'できた', code: 'achieved' }]);
    expect(findings).toMatchObject([
      { code: 'repeated-choice', cell: 'A3', column: '表示' },
      { code: 'repeated-choice', cell: 'A4', column: '表示' },
    ]);
    expect(findings[0]?.message).toContain('A2');
  });

  test('another word for it that is a word of another category already', () => {
    const { findings } = read(
      ['できた', '達成', '済'],
      ['未完', '未達成', '済、できた、まだ'],
      ['半ば', '一部達成', 'まだ'],
    );
    expect(findings).toMatchObject([
      { code: 'alias-of-another', cell: 'C3', column: '別表記' },
      { code: 'alias-of-another', cell: 'C3', column: '別表記' },
      { code: 'alias-of-another', cell: 'C4', column: '別表記' },
    ]);
    expect(findings.map(({ message, fix }) => /A\d/u.exec(`${message}${fix}`)?.[0])).toEqual(['A2', 'A2', 'A3']);
    // Of the same category it makes no difference.
    expect(read(['できた', '達成', '済'], ['完了', '達成', '済']).findings).toEqual([]);
  });
});

test('a city without the tab has no words of its own', () => {
  expect(readChoices(null, defaultScheme)).toEqual({ words: [], findings: [] });
});
