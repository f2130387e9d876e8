import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Holder } from '../holder.ts';
import { ownFilePrefix } from '../object-key.ts';
import { unless } from './folder-errors.ts';

/** A temporary file of another machine is left alone for this long: it may be in use. */
const foreignTemporaryAge = 60 * 60 * 1000;

/** The name under which a file is written before it takes its place. It says whose it is, so that it can be cleared away after a death. */
export function temporaryName({ machine, pid }: Holder): string {
  return `${ownFilePrefix}${machine}-${pid}-${randomBytes(6).toString('hex')}`;
}

/** Removes what a process that died was writing in this folder. */
export function removeAbandoned(directory: string, holder: Holder): void {
  for (const name of namesIn(directory)) {
    if (!name.startsWith(ownFilePrefix)) continue;
    const [machine, pid] = name.slice(ownFilePrefix.length).split('-');
    if (pid === undefined) continue;
    const path = join(directory, name);
    const abandoned =
      machine === holder.machine
        ? !holder.isAlive(Number(pid))
        : Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > foreignTemporaryAge;
    if (abandoned) removeIfThere(path);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    unless('ENOENT', 'ENOTDIR')(error);
    return [];
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    unless('ENOENT')(error);
  }
}
