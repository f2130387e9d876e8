import type * as z from 'zod';
import type {
  changeDetailSchema,
  changeSchema,
  keptDepartmentSchema,
  publishedDepartmentSchema,
  publishedSchema,
  publishedYearSchema,
  reorganisationSchema,
} from './published-schema.ts';

/** What the site says, as types; what checks it is in `published-schema.ts`. */

export type KeptDepartment = z.infer<typeof keptDepartmentSchema>;
export type PublishedDepartment = z.infer<typeof publishedDepartmentSchema>;
export type PublishedYear = z.infer<typeof publishedYearSchema>;
export type ChangeDetail = z.infer<typeof changeDetailSchema>;
export type Change = z.infer<typeof changeSchema>;
export type Reorganisation = z.infer<typeof reorganisationSchema>;
export type Published = z.infer<typeof publishedSchema>;

/** How many changes are kept for the feed. */
export const keptChanges = 100;
