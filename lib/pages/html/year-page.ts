import type { Dataset } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { paths, relativeHref } from '../address.ts';
import { lastUpdated } from '../data/catalogue.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import type { Words } from '../words.ts';
import { filterForm } from './filter-form.ts';
import { renderPage } from './layout.ts';
import { yearReport } from './structured-data.ts';
import { markedBar, markShapes, tallyBar, tallyTable, tallyText, withLargeNumbers } from './tally.ts';

/** All departments of one year. The newest year is the home page too, at its own path. */
export function yearPage(site: SiteContext, year: PublishedYear, dataset: Dataset, path: string): string {
  const { words, phrases } = site;
  const link = (to: string) => relativeHref(path, to);
  const { phase, tally, fiscalYearLabel: label } = dataset;
  const updated = lastUpdated(dataset);
  const lead =
    phase === 'result'
      ? words.tallyLead(tally.total, tally.achieved)
      : words.planLead(dataset.departments.length, tally.total);
  const main = html`${markShapes}
<div class="lead"><p class="year">${label}<span>（${words.westernYear(dataset.fiscalYear)}）</span></p>
<h1>${phrases(year.title)}</h1>
<p>${words.phaseNote[phase]}</p>${
    updated !== null &&
    html`
<p class="updated">${words.updated} <time datetime="${updated}">${words.date(updated)}</time></p>`
  }</div>
${
  dataset.departments.length === 0
    ? html`<p>${words.noDepartments}</p>`
    : html`<section class="tally" aria-labelledby="page_tally"><div><h2 id="page_tally">${words.tallyHeading[phase]}</h2>
<p class="tally-lead">${withLargeNumbers(lead, phrases)}</p>${phase !== 'plan' && markedBar(tally)}</div>
${phase !== 'plan' && tally.total > 0 && tallyTable(tally, words)}</section>
${contents(dataset, words)}
${filterForm(dataset, words)}
<div class="cards">
${year.departments.map((published) =>
  site.departmentCard(published, {
    phase,
    heading: html`<h2><a href="${link(paths.department(dataset.fiscalYear, published.department.id))}">${phrases(published.department.name)}</a></h2>`,
    page: 'list',
  }),
)}
</div>`
}`;
  return renderPage(site, {
    path,
    canonicalPath: paths.year(dataset.fiscalYear),
    title: year.title,
    description: `${dataset.municipality.name} ${label} ${words.phaseNote[phase]}${lead}`,
    crumbs:
      path === paths.home
        ? []
        : [
            { label: words.home, path: paths.home },
            { label, path },
          ],
    main,
    contact: year.contact,
    dataPath: paths.dataset(dataset.fiscalYear),
    jsonLd: yearReport(site, dataset, path),
    picture: { year: dataset.fiscalYear, alt: lead },
    filter: true,
  });
}

function contents(dataset: Dataset, words: Words): Html {
  return html`<nav class="contents" aria-labelledby="page_contents"><h2 id="page_contents">${words.contents}</h2>
<ul>${dataset.departments.map(
    ({
      id,
      name,
      tally,
    }) => html`<li><a href="#${id}">${name}</a>${dataset.phase !== 'plan' && tallyBar(tally)}${tallyText(tally, dataset.phase, words)}</li>
`,
  )}</ul></nav>`;
}
