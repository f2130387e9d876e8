import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { isBlank, isErrorValue, matchKey } from '../../text/normalize.ts';
import type { GoalColumn } from '../../workbook/rows.ts';
import { goalColumnNames } from '../../workbook/rows.ts';
import { readGoalNumber } from '../cells/goal-number.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import { countsAmongGoals, numberedGoals } from '../join/numbered-goals.ts';
import type { Report } from './rule.ts';
import { checkedGoals, goalPlace, report } from './rule.ts';

const textOf = (goal: GoalEntry, column: GoalColumn): string => goal.row.fields[column]?.text ?? '';

/**
 * A goal whose 部名 is in no row of 部 is an error, and holds the department that the name most resembles, if it resembles one.
 * Source: section 2 of the contract.
 */
export function* unknownDepartments(sheet: JoinedSheet): Generator<Report> {
  for (const goal of sheet.goals) {
    if (goal.standing !== 'unknown') continue;
    const closest = goal.concerns[0]?.name ?? null;
    yield report('unknown-department', goalPlace(sheet, goal, 'department'), { closest }, goal.concerns);
  }
}

/** A department in 目標 must be in 部 in the same fiscal year. Its nearest year is held: that may be the one that was meant. */
export function* departmentsNotInYear(sheet: JoinedSheet): Generator<Report> {
  const yearsByKey = new Map<string, Set<number>>();
  for (const { key, fiscalYear } of sheet.departments) {
    if (fiscalYear === null) continue;
    const years = yearsByKey.get(key) ?? new Set();
    yearsByKey.set(key, years.add(fiscalYear));
  }
  for (const goal of sheet.goals) {
    if (goal.standing !== 'other-year' || goal.fiscalYear === null) continue;
    const years = [...(yearsByKey.get(goal.concerns[0]?.key ?? '') ?? [])].map(fiscalYearLabel);
    // Where the year of its row in 部 cannot be read, that is the one thing to mend.
    if (years.length === 0) continue;
    const facts = { year: fiscalYearLabel(goal.fiscalYear), years };
    yield report('department-not-in-year', goalPlace(sheet, goal, 'department'), facts, goal.concerns);
  }
}

/** 部名 is required in 目標 where there is nothing above it to take over. Source: section 1 of the contract. */
export function* goalsWithoutName(sheet: JoinedSheet): Generator<Report> {
  for (const goal of sheet.goals) {
    if (goal.standing !== 'unnamed' && goal.standing !== 'without-year') continue;
    if (!goal.leads || !isBlank(textOf(goal, 'department'))) continue;
    const facts = { column: goalColumnNames.department };
    yield report('missing-value', goalPlace(sheet, goal, 'department'), facts, goal.concerns);
  }
}

/**
 * A blank 部名 or 年度 means the value above (section 1 of the contract). Where the numbers begin again under it, a cleared
 * cell has put one department's goals among another's: both are held.
 */
export function* restartedNumbers(sheet: JoinedSheet): Generator<Report> {
  for (const goal of sheet.goals) {
    const { restart } = goal;
    if (restart === null) continue;
    const { column, above, number, closest } = restart;
    const field = goal.row.fields[column];
    const place = {
      ...goalPlace(sheet, goal, column),
      cell: field?.carriedInto ?? field?.cell ?? null,
      row: goal.row.row,
      value: null,
    };
    yield report('number-restarts', place, { column: goalColumnNames[column], above, number, closest }, goal.concerns);
  }
}

/**
 * Without numbers a cleared 部名 at the head of a block cannot be proved. In a sheet that writes the name in every row, a
 * blank between two departments is looked at all the same.
 */
export function* carriedDepartments(sheet: JoinedSheet): Generator<Report> {
  const { goals } = sheet;
  const ownName = (goal: GoalEntry | undefined): DepartmentEntry | null =>
    goal?.standing === 'own' && goal.row.fields.department?.carriedInto === undefined
      ? (goal.concerns[0] ?? null)
      : null;
  for (const [index, goal] of goals.entries()) {
    const cell = goal.row.fields.department?.carriedInto;
    if (cell === undefined || goal.standing !== 'own' || !isBlank(textOf(goal, 'number'))) continue;
    const above = ownName(goals[index - 1]);
    const below = ownName(goals[index + 1]);
    if (above === null || below === null || above === below) continue;
    const writtenOut = ownName(goals[index - 2]) === above || ownName(goals[index + 2]) === below;
    if (!writtenOut) continue;
    const place = { ...goalPlace(sheet, goal, 'department'), cell, row: goal.row.row, value: null };
    yield report('carried-department', place, { above: above.name, below: below.name });
  }
}

