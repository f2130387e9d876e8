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

/**
 * What is on the site by the manifest, corrected by what a publisher that died was doing.
 *
 * @param files those that shall be on it
 */
export function onSite(
  state: State,
  site: string,
  files: readonly HashedFile[],
): Map<string, KeptObject | SiteObject | null> {
  // A state that speaks of another place knows nothing of this one.
  if (state.site !== site) return new Map(files.map(({ key }) => [key, null]));
  return new Map<string, KeptObject | SiteObject | null>([
    ...Object.entries(state.objects),
    ...Object.entries(state.pending?.objects ?? {}),
    ...(state.pending?.remove ?? []).map((key) => [key, null] as const),
  ]);
}

/**
 * The keys of these files at which there may be nothing at all, for all that is known. What the manifest names is there,
 * whatever its bytes.
 */
export function uncertainKeys(state: State, site: string, files: readonly HashedFile[], there: OnSite): string[] {
  const named = state.site === site ? state.objects : {};
  return files.flatMap(({ key }) => (there.get(key) === null && named[key] === undefined ? [key] : []));
}

/**
 * @param unmet keys that no reader can have met, of those that are there
 * @param generation that of the release to be made
 * @param assetReleases for how many releases after the last one that named it an asset stays
 */
export function difference(
  files: readonly HashedFile[],
  there: OnSite,
  unmet: ReadonlySet<string>,
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
      write.push({ key, role: object.role, met: before !== undefined && !unmet.has(key), file });
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
