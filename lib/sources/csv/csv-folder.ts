import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { SourceFailure } from '../../failure.ts';
import { isTabRead } from '../../workbook/columns.ts';
import type { Sheet } from '../../workbook/workbook.ts';
import { badCsv, notReadable, tooLarge, unknownEncoding } from '../failures.ts';
import type { Source, SourceResult } from '../source.ts';

/** A CSV file larger than this is no table of goals. */
const mostBytes = 100 * 1024 * 1024;

/** A folder of CSV files, one for each tab and named after it (`目標.csv`). */
export function csvFolderSource(folder: string): Source {
  return {
    name: path.basename(folder),
    async read(): Promise<SourceResult> {
      let requests = 0;
      const sheets: Sheet[] = [];
      const hash = createHash('sha256');
      try {
        const names = readdirSync(folder)
          // A hidden one is a program's: macOS leaves `._部.csv` beside a file that it has copied.
          .filter((name) => /\.csv$/iu.test(name) && !name.startsWith('.'))
          .sort();
        for (const name of names) {
          const tab = name.replace(/\.csv$/iu, '');
          if (!isTabRead(tab)) {
            // Only its name is of use, to say what a tab that is missing may be called.
            sheets.push({ name: tab, rows: [], merges: [], links: new Map() });
            continue;
          }
          requests += 1;
          const bytes = readFileSync(path.join(folder, name));
          hash.update(name).update('\0').update(bytes);
          const parsed = parseCsv(bytes, name);
          if (!parsed.ok) return { ok: false, failure: parsed.failure, requests };
          sheets.push(parsed.sheet);
        }
      } catch {
        return { ok: false, failure: notReadable(path.basename(folder)), requests };
      }
      return { ok: true, workbook: { sheets }, version: hash.digest('hex').slice(0, 16), requests };
    },
  };
}

/** Reads one CSV file as a tab. A record is a row, also where a quoted field has line breaks, as a spreadsheet program shows it. */
export function parseCsv(
  bytes: Uint8Array,
  file: string,
): { ok: true; sheet: Sheet } | { ok: false; failure: SourceFailure } {
  if (bytes.byteLength > mostBytes) return { ok: false, failure: tooLarge(file) };
  const text = decode(bytes);
  if (text === null) return { ok: false, failure: unknownEncoding(file) };
  try {
    const rows: string[][] = parse(text, {
      relax_column_count: true,
      skip_empty_lines: false,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    const name = path.basename(file).replace(/\.csv$/iu, '');
    return { ok: true, sheet: { name, rows, merges: [], links: new Map() } };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    return { ok: false, failure: badCsv(file, typeof line === 'number' ? line : null) };
  }
}

/** UTF-8, with or without a mark, or UTF-16 with one; else Windows-31J, in which Japanese Excel saves CSV by default. */
function decode(bytes: Uint8Array): string | null {
  const encodings =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'shift_jis'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  return null;
}
