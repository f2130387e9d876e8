import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { isBlank } from '../../text/normalize.ts';
import type { GoalColumn } from '../../workbook/columns.ts';
import type { Row } from '../../workbook/rows.ts';
import type { DepartmentIndex } from './department-index.ts';
import type { DepartmentEntry, Restart } from './joined-sheet.ts';

/** A row of 目標 as it reads by itself. */
export interface GoalReading {
  readonly row: Row<GoalColumn>;
  /** Null where it cannot be read. */
  readonly fiscalYear: number | null;
  /** `''` where there is no name, or an error value. */
  readonly key: string;
  /** Null where it is blank or cannot be read. */
  readonly number: number | null;
}

/**
 * Rows of 目標 whose name (or year) is not what the cell says, or seems to say.
 *
 * By section 1 of the contract a blank 部名 or 年度 under a filled one means the value above. So where somebody clears the
 * first cell of a block, its goals go, without a sound, to the department above. The numbers tell: they begin again. Then
 * the rows are counted with the department that they most likely belong to, so that the one blank cell is the one thing
 * reported.
 */
export interface Assignment {
  readonly standing: 'restarted' | 'unnamed';
  /** The departments among whose goals the row counts. */
  readonly members: readonly DepartmentEntry[];
  /** The departments that it holds back. */
  readonly concerns: readonly DepartmentEntry[];
  readonly restart: Restart | null;
  readonly leads: boolean;
}

/** What every look at a row needs to know of the sheet around it. */
interface Surroundings {
  readonly readings: readonly GoalReading[];
  readonly index: DepartmentIndex;
  /** By row: the next row below it that has a name (a year) of its own. */
  readonly nextName: readonly number[];
  readonly nextYear: readonly number[];
  /** By row: the next row below it that is of another department. */
  readonly nextKey: readonly number[];
  /** Where each number stands in each department, by year, key and number. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Years and keys that some goal names. */
  readonly claimed: Set<string>;
}

/** Finds the rows whose department is lost, by their position. Linear in the number of rows. */
export function findLostNames(
  readings: readonly GoalReading[],
  index: DepartmentIndex,
): ReadonlyMap<number, Assignment> {
  const lost = new Map<number, Assignment>();
  // Most sheets have a name and a year in every row: nothing to look for.
  if (!readings.some(tookOver)) return lost;
  const around: Surroundings = {
    readings,
    index,
    nextName: nextWhere(readings, hasOwnName),
    nextYear: nextWhere(readings, hasOwnYear),
    nextKey: nextOfOtherKey(readings),
    numbers: placesOfNumbers(readings),
    claimed: new Set(readings.map(claimOf)),
  };
  for (const [position, reading] of readings.entries()) {
    if (lost.has(position)) continue;
    for (const [offset, assignment] of lostRun(position, reading, around).entries()) {
      lost.set(position + offset, assignment);
    }
  }
  return lost;
}

const claimOf = ({ fiscalYear, key }: Pick<GoalReading, 'fiscalYear' | 'key'>): string => `${fiscalYear}\n${key}`;

function hasOwnName({ row, key }: GoalReading): boolean {
  return key !== '' && row.fields.department?.carriedInto === undefined;
}

function hasOwnYear({ row }: GoalReading): boolean {
  const field = row.fields.fiscalYear;
  return field !== undefined && field.carriedInto === undefined && !isBlank(field.text);
}

/** For every row the position of the next row after it that passes; the number of rows where there is none. */
function nextWhere(readings: readonly GoalReading[], passes: (reading: GoalReading) => boolean): number[] {
  let found = readings.length;
  return readings.reduceRight<number[]>((next, reading, position) => {
    next[position] = found;
    if (passes(reading)) found = position;
    return next;
  }, []);
}

function nextOfOtherKey(readings: readonly GoalReading[]): number[] {
  let end = readings.length;
  return readings.reduceRight<number[]>((next, { key }, position) => {
    const below = readings[position + 1];
    if (below !== undefined && below.key !== key) end = position + 1;
    next[position] = end;
    return next;
  }, []);
}

