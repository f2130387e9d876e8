import type { Visibility } from '../join/joined-sheet.ts';

/** What 決裁 means for the newest version of a department. */
export type Approval =
  /** There is no such column, or it says something new, or 緊急. */
  | 'given'
  /** Nobody has approved it yet. */
  | 'awaiting'
  /** The content has changed since, and the cell has not. */
  | 'changed';

/** What is known of the newest version of a department. */
export interface Standing {
  readonly visibility: Visibility;
  /** Something holds it back: an error, or required content that is missing. */
  readonly hasErrors: boolean;
  readonly approval: Approval;
}

/**
 * - `withdraw`: taken off the site
 * - `keep`: the site stays as it was, and nobody is asked to do anything
 * - `hold`: the site stays as it was, since something is wrong
 * - `publish`: the site says what the sheet says
 *
 * `keep` and `hold` show what was published last, or nothing where nothing was.
 */
export type Decision = 'withdraw' | 'keep' | 'hold' | 'publish';

/** The first line that fits decides. What a line does not name may be anything. */
const decisions: readonly (Partial<Standing> & { readonly decision: Decision })[] = [
  { visibility: 'withdrawn', hasErrors: false, decision: 'withdraw' },
  { visibility: 'withdrawn', decision: 'hold' },
  // A draft is never held, whatever else is wrong in its row.
  { visibility: 'draft', decision: 'keep' },
  // What waits for its approval waits like a draft.
  { approval: 'awaiting', decision: 'keep' },
  { hasErrors: true, decision: 'hold' },
  { approval: 'changed', decision: 'hold' },
  { decision: 'publish' },
];

/** What becomes of a department. Source: 公開 and 決裁 in section 1, and section 2 of the contract. */
export function decide(standing: Standing): Decision {
  const line = decisions.find(
    ({ visibility, hasErrors, approval }) =>
      (visibility === undefined || visibility === standing.visibility) &&
      (hasErrors === undefined || hasErrors === standing.hasErrors) &&
      (approval === undefined || approval === standing.approval),
  );
  // The last line fits everything.
  return line?.decision ?? 'publish';
}
