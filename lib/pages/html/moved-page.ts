import type { PublishedYear } from '../../goals/model/published.ts';
import { absoluteUrl, paths, relativeHref } from '../address.ts';
import { html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';

/**
 * What stands at an address that a department had once: it leads on, by itself where there is one place to go. Search engines keep the new
 * address. Source: the end of section 4 of the contract.
 */
export function movedPage(site: SiteContext, year: PublishedYear, path: string, to: readonly string[]): string {
  const { words, assets } = site;
  const targets = to.flatMap((id) => {
    const found = year.departments.find(({ department }) => department.id === id);
    return found ? [{ name: found.department.name, path: paths.department(year.fiscalYear, id) }] : [];
  });
  const [only, second] = targets;
  const direct = only !== undefined && second === undefined ? only : null;
  const canonical = direct === null ? null : absoluteUrl(site.siteUrl, direct.path);
  return `${html`<!DOCTYPE html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.movedTitle}</title>
<meta name="robots" content="noindex">
${direct !== null && html`<meta http-equiv="refresh" content="0; url=${relativeHref(path, direct.path)}">\n`}${canonical !== null && html`<link rel="canonical" href="${canonical}">\n`}<link rel="stylesheet" href="${relativeHref(path, assets.stylesheet)}">
</head>
<body>
<main>
<h1>${words.movedTitle}</h1>
<ul>${targets.map((target) => html`<li><a href="${relativeHref(path, target.path)}">${target.name}</a></li>\n`)}</ul>
</main>
</body>
</html>`}\n`;
}
