import type { SourceFailure } from './failure.ts';
import type { Finding } from './findings/finding.ts';
import { sortFindings } from './findings/finding.ts';
import type { Published } from './goals/model/published.ts';
import type { Settings } from './goals/settings.ts';
import type { Settled } from './goals/settle/settle.ts';
import { settle } from './goals/settle/settle.ts';
import type { ValidatedSheet } from './goals/validate.ts';
import { validate } from './goals/validate.ts';
import { renderSite } from './pages/render.ts';
import { buildSite } from './release/build-site.ts';
import type { ReleaseOptions, ReleaseResult } from './release/change-site.ts';
import type { Plan } from './release/release.ts';
import type { Source } from './sources/source.ts';
import type { RunReport } from './staff/run-report.ts';
import type { OutputFolder } from './stores/folder/output-folder.ts';
import type { Stores } from './stores/store.ts';
import { matchKey } from './text/normalize.ts';
import { choicesTab, departmentsTab, goalsTab, settingsTab } from './workbook/columns.ts';
import { parseWorkbook } from './workbook/parse.ts';

/**
 * The way from a sheet to a site, in one screen: read → parse → validate → settle → render → release. Everything between the
 * first and the last step is pure.
 */

/** What a source holds, before it is held against what was published. */
export type Inspection =
  | { readonly kind: 'unreadable'; readonly failure: SourceFailure; readonly requests: number }
  /** No required tab, header or setting may be missing: nothing can be published. */
  | { readonly kind: 'unusable'; readonly findings: readonly Finding[]; readonly requests: number }
  | {
      readonly kind: 'usable';
      readonly sheet: ValidatedSheet & { readonly settings: Settings };
      readonly findings: readonly Finding[];
      readonly version: string | null;
      readonly requests: number;
    };

/**
 * Reads and checks a source. Writes nothing.
 *
 * @param now the instant of the run
 */
export async function inspect(source: Source, now: Date): Promise<Inspection> {
  const read = await source.read();
  const { requests } = read;
  if (!read.ok) return { kind: 'unreadable', failure: read.failure, requests };
  const parsed = parseWorkbook(read.workbook);
  if (parsed.rows === null) return { kind: 'unusable', findings: inSheetOrder(parsed.findings), requests };
  const sheet = validate(parsed.rows, now);
  const { settings } = sheet;
  if (settings === null) return { kind: 'unusable', findings: inSheetOrder(sheet.findings), requests };
  return {
    kind: 'usable',
    sheet: { ...sheet, settings },
    findings: inSheetOrder(sheet.findings),
    version: read.version,
    requests,
  };
}

export interface PipelineDependencies {
  readonly source: Source;
  /** Without a state nothing is remembered, and the site is a folder. */
  readonly stores: Stores | { readonly site: OutputFolder; readonly state: null };
  /** The public address of the site, with a trailing slash, or null where it is not known. */
  readonly siteUrl: string | null;
}

/** What one look at the source came to. */
interface Attempt {
  readonly inspection: Inspection;
  /** Null where the source held nothing to settle. */
  readonly settled: Settled | null;
}

/**
 * Brings a site up to date with its sheet.
 *
 * The sheet is read after the state, and read again where another publisher was faster: so an older sheet can never be put over
 * a newer one.
 *
 * @param options when the run takes place, and how long it may take
 */
export async function runPipeline(
  { source, stores, siteUrl }: PipelineDependencies,
  options: ReleaseOptions,
): Promise<RunReport> {
  const attempts: Attempt[] = [];
  const plan = async (previous: Published | null): Promise<Plan> => {
    const inspection = await inspect(source, options.now);
    const settled = inspection.kind === 'usable' ? settle(inspection.sheet, previous, options.now) : null;
    attempts.push({ inspection, settled });
    if (inspection.kind !== 'usable' || settled?.kind !== 'settled') return { kind: 'blocked' };
    const { published, changes } = settled;
    const files = renderSite(published, { siteUrl });
    return { kind: 'release', files, published, changes, sourceVersion: inspection.version, sourceReadAt: null };
  };
  const result =
    stores.state === null
      ? await buildSite(stores.site, plan)
      : // What a release needs beyond a build takes longer to load than a build takes.
        await (await import('./release/release.ts')).release(stores, plan, options);
  return reportOf(attempts, result);
}

function reportOf(attempts: readonly Attempt[], result: ReleaseResult): RunReport {
  const { inspection, settled } = attempts.at(-1) ?? { inspection: null, settled: null };
  const failure = inspection?.kind === 'unreadable' ? inspection.failure : null;
  const outside = [result.problem, failure].flatMap((problem) => (problem === null ? [] : [findingOf(problem)]));
  const inside = inspection === null || inspection.kind === 'unreadable' ? [] : inspection.findings;
  const done = result.outcome === 'published' || result.outcome === 'unchanged';
  return {
    release: result.release,
    outcome: result.outcome,
    published: done ? (settled?.publishedIds ?? []) : [],
    changes: done ? (settled?.changes ?? []) : [],
    held: settled?.held ?? [],
    objects: result.objects,
    requests: {
      source: attempts.reduce((sum, attempt) => sum + attempt.inspection.requests, 0),
      ...result.requests,
    },
    issues: inSheetOrder([...outside, ...(settled?.findings ?? []), ...inside]),
    completeness: inspection?.kind === 'usable' ? inspection.sheet.completeness : [],
    sourceFailure: failure,
  };
}

/** What went wrong outside the workbook, as a finding without a place. */
export function findingOf(failure: { code: string; message: string; fix: string }): Finding {
  const nowhere = { tab: null, cell: null, row: null, column: null, department: null, value: null };
  const { code, message, fix } = failure;
  return { severity: 'error', code, ...nowhere, message, fix };
}

const tabOrder = [settingsTab, departmentsTab, goalsTab, choicesTab].map((tab) => matchKey(tab.name));

/** Findings in the order in which a person goes through the workbook. */
export function inSheetOrder(findings: readonly Finding[]): Finding[] {
  return sortFindings(findings, tabOrder);
}
