import { isBlank, matchKey, normalizeText } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';

/** `緊急` publishes at once. Source: 決裁 in section 1 of the contract. */
export function isUrgent(text: string): boolean {
  return matchKey(text).replaceAll(/[()〔〕[\]【】「」]/gu, '') === '緊急';
}

/**
 * What 決裁 says of a department: `none` where there is no such column, `blank` where nobody has approved it yet, else the text, by which a
 * later change of the content is told from one that was approved anew.
 */
export function readApproval(field: Field | undefined): 'none' | 'blank' | { readonly text: string } {
  if (field === undefined) return 'none';
  return isBlank(field.text) ? 'blank' : { text: normalizeText(field.text) };
}
