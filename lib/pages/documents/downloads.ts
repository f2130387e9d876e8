import { paths } from '../address.ts';
import type { Words } from '../words.ts';

/** A file of a year that a reader can take along. */
export interface Download {
  readonly name: keyof Words['downloads']['names'];
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/** What can be downloaded of a year, in the order of its page: one more is one line here, and its name in the words. */
const downloadable: readonly { readonly name: Download['name']; readonly path: (year: number) => string }[] = [
  { name: 'document', path: paths.yearDocument },
  { name: 'workbook', path: paths.workbook },
  { name: 'goals', path: paths.goalsTable },
  { name: 'dataset', path: paths.dataset },
];

/**
 * What can be downloaded of a year, by what the site has of it.
 *
 * @param sizes in bytes, of the files of the site that are made before its pages, by their paths
 */
export function downloadsOf(year: number, sizes: ReadonlyMap<string, number>): Download[] {
  return downloadable.flatMap(({ name, path: pathOf }) => {
    const path = pathOf(year);
    const size = sizes.get(path);
    return size === undefined ? [] : [{ name, path, size }];
  });
}
