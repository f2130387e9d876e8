import type { Place } from '../../findings/catalogue.ts';
import { isErrorValue } from '../../text/normalize.ts';
import type { DepartmentColumn, Field, GoalColumn } from '../../workbook/rows.ts';
import { departmentColumnNames, goalColumnNames, settingNames } from '../../workbook/rows.ts';
import type { DepartmentEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { checkedGoals, departmentPlace, goalPlace, report } from './rule.ts';

/** Keys of a record that is written out in this program, as the keys they are. */
function keysOf<Key extends string>(names: Readonly<Record<Key, string>>): Key[] {
  return Object.keys(names).filter((key): key is Key => Object.hasOwn(names, key));
}

const departmentColumns: readonly DepartmentColumn[] = keysOf(departmentColumnNames);
/** Of a department that is taken off the site only what says which one it is. */
const columnsOfWithdrawn: readonly DepartmentColumn[] = ['department', 'fiscalYear'];
const goalColumns: readonly GoalColumn[] = keysOf(goalColumnNames);

/** A cell of a column that the contract lists. */
interface ListedCell {
  readonly column: string;
  readonly place: Place;
  readonly holds: readonly DepartmentEntry[];
}

/** @param isOdd which of them are meant: few are, and only those are worth telling where they are */
function* listedCells(sheet: JoinedSheet, isOdd: (field: Field) => boolean): Generator<ListedCell> {
  for (const entry of sheet.departments) {
    for (const column of entry.visibility === 'withdrawn' ? columnsOfWithdrawn : departmentColumns) {
      const field = entry.row.fields[column];
      if (field === undefined || !isOdd(field)) continue;
      const place = departmentPlace(sheet, entry, column);
      yield { column: departmentColumnNames[column], place, holds: [entry] };
    }
  }
  for (const goal of checkedGoals(sheet)) {
    for (const column of goalColumns) {
      const field = goal.row.fields[column];
      if (field === undefined || !isOdd(field)) continue;
      const place = goalPlace(sheet, goal, column);
      yield { column: goalColumnNames[column], place, holds: goal.concerns };
    }
  }
}

/** An error value is an error in the report. Source: section 1 of the contract. */
export function* errorValues(sheet: JoinedSheet): Generator<Report> {
  for (const { column, place, holds } of listedCells(sheet, ({ text }) => isErrorValue(text))) {
    yield report('error-value', place, { column }, holds);
  }
}

/** Schemes that a link of a public office has; an address without one leads to a cell of the sheet, or nowhere. */
const safeLink = /^(?:https?:|mailto:|tel:|[^:]*$)/iu;

/**
 * Links are not published, but the staff who work in the sheet can follow them: one that runs something does not belong
 * there.
 */
export function* unsafeLinks(sheet: JoinedSheet): Generator<Report> {
  const isUnsafe = ({ link }: Field): boolean => link !== undefined && !safeLink.test(link);
  const { settings } = sheet.rows;
  for (const { key, value } of settings.values) {
    if (!isUnsafe(value)) continue;
    const { cell, row, text } = value;
    const place = { tab: settings.tab, cell, row, column: settingNames[key], value: text || null };
    yield report('unsafe-link', place, {});
  }
  for (const { place } of listedCells(sheet, isUnsafe)) yield report('unsafe-link', place, {});
}
