import type { Finding, Severity } from '../findings/finding.ts';
import type { CommandIo } from './io.ts';
import { quoted } from './quoted.ts';

/** Counts findings by severity. */
export function countsOf(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

const severities = ['error', 'warning', 'notice'] as const;

const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', notice: '36' };

/**
 * Findings for people, a paragraph each: those of the whole sheet first, then by department; within, in the order of the
 * sheet.
 */
export function tellFindings(findings: readonly Finding[], io: CommandIo): void {
  const groups = Map.groupBy(findings, ({ department }) => department);
  const whole = groups.get(null);
  const byDepartment = [...groups].filter(([department]) => department !== null);
  for (const [department, group] of [...(whole === undefined ? [] : [[null, whole] as const]), ...byDepartment]) {
    const counts = countsOf(group);
    const found = severities.filter((severity) => counts[severity] > 0);
    const summary = found.map((severity) => `${io.words.severity[severity]} ${counts[severity]}`).join('、');
    const name = department === null ? io.words.elsewhere : quoted(department).slice(1, -1);
    io.tell('');
    io.tell(`■ ${name}（${summary}）`);
    for (const finding of group) tellFinding(finding, io);
  }
}

function tellFinding({ severity, tab, cell, column, value, message, fix }: Finding, io: CommandIo): void {
  const label = io.words.severity[severity];
  const head = io.colour ? `\u001b[${colours[severity]}m${label}\u001b[0m` : label;
  const where = [tab, cell, column === null ? null : `（${column}）`].filter((part) => part !== null).join(' ');
  io.tell(`  ${[head, where, value === null ? '' : quoted(value)].filter((part) => part !== '').join(' ')}`);
  io.tell(`    ${message}`);
  io.tell(`    → ${fix}`);
}
