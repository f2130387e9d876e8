import { settle } from '../goals/settle.ts';
import { findingOf, inspect } from '../pipeline.ts';
import type { SheetReport } from '../sheet/answer.ts';
import type { SheetReading } from '../sources/google-sheet.ts';
import type { Source } from '../sources/source.ts';
import { sitePinned } from '../stores/site-pinned.ts';
import type { State } from '../stores/state.ts';
import { lastRelease } from './last-release.ts';
import { progressOf } from './progress.ts';

/**
 * What is to be said in the sheet about a reading of which nothing is published now: what publishing would make of it.
 *
 * @param state what the site says and since when, and whether it is pinned; null where nothing has been published yet
 */
export async function checkRun(
  { workbook, seen }: SheetReading,
  state: Pick<State, 'published' | 'pin' | 'records'> | null,
  now: Date,
): Promise<SheetReport> {
  const source: Source = {
    name: 'reading',
    read: async () => ({ ok: true, workbook, version: seen.version, requests: 0 }),
  };
  const inspection = await inspect(source, now);
  const nothing = { at: now, last: lastRelease(state), held: [], completeness: [], publishNow: false };
  if (inspection.kind === 'unreadable') throw new Error('A workbook that was read already cannot be unreadable.');
  if (inspection.kind === 'unusable') return { ...nothing, outcome: 'blocked', findings: inspection.findings };
  const settled = settle(inspection.sheet, state?.published ?? null, now);
  const pending = settled.changes.length > 0 ? 'checked' : 'unchanged';
  const pin = state?.pin ?? null;
  const pinned = pin === null ? [] : [findingOf(sitePinned(pin.release))];
  return {
    ...nothing,
    completeness: progressOf(inspection.sheet.completeness),
    outcome: settled.kind === 'blocked' || pin !== null ? 'blocked' : pending,
    held: settled.held,
    findings: [...pinned, ...settled.findings, ...inspection.findings],
  };
}
