import type { Finding } from '../../findings/finding.ts';
import { departmentAnchor, departmentLabel } from '../../goals/department-label.ts';
import type { BeforeAfter } from '../../goals/settle/before-after.ts';
import type { Preview, PreviewedDepartment } from '../../goals/settle/preview.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { paths, relativeHref } from '../address.ts';
import { type Html, html } from '../html.ts';
import type { SiteContext } from '../site-context.ts';
import { type Stretch, wordDifferences } from '../word-differences.ts';
import { renderPage } from './layout.ts';

/** What the page of changes is made of. */
export interface ChangesInput {
  readonly preview: Preview;
  /** Everything that was found in the sheet. */
  readonly findings: readonly Finding[];
  /** The day in Japan on which the preview was made, `YYYY-MM-DD`. */
  readonly day: string;
}

/**
 * Before and after side by side, department by department, with what was found in each and what keeps it back. On paper each department is a
 * sheet of its own with room for stamps (回議用). Source: preview in section 4 of the contract.
 */
export function changesPage(site: SiteContext, { preview, findings, day }: ChangesInput): string {
  const { words } = site;
  const text = words.preview;
  const path = paths.changes;
  const places = new Set(preview.departments.flatMap(({ rows }) => [...rows]));
  const names = new Set(preview.departments.map(({ department }) => department));
  const placeOf = ({ tab, row }: Finding): string => `${tab}!${row}`;
  const elsewhere = findings.filter(
    (finding) => !places.has(placeOf(finding)) && (finding.department === null || !names.has(finding.department)),
  );
  const shown = preview.departments.map((department) => ({
    department,
    // By the row, since a department can be there in several years; by the name where the row is nobody's.
    found: findings.filter((finding) =>
      places.has(placeOf(finding))
        ? department.rows.has(placeOf(finding))
        : finding.department === department.department,
    ),
  }));
  const hasSeveralYears = new Set(preview.departments.map(({ fiscalYear }) => fiscalYear)).size > 1;
  const detailed = shown.filter(
    ({ department, found }) => department.differences.length > 0 || department.reason !== null || found.length > 0,
  );
  const main = html`<div class="lead"><h1>${text.changes}</h1>
<p>${text.lead}</p>
<p>${text.legend} ${inserted(text.inserted, site)}${text.and}${deleted(text.deleted, site)}${text.legendEnd}</p>
<p class="screen">${text.printing}</p>${preview.settled.kind === 'blocked' && html`<p class="held">${text.blocked}</p>`}</div>
${
  shown.length === 0
    ? html`<p>${text.nobody}</p>`
    : html`<table class="standings"><caption>${text.overview}</caption>
<thead><tr><th scope="col">${text.department}</th>${hasSeveralYears && html`<th scope="col">${words.year}</th>`}<th scope="col">${text.standing}</th><th scope="col">${text.changeCount}</th><th scope="col">${text.findingCount}</th></tr></thead>
<tbody>${shown.map(({ department, found }) => overviewRow(department, found, { detailed, hasSeveralYears }, site))}</tbody></table>`
}
${elsewhere.length > 0 && html`<section class="found"><h2>${text.elsewhere}</h2>${findingList(elsewhere, site)}</section>`}
${detailed.map(({ department, found }) => departmentSection(department, found, day, site))}`;
  return renderPage(site, {
    path,
    title: text.changes,
    description: text.lead,
    crumbs: [
      { label: words.home, path: paths.home },
      { label: text.changes, path },
    ],
    main,
    contact: null,
  });
}

function overviewRow(
  department: PreviewedDepartment,
  found: readonly Finding[],
  { detailed, hasSeveralYears }: { detailed: readonly { department: PreviewedDepartment }[]; hasSeveralYears: boolean },
  { words }: SiteContext,
): Html {
  const name = departmentLabel(department.department);
  const isDetailed = detailed.some((one) => one.department === department);
  const { standing, differences, showing, fiscalYear } = department;
  const text = words.preview;
  // Where there is nothing more to say of it, what leads to a department leads here.
  return html`<tr${!isDetailed && html` id="${departmentAnchor(department)}"`}><th scope="row">${isDetailed ? html`<a href="#${departmentAnchor(department)}">${name}</a>` : name}</th>${hasSeveralYears && html`<td>${fiscalYearLabel(fiscalYear)}</td>`}<td class="word">${words.standing[standing]}</td><td>${changeCount(showing !== null, differences, text)}</td><td>${found.length === 0 ? text.none : text.count(found.length)}</td></tr>
`;
}

