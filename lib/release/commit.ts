import type { Change, Published } from '../goals/model/published.ts';
import { StoreError } from '../stores/store.ts';
import { type Archive, decodeArchive, encodeArchive, encodePack } from './archive.ts';
import type { Difference } from './difference.ts';
import { type HashedFile, releaseId } from './hashed-file.ts';
import { currentObjects, isSameObject, type ReleaseRecord, type State } from './state.ts';

/** What a site shall be, and where it comes from. */
export interface Target {
  readonly files: readonly HashedFile[];
  readonly published: Published;
  readonly changes: readonly Change[];
  readonly sourceVersion: string | null;
  /** When the source had been read, by the wall clock; null where it was read after the state. */
  readonly sourceReadAt: Date | null;
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
  /** How long the archive inside the state may be, in characters, before its bodies move to a pack of their own. */
  readonly archiveLength: number;
}

export const defaultRetention: Retention = { releases: 20, assetReleases: 5, archiveLength: 256 * 1024 };

/** The state that commits a release, and the pack that must be in its store before. */
export interface Commit {
  readonly state: State;
  readonly pack: { readonly key: string; readonly body: Uint8Array } | null;
  /** Packs that no kept release needs any more. */
  readonly removePacks: readonly string[];
}

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

/**
 * The commit that makes the current release true again: no new one is recorded.
 *
 * @throws StoreError `history-damaged`
 */
export function recommit(state: State, target: Target, change: Difference, site: string): Commit {
  const left = packsOfPending(state);
  return {
    state: { ...state, site, published: target.published, objects: change.objects, pin: target.pin, pending: null },
    pack: null,
    removePacks: left.length === 0 ? [] : unneeded(left, readArchive(state)),
  };
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
  const keep = Math.max(1, options.retention.releases);
  // What the site is pinned to is kept for as long as it is, so that the same rollback can be asked for again.
  const records = [record, ...state.records].filter(
    (one, index) => index < keep || one.release === target.pin?.release,
  );
  const dropped = keepWhatIsNeeded(archive, state, records, target.files);
  const removePacks = unneeded([...dropped, ...packsOfPending(state)], archive);
  const next = {
    ...state,
    generation,
    site: options.site,
    published: target.published,
    sourceReadAt: newest(state.sourceReadAt, target.sourceReadAt),
    objects: change.objects,
    records,
    pin: target.pin,
    pending: null,
  };
  const text = encodeArchive(archive);
  if (text.length <= options.retention.archiveLength || archive.bodies.size === 0) {
    return { state: { ...next, archive: text }, pack: null, removePacks };
  }
  const pack = { key: `packs/${release}-${options.run}`, body: encodePack(archive.bodies) };
  archive.packs.set(pack.key, [...archive.bodies.keys()]);
  archive.bodies.clear();
  return { state: { ...next, archive: encodeArchive(archive) }, pack, removePacks };
}

/** @throws StoreError `history-damaged` */
export function readArchive(state: State): Archive {
  const archive = decodeArchive(state.archive);
  if (archive === null) {
    throw new StoreError(
      'history-damaged',
      '公開の記録のうち、過去の公開を元に戻すための部分が壊れています。サイトには何も書きませんでした。',
      'バックアップから state.json を元に戻してください。',
    );
  }
  return archive;
}

/** Packs that a publisher that died has written, or should have removed. */
function packsOfPending({ pending }: State): string[] {
  return pending === null ? [] : [...pending.removePacks, ...(pending.pack === null ? [] : [pending.pack])];
}

function unneeded(keys: readonly string[], archive: Archive): string[] {
  return [...new Set(keys)].filter((key) => !archive.packs.has(key)).sort();
}

/**
 * Takes the superseded release and the new bodies into the archive, and drops what no kept release needs.
 *
 * @returns the keys of the packs that were dropped
 */
function keepWhatIsNeeded(
  archive: Archive,
  state: State,
  records: readonly ReleaseRecord[],
  files: readonly HashedFile[],
): string[] {
  const superseded = state.records[0];
  if (superseded !== undefined && state.published !== null) {
    archive.snapshots.set(superseded.release, {
      published: state.published,
      objects: Object.fromEntries(currentObjects(state)),
    });
  }
  const kept = new Set(records.map(({ release }) => release));
  for (const release of archive.snapshots.keys()) if (!kept.has(release)) archive.snapshots.delete(release);

  const bodies = new Map(files.map(({ object, body }) => [object.sha256, body]));
  const needed = new Set(bodies.keys());
  for (const { objects } of archive.snapshots.values()) {
    for (const { sha256 } of Object.values(objects)) needed.add(sha256);
  }
  const dropped: string[] = [];
  for (const [key, holds] of archive.packs) {
    if (holds.some((sha256) => needed.has(sha256))) continue;
    archive.packs.delete(key);
    dropped.push(key);
  }
  const packed = new Set([...archive.packs.values()].flat());
  for (const sha256 of archive.bodies.keys()) if (!needed.has(sha256)) archive.bodies.delete(sha256);
  for (const [sha256, body] of bodies) {
    if (!packed.has(sha256) && !archive.bodies.has(sha256)) archive.bodies.set(sha256, body);
  }
  return dropped;
}

function newest(one: string | null, other: Date | null): string | null {
  if (one === null) return other?.toISOString() ?? null;
  return other !== null && other.toISOString() > one ? other.toISOString() : one;
}
