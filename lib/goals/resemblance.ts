import { matchKey } from './text.ts';

/** Levenshtein distance between two strings, counted in code points; gives up (returns `limit + 1`) past `limit`. */
function editDistance(left: readonly string[], right: readonly string[], limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const value = Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(value);
      least = Math.min(least, value);
    }
    if (least > limit) return limit + 1;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/** Words are compared by this many characters. */
const compared = 100;

/**
 * Makes a finder of the candidate that a word most resembles, or null where it resembles none: at most a third of the longer
 * one's characters differ (at least one), compared as {@link matchKey} compares. The first of equally near candidates wins.
 */
export function resemblanceTo(candidates: Iterable<string>): (word: string) => string | null {
  const known = Array.from(candidates, (name) => ({ name, letters: [...matchKey(name)].slice(0, compared) }));
  return (word) => {
    const letters = [...matchKey(word)].slice(0, compared);
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
