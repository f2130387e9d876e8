import * as z from 'zod';
import type { SourceFailure } from '../../failure.ts';
import type { SheetReport } from '../../staff/confirmation.ts';
import { findPublishNow, type PublishNowCell } from '../../workbook/publish-now.ts';
import type { Workbook } from '../../workbook/workbook.ts';
import type { Source, SourceResult } from '../source.ts';
import { type AnswerBatch, answerableTick, nothingRefused, planAnswer, type Refused, tabOfKey } from './answer-plan.ts';
import type { Attempted } from './attempts.ts';
import { drivePictures } from './drive-pictures.ts';
import { notASheet, trashed } from './failures.ts';
import type { Refusal } from './fault.ts';
import { type CellWrite, planPutBack } from './put-back.ts';
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
        pictures: drivePictures(deps),
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
  const publishNow = answerableTick(read.value, findPublishNow(workbook));
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

/** Cells of one tab that are refused one by one before no more of the tab are tried. */
const refusalsOfTab = 5;
/** How often rows may move under the writing before the rest is left to the next run. */
const putBacks = 3;

async function answerInSheet(
  session: Session,
  id: string,
  reading: SheetReading,
  report: SheetReport,
  lookFirst: boolean,
): Promise<AnswerResult> {
  let spreadsheet = reading.spreadsheet;
  let isFresh = !lookFirst;
  let isTried = false;
  let refused = nothingRefused;
  /** What was sent, and on what view of the sheet: whatever comes of it, it must not stay where it was not meant. */
  let sent: { readonly before: Spreadsheet; readonly writes: readonly CellWrite[] } | null = null;
  const written = await session.send(async (client, signal): Promise<AnswerResult['outcome']> => {
    const putBack = async (after: Spreadsheet): Promise<boolean> => {
      let now = after;
      for (let times = 0; times < putBacks && sent !== null; times += 1) {
        const requests = planPutBack(sent.before, now, sent.writes);
        if (requests.length === 0) return times > 0;
        const titles = tabsOf(now, sent.writes);
        const done = await client.update(id, { requests, tellTabs: titles }, signal);
        if (!done.done || done.after === null) return true;
        now = done.after;
      }
      return sent !== null;
    };
    const look = async (): Promise<boolean> => {
      const now = await client.spreadsheet(id, spreadsheetFields, spreadsheetSchema, signal);
      if (sent !== null) await putBack(now);
      sent = null;
      spreadsheet = now;
      isFresh = true;
      return contentApartFromTick(now) === contentApartFromTick(reading.spreadsheet);
    };
    // A try that failed may have been carried out all the same, or staff may have gone on: look again before repeating it.
    if (isTried && !(await look())) return 'overtaken';
    for (;;) {
      const batches = planAnswer(spreadsheet, report, { id, account: client.account, refused });
      if (batches.length === 0) return isTried ? 'written' : 'unchanged';
      // Only where there is something to write does it matter what has become of the sheet since.
      if (!isFresh) {
        if (!(await look())) return 'overtaken';
        continue;
      }
      isTried = true;
      let refusal: Refused | null = null;
      for (const batch of batches) {
        sent = batch.writes.length > 0 ? { before: spreadsheet, writes: batch.writes } : null;
        const tellTabs = tabsOf(spreadsheet, batch.writes);
        const result = await client.update(id, { requests: batch.requests, tellTabs }, signal);
        if (!result.done) {
          sent = null;
          if (result.refusal.why === 'no-tab') return 'overtaken';
          refusal = refusedWith(refused, batch, result.refusal);
          break;
        }
        if (result.after !== null && (await putBack(result.after))) return 'overtaken';
        sent = null;
      }
      if (refusal === null) return 'written';
      refused = refusal;
      if (!(await look())) return 'overtaken';
    }
  });
  const requests = session.requests();
  if (!written.ok) return { outcome: 'failed', seen: reading.seen, failure: session.failure(written), requests };
  const unticked = written.value === 'written' && report.publishNow ? reading.publishNow : null;
  const digest = unticked ? contentDigest(reading.workbook, { ...unticked, ticked: false }) : reading.seen.digest;
  return { outcome: written.value, seen: { ...reading.seen, digest }, failure: null, requests };
}

/** Names of the tabs that are written to. */
function tabsOf({ sheets }: Spreadsheet, writes: readonly CellWrite[]): readonly string[] {
  const ids = new Set(writes.map(({ sheetId }) => sheetId));
  return sheets.flatMap(({ properties }) => (ids.has(properties.sheetId) ? [properties.title] : []));
}

/** Takes note of a refusal. One that does not say for what is taken to be for everything in the batch. */
function refusedWith(refused: Refused, { parts, writes }: AnswerBatch, { request }: Refusal): Refused {
  const part = request === null ? undefined : parts[request];
  if (part === undefined) {
    const tabs = new Set([...refused.tabs, ...writes.map(({ sheetId }) => sheetId)]);
    return { ...refused, report: refused.report || writes.length < parts.length, tabs };
  }
  if (part.kind === 'report') return { ...refused, report: true };
  const cells = new Set([...refused.cells, part.key]);
  const tab = tabOfKey(part.key);
  const count = [...cells].filter((key) => tabOfKey(key) === tab).length;
  return { ...refused, cells, tabs: count < refusalsOfTab ? refused.tabs : new Set([...refused.tabs, tab]) };
}

function contentApartFromTick(spreadsheet: Spreadsheet): string {
  const workbook = workbookOf(spreadsheet);
  const tick = findPublishNow(workbook);
  return contentDigest(workbook, tick && { ...tick, ticked: false });
}
