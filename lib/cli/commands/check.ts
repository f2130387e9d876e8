import type { Finding } from '../../goals/finding.ts';
import { settle } from '../../goals/settle.ts';
import { findingOf, inspect } from '../../pipeline.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { openSource } from '../options.ts';
import { countsOf, tellFindings } from '../report.ts';

/** `check`: reads and validates; writes nothing. */
export async function check(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const opened = await openSource(args.required('source'), io);
  if (!opened.ok) return finish([findingOf(opened.failure)], 2, args, io);
  io.tell(io.words.reading(opened.source.name));
  const inspection = await inspect(opened.source, io.now);
  if (inspection.kind === 'unreadable') return finish([findingOf(inspection.failure)], 3, args, io);
  if (inspection.kind === 'unusable') return finish(inspection.findings, 3, args, io);
  const settled = settle(inspection.sheet, null, io.now);
  const findings = inspection.findings;
  const names = settled.published.years.flatMap((year) => year.departments.map(({ department }) => department.name));
  const status = findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  return finish(findings, status, args, io, () => {
    io.tell(io.words.wouldPublish([...new Set(names)]));
    if (settled.held.length > 0) io.tell(io.words.wouldHold([...new Set(settled.held.map((held) => held.department))]));
  });
}

function finish(
  issues: readonly Finding[],
  status: ExitStatus,
  args: ParsedArguments,
  io: CommandIo,
  conclude: () => void = () => io.tell(io.words.wouldBlock),
): ExitStatus {
  const counts = countsOf(issues);
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ ok: status === 0, counts, issues }, null, 2)}\n`);
    return status;
  }
  tellFindings(issues, io);
  if (issues.length > 0) io.tell('');
  io.tell(issues.length === 0 ? io.words.noFindings : io.words.counts(counts.error, counts.warning, counts.notice));
  conclude();
  return status;
}
