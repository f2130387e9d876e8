import type { Finding } from '../findings/finding.ts';
import { quoted } from './quoted.ts';

/**
 * Findings as workflow commands of GitHub Actions, a line each: they show as annotations of the run. Source: "Workflow
 * commands for GitHub Actions" in GitHub's documentation, on messages and on escaping.
 *
 * @param file the file that the findings are of, or null where there is none: a Google Sheet
 */
export function githubAnnotations(findings: readonly Finding[], file: string | null): string {
  return findings.map((finding) => `${annotation(finding, file)}\n`).join('');
}

function annotation(
  { severity, code, department, tab, cell, value, message, fix }: Finding,
  file: string | null,
): string {
  const title = [department, code].filter((part) => part !== null).join('：');
  const properties = [...(file === null ? [] : [`file=${escapeProperty(file)}`]), `title=${escapeProperty(title)}`];
  const where = [tab, cell, value === null ? null : quoted(value)].filter((part) => part !== null).join(' ');
  const text = `${where === '' ? '' : `${where}：`}${message}${fix}`;
  return `::${severity} ${properties.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
