import { describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import type { Settled } from '../../lib/goals/settle/settle.ts';
import { settleTabs } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { soundTabs, withCell } from '../support/workbook.ts';

const april = new Date('2025-04-01T01:00:00Z');
const may = new Date('2025-05-01T01:00:00Z');

const run = (tabs: Tabs, previous: Published | null = null, now: Date = april): Settled =>
  settleTabs(tabs, previous, now);

/** 部 and 目標 without the rows of a department. */
function without(tabs: Tabs, department: string, ...from: readonly string[]): Tabs {
  return Object.fromEntries(
    Object.entries(tabs).map(([tab, rows]) => [
      tab,
      from.includes(tab) ? rows.filter(([name]) => name !== department) : rows,
    ]),
  );
}

const departmentsOf = ({ published }: Settled, year = 2024) =>
  published.years.find(({ fiscalYear }) => fiscalYear === year)?.departments ?? [];
const namesOf = (settled: Settled, year = 2024) =>
  departmentsOf(settled, year).map(({ department }) => department.name);

/** The sound sheet with four departments, so that one held is not more than half. */
const fourTabs: Tabs = {
  ...soundTabs,
  部: [
    ...soundTabs.部,
    ['教育部', '岡 学', 'おか まなぶ', '方針の三', '仕事の三', '総括の三', '公開', 'kyoiku'],
    ['土木部', '谷 渉', 'たに わたる', '方針の四', '仕事の四', '総括の四', '公開', 'doboku'],
  ],
  目標: [...soundTabs.目標, ['教育部', '1', '目標の五', '達成', ''], ['土木部', '1', '目標の六', '達成', '']],
};

describe('what is published', () => {
  test('a first run publishes every department with the day in Japan', () => {
    const settled = run(soundTabs, null, new Date('2025-03-31T15:00:00Z'));
    expect(settled.kind).toBe('settled');
    expect(settled.publishedIds).toEqual(['somu', 'fukushi']);
    expect(departmentsOf(settled).map(({ department: { name, updated } }) => [name, updated])).toEqual([
      ['総務部', '2025-04-01'],
      ['福祉部', '2025-04-01'],
    ]);
    expect(settled.changes.map(({ kind, departmentName }) => [kind, departmentName])).toEqual([
      ['added', '総務部'],
      ['added', '福祉部'],
    ]);
  });

  test('the same sheet a month later is the same value', () => {
    const first = run(soundTabs);
    const second = run(soundTabs, first.published, may);
    expect(second.published).toEqual(first.published);
    expect(second.changes).toEqual([]);
  });

  test('a changed department has the new day, and says what changed', () => {
    const first = run(soundTabs);
    const second = run(withCell(soundTabs, '目標', 2, 3, '達成'), first.published, may);
    expect(departmentsOf(second).map(({ department }) => department.updated)).toEqual(['2025-05-01', '2025-04-01']);
    expect(second.changes).toEqual([
      {
        at: may.toISOString(),
        fiscalYear: 2024,
        departmentId: 'somu',
        departmentName: '総務部',
        kind: 'updated',
        details: [
          {
            what: 'status',
            goal: 2,
            from: { code: 'missed', label: '未達成' },
            to: { code: 'achieved', label: '達成' },
          },
        ],
        approvedBy: null,
      },
    ]);
    expect(second.differences).toEqual([
      {
        fiscalYear: 2024,
        departmentId: 'somu',
        departmentName: '総務部',
        kind: 'updated',
        differences: [{ goal: 2, field: 'status', label: '達成状況', before: '未達成', after: '達成' }],
      },
    ]);
  });

  test.each([
    ['the name', 1, 0, 'name'],
    ['the director', 1, 1, 'directors'],
    ['the policy', 1, 3, 'policy'],
    ['the work', 1, 4, 'work'],
    ['the summary', 1, 5, 'summary'],
    ['the address', 1, 7, 'id'],
  ] as const)('a change of %s is told', (_, row, column, field) => {
    const text = field === 'id' ? 'soumu' : '総務部改';
    const tabs =
      field === 'name'
        ? {
            ...withCell(soundTabs, '部', row, column, text),
            目標: soundTabs.目標.map((cells) => cells.map((cell) => (cell === '総務部' ? text : cell))),
          }
        : withCell(soundTabs, '部', row, column, text);
    const second = run(tabs, run(soundTabs).published, may);
    expect(second.changes.map(({ kind, details }) => ({ kind, details }))).toEqual([
      // Renaming changes the default title of the director too.
      {
        kind: 'updated',
        details: [
          { what: 'department', field },
          ...(field === 'name' ? [{ what: 'department', field: 'directors' }] : []),
        ],
      },
    ]);
  });

  test('goals that come, go or are reworded are told', () => {
    const tabs = {
      ...soundTabs,
      目標: [
        soundTabs.目標[0] ?? [],
        ['総務部', '1', '目標の一（改）', '達成', '新しい説明'],
        ['総務部', '3', '目標の三', '達成', ''],
        ...soundTabs.目標.slice(3),
      ],
    };
    const second = run(tabs, run(soundTabs).published, may);
    expect(second.changes[0]?.details).toEqual([
      { what: 'goal', goal: 1, field: 'text' },
      { what: 'goal', goal: 1, field: 'note' },
      { what: 'goal-added', goal: 3 },
      { what: 'goal-removed', goal: 2 },
    ]);
  });
});

describe('what is held', () => {
  const broken = withCell(fourTabs, '目標', 2, 3, '');

  test('a department with an error keeps what was last published, and all others go on', () => {
    const first = run(fourTabs);
    const second = run(withCell(broken, '部', 2, 4, '新しい仕事'), first.published, may);
    expect(second.held).toEqual([
      {
        id: 'somu',
        department: '総務部',
        fiscalYear: 2024,
        reason: expect.stringContaining('目標シートのD3'),
        showing: '2025-04-01',
      },
    ]);
    const [somu, fukushi] = departmentsOf(second);
    expect(somu).toEqual({ ...departmentsOf(first)[0], held: true });
    expect(fukushi?.department.work).toBe('新しい仕事');
    expect(second.publishedIds).toEqual(['fukushi', 'kyoiku', 'doboku']);
  });

  test('mended, it is as if nothing had been', () => {
    const first = run(fourTabs);
    const held = run(broken, first.published, may);
    expect(run(fourTabs, held.published, may).published).toEqual(first.published);
  });

  test('a department that was never published is not shown', () => {
    const settled = run(broken);
    expect(namesOf(settled)).toEqual(['福祉部', '教育部', '土木部']);
    expect(settled.held[0]?.showing).toBeNull();
  });

  test('a published department whose row is gone stays, with an error that says so', () => {
    const first = run(fourTabs);
    const second = run(without(fourTabs, '総務部', '部', '目標'), first.published, may);
    expect(namesOf(second)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    expect(departmentsOf(second)[0]?.held).toBe(true);
    expect(second.findings.map(({ code, department }) => [code, department])).toEqual([['department-gone', '総務部']]);
    expect(second.held.map(({ department, showing }) => [department, showing])).toEqual([['総務部', '2025-04-01']]);
  });
});

describe('draft and withdrawn', () => {
  test('a draft leaves what was published, and is not held', () => {
    const first = run(fourTabs);
    const tabs = withCell(withCell(fourTabs, '部', 1, 6, '下書き'), '部', 1, 3, '書きかけ');
    const second = run(tabs, first.published, may);
    expect(departmentsOf(second)[0]).toEqual(departmentsOf(first)[0]);
    expect(second.held).toEqual([]);
    expect(second.publishedIds).toEqual(['fukushi', 'kyoiku', 'doboku']);
  });

  test('a draft that was never published shows nothing', () => {
    expect(namesOf(run(withCell(fourTabs, '部', 1, 6, '')))).toEqual(['福祉部', '教育部', '土木部']);
  });

  test('only a withdrawal takes a department off the site', () => {
    const first = run(fourTabs);
    const second = run(withCell(fourTabs, '部', 1, 6, '取下げ'), first.published, may);
    expect(namesOf(second)).toEqual(['福祉部', '教育部', '土木部']);
    expect(second.changes.map(({ kind, departmentId }) => [kind, departmentId])).toEqual([['withdrawn', 'somu']]);
    expect(second.held).toEqual([]);
    expect(second.findings).toEqual([]);
    const third = run(withCell(fourTabs, '部', 1, 6, '取下げ'), second.published, may);
    expect(third.changes).toEqual([]);
    expect(third.findings.map(({ code }) => code)).toEqual(['withdrawn-never-published']);
  });

  test('a withdrawal without a name takes nothing off, and says so', () => {
    const first = run(fourTabs);
    const tabs = withCell(withCell(fourTabs, '部', 1, 6, '取下げ'), '部', 1, 0, '');
    const second = run(tabs, first.published, may);
    expect(namesOf(second)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    expect(second.held.map(({ department, reason }) => [department, reason.slice(0, 8)])).toEqual([
      ['総務部', '部シートのA2：'],
    ]);
  });

  test('a withdrawal goes through even where the rest of the row is broken', () => {
    const first = run(fourTabs);
    const tabs = withCell(withCell(fourTabs, '部', 1, 6, '取下げ'), '部', 1, 3, '#REF!');
    expect(namesOf(run(tabs, first.published, may))).toEqual(['福祉部', '教育部', '土木部']);
  });
});

describe('the block rule', () => {
  test('more than half of what is published would be held: nothing changes', () => {
    const first = run(fourTabs);
    const three = without(fourTabs, '総務部', '部', '目標');
    const two = without(three, '福祉部', '部', '目標');
    const one = without(two, '教育部', '部', '目標');
    expect(run(two, first.published, may).kind).toBe('settled');
    const blocked = run(withCell(one, '部', 1, 4, '新しい仕事'), first.published, may);
    expect(blocked.kind).toBe('blocked');
    expect(blocked.published).toBe(first.published);
    expect(blocked.changes).toEqual([]);
    expect(blocked.publishedIds).toEqual([]);
    expect(blocked.findings.map(({ code }) => code)).toContain('too-many-held');
  });

  test('a first run with some departments held is not blocked by it; one with nothing to show makes no site', () => {
    const one = withCell(soundTabs, '目標', 1, 3, '');
    expect(run(one)).toMatchObject({ kind: 'settled', publishedIds: ['fukushi'] });
    const none = run(withCell(one, '目標', 3, 3, ''));
    expect(none).toMatchObject({ kind: 'blocked', publishedIds: [], changes: [] });
    expect(none.published.years).toEqual([]);
    expect(none.held).toHaveLength(2);
    expect(none.findings.map(({ code }) => code)).toEqual(['nothing-to-begin-with']);
  });

  test('drafts alone block nothing: nothing is wrong with them', () => {
    const drafts = withCell(withCell(soundTabs, '部', 1, 6, '下書き'), '部', 2, 6, '下書き');
    expect(run(drafts)).toMatchObject({ kind: 'settled', publishedIds: [], held: [] });
  });
});

describe('years', () => {
  const nextYear: Tabs = {
    ...soundTabs,
    設定: [
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', 'R7'],
      ['段階', '目標'],
      ['題名', '令和7年度の約束'],
    ],
    部: [
      ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', 'URL名'],
      ['総務部', '沢田 実', 'さわだ みのる', '来年の方針', '来年の仕事', 'somu'],
    ],
    目標: [
      ['部名', '目標'],
      ['総務部', '来年の目標'],
    ],
  };

  test('a year that left the sheet stays as it was', () => {
    const first = run(soundTabs);
    const second = run(nextYear, first.published, may);
    expect(second.published.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2025, 2024]);
    expect(second.published.years[1]).toEqual(first.published.years[0]);
    expect(second.findings).toEqual([]);
    expect(second.published.years[0]).toMatchObject({ phase: 'plan', title: '令和7年度の約束' });
  });

  test('rows of an earlier year are results, of a later one plans', () => {
    const year = (tabs: Tabs, text: string): Tabs => ({
      ...tabs,
      部: (tabs['部'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : text]),
      目標: (tabs['目標'] ?? []).map((row, index) => [...row, index === 0 ? '年度' : text]),
    });
    expect(run(year(soundTabs, '令和5年度')).published.years[0]).toMatchObject({
      fiscalYear: 2023,
      phase: 'result',
      title: '令和5年度 部長目標 結果',
    });
    const later = run(year(soundTabs, '令和7年度')).published.years[0];
    expect(later).toMatchObject({ fiscalYear: 2025, phase: 'plan', title: '令和7年度 部長目標' });
    expect(later?.departments.flatMap(({ department }) => department.goals.map(({ status }) => status))).toEqual(
      Array(4).fill('unrated'),
    );
  });

  test('an emptied tab blocks, since every published department would be held', () => {
    const emptied = { ...soundTabs, 部: soundTabs.部.slice(0, 1), 目標: soundTabs.目標.slice(0, 1) };
    expect(run(emptied, run(soundTabs).published, may).kind).toBe('blocked');
  });
});

describe('order and identity', () => {
  const ordered = (orders: readonly string[]): Tabs => ({
    ...fourTabs,
    部: (fourTabs['部'] ?? []).map((row, index) => [...row, index === 0 ? '表示順' : (orders[index - 1] ?? '')]),
  });

  test('departments are ordered by 表示順, then as in the sheet', () => {
    expect(namesOf(run(ordered(['3', '', '1', '1'])))).toEqual(['教育部', '土木部', '総務部', '福祉部']);
  });

  test('a held department keeps its place', () => {
    const first = run(ordered(['4', '3', '2', '1']));
    const second = run(withCell(ordered(['4', '3', '2', '1']), '目標', 5, 3, ''), first.published, may);
    expect(namesOf(second)).toEqual(['土木部', '教育部', '福祉部', '総務部']);
  });

  test('a department is known by its id when it is renamed, and by its name when its id changes', () => {
    const first = run(fourTabs);
    const renamed = {
      ...fourTabs,
      部: (fourTabs['部'] ?? []).map((row) => row.map((cell) => (cell === '総務部' ? '総務企画部' : cell))),
      目標: (fourTabs['目標'] ?? []).map((row) => row.map((cell) => (cell === '総務部' ? '総務企画部' : cell))),
    };
    expect(run(renamed, first.published, may).changes.map(({ kind }) => kind)).toEqual(['updated']);
    const readdressed = run(withCell(fourTabs, '部', 1, 7, ''), first.published, may);
    expect(readdressed.changes.map(({ kind }) => kind)).toEqual(['updated']);
    expect(readdressed.findings).toEqual([]);
    expect(readdressed.publishedIds[0]).toMatch(/^bu-[0-9a-f]{10}$/u);
  });

  test('an id that is made from the name is the same in every year', () => {
    const withoutIds = { ...soundTabs, 部: soundTabs.部.map((row) => row.slice(0, 7)) };
    const ids = (text: string) =>
      run({
        ...withoutIds,
        設定: [
          ['項目', '値'],
          ['自治体名', '湊野市'],
          ['年度', text],
        ],
      }).publishedIds;
    expect(ids('R6')).toEqual(ids('R7'));
    expect(new Set(ids('R6')).size).toBe(2);
  });

  test('two rows of the same department are both held, and it is shown once', () => {
    const first = run(fourTabs);
    const doubled = { ...fourTabs, 部: [...(fourTabs['部'] ?? []), fourTabs['部']?.[1] ?? []] };
    const second = run(doubled, first.published, may);
    expect(namesOf(second)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    expect(second.held.map(({ department }) => department)).toEqual(['総務部']);
  });
});

test('departments whose names and goals are all lost stay on the site, each as it was', () => {
  const withoutUrlNames: Tabs = { ...fourTabs, 部: (fourTabs['部'] ?? []).map((row) => row.slice(0, -1)) };
  const { published } = run(withoutUrlNames);
  const cleared = [2, 3].reduce<Tabs>((tabs, row) => withCell(tabs, '部', row, 0, ''), withoutUrlNames);
  const settled = run(without(without(cleared, '福祉部', '目標'), '教育部', '目標'), published, may);
  expect(settled.kind).toBe('settled');
  expect(settled.findings).toEqual([]);
  expect(namesOf(settled)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
  expect(settled.held.map(({ showing }) => showing)).toEqual(['2025-04-01', '2025-04-01']);
});