function changeCount(
  isOnSite: boolean,
  differences: readonly BeforeAfter[],
  text: SiteContext['words']['preview'],
): string {
  if (!isOnSite && differences.length > 0) return text.isNew;
  return differences.length === 0 ? text.none : text.places(differences.length);
}

function departmentSection(
  department: PreviewedDepartment,
  found: readonly Finding[],
  day: string,
  site: SiteContext,
): Html {
  const { words, published } = site;
  const text = words.preview;
  const { id, fiscalYear, standing, reason, differences, isShown, showing } = department;
  const isOnSite = showing !== null;
  const page = id !== null && isShown ? relativeHref(paths.changes, paths.department(fiscalYear, id)) : null;
  const anchor = departmentAnchor(department);
  return html`<section class="change" id="${anchor}" aria-labelledby="${anchor}-name">
${circulation(published.years[0]?.municipality.name ?? null, day, site)}
<h2 id="${anchor}-name">${departmentLabel(department.department)} <span class="kind">（${fiscalYearLabel(fiscalYear)}）</span></h2>
<p><b class="standing">${words.standing[standing]}</b> ${text.standingNote[standing]}${showing !== null && standing !== 'published' && text.showing(words.date(showing))}${page !== null && html` <a class="screen" href="${page}">${text.openPage}</a>`}</p>
${reason !== null && html`<p class="held lines">${text.heldFor(reason)}</p>\n`}${
  differences.length === 0
    ? html`<p>${text.noChange}</p>`
    : html`<table class="before-after"><caption>${text.beforeAfter}</caption>
<thead><tr><th scope="col">${text.what}</th><th scope="col">${isOnSite ? text.before : text.nothingBefore}</th><th scope="col">${text.after}</th></tr></thead>
<tbody>${differences.map((one) => differenceRow(one, site))}</tbody></table>`
}
${found.length > 0 && html`<h3>${text.findings}</h3>${findingList(found, site)}`}</section>
`;
}

/** 回議用: on paper only. The boxes are those that any city has; who stamps in those between is written by hand. */
function circulation(municipality: string | null, day: string, { words }: SiteContext): Html {
  const text = words.preview;
  return html`<div class="circulation"><p><b>${text.circulation}</b><br>${municipality ?? ''} ${words.siteTitle(null)}<br>${text.madeOn(words.date(day))}</p>
<p class="dates">${text.dates.map((label) => html`<span>${label}</span>`)}</p>
<table><tbody><tr>${text.stamps.map((label) => html`<td>${label}</td>`)}</tr><tr class="stamps">${text.stamps.map(() => html`<td></td>`)}</tr></tbody></table></div>`;
}

function differenceRow({ goal, label, before, after }: BeforeAfter, site: SiteContext): Html {
  const text = site.words.preview;
  const name = goal === null ? label : text.ofGoal(goal, label);
  const nothing = html`<span class="nothing">${text.nothing}</span>`;
  if (before === null || after === null) {
    return html`<tr><th scope="row">${name}</th><td data-label="${text.before}">${before === null ? nothing : deleted(before, site)}</td><td data-label="${text.after}">${after === null ? nothing : inserted(after, site)}</td></tr>
`;
  }
  const words = wordDifferences(before, after);
  return html`<tr><th scope="row">${name}</th><td data-label="${text.before}">${marked(words.before, deleted, site)}</td><td data-label="${text.after}">${marked(words.after, inserted, site)}</td></tr>
`;
}

function marked(
  stretches: readonly Stretch[],
  changed: (text: string, site: SiteContext) => Html,
  site: SiteContext,
): Html {
  return html`${stretches.map(({ text, isChanged }) => (isChanged ? changed(text, site) : text))}`;
}

/** Most screen readers say nothing of `ins` and `del`: so words that are not seen do. On paper a stroke and a double line tell them apart. */
function inserted(text: string, { words }: SiteContext): Html {
  const { inserted: name, end } = words.preview;
  return html`<ins><span class="spoken">${name}：</span>${text}<span class="spoken">${end}</span></ins>`;
}

function deleted(text: string, { words }: SiteContext): Html {
  const { deleted: name, end } = words.preview;
  return html`<del><span class="spoken">${name}：</span>${text}<span class="spoken">${end}</span></del>`;
}

function findingList(findings: readonly Finding[], { words }: SiteContext): Html {
  return html`<ul class="findings">${findings.map(
    ({ severity, tab, cell, message, fix }) =>
      html`<li><b>${words.severity[severity]}</b> ${[tab, cell].filter((part) => part !== null).join(' ')}<br>${message}<br>${fix}</li>
`,
  )}</ul>`;
}
