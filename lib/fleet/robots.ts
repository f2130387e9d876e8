import { parseSiteUrl } from '../pages/site-url.ts';
import type { SiteList } from './site-list.ts';

/**
 * `robots.txt` of the host name that the cities share: search engines ask for it at the top of a host and nowhere else, so it names the
 * sitemap of every city under it. A city with a host name of its own has its own.
 *
 * @param address of the deployment; null where it is not known, and then every city is named
 */
export function sharedRobotsTxt({ sites }: SiteList, address: string | null): string {
  const origin = address === null ? null : new URL(address).origin;
  const sitemaps = sites.flatMap(({ url }) => {
    const site = parseSiteUrl(url);
    return site === null || (origin !== null && new URL(site).origin !== origin)
      ? []
      : [`Sitemap: ${site}sitemap.xml\n`];
  });
  return `User-agent: *\nAllow: /\n${sitemaps.length === 0 ? '' : `\n${sitemaps.join('')}`}`;
}
