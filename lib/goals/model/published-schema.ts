import * as z from 'zod';
import { defaultScheme } from '../../text/scheme.ts';
import { defaultLicence, licenceIds } from '../cells/licence.ts';
import {
  columnDefinitionSchema,
  departmentSchema,
  municipalitySchema,
  phaseSchema,
  schemeSchema,
  statusCodeSchema,
  statusWordSchema,
} from './dataset-schema.ts';

/**
 * What the site says: the outcome of settling a sheet against what was published before. It is kept in state between
 * runs, and it is all that rendering needs.
 */

/** A department as it is kept: what came before and after it is worked out anew from the history of the city's organisation. */
export const keptDepartmentSchema = departmentSchema.omit({ predecessors: true, successors: true });

export const publishedDepartmentSchema = z.object({
  department: keptDepartmentSchema,
  /** 表示順 as the sheet gave it when this department was last in it; null where it gave none. */
  order: z.number().nullable(),
  /** True where the sheet's newest version of this department is held back, and the site shows an older one. */
  held: z.boolean(),
  /** What 決裁 said when this content was published; null where there is no such column. Never published. */
  approvedBy: z.string().nullable().default(null),
});

/** An address at which a department stood once, and where it stands now; several where it was split. */
const movedSchema = z.object({ from: z.string(), to: z.array(z.string()) });

/** A word of 選択肢 with all that cells are read by, so that the year's workbook reads as the sheet did. */
const keptStatusWordSchema = statusWordSchema.extend({
  aliases: z.array(z.string()).default([]),
  /** 下限, in percent. */
  from: z.number().nullable().default(null),
});

export const publishedYearSchema = z.object({
  municipality: municipalitySchema,
  scheme: schemeSchema.default(defaultScheme),
  fiscalYear: z.int(),
  phase: phaseSchema,
  title: z.string(),
  introduction: z.string().nullable().default(null),
  /** 問い合わせ先 of the settings, as written. */
  contact: z.string().nullable(),
  /** Terms of use of the data; null where none may be claimed. What was published before there was a choice was under the default. */
  licence: z.enum(licenceIds).nullable().default(defaultLicence),
  /** The words of 選択肢, in its order. */
  statuses: z.array(keptStatusWordSchema).default([]),
  /** The city's own columns, in the order of the sheet. */
  columns: z.array(columnDefinitionSchema).default([]),
  /** 表示名 of columns of the contract, by tab and key: `goals.reason`. */
  labels: z.record(z.string(), z.string()).default({}),
  /** In the order of the site. */
  departments: z.array(publishedDepartmentSchema),
  moved: z.array(movedSchema).default([]),
  /** How many departments of the sheet are not on the page, where the city wants that said; else 0. */
  unlisted: z.int().min(0).default(0),
});

const changedStatusSchema = z.object({ code: statusCodeSchema, label: z.string().nullable() });

export const changeDetailSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('status'), goal: z.int(), from: changedStatusSchema, to: changedStatusSchema }),
  z.object({ what: z.literal('goal-added'), goal: z.int() }),
  z.object({ what: z.literal('goal-removed'), goal: z.int() }),
  /** A property of a goal, by its name in the dataset. */
  z.object({ what: z.literal('goal'), goal: z.int(), field: z.string() }),
  /** A property of the department, by its name in the dataset. */
  z.object({ what: z.literal('department'), field: z.string() }),
]);

export const changeSchema = z.object({
  /** The instant of the run that published it, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  fiscalYear: z.int(),
  departmentId: z.string(),
  departmentName: z.string(),
  kind: z.enum(['added', 'updated', 'withdrawn']),
  /** What changed; empty for `added` and `withdrawn`. */
  details: z.array(changeDetailSchema),
  /** What 決裁 said of it: for the record of the release, and never published. */
  approvedBy: z.string().nullable().default(null),
});

/** One row of 組織の変遷. */
export const reorganisationSchema = z.object({
  /** The first fiscal year of the new name. */
  fiscalYear: z.int(),
  from: z.string(),
  to: z.string(),
});

export const publishedSchema = z.object({
  /** Newest first. */
  years: z.array(publishedYearSchema),
  /** Newest first; at most `keptChanges`. */
  changes: z.array(changeSchema),
  history: z.array(reorganisationSchema).default([]),
});
