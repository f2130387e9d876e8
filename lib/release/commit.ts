import type { Change, Published } from '../goals/model/published.ts';
import { isSharePicture } from '../pages/pictures/share-picture-keys.ts';
import { StoreError } from '../stores/store.ts';
import { type Archive, decodeArchive, encodeArchive } from './archive.ts';
import type { Difference } from './difference.ts';
import { type HashedFile, releaseId } from './hashed-file.ts';
import {
  currentObjects,
  isSameObject,
  type KeptObject,
  type LateObject,
  type ReleaseRecord,
  type State,
} from './state.ts';

/** What a site shall be, and where it comes from. */
export interface Target {
  readonly files: readonly HashedFile[];
  readonly published: Published;
  readonly changes: readonly Change[];
  readonly sourceVersion: string | null;
  /** For a rollback, the release that is put back. */
  readonly restored: string | null;
  readonly pin: State['pin'];
}

/** How much of the past is kept. */
export interface Retention {
  /** Releases that can be put back, the current one included; at least 1. */
  readonly releases: number;
  /** For how many releases an asset stays on the site after the last one that named it. */
  readonly assetReleases: number;
  /** How long the archive inside the state may be, in characters: fewer releases are kept where they do not fit. */
  readonly archiveLength: number;
}

export const defaultRetention: Retention = { releases: 20, assetReleases: 5, archiveLength: 3 * 1024 * 1024 };

/** The state that commits a release; the manifest is made when everything is written, since only then are the etags known. */
export type Commit = Omit<State, 'objects' | 'late'>;

/** Whether the files are those of the current release, every one and no other. */
export function isCurrentRelease(state: State, files: readonly HashedFile[]): boolean {
  const current = currentObjects(state);
  return (
    state.records.length > 0 &&
    current.size === files.length &&
    files.every(({ key, object }) => {
      const before = current.get(key);
      return before !== undefined && isSameObject(before, object);
    })
  );
}

/** The commit that makes the current release true again: no new one is recorded. */
export function recommit(state: State, target: Target, site: string): Commit {
  return { ...state, site, published: target.published, pin: target.pin, pending: null };
}

/**
 * The commit of a new release after the one of this state.
 *
 * @param run names the run, so that it knows its own commit again
 * @throws StoreError `history-damaged`
 */
export function commitRelease(
  state: State,
  target: Target,
  change: Difference,
  options: { now: Date; run: string; retention: Retention; site: string },
): Commit {
  const archive = readArchive(state);
  const generation = state.generation + 1;
  const release = releaseId(generation, target.files);
  const record: ReleaseRecord = {
    release,
    generation,
    at: options.now.toISOString(),
    kind: target.restored === null ? 'publish' : 'rollback',
    restored: target.restored,
    sourceVersion: target.sourceVersion,
    changes: [...target.changes],
    written: change.write.map(({ key }) => key).sort(),
    removed: [...change.remove],
    run: options.run,
  };
  takeIn(archive, state, target.files);
  const { records, text } = whatFits(archive, [record, ...state.records], target, options.retention);
  return {
    ...state,
    generation,
    site: options.site,
    published: target.published,
    records,
    pin: target.pin,
    archive: text,
    pending: null,
  };
}

/** The manifest after everything is written. */
export function manifestOf(change: Difference, etags: ReadonlyMap<string, string>): Record<string, KeptObject> {
  return Object.fromEntries(
    Object.entries(change.objects).map(([key, object]) => {
      const etag = object.etag ?? etags.get(key);
      if (etag === undefined) throw new TypeError(`${key} is to be committed and was not written`);
      return [key, { ...object, etag }];
    }),
  );
}

/**
 * What may still arrive at keys that the manifest does not name: what a publisher that stopped had announced, and what is removed now.
 * Remembered for as long as a release is.
 */
