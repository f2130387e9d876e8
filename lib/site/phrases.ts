import { type Html, html, trustedMarkup } from './html.ts';
import { phraseBoundaries } from './phrase-boundaries.ts';

/** Text with the places marked where a line may end, between phrases and not within a word. */
export type PhraseBreaker = (text: string) => Html;

/** Text shorter than this fits a line of any screen, or nearly so. */
const shortest = 10;

/** What belongs to the letter before it: the second half of a pair, marks, variation selectors, joiners. */
const belongsToLetterBefore = /^[\uDC00-\uDFFF\p{M}\u200D]/u;
/** Hiragana, katakana and ideographs, before which most phrases begin. */
const isLetter = (code: number): boolean =>
  (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fa) || (code >= 0x4e00 && code <= 0x9fff);

/** Stands between phrases while a text is escaped as a whole. No text that is published holds a control character. */
const between = '\u0000';

/**
 * Breaks Japanese text into phrases (BudouX). Texts come back on several pages of one rendering, so each is looked at
 * once.
 */
export function phraseBreaker(): PhraseBreaker {
  const known = new Map<string, Html>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const escaped = html`${phrasesOf(text).join(between)}`.toString();
    const broken = trustedMarkup(escaped.replaceAll(between, '<wbr>'));
    known.set(text, broken);
    return broken;
  };
}

function phrasesOf(text: string): string[] {
  if (text.length < shortest) return [text];
  const starts = phraseBoundaries(text).filter(
    (start) => isLetter(text.charCodeAt(start)) || !belongsToLetterBefore.test(text.slice(start, start + 2)),
  );
  return [0, ...starts].map((start, index) => text.slice(start, starts[index]));
}
