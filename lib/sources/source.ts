import type { Workbook } from '../sheet/workbook.ts';

/** Where a workbook comes from: a file, a folder, a Google Sheet. */
export interface Source {
  /** For people: `reiwa6.xlsx`, `google:1AbC…`. Never holds a secret. */
  readonly name: string;
  /** Reads all tabs. Never throws for what can go wrong outside the program: that is a `SourceFailure`. */
  read(): Promise<SourceResult>;
}

export type SourceResult =
  | { readonly ok: true; readonly workbook: Workbook; readonly version: string | null; readonly requests: number }
  | { readonly ok: false; readonly failure: SourceFailure; readonly requests: number };

/**
 * Why a source gave no workbook.
 *
 * - `not-found`, `wrong-kind`: what was named is not there, or cannot be what was meant (exit status 2)
 * - `unreadable`: it is there, and may not be read, or is no workbook (exit status 3)
 * - `refused`, `unavailable`: a service would not, or could not, answer (exit status 3)
 */
export interface SourceFailure {
  readonly kind: 'not-found' | 'wrong-kind' | 'unreadable' | 'refused' | 'unavailable';
  /** Stable English slug, becomes the finding's code. */
  readonly code: string;
  /** Plain Japanese: what is wrong, and what to do about it. */
  readonly message: string;
  readonly fix: string;
}
