import type { Place } from '../../findings/catalogue.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { isBlank, isErrorValue } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';
import type { DepartmentEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { departmentPlace, evaluationPlace, goalPlace, indicatorPlace, report } from './rule.ts';

/** A row with what it says of its year. */
interface DatedRow {
  readonly fiscalYear: number | null;
  readonly field: Field | undefined;
  readonly place: () => Place;
  readonly holds: readonly DepartmentEntry[];
}

/** The rows of whose year something is to be looked at. */
function* datedRows(sheet: JoinedSheet, isOdd: (fiscalYear: number | null) => boolean): Generator<DatedRow> {
  for (const entry of sheet.departments) {
    const { row, fiscalYear } = entry;
    if (!isOdd(fiscalYear)) continue;
    const field = row.fields.fiscalYear;
    yield { fiscalYear, field, place: () => departmentPlace(sheet, entry, 'fiscalYear'), holds: [entry] };
  }
  for (const goal of sheet.goals) {
    const { row, fiscalYear, concerns } = goal;
    if (!isOdd(fiscalYear)) continue;
    const field = row.fields.fiscalYear;
    yield { fiscalYear, field, place: () => goalPlace(sheet, goal, 'fiscalYear'), holds: concerns };
  }
  for (const one of sheet.indicators) {
    const { row, fiscalYear, concerns } = one;
    if (!isOdd(fiscalYear)) continue;
    const field = row.fields.fiscalYear;
    yield { fiscalYear, field, place: () => indicatorPlace(sheet, one, 'fiscalYear'), holds: concerns };
  }
  for (const one of sheet.evaluations) {
    const { row, fiscalYear, concerns } = one;
    if (!isOdd(fiscalYear)) continue;
    const field = row.fields.fiscalYear;
    yield { fiscalYear, field, place: () => evaluationPlace(sheet, one, 'fiscalYear'), holds: concerns };
  }
}

/** 年度 in none of the forms of section 1 of the contract: the row is in no year. */
export function* unreadableYears(sheet: JoinedSheet): Generator<Report> {
  for (const { field, place, holds } of datedRows(sheet, (fiscalYear) => fiscalYear === null)) {
    const text = field?.text ?? '';
    if (isBlank(text) || isErrorValue(text)) continue;
    // Where a date's format hides the number, that is what is said.
    if (field?.mark?.date !== undefined) continue;
    yield report('unreadable-fiscal-year', place(), {}, holds);
  }
}

/** Years far from that of 設定 are mostly slips (令和16年度 for 令和6年度); archives go back, so not even ten years are too many. */
const farOff = 10;

/** 年度 that is far from that of 設定. */
export function* yearsFarOff(sheet: JoinedSheet): Generator<Report> {
  const current = sheet.settings.fiscalYear;
  const yearsOff = (fiscalYear: number | null): number => (fiscalYear === null ? 0 : Math.abs(fiscalYear - current));
  for (const { fiscalYear, place } of datedRows(sheet, (year) => yearsOff(year) > farOff)) {
    if (fiscalYear === null) continue;
    const years = yearsOff(fiscalYear);
    yield report('fiscal-year-far-off', place(), { year: fiscalYearLabel(fiscalYear), years });
  }
}
