import type { SourceFailure } from '../../failure.ts';
import type { Refusal } from './fault.ts';
import { type GoogleSheetDeps, sessions } from './session.ts';
import { requestKey } from './set-up-allowed.ts';
import { setUpFields, setUpSchema } from './set-up-grid.ts';
import { planSetUp, type SetUpOptions, type SetUpPlan } from './set-up-plan.ts';

export type SetUpResult =
  | {
      readonly ok: true;
      /** Names of tabs that were made, and of those that were completed. Both empty: there was nothing to do. */
      readonly made: readonly string[];
      readonly completed: readonly string[];
      /** What is left to people, in plain Japanese. */
      readonly left: readonly string[];
      readonly requests: number;
    }
  | { readonly ok: false; readonly failure: SourceFailure; readonly requests: number };

/** How many refusals are worked around, each with a look and a try, before what is left is an error. */
const longestWayAround = 20;

/**
 * Makes a Google Sheet what the template is: 1 request to see what is there and, where anything is missing, 1 to add it, all or
 * nothing. Where the service refuses a part of it, all the rest is done, and what was not is told. What staff wrote is never
 * touched. Needs `access: 'write'`.
 */
export async function setUpSheet(deps: GoogleSheetDeps, options: SetUpOptions = {}): Promise<SetUpResult> {
  const begun = await sessions(deps)();
  if (!begun.ok) return { ok: false, failure: begun.failure, requests: 0 };
  const { session } = begun;
  const { spreadsheetId } = deps;
  // Every try begins with a look: one whose answer was lost may have been carried out.
  const made = new Set<string>();
  const completed = new Set<string>();
  const refused = new Map<string, Refusal['why']>();
  const note = (plan: SetUpPlan | null): void => {
    for (const name of plan?.made ?? []) made.add(name);
    for (const name of plan?.completed ?? []) if (!made.has(name)) completed.add(name);
  };
  /** What was sent, and may have been carried out though no answer came. */
  let sent: SetUpPlan | null = null;
  const done = await session.send(async (client, signal) => {
    note(sent);
    for (let tries = 0; ; tries += 1) {
      const now = await client.spreadsheet(spreadsheetId, { fields: setUpFields, ranges: [] }, setUpSchema, signal);
      const plan = planSetUp(now, refused, options);
      if (plan.requests.length > 0) {
        sent = plan;
        const result = await client.update(spreadsheetId, { requests: plan.requests, tellTabs: [] }, signal);
        if (!result.done) {
          sent = null;
          if (tries >= longestWayAround) throw result.error;
          const request = plan.requests[result.refusal.request ?? -1];
          if (request === undefined) throw result.error;
          // A tab that could not be made is there by now, as the next look shows.
          if (!request.addSheet) refused.set(requestKey(request), result.refusal.why);
          continue;
        }
      }
      note(plan);
      return plan.left;
    }
  });
  const requests = session.requests();
  if (!done.ok) return { ok: false, failure: session.failure(done), requests };
  return { ok: true, made: [...made], completed: [...completed], left: done.value, requests };
}
