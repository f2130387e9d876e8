import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import * as z from 'zod';
import { publishedSchema } from '../goals/model/published-schema.ts';
import { siteObjectSchema } from './state.ts';

/**
 * What a rollback needs. All bodies of all kept releases are compressed in one go, so a page that differs from an older
 * one in a few words costs a few bytes, and the archive travels inside state.json. As many releases are kept as fit into it.
 */

const bodyListSchema = z.array(z.tuple([z.string(), z.int().min(0)]));

const snapshotSchema = z.strictObject({
  published: publishedSchema,
  objects: z.record(z.string(), siteObjectSchema),
});
/** A past release: what it said, and what it consisted of. The current one stands in the state itself. */
export type Snapshot = z.infer<typeof snapshotSchema>;

const archiveHeaderSchema = z.strictObject({
  snapshots: z.record(z.string(), snapshotSchema),
  bodies: bodyListSchema,
});

export interface Archive {
  /** By release. */
  readonly snapshots: Map<string, Snapshot>;
  /** By SHA-256. */
  readonly bodies: Map<string, Uint8Array>;
}

/** An empty text is an empty archive. Null where the text is damaged. */
export function decodeArchive(text: string): Archive | null {
  if (text === '') return { snapshots: new Map(), bodies: new Map() };
  const unpacked = unpack(Buffer.from(text, 'base64'));
  return (
    unpacked && {
      snapshots: new Map(Object.entries(unpacked.header.snapshots)),
      bodies: unpacked.bodies,
    }
  );
}

export function encodeArchive(archive: Archive): string {
  return pack({ snapshots: Object.fromEntries(archive.snapshots) }, archive.bodies).toString('base64');
}

/** A line of JSON that says what follows, then the bodies, all compressed together. */
function pack(header: object, bodies: ReadonlyMap<string, Uint8Array>): Buffer {
  const list = [...bodies].map(([sha256, body]) => [sha256, body.length]);
  const content = Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, bodies: list })}\n`), ...bodies.values()]);
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      // 16 MB: far enough back to find the same page in an older release.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

function unpack(
  bytes: Uint8Array,
): { header: z.infer<typeof archiveHeaderSchema>; bodies: Map<string, Uint8Array> } | null {
  let content: Buffer;
  let json: unknown;
  let end: number;
  try {
    content = brotliDecompressSync(bytes);
    end = content.indexOf('\n') + 1;
    json = JSON.parse(content.toString('utf8', 0, end));
  } catch {
    // What decompressing and parsing throw here all mean one thing: these are not the bytes that were written.
    return null;
  }
  const parsed = archiveHeaderSchema.safeParse(json);
  if (!parsed.success) return null;
  const bodies = new Map<string, Uint8Array>();
  for (const [sha256, size] of parsed.data.bodies) {
    bodies.set(sha256, content.subarray(end, end + size));
    end += size;
  }
  return { header: parsed.data, bodies };
}
