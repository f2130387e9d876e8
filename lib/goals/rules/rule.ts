import type { FactsOf, FindingCode, Place } from '../../findings/catalogue.ts';
import { finding } from '../../findings/catalogue.ts';
import type { Finding } from '../../findings/finding.ts';
import { isName } from '../../text/normalize.ts';
import type { DepartmentColumn, Field, GoalColumn } from '../../workbook/rows.ts';
import { departmentColumnNames, goalColumnNames } from '../../workbook/rows.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';

/** A finding, and the departments that cannot be published while it stands. Only errors hold. */
export interface Report {
  readonly finding: Finding;
  readonly holds: readonly DepartmentEntry[];
}

/** One thing that can be wrong with a sheet. Pure: the same sheet gives the same reports. */
export type Rule = (sheet: JoinedSheet) => Iterable<Report>;

/** Makes a report of a finding of the catalogue. */
export function report<Code extends FindingCode>(
  code: Code,
  place: Place,
  facts: FactsOf<Code>,
  holds: readonly DepartmentEntry[] = [],
): Report {
  const found = finding(code, place, facts);
  return { finding: found, holds: found.severity === 'error' ? holds : [] };
}

/** The place of a cell of 部. */
export function departmentPlace(sheet: JoinedSheet, entry: DepartmentEntry, column: DepartmentColumn): Place {
  const { tab } = sheet.rows.departments;
  const field = entry.row.fields[column];
  return placeOf(tab, field, entry.row.row, departmentColumnNames[column], entry.name || null);
}

/** The place of a cell of 目標. */
export function goalPlace(sheet: JoinedSheet, goal: GoalEntry, column: GoalColumn): Place {
  const { tab } = sheet.rows.goals;
  return placeOf(tab, goal.row.fields[column], goal.row.row, goalColumnNames[column], goal.departmentName);
}

function placeOf(tab: string, field: Field | undefined, row: number, column: string, department: string | null): Place {
  return {
    tab,
    cell: field?.cell ?? null,
    row: field?.row ?? row,
    column,
    department,
    value: field?.text || null,
  };
}

/** The departments whose content is looked at: what is taken off the site need not be complete. */
export function checkedDepartments(sheet: JoinedSheet): DepartmentEntry[] {
  return sheet.departments.filter(({ visibility }) => visibility !== 'withdrawn');
}

/**
 * The goals whose content is looked at: all but those that belong to withdrawn departments only. A row without a name of its own
 * withdraws nothing, so it speaks for no goal either; nor does a goal without one belong to anything for certain.
 */
export function checkedGoals(sheet: JoinedSheet): GoalEntry[] {
  const withdraws = ({ visibility, row }: DepartmentEntry): boolean =>
    visibility === 'withdrawn' && isName(row.fields.department?.text ?? '');
  return sheet.goals.filter(
    ({ standing, concerns }) => standing === 'unnamed' || concerns.length === 0 || !concerns.every(withdraws),
  );
}
