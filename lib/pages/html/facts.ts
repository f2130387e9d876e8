import type { ColumnDefinition, ColumnValue, Evaluation } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { inWords } from '../../text/scheme.ts';
import { type ColumnSpec, departmentColumns, goalColumns } from '../../workbook/columns.ts';
import { type Html, html } from '../html.ts';
import type { Words } from '../words.ts';

/** One fact in a list of terms and what they say. */
export function fact(term: string, text: string | Html): Html {
  return html`<div><dt>${term}</dt><dd class="lines">${text}</dd></div>`;
}

/** The city's own columns that say something, in the order of the sheet. */
export function factRows(
  columns: readonly ColumnDefinition[],
  values: Readonly<Record<string, ColumnValue>>,
  words: Words,
): Html[] {
  return columns.flatMap(({ key, label, type, unit }) => {
    const value = values[key] ?? null;
    return value === null ? [] : [fact(label, shownValue(value, type, unit, words))];
  });
}

function shownValue(
  value: NonNullable<ColumnValue>,
  type: ColumnDefinition['type'],
  unit: string | null,
  words: Words,
): string | Html {
  if (typeof value === 'object') return html`<a href="${value.url}">${value.text}</a>`;
  if (typeof value === 'number') return words.amount(value, type === 'percent' ? (unit ?? '%') : unit);
  return type === 'date' ? words.date(value) : value;
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
