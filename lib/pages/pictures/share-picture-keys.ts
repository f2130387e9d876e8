/** Of which page a picture to share is, whatever it says. */
export function pageOfSharePicture(key: string): string {
  return key.slice(0, key.lastIndexOf('-'));
}

/**
 * Whether a file of the site is a picture to share. These are no part of the archive inside the state, which they would fill: they can be
 * drawn again, byte for byte.
 */
export function isSharePicture(key: string): boolean {
  return /^assets\/share-[a-z0-9-]+\.png$/u.test(key);
}
