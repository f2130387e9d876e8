import { settle } from './goals/settle/settle.ts';
import { findingOf, inspect } from './publish.ts';
import { sitePinned } from './release/site-pinned.ts';
import type { State } from './release/state.ts';
import type { SheetReading } from './sources/google/google-sheet.ts';
import type { Source } from './sources/source.ts';
import type { SheetReport } from './staff/confirmation.ts';
import { lastRelease } from './staff/last-release.ts';
import { progressOf } from './staff/progress.ts';

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
