import { poll } from '../poll.ts';
import type { PreviewPlace } from '../preview.ts';
import { publishAndTell, type ReminderOccasion, type Site, type Step } from '../publish.ts';
import { sheetAddress } from '../sources/google/google-config.ts';
import type { GoogleSheetSource } from '../sources/google/google-sheet.ts';
import type { NightlyMail } from '../staff/nightly-mail.ts';
import { recordFile } from '../staff/record-file.ts';
import type { Reminded } from '../staff/reminders/remind.ts';
import { errorCodes, needsOperator } from '../staff/run-figures.ts';
import { isConclusive, type RunReason } from '../staff/run-record.ts';
import type { Stores } from '../stores/store.ts';
import { japaneseDate } from '../text/fiscal-year.ts';
import { recordNightDone } from './night-done.ts';
import type { SitePlaces } from './site-places.ts';
import type { WorkMessage } from './work-message.ts';

/** What one message asks for, done for one site with what a deployment of one city does: lib/poll.ts and lib/publish.ts. */

export interface SiteDeps {
  readonly source: GoogleSheetSource;
  readonly stores: Stores;
  /** As in {@link Site}. */
  readonly typesetter: NonNullable<Site['typesetter']>;
  /** Null where there are no previews. */
  readonly preview: PreviewPlace | null;
  /** Sends a mail to the staff of this site; null where nobody gets one. */
  readonly send: ((mail: NightlyMail) => Promise<void>) | null;
  /** Reminds the departments of this site of a deadline; null where nobody is reminded. */
  readonly remind: ((of: ReminderOccasion) => Promise<Reminded>) | null;
  readonly reminderDays: number;
  /** Milliseconds that publishing may take. */
  readonly budgetMs: number;
  /** The id of the message: a repeated one is the same night's. */
  readonly event: string;
  readonly onStep: (
    step: Step | { readonly step: 'looked'; readonly outcome: string; readonly requests: number },
  ) => void;
}

export type SiteWork =
  | { readonly outcome: 'done'; readonly did: string }
  /** Everybody is asking Google: to be done a little later, and no failure of the site. */
  | { readonly outcome: 'postponed' }
  /** `codes` say why: the site's own failure, for the operators. */
  | { readonly outcome: 'failed'; readonly codes: readonly string[] };

/** As failures.ts of Google's sources calls it. */
const quotaExhausted = 'google-quota-exhausted';

/** @throws StoreError where the state or the site cannot be reached, and whatever `send` throws */
export async function workOnSite(
  work: WorkMessage['work'],
  site: SitePlaces,
  deps: SiteDeps,
  now: Date,
): Promise<SiteWork> {
  if (work === 'nightly') return publishSite('nightly', site, deps, now);
  const { source, stores, preview } = deps;
  const { outcome, requests, failure } = await poll({ source, state: stores.state, preview }, now);
  deps.onStep({ step: 'looked', outcome, requests });
  if (failure !== null) return failedWith([failure.code]);
  // Asked for already, or owed, and not done yet: whoever was about to do it may be gone, and nobody looks again before the sheet changes.
  // Doing it twice changes nothing.
  const isOwed = (await recordFile(stores.state).read())?.owed ?? false;
  if (outcome === 'asked' || outcome === 'waiting' || isOwed) return publishSite('publish-now', site, deps, now);
  return { outcome: 'done', did: outcome };
}

async function publishSite(reason: RunReason, site: SitePlaces, deps: SiteDeps, now: Date): Promise<SiteWork> {
  const { source, stores, typesetter, preview, send, remind, reminderDays, budgetMs, event, onStep } = deps;
  const sheetUrl = sheetAddress(site.spreadsheetId);
  const options = { night: japaneseDate(now), reminderDays, sheetUrl, siteUrl: site.url, event };
  const isNight = reason === 'nightly';
  const report = await publishAndTell(
    { source, stores, siteUrl: site.url, typesetter },
    { now, budgetMs, verifySite: isNight },
    {
      reason,
      preview,
      mail: isNight && send !== null ? { send, options } : null,
      remind: isNight ? remind : null,
      onStep,
    },
  );
  if (isNight && isConclusive(report)) await recordNightDone(stores.state, now);
  const codes = errorCodes(report);
  if (codes.includes('state-lost') || needsOperator(report, reason)) return failedWith(codes);
  return { outcome: 'done', did: report.outcome };
}

function failedWith(codes: readonly string[]): SiteWork {
  return codes.includes(quotaExhausted) ? { outcome: 'postponed' } : { outcome: 'failed', codes };
}
