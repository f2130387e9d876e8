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
  /** Of a file whose bytes are kept nowhere: see {@link drawnWhereNeeded}. */
  readonly draw?: () => Promise<Uint8Array | null>;
}

export function hashed({ key, body, contentType, cacheControl, role }: SiteFile): HashedFile {
  return { key, body, object: { sha256: sha256Of(body), contentType, cacheControl, role } };
}

/**
 * A file that stays as the state says that it is.
 *
 * @param bodyOf finds its bytes, by their SHA-256
 */
export function keptFile(
  { key, draw }: KeptFile,
  { objects }: State,
  bodyOf: (sha256: string) => Uint8Array,
): HashedFile {
  const kept = objects[key];
  if (kept === undefined) throw new Error(`${key} is to be kept, and the state does not name it.`);
  const { named: _, etag: __, ...object } = kept;
  if (draw !== undefined) return drawnFile(key, object, draw);
  return {
    key,
    object,
    get body() {
      return bodyOf(object.sha256);
    },
  };
}

/** A file that is on the site, and whose bytes are known to nobody before they are made again. */
export function drawnFile(key: string, object: SiteObject, draw: () => Promise<Uint8Array | null>): HashedFile {
  return {
    key,
    object,
    draw,
    get body(): never {
      throw new TypeError(`${key} has not been drawn.`);
    },
  };
}

/**
 * The files, with the bytes of those that have to be written again though nobody keeps them. What cannot be made as it was is left out:
 * nothing that a page says is lost with it.
 *
 * @param isThere whether the site has the file as it shall be
 */
export async function drawnWhereNeeded(
  files: readonly HashedFile[],
  isThere: (file: HashedFile) => boolean,
): Promise<HashedFile[]> {
  const all: HashedFile[] = [];
  for (const file of files) {
    if (file.draw === undefined || isThere(file)) {
      all.push(file);
      continue;
    }
    const body = await file.draw();
    if (body !== null && sha256Of(body) === file.object.sha256) all.push({ key: file.key, object: file.object, body });
  }
  return all;
}

/** @param generation of the release, counted from 1 */
export function releaseId(generation: number, files: readonly HashedFile[]): string {
  const content = files
    .map(({ key, object }) => [key, object.sha256, object.contentType, object.cacheControl] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const digest = hash('sha256', JSON.stringify(content));
  return `${String(generation).padStart(6, '0')}-${digest.slice(0, 8)}`;
}
