import type { Goal, Phase } from '../../goals/model/dataset.ts';
import type { PublishedDepartment } from '../../goals/model/published.ts';
import { type Html, html } from '../html.ts';
import type { PhraseBreaker } from '../phrases/phrases.ts';
import type { Words } from '../words.ts';
import { mark } from './tally.ts';

export interface CardOptions {
  readonly phase: Phase;
  /** The heading itself, at the level that fits the page: `h1` on the department's own, `h2` among others. */
  readonly heading: Html;
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
export function departmentCardOf(words: Words, phrases: PhraseBreaker): DepartmentCard {
  const goalContent = onceForEach((goal: Goal, phase: Phase) => goalContentOf(goal, phase, words, phrases));
  const writer: CardWriter = { words, phrases, goalContent };
  const below = {
    own: (published: PublishedDepartment, phase: Phase) => belowHeading(published, phase, 'own', writer),
    list: onceForEach((published: PublishedDepartment, phase: Phase) => belowHeading(published, phase, 'list', writer)),
  };
  return (published, { phase, heading, page }) => {
    const { id } = published.department;
    return html`<article data-department="${id}"${page === 'list' && html` id="${id}"`}><div class="card">
<header>
${heading}
${below[page](published, phase)}</div></article>`;
  };
}

/** What all cards of one rendering are written with. */
interface CardWriter {
  readonly words: Words;
  readonly phrases: PhraseBreaker;
  readonly goalContent: (goal: Goal, phase: Phase) => Html;
}

/** What was made of something is given again when it is asked for again: in one rendering, it has one phase. */
function onceForEach<Thing extends object>(
  make: (thing: Thing, phase: Phase) => Html,
): (thing: Thing, phase: Phase) => Html {
  const made = new WeakMap<Thing, Html>();
  return (thing, phase) => {
    let markup = made.get(thing);
    if (markup === undefined) {
      markup = make(thing, phase);
      made.set(thing, markup);
    }
    return markup;
  };
}

function belowHeading(
  { department, held }: PublishedDepartment,
  phase: Phase,
  page: CardOptions['page'],
  { words, phrases, goalContent }: CardWriter,
): Html {
  const heading = (text: string) => (page === 'own' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  const goalAnchor = page === 'own' ? 'goal-' : `${department.id}_goal-`;
  return html`${department.directors.map(
    ({ title, name, nameKana }) =>
      html`<p class="director"><span class="post">${title}</span> <span>${name}</span>${nameKana !== null && html`<span>${words.reading(nameKana)}</span>`}</p>\n`,
  )}${held && html`<p class="held">${words.held(words.date(department.updated))}</p>\n`}</header>
${department.policy !== null && html`<section class="policy">${heading(words.policy)}<p class="lines">${phrases(department.policy)}</p></section>\n`}<div class="results"><section class="goals">${heading(words.goals)}
${
  department.goals.length === 0
    ? html`<p>${words.noGoals}</p>`
    : html`<ol>${department.goals.map(
        (
          goal,
        ) => html`<li data-goal="${goal.number}" data-status="${goal.status}" id="${goalAnchor}${goal.number}">${goalContent(goal, phase)}</li>
`,
      )}</ol>`
}</section>
${department.summary !== null && html`<section class="summary">${heading(words.summary)}<p class="lines">${department.summary}</p></section>\n`}</div>
${department.work !== null && html`<section class="work">${heading(words.work)}<p class="lines">${department.work}</p></section>\n`}<footer><p class="updated">${words.updated} <time datetime="${department.updated}">${words.date(department.updated)}</time></p></footer>
`;
}

/** What stands in the item of a goal: the same on every page. */
function goalContentOf(goal: Goal, phase: Phase, words: Words, phrases: PhraseBreaker): Html {
  return html`<span class="number">${goal.number}</span><div><p class="lines">${phrases(goal.text)}</p>${
    goal.note !== null && html`<p class="note lines">${goal.note}</p>`
  }</div>${goalStatus(goal, phase, words)}`;
}

/** The result in the department's own words. In phase 目標 there is none, and no mark either. */
export function goalStatus(goal: Goal, phase: Phase, words: Words): Html | null {
  if (phase === 'plan') return null;
  return html`<p class="status ${goal.status}">${mark(goal.status)}${goal.statusLabel ?? words.status[goal.status]}</p>`;
}
