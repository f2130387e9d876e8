import type { SourceFailure } from './failure.ts';
import type { Previewed, PreviewPlace } from './preview.ts';
import type { GoogleSheetSource } from './sources/google/google-sheet.ts';
import type { SheetReport } from './staff/confirmation.ts';
import { askToPublish } from './staff/publish-request.ts';
import { type RecordFile, recordFile } from './staff/record-file.ts';
import { isSameSheet, type RunRecord, recordCheck } from './staff/run-record.ts';
import type { SeenSheet } from './staff/seen-sheet.ts';
import type { ObjectStore } from './stores/store.ts';

/**
 * One look at a sheet between two publications, in one screen: whether it changed → what is wrong → its preview → say so in it; and
 * whether publication has to be asked for. Nothing is kept in memory from one look to the next: what was seen is in the record.
 */

export interface PollDeps {
  readonly source: GoogleSheetSource;
  readonly state: ObjectStore;
  /** Where previews go; null where there are none. */
  readonly preview: PreviewPlace | null;
}

export interface Polled {
  /**
   * - `unchanged`: the sheet says what it said when it was last answered in, or nothing else is to be said of it
   * - `waiting`: publication was asked for and is not done yet
   * - `asked`: publication has been asked for now
   * - the rest is what came of answering in the sheet
   */
  readonly outcome: 'unchanged' | 'waiting' | 'asked' | 'written' | 'overtaken' | 'failed';
  readonly failure: SourceFailure | null;
  /** Requests of Google. */
  readonly requests: number;
  /** What the sheet was told; null where it was told nothing. */
  readonly report: SheetReport | null;
  /** What became of the preview; null where none was made. */
  readonly previewed: Previewed | null;
}

const minute = 60_000;
/** How long a publication that was asked for is waited for. A run takes a minute; one that fails is not asked for at every look. */
const patience = { tick: 3 * minute, owed: 10 * minute };

/**
 * Looks at the sheet. Where nothing changed this is 1 request of Google and 1 of the store.
 *
 * Where the last run could not read the sheet or write the site, and the sheet can be read now, publication is asked for: a night
 * on which Google was away does not leave the site a day behind.
 *
 * @throws StoreError where the state cannot be read or written
 */
export async function poll({ source, state, preview }: PollDeps, now: Date): Promise<Polled> {
  const file = recordFile(state);
  const record = await file.read();
  const polled = await source.poll(record?.seen ?? null);
  const { requests } = polled;
  const result = (outcome: Polled['outcome'], rest: Partial<Polled> = {}): Polled => ({
    outcome,
    failure: null,
    requests,
    report: null,
    previewed: null,
    ...rest,
  });
  if (polled.outcome === 'failed') return result('failed', { failure: polled.failure });
  const isTicked = polled.outcome === 'changed' && (polled.reading.publishNow?.ticked ?? false);
  const asked = await askWhereNeeded(state, file, isTicked, now);
  // The publication answers in the sheet. As long as the tick stands, what it asks for is not done, and it is not kept as seen.
  if (isTicked) return result(asked);
  if (polled.outcome === 'unchanged') {
    await remember(file, polled.seen, null, now);
    return result(asked === 'waiting' ? 'unchanged' : asked);
  }
  // A look that finds nothing new, as nearly all do, never loads what checks a sheet.
  const { inspect } = await import('./inspect.ts');
  const { refreshPreview } = await import('./preview.ts');
  const { check } = await import('./publish.ts');
  const { readState } = await import('./release/state-file.ts');
  const stored = (await readState(state))?.state ?? null;
  const inspection = inspect(polled.reading.workbook, now);
  const previewed = preview === null ? null : await refreshPreview(inspection, { place: preview, state, stored }, now);
  const report = { ...check(inspection, stored, now), preview: previewed?.link ?? null };
  const answer = await source.answer(polled.reading, report);
  const rest = { failure: answer.failure, requests: requests + answer.requests, report, previewed };
  if (answer.outcome === 'failed' || answer.outcome === 'overtaken') return result(answer.outcome, rest);
  // Not kept where the preview is not what the sheet says: the next look makes it.
  const isPreviewed = previewed?.outcome !== 'failed' && previewed?.outcome !== 'overtaken';
  if (isPreviewed) await remember(file, answer.seen, report, now);
  return result(answer.outcome, rest);
}

/** `waiting` also where nothing is wanted. */
async function askWhereNeeded(
  state: ObjectStore,
  file: RecordFile,
  isTicked: boolean,
  now: Date,
): Promise<'asked' | 'waiting'> {
  const record = await file.read();
  const wish = isTicked ? 'tick' : record?.owed ? 'owed' : null;
  if (wish === null) return 'waiting';
  const last = record?.askedAt ?? null;
  if (last !== null && now.getTime() - Date.parse(last) < patience[wish]) return 'waiting';
  // Written down first: a look that comes at the same time then asks a second time at most, which changes nothing.
  await file.update((previous) => ({ ...(previous ?? recordCheck([], now)), askedAt: now.toISOString() }));
  await askToPublish(state, now.toISOString());
  return 'asked';
}

/** Keeps what was seen. An unchanged sheet is written down again only where its list of tabs was asked for anew. */
async function remember(file: RecordFile, seen: SeenSheet, report: SheetReport | null, now: Date): Promise<void> {
  await file.update((previous): RunRecord => {
    const record = previous ?? recordCheck(report?.findings ?? [], now);
    const { seen: before } = record;
    const isFresh = before !== null && isSameSheet(before, seen) && before.tabsAt === seen.tabsAt;
    return isFresh && before.fileAt === seen.fileAt ? record : { ...record, seen };
  });
}
