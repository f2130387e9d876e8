import { isDeepStrictEqual } from 'node:util';
import type { Goal } from '../model/dataset.ts';
import type { ChangeDetail } from '../model/published.ts';
import type { DepartmentContent } from './content.ts';

/**
 * Properties in which a difference is no change of the content: the tally follows from the goals, and how a department was approved
 * says nothing new of it.
 */
const noContent: ReadonlySet<string> = new Set(['tally', 'approval', 'updated', 'goals']);

/** Stand under the goals on the page. */
const afterGoals: ReadonlySet<string> = new Set(['summary', 'evaluations']);

/** Whether a difference in a property of a department is none of its content, or is told goal by goal. */
export const isNoContent = (field: string): boolean => noContent.has(field);
export const standsAfterGoals = (field: string): boolean => afterGoals.has(field);

/**
 * What differs between two versions of a department, in the order of the page; empty where nothing does. Every property counts but those
 * named above, so a new one cannot be forgotten.
 */
export function differences(old: DepartmentContent, content: DepartmentContent): ChangeDetail[] {
  const changed = changedProperties(old, content).filter((field) => !noContent.has(field));
  const detail = (field: string): ChangeDetail => ({ what: 'department', field });
  return [
    ...changed.filter((field) => !afterGoals.has(field)).map(detail),
    ...goalDifferences(old.goals, content.goals),
    ...changed.filter((field) => afterGoals.has(field)).map(detail),
  ];
}

/**
 * The names of the properties whose values differ, however deep, in the order of the newer one. A column that is new and has nothing in it
 * is no change.
 */
function changedProperties(old: object, content: object): string[] {
  const before: ReadonlyMap<string, unknown> = new Map(Object.entries(old));
  return Object.entries(content).flatMap(([field, value]) => (isSame(before.get(field), value) ? [] : [field]));
}

/** Nearly everything is the same as it stands, and needs no second look. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(withoutNothing(one), withoutNothing(other));
}

/** The value without the properties, however deep, that say that there is nothing. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner == null ? [] : [[name, withoutNothing(inner)]])),
  );
}

function goalDifferences(old: readonly Goal[], goals: readonly Goal[]): ChangeDetail[] {
  const before = new Map(old.map((goal) => [goal.number, goal]));
  const details: ChangeDetail[] = [];
  for (const goal of goals) {
    const earlier = before.get(goal.number);
    before.delete(goal.number);
    if (earlier === undefined) details.push({ what: 'goal-added', goal: goal.number });
    else details.push(...changesOfGoal(earlier, goal));
  }
  for (const number of before.keys()) details.push({ what: 'goal-removed', goal: number });
  return details;
}

/** The code and the words of a status are one change. */
function changesOfGoal(old: Goal, goal: Goal): ChangeDetail[] {
  const { number } = goal;
  let isStatusSaid = false;
  return changedProperties(old, goal).flatMap((field): ChangeDetail[] => {
    if (field !== 'status' && field !== 'statusLabel') return [{ what: 'goal', goal: number, field }];
    if (isStatusSaid) return [];
    isStatusSaid = true;
    const from = { code: old.status, label: old.statusLabel };
    return [{ what: 'status', goal: number, from, to: { code: goal.status, label: goal.statusLabel } }];
  });
}
