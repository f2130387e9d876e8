import type { Typesetter } from './documents/typeset.ts';
import type { YearsToSet } from './documents/year-documents.ts';
import type { Failure } from './failure.ts';
import type { Finding } from './findings/finding.ts';
import type { Published } from './goals/model/published.ts';
import { type PortraitBytes, portraitFiles } from './pages/portrait-files.ts';
import { renderSite } from './pages/render.ts';
import type { KeptFile, SiteFile } from './pages/site-file.ts';
import type { SiteAsItIs } from './release/release.ts';

/**
 * Every file of a site: its pages and data, which are pure, and what it takes libraries to make, which is made only where it changed.
 * Whatever goes wrong with a document or a picture, the pages are published.
 */

/** What there is to say of what could not be made, or not as it should be. */
export interface FileNote {
  readonly failure: Failure;
  readonly severity: Finding['severity'];
}

interface Made {
  readonly files: readonly (SiteFile | KeptFile)[];
  readonly notes: readonly FileNote[];
}

export interface SiteFilesDeps {
  /** The public address of the site, or null where it is not known. */
  readonly siteUrl: string | null;
  /** What sets the documents of the years; without it there are none. */
  readonly typesetter: (() => Promise<Typesetter | null>) | undefined;
  /** The portraits that are not yet on the site, by their addresses. */
  readonly portraits: ReadonlyMap<string, PortraitBytes>;
  /** What the site has already. */
  readonly site: SiteAsItIs;
}

/** All files of what the site shall show. */
export async function siteFiles(
  years: YearsToSet,
  { siteUrl, typesetter, portraits, site }: SiteFilesDeps,
): Promise<Made> {
  const { published } = years;
  const documents = await documentsOf(years, { siteUrl, typesetter, portraits, site });
  const share = await picturesToShare(published, { siteUrl, site });
  return {
    files: [
      ...renderSite(published, { siteUrl, documents: documents.sizes, pictures: share.named }),
      ...share.files,
      ...portraitFiles(published, portraits),
      ...documents.files,
    ],
    notes: [...share.notes, ...documents.notes],
  };
}

/** The pictures beside links to the site. What draws them is loaded only where one is named: by a site that knows its address. */
async function picturesToShare(published: Published, { siteUrl, site }: Pick<SiteFilesDeps, 'siteUrl' | 'site'>) {
  if (siteUrl === null) return { named: [], files: [], notes: [] };
  const { sharePictures } = await import('./lettering/share-pictures.ts');
  return sharePictures(published, { isThere: site.isKept, bytesOf: site.bytesOf });
}

/** The documents of the years, with their sizes by their paths. */
async function documentsOf(
  years: YearsToSet,
  { siteUrl, typesetter, portraits, site }: SiteFilesDeps,
): Promise<Made & { readonly sizes: ReadonlyMap<string, number> }> {
  if (typesetter === undefined) return { files: [], notes: [], sizes: new Map() };
  const { yearDocuments } = await import('./documents/year-documents.ts');
  const { noteInWords } = await import('./documents/notes.ts');
  const pictureOf = (src: string): Uint8Array | null => portraits.get(src)?.jpeg ?? site.bytesOf(src);
  const made = await yearDocuments(years, { siteUrl, madeOf: site.madeOf, pictureOf, typesetter });
  return { ...made, notes: made.notes.map(noteInWords) };
}
