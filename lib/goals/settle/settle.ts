import { finding } from '../../findings/catalogue.ts';
import type { Finding } from '../../findings/finding.ts';
import { fiscalYearLabel, japaneseDate } from '../../text/fiscal-year.ts';
import { isName, matchKey } from '../../text/normalize.ts';
import { phaseOf } from '../cells/phase.ts';
import type { Department, Goal } from '../model/dataset.ts';
import type { Change, ChangeDetail, Published, PublishedDepartment, PublishedYear } from '../model/published.ts';
import { keptChanges } from '../model/published.ts';
import type { Settings } from '../settings.ts';
import type { CheckedDepartment, ValidatedSheet } from '../validate.ts';
import type { DepartmentContent } from './content.ts';

/** A department whose newest version is not published because of an error. */
export interface HeldDepartment {
  /** Null where an error hides it. */
  readonly id: string | null;
  readonly department: string;
  readonly fiscalYear: number;
  /** Plain Japanese. */
  readonly reason: string;
  /** The day from which the version on the site is, or null where there is none. */
  readonly showing: string | null;
}

export interface Settled {
  readonly kind: 'settled' | 'blocked';
  /** What the site shall say. Where blocked: what it says already. */
  readonly published: Published;
  /** Changes of this run, in the order of the site. */
  readonly changes: readonly Change[];
  /** Ids of departments whose version in the sheet is on the site after this run. */
  readonly publishedIds: readonly string[];
  readonly held: readonly HeldDepartment[];
  /** Findings that only what was published before can show. */
  readonly findings: readonly Finding[];
}

const nothing: Published = { years: [], changes: [] };

/**
 * Decides what the site shall say: what the sheet says now, except that a department that is held back, a draft, or gone stays
 * as it was last published. Source: section 2 of the contract.
 *
 * @param sheet what validation found; it must have settings
 * @param now the instant of the run, taken once at the edge
 */
export function settle(
  sheet: ValidatedSheet & { readonly settings: Settings },
  before: Published | null,
  now: Date,
): Settled {
  const previous = before ?? nothing;
  const years = sheet.years.map((fiscalYear) =>
    settleYear(
      fiscalYear,
      sheet,
      previous.years.find((year) => year.fiscalYear === fiscalYear),
      now,
    ),
  );
  const findings = years.flatMap((year) => year.findings);
  const held = years.flatMap((year) => year.held);
  const publishedBefore = years.reduce((count, year) => count + year.publishedBefore, 0);
  const heldOfPublished = held.filter(({ showing }) => showing !== null).length;
  // Half a site held back is no list of mistakes any more, but a sheet that was damaged as a whole.
  if (heldOfPublished * 2 > publishedBefore) {
    findings.push(finding('too-many-held', {}, { held: heldOfPublished, published: publishedBefore }));
    return { kind: 'blocked', published: previous, changes: [], publishedIds: [], held, findings };
  }
  const others = previous.years.filter((year) => !sheet.years.includes(year.fiscalYear));
  const changes = years.flatMap((year) => year.changes);
  return {
    kind: 'settled',
    published: {
      years: [...years.map(({ year }) => year).filter((year) => year.departments.length > 0), ...others].sort(
        (a, b) => b.fiscalYear - a.fiscalYear,
      ),
      changes: [...changes, ...previous.changes].slice(0, keptChanges),
    },
    changes,
    publishedIds: [...new Set(years.flatMap((year) => year.publishedIds))],
    held,
    findings,
  };
}

interface SettledYear {
  readonly year: PublishedYear;
  readonly changes: Change[];
  readonly publishedIds: string[];
  readonly held: HeldDepartment[];
  readonly findings: Finding[];
  readonly publishedBefore: number;
}

/** A department with what decides its place on the page. */
interface Placed {
  readonly entry: PublishedDepartment;
  readonly position: number;
}

