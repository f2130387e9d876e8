import { version } from '../../version.ts';
import { paths } from '../address.ts';
import { html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { contactLinks } from './contact-links.ts';
import { renderPage } from './layout.ts';

/**
 * ウェブアクセシビリティ方針, in the form that public bodies publish it. What was checked is said in the program's own name: these are the
 * automatic checks of `tests/browser`, which no version is released without, and not the city's 試験.
 */
export function accessibilityPage(site: SiteContext): string {
  const { words } = site;
  const text = words.accessibilityPage;
  const path = paths.accessibility;
  const contact = site.published.years[0]?.contact ?? null;
  const main = html`<div class="text"><h1>${words.accessibility}</h1>
<p>${text.lead(site.published.years[0]?.municipality.name ?? null)}</p>
${text.sections.map(
  ({ heading, paragraphs }) => html`<h2>${heading}</h2>
${paragraphs.map(
  (paragraph) => html`<p>${paragraph}</p>
`,
)}`,
)}<h2>${text.checkHeading}</h2>
<p>${text.checkLead(version)}</p>
<dl><dt>${text.checkScope}</dt><dd>${text.checkScopeText}</dd>
<dt>${text.checkMethod}</dt><dd>${text.checkMethodText}</dd>
<dt>${text.checkResult}</dt><dd>${text.checkResultText(version)}</dd></dl>
<p>${text.checkLimits}</p>
<h2>${words.contact}</h2>
<p>${text.contactLead}</p>
<p class="lines contact">${contact === null ? text.contactUnknown : contactLinks(contact)}</p></div>`;
  return renderPage(site, {
    path,
    title: words.accessibility,
    description: text.description,
    crumbs: [
      { label: words.home, path: paths.home },
      { label: words.accessibility, path },
    ],
    main,
    contact: null,
  });
}
