import { describe, expect, test } from 'vitest';
import { readHistory } from '../../lib/goals/join/history.ts';
import { clashingIds, resolveIds } from '../../lib/goals/join/resolve-ids.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { joinedOf } from '../support/settled.ts';
import { soundTabs, type Tabs, workbookOf } from '../support/workbook.ts';

/** 組織の変遷, and the addresses of departments through the years. */

const now = new Date('2025-04-01T01:00:00Z');

/** Rows of 部 as `name/year/URL名`, each part but the first may be left out; rows of 組織の変遷 as `year/old/new`. */
function tabsOf(departments: readonly string[], history: readonly string[] = []): Tabs {
  const parts = (line: string) => line.split('/');
  return {
    設定: soundTabs.設定,
    部: [
      ['部名', '年度', 'URL名'],
      ...departments.map((line) => {
        const [name = '', year = '', urlName = ''] = parts(line);
        return [name, year, urlName];
      }),
    ],
    目標: [
      ['部名', '目標', '年度'],
      ...departments.map((line) => [parts(line)[0] ?? '', '目標', parts(line)[1] ?? '']),
    ],
    ...(history.length === 0 ? {} : { 組織の変遷: [['年度', '旧', '新'], ...history.map(parts)] }),
  };
}

function idsOf(departments: readonly string[], history: readonly string[] = []) {
  const sheet = joinedOf(tabsOf(departments, history), now);
  const ids = resolveIds(sheet.departments, sheet.history);
  return sheet.departments.map((entry) => ids.get(entry) ?? null);
}

describe('addresses', () => {
  test('are URL名 where there is one, and made from the name where not', () => {
    const [typed, made] = idsOf(['総務部//somu', '福祉部']);
    expect(typed).toBe('somu');
    expect(made).toMatch(/^bu-[0-9a-f]{10}$/u);
    expect(idsOf(['福祉部', '教育部'])).toEqual([made, expect.not.stringMatching(made ?? '')]);
  });

  test('are the same in every year: URL名 is typed in one of them', () => {
    expect(idsOf(['総務部/R5', '総務部/R6/somu'])).toEqual(['somu', 'somu']);
    expect(idsOf(['総務部/R5/soumu', '総務部/R6/somu', '総務部/R7'])).toEqual(['soumu', 'somu', 'soumu']);
    const [first, second] = idsOf(['総務部/R5', '総務部/R6']);
    expect(first).toBe(second);
  });

  test('cannot be told where URL名 is wrong or broken', () => {
    expect(idsOf(['総務部//総務', '福祉部//#REF!', '教育部//kyoiku'])).toEqual([null, null, 'kyoiku']);
  });

  test('of a row without a name there are none, but where it types one', () => {
    const tabs = {
      ...tabsOf(['総務部', '福祉部']),
      部: [
        ['部名', 'URL名', '部長名'],
        ['', '', '沢田 実'],
        ['', 'fuku', '森 花'],
      ],
      目標: [
        ['部名', '目標'],
        ['', '目標'],
      ],
    };
    const sheet = joinedOf(tabs, now);
    const ids = resolveIds(sheet.departments, []);
    expect(sheet.departments.map((entry) => ids.get(entry) ?? null)).toEqual([null, 'fuku']);
  });

  describe('go on through a renaming', () => {
    const old = idsOf(['企画部/R5'])[0];

    test.each([
      ['of one', ['総合政策部/R6'], ['R6/企画部/総合政策部']],
      ['of one that was renamed again', ['みらい部/R7'], ['R6/企画部/総合政策部', 'R7/総合政策部/みらい部']],
      ['whatever the order of the rows', ['みらい部/R7'], ['R7/総合政策部/みらい部', 'R6/企画部/総合政策部']],
      ['and the spaces between letters', ['みらい部/R7'], ['R6/企画部/総合政策部', 'R7/総合 政策部/みらい 部']],
    ])('%s', (_, departments, history) => {
      expect(idsOf(departments, history)).toEqual([old]);
    });

    test('with the URL名 of its old name', () => {
      expect(idsOf(['企画部/R5/kikaku', '総合政策部/R6'], ['R6/企画部/総合政策部'])).toEqual(['kikaku', 'kikaku']);
    });

    test.each([
      ['what was merged is new', ['総合政策部/R6'], ['R6/企画部/総合政策部', 'R6/財政部/総合政策部']],
      ['what was split off is new', ['総合政策部/R6'], ['R6/企画部/総合政策部', 'R6/企画部/財政部']],
      ['what became another is not it', ['総合政策部/R6'], ['R6/企画部/財政部']],
    ])('but not otherwise: %s', (_, departments, history) => {
      expect(idsOf(departments, history)).toEqual(idsOf(departments));
      expect(idsOf(departments, history)).not.toEqual([old]);
    });

    test('names that lead in a circle end somewhere', () => {
      const history = ['R6/企画部/総合政策部', 'R7/総合政策部/企画部'];
      expect(idsOf(['企画部/R5'], history)[0]).toMatch(/^bu-/u);
      expect(idsOf(['総合政策部/R6'], history)[0]).toMatch(/^bu-/u);
    });
  });

  test('that two departments of one year want are nobody’s; in two years there is no clash', () => {
    expect(idsOf(['総務部//a', '福祉部//a', '教育部//a', '土木部//b'])).toEqual([null, null, null, 'b']);
    expect(idsOf(['総務部/R5/a', '福祉部/R6/a'])).toEqual(['a', 'a']);
    // Two rows of one department are another matter.
    expect(idsOf(['総務部//a', '総務部//a'])).toEqual(['a', 'a']);
    const { departments } = joinedOf(tabsOf(['総務部//a', '福祉部//a', '教育部//a']), now);
    expect(clashingIds(departments, []).map(({ entry, other }) => [entry.name, other.name])).toEqual([
      ['総務部', '福祉部'],
      ['福祉部', '総務部'],
      ['教育部', '総務部'],
    ]);
  });
});

