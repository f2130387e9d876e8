import * as z from 'zod';
import type { SourceFailure } from '../../failure.ts';
import type { SheetReport } from '../../staff/confirmation.ts';
import { findPublishNow, type PublishNowCell } from '../../workbook/publish-now.ts';
import type { Workbook } from '../../workbook/workbook.ts';
import type { Source, SourceResult } from '../source.ts';
import { planAnswer } from './answer-plan.ts';
import type { Attempted } from './attempts.ts';
import { notASheet, trashed } from './failures.ts';
import { type GoogleSheetDeps, type Session, sessions } from './session.ts';
import {
  contentDigest,
  isLoading,
  type Spreadsheet,
  spreadsheetFields,
  spreadsheetSchema,
  workbookOf,
} from './spreadsheet.ts';

/** What a caller keeps of one reading for the next poll. Plain JSON. Keep it only once all that follows from it is done. */
export interface SeenSheet {
  /** Drive's version of the file, looked up before the sheet was read: what changed in between is seen next time. */
  readonly version: string;
  /** When the sheet was last read in full, epoch milliseconds. */
  readonly readAt: number;
  /** Fingerprint of what the sheet said. */
  readonly digest: string;
}

/** One reading of the sheet, with what answering in it needs. */
export interface SheetReading {
  readonly workbook: Workbook;
  readonly spreadsheet: Spreadsheet;
  readonly publishNow: PublishNowCell | null;
  readonly seen: SeenSheet;
}

export type PollResult =
  /** The sheet says what it said: nothing to do but to keep `seen` (it can be newer than the one given). */
  | { readonly outcome: 'unchanged'; readonly seen: SeenSheet; readonly requests: number }
  | { readonly outcome: 'changed'; readonly reading: SheetReading; readonly requests: number }
  | { readonly outcome: 'failed'; readonly failure: SourceFailure; readonly requests: number };

export interface GoogleSheetSource extends Source {
  /**
   * Reads the sheet only where it may have changed since `previous`: 1 request where Drive's version is the same and the
   * sheet was read within a day (a formula can change with no edit), 2 otherwise. Content that says the same as before is
   * `unchanged` too, so that Mokuhyo's own answer in the sheet starts nothing.
   */
  poll(previous: SeenSheet | null): Promise<PollResult>;
  /**
   * Says in the sheet what came of a reading: 確認結果, notes on offending cells, and the tick of 今すぐ公開. One request, or none
   * where the sheet says so already. Needs `access: 'write'`. Never touches what staff wrote.
   *
   * @param options with `lookFirst` where time has passed since the reading: the sheet is looked at once more, and where
   *   staff have gone on, nothing is written
   */
  answer(reading: SheetReading, report: SheetReport, options?: { readonly lookFirst?: boolean }): Promise<AnswerResult>;
}

export interface AnswerResult {
  /** `overtaken`: the sheet was edited since the reading, as a second look shows, and the next run will answer. */
  readonly outcome: 'written' | 'unchanged' | 'overtaken' | 'failed';
  /**
   * What to keep for the next poll instead of the reading's. Drive's version rises with the answer, so that the next poll
   * reads once more and finds `unchanged`; no version from after the answer is looked up, since an edit that slips in
   * between would be skipped with it.
   */
  readonly seen: SeenSheet;
  readonly failure: SourceFailure | null;
  readonly requests: number;
}

const day = 24 * 60 * 60 * 1000;

/** A Google Sheet, read through the Sheets API. Nothing of Google's client is loaded before the first reading. */
export function googleSheetSource(deps: GoogleSheetDeps): GoogleSheetSource {
  const begin = sessions(deps);
  const poll = async (previous: SeenSheet | null): Promise<PollResult> => {
    const begun = await begin();
    if (!begun.ok) return { outcome: 'failed', failure: begun.failure, requests: 0 };
    return pollSheet(begun.session, deps.spreadsheetId, previous);
  };
  const answer: GoogleSheetSource['answer'] = async (reading, report, { lookFirst = false } = {}) => {
    const begun = await begin();
    if (!begun.ok) return { outcome: 'failed', seen: reading.seen, failure: begun.failure, requests: 0 };
    return answerInSheet(begun.session, deps.spreadsheetId, reading, report, lookFirst);
  };
  return {
    name: `google:${deps.spreadsheetId}`,
    poll,
    answer,
    async read(): Promise<SourceResult> {
      const polled = await poll(null);
      const { requests } = polled;
      if (polled.outcome === 'failed') return { ok: false, failure: polled.failure, requests };
      if (polled.outcome === 'unchanged')
        throw new Error('A poll without a previous reading was answered with unchanged.');
      const { reading } = polled;
      const { workbook, seen } = reading;
      return {
        ok: true,
        workbook,
        version: seen.version,
        requests,
        // Time has passed since: where staff have gone on, nothing is written.
        answer: (report) => answer(reading, report, { lookFirst: true }),
      };
    },
  };
}

