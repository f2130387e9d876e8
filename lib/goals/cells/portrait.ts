/**
 * True for a picture's place: an `https:` address, or a relative path of plain names. Anything else could run or leak when
 * followed.
 */
export function isPortrait(text: string): boolean {
  if (/^https:\/\//iu.test(text)) return URL.canParse(text);
  return /^[^/:\\?#\s<>"']+(?:\/[^/:\\?#\s<>"']+)*\.(?:jpe?g|png|webp|avif)$/iu.test(text) && !text.includes('..');
}
