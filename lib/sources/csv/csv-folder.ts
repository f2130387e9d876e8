import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { SourceFailure } from '../../failure.ts';
import { errorCode } from '../../system-error.ts';
import { type CellMark, cellAddress, type Sheet } from '../../workbook/workbook.ts';
import { badCsv, notReadable, tooLarge, unknownEncoding } from '../failures.ts';
import { isCsvFile } from '../file-names.ts';
import { isStillLoading } from '../pending.ts';
import { picturesBeside } from '../pictures-beside.ts';
import type { Source, SourceResult } from '../source.ts';
import { wantedTabs } from '../tabs.ts';

/** What a table of goals never reaches: bytes of a file, cells of all its rows, characters of one cell, what may separate cells. */
const most = { bytes: 100_000_000, cells: 1_000_000, cellCharacters: 100_000, separators: 1_500_000 } as const;

type ReadFile = { ok: true; sheet: Sheet } | { ok: false; failure: SourceFailure };

/** A folder of CSV files, one for each tab and named after it (`目標.csv`). */
export function csvFolderSource(folder: string): Source {
  const refused = (failure: SourceFailure, requests: number) => ({ ok: false, failure, requests }) as const;
  return {
    name: path.basename(folder),
    async read(): Promise<SourceResult> {
      let requests = 0;
      const hash = createHash('sha256');
      const read = (file: CsvFile): ReadFile => {
        requests += 1;
        const bytes = readFileSync(path.join(folder, file.name));
        hash.update(file.name).update('\0').update(bytes);
        const parsed = parseCsv(bytes, file.name);
        return parsed.ok ? { ok: true, sheet: { ...parsed.sheet, name: file.tab } } : parsed;
      };
      try {
        const files = csvFiles(readdirSync(folder));
        const sheets = new Map<CsvFile, Sheet>();
        // Only the name of the others is of use, to say what a tab that is missing may be called.
        for (const file of files) sheets.set(file, { name: file.tab, rows: [], merges: [], links: new Map() });
        for (const file of files.filter(({ tab }) => wantedTabs.isRead(tab))) {
          const result = read(file);
          if (!result.ok) return refused(result.failure, requests);
          sheets.set(file, result.sheet);
        }
        const isNamed = wantedTabs.areNamedIn([...sheets.values()]);
        for (const file of files.filter(({ tab }) => !wantedTabs.isRead(tab) && isNamed(tab))) {
          const result = read(file);
          if (!result.ok) return refused(result.failure, requests);
          sheets.set(file, result.sheet);
        }
        const workbook = { sheets: [...sheets.values()] };
        const version = hash.digest('hex').slice(0, 16);
        return { ok: true, workbook, version, requests, pictures: picturesBeside(folder) };
      } catch (error) {
        // What the system refuses has a code; anything else is a fault of this program, and no advice about rights helps.
        if (errorCode(error) === null) throw error;
        return refused(notReadable(path.basename(folder)), requests);
      }
    },
  };
}

interface CsvFile {
  readonly name: string;
  readonly tab: string;
}

/** The files with the tabs that they mean. A file that is called like the tab alone goes before one that has more in its name. */
function csvFiles(names: readonly string[]): CsvFile[] {
  const files = names
    .filter(isCsvFile)
    .sort()
    .map((name) => ({ name, tab: name.replace(/\.csv$/iu, '') }));
  const plain = new Set(files.map(({ tab }) => tab.normalize('NFKC')));
  return files.map(({ name, tab }) => {
    const meant = wantedTabs.isRead(tab) ? null : tabAtEnd(tab);
    return { name, tab: meant === null || plain.has(meant.normalize('NFKC')) ? tab : meant };
  });
}

/** Programs save each tab of a workbook as `NAME - TAB.csv` (Google Sheets), `NAME-TAB.csv` (LibreOffice) or `NAME_TAB.csv`. */
function tabAtEnd(name: string): string | null {
  for (const { index, 0: separator } of name.matchAll(/ - |[-_]/gu)) {
    const rest = name.slice(index + separator.length);
    if (wantedTabs.isRead(rest)) return rest;
  }
  return null;
}