export function lateObjects(
  state: State,
  site: string,
  change: Pick<Difference, 'objects' | 'remove'>,
  generation: number,
  kept: number,
): Record<string, LateObject> {
  if (state.site !== site) return {};
  const late = new Map<string, Set<string>>();
  const since = new Map<string, number>();
  const add = (key: string, sha256: readonly string[], at: number) => {
    if (change.objects[key] !== undefined) return;
    late.set(key, new Set([...(late.get(key) ?? []), ...sha256]));
    since.set(key, Math.max(since.get(key) ?? 0, at));
  };
  for (const [key, { sha256, since: at }] of Object.entries(state.late)) {
    if (generation - at <= kept) add(key, sha256, at);
  }
  for (const [key, { sha256 }] of Object.entries(state.pending?.objects ?? {})) add(key, [sha256], generation);
  for (const key of change.remove) {
    const object = state.objects[key];
    if (object !== undefined) add(key, [object.sha256], generation);
  }
  return Object.fromEntries(
    [...late].map(([key, sha256]) => [key, { sha256: [...sha256], since: since.get(key) ?? 0 }]),
  );
}

/**
 * Finds bytes of the releases that are kept, by their SHA-256. Nothing is unpacked before it is asked for.
 *
 * @returns a function that throws StoreError `history-damaged`
 */
export function archivedBodies(state: State): (sha256: string) => Uint8Array {
  let archive: Archive | null = null;
  return (sha256) => {
    archive ??= readArchive(state);
    const body = archive.bodies.get(sha256);
    if (body === undefined) throw historyDamaged();
    return body;
  };
}

/** @throws StoreError `history-damaged` */
export function readArchive(state: State): Archive {
  const archive = decodeArchive(state.archive);
  if (archive === null) throw historyDamaged();
  return archive;
}

function historyDamaged(): StoreError {
  return new StoreError(
    'history-damaged',
    '公開の記録のうち、過去の公開を元に戻すための部分が壊れています。サイトには何も書きませんでした。',
    'バックアップから state.json を元に戻してください。',
  );
}

/** Takes the superseded release and the new bodies into the archive, but for pictures that can be drawn again. */
function takeIn(archive: Archive, state: State, files: readonly HashedFile[]): void {
  const superseded = state.records[0];
  if (superseded !== undefined && state.published !== null) {
    archive.snapshots.set(superseded.release, {
      published: state.published,
      objects: Object.fromEntries(currentObjects(state)),
    });
  }
  for (const file of files) {
    if (isSharePicture(file.key)) continue;
    const { sha256 } = file.object;
    if (!archive.bodies.has(sha256)) archive.bodies.set(sha256, file.body);
  }
}

/**
 * As many of the newest releases as are wanted and fit into the archive, with what they need. Always the newest, and what the site is
 * pinned to, so that the same rollback can be asked for again.
 */
function whatFits(
  archive: Archive,
  all: readonly ReleaseRecord[],
  { files, pin }: Target,
  { releases, archiveLength }: Retention,
): { readonly records: ReleaseRecord[]; readonly text: string } {
  const keep = (count: number) => {
    const records = all.filter((one, index) => index < count || one.release === pin?.release);
    return { records, text: encodeArchive(archiveOf(archive, records, files)) };
  };
  let most = keep(Math.max(1, releases));
  if (most.text.length <= archiveLength) return most;
  // What fits, fits with one release less too: halved until it is found.
  let [fits, tooMany] = [1, Math.min(releases, all.length)];
  most = keep(fits);
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    const kept = keep(count);
    if (kept.text.length <= archiveLength) [fits, most] = [count, kept];
    else tooMany = count;
  }
  return most;
}

/** The archive of these releases alone; the bodies of the newest, whose files these are, are kept for when it is superseded. */
function archiveOf(archive: Archive, records: readonly ReleaseRecord[], files: readonly HashedFile[]): Archive {
  const kept = new Set(records.map(({ release }) => release));
  const snapshots = new Map([...archive.snapshots].filter(([release]) => kept.has(release)));
  const needed = new Set(files.map(({ object }) => object.sha256));
  for (const { objects } of snapshots.values()) for (const { sha256 } of Object.values(objects)) needed.add(sha256);
  const bodies = new Map([...archive.bodies].filter(([sha256]) => needed.has(sha256)));
  return { snapshots, bodies };
}
