import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Finding, Severity } from '../findings/finding.ts';
import { japaneseDate } from '../text/fiscal-year.ts';
import { openPoints, type WatchedReport } from './open-point.ts';
import type { RunReport } from './run-report.ts';
import { type SeenSheet, seenSheetSchema } from './seen-sheet.ts';

/**
 * What is remembered of the last run beside the release itself: since when a department is held, when the site last said what
 * the sheet says, what the staff have been told, and what the sheet said. Kept as `report.json` in the state's store, for people to
 * read as well.
 */

const instantSchema = z.iso.datetime();
const dateSchema = z.iso.date();

const heldSchema = z.strictObject({
  department: z.string(),
  fiscalYear: z.int(),
  /** The day from which the version on the site is, or null where there is none. */
  showing: dateSchema.nullable(),
  since: instantSchema,
});
export type HeldSince = z.infer<typeof heldSchema>;

const toldPointSchema = z.strictObject({
  key: z.string(),
  department: z.string().nullable(),
  fiscalYear: z.int().nullable(),
  line: z.string(),
  /** The nights on which the staff were told of it first and last. */
  firstTold: dateSchema,
  lastTold: dateSchema,
});

const mailSchema = z.strictObject({
  /** The day in Japan; one mail belongs to it at most. */
  night: dateSchema,
  /** The event that took it on itself to send the mail, and when. */
  by: z.string(),
  at: instantSchema,
  sent: z.boolean(),
  /** Whether the mail told of a run that came to its end, or only that it failed. */
  conclusive: z.boolean().default(true),
});

const textSchema = z.string().nullable();

const liveSchema = z.strictObject({
  fiscalYear: z.int(),
  departmentId: z.string(),
  departmentName: z.string(),
  kind: z.enum(['added', 'updated', 'withdrawn']),
  differences: z.array(
    z.strictObject({
      goal: z.int().nullable(),
      field: z.string(),
      label: z.string(),
      before: textSchema,
      after: textSchema,
    }),
  ),
});

/** More than a mail tells, and the record stays small. */
const mostLive = 60;

export const runRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Of the last run that had anything new to say: one that finds all as it was leaves the record as it is. */
  at: instantSchema,
  /** `check`: nothing has been published yet, only looked at. */
  reason: z.enum(['nightly', 'publish-now', 'manual', 'check']),
  outcome: z.enum(['published', 'unchanged', 'blocked', 'failed', 'checked']),
  /** 自治体名, as the sheet said it last; null where it never could be read. */
  municipality: z.string().nullable().default(null),
  release: z.string().nullable(),
  /** When the site came to say what the sheet says, as far as this was written down; null where it never did. */
  upToDateAt: instantSchema.nullable(),
  counts: z.strictObject({ error: z.int(), warning: z.int(), notice: z.int() }),
  held: z.array(heldSchema),
  told: z.array(toldPointSchema),
  /** What went on the site since the last mail, newest first: public already. */
  live: z.array(liveSchema).default([]),
  mail: mailSchema.nullable(),
  /** The last run could not read the sheet or not write the site: it is to be made up for as soon as the sheet can be read. */
  owed: z.boolean().default(false),
  /** When publication was last asked for, by the tick or to make up for a run; null where nothing is waited for. */
  askedAt: instantSchema.nullable().default(null),
  /** What the sheet said when all that follows from it was last done. */
  seen: seenSheetSchema.nullable().default(null),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Why a run takes place: by the schedule, because staff ticked 今すぐ公開, or because somebody started it. */
export type RunReason = Exclude<RunRecord['reason'], 'check'>;

/** Whether a run came to the point where the site says what the sheet says, and so knows what is mended. */
export function isConclusive(report: Pick<WatchedReport, 'outcome'>): boolean {
  return report.outcome === 'published' || report.outcome === 'unchanged';
}

/**
 * Whether a run has to be made up for: the sheet could not be read, or the site not written. Not where the sheet itself stands in
 * the way, nor where people have to decide first.
 */
function isOwed({ outcome, sourceFailure }: Pick<RunReport, 'outcome' | 'sourceFailure'>): boolean {
  return outcome === 'failed' || (outcome === 'blocked' && sourceFailure !== null);
}

/** The record after a run, before any mail. */
export function recordRun(
  previous: RunRecord | null,
  report: WatchedReport,
  { now, reason }: { readonly now: Date; readonly reason: RunReason },
): RunRecord {
  const at = now.toISOString();
  return {
    schemaVersion: 1,
    at,
    reason,
    outcome: report.outcome,
    municipality: report.municipality ?? previous?.municipality ?? null,
    release: report.release,
    upToDateAt: isConclusive(report) ? at : (previous?.upToDateAt ?? null),
    counts: { error: countOf(report, 'error'), warning: countOf(report, 'warning'), notice: countOf(report, 'notice') },
    held: heldSince(previous?.held ?? [], report, at),
    told: previous?.told ?? [],
    live: [...report.differences.map(copied), ...(previous?.live ?? [])].slice(0, mostLive),
    mail: previous?.mail ?? null,
    owed: isOwed(report),
    // What was asked for is done; where it is not, it is asked for again, and not at every look.
    askedAt: isOwed(report) ? (previous?.askedAt ?? null) : null,
    seen: previous?.seen ?? null,
  };
}

