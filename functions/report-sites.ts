import type { Context } from 'aws-lambda';
import { fleetFigures, updateFleetReport } from '../lib/fleet/fleet-report.ts';
import { readSiteList } from '../lib/fleet/list-file.ts';
import { notFoundKey, sharedNotFoundPage } from '../lib/fleet/not-found.ts';
import { operatorsPage, operatorsPageKey } from '../lib/fleet/operators-page.ts';
import { sharedRobotsTxt } from '../lib/fleet/robots.ts';
import { openStore } from '../lib/stores/open.ts';
import type { ObjectStore } from '../lib/stores/store.ts';
import { s3Connection } from './connections.ts';
import { reportSitesEnvironment } from './environment.ts';
import { SiteListUnusable } from './failures.ts';
import { watchOf } from './watch.ts';

/**
 * Each quarter of an hour: how all the cities are, for the operators' page and for the alarms; and what stands at the top of the host name
 * that they share.
 */
export async function handler(_event: unknown, context: Context): Promise<Readonly<Record<string, number>>> {
  const { SITES: place, SITE_BUCKET, SITE_URL: siteUrl = null, STAGE } = reportSitesEnvironment(process.env);
  const { logger, measure } = watchOf(STAGE);
  logger.addContext(context);
  const now = new Date();
  const client = await s3Connection(process.env['AWS_ENDPOINT_URL_S3']);
  const state = await openStore(place.folder, { client });
  const read = await readSiteList(state, place.key);
  if (!read.ok) throw new SiteListUnusable(read.problems);
  const report = await updateFleetReport(state, read.list, now);
  await write(state, operatorsPageKey, operatorsPage(report, now), 'text/html; charset=utf-8', 'no-store');
  // A city that has the whole bucket has these itself.
  if (read.list.sites.every(({ prefix }) => prefix !== '')) {
    const site = await openStore(`s3://${SITE_BUCKET}`, { client });
    await write(site, 'robots.txt', sharedRobotsTxt(read.list, siteUrl), 'text/plain; charset=utf-8', shortly);
    await write(site, notFoundKey, sharedNotFoundPage(), 'text/html; charset=utf-8', shortly);
  }
  const figures = fleetFigures(report, now);
  logger.info('cities reported', figures);
  measure(figures);
  return figures;
}

const shortly = 'public, max-age=60';

/** Nothing is written that is there already. */
async function write(
  store: ObjectStore,
  key: string,
  text: string,
  contentType: string,
  cacheControl: string,
): Promise<void> {
  const body = new TextEncoder().encode(text);
  const there = await store.get(key);
  if (there !== null && Buffer.compare(there.body, body) === 0) return;
  await store.put(key, { body, contentType, cacheControl });
}
