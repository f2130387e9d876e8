import type { Dataset } from '../../goals/model/dataset.ts';
import type { KeptDepartment, PublishedDepartment, PublishedYear } from '../../goals/model/published.ts';
import { paths, relativeHref } from '../address.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { goalStatus } from './department-card.ts';
import { renderPage } from './layout.ts';
import { departmentReport } from './structured-data.ts';
import { markShapes, tallyBar, tallyText } from './tally.ts';

export interface DepartmentPageInput {
  readonly year: PublishedYear;
  readonly dataset: Dataset;
  readonly published: PublishedDepartment;
  readonly previous: KeptDepartment | null;
  readonly next: KeptDepartment | null;
  /** The same department in every other year, newest first. */
  readonly otherYears: readonly { readonly dataset: Dataset; readonly department: KeptDepartment }[];
}

/** One department in one year, with what it promised in its other years and what came of it. */
export function departmentPage(site: SiteContext, input: DepartmentPageInput): string {
  const { words, phrases } = site;
  const { dataset, published } = input;
  const { department } = published;
  const { fiscalYear, fiscalYearLabel: label, phase } = dataset;
  const path = paths.department(fiscalYear, department.id);
  const main = html`${markShapes}
${site.departmentCard(published, {
  phase,
  heading: html`<p class="year">${label}<span>（${words.westernYear(fiscalYear)}）</span></p><h1>${phrases(department.name)}</h1>`,
  page: 'own',
})}
${history(site, input, path)}
${siblings(site, input, path)}`;
  return renderPage(site, {
    path,
    title: `${label} ${department.name}`,
    description: `${dataset.municipality.name} ${label} ${department.name} ${words.phaseNote[phase]}`,
    crumbs: [
      { label: words.home, path: paths.home },
      { label, path: paths.year(fiscalYear) },
      { label: department.name, path },
    ],
    main,
    contact: input.year.contact,
    dataPath: paths.dataset(fiscalYear),
    picture: { year: fiscalYear, alt: words.pictureOfYear(label, phase) },
    type: 'article',
    jsonLd: departmentReport(site, dataset, department, path),
  });
}

/** What the department promised year by year, and what came of it; the page's own year stands among them. */
function history(site: SiteContext, input: DepartmentPageInput, from: string): Html {
  const { words } = site;
  const own = { dataset: input.dataset, department: input.published.department };
  const everyYear = [...input.otherYears, own].toSorted((a, b) => b.dataset.fiscalYear - a.dataset.fiscalYear);
  return html`<section class="history" aria-labelledby="page_history"><h2 id="page_history">${words.history}</h2>
<ul>${everyYear.map(({ dataset, department }) => {
    const { phase, fiscalYear, fiscalYearLabel } = dataset;
    return html`<li><h3>${
      dataset === input.dataset
        ? html`${fiscalYearLabel}<span class="kind">（${words.thisPage}）</span>`
        : html`<a href="${relativeHref(from, paths.department(fiscalYear, department.id))}">${fiscalYearLabel} ${department.name}</a>`
    }</h3>${phase !== 'plan' && tallyBar(department.tally)}<p>${tallyText(department.tally, phase, words)}</p>${
      dataset !== input.dataset && department.goals.length > 0 && pastGoals(site, dataset, department)
    }</li>
`;
  })}</ul></section>`;
}

function pastGoals(
  { words, phrases }: SiteContext,
  { phase, fiscalYearLabel }: Dataset,
  department: KeptDepartment,
): Html {
  return html`
<details><summary>${words.historyGoals(fiscalYearLabel)}</summary>
<ol>${department.goals.map(
    (
      goal,
    ) => html`<li><span class="number">${goal.number}</span><p class="lines">${phrases(goal.text)}</p>${goalStatus(goal, phase, words)}</li>
`,
  )}</ol></details>`;
}

function siblings(site: SiteContext, { dataset, previous, next }: DepartmentPageInput, from: string): Html | null {
  const { words } = site;
  if (!previous && !next) return null;
  const to = (department: KeptDepartment) => relativeHref(from, paths.department(dataset.fiscalYear, department.id));
  return html`<nav class="siblings" aria-label="${words.siblings}">${
    previous && html`<a rel="prev" href="${to(previous)}"><span>${words.previous}</span> ${previous.name}</a>`
  }${next && html`<a rel="next" href="${to(next)}"><span>${words.next}</span> ${next.name}</a>`}</nav>`;
}
