import type { Dataset, Goal, StatusCode } from '../../goals/model/dataset.ts';
import { statusCodes } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { matchKey } from '../../text/normalize.ts';
import type { Words } from '../words.ts';

/** A step of the city's scale, with how many goals reached it. */
export interface Step {
  readonly code: StatusCode;
  /** In the city's words. */
  readonly label: string;
  /** What it means; null where the city does not say. */
  readonly description: string | null;
  readonly count: number;
}

/** The results that every city without words of its own has, counted or not. */
const always: readonly StatusCode[] = ['achieved', 'partial', 'missed'];

/**
 * The scale of a year in the city's words and the city's order, with the counts of some of its goals. What the city does not have is left
 * out. Source: 選択肢 in section 1, and `statuses` in section 8 of the contract.
 */
export function scaleOf(
  { statuses: own }: Pick<PublishedYear, 'statuses'>,
  { statuses }: Pick<Dataset, 'statuses'>,
  goals: readonly Goal[],
  words: Words,
): Step[] {
  const labelOf = stepFinder(statuses);
  const counts = new Map<string, number>();
  for (const goal of goals) {
    const key = keyOf(goal.status, labelOf(goal) ?? words.status[goal.status]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const step = (code: StatusCode, label: string, description: string | null): Step => ({
    code,
    label,
    description,
    count: counts.get(keyOf(code, label)) ?? 0,
  });
  const isOwn = (label: string): boolean => own.some((word) => word.label === label);
  const known = statuses
    .map(({ code, label, description }) => step(code, label, description))
    .filter(({ label, count, code }) => count > 0 || isOwn(label) || (own.length === 0 && always.includes(code)));
  const missing =
    own.length > 0
      ? []
      : always
          .filter((code) => !statuses.some((one) => one.code === code))
          .map((code) => step(code, words.status[code], null));
  const unrated = step('unrated', words.status.unrated, null);
  const all = [...known, ...missing, ...(unrated.count > 0 ? [unrated] : [])];
  return own.length > 0 ? all : all.sort((a, b) => statusCodes.indexOf(a.code) - statusCodes.indexOf(b.code));
}

/** The scale of a whole year. */
export function stepsOf(year: Pick<PublishedYear, 'statuses'>, dataset: Dataset, words: Words): Step[] {
  return scaleOf(
    year,
    dataset,
    dataset.departments.flatMap(({ goals }) => goals),
    words,
  );
}

const keyOf = (code: StatusCode, label: string): string => `${code}\n${label}`;

/** Which word of the scale a goal's own wording holds, where several words have its code. */
function stepFinder(statuses: Dataset['statuses']): (goal: Goal) => string | null {
  const byCode = Map.groupBy(statuses, ({ code }) => code);
  return ({ status, statusLabel }) => {
    const candidates = byCode.get(status) ?? [];
    const [only, second] = candidates;
    if (second === undefined) return only?.label ?? null;
    const wording = matchKey(statusLabel ?? '');
    const holding = candidates.filter(({ label }) => wording.includes(matchKey(label)));
    const longest = holding.toSorted((a, b) => b.label.length - a.label.length)[0];
    return (longest ?? only)?.label ?? null;
  };
}