function settleYear(
  fiscalYear: number,
  sheet: ValidatedSheet & { readonly settings: Settings },
  before: PublishedYear | undefined,
  now: Date,
): SettledYear {
  const { settings } = sheet;
  const today = japaneseDate(now);
  const rows = sheet.departments.filter((department) => department.fiscalYear === fiscalYear);
  const repeated = new Set(
    [...Map.groupBy(rows, ({ key }) => key)].filter(([, same]) => same.length > 1).map(([key]) => key),
  );
  const earlier = matchEarlier(rows, before?.departments ?? []);
  const changes: Change[] = [];
  const held: HeldDepartment[] = [];
  const findings: Finding[] = [];
  const publishedIds: string[] = [];
  const placed: Placed[] = [];
  const change = (kind: Change['kind'], department: Department, details: ChangeDetail[]): void => {
    const { id: departmentId, name: departmentName } = department;
    changes.push({ at: now.toISOString(), fiscalYear, departmentId, departmentName, kind, details });
  };
  const seen = new Set<string>();

  for (const [position, row] of rows.entries()) {
    const old = earlier.byRow.get(row);
    // A name that was guessed from the goals is not enough to take something off the site.
    const named = isName(row.place.value ?? '');
    if (row.visibility === 'withdrawn' && named && !repeated.has(row.key)) {
      if (old !== undefined) change('withdrawn', old.department, []);
      else findings.push(finding('withdrawn-never-published', row.place, {}));
    } else if (row.errors.length > 0 || row.content === null) {
      // A second row of one department is held with the first, unless it continues a department of its own.
      if (repeated.has(row.key) && seen.has(row.key) && old === undefined) continue;
      seen.add(row.key);
      const showing = old?.department.updated ?? null;
      const id = row.id ?? old?.department.id ?? null;
      held.push({ id, department: row.name, fiscalYear, reason: reasonOf(row.errors), showing });
      if (old !== undefined) placed.push({ entry: { ...old, order: row.order ?? old.order, held: true }, position });
    } else if (row.visibility === 'draft') {
      if (old !== undefined) placed.push({ entry: { ...old, order: row.order, held: false }, position });
    } else {
      const details = old === undefined ? [] : differences(old.department, row.content);
      const changed = old === undefined || details.length > 0;
      const department = withUpdated(row.content, changed ? today : old.department.updated);
      if (old === undefined) change('added', department, []);
      else if (changed) change('updated', department, details);
      publishedIds.push(department.id);
      placed.push({ entry: { department, order: row.order, held: false }, position });
    }
  }

  for (const [position, gone] of earlier.gone) {
    const { id, name, updated } = gone.department;
    let [error] = sheet.withoutYear.get(matchKey(name)) ?? [];
    if (error === undefined) {
      const facts = { name, year: fiscalYearLabel(fiscalYear), updated };
      error = finding('department-gone', { department: name }, facts);
      findings.push(error);
    }
    held.push({ id, department: name, fiscalYear, reason: reasonOf([error]), showing: updated });
    placed.push({ entry: { ...gone, held: true }, position });
  }

  placed.sort(
    (a, b) => (a.entry.order ?? Number.MAX_VALUE) - (b.entry.order ?? Number.MAX_VALUE) || a.position - b.position,
  );
  // The order of the site and not of the rows, so that moving rows changes nothing.
  const order = [...placed.map(({ entry }) => entry), ...(before?.departments ?? [])].map(
    ({ department }) => department.id,
  );
  changes.sort((a, b) => order.indexOf(a.departmentId) - order.indexOf(b.departmentId));
  publishedIds.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return {
    year: {
      municipality: settings.municipality,
      fiscalYear,
      phase: phaseOf(fiscalYear, settings),
      title: titleOf(fiscalYear, settings, before),
      contact: settings.contact,
      licence: settings.licence,
      departments: placed.map(({ entry }) => entry),
    },
    changes,
    publishedIds,
    held,
    findings,
    publishedBefore: before?.departments.length ?? 0,
  };
}

/**
 * Which published department each row continues: the one with its id, else the one with its name (an id can come or go with
 * URL名), else, for rows without a name, those that are left, in order. What no row continues is gone; its position is just
 * behind the department that it followed.
 */
