import type { Change, Published } from '../goals/model/published.ts';
import type { KeptFile, SiteFile } from '../pages/site-file.ts';
import type { Stores } from '../stores/store.ts';
import { changeSite, type Decision, type ReleaseOptions, type ReleaseResult } from './change-site.ts';
import { archivedBodies } from './commit.ts';
import { hashed, keptFile } from './hashed-file.ts';
import { sitePinned } from './site-pinned.ts';
import type { State } from './state.ts';

/**
 * The room `release` knows how a site changes as a whole, whoever else is at it, and how it is put back; nothing of what its files say. It
 * may import `goals`, `pages`, `stores`. Begin at {@link release}; the protocol is docs/decisions/0020-release-protocol.md.
 */

/** What a run wants the site to be. */
export type Plan =
  | {
      readonly kind: 'release';
      /** The whole site. */
      readonly files: readonly (SiteFile | KeptFile)[];
      readonly published: Published;
      readonly changes: readonly Change[];
      readonly sourceVersion: string | null;
    }
  | { readonly kind: 'blocked' };

/** What a plan may ask of the site as it is. */
export interface SiteAsItIs {
  /** The bytes of a file that the site has, by its key; null where it has none. @throws StoreError */
  readonly bytesOf: (key: string) => Uint8Array | null;
  /** Whether the site has a file that can be kept as it is (see KeptFile). */
  readonly isKept: (key: string) => boolean;
  /** Of a file that takes long to make: the digest of what it was made from, and its size; null where the site has no such file. */
  readonly madeOf: (key: string) => { readonly from: string; readonly size: number } | null;
}

/**
 * Makes the site what the plan says, with the least writing and never caught half done. See
 * docs/decisions/0020-release-protocol.md.
 *
 * @param plan reads the source each time it is called, so that no older sheet is put over a newer one. It is given what was published last,
 *   null before the first release, and what tells of its files; and called again, with what is newer, when another publisher was faster
 */
export async function release(
  stores: Stores,
  plan: (previous: Published | null, site: SiteAsItIs) => Plan | Promise<Plan>,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  const decide = async (state: State): Promise<Decision> => {
    const bodyOf = archivedBodies(state);
    const planned = await plan(state.published, {
      bytesOf: (key) => {
        const object = state.objects[key];
        return object === undefined ? null : bodyOf(object.sha256);
      },
      isKept: (key) => state.objects[key] !== undefined,
      madeOf: (key) => state.objects[key]?.made ?? null,
    });
    if (planned.kind === 'blocked') return { kind: 'stop', outcome: 'blocked', problem: null };
    if (state.pin !== null) return { kind: 'stop', outcome: 'blocked', problem: sitePinned(state.pin.release) };
    const files = planned.files.map((file) => ('keep' in file ? keptFile(file, state, bodyOf) : hashed(file)));
    return {
      kind: 'change',
      target: { ...planned, files, restored: null, pin: null },
    };
  };
  return changeSite(stores, decide, options);
}
