import type { Finding } from '../findings/finding.ts';
import { csvTable } from '../pages/data/csv-table.ts';

/** What stands in the table: the words of the staff, whatever the language of the commands. */
const severities: Readonly<Record<Finding['severity'], string>> = {
  error: 'エラー',
  warning: '注意',
  notice: 'お知らせ',
};

const columns: readonly (readonly [header: string, value: (finding: Finding) => string | null])[] = [
  ['重要度', ({ severity }) => severities[severity]],
  ['組織', ({ department }) => department],
  ['シート', ({ tab }) => tab],
  ['セル', ({ cell }) => cell],
  ['項目', ({ column }) => column],
  ['入力されている内容', ({ value }) => value],
  ['指摘', ({ message }) => message],
  ['どうすればよいか', ({ fix }) => fix],
  ['符号', ({ code }) => code],
];

/**
 * Findings as a table to mail to a department: UTF-8 with BOM, RFC 4180, one line a record, and no cell that a spreadsheet
 * program would take for a formula.
 */
export function findingsCsv(findings: readonly Finding[]): string {
  const records = findings.map((finding) => columns.map(([, value]) => onOneLine(value(finding) ?? '')));
  return csvTable([columns.map(([header]) => header), ...records]);
}

/** Line breaks and tabs become spaces, and what nobody sees is left out. */
function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
}
