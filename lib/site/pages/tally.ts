import { type Phase, type StatusCode, statusCodes, type Tally } from '../../goals/dataset.ts';
import { type Html, html } from '../html.ts';
import type { Words } from '../words.ts';

/** The statuses worth a line: the three results always, the others where there are any. */
function shownStatuses(tally: Tally): readonly StatusCode[] {
  return statusCodes.filter(
    (code) => code === 'achieved' || code === 'partial' || code === 'missed' || tally[code] > 0,
  );
}

/** Shape of a status. It says nothing by itself, since the word always stands beside it. */
export function mark(code: StatusCode): Html {
  return html`<svg class="mark" aria-hidden="true"><use href="#mark_${code}"/></svg>`;
}

/** The shapes that `mark` uses, once a page: ○ △ × → － as everyone in Japan reads them. */
export const markShapes = html`<svg class="shapes" width="0" height="0" aria-hidden="true"><symbol id="mark_achieved" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/></symbol><symbol id="mark_partial" viewBox="0 0 16 16"><path d="M8 2.5 14 13.5H2Z"/></symbol><symbol id="mark_missed" viewBox="0 0 16 16"><path d="m3 3 10 10M13 3 3 13"/></symbol><symbol id="mark_in-progress" viewBox="0 0 16 16"><path d="M1.5 8h12M9 3l5 5-5 5"/></symbol><symbol id="mark_unrated" viewBox="0 0 16 16"><path d="M3 8h10"/></symbol></svg>`;

/** A bar as long as the goals are many, cut by status. Its numbers are always in text beside it. */
export function tallyBar(tally: Tally): Html | null {
  if (tally.total === 0) return null;
  let before = 0;
  const parts = statusCodes
    .filter((code) => tally[code] > 0)
    .map((code) => {
      const x = before;
      before += tally[code];
      return html`<rect class="${code}" x="${percent(x, tally.total)}" width="${percent(tally[code], tally.total)}" height="100%"/>`;
    });
  return html`<svg class="bar" width="100%" aria-hidden="true">${parts}</svg>`;
}

function percent(part: number, whole: number): string {
  return `${Number(((part / whole) * 100).toFixed(2))}%`;
}

/** The tally as a picture and the same numbers as a table. In phase 目標 there is nothing to tally yet. */
export function tallyTable(tally: Tally, phase: Phase, words: Words): Html | null {
  if (phase === 'plan' || tally.total === 0) return null;
  return html`${tallyBar(tally)}
<table class="tally-table"><caption>${words.tallyCaption}</caption>
<thead><tr><th scope="col">${words.tallyStatus}</th><th scope="col">${words.tallyCount}</th><th scope="col">${words.tallyShare}</th></tr></thead>
<tbody>${shownStatuses(tally).map(
    (
      code,
    ) => html`<tr class="${code}"><th scope="row">${mark(code)}${words.status[code]}</th><td>${words.goalCount(tally[code])}</td><td>${words.share(tally[code], tally.total)}</td></tr>
`,
  )}</tbody>
<tfoot><tr><th scope="row">${words.tallyTotal}</th><td>${words.goalCount(tally.total)}</td><td></td></tr></tfoot></table>`;
}

/** The tally in a line of text: 達成 5件、未達成 1件. */
export function tallyText(tally: Tally, phase: Phase, words: Words): Html {
  if (phase === 'plan') return html`<span class="counts">${words.goals} ${words.goalCount(tally.total)}</span>`;
  return html`<span class="counts">${statusCodes
    .filter((code) => tally[code] > 0)
    .map(
      (code) => html`<span class="${code}">${mark(code)}${words.status[code]} ${words.goalCount(tally[code])}</span> `,
    )}</span>`;
}

/** A sentence with its numbers set larger. */
export function withLargeNumbers(sentence: string): Html {
  return html`${sentence.split(/(\d+)/u).map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : part))}`;
}
