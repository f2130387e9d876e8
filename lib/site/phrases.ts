import { loadDefaultJapaneseParser } from 'budoux';
import { type Html, html, trustedMarkup } from './html.ts';

/** Text with the places marked where a line may end, between phrases and not within a word. */
export type PhraseBreaker = (text: string) => Html;

/** Text shorter than this fits a line of any screen, or nearly so. */
const shortest = 10;

const opportunity = trustedMarkup('<wbr>');

/**
 * Breaks Japanese text into phrases (BudouX). Texts come back on several pages of one rendering, so each is looked at
 * once.
 */
export function phraseBreaker(): PhraseBreaker {
  const parser = loadDefaultJapaneseParser();
  const known = new Map<string, Html>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const phrases = text.length < shortest ? [text] : parser.parse(text);
    const broken = html`${phrases.map((phrase, index) => (index === 0 ? phrase : html`${opportunity}${phrase}`))}`;
    known.set(text, broken);
    return broken;
  };
}
