import { describe, expect, test } from 'vitest';
import { numberedGoals } from '../../lib/goals/join/numbered-goals.ts';
import { joinedOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { soundTabs } from '../support/workbook.ts';

/** Rows of one department that give its several heads, numbers of goals, and what 指標 and 評価 belong to. */

const now = new Date('2025-04-01T01:00:00Z');

describe('several heads of one department', () => {
  /** Rows of 部 as `name/title/policy/year`; what comes of them: the rows of each department, heads in brackets. */
  function headsOf(...rows: readonly string[]) {
    const tabs: Tabs = {
      設定: soundTabs.設定,
      部: [
        ['部名', '職名', '基本方針', '年度', '部の仕事', '総括'],
        ...rows.map((line) => {
          const [name = '', title = '', policy = '', year = '', work = '', summary = ''] = line.split('/');
          return [name, title, policy, year, work, summary];
        }),
      ],
      目標: [
        ['部名', '目標'],
        ['総務部', '目標'],
      ],
    };
    return joinedOf(tabs, now).departments.map(
      ({ row, heads, name }) => `${name} ${row.row} [${heads.map((head) => head.row).join()}]`,
    );
  }

  test.each([
    ['one row each', ['総務部/部長/方針', '福祉部/部長/方針'], ['総務部 2 [2]', '福祉部 3 [3]']],
    ['a second title', ['総務部/部長/方針', '総務部/危機管理監'], ['総務部 2 [2,3]']],
    ['a third', ['総務部/部長/方針', '総務部/危機管理監', '総務部/技監'], ['総務部 2 [2,3,4]']],
    [
      'apart from each other',
      ['総務部/部長/方針', '福祉部/部長/方針', '総務部/技監'],
      ['総務部 2 [2,4]', '福祉部 3 [3]'],
    ],
    // The row with the content is the department's own; the heads stay in the order of the sheet.
    ['before the row with the content', ['総務部/技監', '総務部/部長/方針'], ['総務部 3 [2,3]']],
    ['with 部の仕事 for the content', ['総務部/技監', '総務部/部長///仕事'], ['総務部 3 [2,3]']],
    ['with 総括 for the content', ['総務部/技監', '総務部/部長////総括'], ['総務部 3 [2,3]']],
    ['where no row has content, the first is its own', ['総務部/部長', '総務部/技監'], ['総務部 2 [2,3]']],
    ['of another year', ['総務部/部長/方針', '総務部/技監//R5'], ['総務部 2 [2]', '総務部 3 [3]']],
    ['without a title', ['総務部/部長/方針', '総務部'], ['総務部 2 [2]', '総務部 3 [3]']],
    ['with the same title', ['総務部/部長/方針', '総務部/部 長'], ['総務部 2 [2]', '総務部 3 [3]']],
    [
      'the same second title twice',
      ['総務部/部長/方針', '総務部/技監', '総務部/技監'],
      ['総務部 2 [2,3]', '総務部 4 [4]'],
    ],
    ['with content of its own', ['総務部/部長/方針', '総務部/技監/方針'], ['総務部 2 [2]', '総務部 3 [3]']],
    [
      'a title, and a row twice',
      ['総務部/部長/方針', '総務部/技監', '総務部/参事/方針'],
      ['総務部 2 [2,3]', '総務部 4 [4]'],
    ],
    ['rows without a name are no department', ['/部長/方針', '/技監'], [' 2 [2]', ' 3 [3]']],
  ])('%s', (_, rows, expected) => {
    expect(headsOf(...rows)).toEqual(expected);
  });
});

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
