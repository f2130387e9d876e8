import type { Failure } from '../failure.ts';
import type { Published } from '../goals/model/published.ts';
import { failureOf } from '../stores/failure-of.ts';
import type { ObjectStore } from '../stores/store.ts';
import { readState } from './state-file.ts';

export type LastPublished =
  /** Null where nothing was published yet. */
  { readonly ok: true; readonly published: Published | null } | { readonly ok: false; readonly problem: Failure };

/** What was last published, for a sheet to be held against. Reads only. */
export async function readLastPublished(store: ObjectStore): Promise<LastPublished> {
  try {
    const stored = await readState(store);
    return { ok: true, published: stored?.state.published ?? null };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}
