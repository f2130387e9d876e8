import { isBlank, normalizeName } from '../../text/normalize.ts';
import type { IndicatorColumn } from '../../workbook/columns.ts';
import { departmentColumns, goalColumns } from '../../workbook/columns.ts';
import type { Row, Table } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { isUrgent } from '../cells/approval.ts';
import { readOwnValue } from '../cells/own-value.ts';
import { isVacant } from '../cells/people.ts';
import { readPortrait } from '../cells/portrait.ts';
import { readStatus } from '../cells/status.ts';
import { indicatorOf } from '../indicator.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import { numberedGoals } from '../join/numbered-goals.ts';
import type { ColumnValue, Director, Evaluation, Goal, Indicator, Interim, StatusCode } from '../model/dataset.ts';
import { tallyOf } from '../model/dataset.ts';
import type { KeptDepartment } from '../model/published.ts';
import type { PictureWish } from '../portraits.ts';
import { departmentPlace } from '../rules/rule.ts';
import { isPrivateIn, isPublishedIn, publishedText, textsOf } from '../texts.ts';

/** A department as it would be published, but for the day on which it last changed, which the sheet cannot know. */
export type DepartmentContent = Omit<KeptDepartment, 'updated'>;

/** What is attached to departments and goals, ready for look-up. */
interface Attached {
  readonly indicators: ReadonlyMap<GoalEntry, readonly Indicator[]>;
  readonly ofGoals: ReadonlyMap<GoalEntry, readonly Evaluation[]>;
  readonly ofDepartments: ReadonlyMap<DepartmentEntry, readonly Evaluation[]>;
}

/** Makes the content of departments of one sheet in which no rule found an error. */
export function contentMaker(sheet: JoinedSheet): (entry: DepartmentEntry, id: string) => DepartmentContent {
  const attached = attachedOf(sheet);
  return (entry, id) => contentOf(entry, id, sheet, attached);
}

