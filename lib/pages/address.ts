/**
 * Addresses inside the site. A path has no leading slash; `''` is the home page and a page is named by its folder
 * (`2024/kyoiku/`), since every server of the site gives a folder's `index.html`.
 */

/** The paths of the site's pages and files. */
export const paths = {
  home: '',
  years: 'years/',
  data: 'data/',
  accessibility: 'accessibility/',
  /** In a preview only. */
  changes: 'changes/',
  year: (year: number) => `${year}/`,
  department: (year: number, id: string) => `${year}/${id}/`,
  /** The year as a document for printing. */
  yearDocument: (year: number) => `${year}/${year}.pdf`,
  index: 'data/v1/index.json',
  schema: 'data/v1/schema.json',
  datapackage: 'data/v1/datapackage.json',
  dataset: (year: number) => `data/v1/${year}.json`,
  goalsTable: (year: number) => `data/v1/${year}/goals.csv`,
  departmentsTable: (year: number) => `data/v1/${year}/departments.csv`,
  indicatorsTable: (year: number) => `data/v1/${year}/indicators.csv`,
  evaluationsTable: (year: number) => `data/v1/${year}/evaluations.csv`,
  workbook: (year: number) => `${year}/${year}.xlsx`,
  feed: 'feed.xml',
  sitemap: 'sitemap.xml',
  robots: 'robots.txt',
  notFound: '404.html',
} as const;

/** The file that holds a page. */
export function pageKey(path: string): string {
  return `${path}index.html`;
}

/** Link from one page to a page or file, relative, so that the site works under any prefix. */
export function relativeHref(from: string, to: string): string {
  let shared = 0;
  for (let index = 0; index < from.length && from[index] === to[index]; index += 1) {
    if (from[index] === '/') shared = index + 1;
  }
  let href = '';
  for (let index = shared; index < from.length; index += 1) if (from[index] === '/') href += '../';
  return href + to.slice(shared) || './';
}

/** Absolute address where the site's public address is known, else null. */
export function absoluteUrl(siteUrl: string | null, path: string): string | null {
  return siteUrl === null ? null : new URL(path, siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).href;
}
