import type { SourceFailure } from '../../failure.ts';
import type { SheetReport } from '../../staff/confirmation.ts';
import type { SeenSheet, SeenTab } from '../../staff/seen-sheet.ts';
import { findPublishNow, type PublishNowCell } from '../../workbook/publish-now.ts';
import type { Workbook } from '../../workbook/workbook.ts';
import type { Source, SourceResult } from '../source.ts';
import { type AnswerBatch, answerableTick, nothingRefused, planAnswer, type Refused, tabOfKey } from './answer-plan.ts';
import type { Attempted } from './attempts.ts';
import type { FileLook } from './client.ts';
import { drivePictures } from './drive-pictures.ts';
import { notASheet, trashed } from './failures.ts';
import type { FinalReason, Refusal } from './fault.ts';
import { type CellWrite, planPutBack } from './put-back.ts';
import { type Asking, areSameTabs, listTabs, readKnownTabs, readTabs, type TabsRead } from './read-tabs.ts';
import { type GoogleSheetDeps, type Session, sessions } from './session.ts';
import { contentDigest, isLoading, type Spreadsheet, workbookOf } from './spreadsheet.ts';

/** One reading of the sheet, with what answering in it needs. */
export interface SheetReading {
  readonly workbook: Workbook;
  readonly spreadsheet: Spreadsheet;
  readonly publishNow: PublishNowCell | null;
  /** To be kept for the next reading, once all that follows from this one is done. */
  readonly seen: SeenSheet;
}

export type PollResult =
  /** The sheet says what it said: nothing to do but to keep `seen` (it can be newer than the one given). */
  | { readonly outcome: 'unchanged'; readonly seen: SeenSheet; readonly requests: number }
  | { readonly outcome: 'changed'; readonly reading: SheetReading; readonly requests: number }
  | { readonly outcome: 'failed'; readonly failure: SourceFailure; readonly requests: number };

