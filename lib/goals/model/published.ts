import type * as z from 'zod';
import type {
  changeDetailSchema,
  changeSchema,
  publishedDepartmentSchema,
  publishedSchema,
  publishedYearSchema,
} from './published-schema.ts';

/** What the site says, as types; what checks it is in `published-schema.ts`. */

export type PublishedDepartment = z.infer<typeof publishedDepartmentSchema>;
export type PublishedYear = z.infer<typeof publishedYearSchema>;
export type ChangeDetail = z.infer<typeof changeDetailSchema>;
export type Change = z.infer<typeof changeSchema>;
export type Published = z.infer<typeof publishedSchema>;

/** How many changes are kept for the feed. */
export const keptChanges = 100;