function attachedOf(sheet: JoinedSheet): Attached {
  const indicators = new Map<GoalEntry, Indicator[]>();
  const ofGoals = new Map<GoalEntry, Evaluation[]>();
  const ofDepartments = new Map<DepartmentEntry, Evaluation[]>();
  const isInTable = isPublishedIn(sheet.rows.indicators);
  const isPrivate = isPrivateIn(sheet.rows.indicators);
  // Cells name their unit too, also where there is no column 単位. Source: section 8 of the contract.
  const isIndicatorPublished = (column: IndicatorColumn): boolean =>
    column === 'unit' ? !isPrivate(column) : isInTable(column);
  for (const one of sheet.indicators) {
    const { row, goal } = one;
    if (goal === null) continue;
    const indicator = indicatorOf(one, isIndicatorPublished, ownValues(sheet.rows.indicators, row));
    if (indicator !== null) push(indicators, goal, indicator);
  }
  const isPublished = isPublishedIn(sheet.rows.evaluations);
  for (const { row, entry, goal } of sheet.evaluations) {
    const line = (key: 'by' | 'rating' | 'comment', kind: 'line' | 'prose'): string | null =>
      isPublished(key) ? publishedText(textIn(row.fields, key), kind) : null;
    const by = line('by', 'line');
    const evaluation = { rating: line('rating', 'line'), comment: line('comment', 'prose') };
    if (by === null || entry === null || (evaluation.rating === null && evaluation.comment === null)) continue;
    if (goal !== null) push(ofGoals, goal, { by, ...evaluation });
    else if (isBlank(textIn(row.fields, 'goalNumber'))) push(ofDepartments, entry, { by, ...evaluation });
  }
  return { indicators, ofGoals, ofDepartments };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** The pictures that 顔写真 asks for, each with the place of its cell. A post without a person has none. */
export function pictureWishes(entry: DepartmentEntry, sheet: JoinedSheet): PictureWish[] {
  if (!isPublishedIn(sheet.rows.departments)('portrait')) return [];
  const named = entry.heads.filter((row) => directorOf(row, entry, sheet) !== null);
  return named.flatMap((row, head) => {
    const { portrait } = row.fields;
    const picture = portrait === undefined ? null : readPortrait(portrait);
    if (picture === null || isVacant(textIn(row.fields, 'director'))) return [];
    return [{ head, picture, place: departmentPlace(sheet, entry, 'portrait', row) }];
  });
}

function contentOf(entry: DepartmentEntry, id: string, sheet: JoinedSheet, attached: Attached): DepartmentContent {
  const { departments } = sheet.rows;
  const isPublished = isPublishedIn(departments);
  const goals = goalsOf(entry, sheet, attached);
  return {
    id,
    name: entry.name,
    directors: entry.heads.flatMap((row) => directorOf(row, entry, sheet) ?? []),
    ...textsOf(departmentColumns, entry.row, isPublished),
    approval: approvalOf(entry),
    columns: ownValues(departments, entry.row),
    evaluations: [...(attached.ofDepartments.get(entry) ?? [])],
    tally: tallyOf(goals),
    goals,
  };
}

/** 決裁: null where there is no such column. Source: section 8 of the contract. */
function approvalOf({ row }: DepartmentEntry): DepartmentContent['approval'] {
  const { approval } = row.fields;
  if (approval === undefined) return null;
  return isUrgent(approval.text) ? 'urgent' : 'approved';
}

/** A head of the department; null where the sheet names none. */
function directorOf({ fields }: Row<string>, entry: DepartmentEntry, { rows }: JoinedSheet): Director | null {
  const isPublished = isPublishedIn(rows.departments);
  const name = isPublished('director') ? normalizeName(textIn(fields, 'director')) : '';
  if (name === '') return null;
  const typed = isPublished('directorTitle') ? publishedText(textIn(fields, 'directorTitle'), 'line') : null;
  const nameKana = isPublished('directorKana') ? normalizeName(textIn(fields, 'directorKana')) || null : null;
  return { title: typed ?? defaultTitle(entry.name, rows.scheme), name, nameKana, portrait: null };
}

/** 部名 and 長の名 without a leading 単位の名: 市民局長, 税務課主幹. Source: 職名 in section 1 of the contract. */
export function defaultTitle(
  department: string,
  { unit, head }: { readonly unit: string; readonly head: string },
): string {
  return `${department}${head.startsWith(unit) ? head.slice(unit.length) : head}`;
}

/** The values of the city's own columns, by their headers; those that are not published are left out. */
function ownValues<Key extends string>(table: Table<Key> | null, row: Row<Key>): Record<string, ColumnValue> {
  const values: Record<string, ColumnValue> = {};
  for (const [index, column] of (table?.declared ?? []).entries()) {
    const field = row.declared[index];
    if (!column.isPublished || field === undefined) continue;
    values[column.header] = readOwnValue(field, column.type) ?? null;
  }
  return values;
}

function goalsOf(entry: DepartmentEntry, sheet: JoinedSheet, attached: Attached): Goal[] {
  const { goals: table } = sheet.rows;
  const isPublished = isPublishedIn(table);
  const goals = numberedGoals(entry).flatMap(({ goal, number }): Goal[] => {
    const text = publishedText(textIn(goal.row.fields, 'goal'), 'prose');
    if (number === null || text === null) return [];
    return [
      {
        number,
        text,
        ...shownStatus(goal, sheet),
        ...textsOf(goalColumns, goal.row, isPublished),
        interim: interimOf(goal, sheet),
        columns: ownValues(table, goal.row),
        evaluations: [...(attached.ofGoals.get(goal) ?? [])],
        indicators: [...(attached.indicators.get(goal) ?? [])],
      },
    ];
  });
  return goals.sort((a, b) => a.number - b.number);
}

/** A status as it is shown. */
export interface ShownStatus {
  readonly status: StatusCode;
  readonly statusLabel: string | null;
}

export const unrated: ShownStatus = { status: 'unrated', statusLabel: null };

/**
 * In `plan` every goal is unrated; in 中間 the status of the middle of the year is shown, and 達成状況 where that column is not there.
 * Source: sections 1 and 8 of the contract.
 */
function shownStatus(goal: GoalEntry, sheet: JoinedSheet): ShownStatus {
  if (goal.phase === 'plan') return unrated;
  const column = goal.phase === 'interim' && goal.row.fields.interimStatus !== undefined ? 'interimStatus' : 'status';
  return statusIn(goal, column, sheet);
}

function statusIn(goal: GoalEntry, column: 'status' | 'interimStatus', sheet: JoinedSheet): ShownStatus {
  const text = isPublishedIn(sheet.rows.goals)(column) ? textIn(goal.row.fields, column) : '';
  const reading = isBlank(text) ? null : readStatus(text, sheet.vocabulary);
  return reading?.kind === 'known' ? { status: reading.code, statusLabel: reading.label } : unrated;
}

/** The middle of the year, from 中間 on; null where nothing was written. */
function interimOf(goal: GoalEntry, sheet: JoinedSheet): Interim | null {
  if (goal.phase === 'plan') return null;
  // In 中間 what is shown is the middle of the year, whichever column says it.
  const status = goal.phase === 'interim' ? shownStatus(goal, sheet) : statusIn(goal, 'interimStatus', sheet);
  const isPublished = isPublishedIn(sheet.rows.goals);
  const report = isPublished('interimReport') ? publishedText(textIn(goal.row.fields, 'interimReport'), 'prose') : null;
  return status.status === 'unrated' && report === null ? null : { ...status, report };
}
