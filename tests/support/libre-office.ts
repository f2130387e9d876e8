import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where LibreOffice is; undefined where it is not: tests that need it are skipped. */
export const libreOffice = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((program) => existsSync(program));

/**
 * Opens files in LibreOffice and saves them in another folder, under the same names.
 *
 * @param format as LibreOffice calls it, and as the names of the new files end: `xlsx`, `fods`, `pdf`
 */
export async function savedByLibreOffice(files: readonly string[], folder: string, format: string): Promise<void> {
  if (libreOffice === undefined) throw new Error('LibreOffice is not there.');
  const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
  // It reads the tabs of a workbook at the same time, and then confuses the drop-downs of one with those of another.
  const env = { ...process.env, MAX_CONCURRENCY: '1' };
  await run(libreOffice, [profile, '--headless', '--convert-to', format, '--outdir', folder, ...files], { env });
}
