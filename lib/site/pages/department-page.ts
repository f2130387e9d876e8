import type { Dataset, Department } from '../../goals/dataset.ts';
import type { PublishedDepartment, PublishedYear } from '../../goals/published.ts';
import { paths, relativeHref } from '../address.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { departmentCard, goalStatus } from './department-card.ts';
import { renderPage } from './layout.ts';
import { departmentReport } from './structured-data.ts';
import { markShapes, tallyBar, tallyTable, tallyText } from './tally.ts';

export interface DepartmentPageInput {
  readonly year: PublishedYear;
  readonly dataset: Dataset;
  readonly published: PublishedDepartment;
  readonly previous: Department | null;
  readonly next: Department | null;
  /** The same department in every other year, newest first. */
  readonly otherYears: readonly { readonly dataset: Dataset; readonly department: Department }[];
}

/** One department in one year, with what it promised in its other years and what came of it. */
export function departmentPage(site: SiteContext, input: DepartmentPageInput): string {
  const { words, phrases } = site;
  const { dataset, published } = input;
  const { department } = published;
  const { fiscalYear, fiscalYearLabel: label, phase } = dataset;
  const path = paths.department(fiscalYear, department.id);
  const main = html`${markShapes}
${departmentCard(published, {
  phase,
  words,
  phrases,
  heading: html`<p class="year">${label}<span>（${words.westernYear(fiscalYear)}）</span></p><h1>${phrases(department.name)}</h1>`,
  level: 2,
  anchor: null,
})}
${phase !== 'plan' && department.tally.total > 0 && html`<section class="tally" aria-labelledby="page_tally"><h2 id="page_tally">${words.tallyHeading[phase]}</h2>${tallyTable(department.tally, phase, words)}</section>\n`}${history(site, input, path)}
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
    updated: department.updated,
    dataPath: paths.dataset(fiscalYear),
    type: 'article',
    jsonLd: departmentReport(site, dataset, department, path),
  });
}

function history(site: SiteContext, { otherYears }: DepartmentPageInput, from: string): Html {
  const { words } = site;
  return html`<section class="history" aria-labelledby="page_history"><h2 id="page_history">${words.otherYears}</h2>
${
  otherYears.length === 0
    ? html`<p>${words.historyEmpty}</p>`
    : otherYears.map(
        ({
          dataset,
          department,
        }) => html`<section><h3><a href="${relativeHref(from, paths.department(dataset.fiscalYear, department.id))}">${dataset.fiscalYearLabel} ${department.name}</a></h3>
${dataset.phase !== 'plan' && tallyBar(department.tally)}<p>${tallyText(department.tally, dataset.phase, words)}</p>
<details><summary>${words.historyGoals(department.goals.length)}</summary>
<ol>${department.goals.map(
          (
            goal,
          ) => html`<li class="${goal.status}"><p class="lines">${site.phrases(goal.text)}</p>${goalStatus(goal, dataset.phase, words)}</li>
`,
        )}</ol></details></section>
`,
      )
}</section>`;
}

function siblings(site: SiteContext, { dataset, previous, next }: DepartmentPageInput, from: string): Html | null {
  const { words } = site;
  if (!previous && !next) return null;
  const to = (department: Department) => relativeHref(from, paths.department(dataset.fiscalYear, department.id));
  return html`<nav class="siblings" aria-label="${words.siblings}">${
    previous && html`<a rel="prev" href="${to(previous)}"><span>${words.previous}</span> ${previous.name}</a>`
  }${next && html`<a rel="next" href="${to(next)}"><span>${words.next}</span> ${next.name}</a>`}</nav>`;
}
