import { finding } from '../../findings/catalogue.ts';
import type { Finding } from '../../findings/finding.ts';
import { fiscalYearLabel, japaneseDate } from '../../text/fiscal-year.ts';
import { isName, matchKey } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import { inWords } from '../../text/scheme.ts';
import { departmentColumns, goalColumns, headerOf, indicatorColumns } from '../../workbook/columns.ts';
import type { DeclarableTab } from '../../workbook/declared.ts';
import type { Table } from '../../workbook/rows.ts';
import { isUrgent } from '../cells/approval.ts';
import { ownUnit } from '../cells/own-unit.ts';
import { phaseOf } from '../cells/phase.ts';
import type { ColumnDefinition } from '../model/dataset.ts';
import type {
  Change,
  ChangeDetail,
  KeptDepartment,
  Published,
  PublishedDepartment,
  PublishedYear,
  Reorganisation,
} from '../model/published.ts';
import { keptChanges } from '../model/published.ts';
import type { Settings } from '../settings.ts';
import type { CheckedDepartment, ValidatedSheet } from '../validate.ts';
import type { BeforeAfter } from './before-after.ts';
import { beforeAndAfter } from './before-after.ts';
import type { DepartmentContent } from './content.ts';
import type { Approval } from './decide.ts';
import { decide } from './decide.ts';
import { differences } from './differences.ts';
import { withKeptInterim } from './kept-interim.ts';
import { matchEarlier } from './match-earlier.ts';
import { withoutPrivateColumns, withoutPrivateStatuses } from './private-columns.ts';
import { sameAsLastYear } from './same-as-last-year.ts';

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

/** Where a department of the sheet, or one that is gone from it, stands. */
export interface DepartmentStanding {
  /** Null where an error hides it. */
  readonly id: string | null;
  readonly department: string;
  readonly fiscalYear: number;
  /** What a publication makes of it. */
  readonly standing: 'published' | 'draft' | 'awaiting-approval' | 'held' | 'withdrawn';
  /** The day from which the version is that was on the site before, or null where there was none. */
  readonly showing: string | null;
}

/** Where a department stands whose newest version is not on the site. */
const waits: ReadonlySet<DepartmentStanding['standing']> = new Set(['draft', 'awaiting-approval', 'held']);

/** Where the departments stand once what was settled is on the site. */
export function standingsAfter({ standings, published }: Settled): DepartmentStanding[] {
  return standings.map((one) => {
    if (one.standing === 'withdrawn') return { ...one, showing: null };
    if (one.standing !== 'published') return one;
    const year = published.years.find(({ fiscalYear }) => fiscalYear === one.fiscalYear);
    const entry = year?.departments.find(({ department }) => department.id === one.id);
    return { ...one, showing: entry?.department.updated ?? null };
  });
}

/** What a run changed of one department, before and after. */
export interface DepartmentChange extends Pick<Change, 'fiscalYear' | 'departmentId' | 'departmentName' | 'kind'> {
  /** In the order of the page; empty for `added` and `withdrawn`. */
  readonly differences: readonly BeforeAfter[];
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
  /** Every department, in the order of the sheet. */
  readonly standings: readonly DepartmentStanding[];
  /** {@link changes} in words, before and after. */
  readonly differences: readonly DepartmentChange[];
  /** Findings that only what was published before can show. */
  readonly findings: readonly Finding[];
}

/** A sheet that can be settled. */
export type UsableSheet = ValidatedSheet & { readonly settings: Settings };

const nothing: Published = { years: [], changes: [], history: [] };

/**
 * Decides what the site shall say: what the sheet says now, except that a department that is held back, a draft, or gone stays
 * as it was last published. Source: section 2 of the contract.
 *
 * @param sheet what validation found; it must have settings
 * @param now the instant of the run, taken once at the edge
 */
