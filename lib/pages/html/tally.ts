import { type Phase, type StatusCode, statusCodes } from '../../goals/model/dataset.ts';
import { type Html, html } from '../html.ts';
import type { PhraseBreaker } from '../phrases/phrases.ts';
import { field, shapes } from '../pictures/marks.ts';
import type { Words } from '../words.ts';
import type { Step } from './scale.ts';
import { countsInShares, sharesOf } from './shares.ts';

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
export function tallyBar(steps: readonly Step[]): Html | null {
  return bar(steps, () => null);
}

/** The bar with the shape of each status in its part. In a part too narrow for it the shape is drawn smaller: it never reaches over its part. */
export function markedBar(steps: readonly Step[]): Html | null {
  return bar(
    steps,
    (code) => html`<svg viewBox="-10 -18 20 36"><use href="#mark_${code}" x="-8" y="-8" width="16" height="16"/></svg>`,
  );
}

function bar(steps: readonly Step[], inside: (code: StatusCode) => Html | null): Html | null {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  let before = 0;
  const parts = steps
    .filter(({ count }) => count > 0)
    .map(({ code, count }) => {
      const x = before;
      before += count;
      return html`<svg class="${code}" x="${percent(x, total)}" width="${percent(count, total)}"><rect width="100%" height="100%"/>${inside(code)}</svg>`;
    });
  return html`<svg class="bar" width="100%" aria-hidden="true">${parts}</svg>`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part * 10_000) / whole) / 100}%`;
}

/** The numbers of a year, on a page as on paper. */
export interface TallyTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly step: Step; readonly count: string; readonly share: string }[];
  /** What stands in the last row; the share is empty where the rows are not shares of everything. */
  readonly total: readonly string[];
}

export function tallyNumbers(steps: readonly Step[], words: Words): TallyTable {
  const counted = steps.filter(({ code }) => countsInShares[code]);
  const whole = counted.reduce((sum, { count }) => sum + count, 0);
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  const shares = sharesOf(counted.map(({ count }) => count));
  const leftOut = steps
    .filter(({ code, count }) => !countsInShares[code] && count > 0)
    .map(({ label, count }) => words.tallyLeftOut(label, count));
  const share = (step: Step): string => {
    const percent = shares.percents[counted.indexOf(step)];
    if (percent === undefined || whole === 0) return words.shareNone;
    if (percent === 0 && step.count > 0) return words.shareBelow(0.1);
    if (percent === 100 && step.count < whole) return words.shareBelow(100);
    return words.share(percent, shares.digits);
  };
  return {
    caption: `${words.tallyCaption}${whole > 0 ? words.tallyShareOf(whole, leftOut, shares.addsUp) : ''}`,
    head: [words.tallyStatus, words.tallyCount, words.tallyShare],
    rows: steps.map((step) => ({ step, count: words.goalCount(step.count), share: share(step) })),
    total: [words.tallyTotal, words.goalCount(total), leftOut.length === 0 ? words.share(100, 0) : ''],
  };
}

/** The numbers of the picture, for those who do not see it and for everybody else, with what each step of the scale means. */
export function tallyTable(steps: readonly Step[], words: Words): Html {
  const { caption, head, rows, total } = tallyNumbers(steps, words);
  const [inAll, count, share] = total;
  return html`<div><table class="tally-table"><caption>${caption}</caption>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr class="${row.step.code}"><th scope="row">${mark(row.step.code)}${row.step.label}</th><td>${row.count}</td><td>${row.share}</td></tr>
`,
  )}</tbody>
<tfoot><tr><th scope="row">${inAll}</th><td>${count}</td><td>${share}</td></tr></tfoot></table>${legend(steps)}</div>`;
}

/** 説明 of 選択肢: what the words mean. */
function legend(steps: readonly Step[]): Html | null {
  const explained = steps.filter(({ description }) => description !== null);
  if (explained.length === 0) return null;
  return html`
<dl class="legend">${explained.map(
    ({
      code,
      label,
      description,
    }) => html`<div class="${code}"><dt>${mark(code)}${label}</dt><dd>${description}</dd></div>
`,
  )}</dl>`;
}

/** The tally in a line of text: 達成 5件、未達成 1件. */
export function tallyText(steps: readonly Step[], phase: Phase, words: Words): Html {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  if (phase === 'plan') return html`<span class="counts">${words.goals} ${words.goalCount(total)}</span>`;
  return html`<span class="counts">${steps
    .filter(({ count }) => count > 0)
    .map(
      ({ code, label, count }) => html`<span class="${code}">${mark(code)}${label} ${words.goalCount(count)}</span> `,
    )}</span>`;
}

/** A sentence with its numbers set larger, and broken between phrases. */
export function withLargeNumbers(sentence: string, phrases: PhraseBreaker): Html {
  return html`${sentence.split(/(\d+)/u).map((part, index) => (index % 2 === 1 ? html`<b>${part}</b>` : phrases(part)))}`;
}