describe('組織の変遷', () => {
  function read(...rows: readonly (readonly string[])[]) {
    const tabs = { ...soundTabs, 組織の変遷: [['年度', '旧', '新'], ...rows] };
    const { history, findings } = readHistory(parseWorkbook(workbookOf(tabs)).rows?.history ?? null, defaultScheme);
    return {
      history,
      findings: findings.map(({ code, tab, cell, row, column, value }) => [code, tab, cell, row, column, value]),
    };
  }

  test('rows that can be read, names as they are shown', () => {
    expect(read(['令和6年度', ' 企画部 ', '総合政策部'], ['2025', '財政部', '経営部'])).toEqual({
      history: [
        { fiscalYear: 2024, from: '企画部', to: '総合政策部' },
        { fiscalYear: 2025, from: '財政部', to: '経営部' },
      ],
      findings: [],
    });
  });

  test.each([
    [['いつか', '企画部', '総合政策部'], 'A2', '年度', 'いつか'],
    [['', '企画部', '総合政策部'], 'A2', '年度', null],
    [['令和6年度', '', '総合政策部'], 'B2', '旧', null],
    [['令和6年度', '企画部', ''], 'C2', '新', null],
    [['令和6年度', '企画部', '#REF!'], 'C2', '新', '#REF!'],
  ])('%j is left out, and said at its cell', (row, cell, column, value) => {
    expect(read(row, ['令和6年度', '財政部', '経営部'])).toEqual({
      history: [{ fiscalYear: 2024, from: '財政部', to: '経営部' }],
      findings: [['unusable-history', '組織の変遷', cell, 2, column, value]],
    });
  });

  test('a city without the tab has none', () => {
    expect(readHistory(null, defaultScheme)).toEqual({ history: [], findings: [] });
  });
});
