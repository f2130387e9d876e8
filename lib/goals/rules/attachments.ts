import { isBlank, isErrorValue } from '../../text/normalize.ts';
import { headerOf, indicatorColumns } from '../../workbook/columns.ts';
import { textIn } from '../../workbook/rows.ts';
import { readStatus } from '../cells/status.ts';
import { figureColumns, indicatorOf, isIndicatorReached, readDirection, unitsOf, withUnit } from '../indicator.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import { numberedGoals } from '../join/numbered-goals.ts';
import type { Figure } from '../model/dataset.ts';
import type { Report } from './rule.ts';
import { checkedAttachments, evaluationPlace, goalPlace, indicatorPlace, report } from './rule.ts';

/** A 部名 of 指標 or 評価 that is in no row of 部, as in 目標. Source: section 2 of the contract. */
export function* unknownAttachments(sheet: JoinedSheet): Generator<Report> {
  const all = [
    ...sheet.indicators.map((one) => ({ one, place: () => indicatorPlace(sheet, one, 'department') })),
    ...sheet.evaluations.map((one) => ({ one, place: () => evaluationPlace(sheet, one, 'department') })),
  ];
  for (const { one, place } of all) {
    if (one.entry !== null || one.fiscalYear === null || one.departmentName === null) continue;
    const closest = one.concerns[0]?.name ?? null;
    yield report('unknown-department', place(), { closest, places: null }, one.concerns);
  }
}

/** 目標番号 that no goal of the department has. Source: section 8 of the contract. */
export function* unknownGoalNumbers(sheet: JoinedSheet): Generator<Report> {
  const all = [
    ...checkedAttachments(sheet.indicators).map((one) => ({
      one,
      place: () => indicatorPlace(sheet, one, 'goalNumber'),
    })),
    ...checkedAttachments(sheet.evaluations).map((one) => ({
      one,
      place: () => evaluationPlace(sheet, one, 'goalNumber'),
    })),
  ];
  for (const { one, place } of all) {
    if (!one.isGoalUnknown || one.entry === null || isErrorValue(textIn(one.row.fields, 'goalNumber'))) continue;
    const numbers = numberedGoals(one.entry).flatMap(({ number }) => (number === null ? [] : [number]));
    yield report('unknown-goal-number', place(), { numbers: numbers.slice(0, 20).join('、') }, one.concerns);
  }
}

/** 向き and the figures of 指標. Source: 指標 in section 1 and "Numbers are read" in section 8 of the contract. */
export function* unreadableIndicators(sheet: JoinedSheet): Generator<Report> {
  for (const one of checkedAttachments(sheet.indicators)) {
    const { fields } = one.row;
    if (readDirection(textIn(fields, 'direction')) === null && !isErrorValue(textIn(fields, 'direction'))) {
      yield report('unreadable-direction', indicatorPlace(sheet, one, 'direction'), {}, one.concerns);
    }
    for (const { value } of figureColumns) {
      const text = textIn(fields, value);
      if (one.figures[value] !== null || isErrorValue(text) || fields[value]?.mark?.date !== undefined) continue;
      const column = headerOf(indicatorColumns, value, sheet.rows.scheme);
      yield report('unreadable-figure', indicatorPlace(sheet, one, value), { column }, one.concerns);
    }
    const units = unitsOf(one);
    if (units.length > 1) yield report('two-units', indicatorPlace(sheet, one, 'unit'), { units });
  }
}

/**
 * Figures against words, in 結果: a goal that is `achieved` or `exceeded` with any indicator not reached, or `missed` with all of them
 * reached. Source: sections 2 and 8 of the contract.
 */
export function* figuresAgainstWords(sheet: JoinedSheet): Generator<Report> {
  const byGoal = Map.groupBy(
    checkedAttachments(sheet.indicators).filter(({ goal }) => goal !== null),
    ({ goal }) => goal,
  );
  for (const [goal, attachments] of byGoal) {
    if (goal === null || goal.phase !== 'result') continue;
    const text = textIn(goal.row.fields, 'status');
    const reading = isBlank(text) ? null : readStatus(text, sheet.vocabulary);
    if (reading?.kind !== 'known') continue;
    const saysAchieved = reading.code === 'achieved' || reading.code === 'exceeded';
    if (!saysAchieved && reading.code !== 'missed') continue;
    const reached = attachments.map(isIndicatorReached);
    const against = saysAchieved
      ? attachments[reached.indexOf(false)]
      : reached.every((one) => one === true)
        ? attachments[0]
        : undefined;
    const odd = against === undefined ? null : indicatorOf(against, () => true, {});
    if (odd === null) continue;
    const shown = (figure: Figure | null): string => (figure === null ? '' : withUnit(figure, odd.unit));
    yield report('figure-against-words', goalPlace(sheet, goal, 'status'), {
      status: reading.label,
      name: odd.name,
      target: shown(odd.target),
      actual: shown(odd.actual),
      isReached: odd.reached === true,
    });
  }
}

/** An opinion that says nothing is not published. */
export function* emptyEvaluations(sheet: JoinedSheet): Generator<Report> {
  for (const one of checkedAttachments(sheet.evaluations)) {
    const { rating, comment } = one.row.fields;
    if (!isBlank(rating?.text ?? '') || !isBlank(comment?.text ?? '')) continue;
    yield report('empty-evaluation', evaluationPlace(sheet, one, 'rating'), {});
  }
}
