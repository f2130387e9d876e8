import { createHash } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import pMap from 'p-map';
import { thisProcess } from '../holder.ts';
import { holds } from '../memory.ts';
import { checkObjectKey, ownFilePrefix } from '../object-key.ts';
import { notSent, type ObjectStore, type PutCondition, type PutResult, type StoredObject } from '../store.ts';
import { type FileSystem, renameInUse, syncDirectory, thisFileSystem } from './file-system.ts';
import { explained, linkInTheWay, unless } from './folder-errors.ts';
import { withFolderLock } from './folder-lock.ts';
import { removeAbandoned, temporaryName } from './own-files.ts';

export interface FolderOptions {
  /** Folders that are made, and files, are for their owner alone. */
  readonly isPrivate?: boolean;
  readonly files?: FileSystem;
}

/** The etag of what is no file of its own: a link. */
const noFile = 'no file';

/**
 * A folder as a store. An object is written under a name of its own beside its place, forced to the disk and renamed, so
 * a reader, or a machine that loses its power, has the old file or the new one. Conditional writes take turns by
 * `withFolderLock`. The media type and the caching of an object are not kept: a web server sets them for files.
 *
 * Files that are not objects of ours are never touched, but for temporary files of a process that died. A link below the folder is
 * never written through; the folder itself may be one.
 */
export function folderStore(
  path: string,
  { isPrivate = false, files = thisFileSystem }: FolderOptions = {},
): ObjectStore {
  const root = resolve(path);
  const swept = new Set<string>();
  const holder = thisProcess();
  const modes = isPrivate ? { folder: 0o700, file: 0o600 } : { folder: 0o777, file: 0o666 };
  let requests = 0;

  const pathOf = (key: string): string => {
    checkObjectKey(key);
    return join(root, ...key.split('/'));
  };

  const sweep = (directory: string): void => {
    if (swept.has(directory)) return;
    swept.add(directory);
    removeAbandoned(directory, holder);
  };

  /** Whether a folder below the root is a link, or lies in one. */
  const leadsAway = async (directory: string): Promise<boolean> => {
    if (directory === root) return false;
    if (await leadsAway(dirname(directory))) return true;
    return (await lstat(directory).catch(unless('ENOENT', 'ENOTDIR')))?.isSymbolicLink() ?? false;
  };

  /** Writes the body beside the place it is meant for, and returns the path. */
  const writeBeside = async (place: string, body: Uint8Array): Promise<string> => {
    const directory = dirname(place);
    const created = await mkdir(directory, { recursive: true, mode: modes.folder });
    if (created !== undefined) await syncDirectory(files, dirname(created));
    sweep(directory);
    const temporary = join(directory, temporaryName(holder));
    try {
      await writeThrough(temporary, body, modes.file);
    } catch (error) {
      await unlink(temporary).catch(unless('ENOENT'));
      throw error;
    }
    return temporary;
  };

  const putInPlace = async (
    temporary: string,
    place: string,
    condition: PutCondition | undefined,
    maySend: () => boolean,
  ): Promise<(PutResult & { readonly outcome: 'lost' }) | null> => {
    const move = async (): Promise<null> => {
      if (!maySend()) throw notSent(root);
      await renameInUse(files, temporary, place);
      return null;
    };
    if (condition === undefined) return move();
    return withFolderLock(root, async () => {
      const current = await readObject(place);
      return holds(condition, current) ? move() : { outcome: 'lost', current };
    });
  };

  return {
    name: root,
    conditions: 'locked',
    get requests() {
      return requests;
    },
    async get(key) {
      requests += 1;
      const place = pathOf(key);
      return explained(root, key, () => readObject(place));
    },
    async put(key, object, condition, limits) {
      requests += 1;
      const place = pathOf(key);
      return explained(root, key, async () => {
        if (await leadsAway(dirname(place))) throw linkInTheWay(root, key);
        const temporary = await writeBeside(place, object.body);
        try {
          const lost = await putInPlace(temporary, place, condition, limits?.maySend ?? (() => true));
          if (lost !== null) return lost;
        } finally {
          // Gone already where it was put in place.
          await unlink(temporary).catch(unless('ENOENT'));
        }
        await syncDirectory(files, dirname(place));
        return { outcome: 'written', etag: etagOf(object.body) };
      });
    },
    async keys() {
      return explained(root, '', async () => new Set((await filesBelow(root)).keys()));
    },
    async list() {
      requests += 1;
      return explained(root, '', async () => {
        const found = [...(await filesBelow(root))].filter(
          ([key]) => !key.split('/').some((name) => name.startsWith(ownFilePrefix)),
        );
        const etagAt = async ([key, isFile]: (typeof found)[number]) =>
          [key, isFile ? ((await readObject(join(root, ...key.split('/'))))?.etag ?? null) : noFile] as const;
        const etags = await pMap(found, etagAt, { concurrency: 8 });
        return new Map(etags.flatMap(([key, etag]) => (etag === null ? [] : [[key, etag]])));
      });
    },
    async delete(key, limits) {
      requests += 1;
      const place = pathOf(key);
      await explained(root, key, async () => {
        if (await leadsAway(dirname(place))) throw linkInTheWay(root, key);
        if (limits?.maySend?.() === false) throw notSent(root);
        await unlink(place).catch(unless('ENOENT', 'ENOTDIR'));
        await removeEmptyParents(root, dirname(place), sweep);
      });
    },
  };
}

/** Every file below, by its path from there as a key has it, and whether it is a file of its own: no link is followed. */
async function filesBelow(root: string): Promise<Map<string, boolean>> {
  const entries =
    (await readdir(root, { recursive: true, withFileTypes: true }).catch(unless('ENOENT', 'ENOTDIR'))) ?? [];
  return new Map(
    entries.flatMap((entry) =>
      entry.isDirectory()
        ? []
        : [[relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'), entry.isFile()]],
    ),
  );
}

async function readObject(place: string): Promise<StoredObject | null> {
  const body = await readFile(place).catch(unless('ENOENT', 'ENOTDIR', 'EISDIR'));
  return body === undefined ? null : { body, etag: etagOf(body) };
}

function etagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Writes a file that is not there yet, and returns when it is on the disk. */
async function writeThrough(path: string, body: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeEmptyParents(root: string, directory: string, sweep: (directory: string) => void): Promise<void> {
  if (directory === root || relative(root, directory).startsWith('..')) return;
  sweep(directory);
  const removed = await rmdir(directory).then(() => true, unless('ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'));
  if (removed) await removeEmptyParents(root, dirname(directory), sweep);
}