/** 目標 is required. Source: section 1 of the contract. */
export function* missingGoalTexts(sheet: JoinedSheet): Generator<Report> {
  const facts = { column: goalColumnNames.goal };
  for (const goal of checkedGoals(sheet)) {
    if (!isBlank(textOf(goal, 'goal'))) continue;
    yield report('missing-value', goalPlace(sheet, goal, 'goal'), facts, goal.concerns);
  }
}

/** A goal that is nothing but a word of 達成状況: the cells of the row have moved. */
export function* statusesInGoals(sheet: JoinedSheet): Generator<Report> {
  for (const goal of checkedGoals(sheet)) {
    const word = sheet.vocabulary.byKey.get(matchKey(textOf(goal, 'goal')));
    if (word === undefined) continue;
    yield report('status-in-goal', goalPlace(sheet, goal, 'goal'), { status: word.label }, goal.concerns);
  }
}

/** 番号 is a whole number; a blank one is counted. Source: section 1 of the contract. */
export function* unreadableNumbers(sheet: JoinedSheet): Generator<Report> {
  for (const goal of checkedGoals(sheet)) {
    const text = textOf(goal, 'number');
    if (readGoalNumber(text) !== null || isErrorValue(text)) continue;
    yield report('unreadable-number', goalPlace(sheet, goal, 'number'), {}, goal.concerns);
  }
}

/** A number names one goal of its department. Source: `data-goal` in section 4 of the contract. */
export function* repeatedNumbers(sheet: JoinedSheet): Generator<Report> {
  for (const entry of sheet.departments) {
    if (entry.visibility === 'withdrawn') continue;
    const seen = new Map<number, GoalEntry>();
    for (const { goal, number } of numberedGoals(entry)) {
      if (number === null) continue;
      const first = seen.get(number);
      if (first === undefined) seen.set(number, goal);
      else {
        const otherCell = first.row.fields.number?.cell ?? '';
        yield report('repeated-number', goalPlace(sheet, goal, 'number'), { number, otherCell }, [entry]);
      }
    }
  }
}

/**
 * Numbers usually run from 1 without a gap: a number left out is a row that was left out. It is only told where nothing
 * else is wrong with the numbers, and not where a department goes on counting from the one before it.
 */
export function* gapsInNumbers(sheet: JoinedSheet): Generator<Report> {
  const lastByYear = new Map<number | null, number>();
  for (const entry of sheet.departments) {
    if (entry.visibility === 'withdrawn' || entry.key === '') continue;
    const numbered = numberedWithDoubtful(entry);
    if (numbered === null) continue;
    const sorted = numbered.toSorted((a, b) => a.number - b.number);
    const next = (lastByYear.get(entry.fiscalYear) ?? 0) + 1;
    let expected = sorted[0]?.number === next ? next : 1;
    for (const { goal, number } of sorted) {
      if (number > expected) {
        const missing = number === expected + 1 ? `${expected}` : `${expected}から${number - 1}`;
        yield report('gap-in-numbers', goalPlace(sheet, goal, 'number'), { missing });
      }
      expected = number + 1;
    }
    lastByYear.set(entry.fiscalYear, expected - 1);
  }
}

/** All numbers that are, or may be, of a department; null where one is unreadable or there twice, which is said elsewhere. */
function numberedWithDoubtful(entry: DepartmentEntry): { goal: GoalEntry; number: number }[] | null {
  const numbers = new Map(numberedGoals(entry).map(({ goal, number }) => [goal, number]));
  const seen = new Set<number>();
  const result: { goal: GoalEntry; number: number }[] = [];
  for (const goal of entry.goals) {
    const typed = readGoalNumber(textOf(goal, 'number'));
    const number = countsAmongGoals(goal) ? (numbers.get(goal) ?? null) : typed === 'blank' ? null : typed;
    if (number === null || seen.has(number)) return null;
    seen.add(number);
    result.push({ goal, number });
  }
  return result;
}
