import { absoluteUrl, paths } from './address.ts';
import { html } from './html.ts';

/** A page for search engines, with the day on which its content last changed where that is known. */
export interface SitemapPage {
  readonly path: string;
  readonly updated: string | null;
}

/**
 * `sitemap.xml`. The protocol wants absolute addresses. Where the site's address is not known they are relative to the
 * file, which is what can be said, and robots.txt then names no sitemap.
 */
export function sitemapXml(pages: readonly SitemapPage[], siteUrl: string | null): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map(
  ({
    path,
    updated,
  }) => html`  <url><loc>${absoluteUrl(siteUrl, path) ?? `./${path}`}</loc>${updated !== null && html`<lastmod>${updated}</lastmod>`}</url>
`,
)}</urlset>
`}`;
}

/** `robots.txt`: everything may be read. */
export function robotsTxt(siteUrl: string | null): string {
  const sitemap = absoluteUrl(siteUrl, paths.sitemap);
  return `User-agent: *\nAllow: /\n${sitemap === null ? '' : `\nSitemap: ${sitemap}\n`}`;
}
