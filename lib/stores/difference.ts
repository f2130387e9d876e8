import type { HashedFile } from './hashed-file.ts';
import { isSameObject, type KeptObject, type SiteObject, type State } from './state.ts';
import type { Placed } from './write-order.ts';

/** What is on the site at a key, or null where a publisher that died may have left anything, or nothing. */
export type OnSite = ReadonlyMap<string, KeptObject | SiteObject | null>;

/** One object to be written. */
export interface Writing extends Placed {
  readonly file: HashedFile;
}

/** From what is on the site to what shall be. */
export interface Difference {
  readonly write: readonly Writing[];
  /** Keys, in order. */
  readonly remove: readonly string[];
  /** How many files are there as they shall be. */
  readonly unchanged: number;
  /** What the site holds afterwards. */
  readonly objects: Readonly<Record<string, KeptObject>>;
}

/** What is on the site by the manifest, corrected by what a publisher that died was doing. */
export function onSite(state: State, site: string): Map<string, KeptObject | SiteObject | null> {
  // A state that speaks of another place knows nothing of this one.
  if (state.site !== site) return new Map();
  return new Map<string, KeptObject | SiteObject | null>([
    ...Object.entries(state.objects),
    ...Object.entries(state.pending?.objects ?? {}),
    ...(state.pending?.remove ?? []).map((key) => [key, null] as const),
  ]);
}

/**
 * @param generation that of the release to be made
 * @param assetReleases for how many releases after the last one that named it an asset stays
 */
export function difference(
  files: readonly HashedFile[],
  there: OnSite,
  generation: number,
  assetReleases: number,
): Difference {
  const objects: Record<string, KeptObject> = {};
  const write: Writing[] = [];
  for (const file of files) {
    const { key, object } = file;
    objects[key] = { ...object, named: generation };
    const before = there.get(key);
    if (before === undefined || before === null || !isSameObject(before, object)) {
      write.push({ key, role: object.role, onSite: before !== undefined, file });
    }
  }
  const remove: string[] = [];
  for (const [key, before] of there) {
    if (objects[key] !== undefined) continue;
    if (before?.role === 'asset' && 'named' in before && generation - before.named <= assetReleases) {
      objects[key] = before;
    } else {
      remove.push(key);
    }
  }
  return { write, remove: remove.sort(), unchanged: files.length - write.length, objects };
}
