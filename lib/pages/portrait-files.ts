import type { Published } from '../goals/model/published.ts';
import { makeFile } from './make-file.ts';
import type { KeptFile, SiteFile } from './site-file.ts';

/** The bytes of a portrait. */
export interface PortraitBytes {
  readonly jpeg: Uint8Array;
  readonly avif: Uint8Array;
}

/** A day, and not for ever as of other assets: a face that is taken off the site must not be shown by a cache for a year. */
const cacheControl = 'public, max-age=86400, immutable';

/** Whether a file of the site is a portrait. One that no page names any more goes at once, and does not wait for readers of older pages. */
export function isPortrait(key: string): boolean {
  return /^assets\/portrait-[0-9a-f]+\.(?:jpg|avif)$/u.test(key);
}

/** The address of a portrait as AVIF, beside that of the JPEG, which is the one that the dataset names. */
export function avifOf(src: string): string {
  return src.replace(/\.jpg$/u, '.avif');
}

/**
 * The files of the portraits that are published, and of no other: those made in this run, and for the rest what the site has already. So
 * the picture of a department that is held stays, though its source may be gone.
 */
export function portraitFiles({ years }: Published, made: ReadonlyMap<string, PortraitBytes>): (SiteFile | KeptFile)[] {
  const named = new Set(
    years.flatMap(({ departments }) =>
      departments.flatMap(({ department }) => department.directors.flatMap(({ portrait }) => portrait?.src ?? [])),
    ),
  );
  return [...named].flatMap((src): (SiteFile | KeptFile)[] => {
    const bytes = made.get(src);
    if (bytes === undefined) return [src, avifOf(src)].map((key) => ({ key, keep: true }));
    const files = [makeFile(src, 'asset', bytes.jpeg), makeFile(avifOf(src), 'asset', bytes.avif)];
    return files.map((file) => ({ ...file, cacheControl }));
  });
}
