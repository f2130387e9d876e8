import { parseFiscalYear } from '../../text/fiscal-year.ts';
import { isBlank } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';
import type { Phase } from '../model/dataset.ts';
import type { Settings } from '../settings.ts';

/** What the phase of a year means for its rows. Source: section 1 of the contract, on 年度, 段階 and 題名. */
export function phaseOf(fiscalYear: number, settings: Settings): Phase {
  if (fiscalYear < settings.fiscalYear) return 'result';
  if (fiscalYear > settings.fiscalYear) return 'plan';
  return settings.phase;
}

/** The year of a row: that of 設定 where it gives none. Null where it cannot be read. */
export function yearOf(field: Field | undefined, settings: Settings): number | null {
  return field === undefined || isBlank(field.text) ? settings.fiscalYear : parseFiscalYear(field.text);
}
