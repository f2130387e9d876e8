import { type Html, html, trustedMarkup } from '../html.ts';
import { phraseBoundaries } from './phrase-boundaries.ts';

/** Text with the places marked where a line may end, between phrases and not within a word. */
export type PhraseBreaker = (text: string) => Html;

/** Text shorter than this fits a line of any screen, or nearly so. */
const shortest = 10;

/** A phrase of so many letters may not fit a line of the largest headings on the smallest screen. */
const long = 9;

/** What belongs to the letter before it: the second half of a pair, marks, variation selectors, joiners. */
const belongsToLetterBefore = /^[\uDC00-\uDFFF\p{M}\u200D]/u;
/** Hiragana, katakana and ideographs, before which most phrases begin. */
const isLetter = (code: number): boolean =>
  (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fa) || (code >= 0x4e00 && code <= 0x9fff);

/**
 * Breaks Japanese text into phrases (BudouX). Texts come back on several pages of one rendering, so each is looked at
 * once.
 */
export function phraseBreaker(): PhraseBreaker {
  const known = new Map<string, Html>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // Hardly any text has a letter that must be escaped, and that is soon known of the whole.
    const isPlain = html`${text}`.toString() === text;
    const parts = isPlain ? phrasesOf(text) : phrasesOf(text).map((phrase) => html`${phrase}`.toString());
    const broken = trustedMarkup(parts.map(wholeWhereLong).join('<wbr>'));
    known.set(text, broken);
    return broken;
  };
}

/**
 * A phrase that may be longer than a line of a phone is marked. It begins a line of its own there, and is broken as Japanese is; without
 * the mark it would be broken anywhere, before a ー or a small kana too. Where a phrase has spaces, lines end at those.
 */
function wholeWhereLong(phrase: string): string {
  if (phrase.length < long) return phrase;
  const parts = phrase.split(/([ \u3000\n])/u);
  return parts.map((part) => (part.length < long ? part : `<span class="whole">${part}</span>`)).join('');
}

/** The phrases of a text, one after the other. A short text is one. */
export function phrasesOf(text: string): string[] {
  if (text.length < shortest) return [text];
  const phrases: string[] = [];
  let start = 0;
  for (const next of phraseBoundaries(text)) {
    if (!isLetter(text.charCodeAt(next)) && belongsToLetterBefore.test(text.slice(next, next + 2))) continue;
    phrases.push(text.slice(start, next));
    start = next;
  }
  phrases.push(text.slice(start));
  return phrases;
}
