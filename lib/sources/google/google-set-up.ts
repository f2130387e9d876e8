import type { SourceFailure } from '../../failure.ts';
import { type GoogleSheetDeps, sessions } from './session.ts';
import { setUpFields, setUpSchema } from './set-up-grid.ts';
import { planSetUp } from './set-up-plan.ts';

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

/**
 * Makes a Google Sheet what the template is: 1 request to see what is there and, where anything is missing, 1 to add it, all or
 * nothing. What staff wrote is never touched. Needs `access: 'write'`.
 */
export async function setUpSheet(deps: GoogleSheetDeps): Promise<SetUpResult> {
  const begun = await sessions(deps)();
  if (!begun.ok) return { ok: false, failure: begun.failure, requests: 0 };
  const { session } = begun;
  const { spreadsheetId } = deps;
  // Every try begins with a look: one whose answer was lost may have been carried out.
  const made = new Set<string>();
  const completed = new Set<string>();
  const done = await session.send(async (client, signal) => {
    const plan = planSetUp(await client.spreadsheet(spreadsheetId, setUpFields, setUpSchema, signal));
    for (const name of plan.made) made.add(name);
    for (const name of plan.completed) if (!made.has(name)) completed.add(name);
    if (plan.requests.length > 0) await client.update(spreadsheetId, { requests: plan.requests, tellTabs: [] }, signal);
    return plan.left;
  });
  const requests = session.requests();
  if (!done.ok) return { ok: false, failure: session.failure(done), requests };
  return { ok: true, made: [...made], completed: [...completed], left: done.value, requests };
}
