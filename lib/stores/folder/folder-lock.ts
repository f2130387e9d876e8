import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownFilePrefix } from '../object-key.ts';
import { StoreError } from '../store.ts';

/** SQLite's result code for a database that another connection has locked. */
const busy = 5;
/** What is done under the lock takes milliseconds, so this is long. */
const patience = 20_000;

/**
 * Runs the work while no other process, on this machine or another that shares the folder, runs any under the lock of
 * the same folder. The lock is SQLite's on an empty database file: the operating system drops it when its process dies,
 * so there is no lock left behind to be judged stale, which a lock file can never be safely.
 *
 * @throws StoreError `folder-locked` when the lock was not to be had in 20 seconds
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(folder, `${ownFilePrefix}lock`);
  // Before SQLite makes it, which would let everybody read, and so lock, it.
  closeSync(openSync(lock, 'a', 0o600));
  using database = new DatabaseSync(lock);
  const start = performance.now();
  while (!tryToLock(database)) {
    if (performance.now() - start > patience) {
      throw new StoreError(
        'folder-locked',
        `フォルダーへの書き込みの順番が回ってきませんでした（${folder}）。`,
        'ほかに実行中のものがないことを確かめてから、もう一度実行してください。',
      );
    }
    await sleep(2 + Math.random() * 10);
  }
  return await work();
}

function tryToLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw error;
  }
}
