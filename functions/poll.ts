import type { Context } from 'aws-lambda';
import { poll } from '../lib/poll.ts';
import { googleSheetSource } from '../lib/sources/google/google-sheet.ts';
import { openStore } from '../lib/stores/open.ts';
import { googleConnection, s3Connection } from './connections.ts';
import { pollEnvironment } from './environment.ts';
import { SheetUnreadable } from './failures.ts';
import { previewPlaceOf } from './preview-place.ts';
import { watchOf } from './watch.ts';

/** Nearly a minute: the next look begins after one. */
const budgetMs = 50_000;

/** Looks whether the sheet changed. Makes its preview and answers in it, or asks the function `publish` to publish it. */
export async function handler(_event: unknown, context: Context): Promise<{ outcome: string }> {
  const environment = pollEnvironment(process.env);
  const { logger, measure } = watchOf(environment.STAGE);
  logger.addContext(context);
  const now = new Date();
  const { SPREADSHEET_ID: spreadsheetId, STATE_BUCKET: bucket, google: config } = environment;
  const deadline = now.getTime() + context.getRemainingTimeInMillis() - 5_000;
  const connection = googleConnection(config);
  const source = googleSheetSource({ spreadsheetId, config, access: 'write', deadline, budgetMs, connection });
  const state = await openStore(`s3://${bucket}`, { client: await s3Connection(process.env['AWS_ENDPOINT_URL_S3']) });
  const preview = await previewPlaceOf(environment);
  const { outcome, requests, report, failure, previewed } = await poll({ source, state, preview }, now);
  logger.info('sheet polled', { outcome, requests });
  // Never its address: who has that can read it.
  if (previewed !== null) logger.info('preview made', { outcome: previewed.outcome, code: previewed.code });
  if (report !== null) measure({ HeldNow: report.held.length, FindingsNow: report.findings.length });
  if (failure !== null) throw new SheetUnreadable(failure);
  return { outcome };
}
