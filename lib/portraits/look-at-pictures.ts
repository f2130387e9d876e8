import { hash } from 'node:crypto';
import pMap from 'p-map';
import type { PictureOutcome, PictureWish, Portrait } from '../goals/portraits.ts';
import type { FoundPicture, PictureFinder, PictureNotHad } from '../sources/source.ts';
import type { EncodedPicture, PictureLibrary } from './re-encode.ts';

/**
 * Looks at the pictures that a sheet asks for, and makes of each what the site shows.
 *
 * The room `portraits` knows how pictures are decoded and encoded. It may import `goals`, `pages`, `sources`. Begin at
 * {@link lookAtPictures}.
 */

export interface LookedAt {
  readonly outcomes: ReadonlyMap<PictureWish, PictureOutcome>;
  /** What was made in this run, by the address of the JPEG. What the site has already is not made again. */
  readonly made: ReadonlyMap<string, EncodedPicture>;
}

export interface PictureDeps {
  readonly finder: PictureFinder;
  /** The portrait at this address as the site has it already; null where it has none. */
  readonly known: (src: string) => Portrait | null;
  /** Loaded when there is something to be made; gives null where there is none. */
  readonly library: () => Promise<PictureLibrary | null>;
  /** Whether pictures are only looked at, to tell whether they can be shown. */
  readonly examineOnly?: boolean;
}

/** How many pictures are looked up at the same time. They are made one after the other, which bounds the memory. */
const parallel = 4;

/**
 * The address of a portrait goes by the bytes of the picture that it is made from, and by how it is made. So whether there is anything to
 * be done is known before the picture is decoded, and in Drive before it is fetched.
 */
export async function lookAtPictures(
  wishes: readonly PictureWish[],
  { finder, known, library, examineOnly = false }: PictureDeps,
): Promise<LookedAt> {
  const outcomes = new Map<PictureWish, PictureOutcome>();
  const made = new Map<string, EncodedPicture>();
  const found = await pMap(wishes, async (wish) => [wish, await findPicture(wish, finder)] as const, {
    concurrency: parallel,
  });
  const done = new Map<string, PictureOutcome>();
  for (const [wish, picture] of found) {
    if (typeof picture === 'string' || 'lost' in picture) {
      outcomes.set(wish, picture);
      continue;
    }
    const bytes = picture.digest === null ? await picture.bytes() : null;
    if (typeof bytes === 'string' || (bytes !== null && 'lost' in bytes)) {
      outcomes.set(wish, bytes);
      continue;
    }
    const src = addressOf(picture.digest ?? hash('sha256', bytes ?? ''));
    let outcome = done.get(src) ?? known(src);
    if (outcome === null) {
      outcome = await makePicture(src, bytes ?? (await picture.bytes()));
      done.set(src, outcome);
    }
    outcomes.set(wish, outcome);
  }
  return { outcomes, made };

  async function makePicture(src: string, bytes: Uint8Array | PictureNotHad): Promise<PictureOutcome> {
    if (typeof bytes === 'string' || 'lost' in bytes) return bytes;
    const encoder = await library();
    if (encoder === null) return 'no-library';
    if (examineOnly) return (await encoder.examine(bytes)) ?? { src, width: 1, height: 1 };
    const encoded = await encoder.reEncode(bytes);
    if (typeof encoded === 'string') return encoded;
    made.set(src, encoded);
    return { src, width: encoded.width, height: encoded.height };
  }
}

/** Says how pictures are made: to be changed with it, so that new ones have addresses of their own. */
const recipe = '1';

function addressOf(digest: string): string {
  return `assets/portrait-${hash('sha256', `${recipe} ${digest}`).slice(0, 16)}.jpg`;
}

async function findPicture({ picture }: PictureWish, finder: PictureFinder): Promise<FoundPicture | PictureNotHad> {
  if (picture.kind !== 'cell') return finder.find(picture);
  const digest = hash('sha256', picture.bytes());
  return { digest, bytes: async () => picture.bytes() };
}
