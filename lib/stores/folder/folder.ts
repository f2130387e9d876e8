import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Holder, thisProcess } from '../holder.ts';
import { holds } from '../memory.ts';
import { checkObjectKey, ownFilePrefix } from '../object-key.ts';
import type { ObjectStore, PutCondition, PutResult, StoredObject } from '../store.ts';
import { explained, unless } from './folder-errors.ts';
import { withFolderLock } from './folder-lock.ts';

/** A temporary file of another machine is left alone for this long: it may be in use. */
const foreignTemporaryAge = 60 * 60 * 1000;

/**
 * A folder as a store. An object is written under a name of its own beside its place, forced to the disk and renamed, so
 * a reader, or a machine that loses its power, has the old file or the new one. Conditional writes take turns by
 * `withFolderLock`. The media type and the caching of an object are not kept: a web server sets them for files.
 *
 * Files that are not objects of ours are never touched, but for temporary files of a process that died.
 */
export function folderStore(path: string): ObjectStore {
  const root = resolve(path);
  const swept = new Set<string>();
  let requests = 0;
  let holder: Promise<Holder> | undefined;

  const pathOf = (key: string): string => {
    checkObjectKey(key);
    return join(root, ...key.split('/'));
  };

  const sweep = async (directory: string): Promise<void> => {
    if (swept.has(directory)) return;
    swept.add(directory);
    holder ??= thisProcess();
    await removeAbandoned(directory, await holder);
  };

  /** Writes the body beside the place it is meant for, and returns the path. */
  const writeBeside = async (place: string, body: Uint8Array): Promise<string> => {
    const directory = dirname(place);
    const created = await mkdir(directory, { recursive: true });
    if (created !== undefined) await syncDirectory(dirname(created));
    await sweep(directory);
    holder ??= thisProcess();
    const { machine, pid } = await holder;
    const temporary = join(directory, `${ownFilePrefix}${machine}-${pid}-${randomBytes(6).toString('hex')}`);
    try {
      await writeThrough(temporary, body);
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
  ): Promise<(PutResult & { readonly outcome: 'lost' }) | null> => {
    if (condition === undefined) {
      await rename(temporary, place);
      return null;
    }
    return withFolderLock(root, async () => {
      const current = await readObject(place);
      if (!holds(condition, current)) return { outcome: 'lost', current };
      await rename(temporary, place);
      return null;
    });
  };

  return {
    name: root,
    get requests() {
      return requests;
    },
    async get(key) {
      requests += 1;
      const place = pathOf(key);
      return explained(root, key, () => readObject(place));
    },
    async put(key, object, condition) {
      requests += 1;
      const place = pathOf(key);
      return explained(root, key, async () => {
        const temporary = await writeBeside(place, object.body);
        try {
          const lost = await putInPlace(temporary, place, condition);
          if (lost !== null) return lost;
        } finally {
          // Gone already where it was put in place.
          await unlink(temporary).catch(unless('ENOENT'));
        }
        await syncDirectory(dirname(place));
        return { outcome: 'written', etag: etagOf(object.body) };
      });
    },
    async keys() {
      return explained(root, '', () => filesBelow(root));
    },
    async delete(key) {
      requests += 1;
      const place = pathOf(key);
      await explained(root, key, async () => {
        await unlink(place).catch(unless('ENOENT', 'ENOTDIR'));
        await removeEmptyParents(root, dirname(place), sweep);
      });
    },
  };
}

/** Every file below, by its path from there as a key has it. */
async function filesBelow(root: string): Promise<Set<string>> {
  const entries =
    (await readdir(root, { recursive: true, withFileTypes: true }).catch(unless('ENOENT', 'ENOTDIR'))) ?? [];
  return new Set(
    entries.flatMap((entry) =>
      entry.isDirectory() ? [] : [relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')],
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
async function writeThrough(path: string, body: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on the disk only once the directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a process that died was writing here. */
async function removeAbandoned(directory: string, holder: Holder): Promise<void> {
  const names = (await readdir(directory).catch(unless('ENOENT', 'ENOTDIR'))) ?? [];
  for (const name of names) {
    if (!name.startsWith(ownFilePrefix)) continue;
    const [machine, pid] = name.slice(ownFilePrefix.length).split('-');
    if (pid === undefined) continue;
    const path = join(directory, name);
    const abandoned =
      machine === holder.machine
        ? !holder.isAlive(Number(pid))
        : Date.now() - ((await stat(path).catch(unless('ENOENT')))?.mtimeMs ?? 0) > foreignTemporaryAge;
    if (abandoned) await unlink(path).catch(unless('ENOENT'));
  }
}

async function removeEmptyParents(
  root: string,
  directory: string,
  sweep: (directory: string) => Promise<void>,
): Promise<void> {
  if (directory === root || relative(root, directory).startsWith('..')) return;
  await sweep(directory);
  const removed = await rmdir(directory).then(() => true, unless('ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'));
  if (removed) await removeEmptyParents(root, dirname(directory), sweep);
}
