/**
 * What stands for a letter that a program could not keep, wherever it is: U+FFFD, the printer's 〓, half a surrogate pair, and
 * user-defined characters (外字), which are in no font but that of the city hall. Source: the code charts of Unicode, private use.
 */
const lost = /[\ufffd〓\ud800-\udfff\ue000-\uf8ff\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]/gu;

/** Stands in every text that has one, without the time that the long class takes. */
const anyLost = /[\ufffd〓\ud800-\uf8ff]/;

/** Letters beside which a question mark stands for one. Kana are never lost. */
const letter = '[\\p{Script=Han}\\p{Script=Latin}\\p{Script=Hangul}々〆ヶ]\\p{M}*';
const variation = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]*';

/**
 * In a name also: `?` beside a letter, or at the beginning of a part (what Japanese Excel leaves of 𠮷 in plain CSV); a box, but
 * not several, which are a blank to fill in; 「・」 before the first letter, which Windows writes instead of 外字; a numeric
 * reference or an escape that was never made a letter.
 */
const lostInName = new RegExp(
  `(?<=^|[\\s　]|${letter}${variation}|[?？])[?？]|[?？](?=${letter})|(?<!□)□(?!□)|■|^・(?=\\p{Script=Han})|` +
    '&(?:amp;)?#(?:x[0-9a-f]{1,6}|[0-9]{1,7});?|\\\\u(?:[0-9a-f]{4}|\\{[0-9a-f]{1,6}\\})|<?u\\+[0-9a-f]{4,6}>?|_x[0-9a-f]{4}_',
  'giu',
);
const anyLostInName = /[?？□■・&\\+_]/;

/** A name of nothing but marks has no letter that was lost: it was never written. */
const anyLetter = /[\p{L}\p{Co}\ufffd]/u;

/**
 * The odd pieces of a text in the place of lost letters, each once, in order of appearance. No name has a question mark in it, prose
 * may well have one: 「何を変えますか？」.
 *
 * @param isName true for the name of a person, a department or a city, as typed
 */
export function lostCharacters(text: string, isName: boolean): string[] {
  const inName = isName && anyLostInName.test(text) && anyLetter.test(text);
  if (!inName && !anyLost.test(text)) return [];
  const anywhere = text.match(lost) ?? [];
  if (!inName) return [...new Set(anywhere)];
  return [...new Set([...anywhere, ...(text.match(lostInName) ?? [])])].sort(
    (left, right) => text.indexOf(left) - text.indexOf(right),
  );
}
