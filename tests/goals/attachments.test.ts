import { describe, expect, test } from 'vitest';
import { numberedGoals } from '../../lib/goals/join/numbered-goals.ts';
import { joinedOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { soundTabs } from '../support/workbook.ts';

/** Numbers of goals, and what 指標 and 評価 belong to. */

const now = new Date('2025-04-01T01:00:00Z');

describe('what belongs to what', () => {
  const tabs: Tabs = {
    設定: soundTabs.設定,
    部: [
      ['部名', '年度'],
      ['総務部', ''],
      ['福祉部', ''],
      ['総務部', 'R5'],
    ],
    目標: [
      ['部名', '番号', '目標', '年度'],
      ['総務部', '', '一', ''],
      ['総務部', '', '二', ''],
      ['総務部', '5', '三', ''],
      ['総務部', 'x', '四', ''],
      ['福祉部', '1', '五', ''],
      ['福址部', '2', '六', ''],
      ['総務部', '3', '七', 'R5'],
    ],
  };

  test('a blank number is the order of appearance; rows that may only be meant for it do not count', () => {
    const numbers = joinedOf(tabs, now).departments.map((entry) =>
      numberedGoals(entry).map(({ goal, number }) => [goal.row.row, number]),
    );
    expect(numbers).toEqual([
      [
        [2, 1],
        [3, 2],
        [4, 5],
        [5, null],
      ],
      [[6, 1]],
      [[8, 3]],
    ]);
  });

  test('goals that lost their name count with the department that they most likely belong to', () => {
    const lost = {
      ...tabs,
      目標: [tabs['目標']?.[0] ?? [], ['総務部', '1', '一', ''], ['#REF!', '2', '二', ''], ['福祉部', '2', '三', '']],
    };
    const [somu] = joinedOf(lost, now).departments;
    expect(somu && numberedGoals(somu).map(({ goal, number }) => [goal.row.row, number])).toEqual([
      [2, 1],
      [3, 2],
    ]);
  });

  test('goals that begin again under a blank name count with the department that begins there', () => {
    const again = {
      ...tabs,
      部: [['部名'], ['総務部'], ['福祉部']],
      目標: [
        ['部名', '番号', '目標'],
        ['総務部', '1', '一'],
        ['', '1', '二'],
        ['', '2', '三'],
      ],
    };
    expect(
      joinedOf(again, now).departments.map((entry) =>
        numberedGoals(entry).map(({ goal, number }) => [goal.row.row, number]),
      ),
    ).toEqual([
      [[2, 1]],
      [
        [3, 1],
        [4, 2],
      ],
    ]);
  });

  /** Rows of 指標 as `name/number/year`: `department goal [holds] name`, and `?` where the goal is unknown. */
  function attached(...rows: readonly string[]) {
    const cells = rows.map((line) => {
      const [name = '', number = '', year = ''] = line.split('/');
      return [name, number, '指標', year];
    });
    const sheet = { ...tabs, 指標: [['部名', '目標番号', '指標名', '年度'], ...cells] };
    return joinedOf(sheet, now).indicators.map(
      ({ entry, fiscalYear, goal, concerns, departmentName, isGoalUnknown }) => {
        const holds = concerns.map((one) => `${one.name}${one.fiscalYear === 2024 ? '' : one.fiscalYear}`).join();
        const whose = entry === null ? '－' : `${entry.name}${entry.fiscalYear}`;
        return `${whose} ${fiscalYear} ${goal?.row.row ?? '－'}${isGoalUnknown ? '?' : ''} [${holds}] ${departmentName}`;
      },
    );
  }

  test.each([
    ['by name and number', '総務部/5', '総務部2024 2024 4 [総務部] 総務部'],
    ['by the order of appearance', '総務部/2', '総務部2024 2024 3 [総務部] 総務部'],
    ['by its year', '総務部/3/R5', '総務部2023 2023 8 [総務部2023] 総務部'],
    ['a number that no goal has', '総務部/9', '総務部2024 2024 －? [総務部] 総務部'],
    ['a number that cannot be read', '総務部/い', '総務部2024 2024 －? [総務部] 総務部'],
    ['no number', '総務部/', '総務部2024 2024 － [総務部] 総務部'],
    ['a misspelt name', '福址部/1', '－ 2024 － [福祉部] 福址部'],
    ['a strange name', '上下水道局/1', '－ 2024 － [] 上下水道局'],
    ['a year that cannot be read', '総務部/1/いつか', '－ null － [総務部,総務部2023] 総務部'],
    ['a year that its department does not have', '福祉部/1/R5', '－ 2023 － [] 福祉部'],
    ['a broken name', '#REF!/1', '－ 2024 － [] null'],
  ])('%s', (_, row, expected) => {
    expect(attached(row)).toEqual([expected]);
  });

  test('a row without a name takes over that above it', () => {
    expect(attached('総務部/1', '/2', '福祉部/1')).toEqual([
      '総務部2024 2024 2 [総務部] 総務部',
      '総務部2024 2024 3 [総務部] 総務部',
      '福祉部2024 2024 6 [福祉部] 福祉部',
    ]);
  });
});
