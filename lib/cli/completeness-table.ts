import type { Completeness, FieldState } from '../goals/completeness.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import { departmentName } from './department-name.ts';
import type { Words } from './words.ts';

/** More departments than this are not read through: only those that lack something are listed. */
const listed = 60;

/**
 * Who is missing what, as lines of a table: a department a row, a required column of the sheet a column. Empty where nobody
 * is missing anything.
 */
export function completenessTable(completeness: readonly Completeness[], words: Words): string[] {
  const lacking = completeness.filter(({ filled, required }) => filled < required);
  if (lacking.length === 0) return [];
  const rows = completeness.length > listed ? lacking : completeness;
  const columns = [...new Set(rows.flatMap(({ fields }) => fields.map(({ column }) => column)))];
  const years = new Set(completeness.map(({ fiscalYear }) => fiscalYear));
  const table = [
    [words.department, ...columns],
    ...rows.map((row) => [
      nameOf(row, years.size > 1, words),
      ...columns.map((column) =>
        stateOf(
          row.fields.find((field) => field.column === column),
          words,
        ),
      ),
    ]),
  ];
  const widths = [words.department, ...columns].map((_, index) =>
    table.reduce((most, cells) => Math.max(most, widthOf(cells[index] ?? '')), 0),
  );
  return table.map((cells) =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function nameOf({ department, fiscalYear }: Completeness, withYear: boolean, words: Words): string {
  const name = departmentName(department, words);
  return withYear && fiscalYear !== null ? `${name}（${fiscalYearLabel(fiscalYear)}）` : name;
}

/** One cell of the row in 部 is filled, blank or wrong; of the goals it is how many are filled, and what the others are. */
function stateOf(state: FieldState | undefined, words: Words): string {
  if (state === undefined) return '－';
  const { filled, blank, error } = state;
  const total = filled + blank + error;
  if (total === 1) return blank > 0 ? words.blank : error > 0 ? words.wrong : '○';
  if (filled === total) return `${filled}/${total}`;
  const rest = [blank > 0 ? `${words.blank}${blank}` : '', error > 0 ? `${words.wrong}${error}` : ''];
  return `${filled}/${total} ${rest.filter((part) => part !== '').join(' ')}`;
}

/** Columns of a terminal that a text takes: two for a full-width character. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, character) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6○－×]|\p{Script=Han}/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
