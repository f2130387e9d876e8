import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey } from '../text/normalize.ts';
import { likelyMeant } from '../text/resemblance.ts';
import type { Scheme } from '../text/scheme.ts';
import { inWords } from '../text/scheme.ts';
import type { ColumnOf, ColumnSpec, HeaderKeys } from './columns.ts';
import { headerKeys } from './columns.ts';
import { fieldAt } from './field-at.ts';
import type { Field, UnlistedColumn } from './rows.ts';
import type { Sheet } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/** A header row is looked for in this many rows from the top. */
const headerRows = 10;

/** How many names are listed in a finding before it says no more. */
const namesShown = 12;

/** How a header cell matches a column: by its own name, by an alias, or not. */
export function matches(key: string, { name, aliases }: HeaderKeys): 'name' | 'alias' | null {
  if (key === name) return 'name';
  return aliases.includes(key) ? 'alias' : null;
}

/** The columns of a tab with the names by which a city's sheet may call them. */
export type NamedColumns<Key extends string> = readonly {
  readonly column: ColumnOf<Key>;
  readonly keys: HeaderKeys;
  /** In the city's words. */
  readonly header: string;
}[];

export function namedColumns<Key extends string>(columns: readonly ColumnOf<Key>[], scheme: Scheme): NamedColumns<Key> {
  return columns.map((column) => ({
    column,
    keys: headerKeys(column, scheme),
    header: inWords(column.header, scheme),
  }));
}

const isNeeded = ({ column }: { readonly column: ColumnSpec }): boolean => column.needed === true;

/** The texts of a row, where a cell that is merged with one above means the value above (section 1 of the contract). */
function shownTexts(sheet: Sheet, row: number): readonly string[] {
  const above = sheet.merges.filter(({ top, bottom }) => top < row && row <= bottom);
  const own = sheet.rows[row] ?? [];
  if (above.length === 0) return own;
  const texts = [...own];
  for (const { top, left } of above) {
    while (texts.length <= left) texts.push('');
    texts[left] = sheet.rows[top]?.[left] ?? '';
  }
  return texts;
}

/**
 * The header row: of the first ten rows, that with all the needed headers. Where several have them (a heading in two rows, whose upper
 * cells are merged downwards), the one with the most headers that are known; the first of equals.
 */
export function findHeaderRow<Key extends string>(sheet: Sheet, columns: NamedColumns<Key>): number | null {
  let best: { index: number; known: number } | null = null;
  for (let index = 0; index < Math.min(headerRows, sheet.rows.length); index += 1) {
    const keys = shownTexts(sheet, index).map(matchKey);
    const known = columns.filter(({ keys: names }) => keys.some((key) => matches(key, names) !== null));
    if (!columns.filter(isNeeded).every((column) => known.includes(column))) continue;
    if (best === null || known.length > best.known) best = { index, known: known.length };
  }
  return best?.index ?? null;
}

/**
 * One finding for each needed header that is missing from the row that looks most like the header row. It is placed at
 * the cell that has nearly its name, or, where as many headers are blank above values as are missing, at its blank one.
 */
export function missingHeaders<Key extends string>(
  sheet: Sheet,
  columns: NamedColumns<Key>,
  scheme: Scheme,
): Finding[] {
  const index = likeliestHeaderRow(sheet, columns);
  const needed = columns.filter(isNeeded);
  if (index === null) {
    return needed.map(({ header }) =>
      finding('missing-header', { tab: sheet.name, column: header }, { header, found: [], closest: null }, scheme),
    );
  }
  const cells = (sheet.rows[index] ?? []).map((_, column) => fieldAt(sheet, index, column));
  const filled = cells.filter(({ text }) => !isBlank(text));
  const isClaimed = (text: string): boolean => columns.some(({ keys }) => matches(matchKey(text), keys) !== null);
  const unclaimed = filled.filter(({ text }) => !isClaimed(text));
  const found = filled.map(({ text }) => matchKey(text));
  const missing = needed.filter(({ keys }) => !found.some((key) => matches(key, keys) !== null));
  const blank = unlistedColumns(sheet, index, new Set(filled.map(cellOf)), false).map(({ header }) => header);
  const names = filled.slice(0, namesShown).map(({ text }) => text);
  return missing.map(({ header }, position) => {
    const closest = likelyMeant(
      header,
      unclaimed.map(({ text }) => text),
    );
    const near = unclaimed.find(({ text }) => text === closest);
    const field = near ?? (blank.length === missing.length ? blank[position] : undefined);
    const place = { tab: sheet.name, cell: field?.cell ?? null, row: index + 1, column: header };
    return finding(
      'missing-header',
      { ...place, value: field?.text || null },
      { header, found: names, closest },
      scheme,
    );
  });
}

