import type { SourceFailure } from '../failure.ts';
import type { PicturePlace } from '../goals/cells/portrait.ts';
import type { LostPicture } from '../goals/portraits.ts';
import type { SheetReport } from '../staff/confirmation.ts';
import type { SeenSheet } from '../staff/seen-sheet.ts';
import type { Workbook } from '../workbook/workbook.ts';

/**
 * The room `sources` knows how a workbook is read, from files and from Google, and how the sheet is answered in. It may import `text`,
 * `workbook`, `goals`, `staff`. Begin at {@link Source}.
 */

/** Where a workbook comes from: a file, a folder, a Google Sheet. */
export interface Source {
  /** For people: `reiwa6.xlsx`, `google:1AbC…`. Never holds a secret. */
  readonly name: string;
  /**
   * Reads all tabs that are read. Never throws for what can go wrong outside the program: that is a `SourceFailure`.
   *
   * @param previous what an earlier reading gave to be kept: it makes this one cheaper, and changes nothing of it
   */
  read(previous?: SeenSheet | null): Promise<SourceResult>;
}

export type SourceResult =
  | {
      readonly ok: true;
      readonly workbook: Workbook;
      readonly version: string | null;
      readonly requests: number;
      /** To be kept for the next reading, by a source that makes use of it. */
      readonly seen?: SeenSheet;
      /** Finds the pictures that the sheet names; a source that has none leaves it out. */
      readonly pictures?: PictureFinder;
      /** Says in the sheet what came of this reading; a source that nobody can answer in has none. */
      readonly answer?: (report: SheetReport) => Promise<Answered>;
    }
  | { readonly ok: false; readonly failure: SourceFailure; readonly requests: number };

/** Finds the pictures that a sheet names. Never throws for what can go wrong outside the program. */
export interface PictureFinder {
  /** How many requests it has made so far; a file is one. */
  readonly requests: number;
  /** Looks for a picture. Its bytes are fetched only when they are asked for. */
  find(place: Exclude<PicturePlace, { kind: 'cell' }>): Promise<FoundPicture | PictureNotHad>;
}

export interface FoundPicture {
  /** SHA-256 of its bytes, in hexadecimal digits; null where only the bytes can tell. */
  readonly digest: string | null;
  bytes(): Promise<Uint8Array | PictureNotHad>;
}

/** `unreachable`: it may be there, and did not come. */
export type PictureNotHad = LostPicture | 'unknown-kind' | 'too-large' | 'unreachable';

/** What came of answering in a sheet. */
export interface Answered {
  /** `overtaken`: the sheet was edited since the reading, as a second look shows, and the next run will answer. */
  readonly outcome: 'written' | 'unchanged' | 'overtaken' | 'failed';
  readonly failure: SourceFailure | null;
  /** What to keep for the next reading instead of what the reading gave. */
  readonly seen?: SeenSheet;
}
