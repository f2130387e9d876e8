import * as z from 'zod';
import { siteListPlaceOf } from '../lib/fleet/list-file.ts';
import { parseSiteUrl } from '../lib/pages/site-url.ts';
import { type GoogleConfig, googleConfig, spreadsheetId } from '../lib/sources/google/google-config.ts';
import { isBucketName } from '../lib/stores/location.ts';

/** Names every variable that is missing or malformed, and shows no value: a value can be a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

type Variables = Readonly<Record<string, string | undefined>>;

/** An empty variable is one that is not set, as in Lambda's console. */
const given = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);
const required = given.pipe(z.string({ error: 'is missing' }));

const bucket = required.pipe(z.string().refine(isBucketName, { error: 'is not the name of a bucket' }));

const siteUrl = given.pipe(
  z
    .string()
    .transform((text, context) => {
      const url = parseSiteUrl(text);
      if (url === null)
        context.addIssue({
          code: 'custom',
          message: 'is not an address that begins with https://, without ?, # or a password',
        });
      return url ?? '';
    })
    .optional(),
);

const topic = given.pipe(
  z
    .string()
    .regex(/^arn:[\w-]+:sns:/u, { error: 'is not the ARN of an SNS topic' })
    .optional(),
);

/** The SDK prints an endpoint that it cannot read, and what was pasted there can be a secret. */
const endpoint = given.pipe(
  z
    .string()
    .refine(isServiceAddress, { error: 'is not an address that begins with http:// or https://, without a password' })
    .optional(),
);

const sheetVariables = {
  SPREADSHEET_ID: required.transform((text, context) => {
    const id = spreadsheetId(text);
    if (id === null) context.addIssue({ code: 'custom', message: 'is not the id of a Google Sheet' });
    return id ?? '';
  }),
  STATE_BUCKET: bucket,
  // It stands in every line of the log.
  STAGE: given.pipe(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,19}$/iu, { error: 'is not a short name such as dev or prod' })
      .default('dev'),
  ),
  /** Where previews are written; without it there are none. */
  PREVIEW_BUCKET: given.pipe(z.string().refine(isBucketName, { error: 'is not the name of a bucket' }).optional()),
  SITE_URL: siteUrl,
};

const pollSchema = z.object(sheetVariables);

const publishSchema = z.object({
  ...sheetVariables,
  SITE_BUCKET: bucket,
  SITE_PREFIX: given.pipe(
    z
      .string()
      .regex(/^[\w./-]*$/u, { error: 'is not a folder such as goals/' })
      .transform((prefix) => prefix.replace(/^\/+|\/+$/gu, ''))
      .default(''),
  ),
  STAFF_TOPIC_ARN: topic,
  OPERATOR_TOPIC_ARN: topic,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_CLOUDFRONT: endpoint,
  AWS_ENDPOINT_URL_SNS: endpoint,
  AWS_ENDPOINT_URL_SESV2: endpoint,
  /** From whom the departments are reminded of a deadline; without it nobody is. */
  REMINDER_SENDER: given.pipe(z.email({ error: 'is not a mail address' }).optional()),
  /** Name of the SSM parameter that holds the address of the coordinator's webhook. */
  REMINDER_WEBHOOK_PARAMETER: given.pipe(
    z
      .string()
      .regex(/^\/?[\w.-]+(?:\/[\w.-]+)*$/u, { error: 'is not the name of an SSM parameter' })
      .optional(),
  ),
  DISTRIBUTION_ID: given.pipe(
    z
      .string()
      .regex(/^[A-Z0-9]{8,32}$/u, { error: 'is not the id of a CloudFront distribution' })
      .optional(),
  ),
  REMINDER_DAYS: given.pipe(
    z
      .string()
      .regex(/^\d{1,3}$/u, { error: 'is not a number of days' })
      .transform(Number)
      .default(7),
  ),
});

const queue = required.pipe(
  z.string().refine(isServiceAddress, { error: 'is not the address of an SQS queue, https://sqs.…' }),
);

/** Of many cities: section 7 of the contract. */
const fleetVariables = {
  /** Where the list of cities is: `s3://bucket/sites.json`, in the bucket of the state. */
  SITES: required.transform((text, context) => {
    const place = siteListPlaceOf(text);
    if (place === null)
      context.addIssue({ code: 'custom', message: 'is not the place of a list, s3://bucket/sites.json' });
    return place ?? { folder: '', key: '' };
  }),
  STATE_BUCKET: bucket,
  STAGE: sheetVariables.STAGE,
  /** Looks at sheets that may have changed, and what staff asked to publish now. */
  WORK_QUEUE_URL: queue,
  /** The night's full readings, which wait for those. */
  NIGHT_QUEUE_URL: queue,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_SQS: endpoint,
};

const watchSitesSchema = z.object(fleetVariables);

const workSiteSchema = z.object({
  ...fleetVariables,
  SITE_BUCKET: bucket,
  PREVIEW_BUCKET: sheetVariables.PREVIEW_BUCKET,
  /** The sender of the mails of the night, an address that SES knows as the deployment's own; without it no mail is sent. */
  MAIL_FROM: given.pipe(z.email({ error: 'is not an e-mail address' }).optional()),
  AWS_ENDPOINT_URL_SESV2: endpoint,
  AWS_ENDPOINT_URL_CLOUDFRONT: endpoint,
  DISTRIBUTION_ID: publishSchema.shape.DISTRIBUTION_ID,
  REMINDER_DAYS: publishSchema.shape.REMINDER_DAYS,
});

