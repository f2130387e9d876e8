import { describe, expect, test } from 'vitest';
import { standingsAfter } from '../../lib/goals/settle/settle.ts';
import { april, first, may, run, typeUnder, withoutHeaders } from '../support/april-and-may.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';

/** Years beside each other. */

describe('years beside each other', () => {
  const next = (tabs: Tabs = richTabs): Tabs => ({
    ...tabs,
    設定: [
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', '令和7年度'],
      ['段階', '目標'],
      ['題名', '令和7年度 湊野の約束'],
      ['紹介', '新しい年度の約束です。'],
    ],
  });
  const typed = (tabs: Tabs, year: string): Tabs => ({
    ...tabs,
    部: (tabs['部'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : year]),
    目標: (tabs['目標'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : year]),
    指標: (tabs['指標'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : year]),
    評価: (tabs['評価'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : year]),
  });

  test('the rows of last year, left as they were under the new 年度, are not published as new promises', () => {
    const { findings, published, held } = run(next());
    expect(findings).toMatchObject([{ code: 'same-as-last-year', tab: '部', cell: 'A2', department: '総務部' }]);
    expect(findings[0]?.message).toContain('令和7年度');
    expect(findings[0]?.message).toContain('令和6年度');
    expect(held).toHaveLength(4);
    expect(published.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2024]);
  });

  test.each([
    ['the row says its year itself', typed(next(), '令和7年度')],
    [
      'a goal is another',
      [2, 3, 4, 5, 6].reduce<Tabs>((tabs, row) => typeUnder(tabs, '目標', row, '目標', `新しい目標${row}`), next()),
    ],
  ])('but they are where %s', (_, tabs) => {
    const { findings, publishedIds } = run(tabs);
    expect(findings).toEqual([]);
    expect(publishedIds).toHaveLength(4);
  });

  test("a draft of them is nobody's mistake; the others are still held", () => {
    const { held, findings } = run(typeUnder(next(), '部', 2, '公開', '下書き'));
    expect(held.map(({ department }) => department)).toEqual(['福祉部', '教育部', '土木部']);
    expect(findings).toMatchObject([{ code: 'same-as-last-year', department: '福祉部' }]);
  });

  test('what is on the site with that content already, stays', () => {
    const out = run(typed(next(), '令和7年度')).published;
    expect(run(next(), out)).toMatchObject({ held: [], findings: [] });
  });

  test('both years in one sheet: the same goals under each', () => {
    const both: Tabs = {
      ...next(),
      部: [
        [...(richTabs.部[0] ?? []), '年度'],
        ...richTabs.部.slice(1).map((row) => [...row, '令和6年度']),
        ...richTabs.部.slice(1).map((row) => [...row, '']),
      ],
      目標: [
        [...(richTabs.目標[0] ?? []), '年度'],
        ...richTabs.目標.slice(1).map((row) => [...row, '令和6年度']),
        ...richTabs.目標.slice(1).map((row) => [...row, '令和7年度']),
      ],
      指標: typed(richTabs, '令和6年度')['指標'] ?? [],
      評価: typed(richTabs, '令和6年度')['評価'] ?? [],
    };
    const { findings } = settleTabs(both, null, may);
    expect(findings.map(({ code, cell }) => [code, cell])).toEqual([['same-as-last-year', 'A7']]);
  });

  test('an earlier year keeps the title and the introduction under which its results are known', () => {
    const { published } = run(typed(next(), '令和6年度'));
    expect(published.years[0]).toMatchObject({
      fiscalYear: 2024,
      title: '令和6年度 湊野の約束',
      introduction: '各部の約束をまとめました。',
    });
    const alone = settleTabs(typed(next(), '令和6年度'), null, may).published;
    expect(alone.years[0]).toMatchObject({ title: '令和6年度 部長目標 結果', introduction: null });
    const current = run(typed(next(), '令和7年度')).published;
    expect(current.years[0]).toMatchObject({
      title: '令和7年度 湊野の約束',
      introduction: '新しい年度の約束です。',
      phase: 'plan',
    });
  });

  test.each([
    ['目標', '令和6年度 部長目標'],
    ['中間', '令和6年度 部長目標 中間報告'],
    ['結果', '令和6年度 部長目標 結果'],
  ])('without 題名 in %s the title is %s', (phase, title) => {
    const tabs = { ...richTabs, 設定: richTabs.設定.filter(([item]) => item !== '題名') };
    const settings = tabs.設定.map(([item = '', value = '']) => [item, item === '段階' ? phase : value]);
    const goals = typeUnder(
      typeUnder(typeUnder(richTabs, '目標', 4, '中間の状況', '順調'), '目標', 5, '中間の状況', '順調'),
      '目標',
      6,
      '中間の状況',
      '順調',
    );
    expect(
      settleTabs({ ...tabs, 目標: goals['目標'] ?? [], 設定: settings }, null, may).published.years[0]?.title,
    ).toBe(title);
  });

  test('results that were a plan before have a title of their own', () => {
    const plan = { ...richTabs, 設定: richTabs.設定.map((row) => (row[0] === '段階' ? ['段階', '目標'] : row)) };
    const before = settleTabs(plan, null, april).published;
    expect(before.years[0]).toMatchObject({ phase: 'plan', title: '令和6年度 湊野の約束' });
    // Without 決裁: results that nobody approved would wait.
    const results = withoutHeaders(typed(next(), '令和6年度'), '部', '決裁');
    expect(run(results, before).published.years[0]?.title).toBe('令和6年度 部長目標 結果');
  });
});

test('years stand newest first, those that left the sheet among them; the history is that of the sheet', () => {
  const [year] = first.years;
  if (year === undefined) throw new Error('Nothing was published.');
  const years = [2023, 2026, 2022].map((fiscalYear) => ({ ...year, fiscalYear }));
  const { published } = run(richTabs, { ...first, years: [...years, year], history: [] });
  expect(published.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2026, 2024, 2023, 2022]);
  expect(published.history).toEqual([{ fiscalYear: 2024, from: '建設部', to: '土木部' }]);
  const standings = standingsAfter(
    run(typeUnder(richTabs, '部', 4, '基本方針', '急ぎ'), { ...first, years: [...years, year] }),
  );
  expect(standings.find(({ id }) => id === 'fukushi')?.showing).toBe('2025-05-01');
});
