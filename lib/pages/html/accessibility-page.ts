import { paths } from '../address.ts';
import { html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { renderPage } from './layout.ts';

/** When the pages were last put through the automated tests of `tests/browser`, and with what outcome. */
const automatedTest = { day: '2026-11-24', violations: 0 } as const;

/** ウェブアクセシビリティ方針, in the form that public bodies publish it. */
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
)}<h2>${text.testHeading}</h2>
<dl><dt>${text.testDay}</dt><dd><time datetime="${automatedTest.day}">${words.date(automatedTest.day)}</time></dd>
<dt>${text.testScope}</dt><dd>${text.testScopeText}</dd>
<dt>${text.testMethod}</dt><dd>${text.testMethodText}</dd>
<dt>${text.testResult}</dt><dd>${text.testResultText(automatedTest.violations)}</dd></dl>
<h2>${words.contact}</h2>
<p>${text.contactLead}</p>
<p class="lines">${contact ?? text.contactUnknown}</p></div>`;
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
