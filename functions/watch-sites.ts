import type { Context } from 'aws-lambda';
import { readSiteList } from '../lib/fleet/list-file.ts';
import { type Watched, watchSites } from '../lib/fleet/watch-sites.ts';
import { type Clock, systemClock } from '../lib/sources/google/clock.ts';
import { driveChanges } from '../lib/sources/google/drive-changes.ts';
import { openStore } from '../lib/stores/open.ts';
import { googleConnection, s3Connection } from './connections.ts';
import { watchSitesEnvironment } from './environment.ts';
import { SheetUnreadable, SiteListUnusable } from './failures.ts';
import { sendMessages } from './queues.ts';
import { watchOf } from './watch.ts';

/** Nearly a minute: the next look begins after one. */
const budgetMs = 50_000;

/** Each minute: finds which cities' sheets changed, and which are to be read in full tonight, and hands them to the queues. */
export const handler = (_event: unknown, context: Context): Promise<Watched> => watch(context, systemClock);

/** @param clock by which the minutes and the nights are counted */
export async function watch(context: Context, clock: Clock): Promise<Watched> {
  const environment = watchSitesEnvironment(process.env);
  const { logger, measure } = watchOf(environment.STAGE);
  logger.addContext(context);
  const { SITES: place, google: config } = environment;
  const store = await openStore(place.folder, { client: await s3Connection(process.env['AWS_ENDPOINT_URL_S3']) });
  const read = await readSiteList(store, place.key);
  if (!read.ok) throw new SiteListUnusable(read.problems);
  const connection = googleConnection(config);
  const urls = { work: environment.WORK_QUEUE_URL, night: environment.NIGHT_QUEUE_URL };
  const watched = await watchSites(
    {
      store,
      list: read.list,
      changes: (token) => driveChanges({ config, budgetMs, connection, clock }, token),
      send: (queue, messages) => sendMessages(urls[queue], messages),
    },
    new Date(clock.now()),
  );
  const { looks, nightly, waiting, changed, failure } = watched;
  logger.info('sheets watched', { looks, nightly, waiting, changed });
  measure({ LooksSent: looks, NightlySent: nightly, SheetsWaiting: waiting });
  if (failure !== null) throw new SheetUnreadable(failure);
  return watched;
}
