import { hash } from 'node:crypto';
import type { Change, Published } from '../goals/model/published.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import { absoluteUrl, paths, relativeHref } from './address.ts';
import { html } from './html.ts';
import type { Words } from './words.ts';

/** How many details of one change its title names; the entry's text has them all. */
const detailsInTitle = 3;

/**
 * `feed.xml`, Atom (RFC 4287): an entry for each change of a department. The ids come from what was changed and when, not
 * from the site's address, so that readers see nothing twice when a site gets or changes its address.
 */
export function feedXml(published: Published, options: { siteUrl: string | null; words: Words }): string {
  const { siteUrl, words } = options;
  const municipality = published.years[0]?.municipality.name ?? null;
  const title = words.feedTitle(words.siteTitle(municipality));
  const link = (path: string) => absoluteUrl(siteUrl, path) ?? relativeHref(paths.feed, path);
  const feedId = uuidUrn(['mokuhyo', municipality ?? '']);
  const ids = entryIds(published.changes, feedId);
  return `<?xml version="1.0" encoding="utf-8"?>\n${html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.lang}">
  <id>${feedId}</id>
  <title>${title}</title>
  <updated>${feedUpdated(published)}</updated>
  <author><name>${municipality ?? words.siteTitle(null)}</name></author>
  <link rel="self" type="application/atom+xml" href="${link(paths.feed)}"/>
  <link rel="alternate" type="text/html" href="${link(paths.home)}"/>
${published.changes.map((change, index) => entry(change, ids[index] ?? '', published, { words, link }))}</feed>
`}`;
}

/**
 * An id for each change. Two runs told the same instant may change the same department twice; those are told apart by how
 * many came before.
 */
function entryIds(changes: readonly Change[], feedId: string): string[] {
  const counts = new Map<string, number>();
  // From the oldest on, so that an id stays what it was when newer changes come.
  const ids = changes.toReversed().map(({ at, fiscalYear, departmentId, kind }) => {
    const parts = [feedId, at, String(fiscalYear), departmentId, kind];
    const key = parts.join('\n');
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return uuidUrn(before === 0 ? parts : [...parts, String(before)]);
  });
  return ids.reverse();
}

function entry(
  change: Change,
  id: string,
  published: Published,
  { words, link }: { words: Words; link: (path: string) => string },
) {
  const year = published.years.find(({ fiscalYear }) => fiscalYear === change.fiscalYear);
  const onSite = year?.departments.some(({ department }) => department.id === change.departmentId) ?? false;
  const page = onSite
    ? paths.department(change.fiscalYear, change.departmentId)
    : year
      ? paths.year(change.fiscalYear)
      : paths.years;
  const details = change.details.map(words.changeDetail);
  const title = changeTitle(change, details, words);
  const text = [`${fiscalYearLabel(change.fiscalYear)} ${title}`, ...(details.length > detailsInTitle ? details : [])];
  return html`  <entry>
    <id>${id}</id>
    <title>${title}</title>
    <updated>${change.at}</updated>
    <link rel="alternate" type="text/html" href="${link(page)}"/>
    <category term="${change.fiscalYear}" label="${fiscalYearLabel(change.fiscalYear)}"/>
    <content type="text">${text.join('\n')}</content>
  </entry>
`;
}

function changeTitle(change: Change, details: readonly string[], words: Words): string {
  if (change.kind !== 'updated') return words.change[change.kind](change.departmentName);
  const shown = details.slice(0, detailsInTitle);
  return words.change.updated(change.departmentName, shown, details.length - shown.length);
}

/** The newest change, by its instant, since a run may be told an earlier one; before any is recorded, the start of the newest department's day in Japan. */
function feedUpdated(published: Published): string {
  const days = published.years.flatMap(({ departments }) => departments.map(({ department }) => department.updated));
  const newestDay = days.toSorted().at(-1) ?? '1970-01-01';
  const newestChange = published.changes.reduce<string | null>(
    (newest, { at }) => (newest === null || at > newest ? at : newest),
    null,
  );
  return newestChange ?? `${newestDay}T00:00:00+09:00`;
}

/** A name-based UUID as a URN (RFC 9562, version 8: SHA-256 of the parts). */
function uuidUrn(parts: readonly string[]): string {
  const bytes = hash('sha256', parts.join('\n'), 'buffer').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
