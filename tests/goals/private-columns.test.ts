import { describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import {
  april,
  departmentIn,
  first,
  run,
  typeUnder,
  withoutDepartment,
  withoutHeaders,
  withoutResult,
} from '../support/april-and-may.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';

/** What 項目 says is not to be published, of the contract's columns and of the city's own. */

describe("the city's own columns", () => {
  /** The same sheet with columns that were public declared as private, and another row of 項目 for each. */
  const secret = (...names: readonly string[]): Tabs => ({
    ...richTabs,
    項目: richTabs.項目.map((row) => (names.includes(row[1] ?? '') ? row.with(4, 'しない') : row)),
  });
  const valuesOf = (published: Published) => {
    const { columns, goals } = departmentIn(published, 'somu') ?? { columns: {}, goals: [] };
    const [goal] = goals;
    return [columns, goal?.columns, goal?.indicators[0]?.columns];
  };
  const whole: readonly object[] = [
    { 予算: 1200 },
    { 計画: { text: 'https://example.jp/plan', url: 'https://example.jp/plan' } },
    { 割合: 85 },
  ];

  test('are left in a department that stays as it was', () => {
    expect(valuesOf(run(withoutResult(richTabs, 2)).published)).toEqual(whole);
  });

  test.each([
    { name: '予算', index: 0 },
    { name: '計画', index: 1 },
    { name: '割合', index: 2 },
  ])(
    '$name declared as private goes from a department that is held, and from one that is a draft',
    ({ name, index }) => {
      const expected = whole.with(index, {});
      for (const tabs of [withoutResult(secret(name), 2), typeUnder(secret(name), '部', 2, '公開', '下書き')]) {
        const { published } = run(tabs);
        expect(valuesOf(published)).toEqual(expected);
        expect(published.years[0]?.columns.map(({ key }) => key)).toEqual(
          ['予算', '計画', '割合'].filter((key) => key !== name),
        );
      }
    },
  );

  test("and is nobody's change that had to be approved anew: the others go out without it", () => {
    const { published, held, findings } = run(secret('予算'));
    expect(valuesOf(published)).toEqual(whole.with(0, {}));
    expect([held, findings]).toEqual([[], []]);
  });

  test('one that is new and blank is no change, for 決裁 neither', () => {
    const more = {
      ...richTabs,
      部: richTabs.部.map((row, index) => [...row, index === 0 ? '備考' : '']),
      目標: richTabs.目標.map((row, index) => [...row, index === 0 ? '進め方' : '']),
      指標: richTabs.指標.map((row, index) => [...row, index === 0 ? '備え' : '']),
      項目: [...richTabs.項目, ['部', '備考'], ['目標', '進め方'], ['指標', '備え']],
    };
    const { changes, held, published } = run(more);
    expect([changes, held]).toEqual([[], []]);
    expect(published.years[0]?.columns.map(({ key }) => key)).toEqual([
      '予算',
      '備考',
      '計画',
      '進め方',
      '割合',
      '備え',
    ]);
    expect(valuesOf(published)[0]).toEqual({ 予算: 1200, 備考: null });
    // Filled in, it is one.
    expect(run(typeUnder(more, '部', 4, '備考', '増えた言葉')).changes).toMatchObject([
      { departmentId: 'fukushi', details: [{ what: 'department', field: 'columns' }] },
    ]);
  });

  test('and from one whose rows are gone', () => {
    expect(valuesOf(run(withoutDepartment(secret('予算', '計画', '割合'), '総務部')).published)).toEqual([{}, {}, {}]);
  });

  test('that left the sheet are still explained while a department has something in them', () => {
    const without = {
      ...withoutHeaders(withoutHeaders(withoutHeaders(richTabs, '部', '予算'), '目標', '計画'), '指標', '割合'),
      項目: richTabs.項目.filter(([, name = '']) => !['予算', '計画', '割合'].includes(name)),
    };
    const keys = (tabs: Tabs) => run(tabs).published.years[0]?.columns.map(({ of, key }) => [of, key]);
    expect(keys(withoutResult(without, 2))).toEqual([
      ['department', '予算'],
      ['goal', '計画'],
      ['indicator', '割合'],
    ]);
    const approved = [2, 5, 6].reduce<Tabs>(
      (tabs, row) => typeUnder(tabs, '部', row, '決裁', `企第9${row}号`),
      without,
    );
    expect(keys(approved)).toEqual([]);
  });
});

describe('columns of the contract that 項目 makes private go from what stays as it was, too', () => {
  const rest = (header: string) => ({ ...richTabs, 項目: richTabs.項目.filter(([, name]) => name !== header) });
  const somu = departmentIn(first, 'somu');
  if (somu === undefined) throw new Error('総務部 is not published.');
  const [goal, other] = somu.goals;
  const [indicator] = goal?.indicators ?? [];
  const withGoal = (given: object) => ({ ...somu, goals: [{ ...goal, ...given }, other] });
  const withIndicator = (given: object) => withGoal({ indicators: [{ ...indicator, ...given }] });

  test.each([
    { tab: '部', header: '基本方針', left: { ...somu, policy: null } },
    { tab: '部', header: '部名（ふりがな）', left: { ...somu, nameKana: null } },
    { tab: '部', header: '部長名', left: { ...somu, directors: [] } },
    {
      tab: '部',
      header: '部長名（ふりがな）',
      left: { ...somu, directors: somu.directors.map((one) => ({ ...one, nameKana: null })) },
    },
    {
      tab: '部',
      header: '職名',
      left: { ...somu, directors: somu.directors.map((one) => ({ ...one, title: '総務部長' })) },
    },
    {
      tab: '目標',
      header: '担当',
      left: { ...withGoal({ section: null }), goals: somu.goals.map((one) => ({ ...one, section: null })) },
    },
    { tab: '目標', header: '説明', left: withGoal({ note: null }) },
    {
      tab: '目標',
      header: '中間報告',
      left: withGoal({ interim: { status: 'in-progress', statusLabel: '順調', report: null } }),
    },
    {
      tab: '目標',
      header: '中間の状況',
      left: {
        ...somu,
        goals: [
          { ...goal, interim: { status: 'unrated', statusLabel: null, report: '半分を終えました。' } },
          { ...other, interim: null },
        ],
      },
    },
    {
      tab: '目標',
      header: '達成状況',
      left: {
        ...somu,
        goals: somu.goals.map((one) => ({ ...one, status: 'unrated', statusLabel: null })),
        tally: { ...somu.tally, achieved: 0, missed: 0, unrated: 2 },
      },
    },
    { tab: '指標', header: '出典', left: withIndicator({ source: null }) },
    { tab: '指標', header: '中間値', left: withIndicator({ interim: null }) },
    { tab: '指標', header: '基準時点', left: withIndicator({ baseline: { value: 1, text: '1', at: null } }) },
  ])('$header of $tab', ({ tab, header, left }) => {
    const tabs = { ...rest(header), 項目: [...rest(header).項目, [tab, header, '', '', 'しない']] };
    for (const kept of [
      withoutResult(tabs, 2),
      typeUnder(tabs, '部', 2, '公開', '下書き'),
      withoutDepartment(tabs, '総務部'),
    ]) {
      expect(departmentIn(run(kept).published, 'somu')).toEqual(left);
    }
    // Nobody has to approve that something is said no more.
    expect(run(tabs)).toMatchObject({ held: [], findings: [] });
  });

  test.each(['単位', '目標値', '実績値'])('%s of 指標, of every indicator', (header) => {
    const tabs = typeUnder(
      { ...richTabs, 項目: [...richTabs.項目, ['指標', header, '', '', 'しない']] },
      '部',
      2,
      '公開',
      '下書き',
    );
    const indicators = departmentIn(run(tabs).published, 'somu')?.goals.flatMap((one) => one.indicators);
    const shown = somu.goals.flatMap((one) => one.indicators);
    expect(indicators).toEqual(
      shown.map((one) =>
        header === '単位'
          ? { ...one, unit: null }
          : { ...one, [header === '目標値' ? 'target' : 'actual']: null, reached: null },
      ),
    );
  });

  test.each(['達成状況', '中間の状況'])('%s: what changed before is not told from what to what any more', (header) => {
    const improved = typeUnder(typeUnder(richTabs, '目標', 3, '達成状況', 'よくできた'), '部', 2, '決裁', '企第9号');
    const before = run(improved).published;
    expect(JSON.stringify(before.changes)).toContain('できなかった');
    const hidden = { ...improved, 項目: [...richTabs.項目, ['目標', header, '', '', 'しない']] };
    const { published, changes } = run(hidden, before);
    for (const told of [published.changes, changes])
      expect(JSON.stringify(told)).not.toMatch(/できなかった|よくできた/u);
    expect(published.changes.flatMap(({ details }) => details)).toContainEqual({
      what: 'goal',
      goal: 2,
      field: 'status',
    });
  });

  test('顔写真 goes; in 中間 the word goes with the column that says it', () => {
    const portrait = { src: 'assets/portrait-0.jpg', width: 480, height: 640 };
    const year = first.years[0];
    if (year === undefined) throw new Error('Nothing was published.');
    const pictured: Published = {
      ...first,
      years: [
        {
          ...year,
          phase: 'interim',
          departments: year.departments.map((one) => ({
            ...one,
            department: {
              ...one.department,
              directors: one.department.directors.map((head) => ({ ...head, portrait })),
            },
          })),
        },
      ],
    };
    const more = { ...richTabs, 部: richTabs.部.map((row, index) => [...row, index === 0 ? '顔写真' : '']) };
    const draft = (header: string, tabs: Tabs = more) =>
      departmentIn(
        run(
          typeUnder(
            { ...tabs, 項目: [...richTabs.項目, [header === '顔写真' ? '部' : '目標', header, '', '', 'しない']] },
            '部',
            2,
            '公開',
            '下書き',
          ),
          pictured,
        ).published,
        'somu',
      );
    expect(draft('顔写真')?.directors.map((head) => head.portrait)).toEqual([null, null]);
    expect(draft('説明')?.directors.map((head) => head.portrait)).toEqual([portrait, portrait]);
    expect(draft('中間の状況')?.goals.map(({ status }) => status)).toEqual(['unrated', 'unrated']);
    expect(draft('達成状況')?.goals.map(({ status }) => status)).toEqual(['achieved', 'missed']);
    const alone = withoutHeaders(more, '目標', '中間の状況');
    expect(draft('達成状況', alone)?.goals.map(({ status, interim }) => [status, interim])).toEqual([
      ['unrated', { status: 'unrated', statusLabel: null, report: '半分を終えました。' }],
      ['unrated', null],
    ]);
  });
});

test('own columns of one header in two tabs are two; the one that is used is still explained', () => {
  const twice: Tabs = {
    ...richTabs,
    部: richTabs.部.map((row, index) => [...row, index === 0 ? '備考' : '部の備考']),
    目標: richTabs.目標.map((row, index) => [...row, index === 0 ? '備考' : '目標の備考']),
    項目: [...richTabs.項目, ['部', '備考', '', '', '', '部の備考欄'], ['目標', '備考', '', '', '', '目標の備考欄']],
  };
  const before = settleTabs(twice, null, april).published;
  // The column leaves 目標 alone, and 総務部 stays as it was.
  const left: Tabs = {
    ...twice,
    目標: richTabs.目標,
    項目: [...richTabs.項目, ['部', '備考', '', '', '', '部の備考欄']],
  };
  const labels = (tabs: Tabs) => run(tabs, before).published.years[0]?.columns.map(({ of, label }) => [of, label]);
  expect(labels(withoutResult(left, 2))?.filter(([, label]) => label?.includes('備考'))).toEqual([
    ['department', '部の備考欄'],
    ['goal', '目標の備考欄'],
  ]);
});
