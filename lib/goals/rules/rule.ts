import type { FactsOf, FindingCode, Place } from '../../findings/catalogue.ts';
import { finding, severityOf } from '../../findings/catalogue.ts';
import type { Finding, Severity } from '../../findings/finding.ts';
import { isName } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import type {
  ColumnOf,
  DepartmentColumn,
  EvaluationColumn,
  GoalColumn,
  IndicatorColumn,
  Required,
} from '../../workbook/columns.ts';
import {
  departmentColumns,
  evaluationColumns,
  goalColumns,
  headerOf,
  indicatorColumns,
} from '../../workbook/columns.ts';
import type { Field, Row, Table } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import type { Attachment, DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Phase } from '../model/dataset.ts';

/** Something that is wrong, and the departments that cannot be published while it stands. Only errors hold. */
export interface Report {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly place: Place;
  readonly holds: readonly DepartmentEntry[];
  /** Words it as the city speaks. */
  readonly finding: (words: Scheme) => Finding;
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
  const severity = severityOf(code);
  return {
    code,
    severity,
    place,
    holds: severity === 'error' ? holds : [],
    finding: (words) => finding(code, place, facts, words),
  };
}

/** The place of a cell of 部. */
export function departmentPlace(
  sheet: JoinedSheet,
  entry: DepartmentEntry,
  column: DepartmentColumn,
  row: Row<DepartmentColumn> = entry.row,
): Place {
  const { departments, scheme } = sheet.rows;
  return placeOf(departments, row, departmentColumns, column, entry.name || null, scheme);
}

/** The place of a cell of 目標. */
export function goalPlace(sheet: JoinedSheet, goal: GoalEntry, column: GoalColumn): Place {
  const { goals, scheme } = sheet.rows;
  return placeOf(goals, goal.row, goalColumns, column, goal.departmentName, scheme);
}

/** The place of a cell of 指標. */
export function indicatorPlace(sheet: JoinedSheet, one: Attachment<IndicatorColumn>, column: IndicatorColumn): Place {
  const { indicators, scheme } = sheet.rows;
  return placeOf(indicators, one.row, indicatorColumns, column, one.departmentName, scheme);
}

/** The place of a cell of 評価. */
export function evaluationPlace(
  sheet: JoinedSheet,
  one: Attachment<EvaluationColumn>,
  column: EvaluationColumn,
): Place {
  const { evaluations, scheme } = sheet.rows;
  return placeOf(evaluations, one.row, evaluationColumns, column, one.departmentName, scheme);
}

function placeOf<Key extends string>(
  table: Table<Key> | null,
  row: Row<Key>,
  columns: readonly ColumnOf<Key>[],
  column: Key,
  department: string | null,
  scheme: Scheme,
): Place {
  const field = row.fields[column];
  return fieldPlace(table?.tab ?? null, field, row.row, headerOf(columns, column, scheme), department);
}

/** The place of a cell, or of the row where the tab has no such column. */
export function fieldPlace(
  tab: string | null,
  field: Field | undefined,
  row: number,
  column: string,
  department: string | null,
): Place {
  return {
    tab,
    cell: field?.cell ?? null,
    row: field?.row ?? row,
    column,
    department,
    value: field?.text || null,
  };
}

/**
 * When a blank cell in a column is an error: as the contract says, or as 項目 says instead. A column that the tab does not have is never
 * asked for. Source: "Ask only for what the city has" in section 1 of the contract.
 */
export function requiredIn<Key extends string>(table: Table<Key>, column: ColumnOf<Key>): Required {
  if (table.headers[column.key] === undefined) return 'never';
  if (column.needed === true) return 'always';
  return table.changes[column.key]?.required ?? column.required ?? 'never';
}

/** Whether a column must be filled in in a phase, whatever became of the goal: 未達成のとき is asked of its record. */
export function isRequired(required: Required, phase: Phase | null): boolean {
  return required === 'always' || required === phase;
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
  return sheet.goals.filter(
    ({ standing, concerns }) => standing === 'unnamed' || concerns.length === 0 || !concerns.every(isWithdrawn),
  );
}

/** The rows of 指標 or 評価 whose content is looked at: not those of departments that are taken off the site. */
export function checkedAttachments<Kind extends Attachment<string>>(attachments: readonly Kind[]): Kind[] {
  return attachments.filter(({ concerns }) => concerns.length === 0 || !concerns.every(isWithdrawn));
}

function isWithdrawn({ visibility, row }: DepartmentEntry): boolean {
  return visibility === 'withdrawn' && isName(textIn(row.fields, 'department'));
}
