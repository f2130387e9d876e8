import type { ColumnDefinition, ColumnValue, Evaluation, Goal, StatusCode } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { inWords } from '../../text/scheme.ts';
import { type ColumnSpec, departmentColumns, goalColumns } from '../../workbook/columns.ts';
import { type Html, html } from '../html.ts';
import type { Words } from '../words.ts';
import { mark } from './tally.ts';

/** One fact in a list of terms and what they say, on a page as on paper. */
export interface Fact {
  readonly term: string;
  readonly text: string;
  /** Where the text leads, of a column of kind リンク. */
  readonly url: string | null;
  /** Whose shape stands before the text. */
  readonly status: StatusCode | null;
}

function fact(term: string, text: string): Fact {
  return { term, text, url: null, status: null };
}

/** Null where there is nothing to list. */
export function factList(facts: readonly Fact[]): Html | null {
  if (facts.length === 0) return null;
  return html`<dl class="facts">${facts.map(
    ({ term, text, url, status }) =>
      html`<div><dt>${term}</dt><dd class="lines">${status !== null && mark(status)}${url === null ? text : html`<a href="${url}">${text}</a>`}</dd></div>`,
  )}</dl>`;
}

/** The city's own columns that say something, in the order of the sheet. */
export function ownFacts(
  columns: readonly ColumnDefinition[],
  values: Readonly<Record<string, ColumnValue>>,
  words: Words,
): Fact[] {
  return columns.flatMap(({ key, label, type, unit }) => {
    const value = values[key] ?? null;
    if (value === null) return [];
    if (typeof value === 'object') return [{ ...fact(label, value.text), url: value.url }];
    return [fact(label, shownValue(value, type, unit, words))];
  });
}

function shownValue(value: string | number, type: ColumnDefinition['type'], unit: string | null, words: Words): string {
  if (typeof value === 'number') return words.amount(value, type === 'percent' ? (unit ?? '%') : unit);
  return type === 'date' ? words.date(value) : value;
}

/** What there is to say of a goal besides its text, its result and its figures. */
export function goalFacts(goal: Goal, year: PublishedYear, words: Words): Fact[] {
  const label = (key: string) => labelOf(year, 'goals', key);
  const { section, due, reason } = goal;
  return [
    ...(section === null ? [] : [fact(label('section'), section)]),
    ...(due === null ? [] : [fact(label('due'), due)]),
    ...interimFacts(goal, year, words),
    ...(reason === null ? [] : [fact(label('reason'), reason)]),
    ...ownFacts(
      year.columns.filter(({ of }) => of === 'goal'),
      goal.columns,
      words,
    ),
  ];
}

/** The middle of the year: in 中間 its report, since the status is shown already; later the status beside the result as well. */
function interimFacts({ interim }: Goal, year: PublishedYear, words: Words): Fact[] {
  if (interim === null) return [];
  const label = (key: string) => labelOf(year, 'goals', key);
  const { status, statusLabel, report } = interim;
  return [
    ...(year.phase === 'interim' || status === 'unrated'
      ? []
      : [{ ...fact(label('interimStatus'), statusLabel ?? words.status[status]), status }]),
    ...(report === null ? [] : [fact(label('interimReport'), report)]),
  ];
}

/** Second opinions: who said what. */
export function evaluationList(evaluations: readonly Evaluation[], words: Words): Html | null {
  if (evaluations.length === 0) return null;
  return html`<ul class="evaluations">${evaluations.map(
    ({ by, rating, comment }) =>
      html`<li><p><span class="by">${words.evaluationBy(by)}</span>${rating !== null && html` <b>${rating}</b>`}</p>${comment !== null && html`<p class="lines">${comment}</p>`}</li>
`,
  )}</ul>`;
}

/** What a column of the contract is called on the pages of a year: its 表示名, or its header in the city's words. */
export function labelOf(
  { labels, scheme }: Pick<PublishedYear, 'labels' | 'scheme'>,
  tab: 'departments' | 'goals',
  key: string,
): string {
  const columns: readonly ColumnSpec[] = tab === 'goals' ? goalColumns : departmentColumns;
  return labels[`${tab}.${key}`] ?? inWords(columns.find((column) => column.key === key)?.header ?? key, scheme);
}
