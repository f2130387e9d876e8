import type { Typesetter } from './documents/typeset.ts';
import type { SourceFailure } from './failure.ts';
import type { Finding } from './findings/finding.ts';
import type { Published } from './goals/model/published.ts';
import { withPortraitsAsPublished } from './goals/portraits.ts';
import type { Settled, UsableSheet } from './goals/settle/settle.ts';
import { settle, standingsAfter } from './goals/settle/settle.ts';
import { type Inspection, inSheetOrder, inspect } from './inspect.ts';
import { withPictures } from './inspect-pictures.ts';
import { portraitsIn, portraitsOfFolder } from './portraits/known-portraits.ts';
import { type Previewed, type PreviewPlace, refreshPreview } from './preview.ts';
import { buildSite } from './release/build-site.ts';
import type { ReleaseOptions, ReleaseResult } from './release/change-site.ts';
import type { Plan, SiteAsItIs } from './release/release.ts';
import { sitePinned } from './release/site-pinned.ts';
import type { ReleaseRecord, State } from './release/state.ts';
import { readState } from './release/state-file.ts';
import { type FileNote, siteFiles } from './site-files.ts';
import type { Answered, Source, SourceResult } from './sources/source.ts';
import type { PreviewLink, SheetReport } from './staff/confirmation.ts';
import { lastRelease } from './staff/last-release.ts';
import type { MailOutcome } from './staff/mail-night.ts';
import { mailNight } from './staff/mail-night.ts';
import type { MailOptions, NightlyMail } from './staff/nightly-mail.ts';
import { progressOf } from './staff/progress.ts';
import { type RecordFile, recordFile } from './staff/record-file.ts';
import type { Reminded } from './staff/reminders/remind.ts';
import type { RunReason, RunRecord } from './staff/run-record.ts';
import { isSameSheet, recordRun } from './staff/run-record.ts';
import type { RunReport } from './staff/run-report.ts';
import type { SeenSheet } from './staff/seen-sheet.ts';
import type { OutputFolder } from './stores/folder/output-folder.ts';
import type { Stores } from './stores/store.ts';
import { defaultScheme } from './text/scheme.ts';

/**
 * The way from a sheet to a site, in one screen: read → parse → validate → settle → render → release → record → answer → mail.
 * Everything from parse to render is pure.
 *
 * Knows the order of the work; may import every room but `cli`. Begin at {@link publishAndTell}; what a sheet says is read in
 * inspect.ts, the files of the site are made in site-files.ts, and what it would become is shown by preview.ts.
 */

/** Where a city's sheet is, and where its site goes. */
export interface Site {
  readonly source: Source;
  /** Without a state nothing is remembered, and the site is a folder. */
  readonly stores: Stores | { readonly site: OutputFolder; readonly state: null };
  /** The public address of the site, with a trailing slash, or null where it is not known. */
  readonly siteUrl: string | null;
  /** What sets the documents of the years, loaded where one has to be made; without it there are none. */
  readonly typesetter?: () => Promise<Typesetter | null>;
}

/** What one look at the source came to. */
interface Attempt {
  readonly read: SourceResult;
  /** Null where the source could not be read. */
  readonly inspection: Inspection | null;
  /** Null where it held nothing to settle. */
  readonly settled: Settled | null;
  /** How many requests pictures took. */
  readonly pictureRequests: number;
  /** What there is to say of documents and pictures. */
  readonly notes: readonly FileNote[];
}

/** A run that came to its end, whatever came of it. */
export interface Run {
  readonly report: RunReport;
  /** Says in the sheet what came of the run; null where the sheet could not be read, or nobody can answer in it. */
  readonly answer: ((report: SheetReport) => Promise<Answered>) | null;
  /** What was last read; null where it could not be. */
  readonly inspection: Inspection | null;
  /** What the state says of the release that is on the site; null before the first. */
  readonly last: ReleaseRecord | null;
  /** What the source gave to be kept of the reading. */
  readonly seen: SeenSheet | null;
}

/**
 * Brings a site up to date with its sheet.
 *
 * The sheet is read after the state, and read again where another publisher was faster: so an older sheet can never be put over
 * a newer one.
 *
 * @param options when the run takes place, and how long it may take
 * @param seen what an earlier reading gave to be kept
 */
