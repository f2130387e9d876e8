import { normalizeName } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';

/**
 * Where a picture is that 顔写真 names.
 *
 * - `cell`: placed in the cell, or over the sheet with its corner in it
 * - `file`: a file beside the workbook, by a relative path of plain names
 * - `drive`: a file in Google Drive, by its id
 *
 * Never an address: a server that fetches whatever is typed into a sheet can be sent anywhere.
 */
export type PicturePlace =
  | { readonly kind: 'cell'; readonly bytes: () => Uint8Array }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'drive'; readonly id: string; readonly resourceKey: string | null };

/** Reads 顔写真; null where it names no picture. */
export function readPortrait({ text, link, picture }: Pick<Field, 'text' | 'link' | 'picture'>): PicturePlace | null {
  // A picture in a cell has an error, or nothing, for its text.
  if (picture !== undefined) return { kind: 'cell', bytes: picture };
  const written = normalizeName(text);
  // A chip, and a name with a link behind it, lead to the file by their link.
  return driveFile(link ?? '') ?? driveFile(written) ?? pictureFile(written);
}

function pictureFile(text: string): PicturePlace | null {
  const isPlain =
    /^[^/:\\?#\s<>"'\p{Cc}]+(?:\/[^/:\\?#\s<>"'\p{Cc}]+)*\.(?:jpe?g|png|webp|avif|tiff?|gif|hei[cf])$/iu.test(text);
  return isPlain && !text.includes('..') ? { kind: 'file', path: text } : null;
}

/** `…/file/d/ID/view` as Drive's links are, and `…/open?id=ID` as those of files that were handed in by a form. */
function driveFile(text: string): PicturePlace | null {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || !/^(?:drive|docs)\.google\.com$/u.test(url.hostname)) return null;
  const inPath = /^\/(?:a\/[\w.-]+\/)?file\/(?:u\/\d+\/)?d\/([\w-]+)(?:\/|$)/u.exec(url.pathname)?.[1];
  const inQuery = /^\/(?:u\/\d+\/)?(?:open|uc)$/u.test(url.pathname) ? url.searchParams.get('id') : null;
  const id = inPath ?? inQuery ?? '';
  const resourceKey = url.searchParams.get('resourcekey');
  if (!/^[\w-]{10,200}$/u.test(id)) return null;
  return {
    kind: 'drive',
    id,
    resourceKey: resourceKey !== null && /^[\w-]{1,100}$/u.test(resourceKey) ? resourceKey : null,
  };
}
