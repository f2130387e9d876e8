import * as z from 'zod';

/** One message of a queue: one site to look at. A message that comes twice, late or out of order changes nothing more. */
export const workMessageSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The id of the site; whatever else becomes of a message, its entry in the dead-letter queue names the city. */
  site: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  /**
   * - `look`: the sheet may have changed: it is looked at, answered in, and published where 今すぐ公開 is ticked or a run is owed
   * - `nightly`: it is read in full and published, and the mail of the night is sent
   */
  work: z.enum(['look', 'nightly']),
  /** When it was sent, ISO 8601 in UTC. */
  at: z.iso.datetime(),
});
export type WorkMessage = z.infer<typeof workMessageSchema>;

/** The message of a queue's entry; null where it is none. */
export function parseWorkMessage(body: string): WorkMessage | null {
  try {
    return workMessageSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
