import { isBlank, normalizeName, normalizeText } from '../../text/normalize.ts';
import type { Field } from '../../workbook/rows.ts';
import { isPortrait } from '../cells/portrait.ts';
import type { StatusVocabulary } from '../cells/status.ts';
import { readStatus } from '../cells/status.ts';
import type { DepartmentEntry, GoalEntry } from '../join/joined-sheet.ts';
import { numberedGoals } from '../join/numbered-goals.ts';
import type { Department, Goal } from '../model/dataset.ts';
import { tallyOf } from '../model/dataset.ts';

/** A department as it would be published, but for the day on which it last changed, which the sheet cannot know. */
export type DepartmentContent = Omit<Department, 'updated'>;

const nameOf = (field: Field | undefined): string | null => normalizeName(field?.text ?? '') || null;
const proseOf = (field: Field | undefined): string | null => normalizeText(field?.text ?? '') || null;
const lineOf = (field: Field | undefined): string | null => proseOf(field)?.replaceAll('\n', ' ') ?? null;

/**
 * What is published of a department in which no rule found an error; null where something required is missing all the same.
 */
export function contentOf(entry: DepartmentEntry, id: string, vocabulary: StatusVocabulary): DepartmentContent | null {
  const { fields } = entry.row;
  const director = nameOf(fields.director);
  const nameKana = nameOf(fields.directorKana);
  const policy = proseOf(fields.policy);
  const work = proseOf(fields.work);
  if (director === null || nameKana === null || policy === null || work === null) return null;
  const portrait = nameOf(fields.portrait);
  const goals = goalsOf(entry, vocabulary);
  return {
    id,
    name: entry.name,
    nameKana: nameOf(fields.departmentKana),
    director: {
      title: lineOf(fields.directorTitle) ?? `${entry.name}長`,
      name: director,
      nameKana,
      portrait: portrait !== null && isPortrait(portrait) ? portrait : null,
    },
    policy,
    work,
    summary: proseOf(fields.summary),
    tally: tallyOf(goals),
    goals,
  };
}

function goalsOf(entry: DepartmentEntry, vocabulary: StatusVocabulary): Goal[] {
  const goals = numberedGoals(entry).flatMap(({ goal, number }) => {
    const text = proseOf(goal.row.fields.goal);
    if (number === null || text === null) return [];
    return [{ number, text, ...statusOf(goal, vocabulary), note: proseOf(goal.row.fields.note) }];
  });
  return goals.sort((a, b) => a.number - b.number);
}

/** In `plan` every goal is unrated. Source: section 3 of the contract. */
function statusOf(goal: GoalEntry, vocabulary: StatusVocabulary): Pick<Goal, 'status' | 'statusLabel'> {
  const text = goal.row.fields.status?.text ?? '';
  const reading = goal.phase === 'plan' || isBlank(text) ? null : readStatus(text, vocabulary);
  if (reading?.kind !== 'known') return { status: 'unrated', statusLabel: null };
  return { status: reading.code, statusLabel: reading.label };
}
