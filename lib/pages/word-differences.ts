import { diffArrays } from 'diff';

/** A stretch of a text that is the same in both versions, or is not. */
export interface Stretch {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Both versions, each cut where it differs from the other. */
export interface WordDifferences {
  readonly before: readonly Stretch[];
  readonly after: readonly Stretch[];
}

/** More words than this are changed as a whole: the pieces would be no help, and would take long to find. */
const mostEdits = 400;

/** Below this share of common letters the pieces are harder to read than the two texts. */
const leastCommon = 0.35;

/** Made once: it takes longer than a comparison. */
let segmenter: Intl.Segmenter | null = null;

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Which words of two versions of a text differ. Words of Japanese are those of the platform's own dictionary. */
export function wordDifferences(before: string, after: string): WordDifferences {
  const whole = { before: [{ text: before, isChanged: true }], after: [{ text: after, isChanged: true }] };
  const parts = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostEdits });
  if (parts === undefined) return whole;
  const pieces = parts.map(({ value, added, removed }) => ({ text: value.join(''), added, removed }));
  const common = pieces.reduce((sum, { text, added, removed }) => (added || removed ? sum : sum + text.length), 0);
  if (common < leastCommon * Math.max(before.length, after.length)) return whole;
  const one: Stretch[] = [];
  const other: Stretch[] = [];
  for (const [index, { text, added, removed }] of pieces.entries()) {
    // A letter between two changes is no landmark: の, を.
    const isIsland = !added && !removed && [...text].length === 1 && index > 0 && index < pieces.length - 1;
    if (!added) append(one, text, removed || isIsland);
    if (!removed) append(other, text, added || isIsland);
  }
  return { before: one, after: other };
}

function append(stretches: Stretch[], text: string, isChanged: boolean): void {
  const last = stretches.at(-1);
  if (last?.isChanged === isChanged) stretches[stretches.length - 1] = { text: last.text + text, isChanged };
  else stretches.push({ text, isChanged });
}
