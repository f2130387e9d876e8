import { describe, expect, test } from 'vitest';
import type { KeptDepartment, Published } from '../../lib/goals/model/published.ts';
import { keptChanges } from '../../lib/goals/model/published.ts';
import { settleAll, standingsAfter } from '../../lib/goals/settle/settle.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs, sheetOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { withCell } from '../support/workbook.ts';

/** What stays of what was published before, and what is said of it. */

const april = new Date('2025-04-01T01:00:00Z');
const may = new Date('2025-05-01T01:00:00Z');
const first = settleTabs(richTabs, null, april).published;
const run = (tabs: Tabs, before: Published | null = first) => settleTabs(tabs, before, may);

/** The tabs with the cell of a row changed in the column of that header; rows count from 1, as on the sheet. */
function type(tabs: Tabs, tab: string, row: number, header: string, text: string): Tabs {
  const column = tabs[tab]?.[0]?.indexOf(header) ?? -1;
  if (column < 0) throw new RangeError(`There is no ${header} in ${tab}.`);
  return withCell(tabs, tab, row - 1, column, text);
}
function withoutHeader(tabs: Tabs, tab: string, ...headers: readonly string[]): Tabs {
  const rows = tabs[tab] ?? [];
  const gone = headers.map((header) => rows[0]?.indexOf(header) ?? -1);
  return { ...tabs, [tab]: rows.map((row) => row.filter((_, column) => !gone.includes(column))) };
}
const withoutTab = (tabs: Tabs, tab: string): Tabs =>
  Object.fromEntries(Object.entries(tabs).filter(([name]) => name !== tab));
/** The tabs without the rows of a department, wherever they are. */
const withoutDepartment = (tabs: Tabs, department: string): Tabs =>
  Object.fromEntries(
    Object.entries(tabs).map(([tab, rows]) => [
      tab,
      ['設定', '項目', '選択肢', '組織の変遷'].includes(tab) ? rows : rows.filter(([name]) => name !== department),
    ]),
  );
const departmentIn = ({ years }: Published, id: string): KeptDepartment | undefined =>
  years[0]?.departments.find(({ department }) => department.id === id)?.department;
/** An error in the row of 教育部 that has nothing to do with what the test is about. */
const held = (tabs: Tabs, row = 5) => type(tabs, '目標', row, '達成状況', '');

describe('決裁', () => {
  const changed = type(richTabs, '部', 2, '基本方針', '改めた方針');

  test('the content changed and the cell did not: it stays as it was, and the cell of 決裁 says why', () => {
    const { published, findings, held, standings } = run(changed);
    expect(departmentIn(published, 'somu')?.policy).toBe('方針の一');
    expect(findings).toMatchObject([
      {
        code: 'changed-after-approval',
        tab: '部',
        cell: 'J2',
        row: 2,
        column: '決裁',
        department: '総務部',
        value: null,
      },
    ]);
    expect(held).toEqual([
      {
        id: 'somu',
        department: '総務部',
        fiscalYear: 2024,
        reason: `部シートのJ2：${findings[0]?.message}`,
        showing: '2025-04-01',
      },
    ]);
    expect(standings[0]).toEqual({
      id: 'somu',
      department: '総務部',
      fiscalYear: 2024,
      standing: 'held',
      showing: '2025-04-01',
    });
  });

  test('approved anew, the change is out, with its approval', () => {
    const { published, changes, findings } = run(type(changed, '部', 2, '決裁', '令和7年4月30日'));
    expect(departmentIn(published, 'somu')).toMatchObject({ policy: '改めた方針', updated: '2025-05-01' });
    expect(changes).toMatchObject([{ departmentId: 'somu', kind: 'updated', approvedBy: '令和7年4月30日' }]);
    expect(findings).toEqual([]);
  });

  test('a new approval of the same content is no change', () => {
    const { published, changes } = run(type(richTabs, '部', 2, '決裁', '令和7年4月30日'));
    expect(changes).toEqual([]);
    expect(departmentIn(published, 'somu')?.updated).toBe('2025-04-01');
    expect(published.years[0]?.departments.map(({ approvedBy }) => approvedBy)).toContain('令和7年4月30日');
  });

  test('urgent goes out, however often it changes', () => {
    const once = run(type(richTabs, '部', 4, '基本方針', '急ぎの方針'));
    expect(once.changes).toMatchObject([{ departmentId: 'fukushi', approvedBy: '緊急' }]);
    expect(once.held).toEqual([]);
  });

  test('blank waits: what was published stays, nobody is held, and the change is not said', () => {
    const waiting = run(type(changed, '部', 2, '決裁', ''));
    expect(departmentIn(waiting.published, 'somu')?.policy).toBe('方針の一');
    expect(waiting).toMatchObject({ held: [], changes: [], findings: [] });
    expect(waiting.standings.map(({ standing }) => standing)).toEqual([
      'awaiting-approval',
      'published',
      'published',
      'published',
    ]);
  });

  test('an error and a change after the approval: only the error is said', () => {
    const { held, findings } = run(type(changed, '目標', 2, '達成状況', ''));
    expect(findings).toEqual([]);
    expect(held[0]?.reason).toContain('目標シートのI2');
  });

  test('the column gone, everything goes out again, without an approval', () => {
    const { changes, published } = run(withoutHeader(changed, '部', '決裁'));
    expect(changes).toMatchObject([{ departmentId: 'somu', approvedBy: null }]);
    expect(published.years[0]?.departments.map(({ approvedBy }) => approvedBy)).toEqual([null, null, null, null]);
  });
});