export async function publish(
  { source, stores, siteUrl, typesetter }: Site,
  options: ReleaseOptions,
  seen: SeenSheet | null = null,
): Promise<Run> {
  const attempts: Attempt[] = [];
  const plan = async (previous: Published | null, site: SiteAsItIs): Promise<Plan> => {
    const read = await source.read(seen);
    // Where nothing is remembered, the folder itself says which portraits it has.
    const portraits =
      stores.state === null ? portraitsOfFolder(site.bytesOf) : { known: portraitsIn(previous), bytes: new Map() };
    const looked = read.ok
      ? await withPictures(inspect(read.workbook, options.now), previous, {
          finder: read.pictures,
          known: portraits.known,
        })
      : null;
    const inspection = looked?.inspection ?? null;
    const settled = inspection?.kind === 'usable' ? settle(inspection.sheet, previous, options.now) : null;
    const pictureRequests = read.ok ? (read.pictures?.requests ?? 0) : 0;
    const attempt = { read, inspection, settled, pictureRequests, notes: [] };
    if (!read.ok || settled?.kind !== 'settled') {
      attempts.push(attempt);
      return { kind: 'blocked' };
    }
    const { published, changes } = settled;
    const { files, notes } = await siteFiles(
      { published, changes, previous },
      { siteUrl, typesetter, portraits: new Map([...portraits.bytes, ...(looked?.made ?? [])]), site },
    );
    attempts.push({ ...attempt, notes });
    return { kind: 'release', files, published, changes, sourceVersion: read.version };
  };
  const result =
    stores.state === null
      ? await buildSite(stores.site, plan)
      : await (await import('./release/release.ts')).release(stores, plan, options);
  const last = attempts.at(-1) ?? null;
  return {
    report: reportOf(attempts, result),
    answer: last?.read.ok ? (last.read.answer ?? null) : null,
    inspection: last?.inspection ?? null,
    last: result.record,
    seen: last?.read.ok ? (last.read.seen ?? null) : null,
  };
}

/** What a run has to do beyond the site itself. */
export interface Telling {
  readonly reason: RunReason;
  /** The mail of the night; null where there is nobody to send it to, or it is no night's run. */
  readonly mail: { readonly send: (mail: NightlyMail) => Promise<void>; readonly options: NightOptions } | null;
  /** Where previews go; without one there are none. */
  readonly preview?: PreviewPlace | null;
  /** Reminds the departments of a deadline; without it nobody is reminded. Never throws for what can go wrong outside the program. */
  readonly remind?: ((of: ReminderOccasion) => Promise<Reminded>) | null;
  /** Told of each step as it is done, for a log. */
  readonly onStep?: (step: Step) => void;
}

/** What a run knows when departments are reminded. */
export interface ReminderOccasion {
  readonly sheet: UsableSheet;
  readonly standings: RunReport['standings'];
  /** The tabs of the sheet, for links to cells; empty where they have no addresses. */
  readonly tabs: SeenSheet['tabs'];
  readonly preview: PreviewLink | null;
}

type NightOptions = MailOptions & { readonly event: string };

export type Step =
  | { readonly step: 'published'; readonly report: RunReport }
  | { readonly step: 'recorded'; readonly report: RunReport; readonly record: RunRecord }
  | { readonly step: 'previewed'; readonly outcome: Previewed['outcome']; readonly code: string | null }
  | { readonly step: 'answered'; readonly answered: Answered | null }
  | { readonly step: 'reminded'; readonly reminded: Reminded }
  | { readonly step: 'mailed'; readonly outcome: MailOutcome };

/**
 * Publishes, then says so: the record first, by which alarms and mails go; then the preview, whose address the sheet is told; then the
 * sheet; then the departments that owe something are reminded; then the mail of the night. What comes later may fail and what came before
 * stands. Where nothing is new, nothing is written anywhere but in the preview, which ends by itself.
 */
export async function publishAndTell(
  site: Site & { readonly stores: Stores },
  options: ReleaseOptions,
  { reason, mail, preview = null, remind = null, onStep = () => undefined }: Telling,
): Promise<RunReport> {
  const file = recordFile(site.stores.state);
  const run = await publish(site, options, (await file.read())?.seen ?? null);
  const { report } = run;
  onStep({ step: 'published', report });
  const record = await file.update((previous) => recordRun(previous, report, { now: options.now, reason }));
  onStep({ step: 'recorded', report, record });
  let link: PreviewLink | null = null;
  if (preview !== null) {
    const { state } = site.stores;
    const stored = (await readState(state))?.state ?? null;
    const previewed = await refreshPreview(run.inspection, { place: preview, state, stored }, options.now);
    link = previewed.link;
    onStep({ step: 'previewed', outcome: previewed.outcome, code: previewed.code });
  }
  onStep({ step: 'answered', answered: await answerIn(run, link, file, options.now) });
  const { inspection } = run;
  // Where the sheet cannot be used, nobody can tell who owes what: the next night makes up for it.
  if (remind !== null && inspection?.kind === 'usable') {
    const { sheet } = inspection;
    const tabs = run.seen?.tabs ?? [];
    onStep({ step: 'reminded', reminded: await remind({ sheet, standings: report.standings, tabs, preview: link }) });
  }
  if (mail !== null) {
    const outcome = await mailNight(file, report, { ...mail.options, now: options.now }, mail.send);
    onStep({ step: 'mailed', outcome });
  }
  return report;
}

