import { describe, expect, test } from 'vitest';
import { settle } from '../../../lib/goals/settle/settle.ts';
import { inspect } from '../../../lib/inspect.ts';
import { type DueReminder, whoIsRemindedToday } from '../../../lib/staff/reminders/who.ts';
import { japaneseDate } from '../../../lib/text/fiscal-year.ts';
import { at, fullTabs, withoutColumn } from '../../findings/sheet.ts';
import { type Tabs, workbookOf } from '../../support/workbook.ts';

const deadline = '2025-04-30';

/** The sheet of the findings, with a deadline and an address for each department. */
const tabs: Tabs = {
  ...fullTabs,
  設定: [...fullTabs.設定, ['締切（結果）', deadline]],
  部: fullTabs.部.map((row, index) => [
    ...row,
    ['連絡先メール', 'somu@example.jp', 'fukushi@example.jp、fukushi2@example.jp', ''][index] ?? '',
  ]),
};

function who(changed: Tabs, day: string): DueReminder | null {
  const now = new Date(`${day}T04:00:00+09:00`);
  const inspection = inspect(workbookOf(changed), now);
  if (inspection.kind !== 'usable') throw new Error('The sheet cannot be used.');
  return whoIsRemindedToday(inspection.sheet, settle(inspection.sheet, null, now).standings, japaneseDate(now));
}

/** What each department owes: `福祉部 held: blank 目標!D5`. */
const owing = (reminder: DueReminder | null): string[] =>
  (reminder?.departments ?? []).map(({ department, standing, cells }) =>
    [
      `${department} ${standing}:`,
      ...cells.map(({ tab, cell, column, kind }) => `${kind} ${tab}!${cell ?? column}`),
    ].join(' '),
  );

const change = (...changes: readonly (readonly [string, string, string])[]): Tabs =>
  changes.reduce<Tabs>((all, [tab, cell, text]) => at(all, tab, cell, text), tabs);

describe('who owes what', () => {
  test('nobody, where all is written', () => {
    expect(owing(who(tabs, deadline))).toEqual(['総務部 published:', '福祉部 published:', '教育部 published:']);
  });

  test.each([
    { name: 'a status that is blank', cells: [['目標', 'D5', '']], owes: '福祉部 held: blank 目標!D5' },
    { name: 'a word that is no status', cells: [['目標', 'D5', 'まあまあ']], owes: '福祉部 held: wrong 目標!D5' },
    {
      name: 'a draft, for the same cells',
      cells: [
        ['目標', 'D5', 'まあまあ'],
        ['部', 'G3', ''],
        ['部', 'L3', '下書き'],
      ],
      owes: '福祉部 draft: blank 部!G3 wrong 目標!D5',
    },
    {
      name: 'a department without a goal',
      cells: [
        ['目標', 'A5', '教育部'],
        ['目標', 'A6', '教育部'],
        ['目標', 'B5', '3'],
        ['目標', 'B6', '4'],
      ],
      owes: '福祉部 held: goals 部!A3',
    },
    {
      name: 'a goal under a name that resembles its own',
      cells: [['目標', 'A5', '福祉倍部']],
      owes: '福祉部 held: wrong 目標!A5',
    },
  ] as const)('$name', ({ cells, owes }) => {
    const found = owing(who(change(...cells), deadline));
    expect(found[1]).toBe(owes);
    expect([found[0], found[2]]).toEqual(['総務部 published:', '教育部 published:']);
  });

  test('what holds a department, and stands in the row of another, is that one to mend', () => {
    // 教育部 has no goals of its own name, and those under 福祉部 may be its.
    const carried = withoutColumn(change(['目標', 'A7', ''], ['目標', 'A8', '']), '目標', 'B');
    expect(owing(who(carried, deadline))).toEqual(['総務部 published:', '福祉部 held:', '教育部 held: goals 部!A4']);
  });

  test('a draft with nothing left to write owes nothing', () => {
    expect(owing(who(change(['部', 'L3', '下書き']), deadline))[1]).toBe('福祉部 draft:');
  });

  test('a withdrawn department, one of another year, and a warning are nobody to remind', () => {
    const changed = change(
      ['部', 'L3', '取下げ'],
      ['部', 'C2', 'SAWADA'],
      ['部', 'M4', '令和5年度'],
      ['目標', 'F7', '令和5年度'],
      ['目標', 'F8', '令和5年度'],
    );
    expect(owing(who(changed, deadline))).toEqual(['総務部 published:']);
  });

  test('addresses are those of the cell, and of no other department', () => {
    const { departments } = who(tabs, deadline) ?? { departments: [] };
    expect(departments.map(({ addresses }) => addresses)).toEqual([
      ['somu@example.jp'],
      ['fukushi@example.jp', 'fukushi2@example.jp'],
      [],
    ]);
  });
});

test('a year, night by night: the deadline of the phase alone counts', () => {
  const due: Record<string, readonly string[]> = {};
  for (let time = Date.parse('2025-04-01T04:00:00+09:00'); time < Date.parse('2026-04-01'); time += 86_400_000) {
    const day = japaneseDate(new Date(time));
    // As a city's year goes: goals in spring, the middle of it in autumn, results at its end.
    const phase = day < '2025-07-01' ? '目標' : day < '2025-12-01' ? '中間' : '結果';
    const settings = [
      ...fullTabs.設定.filter(([key]) => key !== '段階'),
      ['段階', phase],
      ['締切（目標）', '2025/4/30'],
      ['締切（中間）', '令和7年10月31日'],
      ['締切（結果）', '2025-12-26'],
    ];
    const withoutResults = {
      ...tabs,
      設定: settings,
      目標: fullTabs.目標.map((row, index) => (index === 4 ? ['福祉部', '1', '', '', '', ''] : row)),
    };
    const reminder = who(withoutResults, day);
    if (reminder?.day.due !== day) continue;
    due[day] = owing(reminder).filter((line) => !line.endsWith(':'));
  }
  const ofMonth = (month: string) => Object.keys(due).filter((day) => day.startsWith(month));
  expect(ofMonth('2025-04')).toEqual(['2025-04-23', '2025-04-30']);
  expect(ofMonth('2025-05')).toEqual([
    '2025-05-07',
    '2025-05-12',
    '2025-05-15',
    '2025-05-20',
    '2025-05-23',
    '2025-05-28',
  ]);
  expect(ofMonth('2025-07')).toEqual([]);
  expect(ofMonth('2025-10')).toEqual(['2025-10-24', '2025-10-31']);
  expect(ofMonth('2025-11')).toEqual([
    '2025-11-06',
    '2025-11-11',
    '2025-11-14',
    '2025-11-19',
    '2025-11-25',
    '2025-11-28',
  ]);
  expect(ofMonth('2025-12')).toEqual(['2025-12-19', '2025-12-26']);
  // Closed from 29 December to 4 January, a Sunday.
  expect(ofMonth('2026-01')).toEqual([
    '2026-01-07',
    '2026-01-13',
    '2026-01-16',
    '2026-01-21',
    '2026-01-26',
    '2026-01-29',
  ]);
  expect(due['2025-05-07']).toEqual(['福祉部 held: blank 目標!C5']);
});
