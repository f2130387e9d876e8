import { paths, relativeHref } from '../address.ts';
import { lastUpdated, licence } from '../data/catalogue.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { renderPage } from './layout.ts';

/** What can be downloaded, in plain words: what each file holds, and what may be done with it. */
export function dataPage(site: SiteContext): string {
  const { datasets } = site;
  const words = site.words.dataPage;
  const path = paths.data;
  const municipality = datasets[0]?.municipality.name ?? null;
  const file = (to: string, label: string, kind: string): Html =>
    html`<li><a href="${relativeHref(path, to)}">${label}<span class="kind">（${kind}）</span></a></li>
`;
  const main = html`<h1>${site.words.data}</h1>
<p>${words.lead}</p>
<h2>${words.years}</h2>
${datasets.length === 0 && html`<p>${site.words.nothingYet}</p>`}${datasets.map(
  ({ fiscalYear, fiscalYearLabel }) => html`<h3>${fiscalYearLabel}</h3>
<ul class="files">${file(paths.goalsTable(fiscalYear), words.goalsTable, 'CSV')}${file(paths.departmentsTable(fiscalYear), words.departmentsTable, 'CSV')}${file(paths.dataset(fiscalYear), words.dataset, 'JSON')}</ul>
`,
)}<h2>${words.contents}</h2>
<dl>${words.explanations.map(
    ({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>
`,
  )}</dl>
<h2>${words.definitions}</h2>
<p>${words.definitionsLead}</p>
<ul class="files">${file(paths.index, words.index, 'JSON')}${file(paths.schema, words.schema, 'JSON Schema')}${file(paths.datapackage, words.datapackage, 'JSON')}${file(paths.feed, words.feed, 'Atom')}</ul>
<h2>${words.licenceHeading}</h2>
<p>${words.licence(licence.title)}</p>
${municipality !== null && html`<p class="citation">${words.citation(municipality)}</p>`}`;
  return renderPage(site, {
    path,
    title: site.words.data,
    description: words.lead,
    crumbs: [
      { label: site.words.home, path: paths.home },
      { label: site.words.data, path },
    ],
    main,
    contact: site.published.years[0]?.contact ?? null,
    updated: datasets[0] ? lastUpdated(datasets[0]) : null,
    dataPath: paths.index,
  });
}
