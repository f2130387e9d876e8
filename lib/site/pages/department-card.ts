import type { Goal, Phase } from '../../goals/dataset.ts';
import type { PublishedDepartment } from '../../goals/published.ts';
import { type Html, html } from '../html.ts';
import type { PhraseBreaker } from '../phrases.ts';
import type { Words } from '../words.ts';
import { mark } from './tally.ts';

/** What stands in the item of a goal: the same on every page. */
export type GoalContent = (goal: Goal, phase: Phase) => Html;

/** A goal comes back on three pages of one rendering (its department's, its year's, the home page), so each is written once. */
export function goalContentOf(words: Words, phrases: PhraseBreaker): GoalContent {
  const known = new WeakMap<Goal, Html>();
  return (goal, phase) => {
    const before = known.get(goal);
    if (before !== undefined) return before;
    const content = html`<span class="number">${goal.number}</span><div><p class="lines">${phrases(goal.text)}</p>${
      goal.note !== null && html`<p class="note lines">${goal.note}</p>`
    }</div>${goalStatus(goal, phase, words)}`;
    known.set(goal, content);
    return content;
  };
}

export interface CardOptions {
  readonly phase: Phase;
  readonly words: Words;
  readonly phrases: PhraseBreaker;
  readonly goalContent: GoalContent;
  /** The heading itself, at the level that fits the page. */
  readonly heading: Html;
  /** Level of the headings inside the card. */
  readonly level: 2 | 3;
  /** Id of the article, and how the ids of its goals begin; without one the goals are `goal-3`. */
  readonly anchor: string | null;
}

/** A department: the same card on the year's page and on the department's own. */
export function departmentCard({ department, held }: PublishedDepartment, options: CardOptions): Html {
  const { words, phrases, anchor } = options;
  const { director } = department;
  const heading = (text: string) => (options.level === 2 ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  const goalAnchor = anchor === null ? 'goal-' : `${anchor}_goal-`;
  return html`<article data-department="${department.id}"${anchor !== null && html` id="${anchor}"`}><div class="card">
<header>
${options.heading}
<p class="director"><span class="post">${director.title}</span> <span>${director.name}</span><span>${words.reading(director.nameKana)}</span></p>
${held && html`<p class="held">${words.held(words.date(department.updated))}</p>\n`}</header>
<section class="policy">${heading(words.policy)}<p class="lines">${phrases(department.policy)}</p></section>
<div class="results"><section class="goals">${heading(words.goals)}
${
  department.goals.length === 0
    ? html`<p>${words.noGoals}</p>`
    : html`<ol>${department.goals.map((goal) => goalItem(goal, goalAnchor, options))}</ol>`
}</section>
${department.summary !== null && html`<section class="summary">${heading(words.summary)}<p class="lines">${department.summary}</p></section>\n`}</div>
<section class="work">${heading(words.work)}<p class="lines">${department.work}</p></section>
<footer><p class="updated">${words.updated} <time datetime="${department.updated}">${words.date(department.updated)}</time></p></footer>
</div></article>`;
}

function goalItem(goal: Goal, anchor: string, { phase, goalContent }: CardOptions): Html {
  return html`<li data-goal="${goal.number}" data-status="${goal.status}" id="${anchor}${goal.number}">${goalContent(goal, phase)}</li>
`;
}

/** The result in the department's own words. In phase 目標 there is none, and no mark either. */
export function goalStatus(goal: Goal, phase: Phase, words: Words): Html | null {
  if (phase === 'plan') return null;
  return html`<p class="status ${goal.status}">${mark(goal.status)}${goal.statusLabel ?? words.status[goal.status]}</p>`;
}
