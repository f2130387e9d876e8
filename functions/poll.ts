import type { Context } from 'aws-lambda';
import { readState } from '../lib/release/state-file.ts';
import { type GoogleSheetSource, googleSheetSource, type SeenSheet } from '../lib/sources/google/google-sheet.ts';
import { askToPublish } from '../lib/staff/publish-request.ts';
import { openStore } from '../lib/stores/open.ts';
import { type PollEnvironment, pollEnvironment } from './environment.ts';
import { SheetUnreadable } from './failures.ts';
import { previewPlaceOf } from './preview-place.ts';
import { watchOf } from './watch.ts';

/** What is kept while this instance of the function lives. A new one reads the sheet in full, and finds nothing to write. */
let seen: SeenSheet | null = null;

/** Looks whether the sheet changed. Makes its preview and answers in it, or, where staff ticked 今すぐ公開, asks the function `publish` to publish it. */
export async function handler(_event: unknown, context: Context): Promise<{ outcome: string }> {
  const environment = pollEnvironment(process.env);
  const { logger, measure } = watchOf(environment.STAGE);
  logger.addContext(context);
  const polled = await sheetOf(environment, context).poll(seen);
  logger.info('sheet polled', { outcome: polled.outcome, requests: polled.requests });
  if (polled.outcome === 'failed') throw new SheetUnreadable(polled.failure);
  if (polled.outcome === 'unchanged') {
    seen = polled.seen;
    return { outcome: 'unchanged' };
  }
  const { reading } = polled;
  const state = await openStore(`s3://${environment.STATE_BUCKET}`);
  if (reading.publishNow?.ticked) {
    await askToPublish(state, reading.seen.version);
    logger.info('publication asked for', { version: reading.seen.version });
    // Not kept as seen: as long as the tick stands, what it asks for is not done, and is asked for again.
    return { outcome: 'asked' };
  }
  const stored = (await readState(state))?.state ?? null;
  // A poll that finds nothing new, as nearly all do, never loads what checks a sheet.
  const { check, inspect, refreshPreview } = await import('../lib/publish.ts');
  const now = new Date();
  const inspection = inspect(reading.workbook, now);
  const report = check(inspection, stored, now);
  measure({ HeldNow: report.held.length, FindingsNow: report.findings.length });
  const place = await previewPlaceOf(environment);
  const previewed = place === null ? null : await refreshPreview(inspection, { place, state, stored }, now);
  // Never its address: who has that can read it.
  if (previewed !== null) logger.info('preview made', { outcome: previewed.outcome, code: previewed.code });
  const answer = await sheetOf(environment, context).answer(reading, { ...report, preview: previewed?.link ?? null });
  logger.info('sheet answered', {
    outcome: answer.outcome,
    held: report.held.length,
    findings: report.findings.length,
  });
  if (answer.failure !== null) throw new SheetUnreadable(answer.failure);
  // Not kept where the preview is not what the sheet says: the next poll makes it.
  if (previewed?.outcome !== 'failed' && previewed?.outcome !== 'overtaken') seen = answer.seen;
  return { outcome: answer.outcome };
}

function sheetOf({ SPREADSHEET_ID, google }: PollEnvironment, context: Context): GoogleSheetSource {
  const deadline = Date.now() + context.getRemainingTimeInMillis() - 5_000;
  return googleSheetSource({ spreadsheetId: SPREADSHEET_ID, config: google, access: 'write', deadline });
}