/** Says in the sheet what came of a run, and keeps what the sheet said once that is done. */
async function answerIn(
  { report, answer, inspection, last, seen }: Run,
  preview: PreviewLink | null,
  file: RecordFile,
  now: Date,
): Promise<Answered | null> {
  if (answer === null) return null;
  const { publishNow = false } = inspection ?? {};
  const answered = await answer({ ...sheetReportOf(report, publishNow, last, now), preview });
  const kept = answered.seen ?? seen;
  const isDone = answered.outcome === 'written' || answered.outcome === 'unchanged';
  if (isDone && kept !== null) {
    await file.update((record) => {
      if (record === null) throw new Error('The record of this run is gone.');
      return isSameSheet(record.seen, kept) ? record : { ...record, seen: kept };
    });
  }
  return answered;
}

/** What the sheet is told of a run. */
function sheetReportOf(report: RunReport, publishNow: boolean, last: ReleaseRecord | null, now: Date): SheetReport {
  const { outcome, held, standings, issues, scheme } = report;
  return {
    at: now,
    scheme,
    outcome,
    last: lastRelease(last),
    held,
    standings,
    preview: null,
    completeness: progressOf(report.completeness),
    findings: issues,
    // Left alone where the site could not be written: then it is not done, and the next run does it.
    publishNow: publishNow && outcome !== 'failed',
  };
}

/**
 * What the sheet is told where nothing is published now: what publishing would make of it. Pure.
 *
 * @param state what the site says and since when, and whether it is pinned; null where nothing has been published yet
 */
export function check(
  inspection: Inspection,
  state: Pick<State, 'published' | 'pin' | 'records'> | null,
  now: Date,
): SheetReport {
  const { scheme } = inspection;
  const nothing = {
    at: now,
    scheme,
    last: lastRelease(state?.records[0] ?? null),
    held: [],
    standings: [],
    preview: null,
    completeness: [],
    publishNow: false,
  };
  if (inspection.kind === 'unusable') return { ...nothing, outcome: 'blocked', findings: inspection.findings };
  const published = state?.published ?? null;
  const settled = settle(withPortraitsAsPublished(inspection.sheet, published), published, now);
  const pin = state?.pin ?? null;
  const pinned = pin === null ? [] : [findingOf(sitePinned(pin.release))];
  const pending = settled.changes.length > 0 ? 'checked' : 'unchanged';
  return {
    ...nothing,
    completeness: progressOf(inspection.sheet.completeness),
    outcome: settled.kind === 'blocked' || pin !== null ? 'blocked' : pending,
    held: settled.held,
    standings: settled.standings,
    findings: inSheetOrder([...pinned, ...settled.findings, ...inspection.findings], scheme),
  };
}

function reportOf(attempts: readonly Attempt[], result: ReleaseResult): RunReport {
  const nothing = { read: null, inspection: null, settled: null, notes: [] };
  const { read, inspection, settled, notes } = attempts.at(-1) ?? nothing;
  const failure: SourceFailure | null = read === null || read.ok ? null : read.failure;
  const outside = [
    ...[result.problem, failure].flatMap((problem) => (problem === null ? [] : [findingOf(problem)])),
    ...result.notes.map((note) => findingOf(note, 'warning')),
    ...notes.map(({ failure: note, severity }) => findingOf(note, severity)),
  ];
  const done = result.outcome === 'published' || result.outcome === 'unchanged';
  const scheme = inspection?.scheme ?? defaultScheme;
  return {
    release: result.release,
    outcome: result.outcome,
    municipality: inspection?.kind === 'usable' ? (inspection.sheet.settings?.municipality.name ?? null) : null,
    scheme,
    published: done ? (settled?.publishedIds ?? []) : [],
    changes: done ? (settled?.changes ?? []) : [],
    held: settled?.held ?? [],
    standings: settled === null ? [] : done ? standingsAfter(settled) : settled.standings,
    differences: done ? (settled?.differences ?? []) : [],
    objects: result.objects,
    requests: {
      source: attempts.reduce((sum, one) => sum + one.read.requests + one.pictureRequests, 0),
      ...result.requests,
    },
    issues: inSheetOrder([...outside, ...(settled?.findings ?? []), ...(inspection?.findings ?? [])], scheme),
    completeness: inspection?.kind === 'usable' ? inspection.sheet.completeness : [],
    sourceFailure: failure,
  };
}

/** What went wrong outside the workbook, as a finding without a place. */
export function findingOf(
  failure: { code: string; message: string; fix: string },
  severity: Finding['severity'] = 'error',
): Finding {
  const nowhere = { tab: null, cell: null, row: null, column: null, department: null, value: null };
  const { code, message, fix } = failure;
  return { severity, code, ...nowhere, message, fix };
}
