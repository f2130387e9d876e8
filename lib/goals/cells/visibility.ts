import { isBlank, matchKey } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';
import type { Visibility } from '../join/joined-sheet.ts';

const visibilities: ReadonlyMap<string, Visibility> = new Map([
  ['公開', 'public'],
  ['下書き', 'draft'],
  ['取下げ', 'withdrawn'],
  ['取り下げ', 'withdrawn'],
  // A box to tick. Source: section 8 of the contract.
  ['true', 'public'],
  ['false', 'draft'],
]);

/** The visibility that a word stands for, or null. */
export function visibilityOf(text: string): Visibility | null {
  return visibilities.get(matchKey(text)) ?? null;
}

/**
 * Reads 公開. Source: section 1 of the contract: where the column is missing every department may be published; where it is
 * there, a blank means 下書き. Null where the word is none of the three.
 */
export function readVisibility(field: Field | undefined): Visibility | null {
  if (field === undefined) return 'public';
  return isBlank(field.text) ? 'draft' : visibilityOf(field.text);
}