/** The record of a look at the sheet where there is none of a run yet. */
export function recordCheck(findings: readonly Finding[], now: Date): RunRecord {
  const issues = findings;
  return {
    schemaVersion: 1,
    at: now.toISOString(),
    reason: 'check',
    outcome: 'checked',
    municipality: null,
    release: null,
    upToDateAt: null,
    counts: {
      error: countOf({ issues }, 'error'),
      warning: countOf({ issues }, 'warning'),
      notice: countOf({ issues }, 'notice'),
    },
    held: [],
    told: [],
    live: [],
    mail: null,
    owed: false,
    askedAt: null,
    seen: null,
  };
}

/**
 * Whether a record says anything that the one before did not say, but for when and why the run took place. That nothing had to be
 * published of what was published before is no news either.
 */
export function saysMore(previous: RunRecord, next: RunRecord): boolean {
  const said = ({ at: _at, reason: _reason, upToDateAt: _upToDateAt, outcome, ...rest }: RunRecord) => ({
    ...rest,
    outcome: outcome === 'unchanged' ? 'published' : outcome,
  });
  return !isDeepStrictEqual(said(previous), said(next));
}

/** Whether two readings found the same sheet with the same tabs, whenever it was looked at. */
export function isSameSheet(before: SeenSheet | null, now: SeenSheet): boolean {
  return before?.digest === now.digest && isDeepStrictEqual(before.tabs, now.tabs);
}

/** As the record keeps it. */
function copied({ differences, ...change }: WatchedReport['differences'][number]): RunRecord['live'][number] {
  return { ...change, differences: [...differences] };
}

function countOf({ issues }: Pick<WatchedReport, 'issues'>, severity: Severity): number {
  return issues.filter((issue) => issue.severity === severity).length;
}

/** A run that could not tell leaves what was held as it was. */
function heldSince(before: readonly HeldSince[], report: WatchedReport, at: string): HeldSince[] {
  // Each is continued once: two rows without a name are two departments.
  const left = [...before];
  const sinceOf = (department: string, fiscalYear: number): string | undefined => {
    const at = left.findIndex((held) => held.department === department && held.fiscalYear === fiscalYear);
    return at < 0 ? undefined : left.splice(at, 1)[0]?.since;
  };
  const held = report.held.map(({ department, fiscalYear, showing }) => ({
    department,
    fiscalYear,
    showing,
    since: sinceOf(department, fiscalYear) ?? at,
  }));
  if (isConclusive(report)) return held;
  const named = new Set(held.map(({ department, fiscalYear }) => `${fiscalYear} ${department}`));
  return [...held, ...before.filter(({ department, fiscalYear }) => !named.has(`${fiscalYear} ${department}`))];
}

/** A department's longest time of being held, in days; 0 where none is held. */
export function longestHeldDays({ held }: RunRecord, now: Date): number {
  return Math.max(0, ...held.map(({ since }) => (now.getTime() - Date.parse(since)) / 86_400_000));
}

/** For how long another event is left alone with the mail it took on itself: longer than a function runs. */
const claimMs = 15 * 60_000;

/**
 * Whether the mail of this night is this event's to send: nobody sent it, and nobody is about to. The same event, come again
 * after it failed, sends what it could not send before; and where all it could say was that it failed, what came of it after all.
 */
export function mayMail(
  record: RunRecord,
  report: WatchedReport,
  { now, event }: { readonly now: Date; readonly event: string },
): boolean {
  const { mail } = record;
  if (mail === null || mail.night !== japaneseDate(now)) return true;
  if (mail.sent) return mail.by === event && !mail.conclusive && isConclusive(report);
  return mail.by === event || now.getTime() - Date.parse(mail.at) > claimMs;
}

/** The record of a run that takes the mail on itself. */
export function claimMail(record: RunRecord, { now, event }: { now: Date; event: string }): RunRecord {
  return {
    ...record,
    mail: { night: japaneseDate(now), by: event, at: now.toISOString(), sent: false, conclusive: false },
  };
}

/** The record after the mail was sent. `said`: the keys of the points that it spoke of in full. */
export function recordMail(
  record: RunRecord,
  report: WatchedReport,
  said: ReadonlySet<string>,
  night: string,
): RunRecord {
  const points = openPoints(report);
  const before = new Map(record.told.map((point) => [point.key, point]));
  const told = points.map((point) => {
    const earlier = before.get(point.key);
    const lastTold = earlier === undefined || said.has(point.key) ? night : earlier.lastTold;
    return {
      key: point.key,
      department: point.department,
      fiscalYear: point.fiscalYear,
      line: point.line,
      firstTold: earlier?.firstTold ?? night,
      lastTold,
    };
  });
  const open = new Set(points.map(({ key }) => key));
  const unknown = isConclusive(report) ? [] : record.told.filter(({ key }) => !open.has(key));
  return {
    ...record,
    told: [...told, ...unknown],
    live: [],
    mail: record.mail === null ? null : { ...record.mail, sent: true, conclusive: isConclusive(report) },
  };
}
