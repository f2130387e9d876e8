import type { Dataset } from '../goals/model/dataset.ts';
import type { Published } from '../goals/model/published.ts';
import type { Download } from './documents/downloads.ts';
import type { DepartmentCard } from './html/department-card.ts';
import type { PhraseBreaker } from './phrases/phrases.ts';
import type { Words } from './words.ts';

/** A picture beside a link, with what it shows in words. */
export interface PagePicture {
  readonly key: string;
  readonly alt: string;
}

/** What every page of one rendering shares. */
export interface SiteContext {
  readonly published: Published;
  /** One for each published year, in the same order: newest first. */
  readonly datasets: readonly Dataset[];
  readonly siteUrl: string | null;
  readonly words: Words;
  readonly phrases: PhraseBreaker;
  readonly departmentCard: DepartmentCard;
  /** In a preview: what stands on a department's card of where it stands, by year and id. Null on the site itself. */
  readonly preview: ReadonlyMap<string, string> | null;
  /** What can be downloaded of each year. */
  readonly downloads: ReadonlyMap<number, readonly Download[]>;
  /** Paths of the assets, which have a hash of their content in their names. */
  readonly assets: {
    readonly stylesheet: string;
    readonly filter: string;
    readonly icon: string;
  };
  /**
   * The picture beside a link to a year, or to a department in it; null where the site's address is not known, since it could not be
   * named.
   *
   * @param marks what the year's marks show, where it has no picture with letters
   */
  readonly pictureOf: (fiscalYear: number, department: string | null, marks: string) => PagePicture | null;
}
