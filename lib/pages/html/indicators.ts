import { withUnit } from '../../goals/indicator.ts';
import type { ColumnDefinition, Figure, Indicator } from '../../goals/model/dataset.ts';
import { type Html, html } from '../html.ts';
import type { Words } from '../words.ts';
import { factList, ownFacts } from './facts.ts';

/** The figures of an indicator in the order of time. */
export const figures = ['baseline', 'interim', 'target', 'actual'] as const;

/** The indicators of a goal: a small chart, and its numbers as text beside it. */
export function indicatorList(
  indicators: readonly Indicator[],
  columns: readonly ColumnDefinition[],
  words: Words,
): Html | null {
  if (indicators.length === 0) return null;
  return html`<ul class="indicators">${indicators.map((one) => indicatorItem(one, columns, words))}</ul>`;
}

function indicatorItem(indicator: Indicator, columns: readonly ColumnDefinition[], words: Words): Html {
  const { name, unit, reached, source } = indicator;
  const own = ownFacts(
    columns.filter(({ of }) => of === 'indicator'),
    indicator.columns,
    words,
  );
  return html`<li data-indicator="${name}"${reached !== null && html` data-reached="${String(reached)}"`}><p class="indicator"><b>${name}</b>${reached !== null && html` <span class="reached">${words.reached(reached)}</span>`}</p>
${chart(indicator)}<p class="figures">${figures.map((key) => {
    const figure = indicator[key];
    return figure === null
      ? null
      : html`<span>${words.figure[key]} <b>${withUnit(figure, unit)}</b>${figure.at !== null && html`（${figure.at}）`}</span> `;
  })}</p>${factList(own)}${source !== null && html`<p class="source">${words.source(source)}</p>`}</li>
`;
}

/**
 * A bar as long as what was reached, a stroke where it was aimed at, and a thin one where it began. Nothing that is not in the text beside
 * it, so it is hidden from those who listen. Null where there are not two numbers to hold against each other.
 */
function chart({ baseline, target, interim, actual }: Indicator): Html | null {
  const now = actual?.value ?? interim?.value ?? null;
  const goal = target?.value ?? null;
  const start = baseline?.value ?? null;
  const values = [now, goal, start].filter((value) => value !== null);
  if (values.length < 2 || (now === null && goal === null)) return null;
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  if (most === least) return null;
  const at = (value: number): string => `${Math.round(((value - least) / (most - least)) * 9600 + 200) / 100}%`;
  const bar =
    now === null
      ? null
      : html`<rect x="${at(Math.min(0, now))}" y="4" width="${length(now, most - least)}" height="8"/>`;
  const stroke = (value: number | null, name: string): Html | null =>
    value === null
      ? null
      : html`<line class="${name}" x1="${at(value)}" x2="${at(value)}" y1="${name === 'aim' ? 0 : 3}" y2="${name === 'aim' ? 16 : 13}"/>`;
  return html`<svg class="bullet" width="100%" height="16" aria-hidden="true"><line class="ground" x1="2%" x2="98%" y1="14" y2="14"/>${bar}${stroke(start, 'start')}${stroke(goal, 'aim')}</svg>
`;
}

function length(value: number, span: number): string {
  return `${Math.round((Math.abs(value) / span) * 9600) / 100}%`;
}

/** The same indicator in one year. */
export interface YearOfIndicator {
  readonly year: string;
  readonly indicator: Indicator;
}

/** What an indicator came to over several years: a line, and the table that it is drawn from. */
export function indicatorTrend(name: string, years: readonly YearOfIndicator[], words: Words): Html {
  const oldestFirst = years.toReversed();
  return html`<section class="trend"><h3>${name}</h3>
${trendLine(oldestFirst)}<table><thead><tr><th scope="col">${words.year}</th><th scope="col">${words.figure.target}</th><th scope="col">${words.figure.actual}</th></tr></thead>
<tbody>${oldestFirst.map(
    ({ year, indicator: { target, actual, interim, unit } }) =>
      html`<tr><th scope="row">${year}</th><td>${target === null ? words.noFigure : withUnit(target, unit)}</td><td>${shownFigure(actual ?? interim, unit, words)}</td></tr>
`,
  )}</tbody></table></section>
`;
}

function shownFigure(figure: Figure | null, unit: string | null, words: Words): string {
  return figure === null ? words.noFigure : withUnit(figure, unit);
}

/** Null where fewer than two years have a number. */
function trendLine(years: readonly YearOfIndicator[]): Html | null {
  const points = years.flatMap(({ indicator: { actual, interim } }, index) => {
    const value = actual?.value ?? interim?.value ?? null;
    return value === null ? [] : [{ index, value }];
  });
  if (points.length < 2) return null;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (index: number): number => Math.round(10 + (index * 280) / Math.max(1, years.length - 1));
  const y = (value: number): number => Math.round(most === least ? 30 : 52 - ((value - least) / (most - least)) * 44);
  const line = points.map(({ index, value }) => `${x(index)},${y(value)}`).join(' ');
  return html`<svg class="line" viewBox="0 0 300 60" aria-hidden="true"><polyline points="${line}"/>${points.map(({ index, value }) => html`<circle cx="${x(index)}" cy="${y(value)}" r="4"/>`)}</svg>
`;
}
