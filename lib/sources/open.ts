import { readdirSync, statSync } from 'node:fs';
import type { SourceFailure } from '../failure.ts';
import { errorCode } from '../system-error.ts';
import { folderNamedLikeWorkbook, notFound, notReadable, singleCsv, singleWorkbook } from './failures.ts';
import { isCsvFile, isWorkbookFile } from './file-names.ts';
import type { Source } from './source.ts';
import type { ReadElsewhere } from './xlsx/elsewhere.ts';

/** Finds out what a path is: an `.xlsx` file, a folder of CSV files or one of `.xlsx` files. What reads the other kinds is not loaded. */
export async function openFileSource(
  location: string,
  elsewhere?: ReadElsewhere,
): Promise<{ ok: true; source: Source } | { ok: false; failure: SourceFailure }> {
  const isCsv = /\.csv$/iu.test(location);
  let names: string[];
  try {
    const stats = statSync(location);
    if (!stats.isDirectory()) {
      return isCsv
        ? { ok: false, failure: singleCsv(location) }
        : { ok: true, source: (await import('./xlsx/workbook-file.ts')).workbookFileSource(location, elsewhere) };
    }
    names = readdirSync(location);
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
    return { ok: false, failure: missing ? notFound(location) : notReadable(location) };
  }
  if (/\.xls[xm]?$/iu.test(location)) return { ok: false, failure: folderNamedLikeWorkbook(location) };
  const workbooks = names.some(isCsvFile) ? [] : names.filter(isWorkbookFile);
  const [only, second] = workbooks;
  if (only !== undefined && second === undefined) return { ok: false, failure: singleWorkbook(location, only) };
  if (only !== undefined) {
    return { ok: true, source: (await import('./xlsx/workbook-folder.ts')).workbookFolderSource(location, elsewhere) };
  }
  return { ok: true, source: (await import('./csv/csv-folder.ts')).csvFolderSource(location) };
}
