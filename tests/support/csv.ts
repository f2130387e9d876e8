import { stringify } from 'csv-stringify/sync';

/** Rows as a CSV file. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify(rows.map((row) => [...row]));
}
