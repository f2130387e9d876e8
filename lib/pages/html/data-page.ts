import { paths, relativeHref } from '../address.ts';
import { type Licence, licenceOf } from '../data/catalogue.ts';
import { tablesOf } from '../data/tables.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import type { Words } from '../words.ts';
import { renderPage } from './layout.ts';

/** What can be downloaded, in plain words: what each file holds, and what may be done with it. */
export function dataPage(site: SiteContext): string {
  const { datasets } = site;
  const words = site.words.dataPage;
  const path = paths.data;
  const licence = licenceOf(site.published);
  const lead = licence === null ? words.leadWithoutLicence : words.lead;
  const municipality = datasets[0]?.municipality.name ?? null;
  const file = (to: string, label: string, kind: string): Html =>
    html`<li><a href="${relativeHref(path, to)}">${label}（${kind}）</a></li>
`;
  const hasDocument = (year: number) => site.downloads.get(year)?.some(({ name }) => name === 'document') === true;
  const main = html`<div class="text"><h1>${site.words.data}</h1>
<p>${lead}</p>
<h2>${words.years}</h2>
${datasets.length === 0 && html`<p>${site.words.nothingYet}</p>`}${datasets.map(
  (dataset) => html`<h3>${dataset.fiscalYearLabel}</h3>
<ul class="files">${tablesOf(dataset).map(({ name, path: to }) => file(to, `${dataset.fiscalYearLabel} ${words.tables[name]}`, 'CSV'))}${file(paths.dataset(dataset.fiscalYear), `${dataset.fiscalYearLabel} ${words.dataset}`, 'JSON')}${file(paths.workbook(dataset.fiscalYear), `${dataset.fiscalYearLabel} ${words.workbook}`, 'Excel')}${hasDocument(dataset.fiscalYear) && file(paths.yearDocument(dataset.fiscalYear), `${dataset.fiscalYearLabel} ${words.document}`, 'PDF')}</ul>
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
${licence === null ? html`<p>${words.noLicence(municipality)}</p>` : termsOfUse(licence, municipality, words)}</div>`;
  return renderPage(site, {
    path,
    title: site.words.data,
    description: lead,
    crumbs: [
      { label: site.words.home, path: paths.home },
      { label: site.words.data, path },
    ],
    main,
    contact: site.published.years[0]?.contact ?? null,
    dataPath: paths.index,
  });
}

/** What may be done with the data, and how to name where it is from. */
function termsOfUse({ id, title }: Licence, municipality: string | null, words: Words['dataPage']): Html {
  const citation = municipality === null ? null : words.citation(municipality)[id];
  return html`<p>${words.licence(title)[id]}</p>
${citation !== null && html`<p class="citation">${citation}</p>`}`;
}