describe('準備中の数', () => {
  const waitingOf = (tabs: Tabs, before: Published | null) => run(tabs, before).published.years[0]?.unlisted;

  test('counts what was never published: drafts, what waits, what is held', () => {
    const draft = type(richTabs, '部', 2, '公開', '下書き');
    expect(waitingOf(draft, null)).toBe(1);
    const waiting = type(draft, '部', 4, '決裁', '');
    expect(waitingOf(waiting, null)).toBe(2);
    expect(waitingOf(held(waiting), null)).toBe(3);
  });

  test('and not what is on the site already, nor where 設定 does not ask for it', () => {
    const draft = type(richTabs, '部', 2, '公開', '下書き');
    expect(waitingOf(draft, first)).toBe(0);
    expect(waitingOf({ ...draft, 設定: richTabs.設定.filter(([item]) => item !== '準備中の数') }, null)).toBe(0);
  });
});

describe('the middle of the year is kept where its columns have left the sheet', () => {
  const interimOf = ({ published }: { published: Published }, goal = 0) =>
    departmentIn(published, 'somu')?.goals[goal]?.interim;
  const whole = { status: 'in-progress', statusLabel: '順調', report: '半分を終えました。' };

  test.each([
    { gone: ['中間の状況', '中間報告'], kept: whole },
    { gone: ['中間の状況'], kept: whole },
    { gone: ['中間報告'], kept: whole },
  ])('$gone', ({ gone, kept }) => {
    const again = run(withoutHeader(richTabs, '目標', ...gone));
    expect(interimOf(again)).toEqual(kept);
    expect(interimOf(again, 1)).toEqual({ status: 'partial', statusLabel: '遅れ', report: null });
    expect(again.changes).toEqual([]);
  });

  test('what the column that is there says anew, counts; what it says no more, is gone', () => {
    const withoutReport = withoutHeader(richTabs, '目標', '中間報告');
    const anew = type(type(withoutReport, '目標', 2, '中間の状況', '遅れ'), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(anew))).toEqual({ status: 'partial', statusLabel: '遅れ', report: '半分を終えました。' });
    const emptied = type(type(withoutReport, '目標', 2, '中間の状況', ''), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(emptied))).toEqual({ status: 'unrated', statusLabel: null, report: '半分を終えました。' });
    const withoutStatus = withoutHeader(richTabs, '目標', '中間の状況');
    const silent = type(type(withoutStatus, '目標', 2, '中間報告', ''), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(silent))).toEqual({ status: 'in-progress', statusLabel: '順調', report: null });
    const reported = type(type(withoutStatus, '目標', 2, '中間報告', '書き直し'), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(reported))).toEqual({ status: 'in-progress', statusLabel: '順調', report: '書き直し' });
  });

  test('with both columns there, what was emptied is gone', () => {
    const emptied = type(type(richTabs, '目標', 2, '中間の状況', ''), '目標', 2, '中間報告', '');
    expect(interimOf(run(type(emptied, '部', 2, '決裁', '企第9号')))).toBeNull();
    const onlyWord = type(withoutHeader(richTabs, '目標', '中間報告'), '目標', 3, '中間の状況', '');
    expect(interimOf(run(type(onlyWord, '部', 2, '決裁', '企第9号')), 1)).toBeNull();
  });

  test('a goal that is new has none', () => {
    const more = {
      ...richTabs,
      目標: [
        ...richTabs.目標.slice(0, 3),
        ['総務部', '3', '', '増えた目標', '', '', '', '', '順調', '', '', '', ''],
        ...richTabs.目標.slice(3),
      ],
    };
    const again = run(type(withoutHeader(more, '目標', '中間の状況', '中間報告'), '部', 2, '決裁', '企第9号'));
    expect(interimOf(again, 2)).toBeNull();
    expect(interimOf(again)).toEqual(whole);
  });

  test('figures of the middle of the year too, by the name of the indicator; also where the tab is gone but its goals are not', () => {
    const figuresOf = ({ published }: { published: Published }) =>
      departmentIn(published, 'somu')?.goals.flatMap(({ indicators }) => indicators.map(({ interim }) => interim));
    expect(figuresOf(run(withoutHeader(richTabs, '指標', '中間値', '中間時点')))).toEqual([
      { value: 2, text: '2', at: '9月末' },
      null,
    ]);
    const renamed = type(withoutHeader(richTabs, '指標', '中間値', '中間時点'), '指標', 2, '指標名', '窓口の数え方');
    expect(figuresOf(run(type(renamed, '部', 2, '決裁', '企第9号')))).toEqual([null, null]);
    const emptied = type(type(richTabs, '指標', 2, '中間値', ''), '部', 2, '決裁', '企第9号');
    expect(figuresOf(run(emptied))).toEqual([null, null]);
  });
});

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
    expect(valuesOf(run(held(richTabs, 2)).published)).toEqual(whole);
  });

  test.each([
    { name: '予算', index: 0 },
    { name: '計画', index: 1 },
    { name: '割合', index: 2 },
  ])(
    '$name declared as private goes from a department that is held, and from one that is a draft',
    ({ name, index }) => {
      const expected = whole.with(index, {});
      for (const tabs of [held(secret(name), 2), type(secret(name), '部', 2, '公開', '下書き')]) {
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
    expect(run(type(more, '部', 4, '備考', '増えた言葉')).changes).toMatchObject([
      { departmentId: 'fukushi', details: [{ what: 'department', field: 'columns' }] },
    ]);
  });

  test('and from one whose rows are gone', () => {
    expect(valuesOf(run(withoutDepartment(secret('予算', '計画', '割合'), '総務部')).published)).toEqual([{}, {}, {}]);
  });

  test('that left the sheet are still explained while a department has something in them', () => {
    const without = {
      ...withoutHeader(withoutHeader(withoutHeader(richTabs, '部', '予算'), '目標', '計画'), '指標', '割合'),
      項目: richTabs.項目.filter(([, name = '']) => !['予算', '計画', '割合'].includes(name)),
    };
    const keys = (tabs: Tabs) => run(tabs).published.years[0]?.columns.map(({ of, key }) => [of, key]);
    expect(keys(held(without, 2))).toEqual([
      ['department', '予算'],
      ['goal', '計画'],
      ['indicator', '割合'],
    ]);
    const approved = [2, 5, 6].reduce<Tabs>((tabs, row) => type(tabs, '部', row, '決裁', `企第9${row}号`), without);
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
    for (const kept of [held(tabs, 2), type(tabs, '部', 2, '公開', '下書き'), withoutDepartment(tabs, '総務部')]) {
      expect(departmentIn(run(kept).published, 'somu')).toEqual(left);
    }
    // Nobody has to approve that something is said no more.
    expect(run(tabs)).toMatchObject({ held: [], findings: [] });
  });

  test.each(['単位', '目標値', '実績値'])('%s of 指標, of every indicator', (header) => {
    const tabs = type(
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
    const improved = type(type(richTabs, '目標', 3, '達成状況', 'よくできた'), '部', 2, '決裁', '企第9号');
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
          type(
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
    const alone = withoutHeader(more, '目標', '中間の状況');
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
  expect(labels(held(left, 2))?.filter(([, label]) => label?.includes('備考'))).toEqual([
    ['department', '部の備考欄'],
    ['goal', '目標の備考欄'],
  ]);
});

describe('columns of the contract that left the sheet', () => {
  const approved = (tabs: Tabs) =>
    [2, 4, 5, 6].reduce<Tabs>((changed, row) => type(changed, '部', row, '決裁', `企第9${row}号`), tabs);
  const said = (tabs: Tabs, before: Published | null = first) =>
    run(tabs, before).findings.map(({ code, tab, column }) => [code, tab, column]);

  test.each([
    { sheet: '部', header: '基本方針' },
    { sheet: '部', header: '部名（ふりがな）' },
    { sheet: '目標', header: '分類' },
    { sheet: '目標', header: '説明' },
    { sheet: '指標', header: '出典' },
  ])('$header of $sheet: something of it was published', ({ sheet, header }) => {
    expect(said(approved(withoutHeader(richTabs, sheet, header)))).toEqual([['column-no-longer-there', sheet, header]]);
    expect(run(approved(withoutHeader(richTabs, sheet, header))).findings[0]?.message).toContain(`「${header}」`);
    expect(said(approved(withoutHeader(richTabs, sheet, header)), null)).toEqual([]);
  });

  test('部長名', () => {
    const tabs = approved(withoutHeader(richTabs, '部', '部長名', '部長名（ふりがな）', '職名'));
    // Without 職名 the second row of 総務部 is no second head of it.
    const rows = { ...tabs, 部: (tabs['部'] ?? []).filter((_, index) => index !== 2) };
    expect(said(rows)).toEqual([['column-no-longer-there', '部', '部長名']]);
    const { published } = run(rows);
    expect(published.years[0]?.departments.flatMap(({ department }) => department.directors)).toEqual([]);
    expect(said(rows, published)).toEqual([]);
  });

  test('nothing is said of one that was empty everywhere, nor where the tab itself is gone', () => {
    const silent = withoutHeader(richTabs, '指標', '出典');
    const before = run(approved(silent)).published;
    expect(said(approved(silent), before)).toEqual([]);
    expect(said(approved(withoutTab(richTabs, '指標')))).toEqual([]);
  });

  test('達成状況, after results were published: every department with results stays as it was', () => {
    const { findings, kind, held, published } = run(withoutHeader(richTabs, '目標', '達成状況'));
    expect(kind).toBe('blocked');
    expect(published).toBe(first);
    expect(held.map(({ department }) => department)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    expect(findings.map(({ code, tab, column }) => [code, tab, column])).toEqual([
      ['missing-result-column', '目標', '達成状況'],
      ['too-many-held', null, null],
    ]);
    expect(findings[0]?.message).toContain('達成状況');
  });

  test('達成状況 before any result was published: a city that does not rate', () => {
    const tabs = withCell(withoutHeader(richTabs, '目標', '達成状況'), '設定', 4, 1, '目標');
    const plans = settleTabs(tabs, null, april).published;
    expect(plans.years[0]?.phase).toBe('plan');
    expect(run(approved(withoutHeader(richTabs, '目標', '達成状況')), plans).kind).toBe('settled');
  });
});

describe('addresses that changed', () => {
  /** With another URL名 of 総務部, approved anew so that it goes out. */
  const readdressed = (urlName: string, approval: string) =>
    type(type(richTabs, '部', 2, 'URL名', urlName), '部', 2, '決裁', approval);
  const movedIn = ({ published }: { published: Published }) => published.years[0]?.moved;

  test('lead to the new one, also over several steps, and nowhere once they are in use again', () => {
    const second = run(readdressed('soumu', '企第91号'));
    expect(movedIn(second)).toEqual([{ from: 'somu', to: ['soumu'] }]);
    expect(second.changes[0]).toMatchObject({ departmentId: 'soumu', details: [{ what: 'department', field: 'id' }] });
    const third = run(readdressed('kikaku', '企第92号'), second.published);
    expect(movedIn(third)).toEqual([
      { from: 'somu', to: ['kikaku'] },
      { from: 'soumu', to: ['kikaku'] },
    ]);
    const back = run(readdressed('somu', '企第93号'), third.published);
    expect(movedIn(back)).toEqual([
      { from: 'soumu', to: ['somu'] },
      { from: 'kikaku', to: ['somu'] },
    ]);
  });

  test('a department that became another is not gone: its address leads to the other', () => {
    const older = { ...richTabs, 組織の変遷: richTabs.組織の変遷.slice(0, 1) };
    const named = (name: string, tabs: Tabs): Tabs =>
      Object.fromEntries(
        Object.entries(tabs).map(([tab, rows]) => [
          tab,
          rows.map((row) => row.map((cell) => (cell === '土木部' ? name : cell))),
        ]),
      );
    const before = settleTabs(type(named('建設部', older), '部', 6, 'URL名', 'kensetsu'), null, april).published;
    const after = run(richTabs, before);
    expect(movedIn(after)).toEqual([{ from: 'kensetsu', to: ['doboku'] }]);
    expect(after).toMatchObject({ held: [], findings: [] });
    expect(after.standings.map(({ department }) => department)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    // Said of a later year, it is no reason yet.
    const later = run(
      { ...richTabs, 組織の変遷: [richTabs.組織の変遷[0] ?? [], ['令和7年度', '建設部', '土木部']] },
      before,
    );
    expect(later.findings.map(({ code }) => code)).toEqual(['department-gone']);
    expect(movedIn(later)).toEqual([]);
    // One that became two leads to both; what became of another department is not asked.
    const history = [...richTabs.組織の変遷, ['令和5年度', '建設部', '教育部'], ['令和6年度', '水道部', '福祉部']];
    expect(movedIn(run({ ...richTabs, 組織の変遷: history }, before))).toEqual([
      { from: 'kensetsu', to: ['kyoiku', 'doboku'] },
    ]);
  });

  test('to a department that is not on the site, lead nowhere', () => {
    const second = run(readdressed('soumu', '企第91号')).published;
    const withdrawn = run(type(readdressed('soumu', '企第91号'), '部', 2, '公開', '取下げ'), second);
    expect(movedIn(withdrawn)).toEqual([]);
  });
});

describe('what is gone, and where it stands', () => {
  test('it keeps its place, and says how it was found missing', () => {
    const { published, held, standings, findings } = run(withoutDepartment(richTabs, '福祉部'));
    expect(findings).toMatchObject([{ code: 'department-gone', department: '福祉部' }]);
    expect(held).toEqual([
      { id: 'fukushi', department: '福祉部', fiscalYear: 2024, reason: findings[0]?.message, showing: '2025-04-01' },
    ]);
    expect(standings.at(-1)).toEqual({
      id: 'fukushi',
      department: '福祉部',
      fiscalYear: 2024,
      standing: 'held',
      showing: '2025-04-01',
    });
    expect(published.years[0]?.departments.map(({ department: { id }, held }) => [id, held])).toEqual([
      ['fukushi', true],
      ['somu', false],
      ['kyoiku', false],
      ['doboku', false],
    ]);
  });

  test('a row whose year cannot be read is held by that, and is not gone', () => {
    const withYear = (text: string): Tabs => ({
      ...richTabs,
      部: richTabs.部.map((row, index) => [...row, index === 0 ? '年度' : index === 4 ? text : '']),
    });
    const { held, findings } = run(withYear('いつか'));
    expect(findings).toEqual([]);
    expect(held.map(({ department }) => department)).toEqual(['教育部']);
    expect(held[0]?.reason).toContain('部シートのO5：');
  });

  test('several errors of one department: the first, and how many more', () => {
    const { held } = run(type(held2(), '目標', 3, '達成状況', '？？'));
    expect(held[0]?.reason).toMatch(/^目標シートのI2：.*（ほか1件）$/u);
  });
  const held2 = () => type(richTabs, '目標', 2, '達成状況', '？');

  test('after the run, what went out stands with its day, and what was taken off with none', () => {
    const tabs = type(
      type(type(richTabs, '部', 2, '公開', '取下げ'), '部', 5, '公開', '下書き'),
      '部',
      4,
      '基本方針',
      '急ぎ',
    );
    expect(standingsAfter(run(tabs)).map(({ id, standing, showing }) => [id, standing, showing])).toEqual([
      ['somu', 'withdrawn', null],
      ['fukushi', 'published', '2025-05-01'],
      ['kyoiku', 'draft', '2025-04-01'],
      ['doboku', 'published', '2025-04-01'],
    ]);
  });
});

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
      [2, 3, 4, 5, 6].reduce<Tabs>((tabs, row) => type(tabs, '目標', row, '目標', `新しい目標${row}`), next()),
    ],
  ])('but they are where %s', (_, tabs) => {
    const { findings, publishedIds } = run(tabs);
    expect(findings).toEqual([]);
    expect(publishedIds).toHaveLength(4);
  });

  test("a draft of them is nobody's mistake; the others are still held", () => {
    const { held, findings } = run(type(next(), '部', 2, '公開', '下書き'));
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
    const goals = type(
      type(type(richTabs, '目標', 4, '中間の状況', '順調'), '目標', 5, '中間の状況', '順調'),
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
    const results = withoutHeader(typed(next(), '令和6年度'), '部', '決裁');
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
    run(type(richTabs, '部', 4, '基本方針', '急ぎ'), { ...first, years: [...years, year] }),
  );
  expect(standings.find(({ id }) => id === 'fukushi')?.showing).toBe('2025-05-01');
});

test('the order of changes and of ids is that of the site, whatever the order of the rows', () => {
  const reversed = { ...richTabs, 部: [richTabs.部[0] ?? [], ...richTabs.部.slice(4), ...richTabs.部.slice(1, 4)] };
  const { changes, publishedIds } = settleTabs(reversed, null, april);
  expect(changes.map(({ departmentId }) => departmentId)).toEqual(['fukushi', 'somu', 'kyoiku', 'doboku']);
  expect(publishedIds).toEqual(['fukushi', 'somu', 'kyoiku', 'doboku']);
  // What goes is told in its old place.
  const gone = run(type(type(richTabs, '部', 4, '公開', '取下げ'), '部', 6, '公開', '取下げ'));
  expect(gone.changes.map(({ departmentId, kind }) => [departmentId, kind])).toEqual([
    ['fukushi', 'withdrawn'],
    ['doboku', 'withdrawn'],
  ]);
});

test(`only the last ${keptChanges} changes are kept, newest first`, () => {
  const [one] = first.changes;
  if (one === undefined) throw new Error('Nothing was published.');
  const old = Array.from({ length: keptChanges }, (_, index) => ({ ...one, departmentName: `旧${index}` }));
  const { changes } = run(type(richTabs, '部', 4, '基本方針', '急ぎ'), { ...first, changes: old }).published;
  expect(changes).toHaveLength(keptChanges);
  expect(changes[0]).toMatchObject({ departmentId: 'fukushi', kind: 'updated' });
  expect(changes.at(-1)?.departmentName).toBe(`旧${keptChanges - 2}`);
});

describe('a site that is held as a whole', () => {
  const broken = [2, 4, 5, 6].reduce<Tabs>((tabs, row) => type(tabs, '目標', row, '達成状況', ''), richTabs);

  test('says so last, leaves everything as it was, and what was ready stays too', () => {
    const three = [2, 4, 5].reduce<Tabs>((tabs, row) => type(tabs, '目標', row, '達成状況', ''), richTabs);
    const outcome = run(type(three, '部', 6, '決裁', '企第99号'));
    expect(outcome).toMatchObject({ kind: 'blocked', changes: [], differences: [], publishedIds: [] });
    expect(outcome.published).toBe(first);
    expect(outcome.standings.map(({ standing }) => standing)).toEqual(['held', 'held', 'held', 'held']);
    expect(outcome.held).toHaveLength(3);
    expect(outcome.findings.at(-1)).toMatchObject({ code: 'too-many-held' });
    expect(outcome.findings.at(-1)?.message).toContain('3');
  });

  test('half of it is not the whole', () => {
    const two = [2, 4].reduce<Tabs>((tabs, row) => type(tabs, '目標', row, '達成状況', ''), richTabs);
    expect(run(two).kind).toBe('settled');
  });

  test('with nothing published, there is nothing to begin with; a preview shows it all the same', () => {
    const outcome = settleTabs(broken, null, may);
    expect(outcome.kind).toBe('blocked');
    expect(outcome.findings).toMatchObject([{ code: 'nothing-to-begin-with' }]);
    expect(outcome.findings[0]?.message).toContain('4');
    expect(settleAll(sheetOf(broken, may), null, may)).toMatchObject({ kind: 'settled', findings: [] });
  });
});
