import type { SiteFileRole } from '../pages/site-file.ts';

/** What decides when an object is written. */
export interface Placed {
  readonly key: string;
  readonly role: SiteFileRole;
  /** False where a reader cannot have met the key: nothing on the site names it yet. */
  readonly met: boolean;
}

/**
 * The stages in which to write: all of one stage before any of the next. At every moment what a reader can reach is
 * whole, and all that it names is there.
 *
 * What nobody can have met cannot be reached before a page that leads to it is rewritten, so all of that comes
 * first; then what readers know, from what is named to what names it. The lists of data files come after the data, the pages
 * that are addresses of their own (feed, sitemap) after the pages that they list, and the front page last of all.
 */
export function writeStages<Item extends Placed>(items: readonly Item[]): Item[][] {
  const stages = new Map<number, Item[]>();
  for (const item of items) {
    const stage = stages.get(rank(item));
    if (stage === undefined) stages.set(rank(item), [item]);
    else stage.push(item);
  }
  return [...stages].sort(([one], [other]) => one - other).map(([, stage]) => stage);
}

/** Larger is later. */
function rank({ key, role, met }: Placed): number {
  if (role === 'asset') return 0;
  if (key === 'index.html') return 100;
  return (met ? 10 : 1) + rankAmongEquals(key, role);
}

function rankAmongEquals(key: string, role: Exclude<SiteFileRole, 'asset'>): number {
  switch (role) {
    case 'data':
      return /(?:^|\/)(?:index|datapackage)\.json$/.test(key) ? 1 : 0;
    case 'leaf':
      return 2;
    case 'hub':
      return key.includes('/') ? 3 : 4;
  }
}