export function settle(sheet: UsableSheet, before: Published | null, now: Date): Settled {
  const settled = settleAll(sheet, before, now);
  const previous = before ?? nothing;
  const { held } = settled;
  const heldOfPublished = held.filter(({ showing }) => showing !== null).length;
  const published = sheet.years.reduce((count, fiscalYear) => {
    return count + (previous.years.find((year) => year.fiscalYear === fiscalYear)?.departments.length ?? 0);
  }, 0);
  const { scheme } = sheet.settings;
  // A site begins with a department, not with a page that says that there is none.
  if (previous.years.length === 0 && settled.published.years.length === 0 && held.length > 0) {
    return blocked(settled, previous, finding('nothing-to-begin-with', {}, { held: held.length }, scheme));
  }
  // Half a site held back is no list of mistakes any more, but a sheet that was damaged as a whole.
  if (heldOfPublished * 2 <= published) return settled;
  return blocked(settled, previous, finding('too-many-held', {}, { held: heldOfPublished, published }, scheme));
}

/** Nothing of the sheet goes on the site, and why. */
function blocked(settled: Settled, previous: Published, why: Finding): Settled {
  return {
    ...settled,
    kind: 'blocked',
    published: previous,
    changes: [],
    differences: [],
    publishedIds: [],
    // Nothing of the sheet goes on the site: what was ready stays as it was, too.
    standings: settled.standings.map((one) => (one.standing === 'published' ? { ...one, standing: 'held' } : one)),
    findings: [...settled.findings, why],
  };
}

/** The same, however many departments are held: also what a preview shows. */
export function settleAll(sheet: UsableSheet, before: Published | null, now: Date): Settled {
  const previous = before ?? nothing;
  const yearBefore = (fiscalYear: number) => previous.years.find((year) => year.fiscalYear === fiscalYear);
  const years = sheet.years.map((fiscalYear) =>
    settleYear(fiscalYear, sheet, { before: yearBefore(fiscalYear), lastYear: yearBefore(fiscalYear - 1), now }),
  );
  const findings = years.flatMap((year) => year.findings);
  const held = years.flatMap((year) => year.held);
  const others = previous.years.filter((year) => !sheet.years.includes(year.fiscalYear));
  const changes = withoutPrivateStatuses(
    years.flatMap((year) => year.changes),
    sheet,
  );
  return {
    kind: 'settled',
    published: {
      years: [...years.map(({ year }) => year).filter((year) => year.departments.length > 0), ...others].sort(
        (a, b) => b.fiscalYear - a.fiscalYear,
      ),
      changes: [...changes, ...withoutPrivateStatuses(previous.changes, sheet)].slice(0, keptChanges),
      history: [...sheet.history],
    },
    changes,
    publishedIds: [...new Set(years.flatMap((year) => year.publishedIds))],
    held,
    standings: years.flatMap((year) => year.standings),
    differences: years.flatMap((year) => year.differences),
    findings,
  };
}

interface SettledYear {
  readonly year: PublishedYear;
  readonly changes: Change[];
  readonly publishedIds: string[];
  readonly held: HeldDepartment[];
  readonly standings: DepartmentStanding[];
  readonly differences: DepartmentChange[];
  readonly findings: Finding[];
}

/** A department with what decides its place on the page. */
interface Placed {
  readonly entry: PublishedDepartment;
  readonly position: number;
}

interface Surroundings {
  readonly before: PublishedYear | undefined;
  readonly lastYear: PublishedYear | undefined;
  readonly now: Date;
}

