import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../system-error.ts';
import { mostPictureBytes } from './picture-bytes.ts';
import type { FoundPicture, PictureFinder, PictureNotHad } from './source.ts';

/** Finds pictures in the folder of a workbook, and in folders below it. A link that leads out of the folder is not followed. */
export function picturesBeside(folder: string): PictureFinder {
  let requests = 0;
  const read = (file: string): Uint8Array => {
    requests += 1;
    return readFileSync(file);
  };
  const find = (name: string): FoundPicture | PictureNotHad => {
    const file = placeOf(folder, name);
    if (file === null) return notThere;
    const stats = statSync(file);
    if (!stats.isFile()) return notThere;
    if (stats.size > mostPictureBytes) return 'too-large';
    const digest = createHash('sha256').update(read(file)).digest('hex');
    // Read again when it is wanted, which is seldom: so no more than one picture is in memory at a time.
    return { digest, bytes: async () => unlessRefused(() => read(file)) };
  };
  return {
    get requests() {
      return requests;
    },
    async find(place) {
      if (place.kind === 'drive') return { lost: 'drive-from-file', account: null };
      return unlessRefused(() => find(place.path));
    },
  };
}

const notThere: PictureNotHad = { lost: 'folder', account: null };

/** What the system refuses has a code: then the picture is not to be had. */
function unlessRefused<Result>(work: () => Result): Result | PictureNotHad {
  try {
    return work();
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return notThere;
  }
}

/**
 * The file of this name in the folder; null where there is none. Names are compared in one form, since a Mac writes が as two characters, and
 * in any case where only the case differs, since a camera writes `.JPG`.
 */
function placeOf(folder: string, name: string): string | null {
  const root = realpathSync(folder);
  let place = root;
  for (const segment of name.split('/')) {
    const names = readdirSync(place);
    const wanted = segment.normalize('NFC');
    const found =
      names.find((one) => one.normalize('NFC') === wanted) ??
      names.find((one) => one.normalize('NFC').toLowerCase() === wanted.toLowerCase());
    if (found === undefined) return null;
    place = path.join(place, found);
  }
  const real = realpathSync(place);
  return real.startsWith(root + path.sep) ? real : null;
}
