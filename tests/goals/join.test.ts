import { describe, expect, test } from 'vitest';
import { joinRows } from '../../lib/goals/join/join.ts';
import type { DepartmentEntry } from '../../lib/goals/join/joined-sheet.ts';
import type { Settings } from '../../lib/goals/settings.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

const settings: Settings = {
  scheme: defaultScheme,
  introduction: null,
  deadlines: { plan: null, interim: null, result: null },
  municipality: { name: '湊野市', code: null },
  fiscalYear: 2024,
  phase: 'interim',
  title: null,
  contact: null,
  licence: 'CC-BY-4.0',
  saysUnlisted: false,
};

interface Joined {
  /** 部 by row: `name year [numbers of its goals on the sheet, by row]`. */
  readonly departments: readonly string[];
  /** 目標 by row: `standing concerns`, and what restarts in brackets. */
  readonly goals: readonly string[];
}

const labelOf = ({ name, fiscalYear }: DepartmentEntry): string =>
  `${name || '？'}${fiscalYear === 2024 ? '' : `/${fiscalYear}`}`;

/** Joins rows of `部名 年度` and `部名 番号 年度`, written with spaces; `.` is a blank cell. */
function join(departments: readonly string[], goals: readonly string[]): Joined {
  const cells = (line: string): string[] => line.split(' ').map((cell) => (cell === '.' ? '' : cell));
  const { rows, findings } = parseWorkbook(
    workbookOf({
      設定: soundTabs.設定,
      部: [
        ['部名', '年度', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事'],
        ...departments.map((line) => [...cells(line), '', ''].slice(0, 2).concat('沢田')),
      ],
      目標: [
        ['部名', '番号', '年度', '目標'],
        ...goals.map((line) => [...cells(line), '', ''].slice(0, 3).concat('目標')),
      ],
    }),
  );
  if (rows === null) throw new Error(findings.map(({ message }) => message).join());
  const joined = joinRows(rows, settings);
  return {
    departments: joined.departments.map(
      (entry) => `${labelOf(entry)} ${entry.goals.map(({ row }) => row.row).join(',')}`,
    ),
    goals: joined.goals.map(({ standing, concerns, restart, leads, departmentName }) => {
      const facts =
        restart === null ? '' : ` [${restart.column} ${restart.above} ${restart.number} ${restart.closest}]`;
      const shown = departmentName === concerns[0]?.name ? '' : `(${departmentName})`;
      return `${standing}${leads ? '' : '+'} ${concerns.map(labelOf).join(',')}${shown}${facts}`;
    }),
  };
}

const cases: readonly {
  readonly name: string;
  readonly departments: string[];
  readonly goals: string[];
  readonly joined: Joined;
}[] = [
  {
    name: 'by name and year, the year of 設定 where there is none',
    departments: ['総務部', '福祉部', '総務部 R5'],
    goals: ['総務部 1', '総務部 1 R5', '福祉部 1 2024', '総務部 2 R6'],
    joined: {
      departments: ['総務部 2,5', '福祉部 4', '総務部/2023 3'],
      goals: ['own 総務部', 'own 総務部/2023', 'own 福祉部', 'own 総務部'],
    },
  },
  {
    name: 'the first of two rows of one department has its goals',
    departments: ['総務部', '総務部'],
    goals: ['総務部 1'],
    joined: { departments: ['総務部 2', '総務部 '], goals: ['own 総務部'] },
  },
  {
    name: 'a misspelt name holds the one that it resembles, a strange one nobody',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '福址部 1', '上下水道局 1'],
    joined: {
      departments: ['総務部 2', '福祉部 3'],
      goals: ['own 総務部', 'unknown 福祉部(福址部)', 'unknown (上下水道局)'],
    },
  },
  {
    name: 'a misspelt name resembles those of its own year only',
    departments: ['総務部', '福祉部 R5'],
    goals: ['総務部 1', '福址部 1'],
    joined: { departments: ['総務部 2', '福祉部/2023 '], goals: ['own 総務部', 'unknown (福址部)'] },
  },
  {
    name: 'a goal of another year holds the nearest year of its department',
    departments: ['総務部 R1', '総務部 R4', '総務部 R2'],
    goals: ['総務部 1 R5', '総務部 1 H31', '総務部 1 R3'],
    joined: {
      departments: ['総務部/2019 3', '総務部/2022 2,4', '総務部/2020 '],
      goals: ['other-year 総務部/2022', 'own 総務部/2019', 'other-year 総務部/2022'],
    },
  },
  {
    name: 'a year in 部 that cannot be read is farthest of all',
    departments: ['総務部 来年', '総務部 R1', '福祉部 来年'],
    goals: ['総務部 1', '福祉部 1'],
    joined: {
      departments: ['総務部/null ', '総務部/2019 2', '福祉部/null 3'],
      goals: ['other-year 総務部/2019', 'other-year 福祉部/null'],
    },
  },
  {
    name: 'a goal whose year cannot be read holds its department in every year',
    departments: ['総務部', '総務部 R5', '福祉部'],
    goals: ['総務部 1 来年', '土木部 1 来年', '. 1 来年'],
    joined: {
      departments: ['総務部 2', '総務部/2023 2', '福祉部 '],
      goals: ['without-year 総務部,総務部/2023', 'without-year (土木部)', 'without-year (土木部)'],
    },
  },
  {
    name: 'a row without a name takes that of the goals nobody claims',
    departments: ['総務部', '.', '教育部'],
    goals: ['総務部 1', '福祉部 1', '福祉部 2', '教育部 1'],
    joined: {
      departments: ['総務部 2', '福祉部 3,4', '教育部 5'],
      goals: ['own 総務部', 'own 福祉部', 'own 福祉部', 'own 教育部'],
    },
  },
  {
    name: 'two such rows take two names in order, each in its year',
    departments: ['.', '.', '. R5'],
    goals: ['教育部 1', '福祉部 1', '福祉部 1 R5'],
    joined: {
      departments: ['教育部 2', '福祉部 3', '福祉部/2023 4'],
      goals: ['own 教育部', 'own 福祉部', 'own 福祉部/2023'],
    },
  },
  {
    name: 'a misspelt name does not count as one that nobody claims, where one too many is left',
    departments: ['総務部', '.'],
    goals: ['総務部 1', '総矛部 2', '環境保全課 1'],
    joined: {
      departments: ['総務部 2,3', '環境保全課 4'],
      goals: ['own 総務部', 'unknown 総務部(総矛部)', 'own 環境保全課'],
    },
  },
  {
    name: 'where names and rows do not come out even, none is taken',
    departments: ['総務部', '.'],
    goals: ['総務部 1', '環境保全課 1', '上下水道局 1', '. 2'],
    joined: {
      departments: ['総務部 2', '？ '],
      goals: ['own 総務部', 'unknown (環境保全課)', 'unknown (上下水道局)', 'unknown (上下水道局)'],
    },
  },
  {
    name: 'a broken formula for the name of a row in 部 is no name',
    departments: ['#REF!', '総務部'],
    goals: ['福祉部 1', '総務部 1'],
    joined: { departments: ['福祉部 2', '総務部 3'], goals: ['own 福祉部', 'own 総務部'] },
  },
  {
    name: 'numbers that begin again under a blank name belong to the next name, where they go on',
    departments: ['総務部', '福祉部', '教育部'],
    goals: ['総務部 1', '総務部 2', '. 1', '福祉部 2', '福祉部 3', '教育部 1'],
    joined: {
      departments: ['総務部 2,3', '福祉部 4,5,6', '教育部 7'],
      goals: [
        'own 総務部',
        'own 総務部',
        'restarted 総務部,福祉部(福祉部) [department 総務部 1 福祉部]',
        'own 福祉部',
        'own 福祉部',
        'own 教育部',
      ],
    },
  },
  {
    name: 'or to a department without goals, the first after the one above',
    departments: ['教育部', '総務部', '福祉部', '土木部'],
    goals: ['総務部 1', '. 2', '. 1', '. 2', '土木部 1'],
    joined: {
      departments: ['教育部 ', '総務部 2,3', '福祉部 4,5', '土木部 6'],
      goals: [
        'own 総務部',
        'own 総務部',
        'restarted 総務部,福祉部(福祉部) [department 総務部 1 福祉部]',
        'restarted+ 総務部,福祉部(福祉部)',
        'own 土木部',
      ],
    },
  },
  {
    name: 'or to one before it, where there is none after; each is taken once',
    departments: ['教育部', '総務部', '福祉部'],
    goals: ['総務部 1', '. 1', '福祉部 1', '. 1'],
    joined: {
      departments: ['教育部 3', '総務部 2', '福祉部 4,5'],
      goals: ['own 総務部', 'restarted 総務部,教育部(教育部) [department 総務部 1 教育部]', 'own 福祉部', 'own 福祉部'],
    },
  },
  {
    name: 'a number twice before the same name goes on is only there twice',
    departments: ['総務部', '教育部'],
    goals: ['総務部 1', '. 1', '総務部 2'],
    joined: { departments: ['総務部 2,3,4', '教育部 '], goals: ['own 総務部', 'own 総務部', 'own 総務部'] },
  },
  {
    name: 'numbers that go on, or back without beginning again, stay with the name above',
    departments: ['総務部', '福祉部', '教育部'],
    goals: ['総務部 1', '. 2', '. 2', '. 3', '福祉部 1', '. .', '. x'],
    joined: {
      departments: ['総務部 2,3,4,5', '福祉部 6,7,8', '教育部 '],
      goals: ['own 総務部', 'own 総務部', 'own 総務部', 'own 総務部', 'own 福祉部', 'own 福祉部', 'own 福祉部'],
    },
  },
  {
    name: 'a number that goes back below the one above begins again, whatever it is',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 4', '. 5', '. 6', '. 4', '福祉部 5'],
    joined: {
      departments: ['総務部 2,3,4', '福祉部 5,6'],
      goals: [
        'own 総務部',
        'own 総務部',
        'own 総務部',
        'restarted 総務部,福祉部(福祉部) [department 総務部 4 福祉部]',
        'own 福祉部',
      ],
    },
  },
  {
    name: 'a number that begins again under a name of its own is only there twice',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '総務部 1', '福祉部 2'],
    joined: { departments: ['総務部 2,3', '福祉部 4'], goals: ['own 総務部', 'own 総務部', 'own 福祉部'] },
  },
  {
    name: 'the next name is not meant where its year is another',
    departments: ['総務部', '福祉部', '福祉部 R5'],
    goals: ['総務部 1 R6', '. 1', '福祉部 2 R5', '福祉部 1 R6'],
    joined: {
      departments: ['総務部 2,3', '福祉部 5', '福祉部/2023 4'],
      goals: ['own 総務部', 'own 総務部', 'own 福祉部/2023', 'own 福祉部'],
    },
  },
  {
    name: 'above the first name: with the next one, where the numbers go on',
    departments: ['総務部', '福祉部'],
    goals: ['. 1', '. 2', '総務部 3', '福祉部 1'],
    joined: {
      departments: ['総務部 2,3,4', '福祉部 5'],
      goals: ['unnamed 総務部', 'unnamed+ 総務部', 'own 総務部', 'own 福祉部'],
    },
  },
  {
    name: 'above the first name: with a department without goals, where they do not',
    departments: ['総務部', '福祉部'],
    goals: ['. 1', '. 2', '総務部 1'],
    joined: {
      departments: ['総務部 4', '福祉部 2,3'],
      goals: ['unnamed 福祉部', 'unnamed+ 福祉部', 'own 総務部'],
    },
  },
  {
    name: 'above the first name, without numbers: with the next one',
    departments: ['総務部'],
    goals: ['.', '総務部'],
    joined: { departments: ['総務部 2,3'], goals: ['unnamed 総務部', 'own 総務部'] },
  },
  {
    name: 'nothing but rows without a name',
    departments: ['総務部', '福祉部'],
    goals: ['. 3', '. 4'],
    joined: { departments: ['総務部 ', '福祉部 '], goals: ['unnamed (null)', 'unnamed+ (null)'] },
  },
  {
    name: 'an error value between two rows of one department',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '#REF! 7', '総務部 3'],
    joined: { departments: ['総務部 2,3,4', '福祉部 '], goals: ['own 総務部', 'unnamed 総務部', 'own 総務部'] },
  },
  {
    name: 'an error value that goes on from the row above',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '#REF! 2', '福祉部 1'],
    joined: { departments: ['総務部 2,3', '福祉部 4'], goals: ['own 総務部', 'unnamed 総務部', 'own 福祉部'] },
  },
  {
    name: 'an error value from which the row below goes on',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '#REF! 1', '福祉部 2'],
    joined: { departments: ['総務部 2', '福祉部 3,4'], goals: ['own 総務部', 'unnamed 福祉部', 'own 福祉部'] },
  },
  {
    name: 'an error value that could be either’s holds both',
    departments: ['総務部', '福祉部', '教育部'],
    goals: ['総務部 1', '#REF! 2', '福祉部 3', '#REF! 7', '教育部 9'],
    joined: {
      departments: ['総務部 2,3', '福祉部 3,4,5', '教育部 5,6'],
      goals: ['own 総務部', 'unnamed 総務部,福祉部', 'own 福祉部', 'unnamed 福祉部,教育部', 'own 教育部'],
    },
  },
  {
    name: 'an error value at the end, which goes on from nothing',
    departments: ['総務部', '福祉部'],
    goals: ['総務部 1', '#REF! 1', '. 2'],
    joined: { departments: ['総務部 2', '福祉部 3,4'], goals: ['own 総務部', 'unnamed 福祉部', 'unnamed+ 福祉部'] },
  },
  {
    name: 'a blank year at the head of a year, where the same department goes on below',
    departments: ['総務部 R5', '福祉部 R5', '総務部', '福祉部'],
    goals: ['総務部 1 R5', '福祉部 1 R5', '総務部 1 .', '総務部 2 R6', '福祉部 1 R6'],
    joined: {
      departments: ['総務部/2023 2', '福祉部/2023 3', '総務部 4,5', '福祉部 6'],
      goals: [
        'own 総務部/2023',
        'own 福祉部/2023',
        'restarted 総務部/2023,総務部 [fiscalYear 令和5年度 1 令和6年度]',
        'own 総務部',
        'own 福祉部',
      ],
    },
  },
  {
    name: 'a blank year at the head of a year that is written once: the year in which the department has no goals',
    departments: ['総務部', '福祉部', '総務部 R7', '福祉部 R7'],
    goals: ['総務部 1 R6', '総務部 2 .', '福祉部 1 .', '総務部 1 .', '福祉部 1 .'],
    joined: {
      departments: ['総務部 2,3', '福祉部 4', '総務部/2025 5', '福祉部/2025 6'],
      goals: [
        'own 総務部',
        'own 総務部',
        'own 福祉部',
        'restarted 総務部,総務部/2025 [fiscalYear 令和6年度 1 令和7年度]',
        'restarted+ 福祉部,福祉部/2025',
      ],
    },
  },
  {
    name: 'a blank year above all years, which is not that of 設定',
    departments: ['総務部 R5', '総務部'],
    goals: ['総務部 1 .', '総務部 2 R5', '総務部 1 R6'],
    joined: {
      departments: ['総務部/2023 2,3', '総務部 4'],
      goals: ['restarted 総務部,総務部/2023 [fiscalYear null 1 令和5年度]', 'own 総務部/2023', 'own 総務部'],
    },
  },
  {
    name: 'a blank year, and two years that could be meant',
    departments: ['総務部', '総務部 R5', '総務部 R7'],
    goals: ['総務部 1 R6', '総務部 1 .'],
    joined: {
      departments: ['総務部 2,3', '総務部/2023 ', '総務部/2025 '],
      goals: ['own 総務部', 'own 総務部'],
    },
  },
  {
    name: 'a blank year before another department’s, or where the numbers do not go on, is what it says',
    departments: ['総務部', '福祉部 R5', '総務部 R5'],
    goals: ['総務部 1 R6', '総務部 1 .', '福祉部 2 R5', '総務部 1 R6', '総務部 1 .', '総務部 3 R5'],
    joined: {
      departments: ['総務部 2,3,5,6', '福祉部/2023 4', '総務部/2023 7'],
      goals: ['own 総務部', 'own 総務部', 'own 福祉部/2023', 'own 総務部', 'own 総務部', 'own 総務部/2023'],
    },
  },
  {
    name: 'a blank year, and the department goes on below, but behind another: nobody can tell',
    departments: ['総務部 R5', '福祉部 R5', '総務部', '福祉部'],
    goals: ['総務部 1 R5', '総務部 1 .', '福祉部 1 .', '総務部 2 R6'],
    joined: {
      departments: ['総務部/2023 2,3', '福祉部/2023 4', '総務部 5', '福祉部 '],
      goals: ['own 総務部/2023', 'own 総務部/2023', 'own 福祉部/2023', 'own 総務部'],
    },
  },
  {
    name: 'no rows at all',
    departments: ['総務部'],
    goals: [],
    joined: { departments: ['総務部 '], goals: [] },
  },
];

describe('goals find their departments', () => {
  test.each(cases)('$name', ({ departments, goals, joined }) => {
    expect(join(departments, goals)).toEqual(joined);
  });
});
