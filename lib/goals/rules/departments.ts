import { isBlank, isName, matchKey, normalizeName } from '../../text/normalize.ts';
import type { DepartmentColumn } from '../../workbook/columns.ts';
import { departmentColumns, headerOf } from '../../workbook/columns.ts';
import { textIn } from '../../workbook/rows.ts';
import { isUrgent } from '../cells/approval.ts';
import { parseUrlName } from '../cells/department-id.ts';
import { readMailAddresses } from '../cells/mail-addresses.ts';
import { readOrder } from '../cells/order.ts';
import { readPortrait } from '../cells/portrait.ts';
import { visibilityOf } from '../cells/visibility.ts';
import type { DepartmentEntry, JoinedSheet } from '../join/joined-sheet.ts';
import { clashingIds } from '../join/resolve-ids.ts';
import { isNamedOtherwise } from './goals.ts';
import type { Report } from './rule.ts';
import { checkedDepartments, departmentPlace, report } from './rule.ts';

/** The text of a cell of 部 where it can be read: neither blank nor an error value, which has a rule of its own. */
function readable(entry: DepartmentEntry, column: DepartmentColumn): string | null {
  const text = textIn(entry.row.fields, column);
  return isName(text) ? text : null;
}

const isBlankIn = (entry: DepartmentEntry, column: DepartmentColumn): boolean =>
  isBlank(textIn(entry.row.fields, column));

/** 部名（ふりがな） may be left out; where the other departments of the year have theirs, a single blank is forgotten. */
export function* missingDepartmentKana(sheet: JoinedSheet): Generator<Report> {
  const { headers, changes } = sheet.rows.departments;
  // Where 項目 says when it is required, that is what is asked.
  if (headers.departmentKana === undefined || (changes.departmentKana?.required ?? null) !== null) return;
  const years = Map.groupBy(checkedDepartments(sheet), ({ fiscalYear }) => fiscalYear);
  for (const entries of years.values()) {
    const blank = entries.filter((entry) => isBlankIn(entry, 'departmentKana'));
    if (blank.length * 2 >= entries.length) continue;
    for (const entry of blank) {
      yield report('missing-department-kana', departmentPlace(sheet, entry, 'departmentKana'), {});
    }
  }
}

/** One row of 部 is one department in one fiscal year. Source: "department" in the contract. */
export function* repeatedDepartments(sheet: JoinedSheet): Generator<Report> {
  const named = sheet.departments.filter(({ key, fiscalYear }) => key !== '' && fiscalYear !== null);
  for (const same of Map.groupBy(named, ({ key, fiscalYear }) => `${fiscalYear}\n${key}`).values()) {
    const [first, second] = same;
    if (first === undefined || second === undefined) continue;
    for (const entry of same) {
      const other = entry === first ? second : first;
      const otherCell = other.row.fields.department?.cell ?? '';
      yield report('repeated-department', departmentPlace(sheet, entry, 'department'), { otherCell }, [entry]);
    }
  }
}

/**
 * A department has goals. Where it has none and the one beside it took over goals without numbers from blank cells of 部名, those
 * may be its own, and neither can be published. A row without a name has no goals because of that.
 */
export function* departmentsWithoutGoals(sheet: JoinedSheet): Generator<Report> {
  const placeOf = ({ fiscalYear, key }: DepartmentEntry): string => `${fiscalYear}\n${key}`;
  // Of two rows of one department, the first has the goals.
  const withGoals = new Set(sheet.departments.filter(({ goals }) => goals.length > 0).map(placeOf));
  const unknown = sheet.goals.filter(({ standing }) => standing === 'unknown');
  // Where they are all under one other name, that is said instead.
  const isSaidElsewhere = (entry: DepartmentEntry): boolean =>
    isNamedOtherwise(
      entry,
      unknown.filter(({ concerns }) => concerns.includes(entry)),
      sheet,
    );
  const empty = checkedDepartments(sheet).filter(
    (entry) => entry.key !== '' && !withGoals.has(placeOf(entry)) && !isSaidElsewhere(entry),
  );
  if (empty.length === 0) return;
  const doubtful = sheet.departments.filter(({ goals }) => goals.some(isCarriedWithoutNumber));
  const doubtfulByYear = Map.groupBy(doubtful, ({ fiscalYear }) => fiscalYear);
  for (const entry of empty) {
    const holds = [entry, ...(doubtfulByYear.get(entry.fiscalYear) ?? [])];
    yield report('department-without-goals', departmentPlace(sheet, entry, 'department'), {}, holds);
  }
}

function isCarriedWithoutNumber({ row: { fields } }: DepartmentEntry['goals'][number]): boolean {
  return fields.department?.carriedInto !== undefined && isBlank(textIn(fields, 'number'));
}

/** 公開 is one of three words: a guess could publish a draft. Source: section 1 of the contract. */
export function* unreadableVisibilities(sheet: JoinedSheet): Generator<Report> {
  for (const entry of sheet.departments) {
    if (entry.visibility !== null || readable(entry, 'visibility') === null) continue;
    yield report('unreadable-visibility', departmentPlace(sheet, entry, 'visibility'), {}, [entry]);
  }
}