function settleYear(fiscalYear: number, sheet: UsableSheet, { before, lastYear, now }: Surroundings): SettledYear {
  const { settings } = sheet;
  const { scheme } = settings;
  const today = japaneseDate(now);
  const rows = sheet.departments.filter((department) => department.fiscalYear === fiscalYear);
  const repeated = new Set(
    [...Map.groupBy(rows, ({ key }) => key)].filter(([, same]) => same.length > 1).map(([key]) => key),
  );
  const earlier = matchEarlier(rows, before?.departments ?? []);
  const lostResults = resultsWithoutColumn(fiscalYear, sheet, before);
  const copies = sameAsLastYear(fiscalYear, rows, sheet, { before, lastYear });
  const changes: Change[] = [];
  const held: HeldDepartment[] = [];
  const findings: Finding[] = [
    ...(lostResults === null ? [] : [lostResults]),
    ...(copies === null ? [] : [copies.finding]),
    ...columnsNoLongerThere(fiscalYear, sheet, before),
  ];
  const publishedIds: string[] = [];
  const placed: Placed[] = [];
  const moved = new Map<string, readonly string[]>((before?.moved ?? []).map(({ from, to }) => [from, to]));
  const change = (
    kind: Change['kind'],
    { id: departmentId, name: departmentName }: KeptDepartment,
    details: ChangeDetail[],
    approvedBy: string | null,
  ): void => {
    changes.push({ at: now.toISOString(), fiscalYear, departmentId, departmentName, kind, details, approvedBy });
  };
  const standings: DepartmentStanding[] = [];
  const stand = (standing: DepartmentStanding['standing'], row: CheckedDepartment, showing: string | null): void => {
    const id = row.id ?? earlier.byRow.get(row)?.department.id ?? null;
    standings.push({ id, department: row.name, fiscalYear, standing, showing });
  };
  const seen = new Set<string>();
  const stillPublic = withoutPrivateColumns(sheet, before?.phase ?? 'plan');
  /** The earlier version of a department, by its id of now: an address may have changed. */
  const earlierOf = new Map<string, KeptDepartment>();

  for (const [position, row] of rows.entries()) {
    const old = earlier.byRow.get(row);
    const known = old === undefined ? undefined : stillPublic(old.department);
    const content = row.content === null ? null : withKeptInterim(row.content, known, sheet.tables);
    const late = [
      ...(lostResults !== null && old !== undefined && isRatedIn(old.department) ? [lostResults] : []),
      ...(copies?.rows.has(row) ? [copies.finding] : []),
    ];
    const errors = [...row.errors, ...late];
    // A name that was guessed from the goals is not enough to take something off the site.
    const canWithdraw = isName(row.place.value ?? '') && !repeated.has(row.key);
    const isWithdrawn = row.visibility === 'withdrawn';
    const approval = approvalOf(row, content, known, old?.approvedBy ?? null);
    const decision = decide({
      visibility: row.visibility,
      hasErrors: isWithdrawn ? !canWithdraw : errors.length > 0 || content === null,
      approval,
    });
    const kept = (isHeld: boolean): void => {
      if (old === undefined || known === undefined) return;
      const order = isHeld ? (row.order ?? old.order) : row.order;
      placed.push({ entry: { ...old, department: known, order, held: isHeld }, position });
    };
    if (decision === 'withdraw') {
      stand('withdrawn', row, old?.department.updated ?? null);
      if (old !== undefined) change('withdrawn', old.department, [], null);
      else findings.push(finding('withdrawn-never-published', row.place, {}, scheme));
    } else if (decision === 'keep') {
      stand(row.visibility === 'draft' ? 'draft' : 'awaiting-approval', row, old?.department.updated ?? null);
      kept(false);
    } else if (decision === 'hold' || content === null) {
      // A second row of one department is held with the first, unless it continues a department of its own.
      if (repeated.has(row.key) && seen.has(row.key) && old === undefined) continue;
      seen.add(row.key);
      if (approval === 'changed' && errors.length === 0) {
        const error = finding('changed-after-approval', approvalPlace(row, sheet), {}, scheme);
        findings.push(error);
        errors.push(error);
      }
      const showing = old?.department.updated ?? null;
      const id = row.id ?? old?.department.id ?? null;
      held.push({ id, department: row.name, fiscalYear, reason: reasonOf(errors), showing });
      stand('held', row, showing);
      kept(true);
    } else {
      const details = old === undefined ? [] : differences(old.department, content);
      const isChanged = old === undefined || details.length > 0;
      const department = { ...content, updated: isChanged ? today : old.department.updated };
      const approvedBy = typeof row.approval === 'object' ? row.approval.text : null;
      if (old === undefined) change('added', department, [], approvedBy);
      else if (isChanged) change('updated', department, details, approvedBy);
      stand('published', row, old?.department.updated ?? null);
      if (old !== undefined && old.department.id !== department.id) moved.set(old.department.id, [department.id]);
      publishedIds.push(department.id);
      if (old !== undefined) earlierOf.set(department.id, old.department);
      placed.push({ entry: { department, order: row.order, held: false, approvedBy }, position });
    }
  }

  for (const [position, gone] of earlier.gone) {
    const { id, name, updated } = gone.department;
    const successors = becameOf(name, fiscalYear, sheet.history, rows);
    if (successors.length > 0) {
      moved.set(id, successors);
      continue;
    }
    let [error] = sheet.withoutYear.get(matchKey(name)) ?? [];
    if (error === undefined) {
      const facts = { name, year: fiscalYearLabel(fiscalYear), updated };
      error = finding('department-gone', { department: name }, facts, scheme);
      findings.push(error);
    }
    held.push({ id, department: name, fiscalYear, reason: reasonOf([error]), showing: updated });
    standings.push({ id, department: name, fiscalYear, standing: 'held', showing: updated });
    placed.push({
      entry: { ...gone, department: stillPublic(gone.department), held: true },
      position,
    });
  }

  placed.sort(
    (a, b) => (a.entry.order ?? Number.MAX_VALUE) - (b.entry.order ?? Number.MAX_VALUE) || a.position - b.position,
  );
  const departments = placed.map(({ entry }) => entry);
  // The order of the site and not of the rows, so that moving rows changes nothing.
  const order = [...departments, ...(before?.departments ?? [])].map(({ department }) => department.id);
  changes.sort((a, b) => order.indexOf(a.departmentId) - order.indexOf(b.departmentId));
  publishedIds.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const columns = columnsOf(sheet, before, departments);
  const labels = labelsOf(sheet);
  const byId = new Map(departments.map(({ department }) => [department.id, department]));
  return {
    year: {
      municipality: settings.municipality,
      scheme,
      fiscalYear,
      phase: phaseOf(fiscalYear, settings),
      title: titleOf(fiscalYear, settings, before),
      introduction: fiscalYear === settings.fiscalYear ? settings.introduction : (before?.introduction ?? null),
      contact: settings.contact,
      licence: settings.licence,
      statuses: sheet.statuses.map(({ code, label, description, aliases, from }) => {
        return { code, label, description, aliases: [...aliases], from };
      }),
      columns,
      labels,
      departments,
      moved: movedTo(moved, departments),
      unlisted: settings.saysUnlisted
        ? standings.filter(({ standing, showing }) => waits.has(standing) && showing === null).length
        : 0,
    },
    changes,
    differences: changes.map(({ departmentId, departmentName, kind }) => {
      const [old = null, after = null] = [earlierOf.get(departmentId), byId.get(departmentId)];
      const differences = kind === 'updated' ? beforeAndAfter(old, after, { scheme, labels, columns }) : [];
      return { fiscalYear, departmentId, departmentName, kind, differences };
    }),
    publishedIds,
    held,
    standings,
    findings,
  };
}

