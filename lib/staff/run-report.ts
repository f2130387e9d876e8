import type { SourceFailure } from '../failure.ts';
import type { Finding } from '../findings/finding.ts';
import type { Completeness } from '../goals/completeness.ts';
import type { Change } from '../goals/model/published.ts';
import type { HeldDepartment, Settled } from '../goals/settle/settle.ts';

import type { Scheme } from '../text/scheme.ts';

/**
 * The room `staff` knows what the staff and the operators are told of a run: in the sheet, by mail, in the record, and by the template. It
 * may import `text`, `findings`, `workbook`, `goals`, `stores`, `release`. Begin at {@link RunReport}.
 */

/** What came of a run. */
export interface RunReport {
  readonly release: string | null;
  readonly outcome: 'published' | 'unchanged' | 'blocked' | 'failed';
  /** Ids of departments whose version in the sheet is on the site. */
  readonly published: readonly string[];
  /** What this run changed on the site. */
  readonly changes: readonly Change[];
  readonly held: readonly HeldDepartment[];
  /** Every department, in the order of the sheet: who is out, who is not, and why. */
  readonly standings: Settled['standings'];
  /** {@link changes} in words, before and after. */
  readonly differences: Settled['differences'];
  /** 自治体名; null where the sheet could not be used. */
  readonly municipality: string | null;
  /** The city's own words. */
  readonly scheme: Scheme;
  readonly objects: { readonly written: number; readonly unchanged: number; readonly deleted: number };
  readonly requests: { readonly source: number; readonly site: number; readonly state: number };
  readonly issues: readonly Finding[];
  /** Who has filled in what, drafts too; empty where the sheet could not be used. */
  readonly completeness: readonly Completeness[];
  /** Set where the source could not be read: what kind of failure it was. */
  readonly sourceFailure: SourceFailure | null;
}
