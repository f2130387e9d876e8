import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { readSiteList } from '../lib/fleet/list-file.ts';
import { sharedPace } from '../lib/fleet/shared-pace.ts';
import { type SiteList, siteOf } from '../lib/fleet/site-list.ts';
import { placesOf, type SitePlaces } from '../lib/fleet/site-places.ts';
import { parseWorkMessage, type WorkMessage } from '../lib/fleet/work-message.ts';
import { workOnSite } from '../lib/fleet/work-on-site.ts';
import { type Clock, systemClock } from '../lib/sources/google/clock.ts';
import { sheetAddress } from '../lib/sources/google/google-config.ts';
import { googleSheetSource } from '../lib/sources/google/google-sheet.ts';
import { openStore, openStores } from '../lib/stores/open.ts';
import { cacheIsDue, clearCache } from './cache.ts';
import { googleConnection, s3Connection } from './connections.ts';
import { type WorkSiteEnvironment, workSiteEnvironment } from './environment.ts';
import { SiteFailed, SiteListUnusable } from './failures.ts';
import { logStep } from './log-step.ts';
import { sendMessages } from './queues.ts';
import { remindersOf } from './reminders.ts';
import { sendToStaff } from './staff-mail.ts';
import { typesetter } from './typesetter.ts';
import { type Watch, watchOf } from './watch.ts';

/** Kept back from the time of the function for what follows a release: the record, the answer in the sheet, the mail. */
const afterReleaseMs = 40_000;
/** After so many seconds a site is tried again that came when everybody was asking Google. */
const postponedSeconds = 60;
/** For how long the list is believed: a city that is paused is left alone by then. */
const listLastsMs = 30_000;

let known: { readonly at: number; readonly list: SiteList; readonly place: string } | null = null;

/** Does what the messages of a queue ask for, one city each. What fails comes again, alone, and ends in the dead-letter queue. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  work(event, context, systemClock);

/** @param clock by which the turns at Google are taken */
export async function work({ Records }: SQSEvent, context: Context, clock: Clock): Promise<SQSBatchResponse> {
  const environment = workSiteEnvironment(process.env);
  const watch = watchOf(environment.STAGE);
  watch.logger.addContext(context);
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records) {
    const message = parseWorkMessage(record.body);
    const site = message?.site ?? null;
    try {
      if (message === null) throw new SiteFailed('?', ['message-unknown']);
      const outcome = await workOn(message, record, { environment, context, watch, clock });
      watch.logger.info('site worked on', { site, work: message.work, outcome });
    } catch (error) {
      batchItemFailures.push({ itemIdentifier: record.messageId });
      const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      const tries = Number(record.attributes.ApproximateReceiveCount);
      watch.logger.error('site failed', { site, work: message?.work ?? null, tries, why });
    }
  }
  watch.measure({ SitesFailed: batchItemFailures.length });
  return { batchItemFailures };
}

interface Surroundings {
  readonly environment: WorkSiteEnvironment;
  readonly context: Context;
  readonly watch: Watch;
  readonly clock: Clock;
}

/** @throws SiteFailed, and whatever stands in the way of this site */
async function workOn(message: WorkMessage, record: SQSRecord, surroundings: Surroundings): Promise<string> {
  const { environment, context, watch, clock } = surroundings;
  const { SITE_BUCKET, STATE_BUCKET, PREVIEW_BUCKET, SITES } = environment;
  const client = await s3Connection(process.env['AWS_ENDPOINT_URL_S3']);
  const root = await openStore(SITES.folder, { client });
  const entry = siteOf(await listOf(root, SITES.key), message.site);
  // Taken off the list, or paused, after the message was sent.
  if (entry === null) return 'not-listed';
  if (entry.paused) return 'paused';
  const place = placesOf(entry, { site: SITE_BUCKET, state: STATE_BUCKET, preview: PREVIEW_BUCKET ?? null });
  const stores = await openStores({ site: place.site, state: place.state }, client);
  const timeLeft = context.getRemainingTimeInMillis();
  const isNight = record.eventSourceARN.endsWith(`:${nameOf(environment.NIGHT_QUEUE_URL)}`);
  const pace = sharedPace(root, { clock, random: Math.random, urgency: isNight ? 'night' : 'now' });
  const source = googleSheetSource({
    spreadsheetId: place.spreadsheetId,
    config: environment.google,
    access: 'write',
    budgetMs: timeLeft,
    deadline: clock.now() + timeLeft - 10_000,
    connection: googleConnection(environment.google),
    clock,
    pace,
  });
  const now = new Date(clock.now());
  const send = sendToStaff(environment.MAIL_FROM, place.staffEmail);
  const sheetUrl = sheetAddress(place.spreadsheetId);
  const result = await workOnSite(
    message.work,
    place,
    {
      source,
      stores,
      typesetter,
      preview: place.preview && { store: await openStore(place.preview.location, { client }), url: place.preview.url },
      send,
      remind: remindersOf(
        { sender: environment.MAIL_FROM, mailCoordinator: send, postSummary: null },
        { state: stores.state, sheetUrl, now, deadline: Date.now() + timeLeft - 10_000 },
      ),
      reminderDays: environment.REMINDER_DAYS,
      budgetMs: timeLeft - afterReleaseMs,
      event: record.messageId,
      onStep: (step) => logSiteStep(step, place, watch),
    },
    now,
  );
  if (await clearCache(environment.DISTRIBUTION_ID, record.messageId)) watch.logger.info('cache cleared');
  switch (result.outcome) {
    case 'done':
      return result.did;
    case 'failed':
      throw new SiteFailed(place.id, result.codes);
    case 'postponed': {
      // A new message: what the fleet's quota has no room for is no try of this city's.
      const url = isNight ? environment.NIGHT_QUEUE_URL : environment.WORK_QUEUE_URL;
      await sendMessages(url, [message], postponedSeconds);
      return 'postponed';
    }
  }
}

function logSiteStep(
  step: Parameters<Parameters<typeof workOnSite>[2]['onStep']>[0],
  { id }: SitePlaces,
  { logger }: Watch,
): void {
  if (step.step === 'looked') {
    logger.info('sheet looked at', { site: id, outcome: step.outcome, requests: step.requests });
    return;
  }
  // Of what was withdrawn a page or a picture is gone. Where the site could not be written, something may be.
  if (step.step === 'published' && (step.report.objects.deleted > 0 || step.report.outcome === 'failed')) cacheIsDue();
  logStep(step, logger, { site: id });
}

async function listOf(store: Awaited<ReturnType<typeof openStore>>, key: string): Promise<SiteList> {
  const place = `${store.name}/${key}`;
  if (known !== null && known.place === place && Date.now() - known.at < listLastsMs) return known.list;
  const read = await readSiteList(store, key);
  if (!read.ok) throw new SiteListUnusable(read.problems);
  known = { at: Date.now(), list: read.list, place };
  return read.list;
}

/** The name of a queue, by which its address and its ARN end. */
function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}
