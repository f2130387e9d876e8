import { isConclusive, longestHeldDays, type RunReason, type RunRecord } from './run-record.ts';
import type { RunReport } from './run-report.ts';

/** The figures of a run, by the names that the alarms of the deployment watch. */
export function figuresOf(
  report: Pick<RunReport, 'outcome' | 'held' | 'objects'>,
  record: RunRecord,
  now: Date,
): Record<string, number> {
  return {
    /** 1 where the site now says what the sheet says. No such figure for 26 hours is an alarm. */
    SiteUpToDate: isConclusive(report) ? 1 : 0,
    HeldDepartments: record.held.length,
    LongestHeldDays: longestHeldDays(record, now),
    Errors: record.counts.error,
    Warnings: record.counts.warning,
    Notices: record.counts.notice,
    ObjectsWritten: report.objects.written,
    ObjectsDeleted: report.objects.deleted,
  };
}

/**
 * Whether a run has to end in an error, by which the operators hear of it. Not where the site is pinned, which is their own
 * doing, nor where the sheet itself cannot be published and the staff who asked for it read that in the sheet, nor before the first
 * department of all can be published: no site is out of date then.
 */
export function needsOperator(
  report: Pick<RunReport, 'outcome' | 'issues' | 'sourceFailure'>,
  reason: RunReason,
): boolean {
  if (isConclusive(report)) return false;
  if (report.issues.some(({ code }) => code === 'site-pinned' || code === 'nothing-to-begin-with')) return false;
  const isSheetToBlame = report.outcome === 'blocked' && report.sourceFailure === null;
  return !(isSheetToBlame && reason === 'publish-now');
}

/** The codes of a run's errors, each once: what can be said of it without the sheet's content. */
export function errorCodes({ issues }: Pick<RunReport, 'issues'>): string[] {
  return [...new Set(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}
