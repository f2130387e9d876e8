import { hash } from 'node:crypto';
import type { KeptFile, SiteFile } from '../pages/site-file.ts';
import type { SiteObject, State } from './state.ts';

export function sha256Of(body: Uint8Array): string {
  return hash('sha256', body);
}

/** A file of the site with what the state remembers of it. */
export interface HashedFile {
  readonly key: string;
  /** Of a file that is kept as it is, to be asked for only where it has to be written again. */
  readonly body: Uint8Array;
  readonly object: SiteObject;
}

export function hashed({ key, body, contentType, cacheControl, role, madeFrom }: SiteFile): HashedFile {
  const made = madeFrom === undefined ? {} : { made: { from: madeFrom, size: body.byteLength } };
  return { key, body, object: { sha256: sha256Of(body), contentType, cacheControl, role, ...made } };
}

/**
 * A file that stays as the state says that it is.
 *
 * @param bodyOf finds its bytes, by their SHA-256
 */
export function keptFile({ key }: KeptFile, { objects }: State, bodyOf: (sha256: string) => Uint8Array): HashedFile {
  const kept = objects[key];
  if (kept === undefined) throw new Error(`${key} is to be kept, and the state does not name it.`);
  const { named: _, etag: __, ...object } = kept;
  return {
    key,
    object,
    get body() {
      return bodyOf(object.sha256);
    },
  };
}

/** @param generation of the release, counted from 1 */
export function releaseId(generation: number, files: readonly HashedFile[]): string {
  const content = files
    .map(({ key, object }) => [key, object.sha256, object.contentType, object.cacheControl] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = hash('sha256', JSON.stringify(content));
  return `${String(generation).padStart(6, '0')}-${digest.slice(0, 8)}`;
}
