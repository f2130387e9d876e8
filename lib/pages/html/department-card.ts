import type { Goal, Phase } from '../../goals/model/dataset.ts';
import type { PublishedDepartment, PublishedYear } from '../../goals/model/published.ts';
import { type Html, html } from '../html.ts';
import type { PhraseBreaker } from '../phrases/phrases.ts';
import type { SiteContext } from '../site-context.ts';
import type { Words } from '../words.ts';
import { evaluationList, factList, goalFacts, labelOf, ownFacts } from './facts.ts';
import { indicatorList } from './indicators.ts';
import { portraitsOf } from './portraits.ts';
import { mark } from './tally.ts';

export interface CardOptions {
  readonly year: PublishedYear;
  /** The heading itself, at the level that fits the page: `h1` on the department's own, `h2` among others. */
  readonly heading: Html;
  /** Where the page is that the card stands on. */
  readonly path: string;
  /**
   * - `own`: on the department's own page, where its goals are `#goal-3`
   * - `list`: among others, where the card is `#kikaku` and its goals are `#kikaku_goal-3`
   */
  readonly page: 'own' | 'list';
}

/** A department: the same card on the year's page, on the home page and on the department's own. */
export type DepartmentCard = (published: PublishedDepartment, options: CardOptions) => Html;

/**
 * Writes the cards of one rendering. What comes back is written once: a goal stands on three pages (its department's, its year's,
 * the home page), and on two of them the whole card but for its heading.
 */
export function departmentCardOf(
  words: Words,
  phrases: PhraseBreaker,
  preview: SiteContext['preview'],
): DepartmentCard {
  const goalContent = onceForEach((goal: Goal, year: PublishedYear) => goalContentOf(goal, year, words, phrases));
  const writer: CardWriter = { words, phrases, goalContent, preview };
  const below = {
    own: (published: PublishedDepartment, year: PublishedYear) => belowHeading(published, year, 'own', writer),
    list: onceForEach((published: PublishedDepartment, year: PublishedYear) =>
      belowHeading(published, year, 'list', writer),
    ),
  };
  return (published, { year, heading, page, path }) => {
    const { id, directors } = published.department;
    return html`<article data-department="${id}"${page === 'list' && html` id="${id}"`}><div class="card">
<header>
${heading}
${portraitsOf(directors, path, words)}${below[page](published, year)}</div></article>`;
  };
}

/** What all cards of one rendering are written with. */
interface CardWriter {
  readonly words: Words;
  readonly phrases: PhraseBreaker;
  readonly goalContent: (goal: Goal, year: PublishedYear) => Html;
  readonly preview: SiteContext['preview'];
}

/** What was made of something is given again when it is asked for again: in one rendering, it is of one year. */
function onceForEach<Thing extends object>(
  make: (thing: Thing, year: PublishedYear) => Html,
): (thing: Thing, year: PublishedYear) => Html {
  const made = new WeakMap<Thing, Html>();
  return (thing, year) => {
    let markup = made.get(thing);
    if (markup === undefined) {
      markup = make(thing, year);
      made.set(thing, markup);
    }
    return markup;
  };
}

function belowHeading(
  { department, held }: PublishedDepartment,
  year: PublishedYear,
  page: CardOptions['page'],
  writer: CardWriter,
): Html {
  const { words, phrases } = writer;
  const heading = (text: string) => (page === 'own' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  const label = (key: string) => labelOf(year, 'departments', key);
  const { policy, work, summary } = department;
  const standing = writer.preview?.get(`${year.fiscalYear} ${department.id}`);
  const own = ownFacts(
    year.columns.filter(({ of }) => of === 'department'),
    department.columns,
    words,
  );
  const opinions = evaluationList(department.evaluations, words);
  return html`${department.directors.map(
    ({ title, name, nameKana }) =>
      html`<p class="director"><span class="post">${title}</span> <span>${name}</span>${nameKana !== null && html`<span>${words.reading(nameKana)}</span>`}</p>\n`,
  )}${standing !== undefined && html`<p class="held">${standing}</p>\n`}${held && html`<p class="held">${words.held(words.date(department.updated))}</p>\n`}</header>
${policy !== null && html`<section class="policy">${heading(label('policy'))}<p class="lines">${phrases(policy)}</p></section>\n`}<div class="results"><section class="goals">${heading(words.goals)}
${goalLists(department, year, page, writer)}</section>
${summary !== null && html`<section class="summary">${heading(label('summary'))}<p class="lines">${summary}</p></section>\n`}${opinions !== null && html`<section class="opinions">${heading(words.evaluations)}${opinions}</section>\n`}</div>
${(work !== null || own.length > 0) && html`<div class="about">${work !== null && html`<section class="work">${heading(label('work'))}<p class="lines">${work}</p></section>\n`}${own.length > 0 && html`${factList(own)}\n`}</div>\n`}<footer><p class="updated">${words.updated} <time datetime="${department.updated}">${words.date(department.updated)}</time></p></footer>
`;
}

/** The goals as they stand one after the other under the headings that the city gives them; null for those under none. */
export function groupsOf(goals: readonly Goal[]): { readonly group: string | null; readonly goals: readonly Goal[] }[] {
  const runs: { group: string | null; goals: Goal[] }[] = [];
  for (const goal of goals) {
    const last = runs.at(-1);
    if (last !== undefined && last.group === goal.group) last.goals.push(goal);
    else runs.push({ group: goal.group, goals: [goal] });
  }
  return runs;
}

/** The goals, under their headings where the city groups them. */
function goalLists(
  { id, goals }: PublishedDepartment['department'],
  year: PublishedYear,
  page: CardOptions['page'],
  { words, goalContent }: CardWriter,
): Html {
  if (goals.length === 0) return html`<p>${words.noGoals}</p>`;
  const anchor = page === 'own' ? 'goal-' : `${id}_goal-`;
  const item = (goal: Goal): Html =>
    html`<li data-goal="${goal.number}" data-status="${goal.status}" id="${anchor}${goal.number}">${goalContent(goal, year)}</li>
`;
  const heading = (group: string) =>
    page === 'own' ? html`<h3 class="group">${group}</h3>` : html`<h4 class="group">${group}</h4>`;
  return html`${groupsOf(goals).map(({ group, goals: ofGroup }) => html`${group !== null && heading(group)}<ol>${ofGroup.map(item)}</ol>`)}`;
}

/** What stands in the item of a goal: the same on every page. */
function goalContentOf(goal: Goal, year: PublishedYear, words: Words, phrases: PhraseBreaker): Html {
  const { note } = goal;
  return html`<span class="number">${goal.number}</span><div><p class="lines">${phrases(goal.text)}</p>${
    note !== null && html`<p class="note lines">${note}</p>`
  }${factList(goalFacts(goal, year, words))}${indicatorList(goal.indicators, year.columns, words)}${evaluationList(goal.evaluations, words)}</div>${goalStatus(goal, year.phase, words)}`;
}

/** The result in the department's own words. In phase 目標 there is none, and no mark either. */
export function goalStatus(goal: Goal, phase: Phase, words: Words): Html | null {
  if (phase === 'plan') return null;
  return html`<p class="status ${goal.status}">${mark(goal.status)}${goal.statusLabel ?? words.status[goal.status]}</p>`;
}
