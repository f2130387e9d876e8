import type { SiteFile, SiteFileRole } from './site-file.ts';

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  avif: 'image/avif',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * A correction is seen after a minute by everybody. No stale-while-revalidate: CloudFront obeys it, and the first reader for hours would be
 * shown what was taken off the site.
 */
const shortLived = 'public, max-age=60';

/** An asset's name changes with its content, so it is kept for ever. */
const cacheControls: Readonly<Record<SiteFileRole, string>> = {
  asset: 'public, max-age=31536000, immutable',
  data: shortLived,
  leaf: shortLived,
  hub: shortLived,
};

/** The media type of a file of the site, by the ending of its name; undefined for what the site does not hold. */
export function mediaTypeOf(key: string): string | undefined {
  return contentTypes[key.slice(key.lastIndexOf('.') + 1)];
}

/** One file of the site; the media type goes by the ending of its name, unless one is given. */
export function makeFile(
  key: string,
  role: SiteFileRole,
  content: string | Uint8Array,
  contentType: string | undefined = mediaTypeOf(key),
): SiteFile {
  if (contentType === undefined) throw new Error(`No media type is known for ${key}.`);
  const body = typeof content === 'string' ? encoded(content) : content;
  return { key, body, contentType, cacheControl: cacheControls[role], role };
}

/** JSON for people and programs: two spaces, a final newline. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A letter of UTF-16 takes at most three bytes of UTF-8. */
const mostBytes = 3;

let scratch = Buffer.allocUnsafeSlow(mostBytes * 256 * 1024);

/** The text as UTF-8. Written once and copied, where `Buffer.from` goes through it twice: first to see how long it will be. */
function encoded(text: string): Uint8Array {
  if (text.length * mostBytes > scratch.length) scratch = Buffer.allocUnsafeSlow(text.length * mostBytes);
  const length = scratch.write(text, 'utf8');
  const body = Buffer.allocUnsafe(length);
  scratch.copy(body, 0, 0, length);
  return body;
}
