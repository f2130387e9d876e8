import { matchKey } from '../text/normalize.ts';

/**
 * - `error`: the department is held back
 * - `warning`: published, but somebody should look at it
 * - `notice`: normalized, or odd
 */
export type Severity = 'error' | 'warning' | 'notice';

/** What is wrong with one place of the workbook, and what to do about it. Fields that do not apply are null. */
export interface Finding {
  readonly severity: Severity;
  /** Stable English slug, as in the catalogue of findings. */
  readonly code: string;
  /** The tab's name as written in the workbook. */
  readonly tab: string | null;
  /** A1 notation. */
  readonly cell: string | null;
  /** From 1. */
  readonly row: number | null;
  /** The column's name in the contract, not its alias. */
  readonly column: string | null;
  /** 部名 of the department concerned. */
  readonly department: string | null;
  /** What the cell shows, untouched. */
  readonly value: string | null;
  /** Plain Japanese: what is wrong. */
  readonly message: string;
  /** Plain Japanese: what to do about it. */
  readonly fix: string;
}

/**
 * Findings in the order in which a person goes through the workbook: by tab, then row, then column.
 *
 * @param tabOrder names of the tabs, as {@link matchKey} compares them; other tabs come last, findings without one first
 */
export function sortFindings(findings: readonly Finding[], tabOrder: readonly string[]): Finding[] {
  const rank = (tab: string | null): number => {
    if (tab === null) return -1;
    const index = tabOrder.indexOf(matchKey(tab));
    return index === -1 ? tabOrder.length : index;
  };
  const columnNumber = (cell: string | null): number => {
    const letters = /^[A-Z]+/u.exec(cell ?? '')?.[0] ?? '';
    return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
  };
  return findings.toSorted(
    (a, b) => rank(a.tab) - rank(b.tab) || (a.row ?? 0) - (b.row ?? 0) || columnNumber(a.cell) - columnNumber(b.cell),
  );
}
