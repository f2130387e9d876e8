import { absoluteUrl, paths, relativeHref } from '../address.ts';
import { type Html, html, jsonLd } from '../html.ts';
import { iconAddress } from '../pictures/icon.ts';
import { pictureSize } from '../pictures/tally-picture.ts';
import type { PagePicture, SiteContext } from '../site-context.ts';
import { contactLinks } from './contact-links.ts';

export interface Crumb {
  readonly label: string;
  readonly path: string;
}

export interface Page {
  /** Where the page is; links are written relative to it. */
  readonly path: string;
  /** The address that search engines shall keep, where it is not the page's own. */
  readonly canonicalPath?: string;
  readonly title: string;
  readonly description: string;
  /** From the home page down to the page itself; empty on the home page. */
  readonly crumbs: readonly Crumb[];
  readonly main: Html;
  /** 問い合わせ先, as written. */
  readonly contact: string | null;
  readonly jsonLd?: unknown;
  /** The page's content as data. */
  readonly dataPath?: string;
  /** What is shown beside a link to the page. */
  readonly picture?: PagePicture | null;
  readonly type?: 'website' | 'article';
  /** Whether the page has the filter, and needs the script. */
  readonly filter?: boolean;
}

/** A whole page as text. */
export function renderPage(site: SiteContext, page: Page): string {
  const { words, assets } = site;
  const link = (path: string) => relativeHref(page.path, path);
  const siteTitle = words.siteTitle(site.published.years[0]?.municipality.name ?? null);
  const title = page.title === siteTitle ? siteTitle : words.pageTitle(page.title, siteTitle);
  // Printed on every sheet: see page.css. Where it is not known, the script says where the reader is.
  // An address of a preview stays off paper: who has it can read it.
  const isPreview = site.preview !== null;
  const address = isPreview ? words.preview.printed : absoluteUrl(site.siteUrl, page.canonicalPath ?? page.path);
  return `${html`<!DOCTYPE html>
<html lang="${words.lang}" data-title="${title}"${address !== null && html` data-address="${address}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${isPreview && html`<meta name="robots" content="noindex, nofollow, noarchive">\n<meta name="referrer" content="no-referrer">\n`}<meta name="description" content="${page.description}">
<link rel="stylesheet" href="${link(assets.stylesheet)}">
${(page.filter === true || address === null) && html`<script src="${link(assets.filter)}"></script>\n`}<link rel="icon" href="${iconAddress}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${link(assets.icon)}">
${!isPreview && html`<link rel="alternate" type="application/atom+xml" title="${words.feed}" href="${link(paths.feed)}">\n`}${page.dataPath !== undefined && html`<link rel="alternate" type="application/json" title="${words.data}" href="${link(page.dataPath)}">\n`}${!isPreview && html`${openGraph(site, page, title, siteTitle)}\n`}${page.jsonLd !== undefined && !isPreview && html`${jsonLd(page.jsonLd)}\n`}</head>
<body>
<a class="skip" href="#page_main">${words.skip}</a>
${isPreview && html`<aside class="preview" aria-label="${words.preview.bannerLabel}"><p><b>${words.preview.banner}</b> <a href="${link(paths.changes)}">${words.preview.changes}</a></p></aside>\n`}<header class="site-header">
<p class="site-name"><a href="${link(paths.home)}">${siteTitle}</a></p>
<nav aria-label="${words.navigation}"><ul><li><a href="${link(paths.years)}">${words.years}</a></li><li><a href="${link(paths.data)}">${words.data}</a></li></ul></nav>
</header>
${breadcrumbs(page, words.breadcrumbs, link)}<main id="page_main">
${page.main}
</main>
<footer class="site-footer">
${page.contact !== null && html`<p><b>${words.contact}</b> <span class="lines contact">${contactLinks(page.contact)}</span></p>\n`}<ul><li><a href="${link(paths.accessibility)}">${words.accessibility}</a></li><li><a href="${link(paths.data)}">${words.data}</a></li>${!isPreview && html`<li><a href="${link(paths.feed)}">${words.feed}</a></li>`}</ul>
</footer>
</body>
</html>`}\n`;
}

function breadcrumbs(page: Page, label: string, link: (path: string) => string): Html | null {
  if (page.crumbs.length < 2) return null;
  return html`<nav class="breadcrumbs" aria-label="${label}"><ol>${page.crumbs.map((crumb, index) =>
    index === page.crumbs.length - 1
      ? html`<li><span aria-current="page">${crumb.label}</span></li>`
      : html`<li><a href="${link(crumb.path)}">${crumb.label}</a></li>`,
  )}</ol></nav>
`;
}

/** Open Graph and the canonical address want absolute addresses, so some of it needs the site's own to be known. */
function openGraph(site: SiteContext, page: Page, title: string, siteTitle: string): Html {
  const canonical = absoluteUrl(site.siteUrl, page.canonicalPath ?? page.path);
  const image = page.picture ? absoluteUrl(site.siteUrl, page.picture.key) : null;
  return html`${canonical !== null && html`<link rel="canonical" href="${canonical}">\n<meta property="og:url" content="${canonical}">\n`}<meta property="og:type" content="${page.type ?? 'website'}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${page.description}">
<meta property="og:site_name" content="${siteTitle}">
<meta property="og:locale" content="${site.words.locale}">${
    page.picture &&
    image !== null &&
    html`
<meta property="og:image" content="${image}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:alt" content="${page.picture.alt}">
<meta property="og:image:width" content="${pictureSize.width}">
<meta property="og:image:height" content="${pictureSize.height}">
<meta name="twitter:card" content="summary_large_image">`
  }`;
}
