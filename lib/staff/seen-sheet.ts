import * as z from 'zod';

const tabSchema = z.strictObject({
  id: z.int(),
  name: z.string(),
  /** Whether its cells are read: those of the contract's tabs, and of no other. */
  isRead: z.boolean(),
});
export type SeenTab = z.infer<typeof tabSchema>;

/**
 * What is kept of one reading of a sheet for the next: whether it says the same again, and which tabs to ask for. It lies in the
 * record of the runs, since nothing lives in a function between two of its runs. To be kept only once all that follows from
 * the reading is done.
 */
export const seenSheetSchema = z.strictObject({
  /** Fingerprint of what the sheet said. */
  digest: z.string(),
  /** All tabs that hold cells, in their order, also those that are not read. */
  tabs: z.array(tabSchema).readonly(),
  /** When the list of the tabs was last asked for: a new tab is noticed then, or with the next change in the others. */
  tabsAt: z.iso.datetime(),
  /** When Drive was last asked about the file: a sheet in the bin can still be read. */
  fileAt: z.iso.datetime(),
});
export type SeenSheet = z.infer<typeof seenSheetSchema>;