/**
 * Where the column 公開 is missing every department may be published (section 1 of the contract): so a header that was cleared or
 * misspelt would publish the drafts. A private column full of its words is taken for it.
 */
export function* lostVisibilityHeader(sheet: JoinedSheet): Generator<Report> {
  const { tab, headers, unlisted } = sheet.rows.departments;
  if (headers.visibility !== undefined) return;
  for (const { header, values } of unlisted) {
    const words = values.map(({ text }) => visibilityOf(text));
    if (words.length === 0 || words.includes(null)) continue;
    const unpublished = new Set(values.flatMap(({ row }, index) => (words[index] === 'public' ? [] : [row])));
    if (unpublished.size === 0) continue;
    const place = {
      tab,
      cell: header.cell,
      row: header.row,
      column: headerOf(departmentColumns, 'visibility', sheet.rows.scheme),
    };
    const holds = sheet.departments.filter(({ row }) => unpublished.has(row.row));
    const value = header.text || null;
    yield report('lost-visibility-header', { ...place, value }, { drafts: unpublished.size }, holds);
  }
}

/** 表示順 is a number; without one a department comes after those that have one. */
export function* unreadableOrders(sheet: JoinedSheet): Generator<Report> {
  for (const entry of sheet.departments) {
    const text = readable(entry, 'order');
    if (text === null || readOrder(text) !== null) continue;
    yield report('unreadable-order', departmentPlace(sheet, entry, 'order'), {});
  }
}

/** URL名 is of `a-z0-9-`. Source: section 1 of the contract. */
export function* badUrlNames(sheet: JoinedSheet): Generator<Report> {
  for (const entry of sheet.departments) {
    const text = readable(entry, 'urlName');
    if (text === null || parseUrlName(text) !== null) continue;
    yield report('bad-url-name', departmentPlace(sheet, entry, 'urlName'), {}, [entry]);
  }
}

/** Two departments of a year cannot have one address. */
export function* equalUrlNames(sheet: JoinedSheet): Generator<Report> {
  for (const { entry, other } of clashingIds(sheet.departments, sheet.history)) {
    const place = departmentPlace(sheet, entry, 'urlName');
    const otherCell = other.row.fields.urlName?.cell ?? other.row.fields.department?.cell ?? '';
    yield report('equal-url-names', place, { other: other.name, otherCell }, [entry]);
  }
}

/** 顔写真 is the place of a picture; without one the department is published without it. */
export function* unusablePortraits(sheet: JoinedSheet): Generator<Report> {
  for (const entry of checkedDepartments(sheet)) {
    for (const row of entry.heads) {
      const { portrait } = row.fields;
      if (portrait === undefined || (isBlank(portrait.text) && portrait.picture === undefined)) continue;
      if (readPortrait(portrait) !== null) continue;
      const isAddress = /^https?:/iu.test(normalizeName(portrait.text));
      yield report('unusable-portrait', departmentPlace(sheet, entry, 'portrait', row), { isAddress });
    }
  }
}

const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}\u3099\u309a\u30fb\u30fcー・\s]*$/u;

/** ふりがな are read aloud and sorted by: hiragana or katakana, with spaces, ー and ・. Half-width katakana are katakana. */
export function* kanaThatIsNotKana(sheet: JoinedSheet): Generator<Report> {
  for (const entry of checkedDepartments(sheet)) {
    for (const column of ['directorKana', 'departmentKana'] as const) {
      const text = readable(entry, column);
      if (text === null || kana.test(matchKey(text))) continue;
      const characters = [...new Set(normalizeName(text))].filter((character) => !kana.test(matchKey(character)));
      yield report('kana-not-kana', departmentPlace(sheet, entry, column), { characters });
    }
  }
}

/**
 * 決裁: a blank cell waits like a draft, 緊急 publishes at once and is named every day until a number replaces it. Source: 決裁 in
 * section 1 of the contract.
 */
export function* approvals(sheet: JoinedSheet): Generator<Report> {
  if (sheet.rows.departments.headers.approval === undefined) return;
  for (const entry of checkedDepartments(sheet)) {
    if (entry.visibility === 'draft') continue;
    const text = textIn(entry.row.fields, 'approval');
    // The text is private: it is left out of the place too.
    const place = { ...departmentPlace(sheet, entry, 'approval'), value: null };
    if (isBlank(text)) yield report('awaiting-approval', place, {});
    else if (isUrgent(text)) yield report('urgent-approval', place, {});
  }
}

/** 連絡先メール: an address that cannot be read gets no mail. Its text is private: it is left out of the place. */
export function* unreadableMailAddresses(sheet: JoinedSheet): Generator<Report> {
  for (const entry of checkedDepartments(sheet)) {
    for (const row of entry.heads) {
      const text = textIn(row.fields, 'email');
      if (!isName(text)) continue;
      const { addresses, isOdd } = readMailAddresses(text);
      if (!isOdd) continue;
      const place = { ...departmentPlace(sheet, entry, 'email', row), value: null };
      yield report('unreadable-mail-address', place, { readable: addresses.length });
    }
  }
}
