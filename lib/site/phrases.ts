import { loadDefaultJapaneseParser } from 'budoux';
import { type Html, html, trustedMarkup } from './html.ts';

/** Text with the places marked where a line may end, between phrases and not within a word. */
export type PhraseBreaker = (text: string) => Html;

/** Text shorter than this fits a line of any screen, or nearly so. */
const shortest = 10;

/** What belongs to the letter before it: the second half of a pair, marks, variation selectors, joiners. */
const belongsToLetterBefore = /^[\uDC00-\uDFFF\p{M}\u200D]/u;

const opportunity = trustedMarkup('<wbr>');

/** Reads its model once; it keeps nothing of the texts. */
const parser = loadDefaultJapaneseParser();

/**
 * Breaks Japanese text into phrases (BudouX). Texts come back on several pages of one rendering, so each is looked at
 * once.
 */
export function phraseBreaker(): PhraseBreaker {
  const known = new Map<string, Html>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const phrases = text.length < shortest ? [text] : parser.parse(text);
    const broken = html`${phrases.map((phrase, index) =>
      index === 0 || belongsToLetterBefore.test(phrase) ? phrase : [opportunity, phrase],
    )}`;
    known.set(text, broken);
    return broken;
  };
}