/**
 * Whether 決裁 covers the content: it approves the content, and not the row. Source: 決裁 in section 1 of the contract.
 *
 * @param old what was published of it, without what is private by now: that a column is published no more needs nobody's approval
 * @param approvedBy what 決裁 said then
 */
function approvalOf(
  { approval }: CheckedDepartment,
  content: DepartmentContent | null,
  old: KeptDepartment | undefined,
  approvedBy: string | null,
): Approval {
  if (approval === 'none') return 'given';
  if (approval === 'blank') return 'awaiting';
  if (isUrgent(approval.text) || content === null || old === undefined || approvedBy !== approval.text) return 'given';
  return differences(old, content).length > 0 ? 'changed' : 'given';
}

function approvalPlace(row: CheckedDepartment, { tables, settings }: UsableSheet) {
  const { cell } = row.place;
  const column = /^[A-Z]+/u.exec(tables.departments.headers.approval?.cell ?? '')?.[0];
  const header = headerOf(departmentColumns, 'approval', settings.scheme);
  const address = column === undefined ? (cell ?? null) : `${column}${row.place.row ?? ''}`;
  return { ...row.place, cell: address, column: header, value: null };
}

/** The ids of the departments that one of this year became, by 組織の変遷: then it is not gone. */
function becameOf(
  name: string,
  fiscalYear: number,
  history: readonly Reorganisation[],
  rows: readonly CheckedDepartment[],
): string[] {
  const names = new Set(
    history
      .filter((one) => one.fiscalYear <= fiscalYear && matchKey(one.from) === matchKey(name))
      .map(({ to }) => matchKey(to)),
  );
  return rows.flatMap(({ key, id }) => (id !== null && names.has(key) ? [id] : []));
}

