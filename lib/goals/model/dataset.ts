import type * as z from 'zod';
import type {
  columnDefinitionSchema,
  columnValueSchema,
  datasetSchema,
  departmentSchema,
  directorSchema,
  evaluationSchema,
  figureSchema,
  goalSchema,
  indicatorSchema,
  interimSchema,
  municipalitySchema,
  phaseSchema,
  statusCodeSchema,
  statusWordSchema,
  tallySchema,
} from './dataset-schema.ts';

/**
 * The dataset as types and constants, for all that makes and shows it. What checks it is in `dataset-schema.ts`, which is loaded only
 * where something is read back.
 */

/** In the order in which they are counted and drawn: best first. */
export const statusCodes = [
  'exceeded',
  'achieved',
  'partial',
  'missed',
  'in-progress',
  'not-started',
  'cancelled',
  'not-assessable',
  'unrated',
] as const;

/** Department ids are used as folder names and in URLs: 1 to 63 of `a-z0-9-`, never beginning or ending with a hyphen. */
export const departmentIdPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export type StatusCode = z.infer<typeof statusCodeSchema>;
export type Phase = z.infer<typeof phaseSchema>;
export type Tally = z.infer<typeof tallySchema>;
export type Goal = z.infer<typeof goalSchema>;
export type Interim = z.infer<typeof interimSchema>;
export type Indicator = z.infer<typeof indicatorSchema>;
export type Figure = z.infer<typeof figureSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
export type Director = z.infer<typeof directorSchema>;
export type Department = z.infer<typeof departmentSchema>;
export type Municipality = z.infer<typeof municipalitySchema>;
export type StatusWordOfYear = z.infer<typeof statusWordSchema>;
export type ColumnDefinition = z.infer<typeof columnDefinitionSchema>;
export type ColumnValue = z.infer<typeof columnValueSchema>;
export type Dataset = z.infer<typeof datasetSchema>;

/** No goal at all. */
function emptyTally(): Tally {
  return {
    exceeded: 0,
    achieved: 0,
    partial: 0,
    missed: 0,
    'in-progress': 0,
    'not-started': 0,
    cancelled: 0,
    'not-assessable': 0,
    unrated: 0,
    total: 0,
  };
}

/** Counts goals by status. */
export function tallyOf(goals: readonly Pick<Goal, 'status'>[]): Tally {
  const tally = emptyTally();
  for (const { status } of goals) tally[status] += 1;
  tally.total = goals.length;
  return tally;
}

/** Adds up the tallies of departments. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const code of statusCodes) sum[code] += tally[code];
    sum.total += tally.total;
  }
  return sum;
}

/** Goals that have a result: shares are of these. Source: status codes in section 1 of the contract. */
export function ratedIn(tally: Tally): number {
  return tally.total - tally['not-assessable'] - tally.cancelled - tally.unrated;
}

/** Goals of which a sentence says that they were achieved: also those that did better. */
export function achievedIn(tally: Tally): number {
  return tally.achieved + tally.exceeded;
}
