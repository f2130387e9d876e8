import { randomBytes } from 'node:crypto';
import pMap from 'p-map';
import * as z from 'zod';
import type { SiteFile } from '../pages/site-file.ts';
import { ifUnchanged, jsonRecord, parseJsonRecord } from '../stores/json-record.ts';
import { type ObjectStore, type StoredObject, StoreError } from '../stores/store.ts';
import { sha256Of } from './hashed-file.ts';

/**
 * Where previews are kept: under an address that nobody can guess, which is remembered in the state and nowhere else. It is made anew with each
 * release, and ends by itself: the place removes what is older than {@link previewDays}. See docs/decisions/0181-where-previews-are-kept.md.
 */

/** In the store of the state, where it is nobody's to read. As in the roles of the deployment. */
const recordKey = 'preview.json';

/** After so many days the place removes a file. As in the lifecycle of the deployment. */
export const previewDays = 7;

/** A preview older than this gets another address, so that no file of one is ever older than the place allows. */
const renewedAfterMs = (previewDays - 1) * 86_400_000;

/** 128 random bits. */
const tokenSchema = z.string().regex(/^[0-9a-f]{32}$/);

const recordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  token: tokenSchema,
  /** When the address was made, ISO 8601 in UTC. */
  begun: z.iso.datetime(),
  /** The release that was on the site then; null before the first. */
  release: z.string().nullable(),
  /** SHA-256 of each file by its key under the address; null where it is being written. */
  files: z.record(z.string(), z.string().nullable()),
  /** Earlier addresses with what may still lie there. */
  ended: z.array(z.strictObject({ token: tokenSchema, keys: z.array(z.string()) })),
});
type PreviewRecord = z.infer<typeof recordSchema>;

/** Where previews are, and where it is remembered which. */
export interface PreviewStores {
  readonly preview: ObjectStore;
  readonly state: ObjectStore;
}

/** A preview that is there. */
export interface PreviewAddress {
  /** Under the address of the place, with a slash at its end. */
  readonly path: string;
  /** Until when it is there for certain. */
  readonly until: Date;
}

export interface PreviewOptions {
  readonly now: Date;
  /** The release that is on the site; null before the first. */
  readonly release: string | null;
}

/** How often a record is made anew because another run was faster. */
const attempts = 5;
const parallel = 16;

/**
 * Writes a preview, and takes away that of an earlier release. A file that is as it was is not written again.
 *
 * @returns null where another run wrote a preview at the same time: which of the two is newer is not known, and the next run writes it anew
 * @throws StoreError where a store cannot be reached; its sentence may name a file, and with it the address
 */
export async function putPreview(
  { preview, state }: PreviewStores,
  files: readonly SiteFile[],
  { now, release }: PreviewOptions,
): Promise<PreviewAddress | null> {
  const planned = new Map(files.map((file) => [file.key, { file, sha256: sha256Of(file.body) }]));
  const begun = await changeRecord(state, (last) => announced(last, [...planned.keys()], { now, release }));
  if (begun === null) return null;
  const { record, before } = begun;
  const written = [...planned.values()].filter(({ file, sha256 }) => before?.files[file.key] !== sha256);
  await pMap(
    written,
    ({ file: { key, body, contentType, cacheControl } }) =>
      preview.put(`${record.token}/${key}`, { body, contentType, cacheControl }),
    { concurrency: parallel },
  );
  const gone = [
    ...Object.keys(record.files)
      .filter((key) => !planned.has(key))
      .map((key) => `${record.token}/${key}`),
    ...keysOf(record.ended),
  ];
  await pMap(gone, (key) => preview.delete(key), { concurrency: parallel });
  const done: PreviewRecord = {
    ...record,
    files: Object.fromEntries([...planned].map(([key, { sha256 }]) => [key, sha256])),
    ended: [],
  };
  // Whoever wrote the record in between wrote files too.
  const result = await state.put(recordKey, encoded(done), ifUnchanged(begun.etag));
  if (result.outcome === 'written') return addressOf(record);
  await changeRecord(state, (last) => ({ record: doubted(last ?? record, record, [...planned.keys()]), before: null }));
  return null;
}

/** The record of two runs at once: which of them wrote a file last is not known, so the next one writes all. */
function doubted(last: PreviewRecord, own: PreviewRecord, keys: readonly string[]): PreviewRecord {
  if (last.token !== own.token) return { ...last, ended: [...last.ended, { token: own.token, keys: [...keys] }] };
  const files = Object.fromEntries([...Object.keys(last.files), ...keys].map((key) => [key, null]));
  return { ...last, files };
}

/** The preview that is there, without writing one; null where there is none. @throws StoreError */
export async function currentPreview(state: ObjectStore): Promise<PreviewAddress | null> {
  const record = parsed(await state.get(recordKey));
  return record === null ? null : addressOf(record);
}

/**
 * Removes the preview at once, and with it its address.
 *
 * @returns how many files were removed
 * @throws StoreError
 */
export async function endPreview({ preview, state }: PreviewStores): Promise<number> {
  const record = parsed(await state.get(recordKey));
  if (record === null) return 0;
  const keys = keysOf([{ token: record.token, keys: Object.keys(record.files) }, ...record.ended]);
  await pMap(keys, (key) => preview.delete(key), { concurrency: parallel });
  await state.delete(recordKey);
  return keys.length;
}

/** The record of a preview that is about to be written: what may lie there is known before it does. */
function announced(
  last: PreviewRecord | null,
  keys: readonly string[],
  { now, release }: PreviewOptions,
): { record: PreviewRecord; before: PreviewRecord | null } {
  const isSame = last !== null && last.release === release && now.getTime() - Date.parse(last.begun) < renewedAfterMs;
  const before = isSame ? last : null;
  const ended =
    last === null || isSame
      ? (last?.ended ?? [])
      : [...last.ended, { token: last.token, keys: Object.keys(last.files) }];
  const files = { ...before?.files, ...Object.fromEntries(keys.map((key) => [key, null])) };
  const token = before?.token ?? randomBytes(16).toString('hex');
  const begun = before?.begun ?? now.toISOString();
  return { record: { schemaVersion: 1, token, begun, release, files, ended }, before };
}

/** Null where other runs went on being faster. */
async function changeRecord(
  state: ObjectStore,
  next: (last: PreviewRecord | null) => { record: PreviewRecord; before: PreviewRecord | null },
): Promise<{ record: PreviewRecord; before: PreviewRecord | null; etag: string } | null> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const stored = await state.get(recordKey);
    const { record, before } = next(parsed(stored));
    const result = await state.put(recordKey, encoded(record), ifUnchanged(stored?.etag ?? null));
    if (result.outcome === 'written') return { record, before, etag: result.etag };
  }
  return null;
}

/** One that cannot be read is taken for none: its files go by themselves. */
function parsed(stored: StoredObject | null): PreviewRecord | null {
  return stored === null ? null : parseJsonRecord(stored.body, recordSchema);
}

function encoded(record: PreviewRecord) {
  return jsonRecord(`${JSON.stringify(record)}\n`);
}

function keysOf(ended: PreviewRecord['ended']): string[] {
  return ended.flatMap(({ token, keys }) => keys.map((key) => `${token}/${key}`));
}

function addressOf({ token, begun }: PreviewRecord): PreviewAddress {
  return { path: `${token}/`, until: new Date(Date.parse(begun) + previewDays * 86_400_000) };
}

/** The code of what went wrong, and no more: the sentence may name the address. Anything else thrown is a bug, and goes on as it is. */
export function previewFailure(error: unknown): string {
  if (!(error instanceof StoreError)) throw error;
  return error.code;
}
