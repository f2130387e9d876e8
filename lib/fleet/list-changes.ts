import type { Failure } from '../failure.ts';
import { type SiteEntry, type SiteList, siteOf } from './site-list.ts';

/** What administrators do with the list, each a pure function of it. */

/** The list with another site. Adding what is there already changes nothing; what is there and is different is no addition. */
export function withSite(list: SiteList, site: SiteEntry): SiteList | Failure {
  const there = siteOf(list, site.id);
  if (there === null) return { sites: [...list.sites, site] };
  if (JSON.stringify(ordered(there)) === JSON.stringify(ordered(site))) return list;
  return {
    code: 'site-id-twice',
    message: `サイト ${site.id} は、もう一覧にあります。内容が違います。`,
    fix: '別の id にするか、sites list で今の内容を確かめてください。',
  };
}

/** The list with a site paused, or going on. */
export function withPause(list: SiteList, id: string, paused: boolean): SiteList | Failure {
  if (siteOf(list, id) === null) return siteUnknown(id);
  return { sites: list.sites.map((site) => (site.id === id ? { ...site, paused } : site)) };
}

/** The list without a site. */
export function withoutSite(list: SiteList, id: string): SiteList | Failure {
  if (siteOf(list, id) === null) return siteUnknown(id);
  return { sites: list.sites.filter((site) => site.id !== id) };
}

function siteUnknown(id: string): Failure {
  return {
    code: 'site-unknown',
    message: `サイト ${JSON.stringify(id)} は、一覧にありません。`,
    fix: 'sites list で、id のつづりを確かめてください。',
  };
}

function ordered(site: SiteEntry): [string, unknown][] {
  return Object.entries(site).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