function matchEarlier(
  rows: readonly CheckedDepartment[],
  before: readonly PublishedDepartment[],
): { byRow: ReadonlyMap<CheckedDepartment, PublishedDepartment>; gone: readonly [number, PublishedDepartment][] } {
  const byRow = new Map<CheckedDepartment, PublishedDepartment>();
  const left = new Map(before.entries());
  const claim = (matches: (row: CheckedDepartment, old: Department) => boolean): void => {
    for (const row of rows) {
      if (byRow.has(row)) continue;
      for (const [position, old] of left) {
        if (!matches(row, old.department)) continue;
        byRow.set(row, old);
        left.delete(position);
        break;
      }
    }
  };
  claim((row, old) => row.id === old.id && row.key === matchKey(old.name));
  claim((row, old) => row.id === old.id);
  claim((row, old) => row.key === matchKey(old.name));
  // A row that lost its name is still there: its department is not gone, and the blank cell is the one thing to mend.
  const nameless = rows.filter((row) => row.key === '' && !byRow.has(row));
  if (nameless.length === left.size) claim((row) => row.key === '');
  const positions = new Map([...byRow].map(([row, old]) => [old, rows.indexOf(row)]));
  const gone: [number, PublishedDepartment][] = [];
  let behind = -1;
  for (const old of before) {
    const position = positions.get(old);
    if (position !== undefined) behind = position;
    // Several in a row keep their order, since sorting is stable.
    else gone.push([behind + 0.5, old]);
  }
  return { byRow, gone };
}

/**
 * 題名 of the settings speaks of the current year. An earlier year keeps the title under which its results were published; any
 * other has a plain one.
 */
function titleOf(fiscalYear: number, settings: Settings, before: PublishedYear | undefined): string {
  if (fiscalYear === settings.fiscalYear && settings.title !== null) return settings.title;
  const phase = phaseOf(fiscalYear, settings);
  if (fiscalYear !== settings.fiscalYear && before !== undefined && before.phase === phase) return before.title;
  const suffix = { plan: '', interim: ' 中間報告', result: ' 結果' }[phase];
  return `${fiscalYearLabel(fiscalYear)} 部長目標${suffix}`;
}

function reasonOf(errors: readonly Finding[]): string {
  const [first, ...others] = errors;
  if (first === undefined) return '';
  const where = first.cell === null ? '' : `${first.tab ?? ''}シートの${first.cell}：`;
  return `${where}${first.message}${others.length > 0 ? `（ほか${others.length}件）` : ''}`;
}

function withUpdated(content: DepartmentContent, updated: string): Department {
  const { id, name, nameKana, director, policy, work, summary, tally, goals } = content;
  return { id, name, nameKana, director, policy, work, summary, updated, tally, goals };
}

/** What differs between two versions of a department, in the order of the page; empty where nothing does. */
function differences(old: Department, content: DepartmentContent): ChangeDetail[] {
  const details: ChangeDetail[] = [];
  const field = (name: Extract<ChangeDetail, { what: 'field' }>['field'], same: boolean): void => {
    if (!same) details.push({ what: 'field', field: name });
  };
  const { director } = content;
  field('address', old.id === content.id);
  field('name', old.name === content.name && old.nameKana === content.nameKana);
  field(
    'director',
    old.director.title === director.title &&
      old.director.name === director.name &&
      old.director.nameKana === director.nameKana &&
      old.director.portrait === director.portrait,
  );
  field('policy', old.policy === content.policy);
  field('work', old.work === content.work);
  const before = new Map(old.goals.map((goal) => [goal.number, goal]));
  for (const goal of content.goals) {
    const earlier = before.get(goal.number);
    before.delete(goal.number);
    details.push(...goalDifferences(earlier, goal));
  }
  for (const number of before.keys()) details.push({ what: 'goal-removed', goal: number });
  field('summary', old.summary === content.summary);
  return details;
}

function goalDifferences(old: Goal | undefined, goal: Goal): ChangeDetail[] {
  if (old === undefined) return [{ what: 'goal-added', goal: goal.number }];
  const details: ChangeDetail[] = [];
  if (old.text !== goal.text) details.push({ what: 'goal-text', goal: goal.number });
  if (old.status !== goal.status || old.statusLabel !== goal.statusLabel) {
    details.push({
      what: 'status',
      goal: goal.number,
      from: { code: old.status, label: old.statusLabel },
      to: { code: goal.status, label: goal.statusLabel },
    });
  }
  if (old.note !== goal.note) details.push({ what: 'goal-note', goal: goal.number });
  return details;
}
