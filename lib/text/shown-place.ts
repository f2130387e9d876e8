/**
 * A path or an address as it may be repeated to people: without what stands before an `@` of its host, which can be a password, and not at
 * all where it is no place but something that was pasted there, such as a key.
 */
export function shownPlace(place: string): string {
  if (place.length > 400 || /[{}\p{Cc}]|-----BEGIN/u.test(place)) return '（指定された値）';
  return withoutPasswords(place);
}

/** Leaves out of a sentence what stands before the `@` of an address's host. */
export function withoutPasswords(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/{1,2})[^\s/@「」"]*@/giu, '$1…@');
}
