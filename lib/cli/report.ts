import type { Finding, Severity } from '../goals/finding.ts';
import { fiscalYearLabel } from '../goals/fiscal-year.ts';
import type { RunReport } from '../pipeline.ts';
import type { CommandIo, ExitStatus } from './io.ts';

/** Counts findings by severity. */
export function countsOf(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Shortens what a cell shows to one quoted line; controls, which could drive a terminal, are not passed on. */
function quoted(value: string): string {
  const line = value.replace(/\s+/gu, ' ').replace(/\p{C}/gu, '');
  const letters = [...line];
  return `「${letters.length > 30 ? `${letters.slice(0, 30).join('')}…` : line}」`;
}

const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', notice: '36' };

/** Findings for people, a paragraph each, grouped by department. */
export function tellFindings(findings: readonly Finding[], io: CommandIo): void {
  const { words, tell, colour } = io;
  for (const [department, group] of Map.groupBy(findings, ({ department: name }) => name)) {
    tell('');
    tell(`■ ${department ?? words.elsewhere}`);
    for (const { severity, tab, cell, value, message, fix } of group) {
      const label = words.severity[severity];
      const head = colour ? `\u001b[${colours[severity]}m${label}\u001b[0m` : label;
      const where = tab === null ? '' : ` ${tab}${cell === null ? '' : ` ${cell}`}`;
      tell(`  ${head}${where}${value === null ? '' : ` ${quoted(value)}`}`);
      tell(`    ${message}`);
      tell(`    → ${fix}`);
    }
  }
}

/** The document that `build` and `publish` print with `--json`. */
export function jsonOf({ release, outcome, published, held, objects, requests, issues }: RunReport): string {
  return `${JSON.stringify({ release, outcome, published, held, objects, requests, issues }, null, 2)}\n`;
}

/** What came of a run, for people. */
export function tellRun(report: RunReport, io: CommandIo): void {
  const { words, tell } = io;
  tellFindings(report.issues, io);
  if (report.issues.length > 0) tell('');
  const { error, warning, notice } = countsOf(report.issues);
  tell(words.counts(error, warning, notice));
  if (report.outcome === 'published') tell(words.published(report.published.length, report.release ?? ''));
  else tell(words[report.outcome]);
  if (report.held.length > 0) {
    tell(words.held(report.held.length));
    for (const { department, fiscalYear, reason, showing } of report.held) {
      tell(`  ${words.heldDepartment(department, fiscalYearLabel(fiscalYear), reason, showing)}`);
    }
  }
  const { written, unchanged, deleted } = report.objects;
  if (report.outcome !== 'blocked') tell(words.objects(written, unchanged, deleted));
}

/** The exit status of a run, as section 5 of the contract lists them. */
export function exitStatusOf(report: RunReport): ExitStatus {
  const kind = report.sourceFailure?.kind;
  if (kind === 'not-found' || kind === 'wrong-kind') return 2;
  if (report.outcome === 'failed') return 4;
  if (report.outcome === 'blocked') return 3;
  return report.held.length > 0 || report.issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}
