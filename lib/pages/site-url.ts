/**
 * The public address of a site, with a trailing slash; null where the text is none. Pages' addresses are made by adding to it, so it can
 * have no query and no fragment; and it stands on every page, so it can hold no password.
 */
export function parseSiteUrl(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/u.test(url.protocol)) return null;
  // An empty query or fragment leaves its mark behind without being one.
  if (/[?#]/u.test(url.href) || url.username !== '' || url.password !== '') return null;
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