/** Reads one CSV file as a tab. A record is a row, also where a quoted field has line breaks, as a spreadsheet program shows it. */
export function parseCsv(bytes: Uint8Array, file: string): ReadFile {
  const refused = (failure: SourceFailure) => ({ ok: false, failure }) as const;
  if (bytes.byteLength > most.bytes) return refused(tooLarge(file));
  const decoded = decode(bytes);
  if (decoded === null) return refused(unknownEncoding(file));
  if (separatorsIn(decoded) > most.separators) return refused(tooLarge(file));
  const { text, delimiter } = separated(decoded);
  let cells = 0;
  try {
    const rows: string[][] = parse(text, {
      ...options,
      delimiter,
      on_record: (record: string[]) => {
        cells += record.length;
        const isLong = record.some(({ length }) => length > most.cellCharacters);
        if (isLong || cells > most.cells) throw new TooLarge();
        return record;
      },
    });
    const name = path.basename(file).replace(/\.csv$/iu, '');
    const marks = takeLoading(rows);
    return { ok: true, sheet: { name, rows, merges: [], links: new Map(), ...(marks.size > 0 && { marks }) } };
  } catch (error) {
    if (error instanceof TooLarge) return refused(tooLarge(file));
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    return refused(badCsv(file, typeof line === 'number' ? line : null));
  }
}

class TooLarge extends Error {}

const options = {
  relax_column_count: true,
  skip_empty_lines: false,
  relax_quotes: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

/** Counted before anything is parted, which costs a hundred times as much. */
function separatorsIn(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2c || code === 0x3b || code === 0x09 || code === 0x0a || code === 0x0d) count += 1;
  }
  return count;
}

const delimiters = [',', '\t', ';'] as const;

/** How many rows are looked at to find out what separates their cells. */
const rowsLookedAt = 10;

/**
 * What separates the cells: whatever parts the most of the first rows, a comma where nothing does. Excel takes a first line `sep=;` for
 * its answer, and does not show it.
 */
function separated(text: string): { text: string; delimiter: string } {
  const [line = '', named] = /^"?sep=(.)"?(?:\r\n|\n|\r)/u.exec(text) ?? [];
  if (named !== undefined) return { text: text.slice(line.length), delimiter: named };
  let best: { delimiter: string; parted: number; cells: number } = { delimiter: ',', parted: 0, cells: 0 };
  for (const delimiter of delimiters) {
    const lengths = firstRows(text, delimiter).map((row) => row.length);
    const parted = lengths.filter((length) => length > 1).length;
    const cells = lengths.reduce((sum, length) => sum + length, 0);
    if (parted > best.parted || (parted === best.parted && parted > 0 && cells > best.cells)) {
      best = { delimiter, parted, cells };
    }
  }
  return { text, delimiter: best.delimiter };
}

function firstRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { ...options, delimiter, to: rowsLookedAt });
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}

/** Takes out what stood in cells whose formulas were not done when the file was saved. */
function takeLoading(rows: string[][]): Map<string, CellMark> {
  const marks = new Map<string, CellMark>();
  for (const [row, cells] of rows.entries()) {
    for (const [column, text] of cells.entries()) {
      if (!isStillLoading(text)) continue;
      cells[column] = '';
      marks.set(cellAddress(row, column), { pending: 'loading' });
    }
  }
  return marks;
}

/**
 * UTF-8 or UTF-16, with or without a mark; else Windows-31J, in which Japanese Excel saves CSV by default. A mark that some program put
 * before another is no text either.
 */
function decode(bytes: Uint8Array): string | null {
  for (const encoding of encodingsOf(bytes)) {
    const text = decodedAs(bytes, encoding);
    if (text !== null) return text.replace(/^\ufeff+/u, '');
  }
  return null;
}

function encodingsOf(bytes: Uint8Array): readonly string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  // Only UTF-16 has a zero in a text, in every comma and line end.
  const zero = bytes.indexOf(0);
  if (zero === -1) return ['utf-8', 'shift_jis'];
  return [zero % 2 === 1 ? 'utf-16le' : 'utf-16be'];
}

function decodedAs(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (errorCode(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return null;
  }
}
