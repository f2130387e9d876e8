import { textIn } from '../../workbook/rows.ts';
import { readGoalNumber } from '../cells/goal-number.ts';
import type { DepartmentEntry, GoalEntry } from './joined-sheet.ts';

/** A goal of a department with its number; null where that cannot be read. */
export interface NumberedGoal {
  readonly goal: GoalEntry;
  readonly number: number | null;
}

/** The goals of a department with their numbers. Source: section 1 of the contract: a blank 番号 is the order of appearance. */
export function numberedGoals({ goals }: DepartmentEntry): NumberedGoal[] {
  return goals.filter(countsAmongGoals).map((goal, index) => {
    const number = readGoalNumber(textIn(goal.row.fields, 'number'));
    return { goal, number: number === 'blank' ? index + 1 : number };
  });
}

/** False for goals that may be meant for the department, but whose name or year does not say so. */
export function countsAmongGoals({ standing }: GoalEntry): boolean {
  return standing === 'own' || standing === 'restarted' || standing === 'unnamed';
}
