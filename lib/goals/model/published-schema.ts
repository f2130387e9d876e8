import * as z from 'zod';
import { defaultLicence, licenceIds } from '../cells/licence.ts';
import { departmentSchema, municipalitySchema, phaseSchema, statusCodeSchema } from './dataset-schema.ts';

/**
 * What the site says: the outcome of settling a sheet against what was published before. It is kept in state between
 * runs, and it is all that rendering needs.
 */

export const publishedDepartmentSchema = z.strictObject({
  department: departmentSchema,
  /** 表示順 as the sheet gave it when this department was last in it; null where it gave none. */
  order: z.number().nullable(),
  /** True where the sheet's newest version of this department is held back, and the site shows an older one. */
  held: z.boolean(),
});

export const publishedYearSchema = z.strictObject({
  municipality: municipalitySchema,
  fiscalYear: z.int(),
  phase: phaseSchema,
  title: z.string(),
  /** 問い合わせ先 of the settings, as written. */
  contact: z.string().nullable(),
  /** Terms of use of the data; null where none may be claimed. What was published before there was a choice was under the default. */
  licence: z.enum(licenceIds).nullable().default(defaultLicence),
  /** In the order of the site. */
  departments: z.array(publishedDepartmentSchema),
});

const changedStatusSchema = z.strictObject({ code: statusCodeSchema, label: z.string().nullable() });

export const changeDetailSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('status'),
    goal: z.int(),
    from: changedStatusSchema,
    to: changedStatusSchema,
  }),
  z.strictObject({ what: z.literal('goal-added'), goal: z.int() }),
  z.strictObject({ what: z.literal('goal-removed'), goal: z.int() }),
  z.strictObject({ what: z.literal('goal-text'), goal: z.int() }),
  z.strictObject({ what: z.literal('goal-note'), goal: z.int() }),
  z.strictObject({
    what: z.literal('field'),
    field: z.enum(['name', 'director', 'policy', 'work', 'summary', 'address']),
  }),
]);

export const changeSchema = z.strictObject({
  /** The instant of the run that published it, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  fiscalYear: z.int(),
  departmentId: z.string(),
  departmentName: z.string(),
  kind: z.enum(['added', 'updated', 'withdrawn']),
  /** What changed; empty for `added` and `withdrawn`. */
  details: z.array(changeDetailSchema),
});

export const publishedSchema = z.strictObject({
  /** Newest first. */
  years: z.array(publishedYearSchema),
  /** Newest first; at most `keptChanges`. */
  changes: z.array(changeSchema),
});
