import type { Place } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank } from '../text/normalize.ts';
import type { Field, SheetRows } from '../workbook/rows.ts';
import { textIn } from '../workbook/rows.ts';
import { readApproval } from './cells/approval.ts';
import { readMailAddresses } from './cells/mail-addresses.ts';
import { readOrder } from './cells/order.ts';
import type { StatusWord } from './cells/status.ts';
import { statusVocabulary } from './cells/status.ts';
import { readChoices } from './choices.ts';
import type { Completeness } from './completeness.ts';
import { completenessOf } from './completeness.ts';
import { readHistory } from './join/history.ts';
import { joinRows } from './join/join.ts';
import type { DepartmentEntry, JoinedSheet, Visibility } from './join/joined-sheet.ts';
import { resolveIds } from './join/resolve-ids.ts';
import type { Reorganisation } from './model/published.ts';
import type { PictureWish } from './portraits.ts';
import { allRules } from './rules/all-rules.ts';
import type { Report } from './rules/rule.ts';
import { departmentPlace } from './rules/rule.ts';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';
import type { DepartmentContent } from './settle/content.ts';
import { contentMaker, pictureWishes } from './settle/content.ts';

/**
 * The room `goals` knows what rows mean, what is wrong with them, and what is to be published of them. It may import `text`, `findings`,
 * `workbook`. Begin at {@link validate}, and go on with settle/settle.ts.
 */

/** A row of 部 with all that belongs to it. */
export interface CheckedDepartment {
  /** 部名 as `matchKey` compares it. */
  readonly key: string;
  readonly name: string;
  readonly fiscalYear: number;
  /** Null where it cannot be told: a bad URL名, or one that two departments have. */
  readonly id: string | null;
  readonly visibility: Visibility;
  readonly order: number | null;
  /** The row of 部, for findings. */
  readonly place: Place;
  /** What 決裁 says. */
  readonly approval: ReturnType<typeof readApproval>;
  /** 連絡先メール, of all its rows. Private: for mails to it, and nothing else. */
  readonly mailAddresses: readonly string[];
  /** Its row says itself which year it is of. */
  readonly isYearTyped: boolean;
  /** Null where an error holds the department back, and where it is withdrawn. */
  readonly content: DepartmentContent | null;
  /** The pictures of its heads, which nobody has looked at yet; of what is to be published now. */
  readonly pictures: readonly PictureWish[];
  /** What of it can be read, whatever is wrong in its row, for a preview; null where it has no address, and where it is withdrawn. */
  readonly readable: DepartmentContent | null;
  /** All rows of the sheet that are its own. */
  readonly rows: readonly OwnRows[];
  /** What holds it back; empty where nothing does. */
  readonly errors: readonly Finding[];
}

/** Rows of one tab, from 1. */
export interface OwnRows {
  readonly tab: string;
  readonly rows: readonly number[];
}

export interface ValidatedSheet {
  /** Null blocks the run. */
  readonly settings: Settings | null;
  /** In the order of the sheet. */
  readonly departments: readonly CheckedDepartment[];
  /** Departments whose year could not be read, by key, with what is wrong: in no year, but not gone either. */
  readonly withoutYear: ReadonlyMap<string, readonly Finding[]>;
  /** All fiscal years that the sheet speaks of, newest first. */
  readonly years: readonly number[];
  /** Who has filled in what, in the order of the sheet. */
  readonly completeness: readonly Completeness[];
  readonly findings: readonly Finding[];
  /** The words of 選択肢, in its order; empty where the city has none of its own. */
  readonly statuses: readonly StatusWord[];
  /** Which columns the tabs have, and what 項目 says of them; null where nothing could be read. */
  readonly tables: Pick<SheetRows, 'departments' | 'goals' | 'indicators'>;
  readonly history: readonly Reorganisation[];
}

/**
 * Checks every row and every relation between rows, and collects all findings. Pure; throws nothing for what a sheet can hold.
 *
 * @param now the instant of the run, to tell a year that is far off
 */
export function validate(rows: SheetRows, now: Date): ValidatedSheet {
  const { scheme } = rows;
  const { settings, findings } = readSettings(rows.settings, scheme, now);
  const tables = { departments: rows.departments, goals: rows.goals, indicators: rows.indicators };
  if (settings === null) {
    const nothing = { departments: [], withoutYear: new Map(), years: [], completeness: [], statuses: [], history: [] };
    return { settings, ...nothing, findings, tables };
  }
  const choices = readChoices(rows.choices, scheme);
  const vocabulary = statusVocabulary(choices.words);
  const { history, findings: historyFindings } = readHistory(rows.history, scheme);
  const sheet: JoinedSheet = { rows, settings, vocabulary, history, ...joinRows(rows, settings) };
  const reports = collect(sheet).map((report) => ({
    finding: ofDrafts(report.finding(scheme), report.holds),
    holds: report.holds,
  }));
  const ruled = reports.map(({ finding }) => finding);
  return {
    settings,
    statuses: choices.words,
    tables,
    history,
    ...checkDepartments(sheet, errorsByEntry(reports)),
    years: yearsOf(sheet),
    completeness: completenessOf(sheet, ruled),
    findings: [...findings, ...choices.findings, ...historyFindings, ...ruled],
  };
}

/**
 * Applies every rule. What is said of one cell that several rows took over (a merge, a blank under it) is said once, for
 * all of them.
 */
