import pMap from 'p-map';
import type { ObjectStore } from '../stores/store.ts';
import { readArchive } from './commit.ts';
import { onSite, type ThereObject, uncertainKeys } from './difference.ts';
import { type HashedFile, sha256Of } from './hashed-file.ts';
import { isQuestion, isQuestionKey } from './probe.ts';
import type { State } from './state.ts';

/** What a run knows of the site before it changes anything. */
export interface Known {
  readonly there: ReadonlyMap<string, ThereObject | null>;
  /** Keys that no reader can have met, of those that are there. */
  readonly unmet: ReadonlySet<string>;
  /** Etags of all that is on the site; null where it was not looked at. */
  readonly listed: ReadonlyMap<string, string> | null;
  /** Keys that are not as the manifest says, and that no publisher was at work on. */
  readonly differing: readonly string[];
  /** Assets of earlier releases among them, with their bytes. */
  readonly lostAssets: readonly { readonly file: HashedFile; readonly named: number }[];
}

export interface LookOptions {
  /** Hold all of the site against the manifest. */
  readonly whole: boolean;
  /** Take nothing of it for granted. */
  readonly rewrite: boolean;
  readonly parallel: number;
  readonly signal: AbortSignal | undefined;
}

const frontPage = 'index.html';

/**
 * What is on the site: by the manifest, and where that does not know, or is not to be believed, by one list of the site. Where a look
 * costs nothing, what is missing is always seen.
 */
export async function lookAt(
  site: ObjectStore,
  state: State | null,
  files: readonly HashedFile[],
  options: LookOptions,
): Promise<Known> {
  const nothing = { unmet: new Set<string>(), listed: null, differing: [], lostAssets: [] };
  if (state === null && !options.rewrite) return { there: new Map(), ...nothing };
  const there = state === null ? new Map<string, ThereObject | null>() : onSite(state, site.name, files);
  if (options.rewrite) for (const { key } of files) there.set(key, null);
  const uncertain =
    options.rewrite || state === null ? files.map(({ key }) => key) : uncertainKeys(state, site.name, files, there);

  if (!mustLook(site, state, files, there, options)) {
    const present = await site.keys?.();
    const missing = present === undefined ? [] : [...there.keys()].filter((key) => !present.has(key));
    for (const key of missing) there.delete(key);
    return { ...nothing, there, differing: state === null ? missing : notPending(missing, state) };
  }

  const listed = await site.list({ signal: options.signal });
  const believed = [...there].flatMap(([key, before]) => (before === null ? [] : [[key, before] as const]));
  const { missing, changed } = heldAgainst(believed, listed);
  const differing = [...missing, ...changed];
  for (const key of there.keys()) if (!listed.has(key)) there.delete(key);
  for (const key of changed) there.set(key, null);
  const late =
    state === null || state.site !== site.name ? [] : await lateArrivals(site, state, files, listed, options);
  for (const key of foreignKeys(state, site.name, files)) if (!late.includes(key)) there.delete(key);
  for (const key of late) there.set(key, null);
  const isClosed = uncertain.includes(frontPage) && !listed.has(frontPage);
  return {
    there,
    // Without a front page there is no way in.
    unmet: isClosed ? new Set(uncertain) : new Set(),
    listed,
    differing: state === null ? [] : notPending([...differing, ...late], state),
    lostAssets: state === null ? [] : lostAssets(state, differing, files),
  };
}

/** What a list of a site says of the objects that should be on it. */
export function heldAgainst(
  objects: Iterable<readonly [key: string, object: { readonly etag: string }]>,
  listed: ReadonlyMap<string, string>,
): { readonly missing: string[]; readonly changed: string[] } {
  const [missing, changed]: [string[], string[]] = [[], []];
  for (const [key, { etag }] of objects) {
    const there = listed.get(key);
    if (there === undefined) missing.push(key);
    else if (there !== etag) changed.push(key);
  }
  return { missing, changed };
}

/** Whether the manifest is not enough. */
function mustLook(
  site: ObjectStore,
  state: State | null,
  files: readonly HashedFile[],
  there: ReadonlyMap<string, ThereObject | null>,
  { whole, rewrite }: LookOptions,
): boolean {
  if (whole || rewrite || state === null || state.site !== site.name) return true;
  return files.some(({ key }) => there.get(key) === null) || foreignKeys(state, site.name, files).length > 0;
}

/**
 * Keys that a publisher which stopped had announced, that the manifest does not name and that are not wanted now. Whatever is there may
 * be somebody else's.
 */
function foreignKeys(state: State | null, site: string, files: readonly HashedFile[]): string[] {
  if (state === null || state.site !== site) return [];
  const wanted = new Set(files.map(({ key }) => key));
  const removing = new Set(state.pending?.remove ?? []);
  return Object.keys(state.pending?.objects ?? {}).filter(
    (key) => !wanted.has(key) && state.objects[key] === undefined && !removing.has(key),
  );
}

/**
 * Of what is on the site without the manifest naming it, and without being wanted: the keys of what Mokuhyo itself has sent there. Only
 * the bytes can tell it from what somebody else has put at that address, which is never removed.
 */
export async function lateArrivals(
  site: ObjectStore,
  state: State,
  files: readonly HashedFile[],
  listed: ReadonlyMap<string, string>,
  { parallel, signal }: Pick<LookOptions, 'parallel' | 'signal'>,
): Promise<string[]> {
  const wanted = new Set(files.map(({ key }) => key));
  const announced = state.pending?.objects ?? {};
  // Whoever asks this place about its conditions does so before the state says that it keeps them.
  const questions = state.conditions.includes(site.name) ? [...listed.keys()].filter(isQuestionKey) : [];
  const candidates = [...new Set([...Object.keys(announced), ...Object.keys(state.late), ...questions])].filter(
    (key) => listed.has(key) && !wanted.has(key) && state.objects[key] === undefined,
  );
  const ours = await pMap(
    candidates,
    async (key) => {
      if (announced[key]?.etag === listed.get(key)) return [key];
      const sent = new Set([...(state.late[key]?.sha256 ?? []), ...(announced[key] ? [announced[key].sha256] : [])]);
      const object = await site.get(key, { signal });
      if (object === null) return [];
      return sent.has(sha256Of(object.body)) || isQuestion(key, object.body) ? [key] : [];
    },
    { concurrency: parallel },
  );
  return ours.flat();
}

function notPending(keys: readonly string[], { pending }: State): string[] {
  const busy = new Set([...Object.keys(pending?.objects ?? {}), ...(pending?.remove ?? [])]);
  return keys.filter((key) => !busy.has(key)).sort();
}

/** Assets that only pages of earlier releases name: their bytes are in the archive. */
function lostAssets(state: State, differing: readonly string[], files: readonly HashedFile[]): Known['lostAssets'] {
  const wanted = new Set(files.map(({ key }) => key));
  const lost = differing.flatMap((key) => {
    const object = state.objects[key];
    return object?.role === 'asset' && !wanted.has(key) ? [{ key, object }] : [];
  });
  if (lost.length === 0) return [];
  const { bodies } = readArchive(state);
  return lost.flatMap(({ key, object: { named, etag: _, ...object } }) => {
    const body = bodies.get(object.sha256);
    return body === undefined ? [] : [{ file: { key, body, object }, named }];
  });
}
