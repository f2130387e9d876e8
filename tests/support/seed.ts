import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';

const folder = new URL('../../../shared/seed/', import.meta.url);

/** The real workbook this project started from. It is not part of the repository. */
export const seedWorkbook = fileURLToPath(new URL('reiwa6.xlsx', folder));

/** Whether the real workbook lies beside the repository. Tests that need it are skipped where it does not. */
export const hasSeed = existsSync(seedWorkbook);

/** Tests of the real workbook; they are skipped, and the run says so, where it is not there. */
export const describeWithSeed = describe.skipIf(!hasSeed);

if (!hasSeed) process.stderr.write('The seed workbook is not there: its tests are skipped.\n');

/** The cells of the real workbook. */
export async function readSeed(): Promise<Workbook> {
  const parsed = await parseWorkbookFile(await readFile(seedWorkbook), 'reiwa6.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.workbook;
}
