import type { Failure } from '../failure.ts';
import type { Published } from '../goals/model/published.ts';
import { makeFile } from '../pages/make-file.ts';
import { drawSharePicture } from '../pages/pictures/draw-share-picture.ts';
import { type Letters, MissingLettersError } from '../pages/pictures/letters.ts';
import {
  type NamedPicture,
  type SharePicture,
  sharePictureKey,
  sharePicturesOf,
  sharePictureText,
} from '../pages/pictures/share-picture.ts';
import type { KeptFile, SiteFile } from '../pages/site-file.ts';
import { errorCode } from '../system-error.ts';
import { lettersOfFonts } from './letters.ts';

/** The pictures that a site has to share, and their files. */
export interface SharePictures {
  /** What pages may name: of a page that has none here, there is none with letters. */
  readonly named: readonly NamedPicture[];
  readonly files: readonly (SiteFile | KeptFile)[];
  /** Why some could not be made. */
  readonly notes: readonly SharePictureNote[];
}

export interface SharePictureNote {
  readonly severity: 'warning' | 'notice';
  readonly failure: Failure;
}

/** What the site has already. */
export interface SharePictureDeps {
  /** Whether the site is known to have the file, and remembers what it is. */
  readonly isThere: (key: string) => boolean;
  /** The bytes of a file where nothing is remembered; null where there is none, or where that is not known without asking. */
  readonly bytesOf: (key: string) => Uint8Array | null;
  /** Loaded when there is something to be drawn; gives null where no letters are installed. */
  readonly letters?: () => Promise<Letters | null>;
}

/**
 * Draws what the site does not have yet, one after the other, and nothing else. Whatever goes wrong with a picture, the pages do without
 * it, and the next run tries again.
 */
export async function sharePictures(
  published: Published,
  { isThere, bytesOf, letters = lettersOfFonts }: SharePictureDeps,
): Promise<SharePictures> {
  const draw = drawerWith(letters);
  const named: NamedPicture[] = [];
  const files: (SiteFile | KeptFile)[] = [];
  const failures: unknown[] = [];
  const unwritable = new Map<string, MissingLettersError>();
  const fileOf = async (picture: SharePicture, key: string): Promise<SiteFile | KeptFile | null> => {
    if (isThere(key)) return { key, keep: true, draw: () => draw(picture).catch(() => null) };
    const before = bytesOf(key);
    const body = before !== null && isWholePng(before) ? before : await draw(picture);
    return body === null ? null : makeFile(key, 'asset', body);
  };
  for (const picture of sharePicturesOf(published)) {
    const key = sharePictureKey(picture);
    try {
      const file = await fileOf(picture, key);
      if (file === null) continue;
      files.push(file);
      const { fiscalYear, department } = picture;
      named.push({ fiscalYear, department, key, text: sharePictureText(picture) });
    } catch (error) {
      if (error instanceof MissingLettersError) unwritable.set(picture.title, error);
      else failures.push(error);
    }
  }
  const notes = [
    ...(failures.length > 0 ? [sharePicturesFailed(failures)] : []),
    ...(unwritable.size > 0 ? [sharePicturesWithoutLetters(unwritable)] : []),
  ];
  return { named, files, notes };
}

/** Draws with letters that are loaded for the first picture; gives null where there are none. */
function drawerWith(load: () => Promise<Letters | null>): (picture: SharePicture) => Promise<Uint8Array | null> {
  let letters: Promise<Letters | null> | null = null;
  return async (picture) => {
    letters ??= load();
    const loaded = await letters;
    return loaded === null ? null : drawSharePicture(picture, loaded);
  };
}

/** Whether a file ends as a PNG does (ISO/IEC 15948, 11.2.5), and not where a build was stopped. */
function isWholePng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-8)).toString('latin1') === 'IEND\xae\x42\x60\x82';
}

function sharePicturesFailed(errors: readonly unknown[]): SharePictureNote {
  const [first] = errors;
  const reason = errorCode(first) ?? (first instanceof Error ? first.name : typeof first);
  return {
    severity: 'warning',
    failure: {
      code: 'share-pictures-failed',
      message: `ページが共有されたときに表示される画像のうち、${errors.length}枚を作れませんでした（${reason}）。ページの公開には影響ありません。`,
      fix: '次の公開のときに、もう一度作ります。この知らせが続くときは、Mokuhyoを動かしている担当の方に伝えてください。',
    },
  };
}

function sharePicturesWithoutLetters(unwritable: ReadonlyMap<string, MissingLettersError>): SharePictureNote {
  const titles = [...unwritable.keys()].map((title) => `「${title}」`);
  const letters = [...new Set([...unwritable.values()].flatMap((error) => error.letters))];
  return {
    severity: 'notice',
    failure: {
      code: 'share-picture-letters',
      message: `画像の書体にない文字（${letters.join('、')}）があるため、${titles.join('')}には、ページが共有されたときに表示される、文字の入った画像がありません。`,
      fix: 'ページの表示には影響ありません。直す必要はありません。',
    },
  };
}
