import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { isBlank, isErrorValue, matchKey } from '../../text/normalize.ts';
import type { GoalColumn } from '../../workbook/columns.ts';
import { goalColumns, headerOf } from '../../workbook/columns.ts';
import { textIn } from '../../workbook/rows.ts';
import { readGoalNumber } from '../cells/goal-number.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import { countsAmongGoals, numberedGoals } from '../join/numbered-goals.ts';
import type { Report } from './rule.ts';
import { checkedGoals, departmentPlace, goalPlace, report } from './rule.ts';

const textOf = (goal: GoalEntry, column: GoalColumn): string => textIn(goal.row.fields, column);

/**
 * A goal whose 部名 is in no row of 部 is an error, and holds the department that the name most resembles, if it resembles one. One slip
 * is one finding: at its first cell, with the other places. Where all goals of a department have the one other name, the slip is in 部.
 * Source: section 2 of the contract.
 */
export function* unknownDepartments(sheet: JoinedSheet): Generator<Report> {
  const lost = sheet.goals.filter(({ standing }) => standing === 'unknown');
  for (const same of Map.groupBy(lost, nameInYear).values()) {
    const [first] = same;
    if (first === undefined) continue;
    const entry = first.concerns[0] ?? null;
    const places = placesInWords(same.map((goal) => goal.row.fields.department?.carriedInto ?? cellOf(goal)));
    if (entry !== null && isNamedOtherwise(entry, same, sheet)) {
      const facts = { name: first.departmentName ?? '', places };
      yield report('department-named-otherwise', departmentPlace(sheet, entry, 'department'), facts, [entry]);
      continue;
    }
    const facts = { closest: entry?.name ?? null, places: new Set(same.map(cellOf)).size > 1 ? places : null };
    yield report('unknown-department', goalPlace(sheet, first, 'department'), facts, first.concerns);
  }
}

const cellOf = (goal: GoalEntry): string => goal.row.fields.department?.cell ?? '';
const nameInYear = ({ fiscalYear, departmentName }: GoalEntry): string =>
  `${fiscalYear}\n${matchKey(departmentName ?? '')}`;

/** Whether the goals of a department all go by one other name: then it is its own name that is misspelt. */
export function isNamedOtherwise(entry: DepartmentEntry, unknown: readonly GoalEntry[], sheet: JoinedSheet): boolean {
  // One cell that is wrong, merged or carried down, is one slip of its own.
  if (new Set(unknown.map(cellOf)).size < 2) return false;
  const names = new Set(unknown.map(nameInYear));
  return sheet.goals.every(
    (goal) => !goal.concerns.includes(entry) || (goal.standing === 'unknown' && names.has(nameInYear(goal))),
  );
}

/** `A20からA27の8か所`, or the cells one by one where they are not in a row. */
function placesInWords(cells: readonly string[]): string {
  const rows = cells.map((cell) => Number(/\d+$/u.exec(cell)?.[0]));
  const first = rows[0] ?? 0;
  const together = rows.length > 2 && rows.every((row, index) => row === first + index);
  if (together) return `${cells[0]}から${cells.at(-1)}の${cells.length}か所`;
  const shown = cells.slice(0, 5).join('、');
  return cells.length > 5 ? `${shown}ほか、計${cells.length}か所` : shown;
}

/** A department in 目標 must be in 部 in the same fiscal year. Its nearest year is held: that may be the one that was meant. */
export function* departmentsNotInYear(sheet: JoinedSheet): Generator<Report> {
  const yearsByKey = new Map<string, Set<number>>();
  for (const { key, fiscalYear } of sheet.departments) {
    if (fiscalYear === null) continue;
    const years = yearsByKey.get(key) ?? new Set();
    yearsByKey.set(key, years.add(fiscalYear));
  }
  const elsewhere = sheet.goals.filter(({ standing }) => standing === 'other-year');
  for (const [goal] of Map.groupBy(elsewhere, nameInYear).values()) {
    if (goal === undefined || goal.fiscalYear === null) continue;
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
    const facts = { column: headerOf(goalColumns, 'department', sheet.rows.scheme) };
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
    const header = headerOf(goalColumns, column, sheet.rows.scheme);
    yield report('number-restarts', place, { column: header, above, number, closest }, goal.concerns);
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
