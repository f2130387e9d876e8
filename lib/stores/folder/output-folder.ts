import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { thisProcess } from '../holder.ts';
import { checkObjectKey } from '../object-key.ts';
import { renameInUseSync } from './file-system.ts';
import { explainedSync, linkInTheWay, unless } from './folder-errors.ts';
import { removeAbandoned, temporaryName } from './own-files.ts';

/** A folder that a site is built into, by one process, with nothing remembered. */
export interface OutputFolder {
  /** Its absolute path. */
  readonly name: string;
  /** How many files were read and written so far. */
  readonly requests: number;
  /** Whether the file holds these bytes. @throws StoreError */
  holds(key: string, body: Uint8Array): boolean;
  /** The bytes of the file; null where there is none. @throws StoreError */
  read(key: string): Uint8Array | null;
  /** Writes the whole file; where there was one, a reader sees the old one or the new one. @throws StoreError */
  put(key: string, body: Uint8Array): void;
}

/**
 * Unlike `folderStore`, nothing is forced to the disk: the next build looks at every byte again, so nothing rests on what a power cut
 * may have taken. And the process waits for each file, since it has nothing else to do, and handing 47,000 small files to other
 * threads takes longer than writing them.
 *
 * A link below the folder is never written through, and what a build left that was killed is cleared away.
 */
export function outputFolder(path: string, rename: (from: string, to: string) => void = renameSync): OutputFolder {
  const root = resolve(path);
  const holder = thisProcess();
  /** Of folders that were looked for or made: whether they are there. */
  const found = new Map<string, boolean>();
  /** Of folders below: those that are no links. */
  const own = new Set<string>();
  let requests = 0;

  const placeOf = (key: string): string => {
    checkObjectKey(key);
    return join(root, ...key.split('/'));
  };

  /** In a folder that is not there no file is looked for: most of a first build. */
  const isThere = (directory: string): boolean => {
    let there = found.get(directory);
    if (there === undefined) {
      there = (directory === root || isThere(dirname(directory))) && existsSync(directory);
      found.set(directory, there);
      if (there) removeAbandoned(directory, holder);
    }
    return there;
  };

  const refuseLinks = (directory: string, key: string): void => {
    if (directory === root || own.has(directory)) return;
    refuseLinks(dirname(directory), key);
    if (lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink()) throw linkInTheWay(root, key);
    own.add(directory);
  };

  const makeDirectory = (directory: string): void => {
    if (isThere(directory)) return;
    // Above the site, nothing is known of what is there.
    if (directory === root) mkdirSync(directory, { recursive: true });
    else {
      makeDirectory(dirname(directory));
      try {
        mkdirSync(directory);
      } catch (error) {
        unless('EEXIST')(error);
      }
    }
    found.set(directory, true);
  };

  return {
    name: root,
    get requests() {
      return requests;
    },
    holds(key, body) {
      requests += 1;
      return explainedSync(root, key, () => {
        const place = placeOf(key);
        refuseLinks(dirname(place), key);
        if (!isThere(dirname(place))) return false;
        const stats = statSync(place, { throwIfNoEntry: false });
        if (stats === undefined || stats.size !== body.byteLength || !stats.isFile()) return false;
        return readFileSync(place).equals(body);
      });
    },
    read(key) {
      requests += 1;
      return explainedSync(root, key, () => {
        const place = placeOf(key);
        refuseLinks(dirname(place), key);
        if (!isThere(dirname(place))) return null;
        return statSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place) : null;
      });
    },
    put(key, body) {
      requests += 1;
      return explainedSync(root, key, () => {
        const place = placeOf(key);
        refuseLinks(dirname(place), key);
        makeDirectory(dirname(place));
        try {
          writeFileSync(place, body, { flag: 'wx' });
        } catch (error) {
          unless('EEXIST')(error);
          const beside = join(dirname(place), temporaryName(holder));
          writeFileSync(beside, body);
          renameInUseSync(rename, beside, place);
        }
      });
    },
  };
}
