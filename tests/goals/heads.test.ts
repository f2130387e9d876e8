import { describe, expect, test } from 'vitest';
import { joinedOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { soundTabs } from '../support/workbook.ts';

/** Rows of one department that give its several heads. */

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
