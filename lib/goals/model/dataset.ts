import type * as z from 'zod';
import type {
  datasetSchema,
  departmentSchema,
  goalSchema,
  municipalitySchema,
  phaseSchema,
  statusCodeSchema,
  tallySchema,
} from './dataset-schema.ts';

/**
 * The dataset as types and constants, for all that makes and shows it. What checks it is in `dataset-schema.ts`, which is loaded only
 * where something is read back.
 */

export const statusCodes = ['achieved', 'partial', 'missed', 'in-progress', 'unrated'] as const;

/** Department ids are used as folder names and in URLs: 1 to 63 of `a-z0-9-`, never beginning or ending with a hyphen. */
export const departmentIdPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export type StatusCode = z.infer<typeof statusCodeSchema>;
export type Phase = z.infer<typeof phaseSchema>;
export type Tally = z.infer<typeof tallySchema>;
export type Goal = z.infer<typeof goalSchema>;
export type Department = z.infer<typeof departmentSchema>;
export type Municipality = z.infer<typeof municipalitySchema>;
export type Dataset = z.infer<typeof datasetSchema>;

/** Counts goals by status. */
export function tallyOf(goals: readonly Goal[]): Tally {
  const tally: Tally = { achieved: 0, partial: 0, missed: 0, 'in-progress': 0, unrated: 0, total: goals.length };
  for (const goal of goals) tally[goal.status] += 1;
  return tally;
}

/** Adds up the tallies of departments. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum: Tally = { achieved: 0, partial: 0, missed: 0, 'in-progress': 0, unrated: 0, total: 0 };
  for (const tally of tallies) {
    for (const code of statusCodes) sum[code] += tally[code];
    sum.total += tally.total;
  }
  return sum;
}
