import { negativePhrase } from '../../text/negative-words.ts';
import { isBlank, isErrorValue, normalizeLine } from '../../text/normalize.ts';
import { closestTo } from '../../text/resemblance.ts';
import type { GoalColumn } from '../../workbook/columns.ts';
import { goalColumns, headerOf } from '../../workbook/columns.ts';
import { textIn } from '../../workbook/rows.ts';
import { readStatus } from '../cells/status.ts';
import type { GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { checkedDepartments, checkedGoals, goalPlace, report } from './rule.ts';

/** Whether some department of the sheet is in a phase in which 達成状況 is shown. */
export function isRated(sheet: JoinedSheet): boolean {
  return sheet.departments.some(({ phase, visibility }) => phase === 'result' && visibility !== 'withdrawn');
}

/**
 * A year of results without a column 達成状況 is a city that does not rate: one warning. Where a header resembles it, or is blank above
 * values, the column was lost: an error that holds every department. Source: section 8 of the contract.
 */
export function* missingResultColumn(sheet: JoinedSheet): Generator<Report> {
  const { goals: table, scheme } = sheet.rows;
  if (table.headers.status !== undefined) return;
  const concerned = checkedDepartments(sheet).filter(({ phase }) => phase === 'result');
  if (concerned.length === 0) return;
  const header = headerOf(goalColumns, 'status', scheme);
  const headers = table.unlisted.map((column) => column.header);
  const closest = closestTo(
    header,
    headers.map(({ text }) => text),
  );
  const near = headers.find(({ text }) => text === closest);
  const [blank, second] = headers.filter(({ text }) => isBlank(text));
  const field = near ?? (second === undefined ? blank : undefined);
  const place = { tab: table.tab, column: header, cell: field?.cell ?? null, row: field?.row ?? null };
  yield field === undefined
    ? report('no-result-column', { ...place, value: null }, { header })
    : report('missing-result-column', { ...place, value: field.text || null }, { header, closest }, concerned);
}

/** In `plan` every goal is `unrated`: a result that is there already will not be shown. Source: section 3 of the contract. */
export function* resultsInPlan(sheet: JoinedSheet): Generator<Report> {
  for (const goal of checkedGoals(sheet)) {
    const text = textIn(goal.row.fields, 'status');
    if (goal.phase !== 'plan' || isBlank(text) || isErrorValue(text)) continue;
    yield report('result-in-plan', goalPlace(sheet, goal, 'status'), {});
  }
}

/** The columns of a goal that hold a status which is shown in its phase. */
function statusColumns({ phase, row: { fields } }: GoalEntry): readonly GoalColumn[] {
  if (phase === 'plan') return [];
  if (phase === 'interim') return fields.interimStatus === undefined ? ['status'] : ['interimStatus'];
  return ['interimStatus', 'status'];
}

/**
 * A cell that holds one known word and more around it has that word's code; none, and words of different codes, are errors.
 * Source: sections 1 and 8 of the contract. A word said to be *not* so (達成できず) has its code too, by the same sentence, which is
 * hardly what was meant: a warning.
 */
export function* statuses(sheet: JoinedSheet): Generator<Report> {
  const words = sheet.vocabulary.words.map(({ label }) => label);
  for (const goal of checkedGoals(sheet)) {
    for (const column of statusColumns(goal)) {
      const text = textIn(goal.row.fields, column);
      if (isBlank(text) || isErrorValue(text)) continue;
      const place = goalPlace(sheet, goal, column);
      const reading = readStatus(text, sheet.vocabulary);
      const typed = normalizeLine(text).slice(0, 20);
      if (reading.kind === 'unknown') yield report('unknown-status', place, { words, typed }, goal.concerns);
      else if (reading.kind === 'percentage') yield report('percentage-without-from', place, { typed }, goal.concerns);
      else if (reading.kind === 'several')
        yield report('two-statuses', place, { words: reading.labels }, goal.concerns);
      else if (reading.within !== null && (reading.code === 'achieved' || reading.code === 'exceeded')) {
        const phrase = negativePhrase(text, reading.within);
        if (phrase !== null) yield report('negative-result', place, { status: reading.within, phrase });
      }
    }
  }
}
