import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { publishAndTell } from '../lib/publish.ts';
import { sheetAddress } from '../lib/sources/google/google-config.ts';
import { googleSheetSource } from '../lib/sources/google/google-sheet.ts';
import { figuresOf, needsOperator } from '../lib/staff/run-figures.ts';
import { openStores as openBoth } from '../lib/stores/open.ts';
import type { Stores } from '../lib/stores/store.ts';
import { japaneseDate } from '../lib/text/fiscal-year.ts';
import { cacheIsDue, clearCache } from './cache.ts';
import { googleConnection, s3Connection } from './connections.ts';
import { type EarlierReleaseResult, earlierRelease, earlierReleaseSchema } from './earlier-release.ts';
import { type PublishEnvironment, publishEnvironment } from './environment.ts';
import { NothingPublished, StateLost } from './failures.ts';
import { logStep } from './log-step.ts';
import { previewPlaceOf } from './preview-place.ts';
import { remindersOf, toWebhook } from './reminders.ts';
import { sendToTopic } from './staff-topic.ts';
import { confirmedSubscribers } from './subscribers.ts';
import { typesetter } from './typesetter.ts';
import { type Watch, watchOf } from './watch.ts';

const eventSchema = z.object({
  reason: z.enum(['nightly', 'publish-now', 'manual']).default('manual'),
  /** Writes every file again: for an operator, after files of the site were removed or changed by hand. */
  rewrite: z.boolean().default(false),
});

/** Kept back from the time of the function for what follows a release: the record, the answer in the sheet, the mail. */
const afterReleaseMs = 40_000;

interface PublishResult {
  readonly outcome: string;
  readonly release: string | null;
}

/**
 * Brings the site up to date with the sheet, says in the sheet what came of it, and at night mails the staff what needs them.
 * The same event twice, or hours late, changes nothing more: what is published is what the sheet says at the time.
 */
export async function handler(event: unknown, context: Context): Promise<PublishResult | EarlierReleaseResult> {
  const environment = publishEnvironment(process.env);
  const { logger } = watchOf(environment.STAGE);
  logger.addContext(context);
  const asked = earlierReleaseSchema.safeParse(event);
  try {
    if (!asked.success) return await publishSheet(eventSchema.parse(event ?? {}), environment, context);
    logger.info('an earlier release asked for', asked.data);
    const options = { now: new Date(), budgetMs: context.getRemainingTimeInMillis() - afterReleaseMs };
    return await earlierRelease(asked.data, await openStores(environment), options);
  } finally {
    // Whatever came of the run: what is gone from the site must be gone for its readers.
    if (await clearCache(environment.DISTRIBUTION_ID, context.awsRequestId)) logger.info('cache cleared');
  }
}

async function publishSheet(
  { reason, rewrite }: z.infer<typeof eventSchema>,
  environment: PublishEnvironment,
  context: Context,
): Promise<PublishResult> {
  const now = new Date();
  const { logger, measure } = watchOf(environment.STAGE);
  const timeLeft = context.getRemainingTimeInMillis();
  logger.info('publishing started', { reason, timeLeft });

  const stores = await openStores(environment);
  const { SPREADSHEET_ID: id, SITE_URL: siteUrl = null } = environment;
  const deadline = now.getTime() + timeLeft - 10_000;
  const { google: config } = environment;
  const connection = googleConnection(config);
  const source = googleSheetSource({ spreadsheetId: id, config, access: 'write', deadline, connection });
  const isNight = reason === 'nightly';
  const send = isNight ? sendToTopic(environment.STAFF_TOPIC_ARN) : null;
  const sheetUrl = sheetAddress(id);
  const night = { night: japaneseDate(now), reminderDays: environment.REMINDER_DAYS, sheetUrl, siteUrl };
  const ways = { sender: environment.REMINDER_SENDER, mailCoordinator: send, postSummary: toWebhook(environment) };
  const report = await publishAndTell(
    { source, stores, siteUrl, typesetter },
    { now, budgetMs: timeLeft - afterReleaseMs, rewrite, verifySite: isNight },
    {
      reason,
      preview: await previewPlaceOf(environment),
      mail: send === null ? null : { send, options: { ...night, event: context.awsRequestId } },
      remind: isNight ? remindersOf(ways, { state: stores.state, sheetUrl, now, deadline }) : null,
      onStep: (step) => {
        logStep(step, logger);
        // Of what was withdrawn a page or a picture is gone. Where the site could not be written, something may be.
        if (
          step.step === 'published' &&
          (step.report.objects.deleted > 0 || step.report.outcome === 'failed' || rewrite)
        ) {
          cacheIsDue();
        }
        // An alarm goes by it: each night with a reminder, also where nothing failed.
        if (step.step === 'reminded') measure({ ReminderFailures: step.reminded.failures });
        if (step.step === 'recorded') measure(figuresOf(step.report, step.record, now));
      },
    },
  );
  if (isNight) await lookAtSubscribers(environment, { logger, measure });
  if (report.issues.some(({ code }) => code === 'state-lost')) throw new StateLost();
  if (needsOperator(report, reason)) throw new NothingPublished(report);
  return { outcome: report.outcome, release: report.release };
}

/** A mail that nobody has confirmed reaches nobody, and says nothing of it: each night it is looked whether somebody would be reached. */
async function lookAtSubscribers(
  { STAFF_TOPIC_ARN, OPERATOR_TOPIC_ARN }: PublishEnvironment,
  { logger, measure }: Watch,
): Promise<void> {
  const topics = { staff: STAFF_TOPIC_ARN, operators: OPERATOR_TOPIC_ARN };
  const counts: Record<string, number> = {};
  for (const [who, topic] of Object.entries(topics)) {
    if (topic === undefined) continue;
    try {
      counts[who] = await confirmedSubscribers(topic);
    } catch (error) {
      logger.warn('subscribers not known', { who, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
  if (Object.keys(counts).length === 0) return;
  logger.info('subscribers counted', counts);
  measure({ TopicsWithoutSubscriber: Object.values(counts).filter((count) => count === 0).length });
}

/** Both in one S3 client. */
async function openStores({ SITE_BUCKET, SITE_PREFIX, STATE_BUCKET }: PublishEnvironment): Promise<Stores> {
  const client = await s3Connection(process.env['AWS_ENDPOINT_URL_S3']);
  return openBoth({ site: `s3://${SITE_BUCKET}/${SITE_PREFIX}`, state: `s3://${STATE_BUCKET}` }, client);
}