function placesOfNumbers(readings: readonly GoalReading[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [position, reading] of readings.entries()) {
    if (reading.number === null) continue;
    const place = `${claimOf(reading)}\n${reading.number}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, [position]);
    else known.push(position);
  }
  return places;
}

/** What the rows from a position on are assigned to; empty where the row is what it seems. */
function lostRun(position: number, reading: GoalReading, around: Surroundings): Assignment[] {
  const { fiscalYear, key, row } = reading;
  if (fiscalYear === null) return [];
  if (key === '') return unnamedRun(position, fiscalYear, around);
  const number = tookOver(reading) ? beginsAgainAt(position, reading, around) : null;
  if (number === null) return [];
  return row.fields.department?.carriedInto !== undefined
    ? restartedNames(position, reading, { number, fiscalYear }, around)
    : restartedYears(position, reading, { number, fiscalYear }, around);
}

/** The number at which a row begins again, and the year that it seems to be of. */
interface Beginning {
  readonly number: number;
  readonly fiscalYear: number;
}

/** True where the row does not say itself whose it is: its name or its year is missing, or taken over from above. */
function tookOver({ row, key }: GoalReading): boolean {
  const { department, fiscalYear } = row.fields;
  if (key === '' || department?.carriedInto !== undefined) return true;
  return fiscalYear !== undefined && (fiscalYear.carriedInto !== undefined || isBlank(fiscalYear.text));
}

/**
 * The row's number where it was in its department before and goes back: to 1, or below that of the row above; else null. Where there is no
 * row above to take over from, it is enough that it comes again.
 */
function beginsAgainAt(position: number, reading: GoalReading, around: Surroundings): number | null {
  const { number, row } = reading;
  if (number === null) return null;
  const [first = position, second] = around.numbers.get(`${claimOf(reading)}\n${number}`) ?? [];
  const carried = row.fields.department?.carriedInto ?? row.fields.fiscalYear?.carriedInto;
  if (carried === undefined ? second === undefined : first === position) return null;
  const above = numberAt(position - 1, around);
  return number === 1 || (above !== null && number < above) ? number : null;
}

const numberAt = (position: number, { readings }: Surroundings): number | null => readings[position]?.number ?? null;

/** The rows from a position up to another, all assigned alike. */
function assignAll(
  length: number,
  assignment: Omit<Assignment, 'leads' | 'restart'>,
  restart: Restart | null,
): Assignment[] {
  return Array.from({ length }, (_, offset) => ({
    ...assignment,
    restart: offset === 0 ? restart : null,
    leads: offset === 0,
  }));
}

function restartedNames(
  position: number,
  { key }: GoalReading,
  { number, fiscalYear }: Beginning,
  around: Surroundings,
): Assignment[] {
  const above = around.index.find(fiscalYear, key);
  if (above === undefined) return [];
  const end = around.nextName[position] ?? around.readings.length;
  const target = continuedBelow(position, end, fiscalYear, around) ?? withoutGoals(fiscalYear, above, around);
  if (target === null || target === above) return [];
  const restart: Restart = { column: 'department', above: above.name, number, closest: target.name };
  return assignAll(end - position, { standing: 'restarted', members: [target], concerns: [above, target] }, restart);
}

/** The department of the row at `end`, where its number goes on from that of the rows before it. */
function continuedBelow(
  position: number,
  end: number,
  fiscalYear: number,
  around: Surroundings,
): DepartmentEntry | null {
  const below = around.readings[end];
  const last = numberAt(end - 1, around);
  if (below === undefined || end <= position || last === null || below.number !== last + 1) return null;
  if (below.fiscalYear !== fiscalYear) return null;
  return around.index.find(fiscalYear, below.key) ?? null;
}

/** The department of that year that no goal names: the first after another in 部, else the first. It is taken once only. */
function withoutGoals(fiscalYear: number, after: DepartmentEntry | null, around: Surroundings): DepartmentEntry | null {
  const inYear = around.index.ofYear(fiscalYear);
  const free = (entry: DepartmentEntry): boolean => !around.claimed.has(claimOf(entry));
  const from = after === null ? 0 : inYear.indexOf(after) + 1;
  const target = inYear.slice(from).find(free) ?? inYear.find(free) ?? null;
  if (target !== null) around.claimed.add(claimOf(target));
  return target;
}

/** A blank 年度 at the head of a year's rows: they go to the year above, or to that of 設定. */
function restartedYears(
  position: number,
  reading: GoalReading,
  { number, fiscalYear }: Beginning,
  around: Surroundings,
): Assignment[] {
  const end = around.nextYear[position] ?? around.readings.length;
  const year = yearContinuedBelow(position, end, reading, around) ?? yearWithoutGoals(reading, around);
  if (year === null || year === fiscalYear) return [];
  const carried = reading.row.fields.fiscalYear?.carriedInto !== undefined;
  const restart: Restart = {
    column: 'fiscalYear',
    above: carried ? fiscalYearLabel(fiscalYear) : null,
    number,
    closest: fiscalYearLabel(year),
  };
  const run: Assignment[] = [];
  for (const { key } of around.readings.slice(position, end)) {
    const target = around.index.find(year, key);
    if (target === undefined) break;
    const seeming = around.index.find(fiscalYear, key);
    const leads = run.length === 0;
    run.push({
      standing: 'restarted',
      members: [target],
      concerns: seeming === undefined ? [target] : [seeming, target],
      restart: leads ? restart : null,
      leads,
    });
  }
  return run;
}

/** The year of the row at `end`, where it goes on with the same department and the next number. */
function yearContinuedBelow(position: number, end: number, reading: GoalReading, around: Surroundings): number | null {
  const below = around.readings[end];
  if (below === undefined || below.key !== reading.key || (around.nextKey[position] ?? 0) < end) return null;
  const last = numberAt(end - 1, around);
  return last !== null && below.number === last + 1 ? below.fiscalYear : null;
}

/** The one year in which the same department has no goals; null where there is none, or more than one. */
function yearWithoutGoals({ key }: GoalReading, around: Surroundings): number | null {
  const free = around.index.inAnyYear(key).filter((entry) => !around.claimed.has(claimOf(entry)));
  const [only, second] = free;
  return only === undefined || second !== undefined ? null : only.fiscalYear;
}

/**
 * Rows without any name: above all names, or at and below an error value. The numbers say whether they belong to the block
 * above or below; where they do not, both are held, since one of them would be published without them.
 */
function unnamedRun(position: number, fiscalYear: number, around: Surroundings): Assignment[] {
  const { readings, index } = around;
  const end = around.nextName[position] ?? readings.length;
  const first = numberAt(position, around);
  const previous = readings[position - 1];
  const above = previous === undefined ? undefined : index.find(fiscalYear, previous.key);
  const next = readings[end];
  const below = next === undefined ? undefined : index.find(fiscalYear, next.key);
  const last = numberAt(position - 1, around);
  const continues = last !== null && first === last + 1;
  const continued = continuedBelow(position, end, fiscalYear, around);
  const certain = continues && continued === null ? above : continues ? undefined : (continued ?? undefined);
  // Between two rows of one department there is no doubt.
  const known = certain ?? (above === below ? above : undefined);
  const members = known !== undefined ? [known] : likelyMembers(first, above, below, fiscalYear, around);
  return assignAll(end - position, { standing: 'unnamed', members, concerns: members }, null);
}

function likelyMembers(
  first: number | null,
  above: DepartmentEntry | undefined,
  below: DepartmentEntry | undefined,
  fiscalYear: number,
  around: Surroundings,
): readonly DepartmentEntry[] {
  const target = first === 1 || first === null ? withoutGoals(fiscalYear, above ?? null, around) : null;
  return target !== null ? [target] : [above, below].filter((entry) => entry !== undefined);
}
