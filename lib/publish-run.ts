import { type PipelineDependencies, runPipeline } from './publish.ts';
import type { ReleaseOptions } from './release/change-site.ts';
import type { State } from './release/state.ts';
import { readState } from './release/state-file.ts';
import type { AnswerResult, GoogleSheetSource, SheetReading } from './sources/google/google-sheet.ts';
import type { Source } from './sources/source.ts';
import type { SheetReport } from './staff/confirmation.ts';
import { lastRelease } from './staff/last-release.ts';
import { progressOf } from './staff/progress.ts';
import type { RunReport } from './staff/run-report.ts';
import type { Stores } from './stores/store.ts';

export interface PublishRun {
  readonly report: RunReport;
  /** Says in the sheet what came of the run. Null where the sheet could not be read. */
  readonly answer: (() => Promise<AnswerResult>) | null;
}

/** Publishes a Google Sheet, and keeps what was read of it so that it can be answered in. */
export async function publishRun(
  sheet: GoogleSheetSource,
  { stores, siteUrl }: { readonly stores: Stores } & Pick<PipelineDependencies, 'siteUrl'>,
  options: ReleaseOptions,
): Promise<PublishRun> {
  let reading: SheetReading | null = null;
  const source: Source = {
    name: sheet.name,
    async read() {
      const polled = await sheet.poll(null);
      const { requests } = polled;
      if (polled.outcome === 'failed') return { ok: false, failure: polled.failure, requests };
      if (polled.outcome === 'unchanged') throw new Error('A poll that knows of no earlier one found nothing new.');
      reading = polled.reading;
      return { ok: true, workbook: reading.workbook, version: reading.seen.version, requests };
    },
  };
  const report = await runPipeline({ source, stores, siteUrl }, options);
  const latest = lastOf(reading);
  return {
    report,
    answer:
      latest === null
        ? null
        : async () => {
            const state = (await readState(stores.state))?.state ?? null;
            return sheet.answer(latest, sheetReport(report, latest, state, options.now), { lookFirst: true });
          },
  };
}

/** TypeScript does not see that a function called in between has set it. */
function lastOf(reading: SheetReading | null): SheetReading | null {
  return reading;
}

function sheetReport(report: RunReport, { publishNow }: SheetReading, state: State | null, now: Date): SheetReport {
  const { outcome, held, issues } = report;
  return {
    at: now,
    outcome,
    last: lastRelease(state),
    held,
    completeness: progressOf(report.completeness),
    findings: issues,
    // Left alone where the site could not be written: then it is not done, and the next run does it.
    publishNow: publishNow?.ticked === true && outcome !== 'failed',
  };
}