export interface GoogleSheetSource extends Source {
  /**
   * Reads the tabs that Mokuhyo reads, and says whether they say the same as at `previous`: 1 request where they do, 2 where not. Of a sheet
   * of which nothing is known 3: which tabs there are, their cells, and what Drive knows of the file. The list of the tabs is asked
   * for again after a quarter of an hour, and Drive after a day. Mokuhyo's own answer in the sheet is no change.
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
  /** What to keep for the next reading instead of the reading's: the tick is off, and 確認結果 is there. */
  readonly seen: SeenSheet;
  readonly failure: SourceFailure | null;
  readonly requests: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** After how long, in milliseconds, it is asked again which tabs there are, and Drive about the file. */
interface Lasting {
  readonly tabs: number;
  readonly file: number;
}

/** A look: a new tab is noticed within this, or with the next change in the tabs that are known. */
const ofLooks: Lasting = { tabs: 15 * minute, file: 24 * hour };
/** A nightly run leaves that to the looks between, and does it by itself every second night where there are none. */
const ofRuns: Lasting = { tabs: 25 * hour, file: 25 * hour };

/** A Google Sheet, read through the Sheets API. Nothing of Google's client is loaded before the first reading. */
export function googleSheetSource(deps: GoogleSheetDeps): GoogleSheetSource {
  const begin = sessions(deps);
  const { spreadsheetId: id } = deps;
  const answer: GoogleSheetSource['answer'] = async (reading, report, { lookFirst = false } = {}) => {
    const begun = await begin();
    if (!begun.ok) return { outcome: 'failed', seen: reading.seen, failure: begun.failure, requests: 0 };
    return answerInSheet(begun.session, id, reading, report, lookFirst);
  };
  return {
    name: `google:${id}`,
    answer,
    async poll(previous): Promise<PollResult> {
      const begun = await begin();
      if (!begun.ok) return { outcome: 'failed', failure: begun.failure, requests: 0 };
      const { session } = begun;
      const result = await readSheet(session, id, previous, ofLooks);
      const requests = session.requests();
      if (!result.ok) return { outcome: 'failed', failure: result.failure, requests };
      const { reading } = result;
      if (previous?.digest === reading.seen.digest) return { outcome: 'unchanged', seen: reading.seen, requests };
      return { outcome: 'changed', reading, requests };
    },
    async read(previous = null): Promise<SourceResult> {
      const begun = await begin();
      if (!begun.ok) return { ok: false, failure: begun.failure, requests: 0 };
      const { session } = begun;
      const result = await readSheet(session, id, previous, ofRuns);
      const requests = session.requests();
      if (!result.ok) return { ok: false, failure: result.failure, requests };
      const { workbook, seen } = result.reading;
      return {
        ok: true,
        workbook,
        version: seen.digest,
        requests,
        seen,
        pictures: drivePictures(deps),
        // Time has passed since: where staff have gone on, nothing is written.
        answer: (report) => answer(result.reading, report, { lookFirst: true }),
      };
    },
  };
}

type ReadResult =
  | { readonly ok: true; readonly reading: SheetReading }
  | { readonly ok: false; readonly failure: SourceFailure };

async function readSheet(
  session: Session,
  id: string,
  previous: SeenSheet | null,
  lasting: Lasting,
): Promise<ReadResult> {
  const at = session.now();
  const now = new Date(at).toISOString();
  const isDue = (last: string | undefined, lasts: number) => last === undefined || at - Date.parse(last) >= lasts;
  const isListDue = isDue(previous?.tabsAt, lasting.tabs);
  const read = await readPatiently(session, id, isListDue ? null : previous);
  if (!read.ok) return { ok: false, failure: await whyUnreadable(session, id, read) };
  const { spreadsheet, tabs, isListed } = read.value;
  let fileAt = previous?.fileAt ?? now;
  if (isDue(previous?.fileAt, lasting.file)) {
    // Drive may be away while the sheet is not: then it is asked the next time.
    const look = await session.send((client, signal) => client.look(id, signal));
    const unfit = look.ok ? unfitFile(look.value) : null;
    if (unfit !== null) return { ok: false, failure: unfit };
    if (look.ok || look.fault.kind === 'final') fileAt = now;
  }
  const workbook = workbookOf(spreadsheet);
  const publishNow = answerableTick(spreadsheet, findPublishNow(workbook));
  const digest = contentDigest(workbook, publishNow);
  const seen = { digest, tabs, tabsAt: isListed ? now : (previous?.tabsAt ?? now), fileAt };
  return { ok: true, reading: { workbook, spreadsheet, publishNow, seen } };
}

/** Pauses before a sheet is read again in which a formula is still being worked out, in milliseconds. */
const loadingPauses = [2_000, 4_000];

type Listed = TabsRead & { readonly isListed: boolean };

/** Reads the sheet; again, and not for ever, where formulas have no value yet. What they lack then is said of their cells. */
async function readPatiently(session: Session, id: string, previous: SeenSheet | null): Promise<Attempted<Listed>> {
  let latest = await session.send((client, signal) => readOnce([client, id, signal], previous));
  for (const pause of loadingPauses) {
    if (!latest.ok || !isLoading(latest.value.spreadsheet)) break;
    if (!(await session.pause(pause))) break;
    const known = latest.value;
    const again = await session.send(async (client, signal) => {
      const read = await readKnownTabs([client, id, signal], known.tabs);
      return read === null ? readOnce([client, id, signal], null) : { ...read, isListed: known.isListed };
    });
    if (!again.ok) break;
    latest = again;
  }
  return latest;
}

/** Where the known tabs say what they said, nothing more is asked for; else also whether there are new ones. */
async function readOnce(asking: Asking, previous: SeenSheet | null): Promise<Listed> {
  const known = previous && (await readKnownTabs(asking, previous.tabs));
  if (previous !== null && known !== null) {
    const workbook = workbookOf(known.spreadsheet);
    const tick = answerableTick(known.spreadsheet, findPublishNow(workbook));
    if (contentDigest(workbook, tick) === previous.digest) return { ...known, isListed: false };
    const list = await listTabs(asking);
    if (areSameTabs(list, known)) return { ...known, isListed: true };
  }
  return { ...(await readTabs(asking)), isListed: true };
}

function unfitFile({ trashed: isTrashed, mimeType }: FileLook): SourceFailure | null {
  if (isTrashed) return trashed();
  return mimeType === 'application/vnd.google-apps.spreadsheet' ? null : notASheet();
}

/** Reasons that Drive can say more about: the file may lie in the bin, or be no Google Sheet. */
const askDrive = new Set<FinalReason>(['not-found', 'forbidden', 'bad-request', 'unsupported-document']);

async function whyUnreadable(
  session: Session,
  id: string,
  read: Extract<Attempted<unknown>, { ok: false }>,
): Promise<SourceFailure> {
  const { fault } = read;
  if (fault.kind === 'final' && askDrive.has(fault.reason)) {
    const look = await session.send((client, signal) => client.look(id, signal));
    const unfit = look.ok ? unfitFile(look.value) : null;
    if (unfit !== null) return unfit;
  }
  return session.failure(read);
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
  let { spreadsheet } = reading;
  let { tabs } = reading.seen;
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
      // After a try, 確認結果 may be there that was not; before it, a tab that is gone tells by itself.
      const known = isTried ? null : await readKnownTabs([client, id, signal], reading.seen.tabs);
      const now = known ?? (await readTabs([client, id, signal]));
      tabs = now.tabs;
      if (sent !== null) await putBack(now.spreadsheet);
      sent = null;
      spreadsheet = now.spreadsheet;
      isFresh = true;
      return contentApartFromTick(spreadsheet) === contentApartFromTick(reading.spreadsheet);
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
        tabs = [...tabs, ...batch.requests.flatMap(madeTab)];
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
  return { outcome: written.value, seen: { ...reading.seen, digest, tabs }, failure: null, requests };
}

/** 確認結果, where a request makes it: the next reading asks for it by its name. */
function madeTab({ addSheet }: AnswerBatch['requests'][number]): readonly SeenTab[] {
  const { sheetId, title } = addSheet?.properties ?? {};
  return typeof sheetId === 'number' && typeof title === 'string' ? [{ id: sheetId, name: title, isRead: true }] : [];
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