/** Neither reads a sheet: they know nothing of Google. */
const reportSitesSchema = z.object({
  SITES: fleetVariables.SITES,
  STATE_BUCKET: bucket,
  SITE_BUCKET: bucket,
  STAGE: sheetVariables.STAGE,
  /** The address of the host name that all cities share. */
  SITE_URL: siteUrl,
});
const notFoundSchema = z.object({ SITE_BUCKET: bucket });

export type ReportSitesEnvironment = z.infer<typeof reportSitesSchema>;
export type NotFoundEnvironment = z.infer<typeof notFoundSchema>;

/** @throws ConfigurationError */
export const reportSitesEnvironment = (variables: Variables): ReportSitesEnvironment =>
  readWithoutGoogle(reportSitesSchema, variables, [...sameBucket(variables), ...listProblems(variables)]);

/** @throws ConfigurationError */
export const notFoundEnvironment = (variables: Variables): NotFoundEnvironment =>
  readWithoutGoogle(notFoundSchema, variables);

export type WatchSitesEnvironment = z.infer<typeof watchSitesSchema> & { readonly google: GoogleConfig };
export type WorkSiteEnvironment = z.infer<typeof workSiteSchema> & { readonly google: GoogleConfig };

/** @throws ConfigurationError */
export const watchSitesEnvironment = (variables: Variables): WatchSitesEnvironment =>
  read(watchSitesSchema, variables, listProblems(variables));

/** @throws ConfigurationError */
export const workSiteEnvironment = (variables: Variables): WorkSiteEnvironment =>
  read(workSiteSchema, variables, [
    ...sameBucket(variables),
    ...previewBucketProblems(variables),
    ...listProblems(variables),
  ]);

export type PollEnvironment = z.infer<typeof pollSchema> & { readonly google: GoogleConfig };
export type PublishEnvironment = z.infer<typeof publishSchema> & { readonly google: GoogleConfig };

/** @throws ConfigurationError */
export const pollEnvironment = (variables: Variables): PollEnvironment =>
  read(pollSchema, variables, previewProblems(variables));

/** @throws ConfigurationError */
export const publishEnvironment = (variables: Variables): PublishEnvironment =>
  read(publishSchema, variables, [
    ...sameBucket(variables),
    ...previewProblems(variables),
    ...webhookProblems(variables),
  ]);

/** The list says whose sheets are read and to whom mails go: it stands where nobody but the deployment reads and writes. */
function listProblems({ SITES: sites, STATE_BUCKET: state }: Variables): string[] {
  const place = siteListPlaceOf(sites ?? '');
  if (place === null || state === undefined || place.folder === `s3://${state.trim()}`) return [];
  return ['SITES: is not in the bucket of the state, s3://STATE_BUCKET/sites.json'];
}

/** The state bucket as a whole is nobody's to read, the site's everybody's: one bucket cannot be both. */
function sameBucket({ SITE_BUCKET: site, STATE_BUCKET: state }: Variables): string[] {
  const isSame = site !== undefined && site.trim() !== '' && site.trim() === state?.trim();
  return isSame ? ['STATE_BUCKET: is the bucket of the site, where the state would be public'] : [];
}

function isServiceAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '';
}

/** A preview is neither on the site nor in the state, and is reached by the site's address. */
function previewProblems(variables: Variables): string[] {
  const [preview, url] = ['PREVIEW_BUCKET', 'SITE_URL'].map((name) => variables[name]?.trim() || null);
  if (preview === null) return [];
  return [
    ...previewBucketProblems(variables),
    ...(url === null ? ['SITE_URL: is missing, and previews are linked to by it'] : []),
  ];
}

function previewBucketProblems(variables: Variables): string[] {
  const [preview, site, state] = ['PREVIEW_BUCKET', 'SITE_BUCKET', 'STATE_BUCKET'].map(
    (name) => variables[name]?.trim() || null,
  );
  if (preview === null) return [];
  return preview === site || preview === state ? ['PREVIEW_BUCKET: is the bucket of the site, or of its state'] : [];
}

/** A webhook alone would never be posted to. */
function webhookProblems({ REMINDER_SENDER: sender, REMINDER_WEBHOOK_PARAMETER: webhook }: Variables): string[] {
  const isAlone = (webhook?.trim() ?? '') !== '' && (sender?.trim() ?? '') === '';
  return isAlone ? ['REMINDER_SENDER: is missing, and without it nobody is reminded and nothing is posted'] : [];
}

function read<Output>(
  schema: z.ZodType<Output>,
  variables: Variables,
  more: readonly string[] = [],
): Output & { readonly google: GoogleConfig } {
  const google = googleConfig(variables);
  const googles = google.ok ? [] : google.problems.map(({ variable, message }) => `${variable}: ${message}`);
  const values = readWithoutGoogle(schema, variables, more, googles);
  if (!google.ok) throw new TypeError('Problems were found, and nothing was said of them.');
  return { ...values, google: google.config };
}

function readWithoutGoogle<Output>(
  schema: z.ZodType<Output>,
  variables: Variables,
  more: readonly string[] = [],
  last: readonly string[] = [],
): Output {
  const parsed = schema.safeParse(variables);
  if (parsed.success && more.length === 0 && last.length === 0) return parsed.data;
  const own = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  throw new ConfigurationError(`The environment is not set up. ${[...own, ...more, ...last].join('; ')}`);
}
