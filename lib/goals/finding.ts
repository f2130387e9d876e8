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
