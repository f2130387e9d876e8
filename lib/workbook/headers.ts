import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey } from '../text/normalize.ts';
import { likelyMeant } from '../text/resemblance.ts';
import type { ColumnDefinition } from './columns.ts';
import { fieldAt } from './field-at.ts';
import type { Field, UnlistedColumn } from './rows.ts';
import type { Sheet } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/** A header row is looked for in this many rows from the top. */
const headerRows = 10;

/** How many names are listed in a finding before it says no more. */
const namesShown = 12;

/** The names of a column as {@link matchKey} compares them: every header is held against every column. */
const keysByColumn = new WeakMap<ColumnDefinition, { readonly name: string; readonly aliases: readonly string[] }>();

function keysOf(column: ColumnDefinition): { readonly name: string; readonly aliases: readonly string[] } {
  let keys = keysByColumn.get(column);
  if (keys === undefined) {
    keys = { name: matchKey(column.header), aliases: column.aliases.map(matchKey) };
    keysByColumn.set(column, keys);
  }
  return keys;
}

/** How a header cell matches a column: by its own name, by an alias, or not. */
export function matches(key: string, column: ColumnDefinition): 'name' | 'alias' | null {
  const { name, aliases } = keysOf(column);
  if (key === name) return 'name';
  return aliases.includes(key) ? 'alias' : null;
}

export function findHeaderRow(sheet: Sheet, columns: readonly ColumnDefinition[]): number | null {
  const required = columns.filter((column) => column.required);
  for (const [index, row] of sheet.rows.slice(0, headerRows).entries()) {
    const keys = row.map(matchKey);
    if (required.every((column) => keys.some((key) => matches(key, column) !== null))) return index;
  }
  return null;
}

/**
 * One finding for each required header that is missing from the row that looks most like the header row. It is placed at
 * the cell that has nearly its name, or, where as many headers are blank above values as are missing, at its blank one.
 */
export function missingHeaders(sheet: Sheet, columns: readonly ColumnDefinition[]): Finding[] {
  const index = likeliestHeaderRow(sheet, columns);
  if (index === null) {
    return columns
      .filter(({ required }) => required)
      .map(({ header }) =>
        finding('missing-header', { tab: sheet.name, column: header }, { header, found: [], closest: null }),
      );
  }
  const cells = (sheet.rows[index] ?? []).map((_, column) => fieldAt(sheet, index, column));
  const filled = cells.filter(({ text }) => !isBlank(text));
  const unclaimed = filled.filter(({ text }) => columns.every((column) => matches(matchKey(text), column) === null));
  const keys = filled.map(({ text }) => matchKey(text));
  const missing = columns.filter((column) => column.required && !keys.some((key) => matches(key, column) !== null));
  const blank = unlistedColumns(sheet, index, new Set(filled.map(cellOf)), false).map(({ header }) => header);
  const found = filled.slice(0, namesShown).map(({ text }) => text);
  return missing.map(({ header }, position) => {
    const closest = likelyMeant(
      header,
      unclaimed.map(({ text }) => text),
    );
    const near = unclaimed.find(({ text }) => text === closest);
    const field = near ?? (blank.length === missing.length ? blank[position] : undefined);
    const place = { tab: sheet.name, cell: field?.cell ?? null, row: index + 1, column: header };
    return finding('missing-header', { ...place, value: field?.text || null }, { header, found, closest });
  });
}

/** The row of the first ten that holds the most of the headers; null where all of them are blank. */
function likeliestHeaderRow(sheet: Sheet, columns: readonly ColumnDefinition[]): number | null {
  let best: { index: number; score: number } | null = null;
  for (const [index, row] of sheet.rows.slice(0, headerRows).entries()) {
    if (row.every(isBlank)) continue;
    const keys = row.map(matchKey);
    const score = columns.filter((column) => keys.some((key) => matches(key, column) !== null)).length;
    if (best === null || score > best.score) best = { index, score };
  }
  return best?.index ?? null;
}

export interface LocatedColumn<Key extends string> {
  readonly key: Key;
  readonly index: number;
  readonly field: Field;
}

export function locateColumns<Key extends string>(
  sheet: Sheet,
  headerIndex: number,
  definitions: readonly ColumnDefinition<Key>[],
): { found: LocatedColumn<Key>[]; equal: { definition: ColumnDefinition<Key>; cells: Field[] }[] } {
  const found: LocatedColumn<Key>[] = [];
  const equal: { definition: ColumnDefinition<Key>; cells: Field[] }[] = [];
  const headers = (sheet.rows[headerIndex] ?? []).map((text, index) => ({
    key: matchKey(text),
    index,
    field: { text, cell: cellAddress(headerIndex, index), row: headerIndex + 1 },
  }));
  for (const definition of definitions) {
    const byName = headers.filter(({ key }) => matches(key, definition) === 'name');
    // The proper name wins over an alias: a column of the other name beside it is the city's own, and private.
    const cells = byName.length > 0 ? byName : headers.filter(({ key }) => matches(key, definition) === 'alias');
    const [only, second] = cells;
    if (second !== undefined) equal.push({ definition, cells: cells.map(({ field }) => field) });
    else if (only !== undefined) found.push({ key: definition.key, index: only.index, field: only.field });
  }
  return { found, equal };
}

/**
 * The columns that the contract does not list, for the rules on lost headers. A blank header counts where something stands
 * below.
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
  const headers = sheet.rows[headerIndex] ?? [];
  const isListed = memoized((column) => listed.has(cellAddress(headerIndex, column)));
  /** The rows in which a column is filled. Only cells that exist are looked at: one far away makes every row as wide. */
  const filled = new Map<number, number[]>();
  for (let index = headerIndex + 1; index < sheet.rows.length; index += 1) {
    for (const [column, text] of (sheet.rows[index] ?? []).entries()) {
      if (isListed(column) || isBlank(text)) continue;
      const rows = filled.get(column);
      if (rows === undefined) filled.set(column, [index]);
      else if (withValues) rows.push(index);
    }
  }
  const named = [...headers.keys()].filter((column) => !isListed(column) && !isBlank(headers[column] ?? ''));
  const columns = [...new Set([...named, ...filled.keys()])].sort((one, other) => one - other);
  return columns.map((column) => ({
    header: fieldAt(sheet, headerIndex, column),
    values: withValues ? (filled.get(column) ?? []).map((index) => fieldAt(sheet, index, column)) : [],
  }));
}

function memoized(answer: (column: number) => boolean): (column: number) => boolean {
  const answers: boolean[] = [];
  return (column) => (answers[column] ??= answer(column));
}

const cellOf = ({ cell }: Field): string => cell;
