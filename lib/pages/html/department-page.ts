import type { Dataset } from '../../goals/model/dataset.ts';
import type { KeptDepartment, PublishedDepartment, PublishedYear } from '../../goals/model/published.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { paths, relativeHref } from '../address.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { goalStatus } from './department-card.ts';
import { indicatorTrend, type YearOfIndicator } from './indicators.ts';
import { renderPage } from './layout.ts';
import { scaleOf } from './scale.ts';
import { departmentReport } from './structured-data.ts';
import { markShapes, tallyBar, tallyText } from './tally.ts';

export interface DepartmentPageInput {
  readonly year: PublishedYear;
  readonly dataset: Dataset;
  readonly published: PublishedDepartment;
  readonly previous: KeptDepartment | null;
  readonly next: KeptDepartment | null;
  /** The same department in every other year, newest first. */
  readonly otherYears: readonly YearOfDepartment[];
}

/** A department in one of its years. */
export interface YearOfDepartment {
  readonly year: PublishedYear;
  readonly dataset: Dataset;
  readonly department: KeptDepartment;
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
  year: input.year,
  heading: html`<p class="year">${label}<span>（${words.westernYear(fiscalYear)}）</span></p><h1>${phrases(department.name)}</h1>`,
  page: 'own',
  path,
})}
${relatives(site, input, path)}${trends(site, input)}${history(site, input, path)}
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
    picture: site.pictureOf(fiscalYear, department.id, words.pictureOfYear(label, phase)),
    type: 'article',
    jsonLd: departmentReport(site, dataset, department, path),
  });
}

/** What the department promised year by year, and what came of it; the page's own year stands among them. */
function history(site: SiteContext, input: DepartmentPageInput, from: string): Html {
  const { words } = site;
  const everyYear = everyYearOf(input);
  return html`<section class="history" aria-labelledby="page_history"><h2 id="page_history">${words.history}</h2>
<ul>${everyYear.map(({ year, dataset, department }) => {
    const { fiscalYear, fiscalYearLabel } = dataset;
    const steps = scaleOf(year, dataset, department.goals, words);
    const isRated = dataset.phase !== 'plan' && department.tally.unrated < department.tally.total;
    const phase = isRated ? dataset.phase : 'plan';
    return html`<li><h3>${
      dataset === input.dataset
        ? html`${fiscalYearLabel}<span class="kind">（${words.thisPage}）</span>`
        : html`<a href="${relativeHref(from, paths.department(fiscalYear, department.id))}">${fiscalYearLabel} ${department.name}</a>`
    }</h3>${isRated && tallyBar(steps)}<p>${tallyText(steps, phase, words)}</p>${
      dataset !== input.dataset && department.goals.length > 0 && pastGoals(site, dataset, department)
    }</li>
`;
  })}</ul></section>`;
}

/** The department in every year that it has, newest first. */
function everyYearOf({ year, dataset, published, otherYears }: DepartmentPageInput): YearOfDepartment[] {
  const own = { year, dataset, department: published.department };
  return [...otherYears, own].toSorted((a, b) => b.dataset.fiscalYear - a.dataset.fiscalYear);
}

/** What the department came from and became, where the city's organisation changed. */
function relatives(site: SiteContext, { dataset, published }: DepartmentPageInput, from: string): Html | null {
  const { words } = site;
  const department = dataset.departments.find(({ id }) => id === published.department.id);
  const { id, predecessors = [], successors = [] } = department ?? {};
  const links = (list: typeof predecessors, label: string): Html | null => {
    // A renaming keeps its history under one id: that is told by the years already.
    const others = list.filter((one) => one.id !== id || one.name !== department?.name);
    if (others.length === 0) return null;
    return html`<p>${label}${others.map(
      (one, index) =>
        html`${index > 0 && words.and}<a href="${relativeHref(from, paths.department(one.fiscalYear, one.id))}">${one.name}（${fiscalYearLabel(one.fiscalYear)}）</a>`,
    )}</p>
`;
  };
  const before = links(predecessors, words.predecessors);
  const after = links(successors, words.successors);
  if (before === null && after === null) return null;
  return html`<aside class="relatives">${before}${after}</aside>
`;
}

/** Indicators that the department has had in several years. */
function trends({ words }: SiteContext, input: DepartmentPageInput): Html | null {
  const byName = new Map<string, YearOfIndicator[]>();
  for (const { dataset, department } of everyYearOf(input)) {
    for (const { indicators } of department.goals) {
      for (const indicator of indicators) {
        const known = byName.get(indicator.name) ?? [];
        byName.set(indicator.name, [...known, { year: dataset.fiscalYearLabel, indicator }]);
      }
    }
  }
  const lasting = [...byName].filter(([, years]) => new Set(years.map(({ year }) => year)).size > 1);
  if (lasting.length === 0) return null;
  return html`<section class="trends" aria-labelledby="page_trends"><h2 id="page_trends">${words.trends}</h2>
${lasting.map(([name, years]) => indicatorTrend(name, years, words))}</section>
`;
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
