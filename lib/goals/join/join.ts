import { isBlank, isErrorValue, matchKey, normalizeName } from '../../text/normalize.ts';
import type { DepartmentColumn, GoalColumn } from '../../workbook/columns.ts';
import type { Row, SheetRows } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { readGoalNumber } from '../cells/goal-number.ts';
import { phaseOf, yearOf } from '../cells/phase.ts';
import { readVisibility } from '../cells/visibility.ts';
import { readFigures } from '../indicator.ts';
import type { Settings } from '../settings.ts';
import { attachRows } from './attachments.ts';
import type { DepartmentIndex } from './department-index.ts';
import { indexDepartments } from './department-index.ts';
import type { DepartmentEntry, GoalEntry, GoalStanding, JoinedSheet, Restart } from './joined-sheet.ts';
import type { Assignment, GoalReading } from './lost-names.ts';
import { findLostNames } from './lost-names.ts';

interface MutableEntry extends DepartmentEntry {
  readonly goals: GoalEntry[];
}

/** Gives the goals to their departments, and says of every goal how it came there. Linear in the number of rows. */
export function joinRows(
  rows: SheetRows,
  settings: Settings,
): Pick<JoinedSheet, 'departments' | 'goals' | 'indicators' | 'evaluations'> {
  const keyOf = keyReader();
  const readings = rows.goals.rows.map((row) => readGoal(row, keyOf, settings));
  const departments = startDepartments(rows, settings, readings);
  const index = indexDepartments(departments);
  const lost = findLostNames(readings, index);
  const goals: GoalEntry[] = [];
  const byEntry = new Map<DepartmentEntry, GoalEntry[]>(departments.map((entry) => [entry, entry.goals]));
  for (const [position, reading] of readings.entries()) {
    const { goal, members } = placeGoal(reading, lost.get(position), index, settings);
    goals.push(goal);
    for (const entry of members) byEntry.get(entry)?.push(goal);
  }
  return {
    departments,
    goals,
    indicators: attachRows(rows.indicators?.rows ?? [], index, settings).map((one) => ({
      ...one,
      figures: readFigures(one.row),
    })),
    evaluations: attachRows(rows.evaluations?.rows ?? [], index, settings),
  };
}

/** Reads names, each of which stands in many rows, once. */
function keyReader(): (name: string) => string {
  const keys = new Map<string, string>();
  return (name) => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = isErrorValue(name) ? '' : matchKey(name);
    keys.set(name, key);
    return key;
  };
}

function readGoal(row: Row<GoalColumn>, keyOf: (name: string) => string, settings: Settings): GoalReading {
  const number = readGoalNumber(textIn(row.fields, 'number'));
  return {
    row,
    fiscalYear: yearOf(row.fields.fiscalYear, settings),
    key: keyOf(textIn(row.fields, 'department')),
    number: number === 'blank' ? null : number,
  };
}

function startDepartments(
  rows: SheetRows,
  settings: Settings,
  readings: readonly GoalReading[],
): readonly MutableEntry[] {
  const entries = withHeads(rows.departments.rows.map((row) => startDepartment(row, ownName(row), settings)));
  const adopted = adoptedNames(entries, readings);
  return entries.map((entry) => {
    const name = adopted.get(entry);
    return name === undefined ? entry : { ...startDepartment(entry.row, name, settings), heads: entry.heads };
  });
}

function ownName(row: Row<DepartmentColumn>): string {
  const text = textIn(row.fields, 'department');
  return isErrorValue(text) ? '' : normalizeName(text);
}

function startDepartment(row: Row<DepartmentColumn>, name: string, settings: Settings): MutableEntry {
  const fiscalYear = yearOf(row.fields.fiscalYear, settings);
  return {
    row,
    heads: [row],
    name,
    key: matchKey(name),
    fiscalYear,
    phase: fiscalYear === null ? null : phaseOf(fiscalYear, settings),
    visibility: readVisibility(row.fields.visibility),
    goals: [],
  };
}

/**
 * Puts together the rows of one department that give its several heads. A row with the same 部名 and another 職名, and without
 * 基本方針, 部の仕事 and 総括, is another head. Source: "People" in section 1 of the contract.
 */
