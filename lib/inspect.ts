import type { Finding } from './findings/finding.ts';
import { sortFindings } from './findings/finding.ts';
import type { UsableSheet } from './goals/settle/settle.ts';
import { validate } from './goals/validate.ts';
import { matchKey } from './text/normalize.ts';
import type { Scheme } from './text/scheme.ts';
import { inWords, knownUnits } from './text/scheme.ts';
import { allTabs } from './workbook/columns.ts';
import { parseWorkbook } from './workbook/parse.ts';
import { publishNowIn } from './workbook/publish-now.ts';
import type { Workbook } from './workbook/workbook.ts';

/** What a workbook holds, before it is held against what was published. */
export type Inspection = {
  readonly findings: readonly Finding[];
  /** The city's own words. */
  readonly scheme: Scheme;
  /** Staff ask for publication at once. */
  readonly publishNow: boolean;
} & (
  | { readonly kind: 'usable'; readonly sheet: UsableSheet }
  /** No needed tab, header or setting may be missing: nothing can be published. */
  | { readonly kind: 'unusable' }
);

/**
 * Reads what a workbook says and checks it. Pure: the one place where a workbook is parsed in a run.
 *
 * @param now the instant of the run
 */
export function inspect(workbook: Workbook, now: Date): Inspection {
  const { rows, findings, scheme } = parseWorkbook(workbook);
  if (rows === null) return { kind: 'unusable', findings: inSheetOrder(findings, scheme), scheme, publishNow: false };
  const sheet = validate(rows, now);
  const found = {
    findings: inSheetOrder([...findings, ...sheet.findings], scheme),
    scheme,
    publishNow: publishNowIn(rows.settings)?.ticked ?? false,
  };
  const { settings } = sheet;
  return settings === null
    ? { kind: 'unusable', ...found }
    : { kind: 'usable', sheet: { ...sheet, settings }, ...found };
}

/** Findings in the order in which a person goes through the workbook. */
export function inSheetOrder(findings: readonly Finding[], scheme: Scheme): Finding[] {
  const order = allTabs.flatMap(({ key, name }) =>
    key === 'departments' ? [scheme.unit, ...knownUnits] : [inWords(name, scheme)],
  );
  return sortFindings(findings, order.map(matchKey));
}
