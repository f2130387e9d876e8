import { describe, expect, test } from 'vitest';
import { departmentIn, run, typeUnder, withoutHeaders } from '../support/april-and-may.ts';
import { richTabs } from '../support/rich-tabs.ts';

/** 決裁 approves the content, and not the row. */

describe('決裁', () => {
  const changed = typeUnder(richTabs, '部', 2, '基本方針', '改めた方針');

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
    const { published, changes, findings } = run(typeUnder(changed, '部', 2, '決裁', '令和7年4月30日'));
    expect(departmentIn(published, 'somu')).toMatchObject({ policy: '改めた方針', updated: '2025-05-01' });
    expect(changes).toMatchObject([{ departmentId: 'somu', kind: 'updated', approvedBy: '令和7年4月30日' }]);
    expect(findings).toEqual([]);
  });

  test('a new approval of the same content is no change', () => {
    const { published, changes } = run(typeUnder(richTabs, '部', 2, '決裁', '令和7年4月30日'));
    expect(changes).toEqual([]);
    expect(departmentIn(published, 'somu')?.updated).toBe('2025-04-01');
    expect(published.years[0]?.departments.map(({ approvedBy }) => approvedBy)).toContain('令和7年4月30日');
  });

  test('urgent goes out, however often it changes', () => {
    const once = run(typeUnder(richTabs, '部', 4, '基本方針', '急ぎの方針'));
    expect(once.changes).toMatchObject([{ departmentId: 'fukushi', approvedBy: '緊急' }]);
    expect(once.held).toEqual([]);
  });

  test('blank waits: what was published stays, nobody is held, and the change is not said', () => {
    const waiting = run(typeUnder(changed, '部', 2, '決裁', ''));
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
    const { held, findings } = run(typeUnder(changed, '目標', 2, '達成状況', ''));
    expect(findings).toEqual([]);
    expect(held[0]?.reason).toContain('目標シートのI2');
  });

  test('the column gone, everything goes out again, without an approval', () => {
    const { changes, published } = run(withoutHeaders(changed, '部', '決裁'));
    expect(changes).toMatchObject([{ departmentId: 'somu', approvedBy: null }]);
    expect(published.years[0]?.departments.map(({ approvedBy }) => approvedBy)).toEqual([null, null, null, null]);
  });
});
