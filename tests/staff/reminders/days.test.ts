import { holidays as official } from '@holiday-jp/holiday_jp';
import holidays from 'japanese-holidays';
import { expect, test } from 'vitest';
import { addDays, daysBetween, isWorkingDay, reminderDue, weekdayOf } from '../../../lib/staff/reminders/days.ts';

/** All days from one to another, both included. */
function* days(from: string, to: string): Generator<string> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}

/** The days on which a new reminder of a deadline is due. */
function dueDays(deadline: string, from: string, to: string): string[] {
  return [...days(from, to)].filter((day) => reminderDue(deadline, day) === day);
}

test('a city hall is closed at weekends, on public holidays, and around the new year', () => {
  const closed = [...days('2025-04-01', '2026-03-31')].filter((day) => {
    const isWeekend = '土日'.includes(weekdayOf(day));
    return !isWeekend && !isWorkingDay(day);
  });
  expect(closed).toEqual([
    '2025-04-29', // 昭和の日
    '2025-05-05', // こどもの日
    '2025-05-06', // 振替休日
    '2025-07-21',
    '2025-08-11',
    '2025-09-15',
    '2025-09-23',
    '2025-10-13',
    '2025-11-03',
    '2025-11-24', // 振替休日
    '2025-12-29',
    '2025-12-30',
    '2025-12-31',
    '2026-01-01',
    '2026-01-02',
    '2026-01-12',
    '2026-02-11',
    '2026-02-23',
    '2026-03-20',
  ]);
  expect(isWorkingDay('2025-04-05')).toBe(false);
  // 国民の休日 between two holidays, which no list of dates has.
  expect(isWorkingDay('2026-09-22')).toBe(false);
});

test('the holidays are those of the list that the Cabinet Office publishes', () => {
  const differing = [...days('2019-05-01', '2050-12-31')].filter((day) => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return (holidays.isHoliday(new Date(year, month - 1, date)) !== undefined) !== Object.hasOwn(official, day);
  });
  expect(differing).toEqual([]);
});

test.each([
  {
    name: 'Golden Week',
    deadline: '2025-04-30',
    until: '2025-05-20',
    due: ['2025-04-23', '2025-04-30', '2025-05-07', '2025-05-12', '2025-05-15', '2025-05-20'],
  },
  {
    name: 'the turn of the year',
    deadline: '2025-12-24',
    until: '2026-01-19',
    due: ['2025-12-17', '2025-12-24', '2026-01-05', '2026-01-08', '2026-01-14', '2026-01-19'],
  },
  {
    name: 'a deadline on a Sunday: on the day itself all the same',
    deadline: '2025-06-01',
    until: '2025-06-10',
    due: ['2025-05-25', '2025-06-01', '2025-06-04', '2025-06-09'],
  },
  {
    name: 'the end of February in a leap year',
    deadline: '2028-03-03',
    until: '2028-03-08',
    due: ['2028-02-25', '2028-03-03', '2028-03-08'],
  },
])('reminders around $name', ({ deadline, until, due }) => {
  expect(dueDays(deadline, addDays(deadline, -20), until)).toEqual(due);
});

test('a year: two reminders up to the deadline, then one in every third working day', () => {
  const deadline = '2025-04-25';
  const due = dueDays(deadline, '2025-04-01', '2026-03-31');
  const workingDays = [...days('2025-04-26', '2026-03-31')].filter(isWorkingDay);
  expect(due.slice(0, 2)).toEqual(['2025-04-18', '2025-04-25']);
  expect(due.slice(2)).toEqual(workingDays.filter((_, index) => index % 3 === 2));
});

test('what was due while nothing ran is due still', () => {
  expect(reminderDue('2025-04-30', '2025-04-22')).toBeNull();
  expect(reminderDue('2025-04-30', '2025-04-29')).toBe('2025-04-23');
  expect(reminderDue('2025-04-30', '2025-05-06')).toBe('2025-04-30');
  expect(reminderDue('2025-04-30', '2025-05-11')).toBe('2025-05-07');
});

test('days are counted as the calendar has them', () => {
  expect(daysBetween('2025-03-30', '2025-04-02')).toBe(3);
  expect(daysBetween('2025-04-02', '2025-03-30')).toBe(-3);
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(weekdayOf('2025-04-30')).toBe('水');
});