/** The row of the first ten that holds the most of the headers; null where all of them are blank. */
function likeliestHeaderRow<Key extends string>(sheet: Sheet, columns: NamedColumns<Key>): number | null {
  let best: { index: number; score: number } | null = null;
  for (const [index, row] of sheet.rows.slice(0, headerRows).entries()) {
    if (row.every(isBlank)) continue;
    const keys = row.map(matchKey);
    const score = columns.filter(({ keys: names }) => keys.some((key) => matches(key, names) !== null)).length;
    if (best === null || score > best.score) best = { index, score };
  }
  return best?.index ?? null;
}

export interface LocatedColumn<Key extends string> {
  readonly key: Key;
  readonly index: number;
  readonly field: Field;
}

/** The cells of the header row, with their texts as they are compared. */
export function headerCells(sheet: Sheet, headerIndex: number): { key: string; index: number; field: Field }[] {
  return shownTexts(sheet, headerIndex).map((text, index) => ({
    key: matchKey(text),
    index,
    field: { text, cell: cellAddress(headerIndex, index), row: headerIndex + 1 },
  }));
}

export function locateColumns<Key extends string>(
  sheet: Sheet,
  headerIndex: number,
  columns: NamedColumns<Key>,
): { found: LocatedColumn<Key>[]; equal: { header: string; cells: Field[] }[] } {
  const found: LocatedColumn<Key>[] = [];
  const equal: { header: string; cells: Field[] }[] = [];
  const headers = headerCells(sheet, headerIndex);
  const taken = new Set<number>();
  for (const { column, keys, header } of columns) {
    const byName = headers.filter(({ key }) => matches(key, keys) === 'name');
    // The proper name wins over an alias: a column of the other name beside it is the city's own, and private.
    const cells =
      byName.length > 0
        ? byName
        : headers.filter(({ key, index }) => !taken.has(index) && matches(key, keys) === 'alias');
    const [only, second] = cells;
    if (second !== undefined) equal.push({ header, cells: cells.map(({ field }) => field) });
    else if (only !== undefined) {
      found.push({ key: column.key, index: only.index, field: only.field });
      taken.add(only.index);
    }
  }
  return { found, equal };
}

/**
 * The columns that nobody has declared, for the rules on lost headers. A blank header counts where something stands below.
 *
 * @param listed addresses of the headers that are known
 * @param withValues false where only the headers are wanted
 */
export function unlistedColumns(
  sheet: Sheet,
  headerIndex: number,
  listed: ReadonlySet<string>,
  withValues: boolean,
): UnlistedColumn[] {
  const headers = shownTexts(sheet, headerIndex);
  const isListed = memoized((column) => listed.has(cellAddress(headerIndex, column)));
  /** The rows in which a column is filled. Only cells that exist are looked at: one far away makes every row as wide. */
  const filled = new Map<number, number[]>();
  for (let index = headerIndex + 1; index < sheet.rows.length; index += 1) {
    sheet.rows[index]?.forEach((text, column) => {
      if (isListed(column) || isBlank(text)) return;
      const rows = filled.get(column);
      if (rows === undefined) filled.set(column, [index]);
      else if (withValues) rows.push(index);
    });
  }
  const named = [...headers.keys()].filter((column) => !isListed(column) && !isBlank(headers[column] ?? ''));
  const columns = [...new Set([...named, ...filled.keys()])].sort((one, other) => one - other);
  return columns.map((column) => ({
    header: { text: headers[column] ?? '', cell: cellAddress(headerIndex, column), row: headerIndex + 1 },
    values: withValues ? (filled.get(column) ?? []).map((index) => fieldAt(sheet, index, column)) : [],
  }));
}

function memoized(answer: (column: number) => boolean): (column: number) => boolean {
  const answers: boolean[] = [];
  return (column) => (answers[column] ??= answer(column));
}

const cellOf = ({ cell }: Field): string => cell;
