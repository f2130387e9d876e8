import { statSync } from 'node:fs';
import type { SourceFailure } from '../failure.ts';
import { errorCode } from '../system-error.ts';
import { folderNamedLikeWorkbook, notFound, notReadable, singleCsv } from './failures.ts';
import type { Source } from './source.ts';

/** Finds out what a path is: an `.xlsx` file or a folder of CSV files. What reads the other kind is not loaded. */
export async function openFileSource(
  location: string,
): Promise<{ ok: true; source: Source } | { ok: false; failure: SourceFailure }> {
  const isCsv = /\.csv$/iu.test(location);
  try {
    const stats = statSync(location);
    if (!stats.isDirectory()) {
      return isCsv
        ? { ok: false, failure: singleCsv(location) }
        : { ok: true, source: (await import('./xlsx/workbook-file.ts')).workbookFileSource(location) };
    }
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
    return { ok: false, failure: missing ? notFound(location) : notReadable(location) };
  }
  if (/\.xls[xm]?$/iu.test(location)) return { ok: false, failure: folderNamedLikeWorkbook(location) };
  return { ok: true, source: (await import('./csv/csv-folder.ts')).csvFolderSource(location) };
}
