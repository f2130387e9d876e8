import type { Failure } from '../failure.ts';
import { ifUnchanged, jsonRecord } from '../stores/json-record.ts';
import { type ObjectStore, StoreError } from '../stores/store.ts';
import { checkSiteList, parseSiteList, type SiteList } from './site-list.ts';

/** The list of sites where it is kept. Two who change it at once do not lose each other's change. */

export type SiteListRead =
  /** `list` is empty, and `etag` null, where there is no list yet. */
  | { readonly ok: true; readonly list: SiteList; readonly etag: string | null }
  | { readonly ok: false; readonly problems: readonly Failure[] };

/** A change of the list, or why it cannot be made. Pure: it is made anew where somebody else was faster. */
export type SiteListChange = (list: SiteList) => SiteList | Failure;

export type SiteListChanged =
  | { readonly ok: true; readonly list: SiteList }
  | { readonly ok: false; readonly problems: readonly Failure[] };

/** How often a change is made anew because somebody else was faster. */
const attempts = 8;

/** Where a list is: `s3://bucket/sites.json` or a file's path, as a location and a key in it; null where the text names none. */
export function siteListPlaceOf(text: string): { readonly folder: string; readonly key: string } | null {
  const [, folder, key] = /^(?:(.*)[/\\])?([\w.-]+\.json)$/su.exec(text.trim()) ?? [];
  if (key === undefined || folder === 's3:/' || folder === 's3:') return null;
  if (folder !== undefined && /^[a-z][a-z0-9+.-]*:\/\//iu.test(folder) && !/^s3:\/\/[^/]/u.test(folder)) return null;
  return { folder: folder ?? '.', key };
}

/** @throws StoreError */
export async function readSiteList(store: ObjectStore, key: string): Promise<SiteListRead> {
  const stored = await store.get(key);
  if (stored === null) return { ok: true, list: { sites: [] }, etag: null };
  const parsed = parseSiteList(stored.body);
  return parsed.ok ? { ...parsed, etag: stored.etag } : parsed;
}

/**
 * Changes the list, and writes it only where nobody wrote it in between; else the change is made on what they wrote.
 *
 * @throws StoreError
 */
export async function changeSiteList(
  store: ObjectStore,
  key: string,
  change: SiteListChange,
): Promise<SiteListChanged> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const read = await readSiteList(store, key);
    if (!read.ok) return read;
    const changed = change(read.list);
    if ('code' in changed) return { ok: false, problems: [changed] };
    const checked = checkSiteList(changed);
    if (!checked.ok) return checked;
    const body = encodedSiteList(checked.list);
    const result = await store.put(key, jsonRecord(body), ifUnchanged(read.etag));
    // A lost answer comes back as a lost condition: what is there may be what was written.
    if (result.outcome === 'written' || isSame(result.current?.body, body)) return { ok: true, list: checked.list };
  }
  throw new StoreError(
    'sites-busy',
    'サイトの一覧を、ほかの人が続けて書き換えています。',
    'しばらくしてから、もう一度実行してください。',
  );
}

/** The bytes of a list, as people can read and change it by hand. */
export function encodedSiteList(list: SiteList): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(list, null, 2)}\n`);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
