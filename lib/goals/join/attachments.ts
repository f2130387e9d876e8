import { isBlank, isErrorValue, matchKey, normalizeName } from '../../text/normalize.ts';
import type { Row } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { readGoalNumber } from '../cells/goal-number.ts';
import { yearOf } from '../cells/phase.ts';
import type { Settings } from '../settings.ts';
import type { DepartmentIndex } from './department-index.ts';
import type { Attachment, DepartmentEntry, GoalEntry } from './joined-sheet.ts';
import { numberedGoals } from './numbered-goals.ts';

/**
 * Gives the rows of 指標 or 評価 to their departments and goals, by name, year and number. A name that is in no row of 部 concerns the
 * department that it most resembles, as in 目標. Source: section 2 of the contract.
 */
export function attachRows<Column extends string>(
  rows: readonly (Row<Column> & Row<'department' | 'fiscalYear' | 'goalNumber'>)[],
  index: DepartmentIndex,
  settings: Settings,
): Attachment<Column>[] {
  const goalsOf = goalFinder();
  return rows.map((row) => {
    const typed = textIn(row.fields, 'department');
    const name = isErrorValue(typed) ? '' : normalizeName(typed);
    const fiscalYear = yearOf(row.fields.fiscalYear, settings);
    const key = matchKey(name);
    const entry = fiscalYear === null ? undefined : index.find(fiscalYear, key);
    const closest = fiscalYear === null || entry !== undefined ? null : index.resembling(fiscalYear, name);
    const concerns = entry ? [entry] : fiscalYear === null ? index.inAnyYear(key) : closest ? [closest] : [];
    const text = textIn(row.fields, 'goalNumber');
    const number = readGoalNumber(text);
    const goal = entry && typeof number === 'number' ? (goalsOf(entry).get(number) ?? null) : null;
    const isGoalUnknown = entry !== undefined && !isBlank(text) && goal === null;
    return {
      row,
      fiscalYear,
      entry: entry ?? null,
      goal,
      isGoalUnknown,
      departmentName: entry?.name ?? (name || null),
      concerns,
    };
  });
}

/** The goals of a department by their numbers, worked out once for each. */
function goalFinder(): (entry: DepartmentEntry) => ReadonlyMap<number, GoalEntry> {
  const known = new Map<DepartmentEntry, ReadonlyMap<number, GoalEntry>>();
  return (entry) => {
    let goals = known.get(entry);
    if (goals === undefined) {
      goals = new Map(numberedGoals(entry).flatMap(({ goal, number }) => (number === null ? [] : [[number, goal]])));
      known.set(entry, goals);
    }
    return goals;
  };
}
