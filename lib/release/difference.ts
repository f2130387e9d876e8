import { isSharePicture, pageOfSharePicture } from '../pages/pictures/share-picture-keys.ts';
import { isPortrait } from '../pages/portrait-files.ts';
import { ifUnchanged } from '../stores/json-record.ts';
import type { PutCondition } from '../stores/store.ts';
import type { HashedFile } from './hashed-file.ts';
import { type AnnouncedObject, isSameObject, type KeptObject, type SiteObject, type State } from './state.ts';
import type { Placed } from './write-order.ts';

/** What is on the site at a key, or null where a publisher that died, or somebody's hand, may have left anything. */
export type OnSite = ReadonlyMap<string, ThereObject | null>;
export type ThereObject = KeptObject | (AnnouncedObject & { readonly etag: string });

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
  /** What the site holds afterwards; the etag of what is still to be written is not known yet. */
  readonly objects: Readonly<Record<string, SiteObject & { readonly named: number; readonly etag: string | null }>>;
}

/** What is on the site by the manifest, corrected by what a publisher that died was doing. */
export function onSite(state: State, site: string, files: readonly HashedFile[]): Map<string, ThereObject | null> {
  // A state that speaks of another place knows nothing of this one.
  if (state.site !== site) return new Map(files.map(({ key }) => [key, null]));
  return new Map<string, ThereObject | null>([
    ...Object.entries(state.objects),
    ...Object.entries(state.pending?.objects ?? {}).map(([key, object]) => [key, written(object)] as const),
    ...(state.pending?.remove ?? []).map((key) => [key, null] as const),
  ]);
}

function written(object: AnnouncedObject): ThereObject | null {
  return object.etag === null ? null : { ...object, etag: object.etag };
}

/**
 * The keys of these files at which there may be nothing at all, for all that is known. What the manifest names is there,
 * whatever its bytes.
 */
export function uncertainKeys(state: State, site: string, files: readonly HashedFile[], there: OnSite): string[] {
  const named = state.site === site ? state.objects : {};
  return files.flatMap(({ key }) => (there.get(key) === null && named[key] === undefined ? [key] : []));
}

/** What decides a difference, besides the files. */
export interface Circumstances {
  /** Keys that no reader can have met, of those that are there. */
  readonly unmet: ReadonlySet<string>;
  /** That of the release to be made. */
  readonly generation: number;
  /** For how many releases after the last one that named it an asset stays. */
  readonly assetReleases: number;
  /** For how many a release can be put back: so long stays a picture to share, whose bytes are not in the archive. */
  readonly keptReleases: number;
  /** Assets of earlier releases that are not on the site as they should be, with the last generation that named them. */
  readonly lostAssets: readonly { readonly file: HashedFile; readonly named: number }[];
}

export function difference(
  files: readonly HashedFile[],
  there: OnSite,
  { unmet, generation, assetReleases, keptReleases, lostAssets }: Circumstances,
): Difference {
  const objects: Record<string, Difference['objects'][string]> = {};
  const write: Writing[] = [];
  const restored = lostAssets.filter(({ named }) => generation - named <= assetReleases);
  const wanted = [...files.map((file) => ({ file, named: generation })), ...restored];
  for (const { file, named } of wanted) {
    const { key, object } = file;
    const before = there.get(key);
    const isThere = before !== undefined && before !== null && isSameObject(before, object);
    objects[key] = { ...object, named, etag: isThere ? before.etag : null };
    if (!isThere) write.push({ key, role: object.role, met: before !== undefined && !unmet.has(key), file });
  }
  const remove: string[] = [];
  const sharedPages = new Set(Object.keys(objects).filter(isSharePicture).map(pageOfSharePicture));
  // Whose page is taken off the site is not to be read in a picture.
  const mustGo = (key: string): boolean =>
    isPortrait(key) || (isSharePicture(key) && !sharedPages.has(pageOfSharePicture(key)));
  for (const [key, before] of there) {
    if (objects[key] !== undefined) continue;
    const releases = isSharePicture(key) ? keptReleases : assetReleases;
    const stays = before?.role === 'asset' && 'named' in before && generation - before.named <= releases;
    if (stays && !mustGo(key)) {
      objects[key] = before;
    } else {
      remove.push(key);
    }
  }
  return { write, remove: remove.sort(), unchanged: wanted.length - write.length, objects };
}

/** What a write must find, so that it is never put over anything but what this run knows of. */
export function conditionFor(key: string, there: OnSite, listed: ReadonlyMap<string, string> | null): PutCondition {
  const etag = listed === null ? there.get(key)?.etag : listed.get(key);
  return ifUnchanged(etag ?? null);
}
