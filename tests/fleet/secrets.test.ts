import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handler as watchSites } from '../../functions/watch-sites.ts';
import { handler as workSite } from '../../functions/work-site.ts';
import { encodedSiteList } from '../../lib/fleet/list-file.ts';
import { openStore } from '../../lib/stores/open.ts';
import { sheetOf } from '../support/fleet.ts';
import { GoogleServer } from '../support/google-server.ts';
import { lambdaContext, queuedMessage } from '../support/lambda-context.ts';
import { listedSite } from '../support/listed-site.ts';
import { keepPrinted, type Printed } from '../support/printed.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { nothingReached, secret, secretValues } from '../support/secrets.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** No value of a variable of the functions for many cities reaches their log, nor the error that Lambda writes there. */

let google: GoogleServer;
let s3: S3Server;
let printed: Printed;

beforeEach(async () => {
  google = await GoogleServer.start(new VirtualClock());
  google.add('sheet-of-a-0000', sheetOf('a'));
  s3 = await startS3Server({ buckets: ['sites', 'state'] });
  printed = keepPrinted();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await google[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

const variables = [
  'SITES',
  'STATE_BUCKET',
  'SITE_BUCKET',
  'PREVIEW_BUCKET',
  'WORK_QUEUE_URL',
  'NIGHT_QUEUE_URL',
  'MAIL_FROM',
  'STAGE',
  'DISTRIBUTION_ID',
  'REMINDER_DAYS',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL_SQS',
  'AWS_ENDPOINT_URL_SESV2',
];
/** What cannot be used is said of by its name, and nothing is done. */
const mustBeNamed = ['SITES', 'STATE_BUCKET', 'WORK_QUEUE_URL', 'NIGHT_QUEUE_URL', 'STAGE'];

test.each(variables)('a secret in %s is in no log', { timeout: 120_000 }, async (variable) => {
  const sound = {
    ...nothingReached,
    SITES: 's3://state/sites.json',
    STATE_BUCKET: 'state',
    SITE_BUCKET: 'sites',
    WORK_QUEUE_URL: 'http://127.0.0.1:1/000000000000/work',
    NIGHT_QUEUE_URL: 'http://127.0.0.1:1/000000000000/night',
    MAIL_FROM: 'goals@pref.example.lg.jp',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:1',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
  };
  for (const [name, text] of Object.entries(sound)) vi.stubEnv(name, text);
  const body = encodedSiteList({ sites: [listedSite('a')] });
  await (await openStore('s3://state')).put('sites.json', { body, contentType: 'application/json', cacheControl: '' });
  const message = JSON.stringify({ schemaVersion: 1, site: 'a', work: 'nightly', at: '2025-06-01T00:00:00Z' });
  const context = lambdaContext(() => 60_000);
  for (const value of secretValues) {
    vi.stubEnv(variable, value);
    for (const call of [
      () => watchSites({}, context),
      () => workSite({ Records: [queuedMessage('night', 'id', message)] }, context),
    ]) {
      try {
        await call();
      } catch (error) {
        printed.keep(error);
      }
    }
  }
  expect(printed.text()).not.toContain(secret);
  if (mustBeNamed.includes(variable)) expect(printed.text()).toContain(`${variable}: `);
});
