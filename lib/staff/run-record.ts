import * as z from 'zod';
import type { Severity } from '../findings/finding.ts';
import { japaneseDate } from '../text/fiscal-year.ts';
import { openPoints, type WatchedReport } from './open-point.ts';

/**
 * What is remembered of the last run beside the release itself: since when a department is held, when the site last said what
 * the sheet says, and what the staff have been told. Kept as `report.json` in the state's store, for people to read as well.
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
  at: instantSchema,
  reason: z.enum(['nightly', 'publish-now', 'manual']),
  outcome: z.enum(['published', 'unchanged', 'blocked', 'failed']),
  release: z.string().nullable(),
  /** When the site last said what the sheet said; null where it never did. */
  upToDateAt: instantSchema.nullable(),
  counts: z.strictObject({ error: z.int(), warning: z.int(), notice: z.int() }),
  held: z.array(heldSchema),
  told: z.array(toldPointSchema),
  /** What went on the site since the last mail, newest first: public already. */
  live: z.array(liveSchema).default([]),
  mail: mailSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Why a run takes place: by the schedule, because staff ticked 今すぐ公開, or because somebody started it. */
export type RunReason = RunRecord['reason'];

/** Whether a run came to the point where the site says what the sheet says, and so knows what is mended. */
export function isConclusive(report: Pick<WatchedReport, 'outcome'>): boolean {
  return report.outcome === 'published' || report.outcome === 'unchanged';
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
    release: report.release,
    upToDateAt: isConclusive(report) ? at : (previous?.upToDateAt ?? null),
    counts: { error: countOf(report, 'error'), warning: countOf(report, 'warning'), notice: countOf(report, 'notice') },
    held: heldSince(previous?.held ?? [], report, at),
    told: previous?.told ?? [],
    live: [...report.differences.map(copied), ...(previous?.live ?? [])].slice(0, mostLive),
    mail: previous?.mail ?? null,
  };
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
