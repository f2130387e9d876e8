import { achievedIn, type Dataset, ratedIn } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { paths, relativeHref } from '../address.ts';
import { lastUpdated } from '../data/catalogue.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import type { Words } from '../words.ts';
import { filterForm } from './filter-form.ts';
import { renderPage } from './layout.ts';
import { scaleOf, stepsOf } from './scale.ts';
import { yearReport } from './structured-data.ts';
import { markedBar, markShapes, tallyBar, tallyTable, tallyText, withLargeNumbers } from './tally.ts';

/** All departments of one year. The newest year is the home page too, at its own path. */
export function yearPage(site: SiteContext, year: PublishedYear, dataset: Dataset, path: string): string {
  const { words, phrases } = site;
  const link = (to: string) => relativeHref(path, to);
  const { phase, tally, fiscalYearLabel: label } = dataset;
  const updated = lastUpdated(dataset);
  const rated = ratedIn(tally);
  const lead =
    phase === 'result' && rated > 0
      ? words.tallyLead(rated, achievedIn(tally), tally.total - rated)
      : words.planLead(dataset.departments.length, tally.total);
  const steps = stepsOf(year, dataset, words);
  const isCounted = phase !== 'plan' && rated + tally['not-assessable'] + tally.cancelled > 0;
  const main = html`${markShapes}
<div class="lead"><p class="year">${label}<span>（${words.westernYear(dataset.fiscalYear)}）</span></p>
<h1>${phrases(year.title)}</h1>
${introduction(year)}<p>${words.phaseNote[phase]}${phase !== 'plan' && rated > 0 && words.method}</p>${year.unlisted > 0 && html`\n<p class="unlisted">${words.unlisted(year.unlisted)}</p>`}${
    updated !== null &&
    html`
<p class="updated">${words.updated} <time datetime="${updated}">${words.date(updated)}</time></p>`
  }${downloads(site, dataset, link)}</div>
${path === paths.home && phase === 'plan' && lastYear(site, dataset.fiscalYear)}${
  dataset.departments.length === 0
    ? html`<p>${words.noDepartments}</p>`
    : html`<section class="tally" aria-labelledby="page_tally"><div><h2 id="page_tally">${words.tallyHeading[phase]}</h2>
<p class="tally-lead">${withLargeNumbers(lead, phrases)}</p>${isCounted && markedBar(steps)}</div>
${isCounted && tallyTable(steps, words)}</section>
${contents(year, dataset, words)}
${filterForm(year, dataset, words)}
<div class="cards">
${year.departments.map((published) =>
  site.departmentCard(published, {
    year,
    heading: html`<h2><a href="${link(paths.department(dataset.fiscalYear, published.department.id))}">${phrases(published.department.name)}</a></h2>`,
    page: 'list',
    path,
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
    picture: site.pictureOf(dataset.fiscalYear, null, lead),
    filter: true,
  });
}

/** The files of the year, with their sizes. */
function downloads(
  { downloads: all, words: { downloads: words } }: SiteContext,
  { fiscalYear }: Dataset,
  link: (path: string) => string,
): Html | null {
  const files = all.get(fiscalYear) ?? [];
  if (files.length === 0) return null;
  return html`
<p class="downloads"><span>${words.lead}</span>${files.map(({ name, path, size }) => html` <a href="${link(path)}">${words.names[name]} ${words.size(size)}</a>`)}</p>`;
}

/** What became of the last year that has results: while a year is a plan, that is what readers ask for. Null where there is none. */
function lastYear({ words, phrases, published, datasets }: SiteContext, before: number): Html | null {
  const index = datasets.findIndex(({ fiscalYear, phase }) => fiscalYear < before && phase === 'result');
  const [year, dataset] = [published.years[index], datasets[index]];
  if (year === undefined || dataset === undefined) return null;
  const { tally, fiscalYearLabel: label } = dataset;
  const rated = ratedIn(tally);
  const steps = stepsOf(year, dataset, words);
  const lead =
    rated > 0
      ? words.tallyLead(rated, achievedIn(tally), tally.total - rated)
      : words.planLead(dataset.departments.length, tally.total);
  return html`<section class="last-year" aria-labelledby="page_last-year"><h2 id="page_last-year">${words.lastYear.heading(label)}</h2>
<p>${phrases(lead)}</p>${rated > 0 && html`${tallyBar(steps)}<p>${tallyText(steps, 'result', words)}</p>`}
<p><a href="${relativeHref(paths.home, paths.year(dataset.fiscalYear))}">${words.lastYear.link(label)}</a></p></section>
`;
}

/** 紹介 in its paragraphs. */
function introduction({ introduction: text }: PublishedYear): Html | null {
  if (text === null) return null;
  return html`<div class="introduction">${text.split(/\n\s*\n/u).map((paragraph) => html`<p class="lines">${paragraph}</p>\n`)}</div>
`;
}

function contents(year: PublishedYear, dataset: Dataset, words: Words): Html {
  return html`<nav class="contents" aria-labelledby="page_contents"><h2 id="page_contents">${words.contents}</h2>
<ul>${dataset.departments.map(({ id, name, goals, tally }) => {
    const steps = scaleOf(year, dataset, goals, words);
    const isRated = dataset.phase !== 'plan' && tally.unrated < tally.total;
    return html`<li><a href="#${id}">${name}</a>${isRated && tallyBar(steps)}${tallyText(steps, isRated ? dataset.phase : 'plan', words)}</li>
`;
  })}</ul></nav>`;
}