function withHeads(entries: readonly MutableEntry[]): readonly MutableEntry[] {
  const placeOf = ({ fiscalYear, key }: DepartmentEntry): string => `${fiscalYear}\n${key}`;
  const byPlace = Map.groupBy(
    entries.filter(({ key }) => key !== ''),
    placeOf,
  );
  const heads = new Map<MutableEntry, readonly Row<DepartmentColumn>[]>();
  const joined = new Set<MutableEntry>();
  for (const same of byPlace.values()) {
    const [first] = same;
    if (first === undefined) continue;
    const own = same.find((entry) => !isOnlyHead(entry.row)) ?? first;
    const titles = new Set([titleKey(own.row)]);
    const others = same.filter((entry) => {
      const title = titleKey(entry.row);
      if (entry === own || !isOnlyHead(entry.row) || title === '' || titles.has(title)) return false;
      titles.add(title);
      return true;
    });
    for (const other of others) joined.add(other);
    heads.set(
      own,
      same.filter((entry) => entry === own || joined.has(entry)).map(({ row }) => row),
    );
  }
  return entries
    .filter((entry) => !joined.has(entry))
    .map((entry) => ({ ...entry, heads: heads.get(entry) ?? entry.heads }));
}

const titleKey = (row: Row<DepartmentColumn>): string => matchKey(textIn(row.fields, 'directorTitle'));

function isOnlyHead({ fields }: Row<DepartmentColumn>): boolean {
  return [fields.policy, fields.work, fields.summary].every((field) => field === undefined || isBlank(field.text));
}

/**
 * Names for rows of 部 that have none. Where in one year there are as many such rows as names in 目標 that no row of 部 has, they
 * belong together, in order: then the one thing wrong is the blank cell in 部, and not every goal as well. Names that resemble
 * a department that is there are misspelt, and do not count where all together do not come out even.
 */
function adoptedNames(
  entries: readonly DepartmentEntry[],
  readings: readonly GoalReading[],
): ReadonlyMap<DepartmentEntry, string> {
  const adopted = new Map<DepartmentEntry, string>();
  const nameless = Map.groupBy(
    entries.filter(({ key, fiscalYear }) => key === '' && fiscalYear !== null),
    ({ fiscalYear }) => fiscalYear,
  );
  const index = indexDepartments(entries);
  for (const [fiscalYear, rows] of nameless) {
    if (fiscalYear === null) continue;
    const unclaimed = new Map<string, string>();
    for (const { key, row, fiscalYear: year } of readings) {
      if (year !== fiscalYear || key === '' || unclaimed.has(key) || index.find(year, key) !== undefined) continue;
      unclaimed.set(key, normalizeName(textIn(row.fields, 'department')));
    }
    const all = [...unclaimed.values()];
    const strange = all.filter((name) => index.resembling(fiscalYear, name) === null);
    const names = [all, strange].find((candidates) => candidates.length === rows.length) ?? [];
    for (const [position, name] of names.entries()) {
      const entry = rows[position];
      if (entry !== undefined) adopted.set(entry, name);
    }
  }
  return adopted;
}

/** How far the year of a department is from a year; one without a year is farthest. */
function distance(entry: DepartmentEntry, fiscalYear: number): number {
  return entry.fiscalYear === null ? Number.POSITIVE_INFINITY : Math.abs(entry.fiscalYear - fiscalYear);
}

/** A goal with the departments among whose goals it counts. */
interface Placed {
  readonly goal: GoalEntry;
  readonly members: readonly DepartmentEntry[];
}

function placeGoal(
  { row, fiscalYear, key }: GoalReading,
  lost: Assignment | undefined,
  index: DepartmentIndex,
  settings: Settings,
): Placed {
  const typed = normalizeName(textIn(row.fields, 'department'));
  const make = (
    standing: GoalStanding,
    departmentName: string | null,
    members: readonly DepartmentEntry[],
    concerns: readonly DepartmentEntry[] = members,
    restart: Restart | null = null,
    leads = true,
  ): Placed => {
    // A goal that lost its year has that of the department it is counted with.
    const year = standing === 'restarted' ? (members[0]?.fiscalYear ?? fiscalYear) : fiscalYear;
    const phase = year === null ? null : phaseOf(year, settings);
    const goal = { row, fiscalYear: year, phase, standing, departmentName, concerns, restart, leads };
    return { goal, members };
  };
  if (fiscalYear === null) {
    // Which year's department it belongs to cannot be told, so none of them may be published without it.
    const entries = index.inAnyYear(key);
    return make('without-year', entries[0]?.name ?? (key === '' ? null : typed), entries);
  }
  if (lost !== undefined) {
    const { standing, members, concerns, restart, leads } = lost;
    return make(standing, members[0]?.name ?? null, members, concerns, restart, leads);
  }
  const own = index.find(fiscalYear, key);
  if (own !== undefined) return make('own', own.name, [own]);
  const [first, ...others] = index.inAnyYear(key);
  if (first !== undefined) {
    const nearest = others.reduce((a, b) => (distance(b, fiscalYear) < distance(a, fiscalYear) ? b : a), first);
    return make('other-year', typed, [nearest]);
  }
  const closest = index.resembling(fiscalYear, typed);
  return make('unknown', typed, closest === null ? [] : [closest]);
}
