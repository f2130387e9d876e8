import { matchKey } from './normalize.ts';

/** Levenshtein distance between two strings, counted in code points; gives up (returns `limit + 1`) past `limit`. */
function editDistance(left: readonly string[], right: readonly string[], limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  // What both begin and end with costs nothing: names of one office differ in a letter or two.
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const width = right.length - tail - start;
  let previous = Array.from({ length: width + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length - tail - start; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= width; column += 1) {
      const same = left[start + row - 1] === right[start + column - 1];
      const change = (previous[column - 1] ?? 0) + (same ? 0 : 1);
      const value = Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    previous = current;
  }
  return previous[width] ?? limit + 1;
}

/** Words are compared by this many characters. */
const compared = 100;

/**
 * Makes a finder of the candidate that a word most resembles, or null where it resembles none: at most a third of the longer
 * one's characters differ (at least one), compared as {@link matchKey} compares. The first of equally near candidates wins.
 */
export function resemblanceTo(candidates: Iterable<string>): (word: string) => string | null {
  const lettersOf = (text: string): string[] => [...matchKey(text)].slice(0, compared);
  const known = Array.from(candidates, (name) => ({ name, letters: lettersOf(name) }));
  return (word) => {
    const letters = lettersOf(word);
    if (letters.length === 0) return null;
    let closest: string | null = null;
    let nearest = Number.POSITIVE_INFINITY;
    for (const { name, letters: other } of known) {
      const longer = Math.max(letters.length, other.length);
      if (longer < 2) continue;
      const limit = Math.min(Math.max(1, Math.floor(longer / 3)), nearest - 1);
      const distance = limit < 0 ? 1 : editDistance(letters, other, limit);
      if (distance <= limit) {
        closest = name;
        nearest = distance;
      }
    }
    return closest;
  };
}

/** The candidate that one word most resembles; see {@link resemblanceTo}. */
export function closestTo(word: string, candidates: Iterable<string>): string | null {
  return resemblanceTo(candidates)(word);
}

/**
 * The tab or header that was most likely meant: the one that a name most resembles, or else the first that has all of it and
 * more (`目標一覧` for `目標`). Only to be asked about, never to be acted on.
 */
export function likelyMeant(name: string, candidates: readonly string[]): string | null {
  const key = matchKey(name);
  return closestTo(name, candidates) ?? candidates.find((candidate) => matchKey(candidate).includes(key)) ?? null;
}
