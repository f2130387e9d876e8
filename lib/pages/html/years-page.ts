import { paths, relativeHref } from '../address.ts';
import { html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { renderPage } from './layout.ts';
import { stepsOf } from './scale.ts';
import { markShapes, tallyBar, tallyText } from './tally.ts';

/** The archive: every published year, newest first. */
export function yearsPage(site: SiteContext): string {
  const { words, datasets, published } = site;
  const path = paths.years;
  const main = html`${markShapes}
<h1>${words.years}</h1>
${datasets.length === 0 ? html`<p>${words.nothingYet}</p>` : html`<p>${words.yearsLead}</p>`}
<ul class="years">${datasets.map((dataset, index) => {
    const year = published.years[index];
    const steps = year === undefined ? [] : stepsOf(year, dataset, words);
    const isRated = dataset.phase !== 'plan' && dataset.tally.unrated < dataset.tally.total;
    return html`<li><h2><a href="${relativeHref(path, paths.year(dataset.fiscalYear))}">${dataset.fiscalYearLabel}<span>（${words.westernYear(dataset.fiscalYear)}）</span></a></h2>
<p>${dataset.title}</p>${isRated && tallyBar(steps)}
<p>${tallyText(steps, isRated ? dataset.phase : 'plan', words)}</p></li>
`;
  })}</ul>`;
  return renderPage(site, {
    path,
    title: words.years,
    description: words.yearsLead,
    crumbs: [
      { label: words.home, path: paths.home },
      { label: words.years, path },
    ],
    main,
    contact: site.published.years[0]?.contact ?? null,
    dataPath: paths.index,
  });
}

/** The home page before the first year is published. */
export function emptyHomePage(site: SiteContext): string {
  const { words } = site;
  const title = words.siteTitle(null);
  return renderPage(site, {
    path: paths.home,
    title,
    description: words.nothingYet,
    crumbs: [],
    main: html`<h1>${title}</h1>
<p>${words.nothingYet}</p>`,
    contact: null,
  });
}
