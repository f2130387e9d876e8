import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { publishedSchema } from '../goals/model/published-schema.ts';

/**
 * `state.json`, all that is remembered between runs: what the site holds, what it says, the releases so far, and what a
 * publisher is about to do to the site. Every write of it is conditional, so it is the lock as well.
 */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const generationSchema = z.int().min(0);

export const siteObjectSchema = z.strictObject({
  sha256: sha256Schema,
  contentType: z.string(),
  cacheControl: z.string(),
  role: z.enum(['asset', 'data', 'leaf', 'hub']),
  /** Of a file that takes long to make: the digest of what it was made from, and its size in bytes. */
  made: z.strictObject({ from: sha256Schema, size: z.int().min(0) }).exactOptional(),
});
/** One object of the site. The same bytes with another type or caching are another object. */
export type SiteObject = z.infer<typeof siteObjectSchema>;

/** `etag` fences it: a write must name it. `named` is the last generation whose files it was among: assets stay on the site for a while after it. */
const keptObjectSchema = siteObjectSchema.extend({ etag: z.string(), named: generationSchema });
export type KeptObject = z.infer<typeof keptObjectSchema>;

/** An object that a publisher has said it will write; with its etag from when it is known to have been written. */
const announcedObjectSchema = siteObjectSchema.extend({ etag: z.string().nullable() });
export type AnnouncedObject = z.infer<typeof announcedObjectSchema>;

/** Six digits of generation and eight of the content's hash: `000012-3fa9c1d2`. */
const releaseIdPattern = /^[0-9]{6,}-[0-9a-f]{8}$/;
const releaseIdSchema = z.string().regex(releaseIdPattern);

const releaseRecordSchema = z.strictObject({
  release: releaseIdSchema,
  generation: generationSchema,
  /** The instant of the run, ISO 8601 in UTC. */
  at: z.iso.datetime(),
  kind: z.enum(['publish', 'rollback']),
  /** For a rollback, the release whose bytes it put back. */
  restored: releaseIdSchema.nullable(),
  /** What the source calls the version that was read, where it has a name for it. */
  sourceVersion: z.string().nullable(),
  changes: publishedSchema.shape.changes,
  /** Keys of the site, in order. */
  written: z.array(z.string()),
  removed: z.array(z.string()),
  /** The run that committed it, by which that run knows its own work again. */
  run: z.string(),
});
export type ReleaseRecord = z.infer<typeof releaseRecordSchema>;

const pendingSchema = z.strictObject({
  run: z.string(),
  machine: z.string(),
  pid: z.int(),
  /** For how long after each write of this the publisher may still write, by its own clock. */
  leaseMs: z.int().min(0),
  /** The publisher stopped by itself, and will write no more. */
  released: z.boolean(),
  /** What it writes to the site, by key. */
  objects: z.record(z.string(), announcedObjectSchema),
  /** Keys of the site to be removed after the commit. */
  remove: z.array(z.string()),
});
/** What a publisher says it is about to do before it does it: a lock, and what to do again if it dies. */
export type Pending = z.infer<typeof pendingSchema>;

const lateObjectSchema = z.strictObject({ sha256: z.array(sha256Schema), since: generationSchema });
/** What Mokuhyo has sent to a key that the manifest does not name, and what may therefore still arrive, or come back. */
export type LateObject = z.infer<typeof lateObjectSchema>;

const stateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Different in every write, so that a publisher knows its own write again. */
  revision: z.string(),
  /** Counts the releases; 0 before the first commit. */
  generation: generationSchema,
  /** Where the objects are, in the words of the store. */
  site: z.string(),
  /** What the site says; null before the first commit. */
  published: publishedSchema.nullable(),
  objects: z.record(z.string(), keptObjectSchema),
  /** By key: see {@link LateObject}. Only what is among these is ever removed without the manifest naming it. */
  late: z.record(z.string(), lateObjectSchema),
  /** A silent publisher was taken over from, whose last requests may have arrived since: the next run looks at the whole site. */
  doubtful: z.boolean(),
  /** Names of the places, of the site and of this state, that were found to keep conditions. */
  conditions: z.array(z.string()),
  /** Newest first; the first is the one on the site. */
  records: z.array(releaseRecordSchema),
  /** Set by a rollback: publishing stops until it is taken away. */
  pin: z.strictObject({ release: releaseIdSchema, at: z.iso.datetime() }).nullable(),
  /** What a rollback needs, compressed: see archive.ts. */
  archive: z.string(),
  pending: pendingSchema.nullable(),
});
export type State = z.infer<typeof stateSchema>;

/** Before the first commit. */
export function emptyState(site: string): State {
  return {
    schemaVersion: 1,
    revision: '',
    generation: 0,
    site,
    published: null,
    objects: {},
    late: {},
    doubtful: false,
    conditions: [],
    records: [],
    pin: null,
    archive: '',
    pending: null,
  };
}

/** The state that these bytes are, or null where they are none: damaged, or of another version of this program. */
export function parseState(body: Uint8Array): State | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** The state's bytes under a new revision. */
export function encodeState(state: State): Uint8Array {
  return Buffer.from(`${JSON.stringify({ ...state, revision: randomBytes(8).toString('hex') })}\n`);
}

/** Whether a reader would be sent the same; the role is ours alone. */
export function isSameObject(one: SiteObject, other: SiteObject): boolean {
  return (
    one.sha256 === other.sha256 && one.contentType === other.contentType && one.cacheControl === other.cacheControl
  );
}

/** The objects that the current release itself consists of, without the assets that older pages may still name. */
export function currentObjects(state: State): Map<string, SiteObject> {
  const current = Object.entries(state.objects).filter(([, object]) => object.named === state.generation);
  return new Map(current.map(([key, { named: _, etag: __, ...object }]) => [key, object]));
}
