import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const folder = new URL('../../../shared/seed/', import.meta.url);

/** The real workbook this project started from. It is not part of the repository. */
export const seedWorkbook = fileURLToPath(new URL('reiwa6.xlsx', folder));

export const hasSeed = existsSync(seedWorkbook);

/** Tests of the real workbook; they are skipped, and the run says so, where it is not there. */
export const describeWithSeed = describe.skipIf(!hasSeed);

if (!hasSeed) process.stderr.write('The seed workbook is not there: its tests are skipped.\n');