/** Old addresses and what stands at the new ones now; an address that is in use again leads nowhere else. */
function movedTo(
  moved: ReadonlyMap<string, readonly string[]>,
  departments: readonly PublishedDepartment[],
): PublishedYear['moved'] {
  const ids = new Set(departments.map(({ department }) => department.id));
  const targetsOf = (id: string, seen: ReadonlySet<string>): string[] => {
    if (ids.has(id)) return [id];
    if (seen.has(id)) return [];
    return (moved.get(id) ?? []).flatMap((next) => targetsOf(next, new Set([...seen, id])));
  };
  return [...moved.keys()].flatMap((from) => {
    const to = ids.has(from) ? [] : [...new Set(targetsOf(from, new Set()))];
    return to.length === 0 ? [] : [{ from, to }];
  });
}

const ofTab = { departments: 'department', goals: 'goal', indicators: 'indicator' } as const;

/** The city's own columns: those of the sheet, and those that a department which stays as it was still has something in. */
function columnsOf(
  sheet: UsableSheet,
  before: PublishedYear | undefined,
  departments: readonly PublishedDepartment[],
): ColumnDefinition[] {
  const declared = tablesOf(sheet).flatMap(([tab, table]) =>
    table.declared.flatMap((column, index): ColumnDefinition[] => {
      if (!column.isPublished) return [];
      const { header, label, type, description } = column;
      const unit = ownUnit(
        column,
        table.rows.map((row) => row.declared[index]?.text ?? ''),
      );
      return [{ key: header, of: ofTab[tab], label, type, unit, description }];
    }),
  );
  const isKnown = ({ of, key }: ColumnDefinition) => declared.some((column) => column.of === of && column.key === key);
  const isUsed = ({ of, key }: ColumnDefinition) =>
    departments.some(({ department }) => {
      if (of === 'department') return Object.hasOwn(department.columns, key);
      return department.goals.some(
        ({ columns, indicators }) =>
          (of === 'goal' && Object.hasOwn(columns, key)) ||
          (of === 'indicator' && indicators.some((one) => Object.hasOwn(one.columns, key))),
      );
    });
  return [...declared, ...(before?.columns ?? []).filter((column) => !isKnown(column) && isUsed(column))];
}

function tablesOf({ tables }: ValidatedSheet): readonly (readonly [DeclarableTab, Table<string>])[] {
  const { departments, goals, indicators } = tables;
  return [
    ['departments', departments],
    ['goals', goals],
    ...(indicators === null ? [] : ([['indicators', indicators]] as const)),
  ];
}

/** 表示名 of columns of the contract. */
function labelsOf(sheet: ValidatedSheet): Record<string, string> {
  return Object.fromEntries(
    tablesOf(sheet).flatMap(([tab, table]) =>
      Object.entries(table.changes).flatMap(([key, change]) =>
        change?.label == null ? [] : [[`${tab}.${key}`, change.label] as const],
      ),
    ),
  );
}

