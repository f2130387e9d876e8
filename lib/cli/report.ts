import type { SourceFailure } from '../failure.ts';
import type { DepartmentChange, DepartmentStanding } from '../goals/settle/settle.ts';
import type { RunReport } from '../staff/run-report.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import { departmentName } from './department-name.ts';
import { countsOf, tellFindings } from './findings-text.ts';
import type { CommandIo, ExitStatus } from './io.ts';
import type { Words } from './words.ts';

/** The document that `build` and `publish` print with `--json`. */
export function jsonOf({
  release,
  outcome,
  published,
  held,
  objects,
  requests,
  issues,
  completeness: states,
  standings,
  differences,
}: RunReport): string {
  const completeness = states.map(({ fields: _, ...state }) => state);
  const document = {
    release,
    outcome,
    published,
    held,
    objects,
    requests,
    issues,
    completeness,
    departments: standingsOf(standings),
    changes: changesOf(differences),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Where each department stands, as programs read it. */
export function standingsOf(standings: readonly DepartmentStanding[]) {
  return standings.map(({ id, department, fiscalYear, standing, showing }) => ({
    id,
    department,
    fiscalYear,
    standing,
    showing,
  }));
}

/** What changed, before and after, as programs read it. */
export function changesOf(changes: readonly DepartmentChange[]) {
  return changes.map(({ departmentId: id, departmentName: department, fiscalYear, kind, differences }) => ({
    id,
    department,
    fiscalYear,
    kind,
    differences,
  }));
}

const order = ['published', 'held', 'draft', 'awaiting-approval', 'withdrawn'] as const;

/** Who is out and who is not, a sentence for each way of standing that there is. */
export function standingsInWords(
  standings: readonly DepartmentStanding[],
  words: Words,
  shown: readonly DepartmentStanding['standing'][] = order,
): string[] {
  const severalYears = new Set(standings.map(({ fiscalYear }) => fiscalYear)).size > 1;
  const named = ({ department, fiscalYear }: DepartmentStanding): string => {
    const name = departmentName(department, words);
    return severalYears ? `${name}（${fiscalYearLabel(fiscalYear)}）` : name;
  };
  return shown.flatMap((standing) => {
    const names = standings.filter((one) => one.standing === standing).map(named);
    if (names.length > 0) return [words.standing(standing, names)];
    return standing === 'published' ? [words.nothingToPublish] : [];
  });
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
      tell(
        `  ${words.heldDepartment(departmentName(department, words), fiscalYearLabel(fiscalYear), reason, showing)}`,
      );
    }
  }
  for (const line of standingsInWords(report.standings, words, ['draft', 'awaiting-approval', 'withdrawn'])) tell(line);
  const { written, unchanged, deleted } = report.objects;
  if (report.outcome !== 'blocked') tell(words.objects(written, unchanged, deleted));
}

/** The exit status where the source gave no workbook. */
export function exitStatusOfSource({ kind }: SourceFailure): ExitStatus {
  return kind === 'not-found' || kind === 'wrong-kind' ? 2 : 3;
}

/** Whether a failure lies in how the program was set up, and not in the place: then nothing was even asked. */
export function isConfiguration(code: string): boolean {
  return [
    's3-endpoint-invalid',
    's3-region-invalid',
    's3-credentials-malformed',
    'location-invalid',
    'state-inside-site',
  ].includes(code);
}

/** The exit status of a run, as section 5 of the contract lists them. */
export function exitStatusOf(report: RunReport): ExitStatus {
  if (report.sourceFailure !== null) return exitStatusOfSource(report.sourceFailure);
  if (report.outcome === 'failed') return report.issues.some(({ code }) => isConfiguration(code)) ? 2 : 4;
  if (report.outcome === 'blocked') return 3;
  return report.held.length > 0 || report.issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}
