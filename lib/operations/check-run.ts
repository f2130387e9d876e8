import type { Published } from '../goals/published.ts';
import { settle } from '../goals/settle.ts';
import { inspect } from '../pipeline.ts';
import type { SheetReport } from '../sheet/answer.ts';
import type { SheetReading } from '../sources/google-sheet.ts';
import type { Source } from '../sources/source.ts';
import { progressOf } from './progress.ts';

/**
 * What is to be said in the sheet about a reading of which nothing is published now: what publishing would make of it.
 *
 * @param previous what the site says
 */
export async function checkRun(
  { workbook, seen }: SheetReading,
  previous: Published | null,
  now: Date,
): Promise<SheetReport> {
  const source: Source = {
    name: 'reading',
    read: async () => ({ ok: true, workbook, version: seen.version, requests: 0 }),
  };
  const inspection = await inspect(source, now);
  const nothing = { at: now, published: [], held: [], completeness: [], publishNow: false };
  if (inspection.kind === 'unreadable') throw new Error('A workbook that was read already cannot be unreadable.');
  if (inspection.kind === 'unusable') return { ...nothing, outcome: 'blocked', findings: inspection.findings };
  const settled = settle(inspection.sheet, previous, now);
  const pending = settled.changes.length > 0 ? 'checked' : 'unchanged';
  return {
    ...nothing,
    completeness: progressOf(inspection.sheet.completeness),
    outcome: settled.kind === 'blocked' ? 'blocked' : pending,
    held: settled.held,
    findings: [...settled.findings, ...inspection.findings],
  };
}
