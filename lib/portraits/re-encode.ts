import type { Sharp, SharpConstructor } from 'sharp';
import type { RefusedPicture } from '../goals/portraits.ts';
import { errorCode } from '../system-error.ts';

/**
 * Makes of a picture of any kind the two that the site shows. Nothing of the file itself is passed on: it is decoded, turned upright,
 * brought to sRGB, made smaller and encoded anew, so that neither the place where it was taken nor a hidden second content gets out.
 */

/** A picture as the site shows it. Both files have the same size in pixels. */
export interface EncodedPicture {
  readonly jpeg: Uint8Array;
  readonly avif: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a picture may cost. A camera of today takes 12 to 48 million pixels in 3 to 15 MB. */
export const pictureLimits = {
  /** Of the file. */
  bytes: 30_000_000,
  pixels: 50_000_000,
  /** Of what has to be in memory at once while it is decoded. */
  decodedBytes: 320_000_000,
  seconds: 10,
} as const;

/** Of each file on the site: a page with eight is read over a mobile network. */
const mostBytes = 25_000;

/** From the best on, until both files are small enough: the longer side in pixels, and the quality of each. */
const steps = [
  { side: 640, jpeg: 78, avif: 55 },
  { side: 640, jpeg: 64, avif: 45 },
  { side: 480, jpeg: 68, avif: 48 },
  { side: 480, jpeg: 52, avif: 38 },
  { side: 360, jpeg: 56, avif: 40 },
  { side: 240, jpeg: 50, avif: 35 },
  { side: 160, jpeg: 40, avif: 30 },
] as const;

export interface PictureLibrary {
  /** Whether the picture can be shown, at little cost: null where it can. */
  examine(bytes: Uint8Array): Promise<RefusedPicture | null>;
  reEncode(bytes: Uint8Array): Promise<EncodedPicture | RefusedPicture>;
}

/** The kinds that are decoded. Others are not even tried: what decodes them is switched off. */
const kinds: Readonly<Record<string, string>> = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
  gif: 'VipsForeignLoadNsgif',
  tiff: 'VipsForeignLoadTiff',
  heif: 'VipsForeignLoadHeif',
};

/** How files of these kinds begin. Nothing else is handed to the library at all. */
const beginnings = [
  /^\xff\xd8\xff/u,
  /^\x89PNG\r\n/u,
  /^RIFF.{4}WEBP/su,
  /^GIF8[79]a/u,
  /^(?:II\*|MM)/u,
  /^.{4}ftyp/su,
] as const;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/**
 * Loads the library that decodes pictures; null where it is not installed. It has native parts, so a program that is one file does
 * not bring it along.
 */
export async function pictureLibrary(): Promise<PictureLibrary | null> {
  const sharp = await loadSharp();
  if (sharp === null) return null;
  // One picture at a time, and nothing kept of it: the memory is bounded by the largest.
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: Object.values(kinds) });
  /** Opens a picture within the limits, upright and in sRGB. */
  const open = async (bytes: Uint8Array): Promise<Sharp | RefusedPicture> => {
    if (bytes.byteLength > pictureLimits.bytes) return 'too-large';
    if (!beginnings.some((beginning) => beginning.test(latin1(bytes.subarray(0, 12))))) return 'unknown-kind';
    const options = {
      limitInputPixels: pictureLimits.pixels,
      sequentialRead: true,
      failOn: 'error',
      pages: 1,
    } as const;
    const { format, width, height, channels, depth, isProgressive } = await sharp(bytes, options).metadata();
    if (kinds[format] === undefined) return 'unknown-kind';
    if (width * height > pictureLimits.pixels) return 'too-large';
    const perSample = depth === 'uchar' ? 1 : depth === 'ushort' || depth === 'short' ? 2 : 4;
    // An interlaced picture is in memory as a whole, with its coefficients, before the first line is known.
    const decoded = width * height * channels * perSample * (isProgressive ? 3 : 1);
    if (decoded > pictureLimits.decodedBytes) return 'too-large';
    return sharp(bytes, options).timeout({ seconds: pictureLimits.seconds }).autoOrient();
  };
  return {
    examine: (bytes) =>
      guarded(async () => {
        const picture = await open(bytes);
        if (typeof picture === 'string') return picture;
        await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer();
        return null;
      }),
    reEncode: (bytes) =>
      guarded(async () => {
        const picture = await open(bytes);
        if (typeof picture === 'string') return picture;
        // Decoded once; what is made from then on is small.
        const upright = await picture
          .resize(steps[0].side, steps[0].side, { fit: 'inside', withoutEnlargement: true })
          .flatten({ background: '#ffffff' })
          .toColourspace('srgb')
          .raw()
          .toBuffer({ resolveWithObject: true });
        const { width, height, channels } = upright.info;
        const raw = { raw: { width, height, channels } };
        const smaller = (side: number): Sharp =>
          sharp(upright.data, raw).resize(side, side, { fit: 'inside', withoutEnlargement: true });
        for (const [index, { side, jpeg, avif }] of steps.entries()) {
          const isLast = index === steps.length - 1;
          const photo = await smaller(side)
            .jpeg({ quality: jpeg, mozjpeg: true })
            .toBuffer({ resolveWithObject: true });
          if (photo.data.byteLength > mostBytes && !isLast) continue;
          // More effort takes four times as long and saves a tenth.
          const modern = await smaller(side).avif({ quality: avif, effort: 2 }).toBuffer();
          if (modern.byteLength > mostBytes && !isLast) continue;
          return { jpeg: photo.data, avif: modern, width: photo.info.width, height: photo.info.height };
        }
        throw new Error('The last step is always taken.');
      }),
  };
}

/** What the library throws of a picture says that it cannot be decoded, or not in time. */
async function guarded<Result>(work: () => Promise<Result>): Promise<Result | RefusedPicture> {
  try {
    return await work();
  } catch (error) {
    // What the library says of a picture has no code; an error of the system or of this program is no fault of the picture.
    if (!(error instanceof Error) || error instanceof TypeError || errorCode(error) !== null) throw error;
    if (/timeout|exceeds pixel limit|too large|exceeds .*limit/iu.test(error.message)) return 'too-large';
    return /unsupported image format|no known loader|not in a known format|blocked/iu.test(error.message)
      ? 'unknown-kind'
      : 'damaged';
  }
}

async function loadSharp(): Promise<SharpConstructor | null> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    // Not installed, or for another kind of machine: the pages are published without pictures.
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND' || /sharp/iu.test(String(error))) return null;
    throw error;
  }
}
