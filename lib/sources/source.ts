import type { SourceFailure } from '../failure.ts';
import type { Workbook } from '../workbook/workbook.ts';

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
