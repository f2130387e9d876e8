import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where LibreOffice is; undefined where it is not: tests that need it are skipped. */
export const libreOffice = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((program) => existsSync(program));

/**
 * Opens a file in LibreOffice and saves it in another folder.
 *
 * @param format as LibreOffice calls it: `xlsx`, `fods`, `pdf`
 * @returns the path of the new file
 */
export async function savedByLibreOffice(file: string, folder: string, format: string): Promise<string> {
  if (libreOffice === undefined) throw new Error('LibreOffice is not there.');
  const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
  // It reads the tabs of a workbook at the same time, and then confuses the drop-downs of one with those of another.
  const env = { ...process.env, SC_IMPORT_THREADS: '1' };
  await run(libreOffice, [profile, '--headless', '--convert-to', format, '--outdir', folder, file], { env });
  return path.join(folder, `${path.parse(file).name}.${format}`);
}
