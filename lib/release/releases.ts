import type { Failure } from '../failure.ts';
import { failureOf } from '../stores/failure-of.ts';
import type { ObjectStore } from '../stores/store.ts';
import type { ReleaseRecord, State } from './state.ts';
import { readState } from './state-file.ts';

/** One release of the past, or the current one. */
export type ListedRelease = Omit<ReleaseRecord, 'run'> & {
  /** Whether it is the one on the site. */
  readonly current: boolean;
};

export type ReleaseList =
  | {
      readonly ok: true;
      /** Newest first; each of them can be put back. */
      readonly releases: readonly ListedRelease[];
      /** Set where a rollback has pinned the site. */
      readonly pin: State['pin'];
    }
  | { readonly ok: false; readonly problem: Failure };

/** What was published when, as far as it is kept. */
export async function listReleases(store: ObjectStore): Promise<ReleaseList> {
  try {
    const stored = await readState(store);
    const records = stored?.state.records ?? [];
    const releases = records.map(({ run: _, ...record }, index) => ({ ...record, current: index === 0 }));
    return { ok: true, releases, pin: stored?.state.pin ?? null };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}
