import { finding } from '../../findings/catalogue.ts';
import type { Finding } from '../../findings/finding.ts';
import { parseFiscalYear } from '../../text/fiscal-year.ts';
import { isBlank, isName, normalizeName } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import { headerOf, historyColumns } from '../../workbook/columns.ts';
import type { SheetRows } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import type { Reorganisation } from '../model/published.ts';

/** Reads 組織の変遷: which department became which, and when. A row that cannot be read is left out with a warning. */
export function readHistory(
  table: SheetRows['history'],
  scheme: Scheme,
): { history: Reorganisation[]; findings: Finding[] } {
  const history: Reorganisation[] = [];
  const findings: Finding[] = [];
  if (table === null) return { history, findings };
  for (const { row, fields } of table.rows) {
    const fiscalYear = parseFiscalYear(textIn(fields, 'fiscalYear'));
    const from = textIn(fields, 'from');
    const to = textIn(fields, 'to');
    if (fiscalYear !== null && isName(from) && isName(to)) {
      history.push({ fiscalYear, from: normalizeName(from), to: normalizeName(to) });
      continue;
    }
    const key = fiscalYear === null ? 'fiscalYear' : isBlank(from) ? 'from' : 'to';
    const field = fields[key];
    const place = {
      tab: table.tab,
      cell: field?.cell ?? null,
      row,
      column: headerOf(historyColumns, key, scheme),
    };
    findings.push(finding('unusable-history', { ...place, value: field?.text || null }, {}, scheme));
  }
  return { history, findings };
}
