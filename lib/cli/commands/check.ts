import { stat } from 'node:fs/promises';
import type { Finding } from '../../findings/finding.ts';
import type { Published } from '../../goals/model/published.ts';
import type { Settled } from '../../goals/settle/settle.ts';
import { settle } from '../../goals/settle/settle.ts';
import type { ValidatedSheet } from '../../goals/validate.ts';
import { findingOf, inSheetOrder, inspectWithPictures } from '../../publish.ts';
import { readLastPublished } from '../../release/last-published.ts';
import { openStore } from '../../stores/open.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import type { ParsedArguments } from '../args.ts';
import { completenessTable } from '../completeness-table.ts';
import { departmentName } from '../department-name.ts';
import { findingsCsv } from '../findings-csv.ts';
import { githubAnnotations } from '../findings-github.ts';
import { countsOf, tellFindings } from '../findings-text.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { openSource } from '../options.ts';
import { exitStatusOfSource } from '../report.ts';
import { UsageError } from '../usage.ts';

/** How the findings are written: for people on standard error, or else on standard output. */
const formats = ['text', 'json', 'github', 'csv'] as const;
type Format = (typeof formats)[number];

/** What a check came to. */
interface Checked {
  readonly issues: readonly Finding[];
  readonly status: ExitStatus;
  /** Null where nothing could be published: nothing is to be said of single departments. */
  readonly usable: { readonly sheet: ValidatedSheet; readonly settled: Settled } | null;
}

/**
 * `check`: reads and validates; writes nothing. With `--state` the sheet is also held against what was published, and the
 * last line says what a run would do.
 */
export async function check(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const format = formatOf(args, io);
  const source = args.required('source');
  const checked = await checkSource(source, args.optional('state'), io);
  const { issues, status } = checked;
  if (format === 'json') {
    io.out(`${JSON.stringify({ ok: status === 0, counts: countsOf(issues), issues }, null, 2)}\n`);
  } else if (format === 'csv') io.out(findingsCsv(issues));
  else if (format === 'github') io.out(githubAnnotations(issues, /^google:/iu.test(source) ? null : source));
  if (format === 'text') tellFindings(issues, io);
  if (format !== 'json') tellConclusion(checked, io);
  return status;
}

function formatOf(args: ParsedArguments, io: CommandIo): Format {
  const given = args.optional('format');
  const format = formats.find((candidate) => candidate === (given ?? (args.flag('json') ? 'json' : 'text')));
  if (format === undefined) throw new UsageError(io.words.badChoice('--format', formats));
  if (args.flag('json') && format !== 'json') throw new UsageError(io.words.jsonOrFormat);
  return format;
}

async function checkSource(location: string, state: string | null, io: CommandIo): Promise<Checked> {
  const unusable = (issues: readonly Finding[], status: ExitStatus): Checked => ({ issues, status, usable: null });
  const opened = await openSource(location, io);
  if (!opened.ok) return unusable([findingOf(opened.failure)], exitStatusOfSource(opened.failure));
  const before = await publishedBefore(state, io);
  if (!before.ok) return unusable([before.issue], 3);
  io.tell(io.words.reading(opened.source.name));
  const read = await opened.source.read();
  if (!read.ok) return unusable([findingOf(read.failure)], exitStatusOfSource(read.failure));
  const inspection = await inspectWithPictures(read, before.published, io.now);
  if (inspection.kind === 'unusable') return unusable(inspection.findings, 3);
  const settled = settle(inspection.sheet, before.published, io.now);
  // Without the state nobody can say what was published: nor, then, that it was not.
  const issues =
    state === null
      ? inspection.findings
      : inSheetOrder([...inspection.findings, ...settled.findings], inspection.scheme);
  if (settled.kind === 'blocked') return unusable(issues, 3);
  return { issues, status: statusOf(issues, settled), usable: { sheet: inspection.sheet, settled } };
}

function statusOf(issues: readonly Finding[], { held }: Settled): ExitStatus {
  return held.length > 0 || issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}

type PublishedBefore =
  | { readonly ok: true; readonly published: Published | null }
  | { readonly ok: false; readonly issue: Finding };

async function publishedBefore(state: string | null, io: CommandIo): Promise<PublishedBefore> {
  if (state === null) return { ok: true, published: null };
  if (!/^s3:\/\//iu.test(state)) {
    const stats = await stat(state).catch(() => null);
    // A misspelt place would look like a city that has published nothing yet.
    if (stats === null || !stats.isDirectory()) throw new UsageError(io.words.notFolder(state));
  }
  const last = await readLastPublished(await openStore(state));
  return last.ok ? last : { ok: false, issue: findingOf(last.problem) };
}

function tellConclusion({ issues, usable }: Checked, io: CommandIo): void {
  const { words, tell } = io;
  if (usable !== null) tellCompleteness(usable.sheet, io);
  tell('');
  const { error, warning, notice } = countsOf(issues);
  tell(issues.length === 0 ? words.noFindings : words.counts(error, warning, notice));
  tell(usable === null ? words.wouldBlock : outlook(usable, io));
}

/** What a run would publish, and what not, on one line. */
function outlook({ sheet, settled }: NonNullable<Checked['usable']>, { words }: CommandIo): string {
  const named = (department: string, fiscalYear: number): string => {
    const name = departmentName(department, words);
    return sheet.years.length > 1 ? `${name}（${fiscalYearLabel(fiscalYear)}）` : name;
  };
  const ids = new Set(settled.publishedIds);
  const ready = sheet.departments.filter(
    ({ visibility, content }) => visibility === 'public' && content !== null && ids.has(content.id),
  );
  const { held, waiting } = settled;
  return [
    words.wouldPublish(ready.map(({ name, fiscalYear }) => named(name, fiscalYear))),
    ...(held.length === 0 ? [] : [words.wouldHold(held.map((one) => named(one.department, one.fiscalYear)))]),
    ...(waiting.drafts.length === 0 ? [] : [words.drafts(waiting.drafts.map((name) => departmentName(name, words)))]),
    ...(waiting.approval.length === 0 ? [] : [words.awaitingApproval(waiting.approval)]),
  ].join(words.between);
}

function tellCompleteness({ completeness }: ValidatedSheet, { words, tell }: CommandIo): void {
  const table = completenessTable(completeness, words);
  if (table.length === 0) return;
  tell('');
  tell(words.completeness);
  for (const line of table) tell(`  ${line}`);
}
