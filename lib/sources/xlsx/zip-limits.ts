import { unzipSync, zipSync } from 'fflate';

/** What a workbook may hold when unpacked. A full year of a large city is under 1 MB. */
export const unpackedLimits = { bytes: 200 * 1024 * 1024, entries: 5_000 } as const;

export type Repacked =
  | { readonly ok: true; readonly zip: Uint8Array }
  | { readonly ok: false; readonly reason: 'damaged' | 'too-large' };

/**
 * Unpacks a zip under limits and packs it again without compression, so that whatever reads it next cannot be made to unpack
 * more. The sizes that the zip declares are believed for allocation only: an entry that holds more than it declares is cut
 * there, so a lie costs no memory. On the way each part can be replaced.
 */
export function repackWithinLimits(
  file: Uint8Array,
  replace: (name: string, part: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Repacked {
  let bytes = 0;
  let entries = 0;
  let tooLarge = false;
  try {
    const files = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        bytes += originalSize;
        entries += 1;
        if (bytes > unpackedLimits.bytes || entries > unpackedLimits.entries) tooLarge = true;
        return !tooLarge && !name.endsWith('/');
      },
    });
    if (tooLarge) return { ok: false, reason: 'too-large' };
    for (const [name, part] of Object.entries(files)) files[name] = replace(name, part);
    return { ok: true, zip: zipSync(files, { level: 0 }) };
  } catch {
    return { ok: false, reason: tooLarge ? 'too-large' : 'damaged' };
  }
}
