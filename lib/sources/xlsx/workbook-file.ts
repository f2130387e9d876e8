import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CellObject, DenseWorkSheet } from '@e965/xlsx';
import type { SourceFailure } from '../../failure.ts';
import type { CellRange, Sheet, Workbook } from '../../workbook/workbook.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { encryptedOrOld, notReadable, noWorkbook, tooLarge } from '../failures.ts';
import type { Source, SourceResult } from '../source.ts';
import { withBuiltInFormats } from './built-in-number-formats.ts';
import { type Day, type JapaneseFormat, japaneseFormat } from './japanese-number-formats.ts';
import { repackWithinLimits } from './zip-limits.ts';

/** More cells than any real workbook has, and few enough to keep in memory. */
const mostCells = 5_000_000;

/** An `.xlsx` file as Excel, LibreOffice and Google Sheets save it. */
export function workbookFileSource(file: string): Source {
  const name = path.basename(file);
  return {
    name,
    async read(): Promise<SourceResult> {
      let bytes: Uint8Array;
      try {
        // There is nothing else to do meanwhile, and Node's other way of reading files takes longer to load than this to read.
        bytes = readFileSync(file);
      } catch {
        return { ok: false, failure: notReadable(name), requests: 1 };
      }
      const parsed = await parseWorkbookFile(bytes, name);
      if (!parsed.ok) return { ok: false, failure: parsed.failure, requests: 1 };
      const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      return { ok: true, workbook: parsed.workbook, version, requests: 1 };
    },
  };
}

/** Reads the bytes of an `.xlsx` file. */
export async function parseWorkbookFile(
  bytes: Uint8Array,
  name: string,
): Promise<{ ok: true; workbook: Workbook } | { ok: false; failure: SourceFailure }> {
  const refuse = (failure: SourceFailure) => ({ ok: false, failure }) as const;
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuse(encryptedOrOld(name));
  if (!startsWith(bytes, [0x50, 0x4b])) return refuse(noWorkbook(name));
  const repacked = repackWithinLimits(bytes, (part, content) =>
    part.endsWith('/styles.xml') ? withBuiltInFormats(content) : content,
  );
  if (!repacked.ok) return refuse(repacked.reason === 'too-large' ? tooLarge(name) : noWorkbook(name));
  // Only needed for this one kind of source. The build without the formats that are no .xlsx takes half as long to load.
  const { default: xlsx } = await import('@e965/xlsx/dist/xlsx.mini.min.js');
  try {
    const book = xlsx.read(repacked.zip, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      // The format of each cell, for what SheetJS does not know of it.
      cellNF: true,
      // The built-in short date is shown in the order of the country.
      dateNF: 'yyyy/m/d',
    });
    const displayedText = displayedBy(xlsx.SSF, book.Workbook?.WBProps?.date1904 === true);
    const sheets: Sheet[] = [];
    let cells = 0;
    for (const sheetName of book.SheetNames) {
      const data = book.Sheets[sheetName] as DenseWorkSheet | undefined;
      const sheet = readSheet(sheetName, data, displayedText, mostCells - cells);
      if (sheet === null) return refuse(tooLarge(name));
      cells += sheet.rows.reduce((sum, row) => sum + row.length, 0);
      sheets.push(sheet);
    }
    return { ok: true, workbook: { sheets } };
  } catch {
    // The reader throws on whatever a damaged file makes it stumble over; which part it was helps nobody here.
    return refuse(noWorkbook(name));
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

const noRow: readonly string[] = [];

/** Null where the sheet has more cells than allowed. */
function readSheet(
  name: string,
  sheet: DenseWorkSheet | undefined,
  displayedText: (cell: CellObject) => string,
  allowed: number,
): Sheet | null {
  const rows: (readonly string[])[] = [];
  const links = new Map<string, string>();
  let left = allowed;
  const data = sheet?.['!data'] ?? [];
  for (let row = 0; row < data.length; row += 1) {
    // Rows without cells are holes, which the type does not say.
    const cells: readonly (CellObject | undefined)[] | undefined = data[row];
    if (cells === undefined) {
      rows.push(noRow);
      continue;
    }
    left -= cells.length;
    if (left < 0) return null;
    const texts: string[] = [];
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column];
      texts.push(cell === undefined ? '' : displayedText(cell));
      if (cell?.l?.Target) links.set(cellAddress(row, column), cell.l.Target);
    }
    rows.push(texts);
  }
  return { name, rows, merges: (sheet?.['!merges'] ?? []).map(rangeOf), links };
}

/** What SheetJS has for single values, which it has no types for. */
interface Formatter {
  format(format: string, value: number, options: { date1904: boolean }): string;
  parse_date_code(value: number, options: { date1904: boolean }): Day | null;
}

/**
 * What a person sees: the formatted text of numbers, dates and texts, the result of a formula, the text of an error. What is
 * Japanese in a format is looked up once for each format of a workbook.
 */
function displayedBy(formatter: Formatter, date1904: boolean): (cell: CellObject) => string {
  const formats = new Map<string | number, JapaneseFormat>();
  const formatOf = (code: string | number | undefined): JapaneseFormat | null => {
    if (code === undefined || code === 'General') return null;
    const known = formats.get(code);
    if (known !== undefined) return known;
    const format = japaneseFormat(String(code));
    formats.set(code, format);
    return format;
  };
  const numberText = (value: number, z: string | number | undefined): string | null => {
    const rewrite = formatOf(z)?.forNumber;
    if (rewrite === undefined) return null;
    try {
      const format = rewrite(formatter.parse_date_code(value, { date1904 }));
      return format === null ? null : formatter.format(format, value, { date1904 });
    } catch {
      // A format that is none: then what SheetJS makes of it itself is as good.
      return null;
    }
  };
  return ({ t, v, w, z }) => {
    if (t === 'z') return '';
    if (t === 'b') return v === true ? 'TRUE' : 'FALSE';
    if (t === 's') {
      const text = String(v ?? '');
      return formatOf(z)?.forText?.(text) ?? text;
    }
    return (typeof v === 'number' && t === 'n' ? numberText(v, z) : null) ?? w ?? String(v ?? '');
  };
}

function rangeOf({ s, e }: { s: { r: number; c: number }; e: { r: number; c: number } }): CellRange {
  return { top: s.r, left: s.c, bottom: e.r, right: e.c };
}
