import { negativePhrase } from '../../text/negative-words.ts';
import { isBlank, isErrorValue } from '../../text/normalize.ts';
import { readStatus } from '../cells/status.ts';
import type { GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { checkedGoals, goalPlace, report } from './rule.ts';

const statusText = (goal: GoalEntry): string => goal.row.fields.status?.text ?? '';

/** 達成状況 is required when 段階 is 結果; a missing column has a rule of its own. Source: section 1 of the contract. */
export function* missingResults(sheet: JoinedSheet): Generator<Report> {
  if (sheet.rows.goals.headers.status === undefined) return;
  for (const goal of checkedGoals(sheet)) {
    if (goal.phase !== 'result' || !isBlank(statusText(goal))) continue;
    yield report('missing-result', goalPlace(sheet, goal, 'status'), {}, goal.concerns);
  }
}

/** In `plan` every goal is `unrated`: a result that is there already will not be shown. Source: section 3 of the contract. */
export function* resultsInPlan(sheet: JoinedSheet): Generator<Report> {
  for (const goal of checkedGoals(sheet)) {
    const text = statusText(goal);
    if (goal.phase !== 'plan' || isBlank(text) || isErrorValue(text)) continue;
    yield report('result-in-plan', goalPlace(sheet, goal, 'status'), {});
  }
}

/**
 * A cell that holds one known word and more around it has that word's code; none, and two different ones, are errors.
 * Source: section 1 of the contract. A word said to be *not* so (達成できず) has its code too, by the same sentence, which is
 * hardly what was meant: a warning.
 */
export function* statuses(sheet: JoinedSheet): Generator<Report> {
  const words = sheet.vocabulary.words.map(({ label }) => label);
  for (const goal of checkedGoals(sheet)) {
    const text = statusText(goal);
    if (goal.phase === 'plan' || isBlank(text) || isErrorValue(text)) continue;
    const place = goalPlace(sheet, goal, 'status');
    const reading = readStatus(text, sheet.vocabulary);
    if (reading.kind === 'unknown') yield report('unknown-status', place, { words }, goal.concerns);
    else if (reading.kind === 'several') yield report('two-statuses', place, { words: reading.labels }, goal.concerns);
    else if (reading.within !== null && reading.code === 'achieved') {
      const phrase = negativePhrase(text, reading.within);
      if (phrase !== null) yield report('negative-result', place, { status: reading.within, phrase });
    }
  }
}
