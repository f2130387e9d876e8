import { normalizeLine, normalizeName, normalizeText } from '../text/normalize.ts';
import type { ColumnKind, ColumnSpec, TextFields } from '../workbook/columns.ts';
import type { Row, Table } from '../workbook/rows.ts';
import { textIn } from '../workbook/rows.ts';

/** Whether a column of the contract is there and published. Source: 公表 of 項目 in section 1 of the contract. */
export function isPublishedIn<Key extends string>(table: Table<Key> | null): (column: Key) => boolean {
  const isPrivate = isPrivateIn(table);
  return (column) => table?.headers[column] !== undefined && !isPrivate(column);
}

/** Whether 項目 keeps a column of the contract private; one that is not there is not. */
export function isPrivateIn<Key extends string>(table: Table<Key> | null): (column: Key) => boolean {
  return (column) => table?.changes[column]?.isPublished === false;
}

/** A text as it is published, by its kind; null where there is none. */
export function publishedText(text: string, kind: ColumnKind): string | null {
  if (kind === 'name' || kind === 'kana') return normalizeName(text) || null;
  return (kind === 'line' ? normalizeLine(text) : normalizeText(text)) || null;
}

/** The texts of a row that are published as they are, by their property in the dataset. */
export function textsOf<const Columns extends readonly ColumnSpec[], Key extends string>(
  columns: Columns,
  row: Row<Key>,
  isPublished: (column: Key) => boolean,
): Record<TextFields<Columns>, string | null> {
  const fields: Row<string>['fields'] = row.fields;
  const published: (column: string) => boolean = isPublished as (column: string) => boolean;
  const texts: Record<string, string | null> = {};
  for (const { key, json, kind } of columns) {
    if (json !== undefined) texts[json] = published(key) ? publishedText(textIn(fields, key), kind) : null;
  }
  // The keys are those of the table, which the type above spells out.
  return texts as Record<TextFields<Columns>, string | null>;
}
