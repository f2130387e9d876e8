import type { Published } from '../goals/model/published.ts';
import type { Portrait } from '../goals/portraits.ts';
import { avifOf, type PortraitBytes } from '../pages/portrait-files.ts';

/** Finds a portrait among those that were published last. */
export function portraitsIn(previous: Published | null): (src: string) => Portrait | null {
  const portraits = new Map<string, Portrait>();
  for (const { departments } of previous?.years ?? []) {
    for (const { department } of departments) {
      for (const { portrait } of department.directors) if (portrait !== null) portraits.set(portrait.src, portrait);
    }
  }
  return (src) => portraits.get(src) ?? null;
}

/** Finds a portrait in a folder that a site was built into, where nothing else is remembered; and keeps the bytes of those found. */
export function portraitsOfFolder(read: (key: string) => Uint8Array | null): {
  readonly known: (src: string) => Portrait | null;
  readonly bytes: ReadonlyMap<string, PortraitBytes>;
} {
  const bytes = new Map<string, PortraitBytes>();
  return {
    bytes,
    known(src) {
      const [jpeg, avif] = [read(src), read(avifOf(src))];
      const size = jpeg === null ? null : jpegSize(jpeg);
      if (jpeg === null || avif === null || size === null || !isWholeAvif(avif)) return null;
      bytes.set(src, { jpeg, avif });
      return { src, ...size };
    },
  };
}

/**
 * The size that a JPEG says it has (ITU-T T.81, B.2.2), of one that is whole to its end; null of anything else, such as a file that a build
 * was stopped in.
 */
function jpegSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.byteLength - 2;
  if (end < 4 || view.getUint16(0) !== 0xffd8 || view.getUint16(end) !== 0xffd9) return null;
  for (let at = 2; at + 9 <= end; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffc2;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return null;
}

/** Whether the boxes of an AVIF (ISO/IEC 14496-12, 4.2) end where the file ends. */
function isWholeAvif(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.byteLength) {
    const length = view.getUint32(at);
    if (length < 8) return false;
    at += length;
  }
  return at === bytes.byteLength && at > 0;
}
