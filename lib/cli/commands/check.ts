import { stat } from 'node:fs/promises';
import type { Finding } from '../../findings/finding.ts';
import type { Published } from '../../goals/model/published.ts';
import type { Settled } from '../../goals/settle/settle.ts';
import { settle } from '../../goals/settle/settle.ts';
import type { ValidatedSheet } from '../../goals/validate.ts';
import { inSheetOrder } from '../../inspect.ts';
import { inspectWithPictures } from '../../inspect-pictures.ts';
import { findingOf } from '../../publish.ts';
import { readLastPublished } from '../../release/last-published.ts';
import { openStore } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import { completenessTable } from '../completeness-table.ts';
import { findingsCsv } from '../findings-csv.ts';
import { githubAnnotations } from '../findings-github.ts';
import { countsOf, tellFindings } from '../findings-text.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { instantOf, openSource } from '../options.ts';
import { changesOf, exitStatusOfSource, standingsInWords, standingsOf } from '../report.ts';
import { UsageError } from '../usage.ts';

/** How the findings are written: for people on standard error, or else on standard output. */
const formats = ['text', 'json', 'github', 'csv'] as const;
type Format = (typeof formats)[number];

/** What a check came to. */
interface Checked {
  readonly issues: readonly Finding[];
  readonly status: ExitStatus;
  /** Null where nothing could be published: nothing is to be said of single departments. */
  readonly usable: { readonly sheet: ValidatedSheet; readonly settled: Settled; readonly isCompared: boolean } | null;
}

/**
 * `check`: reads and validates; writes nothing. With `--state` the sheet is also held against what was published, and the
 * last line says what a run would do.
 */
export async function check(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const now = instantOf(args.optional('now'), io);
  const format = formatOf(args, io);
  const source = args.required('source');
  const checked = await checkSource({ location: source, state: args.optional('state'), now }, io);
  const { issues, status } = checked;
  const reminders = args.flag('reminders') ? await remindersOf(checked, now) : undefined;
  if (format === 'json') {
    const { settled, isCompared } = checked.usable ?? { settled: null, isCompared: false };
    const departments = standingsOf(settled?.standings ?? []);
    // Without the state nobody can say what changes.
    const changes = isCompared ? changesOf(settled?.differences ?? []) : [];
    const document = {
      ok: status === 0,
      counts: countsOf(issues),
      issues,
      departments,
      changes,
      ...(reminders !== undefined && { reminders: reminders?.json ?? null }),
    };
    io.out(`${JSON.stringify(document, null, 2)}\n`);
  } else if (format === 'csv') io.out(findingsCsv(issues));
  else if (format === 'github') io.out(githubAnnotations(issues, /^google:/iu.test(source) ? null : source));
  if (format === 'text') tellFindings(issues, io);
  if (format !== 'json') {
    tellConclusion(checked, io);
    if (reminders !== undefined) tellReminders(reminders, io);
  }
  return status;
}

/** Who would be reminded of the deadline, as programs and as people read it; null where no reminder is due. */
interface Reminders {
  readonly json: unknown;
  readonly due: string;
  readonly table: string;
}

async function remindersOf({ usable }: Checked, now: Date): Promise<Reminders | null> {
  const settings = usable?.sheet.settings ?? null;
  if (usable === null || settings === null) return null;
  const { dryRun } = await import('../../staff/reminders/remind.ts');
  const run = dryRun({ ...usable.sheet, settings }, usable.settled.standings, now);
  if (run === null) return null;
  const { day, departments } = run.reminder;
  // An address is private: how many there are is all that is said of them.
  const json = {
    ...day,
    departments: departments.map(({ department, standing, cells, addresses }) => ({
      department,
      standing,
      cells,
      addresses: addresses.length,
    })),
  };
  return { json, due: day.due, table: run.table.body };
}

function tellReminders(reminders: Reminders | null, { words, tell }: CommandIo): void {
  tell('');
  if (reminders === null) {
    tell(words.noReminders);
    return;
  }
  tell(words.reminders(reminders.due));
  for (const line of reminders.table.split('\n')) tell(line === '' ? '' : `  ${line}`);
}

function formatOf(args: ParsedArguments, io: CommandIo): Format {
  const given = args.optional('format');
  const format = formats.find((candidate) => candidate === (given ?? (args.flag('json') ? 'json' : 'text')));
  if (format === undefined) throw new UsageError(io.words.badChoice('--format', formats));
  if (args.flag('json') && format !== 'json') throw new UsageError(io.words.jsonOrFormat);
  return format;
}

async function checkSource(
  { location, state, now }: { readonly location: string; readonly state: string | null; readonly now: Date },
  io: CommandIo,
): Promise<Checked> {
  const unusable = (issues: readonly Finding[], status: ExitStatus): Checked => ({ issues, status, usable: null });
  const opened = await openSource(location, io);
  if (!opened.ok) return unusable([findingOf(opened.failure)], exitStatusOfSource(opened.failure));
  const before = await publishedBefore(state, io);
  if (!before.ok) return unusable([before.issue], 3);
  io.tell(io.words.reading(opened.source.name));
  const read = await opened.source.read();
  if (!read.ok) return unusable([findingOf(read.failure)], exitStatusOfSource(read.failure));
  const inspection = await inspectWithPictures(read, before.published, now);
  if (inspection.kind === 'unusable') return unusable(inspection.findings, 3);
  const settled = settle(inspection.sheet, before.published, now);
  // Without the state nobody can say what was published: nor, then, that it was not.
  const issues =
    state === null
      ? inspection.findings
      : inSheetOrder([...inspection.findings, ...settled.findings], inspection.scheme);
  if (settled.kind === 'blocked') return unusable(issues, 3);
  return {
    issues,
    status: statusOf(issues, settled),
    usable: { sheet: inspection.sheet, settled, isCompared: state !== null },
  };
}

function statusOf(issues: readonly Finding[], { held }: Settled): ExitStatus {
  return held.length > 0 || issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}

type PublishedBefore =
  | { readonly ok: true; readonly published: Published | null }
  | { readonly ok: false; readonly issue: Finding };

export async function publishedBefore(state: string | null, io: CommandIo): Promise<PublishedBefore> {
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

/** Where each department stands, and would stand after a run, on one line. */
function outlook({ settled }: NonNullable<Checked['usable']>, { words }: CommandIo): string {
  return standingsInWords(settled.standings, words).join(words.between);
}

function tellCompleteness({ completeness }: ValidatedSheet, { words, tell }: CommandIo): void {
  const table = completenessTable(completeness, words);
  if (table.length === 0) return;
  tell('');
  tell(words.completeness);
  for (const line of table) tell(`  ${line}`);
}
