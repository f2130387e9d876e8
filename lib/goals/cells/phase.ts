import type { Phase } from '../model/dataset.ts';
import type { Settings } from '../settings.ts';

/** What the phase of a year means for its rows. Source: section 1 of the contract, on 年度, 段階 and 題名. */
export function phaseOf(fiscalYear: number, settings: Settings): Phase {
  if (fiscalYear < settings.fiscalYear) return 'result';
  if (fiscalYear > settings.fiscalYear) return 'plan';
  return settings.phase;
}
