import { realpathSync } from 'node:fs';
import path from 'node:path';
import { checkObjectKey } from './object-key.ts';
import { StoreError } from './store.ts';

/** A place as it is opened, whichever way it was typed. */
export type Place =
  | { readonly kind: 'folder'; readonly path: string }
  /** The prefix has no slash at its ends, and is empty for the whole bucket. */
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string };

/** Bucket names by the rules of S3. */
const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;

/** Whether it can be the name of a bucket. */
export function isBucketName(text: string): boolean {
  return bucketPattern.test(text);
}

/**
 * The place that a location means: a folder's path, or `s3://bucket[/prefix]`.
 *
 * @throws StoreError `location-invalid`, which does not repeat what was given: an address can hold a password
 */
export function placeOf(location: string): Place {
  if (!/^[a-z][a-z0-9+.-]*:\/\//iu.test(location)) {
    if (location.trim() === '' || location.includes('\0')) throw invalid();
    return { kind: 'folder', path: path.resolve(location) };
  }
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/su.exec(location) ?? [];
  if (!isBucketName(bucket)) throw invalid();
  const prefix = rest.replace(/^\/+|\/+$/gu, '');
  if (prefix !== '') checkPrefix(prefix);
  return { kind: 's3', bucket, prefix };
}

function checkPrefix(prefix: string): void {
  try {
    checkObjectKey(prefix);
  } catch {
    throw invalid();
  }
}

/**
 * Whether what is kept at `inner` would lie inside `outer`, and so be public with it. Compared as the places are opened, links
 * followed.
 */
function isInside(inner: Place, outer: Place): boolean {
  if (inner.kind === 's3' && outer.kind === 's3') {
    return (
      inner.bucket === outer.bucket && `${inner.prefix}/`.startsWith(outer.prefix === '' ? '' : `${outer.prefix}/`)
    );
  }
  if (inner.kind === 's3' || outer.kind === 's3') return false;
  const relative = path.relative(realPath(outer.path), realPath(inner.path));
  return relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

/** Where a path really leads, links followed as far as there is anything. */
function realPath(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    const parent = path.dirname(place);
    return parent === place ? place : path.join(realPath(parent), path.basename(place));
  }
}

/**
 * Refuses a place for state inside the site, where the last good data and the history would be public.
 *
 * @throws StoreError `state-inside-site`
 */
export function refuseStateInsideSite(site: Place, state: Place): void {
  if (!isInside(state, site)) return;
  throw new StoreError(
    'state-inside-site',
    '保存先（--state）は、公開されるサイトの中には置けません。',
    '別の場所を指定してください。',
  );
}

function invalid(): StoreError {
  return new StoreError(
    'location-invalid',
    '保管場所の指定が正しくありません。',
    'フォルダーの場所か、s3://バケット名/接頭辞 の形で指定してください。',
  );
}
