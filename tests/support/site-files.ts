import { type CheerioAPI, load } from 'cheerio';
import type { SiteFile } from '../../lib/pages/site-file.ts';

/** The text of one file of a rendered site. */
export function textOf(files: readonly SiteFile[], key: string): string {
  const file = files.find((candidate) => candidate.key === key);
  if (!file) throw new Error(`There is no ${key} in ${files.map((candidate) => candidate.key).join(', ')}.`);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.body);
}

/** One page of a rendered site, to be asked with selectors. */
export function pageOf(files: readonly SiteFile[], key: string): CheerioAPI {
  return load(textOf(files, key));
}

/** Keys of the pages that are reached by links; `404.html` is reached by accident only. */
export function pageKeys(files: readonly SiteFile[]): string[] {
  return files.map(({ key }) => key).filter((key) => key.endsWith('index.html'));
}
