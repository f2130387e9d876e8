/**
 * What a file is to a reader, which decides when it is written: a page is never written before what it names.
 *
 * - `asset`: named with a hash of its content, so it never changes (`assets/…`)
 * - `data`: datasets, tables and schemas
 * - `leaf`: a page reached from others (a department)
 * - `hub`: a page or list that leads to leaves (a year, the index, feed, sitemap)
 */
export type SiteFileRole = 'asset' | 'data' | 'leaf' | 'hub';

/** One file of the site as a value: rendering makes these, a release writes them. */
export interface SiteFile {
  /** Path from the root of the site, without a leading slash: `2024/index.html`. */
  readonly key: string;
  readonly body: Uint8Array;
  /** Full media type, with charset where it is text. */
  readonly contentType: string;
  readonly cacheControl: string;
  readonly role: SiteFileRole;
  /** Digest of what it is made from, of a file that takes long to make: while that is the same, the file is kept as it is. */
  readonly madeFrom?: string;
}

/** A file that the site has already, and that nobody has made anew: it stays as it is. */
export interface KeptFile {
  readonly key: string;
  readonly keep: true;
  /** Of a file whose bytes are kept nowhere: makes them again; null where that cannot be done here. */
  readonly draw?: () => Promise<Uint8Array | null>;
}
