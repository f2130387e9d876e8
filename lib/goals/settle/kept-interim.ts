import type { Goal, Indicator } from '../model/dataset.ts';
import type { KeptDepartment } from '../model/published.ts';
import type { ValidatedSheet } from '../validate.ts';
import type { DepartmentContent } from './content.ts';

/**
 * Puts back what was published in the middle of the year where its columns have left the sheet: a year that went through 中間 keeps it.
 * Source: section 8 of the contract.
 */
export function withKeptInterim(
  content: DepartmentContent,
  old: KeptDepartment | undefined,
  { goals, indicators }: ValidatedSheet['tables'],
): DepartmentContent {
  if (old === undefined) return content;
  const hasStatus = goals.headers.interimStatus !== undefined;
  const hasReport = goals.headers.interimReport !== undefined;
  const hasFigure = indicators?.headers.interim !== undefined;
  if (hasStatus && hasReport && hasFigure) return content;
  const before = new Map(old.goals.map((goal) => [goal.number, goal]));
  return {
    ...content,
    goals: content.goals.map((goal) => {
      const earlier = before.get(goal.number);
      if (earlier === undefined) return goal;
      return {
        ...goal,
        interim: keptInterim(goal, earlier, hasStatus, hasReport),
        indicators: hasFigure ? goal.indicators : keptFigures(goal.indicators, earlier.indicators),
      };
    }),
  };
}

function keptInterim(goal: Goal, earlier: Goal, hasStatus: boolean, hasReport: boolean): Goal['interim'] {
  const old = earlier.interim;
  const { interim } = goal;
  if (old === null) return interim;
  if (interim === null) {
    const kept = {
      status: hasStatus ? ('unrated' as const) : old.status,
      statusLabel: hasStatus ? null : old.statusLabel,
      report: hasReport ? null : old.report,
    };
    return kept.status === 'unrated' && kept.report === null ? null : kept;
  }
  const status = hasStatus || interim.status !== 'unrated' ? interim : old;
  return {
    status: status.status,
    statusLabel: status.statusLabel,
    report: hasReport ? interim.report : (interim.report ?? old.report),
  };
}

function keptFigures(indicators: readonly Indicator[], before: readonly Indicator[]): Indicator[] {
  const byName = new Map(before.map((one) => [one.name, one]));
  return indicators.map((one) => ({ ...one, interim: one.interim ?? byName.get(one.name)?.interim ?? null }));
}
