import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { keepPrinted, type Printed } from '../support/printed.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { nothingReached, secret, secretValues, secretVariables } from '../support/secrets.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** No value of a variable reaches the log of a function, nor the error that Lambda writes there, whatever fails. */

const id = '1AbCdEfGhIjKlMnOp';
let google: GoogleServer;
let s3: S3Server;
let printed: Printed;

beforeEach(async () => {
  google = await GoogleServer.start(new VirtualClock());
  google.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
  s3 = await startS3Server({ buckets: ['city-site', 'city-state'] });
  printed = keepPrinted();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await google[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

test.each(secretVariables)('a secret in %s is in no log', { timeout: 120_000 }, async (variable) => {
  let failed = 0;
  for (const value of secretValues) {
    const environment = {
      ...nothingReached,
      SPREADSHEET_ID: id,
      SITE_BUCKET: 'city-site',
      STATE_BUCKET: 'city-state',
      GOOGLE_API_ROOT: google.apiRoot,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      STAFF_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:staff',
      ...(variable.startsWith('GOOGLE_') && { GOOGLE_API_ROOT: '' }),
      [variable]: value,
    };
    for (const [name, text] of Object.entries(environment)) vi.stubEnv(name, text);
    for (const name of ['poll', 'publish']) {
      vi.resetModules();
      const { handler } = await import(`../../functions/${name}.ts`);
      const end = Date.now() + 60_000;
      const context: Partial<Context> = { awsRequestId: 'request', getRemainingTimeInMillis: () => end - Date.now() };
      try {
        await handler({ reason: 'nightly' }, context);
      } catch (error) {
        failed += 1;
        // As Lambda writes it: name, message and stack; and the causes, in case that somebody logs them.
        printed.keep(error);
      }
    }
  }
  expect(printed.text()).not.toContain(secret);
  const mustFail = [
    'SPREADSHEET_ID',
    'STATE_BUCKET',
    'STAGE',
    'AWS_REGION',
    'GOOGLE_API_ROOT',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ];
  if (mustFail.includes(variable)) expect(failed).toBeGreaterThanOrEqual(2);
});
