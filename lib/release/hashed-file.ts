import { hash } from 'node:crypto';
import type { SiteFile } from '../pages/site-file.ts';
import type { SiteObject } from './state.ts';

export function sha256Of(body: Uint8Array): string {
  return hash('sha256', body);
}

/** A file of the site with what the state remembers of it. */
export interface HashedFile {
  readonly key: string;
  readonly body: Uint8Array;
  readonly object: SiteObject;
}

export function hashed({ key, body, contentType, cacheControl, role }: SiteFile): HashedFile {
  return { key, body, object: { sha256: sha256Of(body), contentType, cacheControl, role } };
}

/** @param generation of the release, counted from 1 */
export function releaseId(generation: number, files: readonly HashedFile[]): string {
  const content = files
    .map(({ key, object }) => [key, object.sha256, object.contentType, object.cacheControl] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = hash('sha256', JSON.stringify(content));
  return `${String(generation).padStart(6, '0')}-${digest.slice(0, 8)}`;
}
