import { type Phase, type StatusCode, statusCodes, type Tally } from '../../goals/model/dataset.ts';
import { type Html, html } from '../html.ts';
import type { PhraseBreaker } from '../phrases/phrases.ts';
import { field, shapes } from '../pictures/marks.ts';
import type { Words } from '../words.ts';
import { countsInShares, sharesOf } from './shares.ts';

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

/** The shapes that `mark` uses, once a page. */
export const markShapes = html`<svg class="shapes" width="0" height="0" aria-hidden="true">${statusCodes.map((code) => {
  const { radius, inner, strokes = [] } = shapes[code];
  const path = strokes.map((points) => `M${points.join(' ')}`).join('');
  return html`<symbol id="mark_${code}" viewBox="0 0 ${field} ${field}">${
    radius !== undefined && html`<circle cx="${field / 2}" cy="${field / 2}" r="${radius}"/>`
  }${inner !== undefined && html`<circle cx="${field / 2}" cy="${field / 2}" r="${inner}"/>`}${path !== '' && html`<path d="${path}"/>`}</symbol>`;
})}</svg>`;

/** A bar as long as the goals are many, cut by status. Its numbers are always in text beside it. */
export function tallyBar(tally: Tally): Html | null {
  return bar(tally, () => null);
}

/** The bar with the shape of each status in its part. In a part too narrow for it the shape is drawn smaller: it never reaches over its part. */
export function markedBar(tally: Tally): Html | null {
  return bar(
    tally,
    (code) => html`<svg viewBox="-10 -18 20 36"><use href="#mark_${code}" x="-8" y="-8" width="16" height="16"/></svg>`,
  );
}

function bar(tally: Tally, inside: (code: StatusCode) => Html | null): Html | null {
  if (tally.total === 0) return null;
  let before = 0;
  const parts = statusCodes
    .filter((code) => tally[code] > 0)
    .map((code) => {
      const x = before;
      before += tally[code];
      return html`<svg class="${code}" x="${percent(x, tally.total)}" width="${percent(tally[code], tally.total)}"><rect width="100%" height="100%"/>${inside(code)}</svg>`;
    });
  return html`<svg class="bar" width="100%" aria-hidden="true">${parts}</svg>`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part * 10_000) / whole) / 100}%`;
}

/** The numbers of the picture, for those who do not see it and for everybody else. */
export function tallyTable(tally: Tally, words: Words): Html {
  const counted = statusCodes.filter((code) => countsInShares[code]);
  const whole = counted.reduce((sum, code) => sum + tally[code], 0);
  const shares = sharesOf(counted.map((code) => tally[code]));
  const leftOut = statusCodes
    .filter((code) => !countsInShares[code] && tally[code] > 0)
    .map((code) => words.tallyLeftOut(words.status[code], tally[code]));
  const share = (code: StatusCode): string => {
    const percent = shares.percents[counted.indexOf(code)];
    if (percent === undefined || whole === 0) return words.shareNone;
    if (percent === 0 && tally[code] > 0) return words.shareBelow(0.1);
    if (percent === 100 && tally[code] < whole) return words.shareBelow(100);
    return words.share(percent, shares.digits);
  };
  return html`<table class="tally-table"><caption>${words.tallyCaption}${whole > 0 && words.tallyShareOf(whole, leftOut, shares.addsUp)}</caption>
<thead><tr><th scope="col">${words.tallyStatus}</th><th scope="col">${words.tallyCount}</th><th scope="col">${words.tallyShare}</th></tr></thead>
<tbody>${shownStatuses(tally).map(
    (
      code,
    ) => html`<tr class="${code}"><th scope="row">${mark(code)}${words.status[code]}</th><td>${words.goalCount(tally[code])}</td><td>${share(code)}</td></tr>
`,
  )}</tbody>
<tfoot><tr><th scope="row">${words.tallyTotal}</th><td>${words.goalCount(tally.total)}</td><td>${leftOut.length === 0 && words.share(100, 0)}</td></tr></tfoot></table>`;
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

/** A sentence with its numbers set larger, and broken between phrases. */
export function withLargeNumbers(sentence: string, phrases: PhraseBreaker): Html {
  return html`${sentence.split(/(\d+)/u).map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : phrases(part)))}`;
}
