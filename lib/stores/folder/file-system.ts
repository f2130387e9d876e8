import { open, rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../system-error.ts';
import { unless } from './folder-errors.ts';

/** Of a file system, what differs between systems; a test can answer as Windows does. */
export interface FileSystem {
  readonly open: typeof open;
  readonly rename: (from: string, to: string) => Promise<void>;
}

export const thisFileSystem: FileSystem = { open, rename };

/** Windows refuses to replace a file for as long as a virus scanner or an indexer has it open. */
const inUse: readonly string[] = ['EPERM', 'EBUSY'];
const pauses = [10, 20, 40, 80, 160, 320, 640];

/** Renames, and waits a little where the place is in use. */
export async function renameInUse({ rename: move }: FileSystem, from: string, to: string): Promise<void> {
  for (const pause of pauses) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      if (!inUse.includes(errorCode(error) ?? '')) throw error;
    }
    await sleep(pause);
  }
  await move(from, to);
}

/** As {@link renameInUse}, for what is done at once. */
export function renameInUseSync(move: (from: string, to: string) => void, from: string, to: string): void {
  const standing = new Int32Array(new SharedArrayBuffer(4));
  for (const pause of pauses) {
    try {
      move(from, to);
      return;
    } catch (error) {
      if (!inUse.includes(errorCode(error) ?? '')) throw error;
    }
    Atomics.wait(standing, 0, 0, pause);
  }
  move(from, to);
}

/** Forces a folder to the disk: a rename is on it only once the folder is. Windows opens no folder, and has nothing to force. */
export async function syncDirectory(files: FileSystem, directory: string): Promise<void> {
  const nothingThere = unless('EPERM', 'EISDIR', 'EACCES');
  const handle = await files.open(directory, 'r').catch(nothingThere);
  if (handle === undefined) return;
  try {
    await handle.sync().catch(nothingThere);
  } finally {
    await handle.close();
  }
}
