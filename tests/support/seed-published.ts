import type { Published } from '../../lib/goals/model/published.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { inspect } from '../../lib/inspect.ts';
import { workbookFileSource } from '../../lib/sources/xlsx/workbook-file.ts';
import { seedWorkbook } from './seed.ts';

/** What the real workbook publishes, through the real steps. */
export async function seedPublished(): Promise<Published> {
  const now = new Date('2025-04-01T00:00:00Z');
  const read = await workbookFileSource(seedWorkbook).read();
  if (!read.ok) throw new Error(read.failure.message);
  const inspection = inspect(read.workbook, now);
  if (inspection.kind !== 'usable') throw new Error(`The seed workbook is ${inspection.kind}.`);
  return settle(inspection.sheet, null, now).published;
}
