import { paths } from '../address.ts';
import { html, trustedMarkup } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { notFoundStyle } from './not-found-style.ts';

/**
 * `404.html` is given at any depth, so nothing in it may be relative: its few styles are in the page, and its one link is
 * the path of the site's address, or the top of the host where that is not known.
 */
export function notFoundPage(site: SiteContext): string {
  const { words, siteUrl } = site;
  const siteTitle = words.siteTitle(site.published.years[0]?.municipality.name ?? null);
  const home = siteUrl === null ? '/' : new URL(paths.home, siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).pathname;
  return `${html`<!DOCTYPE html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.pageTitle(words.notFoundTitle, siteTitle)}</title>
<style>${trustedMarkup(notFoundStyle)}</style>
</head>
<body>
<main>
<p>${siteTitle}</p>
<h1>${words.notFoundTitle}</h1>
<p>${words.notFoundLead}</p>
<p><a href="${home}">${words.notFoundHome}</a></p>
</main>
</body>
</html>`}\n`;
}
