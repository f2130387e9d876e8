import type { Dataset } from '../goals/model/dataset.ts';
import type { Change, Published, PublishedYear } from '../goals/model/published.ts';
import { paths } from '../pages/address.ts';
import { toDataset } from '../pages/data/dataset.ts';
import { documentFile, originOf } from '../pages/documents/document-files.ts';
import { type YearDocument, yearDocument } from '../pages/documents/year-document.ts';
import { unratedInPlan } from '../pages/render.ts';
import type { KeptFile, SiteFile } from '../pages/site-file.ts';
import { template } from './template.ts';
import type { SetDocument, Typesetter } from './typeset.ts';

/**
 * The documents of the years, for printing and for the assembly: which have to be made, and what is said where one cannot be.
 *
 * The room `documents` knows how a document is set in type. It may import `text`, `findings`, `goals`, `pages`. Begin at {@link yearDocuments}.
 */

/** What a run publishes, and what stood on the site before. */
export interface YearsToSet {
  readonly published: Published;
  readonly changes: readonly Change[];
  /** Null at the first publication. */
  readonly previous: Published | null;
}

export interface DocumentDeps {
  readonly siteUrl: string | null;
  /** What the document of the site at this path was made from, and its size; null where it has none. */
  readonly madeOf: (path: string) => { readonly from: string; readonly size: number } | null;
  /** The bytes of a portrait, by its address; null where they are not to be had. */
  readonly pictureOf: (src: string) => Uint8Array | null;
  /** Loaded where there is something to be made; gives null where it is not installed. */
  readonly typesetter: () => Promise<Typesetter | null>;
}

/** What there is to say of documents. It stops nothing. */
export type DocumentNote =
  /** They cannot be made on this machine. */
  | { readonly kind: 'left-out' }
  /** This one could not be made; `isKept` where the one before stays. */
  | { readonly kind: 'failed'; readonly fiscalYear: number; readonly isKept: boolean; readonly cause: string }
  | { readonly kind: 'unknown-characters'; readonly fiscalYear: number; readonly characters: readonly string[] };

export interface YearDocuments {
  readonly files: readonly (SiteFile | KeptFile)[];
  /** The size in bytes of each that is on the site, by its path. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly notes: readonly DocumentNote[];
}

/**
 * The document of each year: kept where what it is made from is what it was, else made. Where it cannot be made, the one before stays
 * with its date, but not over a department that was withdrawn, nor over a column that is private from now on: what is taken off the site is
 * taken out of its document too.
 */
export async function yearDocuments(
  { published, changes, previous }: YearsToSet,
  { siteUrl, madeOf, pictureOf, typesetter }: DocumentDeps,
): Promise<YearDocuments> {
  const files: (SiteFile | KeptFile)[] = [];
  const sizes = new Map<string, number>();
  const notes: DocumentNote[] = [];
  /** Loaded once; undefined before. */
  let library: Typesetter | null | Error | undefined;
  for (const year of published.years.map(unratedInPlan)) {
    const { fiscalYear } = year;
    const path = paths.yearDocument(fiscalYear);
    const dataset = toDataset(year, published);
    const document = yearDocument(year, dataset, siteUrl);
    const origin = originOf(template, JSON.stringify(document));
    const before = madeOf(path);
    const keep = (size: number) => {
      files.push({ key: path, keep: true });
      sizes.set(path, size);
    };
    if (before?.from === origin) {
      keep(before.size);
      continue;
    }
    if (library === undefined) {
      library = await typesetter().catch(asError);
      if (library === null) notes.push({ kind: 'left-out' });
    }
    const made = library === null || library instanceof Error ? library : setInType(library, document, pictureOf);
    if (made !== null && !(made instanceof Error)) {
      const file = documentFile(path, made.pdf, origin);
      files.push(file);
      sizes.set(path, file.body.byteLength);
      if (made.unknown.length > 0) notes.push({ kind: 'unknown-characters', fiscalYear, characters: made.unknown });
      continue;
    }
    const isKept =
      before !== null && !withdrawsFrom(year, changes) && !hidesAny(datasetOf(fiscalYear, previous), dataset);
    if (made !== null) notes.push({ kind: 'failed', fiscalYear, isKept, cause: made.message });
    if (isKept) keep(before.size);
  }
  return { files, sizes, notes };
}

/** The document, or why there is none: whatever goes wrong in the library, the pages are published. */
function setInType(
  library: Typesetter,
  document: YearDocument,
  pictureOf: DocumentDeps['pictureOf'],
): SetDocument | Error {
  try {
    return library.set(document, (src) => {
      const bytes = pictureOf(src);
      if (bytes === null) throw new Error(`${src} is not to be had.`);
      return bytes;
    });
  } catch (error) {
    return asError(error);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function withdrawsFrom({ fiscalYear }: PublishedYear, changes: readonly Change[]): boolean {
  return changes.some((change) => change.kind === 'withdrawn' && change.fiscalYear === fiscalYear);
}

/** What the site said of a year; null where it said nothing of it. */
function datasetOf(fiscalYear: number, published: Published | null): Dataset | null {
  const year = published?.years.find((one) => one.fiscalYear === fiscalYear);
  return published && year ? toDataset(unratedInPlan(year), published) : null;
}

/**
 * Whether a kind of fact that the year showed before is nowhere in it any more, as where a column was made private. By the data, which
 * say of a phase no more than the page does.
 */
function hidesAny(before: Dataset | null, now: Dataset): boolean {
  const shown = kindsOfFacts(now);
  return [...kindsOfFacts(before)].some((kind) => !shown.has(kind));
}

/** The names of all that has a value, however deep, without the places in lists: `departments.goals.columns.予算額`. */
function kindsOfFacts(value: unknown, name = '', kinds = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) kindsOfFacts(one, name, kinds);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) kindsOfFacts(one, `${name}.${key}`, kinds);
  else if (value !== null && value !== undefined && value !== '') kinds.add(name);
  return kinds;
}