function collect(sheet: JoinedSheet): Report[] {
  const reports: Report[] = [];
  const byCell = new Map<string, number>();
  for (const rule of allRules) {
    for (const report of rule(sheet)) {
      const { code } = report;
      const { tab = null, cell = null } = report.place;
      const place = cell === null ? null : `${code}\n${tab}\n${cell}`;
      const at = place === null ? undefined : byCell.get(place);
      const known = at === undefined ? undefined : reports[at];
      if (at === undefined || known === undefined) {
        if (place !== null) byCell.set(place, reports.length);
        reports.push(report);
      } else if (report.holds.some((entry) => !known.holds.includes(entry))) {
        reports[at] = { ...known, holds: [...new Set([...known.holds, ...report.holds])] };
      }
    }
  }
  return reports;
}

/** Whether a finding says that something is not written yet, and not that what is written is wrong. */
export const isUnwritten = ({ code }: Finding): boolean => unwritten.has(code);

const unwritten: ReadonlySet<string> = new Set([
  'missing-value',
  'missing-summary',
  'missing-result',
  'missing-director-kana',
  'department-without-goals',
]);

/**
 * A draft, and what waits for its approval, is never held, whatever is wrong in its row (section 1 of the contract): so nothing in it is an
 * error. What is not written yet is only noted.
 */
function ofDrafts(finding: Finding, holds: readonly DepartmentEntry[]): Finding {
  if (finding.severity !== 'error' || holds.length === 0 || !holds.every(isWaiting)) return finding;
  return { ...finding, severity: isUnwritten(finding) ? 'notice' : 'warning' };
}

function isWaiting({ visibility, row }: DepartmentEntry): boolean {
  return visibility === 'draft' || (visibility === 'public' && readApproval(row.fields.approval) === 'blank');
}

function errorsByEntry(
  reports: readonly { readonly finding: Finding; readonly holds: readonly DepartmentEntry[] }[],
): ReadonlyMap<DepartmentEntry, readonly Finding[]> {
  const errors = new Map<DepartmentEntry, Finding[]>();
  for (const { finding, holds } of reports) {
    for (const entry of holds) {
      const known = errors.get(entry);
      if (known === undefined) errors.set(entry, [finding]);
      else known.push(finding);
    }
  }
  return errors;
}

function checkDepartments(
  sheet: JoinedSheet,
  errorsOf: ReadonlyMap<DepartmentEntry, readonly Finding[]>,
): Pick<ValidatedSheet, 'departments' | 'withoutYear'> {
  const ids = resolveIds(sheet.departments, sheet.history);
  const contentOf = contentMaker(sheet);
  const rowsOf = rowsByEntry(sheet);
  const departments: CheckedDepartment[] = [];
  const withoutYear = new Map<string, readonly Finding[]>();
  for (const entry of sheet.departments) {
    const { key, name, fiscalYear, visibility, row } = entry;
    const errors = errorsOf.get(entry) ?? [];
    if (fiscalYear === null) {
      if (key !== '') withoutYear.set(key, errors);
      continue;
    }
    const id = ids.get(entry) ?? null;
    const readable = id !== null && visibility !== 'withdrawn' ? contentOf(entry, id) : null;
    departments.push({
      key,
      name,
      fiscalYear,
      id,
      visibility: visibility ?? 'public',
      order: readOrder(textIn(row.fields, 'order')),
      place: departmentPlace(sheet, entry, 'department'),
      approval: readApproval(row.fields.approval),
      mailAddresses: mailAddressesOf(entry),
      isYearTyped: isTyped(row.fields.fiscalYear),
      content: errors.length === 0 ? readable : null,
      readable,
      rows: rowsOf(entry),
      // What waits shows nobody a picture yet, and is not fetched for nothing.
      pictures: errors.length === 0 && readable !== null && !isWaiting(entry) ? pictureWishes(entry, sheet) : [],
      errors,
    });
  }
  return { departments, withoutYear };
}

function mailAddressesOf({ heads }: DepartmentEntry): string[] {
  return [...new Set(heads.flatMap(({ fields }) => readMailAddresses(textIn(fields, 'email')).addresses))];
}

/** The rows of each department. */
function rowsByEntry({ rows, indicators, evaluations }: JoinedSheet): (entry: DepartmentEntry) => readonly OwnRows[] {
  const attached = [
    { table: rows.indicators, byEntry: Map.groupBy(indicators, ({ entry }) => entry) },
    { table: rows.evaluations, byEntry: Map.groupBy(evaluations, ({ entry }) => entry) },
  ];
  return (entry) => [
    { tab: rows.departments.tab, rows: [entry.row, ...entry.heads].map(({ row }) => row) },
    { tab: rows.goals.tab, rows: entry.goals.map(({ row }) => row.row) },
    ...attached.flatMap(({ table, byEntry }) => {
      const own = (byEntry.get(entry) ?? []).map(({ row }) => row.row);
      return table === null || own.length === 0 ? [] : [{ tab: table.tab, rows: own }];
    }),
  ];
}

/** Rows of the sheet as keys: `目標!12`. */
export function rowKeys(all: readonly OwnRows[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ tab, rows }) => rows.map((row) => `${tab}!${row}`)));
}

function isTyped(field: Field | undefined): boolean {
  return field !== undefined && !isBlank(field.text);
}

function yearsOf({ settings, departments, goals }: JoinedSheet): number[] {
  const years = new Set([settings.fiscalYear]);
  for (const { fiscalYear } of departments) if (fiscalYear !== null) years.add(fiscalYear);
  for (const { fiscalYear } of goals) if (fiscalYear !== null) years.add(fiscalYear);
  return [...years].sort((a, b) => b - a);
}
