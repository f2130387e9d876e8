import { finding } from '../../findings/catalogue.ts';
import type { Finding } from '../../findings/finding.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import type { PublishedYear } from '../model/published.ts';
import type { Settings } from '../settings.ts';
import type { CheckedDepartment, ValidatedSheet } from '../validate.ts';

/**
 * Departments of a year whose goals are word for word those of the year before: 年度 of 設定 was set to the new year, and the rows were
 * left as they were. Not where the row itself says its year, nor where that content is on the site already.
 */
export function sameAsLastYear(
  fiscalYear: number,
  rows: readonly CheckedDepartment[],
  { settings, departments }: ValidatedSheet & { readonly settings: Settings },
  { before, lastYear }: { readonly before: PublishedYear | undefined; readonly lastYear: PublishedYear | undefined },
): { readonly finding: Finding; readonly rows: ReadonlySet<CheckedDepartment> } | null {
  const goalsBefore = new Map<string, string>();
  for (const { department } of lastYear?.departments ?? []) goalsBefore.set(department.id, textsOf(department));
  for (const { content, fiscalYear: year } of departments) {
    if (content !== null && year === fiscalYear - 1) goalsBefore.set(content.id, textsOf(content));
  }
  if (goalsBefore.size === 0) return null;
  const isOnSite = new Set((before?.departments ?? []).map(({ department }) => department.id));
  const copies = rows.filter(({ content, isYearTyped, visibility }) => {
    if (content === null || isYearTyped || visibility === 'draft' || isOnSite.has(content.id)) return false;
    return content.goals.length > 0 && goalsBefore.get(content.id) === textsOf(content);
  });
  const [first] = copies;
  if (first === undefined) return null;
  const facts = {
    year: fiscalYearLabel(fiscalYear),
    before: fiscalYearLabel(fiscalYear - 1),
    departments: copies.map(({ name }) => name),
  };
  return { finding: finding('same-as-last-year', first.place, facts, settings.scheme), rows: new Set(copies) };
}

function textsOf({ goals }: { readonly goals: readonly { readonly number: number; readonly text: string }[] }): string {
  return JSON.stringify(goals.map(({ number, text }) => [number, text]));
}
