import holidays from 'japanese-holidays';

/**
 * The days on which a city is reminded of a deadline: 7 days before it, on it, and after it every third working day. Days are those of Japan,
 * `YYYY-MM-DD`. Which holidays there are is said by a library: see docs/decisions/0187-days-of-reminders.md.
 */

/** So many days before the deadline the first reminder goes out. */
const daysBefore = 7;
/** After the deadline, so many working days lie between two reminders. */
const workingDaysBetween = 3;

const dayMs = 86_400_000;

/** Whole days from one day to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** 日, 月 … of a day. */
export function weekdayOf(day: string): string {
  return '日月火水木金土'.charAt(new Date(day).getUTCDay());
}

/**
 * Whether a city hall is open on a day: not on Saturdays and Sundays, on public holidays and from 29 December to 3 January. Source:
 * 地方自治法 第4条の2, and 国民の祝日に関する法律.
 */
export function isWorkingDay(day: string): boolean {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const weekday = new Date(day).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  if ((month === 12 && date >= 29) || (month === 1 && date <= 3)) return false;
  return holidays.isHoliday(new Date(year, month - 1, date)) === undefined;
}

/**
 * The last day up to `today` on which a reminder of the deadline was due, today included; null before the first. A night that did not take
 * place is so made up for by the next one.
 */
export function reminderDue(deadline: string, today: string): string | null {
  const first = addDays(deadline, -daysBefore);
  if (today < first) return null;
  if (today < deadline) return first;
  let due = deadline;
  let workingDays = 0;
  for (let day = addDays(deadline, 1); day <= today; day = addDays(day, 1)) {
    if (!isWorkingDay(day)) continue;
    workingDays += 1;
    if (workingDays % workingDaysBetween === 0) due = day;
  }
  return due;
}
