import type { SiteEntry } from '../../lib/fleet/site-list.ts';

/** A site as a list names it. */
export function listedSite(id: string, more: Partial<SiteEntry> = {}): SiteEntry {
  return {
    id,
    spreadsheetId: `sheet-of-${id}-0000`,
    prefix: id,
    url: `https://goals.example.lg.jp/${id}/`,
    staffEmail: `${id.replaceAll(/-+$|-(?=-)/gu, '')}@city.example.lg.jp`,
    paused: false,
    direct: false,
    stateAtRoot: false,
    ...more,
  };
}