function isRatedIn({ goals }: Pick<KeptDepartment, 'goals'>): boolean {
  return goals.some(({ status }) => status !== 'unrated');
}

/**
 * Results were published, and the column 達成状況 has left the sheet: that is no city that does not rate. Source: section 8 of the
 * contract.
 */
function resultsWithoutColumn(
  fiscalYear: number,
  { settings, tables, findings }: UsableSheet,
  before: PublishedYear | undefined,
): Finding | null {
  // Said at the header that was lost.
  if (findings.some(({ code }) => code === 'missing-result-column')) return null;
  if (tables.goals.headers.status !== undefined || phaseOf(fiscalYear, settings) !== 'result') return null;
  if (before?.phase !== 'result' || !before.departments.some(({ department }) => isRatedIn(department))) return null;
  const header = headerOf(goalColumns, 'status', settings.scheme);
  const place = { tab: tables.goals.tab, column: header };
  return finding('missing-result-column', place, { header, closest: null }, settings.scheme);
}

/** Columns that were published and are not in the sheet any more: mostly a header that was changed. */
function columnsNoLongerThere(fiscalYear: number, sheet: UsableSheet, before: PublishedYear | undefined): Finding[] {
  const { settings, tables } = sheet;
  if (before === undefined || fiscalYear !== settings.fiscalYear) return [];
  const departments = before.departments.map(({ department }) => department);
  const goals = departments.flatMap((department) => department.goals);
  const indicators = goals.flatMap((goal) => goal.indicators);
  const lost = (table: Table<string> | null, columns: readonly TextColumn[], values: readonly object[]): Finding[] =>
    columns.flatMap(({ key, header, json }) => {
      if (json === undefined || table === null || table.headers[key] !== undefined) return [];
      const wasPublished = values.some((value) =>
        Object.entries(value).some(([name, text]) => name === json && text !== null),
      );
      const name = inWords(header, settings.scheme);
      const place = { tab: table.tab, column: name };
      return wasPublished ? [finding('column-no-longer-there', place, { header: name }, settings.scheme)] : [];
    });
  const named = departments.some(({ directors }) => directors.length > 0);
  const heads = headerOf(departmentColumns, 'director', settings.scheme);
  const place = { tab: tables.departments.tab, column: heads };
  return [
    ...(named && tables.departments.headers.director === undefined
      ? [finding('column-no-longer-there', place, { header: heads }, settings.scheme)]
      : []),
    ...lost(tables.departments, departmentColumns, departments),
    ...lost(tables.goals, goalColumns, goals),
    ...lost(tables.indicators, indicatorColumns, indicators),
  ];
}

interface TextColumn {
  readonly key: string;
  readonly header: string;
  readonly json?: string;
}

/**
 * 題名 of the settings speaks of the current year. An earlier year keeps the title under which its results were published; any
 * other has a plain one.
 */
function titleOf(fiscalYear: number, settings: Settings, before: PublishedYear | undefined): string {
  if (fiscalYear === settings.fiscalYear && settings.title !== null) return settings.title;
  const phase = phaseOf(fiscalYear, settings);
  if (fiscalYear !== settings.fiscalYear && before !== undefined && before.phase === phase) return before.title;
  return plainTitle(fiscalYear, settings.scheme, phase);
}

function plainTitle(fiscalYear: number, scheme: Scheme, phase: PublishedYear['phase']): string {
  const suffix = { plan: '', interim: ' 中間報告', result: ' 結果' }[phase];
  return `${fiscalYearLabel(fiscalYear)} ${scheme.name}${suffix}`;
}

function reasonOf(errors: readonly Finding[]): string {
  const [first, ...others] = errors;
  if (first === undefined) return '';
  const where = first.cell === null ? '' : `${first.tab ?? ''}シートの${first.cell}：`;
  return `${where}${first.message}${others.length > 0 ? `（ほか${others.length}件）` : ''}`;
}