async function pollSheet(session: Session, id: string, previous: SeenSheet | null): Promise<PollResult> {
  const failed = (failure: SourceFailure): PollResult => ({ outcome: 'failed', failure, requests: session.requests() });
  const look = await session.send((client, signal) => client.look(id, signal));
  if (!look.ok) {
    const notFound = look.fault.kind === 'final' && look.fault.reason === 'not-found';
    return failed(notFound ? await whyNotFound(session, id, session.failure(look)) : session.failure(look));
  }
  if (look.value.trashed) return failed(trashed());
  if (look.value.mimeType !== 'application/vnd.google-apps.spreadsheet') return failed(notASheet());
  const { version } = look.value;
  if (previous?.version === version && session.now() - previous.readAt < day) {
    return { outcome: 'unchanged', seen: previous, requests: session.requests() };
  }
  const readAt = session.now();
  const read = await readSpreadsheet(session, id);
  if (!read.ok) return failed(session.failure(read));
  const workbook = workbookOf(read.value);
  const publishNow = findPublishNow(workbook);
  const seen = { version, readAt, digest: contentDigest(workbook, publishNow) };
  const requests = session.requests();
  if (previous?.digest === seen.digest) return { outcome: 'unchanged', seen, requests };
  return { outcome: 'changed', reading: { workbook, spreadsheet: read.value, publishNow, seen }, requests };
}

/** Pauses before a sheet is read again in which a formula is still being worked out, in milliseconds. */
const loadingPauses = [2_000, 4_000];

/** Reads the sheet; again, and not for ever, where formulas have no value yet. What they lack then is said of their cells. */
async function readSpreadsheet(session: Session, id: string): Promise<Attempted<Spreadsheet>> {
  const read = () =>
    session.send((client, signal) => client.spreadsheet(id, spreadsheetFields, spreadsheetSchema, signal));
  let latest = await read();
  for (const pause of loadingPauses) {
    if (!latest.ok || !isLoading(latest.value)) break;
    if (!(await session.pause(pause))) break;
    const again = await read();
    if (!again.ok) break;
    latest = again;
  }
  return latest;
}

/** Drive says "not found" also of files that were never shared; the Sheets API tells the two apart. */
async function whyNotFound(session: Session, id: string, notFound: SourceFailure): Promise<SourceFailure> {
  const fields = 'sheets(properties(sheetId))';
  const probe = await session.send((client, signal) => client.spreadsheet(id, fields, z.unknown(), signal));
  return probe.ok ? notFound : session.failure(probe);
}

async function answerInSheet(
  session: Session,
  id: string,
  reading: SheetReading,
  report: SheetReport,
  lookFirst: boolean,
): Promise<AnswerResult> {
  let { spreadsheet } = reading;
  let uncertain = lookFirst;
  let isTried = false;
  const written = await session.send(async (client, signal) => {
    // A try that failed may have been carried out all the same, or staff may have gone on: look again before repeating it.
    if (uncertain) spreadsheet = await client.spreadsheet(id, spreadsheetFields, spreadsheetSchema, signal);
    if (uncertain && contentApartFromTick(spreadsheet) !== contentApartFromTick(reading.spreadsheet))
      return 'overtaken';
    const requests = planAnswer(spreadsheet, id, report);
    if (requests.length === 0) return isTried ? 'written' : 'unchanged';
    uncertain = true;
    isTried = true;
    await client.update(id, requests, signal);
    return 'written';
  });
  const requests = session.requests();
  if (!written.ok) return { outcome: 'failed', seen: reading.seen, failure: session.failure(written), requests };
  const unticked = written.value === 'written' && report.publishNow ? reading.publishNow : null;
  const digest = unticked ? contentDigest(reading.workbook, { ...unticked, ticked: false }) : reading.seen.digest;
  return { outcome: written.value, seen: { ...reading.seen, digest }, failure: null, requests };
}

function contentApartFromTick(spreadsheet: Spreadsheet): string {
  const workbook = workbookOf(spreadsheet);
  const tick = findPublishNow(workbook);
  return contentDigest(workbook, tick && { ...tick, ticked: false });
}
