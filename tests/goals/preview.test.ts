import { describe, expect, test } from 'vitest';
import { previewOf } from '../../lib/goals/settle/preview.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs, sheetOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { withCell } from '../support/workbook.ts';

/** What the sheet says now beside what is on the site. */

const now = new Date('2025-04-01T01:00:00Z');

describe('a preview', () => {
  const draft = withCell(withCell(richTabs, '部', 1, 8, '下書き'), '部', 1, 5, '新しい方針');
  const first = settleTabs(richTabs, null, now).published;

  test('shows a draft beside what is on the site, and says whose rows they are', () => {
    const { departments, shown, settled } = previewOf(sheetOf(draft, now), first, now);
    expect(departments.find(({ id }) => id === 'somu')).toEqual({
      id: 'somu',
      department: '総務部',
      fiscalYear: 2024,
      standing: 'draft',
      showing: '2025-04-01',
      reason: null,
      isShown: true,
      rows: new Set(['部!2', '部!3', '目標!2', '目標!3', '指標!2', '指標!3', '評価!2', '評価!3']),
      differences: [{ goal: null, field: 'policy', label: '部の方針', before: '方針の一', after: '新しい方針' }],
    });
    expect(shown.years[0]?.departments.find(({ department }) => department.id === 'somu')?.department.policy).toBe(
      '新しい方針',
    );
    expect(settled.changes).toEqual([]);
  });

  test('of a department that is not on the site has the whole of it as what is new', () => {
    const { departments } = previewOf(sheetOf(draft, now), null, now);
    const { standing, showing, differences } = departments.find(({ id }) => id === 'somu') ?? { differences: [] };
    expect([standing, showing]).toEqual(['draft', null]);
    expect(differences.every(({ before, after }) => before === null && after !== null)).toBe(true);
    expect(differences.filter(({ goal }) => goal === null).map(({ field }) => field)).toEqual([
      'name',
      'directors',
      'nameKana',
      'policy',
      'work',
      'columns.予算',
      'summary',
      'evaluations',
    ]);
  });

  test('of one that is withdrawn has the whole of it as what goes', () => {
    const tabs = withCell(richTabs, '部', 1, 8, '取下げ');
    const { departments } = previewOf(sheetOf(tabs, now), first, now);
    const { standing, isShown, differences } = departments.find(({ id }) => id === 'somu') ?? { differences: [] };
    expect([standing, isShown]).toEqual(['withdrawn', false]);
    expect(differences.length).toBeGreaterThan(10);
    expect(differences.every(({ before, after }) => before !== null && after === null)).toBe(true);
  });

  test('of one that is held says why, and shows what can be read', () => {
    const tabs = withCell(richTabs, '目標', 1, 8, '');
    const { departments } = previewOf(sheetOf(tabs, now), first, now);
    const somu = departments.find(({ id }) => id === 'somu');
    expect(somu).toMatchObject({ standing: 'held', isShown: true });
    expect(somu?.reason).toContain('目標シートのI2');
    expect(somu?.differences).toEqual([
      { goal: 1, field: 'status', label: '達成状況', before: 'よくできた', after: null },
    ]);
    expect(departments.filter(({ id }) => id !== 'somu').map(({ reason }) => reason)).toEqual([null, null, null]);
  });

  test('says of 決裁 what there is of it', () => {
    const waiting = withCell(richTabs, '部', 1, 9, '');
    const { shown } = previewOf(sheetOf(waiting, now), first, now);
    const approvals = shown.years[0]?.departments.map(({ department }) => [department.id, department.approval]);
    expect(approvals).toEqual([
      ['fukushi', 'urgent'],
      ['somu', null],
      ['kyoiku', 'approved'],
      ['doboku', 'approved'],
    ]);
  });

  test('of two years keeps them apart', () => {
    const typed = (rows: readonly (readonly string[])[], of: (row: number) => string) =>
      rows.map((row, index) => [...row, index === 0 ? '年度' : of(index)]);
    const both = (policy: string): Tabs => {
      const [header = [], somu = []] = richTabs.部;
      return {
        ...richTabs,
        部: typed([header, somu.with(5, policy), somu], (row) => (row === 1 ? '令和6年度' : '令和7年度')),
        目標: typed([...richTabs.目標.slice(0, 3), ...richTabs.目標.slice(1, 3)], (row) =>
          row <= 2 ? '令和6年度' : '令和7年度',
        ),
        指標: typed(richTabs.指標, () => '令和6年度'),
        評価: typed(richTabs.評価.slice(0, 3), () => '令和6年度'),
      };
    };
    const before = settleTabs(both('方針の一'), null, now).published;
    expect(before.years.map(({ fiscalYear }) => fiscalYear)).toEqual([2025, 2024]);
    const changed = withCell(both('新しい方針'), '部', 1, 9, '企第9号');
    const { departments } = previewOf(sheetOf(changed, now), before, now);
    expect(
      departments.map(({ fiscalYear, differences }) => [fiscalYear, differences.map(({ after }) => after)]),
    ).toEqual([
      [2025, []],
      [2024, ['新しい方針']],
    ]);
    const fresh = previewOf(sheetOf(changed, now), null, now).departments;
    expect(fresh.map(({ differences }) => differences.find(({ field }) => field === 'policy')?.after)).toEqual([
      '方針の一',
      '新しい方針',
    ]);
  });

  test('leaves portraits aside: what is on the site has one, and the sheet names it still', () => {
    const portrait = { src: 'assets/portrait-0.jpg', width: 480, height: 640 };
    const pictured = {
      ...first,
      years: first.years.map((year) => ({
        ...year,
        departments: year.departments.map((one) => ({
          ...one,
          department: {
            ...one.department,
            directors: one.department.directors.map((director) => ({ ...director, portrait })),
          },
        })),
      })),
    };
    const { departments, shown } = previewOf(sheetOf(richTabs, now), pictured, now);
    expect(departments.flatMap(({ differences }) => differences)).toEqual([]);
    expect(JSON.stringify(shown)).not.toContain('portrait-0');
  });
});
