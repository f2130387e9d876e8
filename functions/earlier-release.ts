import * as z from 'zod';
import { listReleases } from '../lib/release/releases.ts';
import { rollback, unpin } from '../lib/release/rollback.ts';
import type { Stores } from '../lib/stores/store.ts';
import { cacheIsDue } from './cache.ts';

/**
 * What an operator asks of the function `publish` about earlier releases, by hand: which there are, put one back, let publishing go on. The
 * function does it, so that the right to write the site is its alone, and CloudFront forgets what was on the site.
 */
export const earlierReleaseSchema = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('list') }),
  z.strictObject({ reason: z.literal('rollback'), release: z.string().min(1) }),
  z.strictObject({ reason: z.literal('unpin') }),
]);
export type EarlierRelease = z.infer<typeof earlierReleaseSchema>;

/** The release could not be put back, or publishing not be let go on. */
export class NotRolledBack extends Error {
  override readonly name = 'NotRolledBack';

  constructor({ code, message, fix }: { readonly code: string; readonly message: string; readonly fix: string }) {
    super(`${code}: ${message}${fix}`);
  }
}

export interface EarlierReleaseResult {
  readonly outcome: string;
  /** What is on the site now, or what it was pinned to. */
  readonly release: string | null;
  /** Newest first, where they were asked for. */
  readonly releases?: readonly { readonly release: string; readonly at: string; readonly current: boolean }[];
}

/** @throws NotRolledBack */
export async function earlierRelease(
  asked: EarlierRelease,
  stores: Stores,
  options: { readonly now: Date; readonly budgetMs: number },
): Promise<EarlierReleaseResult> {
  switch (asked.reason) {
    case 'list': {
      const list = await listReleases(stores.state);
      if (!list.ok) throw new NotRolledBack(list.problem);
      const releases = list.releases.map(({ release, at, current }) => ({ release, at, current }));
      return { outcome: 'listed', release: list.pin?.release ?? null, releases };
    }
    case 'rollback': {
      // Also where it fails half way: what is on the site has changed.
      cacheIsDue();
      const { outcome, release, problem } = await rollback(stores, asked.release, options);
      if (problem !== null) throw new NotRolledBack(problem);
      return { outcome, release };
    }
    case 'unpin': {
      const { outcome, release, problem } = await unpin(stores.state);
      if (problem !== null) throw new NotRolledBack(problem);
      return { outcome, release };
    }
  }
}
