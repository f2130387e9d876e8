import * as z from 'zod';

/**
 * What went wrong with one request, in the few kinds that matter.
 *
 * - `busy`: the service says "later" (429, or 403 for a rate limit): nothing was done
 * - `broken`: no answer, half an answer, or a failure of the server: a write may or may not have been done
 * - `final`: an answer that will be the same next time
 */
export type Fault =
  | { readonly kind: 'busy'; readonly retryAfter: number | null; readonly cause: unknown }
  | { readonly kind: 'broken'; readonly retryAfter: number | null; readonly cause: unknown }
  | {
      readonly kind: 'final';
      readonly reason: FinalReason;
      readonly cause: unknown;
    };

export type FinalReason =
  | 'bad-request'
  | 'unsupported-document'
  | 'unauthenticated'
  | 'forbidden'
  | 'api-disabled'
  | 'scopes'
  | 'daily-limit'
  | 'not-found'
  | 'credentials';

interface HeaderLookup {
  get(name: string): string | null;
}

function hasHeaderLookup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

/** The parts of a failed call that the client's errors have, whatever else is in them. */
const failedCallSchema = z.object({
  response: z
    .object({
      status: z.number(),
      // Not the global class `Headers`, but that of the client's own fetch.
      headers: z.custom<HeaderLookup>(hasHeaderLookup).optional().catch(undefined),
      data: z.unknown(),
    })
    .optional(),
  config: z
    .object({ url: z.union([z.string(), z.instanceof(URL)]).transform(String) })
    .optional()
    .catch(undefined),
});

/** An error body of the Google APIs, old and new. */
const errorBodySchema = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional().catch(undefined),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

/** Reasons of a 403 that speak of a rate, not of a right. */
const rateReasons = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED', 'quotaExceeded']);
const disabledReasons = new Set(['SERVICE_DISABLED', 'accessNotConfigured']);
/** The token was made for less than is asked for. */
const scopeReasons = new Set(['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficientPermissions', 'insufficientScopes']);
/** A limit that is not counted anew within minutes. */
const dailyReasons = new Set(['dailyLimitExceeded', 'dailyLimitExceededUnreg']);

/** Why the service would not carry out one request of a batch; then it carried out none of them. */
export interface Refusal {
  /** Which request of the batch, from 0; null where the service does not say. */
  readonly request: number | null;
  /**
   * - `locked`: somebody protected the cells
   * - `typed-column`: a table's column has a kind that allows no other choice
   * - `all-hidden`: no row below the frozen ones can be seen
   * - `no-tab`: the tab is gone
   */
  readonly why: 'locked' | 'typed-column' | 'all-hidden' | 'no-tab' | 'other';
}

const refusalSigns: readonly [RegExp, Refusal['why']][] = [
  [/protected cell or object|sheet protections/iu, 'locked'],
  [/typed column/iu, 'typed-column'],
  [/freeze all visible/iu, 'all-hidden'],
  [/No grid with id|Unable to parse range/iu, 'no-tab'],
];

/** What the service says of a batch that it refused for one of its requests; null for any other error. */
export function refusalOf(error: unknown): Refusal | null {
  const call = failedCallSchema.safeParse(error);
  if (!call.success || call.data.response?.status !== 400) return null;
  const message = errorBodySchema.safeParse(call.data.response.data).data?.error.message ?? '';
  const index = /Invalid requests\[(\d+)\]/u.exec(message)?.[1];
  const why = refusalSigns.find(([sign]) => sign.test(message))?.[1] ?? 'other';
  if (index === undefined && why === 'other') return null;
  return { request: index === undefined ? null : Number(index), why };
}

/** Thrown for an answer that came with status 200 and is not what the API answers: cut off, or a proxy's page. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** Thrown when a request was given up because no answer came in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Thrown instead of a request whose turn would come too late: those who share a quota had taken all of it. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/**
 * Sorts what the client threw. `isApi` tells requests to the API from those for a token, which the client makes by itself.
 * `now` is needed for a Retry-After given as a date.
 */
export function faultOf(error: unknown, isApi: (url: string) => boolean, now: number): Fault {
  if (error instanceof MalformedAnswer || error instanceof NoAnswer) {
    return { kind: 'broken', retryAfter: null, cause: error };
  }
  if (error instanceof NoTurn) return { kind: 'busy', retryAfter: null, cause: error };
  const call = failedCallSchema.safeParse(error);
  if (!call.success) return { kind: 'final', reason: 'credentials', cause: error };
  const { response, config } = call.data;
  if (!response) {
    // An error of the network tells which request it befell; one of the credentials, such as a bad key, befell none.
    return config === undefined
      ? { kind: 'final', reason: 'credentials', cause: error }
      : { kind: 'broken', retryAfter: null, cause: error };
  }
  const retryAfter = parseRetryAfter(response.headers?.get('retry-after') ?? null, now);
  const reasons = reasonsOf(response.data);
  const has = (set: ReadonlySet<string>) => reasons.some((reason) => set.has(reason));
  if (response.status === 429 || (response.status === 403 && has(rateReasons))) {
    return { kind: 'busy', retryAfter, cause: error };
  }
  if (response.status >= 500 || response.status === 408) return { kind: 'broken', retryAfter, cause: error };
  const reason = config && !isApi(config.url) ? 'credentials' : finalReason(response.status, reasons);
  return { kind: 'final', reason, cause: error };
}

function reasonsOf(body: unknown): readonly string[] {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return [];
  const { status, errors = [], details = [] } = parsed.data.error;
  return [status, ...errors.map(({ reason }) => reason), ...details.map(({ reason }) => reason)].filter(
    (reason) => reason !== undefined,
  );
}

function finalReason(status: number, reasons: readonly string[]): FinalReason {
  const has = (set: ReadonlySet<string>) => reasons.some((reason) => set.has(reason));
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      if (has(disabledReasons)) return 'api-disabled';
      if (has(dailyReasons)) return 'daily-limit';
      return has(scopeReasons) ? 'scopes' : 'forbidden';
    case 404:
      return 'not-found';
    default:
      return reasons.includes('FAILED_PRECONDITION') ? 'unsupported-document' : 'bad-request';
  }
}

/** Milliseconds to wait, from seconds or an HTTP date (RFC 9110, 10.2.3); null where there is none or it is unreadable. */
function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\s*\d+\s*$/u.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
