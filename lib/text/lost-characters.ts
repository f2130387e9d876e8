/** Letters that stand for one that was lost, in any text: U+FFFD, 〓, and those of private use, which only the own PCs of a city hall can show. */
const lostAnywhere = /[\ufffd〓\ue000-\uf8ff\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]/gu;

/** In a name these are no letters either: what a program leaves of one that it cannot write. */
const lostInNames = /[?？□■]|&#(?:x[0-9a-f]+|\d+);/giu;

/**
 * What of a text is a letter that was lost, each once; empty where nothing is. `?田` is what Japanese Excel leaves of 𠮷田 when it
 * saves plain CSV.
 */
export function lostCharacters(text: string, isName: boolean): string[] {
  const found = [...text.matchAll(lostAnywhere), ...(isName ? text.matchAll(lostInNames) : [])];
  return [...new Set(found.map(([piece]) => piece))];
}
