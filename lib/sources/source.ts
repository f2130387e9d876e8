import type { SourceFailure } from '../failure.ts';
import type { SheetReport } from '../staff/confirmation.ts';
import type { Workbook } from '../workbook/workbook.ts';

/** Where a workbook comes from: a file, a folder, a Google Sheet. */
export interface Source {
  /** For people: `reiwa6.xlsx`, `google:1AbC…`. Never holds a secret. */
  readonly name: string;
  /** Reads all tabs. Never throws for what can go wrong outside the program: that is a `SourceFailure`. */
  read(): Promise<SourceResult>;
}

export type SourceResult =
  | {
      readonly ok: true;
      readonly workbook: Workbook;
      readonly version: string | null;
      readonly requests: number;
      /** Says in the sheet what came of this reading; a source that nobody can answer in has none. */
      readonly answer?: (report: SheetReport) => Promise<Answered>;
    }
  | { readonly ok: false; readonly failure: SourceFailure; readonly requests: number };

/** What came of answering in a sheet. */
export interface Answered {
  /** `overtaken`: the sheet was edited since the reading, as a second look shows, and the next run will answer. */
  readonly outcome: 'written' | 'unchanged' | 'overtaken' | 'failed';
  readonly failure: SourceFailure | null;
}
