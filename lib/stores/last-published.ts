import type { Published } from '../goals/published.ts';
import { type Problem, problemOf } from './problem.ts';
import { readState } from './state-file.ts';
import type { ObjectStore } from './store.ts';

export type LastPublished =
  /** Null where nothing was published yet. */
  { readonly ok: true; readonly published: Published | null } | { readonly ok: false; readonly problem: Problem };

/** What was last published, for a sheet to be held against. Reads only. */
export async function readLastPublished(store: ObjectStore): Promise<LastPublished> {
  try {
    const stored = await readState(store);
    return { ok: true, published: stored?.state.published ?? null };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
