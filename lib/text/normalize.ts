/**
 * The room `text` knows what characters, names, days and years of Japanese text mean, and the city's own words. It may import nothing.
 * Begin here, with {@link normalizeText} and {@link matchKey}; the city's words are in scheme.ts.
 */

/** Spaces that a person sees as a space: ASCII, no-break, the typographic ones and the ideographic one. */
const spaces = ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const runOfSpaces = new RegExp(`([${spaces}])[${spaces}]+`, 'gu');
const outerSpace = new RegExp(`^[${spaces}\\n]+|[${spaces}\\n]+$`, 'gu');
const anySpace = new RegExp(`[${spaces}\\s]+`, 'gu');

/** Every line break there is: CRLF, CR, vertical tab, form feed, next line, line and paragraph separator. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are line breaks, and are to become the one that is known
const lineBreaks = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/gu;

/**
 * Characters nobody sees: controls, zero-width and bidirectional marks, soft hyphen, grapheme joiner, interlinear marks, tags,
 * non-characters.
 */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]|\u034f/gu;

/** They choose between forms of the letter before them; alone they are nothing to see. */
const variationSelectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

const halfWidthKana = /[\uff61-\uff9f]+/gu;
const fullWidthAlphanumerics = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu;

/** Kana, ideographs and the punctuation that goes with them, with what belongs to the letter, followed by ASCII marks. */
const marksAfterJapanese =
  /([\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3001-\u303f\u30fb\u30fc\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60](?:\u3099|\u309a|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])*)([!?]+)/gu;

/** Text that needs nothing: no character that any step below would touch. The bulk of real cells. */
const plain =
  /^[\u0021-\u007e\u00a1-\u00ac\u3001-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60]*$/u;

/**
 * Normalizes prose as the contract says (section 3): ends trimmed, runs of spaces made one (the first of the run), line breaks
 * LF, invisible characters removed, NFC, half-width katakana made full-width, full-width letters and digits half-width,
 * `!` and `?` after Japanese text full-width. Idempotent, and never makes a character of its own.
 */
export function normalizeText(text: string): string {
  if (plain.test(text) && !/[!?]/u.test(text)) return text;
  const cleaned = text
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replaceAll('\t', ' ')
    .replace(invisible, '')
    .replace(halfWidthKana, (kana) => kana.normalize('NFKC'))
    .replace(fullWidthAlphanumerics, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .normalize('NFC')
    .replace(
      marksAfterJapanese,
      (_, before: string, marks: string) => before + marks.replaceAll('!', '！').replaceAll('?', '？'),
    );
  return isBlank(cleaned) ? '' : cleaned.replace(runOfSpaces, '$1').replace(outerSpace, '');
}

/** The same on one line: a line break is a space. */
export function normalizeLine(text: string): string {
  const normalized = normalizeText(text);
  return normalized.includes('\n') ? normalizeText(normalized.replaceAll('\n', ' ')) : normalized;
}

/**
 * Normalizes a name: trimmed and NFC only, so that variant characters of people's names survive. What nobody can see
 * (controls, bidirectional marks) is removed, since a name is put into attributes, tables and feeds; a line break in a name
 * is a wrapped line on the sheet and becomes a space.
 */
export function normalizeName(name: string): string {
  if (plain.test(name)) return name;
  if (isBlank(name)) return '';
  return name
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replace(/[\t\n]+/gu, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(outerSpace, '');
}

/** Kana, ideographs, and all of ASCII that can be seen but capitals: what is compared as it stands. Most cells. */
const comparable = /^[!-@[-~\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]*$/u;

/**
 * The form in which names, headers and choices are compared: NFKC, all white space and invisible characters removed, variation
 * selectors removed, letters in lower case. Never shown.
 */
export function matchKey(text: string): string {
  if (comparable.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replace(invisible, '')
      .normalize('NFKC')
      .replace(variationSelectors, '')
      .replace(anySpace, '')
      .toLowerCase()
      // What stood apart may compose now.
      .normalize('NFKC')
  );
}

/** True where a person sees nothing in the cell. */
export function isBlank(text: string): boolean {
  if (text === '') return true;
  // Most cells begin with what anybody can see.
  if (/^[!-~\u3041-\u9fff]/u.test(text)) return false;
  return text.replace(invisible, '').replace(variationSelectors, '').replace(anySpace, '') === '';
}

const errorValues =
  /^(?:#(?:REF|N\/A|NAME|VALUE|DIV\/0|NULL|NUM|ERROR|SPILL|CALC|BLOCKED|CONNECT|FIELD|UNKNOWN|BUSY|PYTHON|EXTERNAL)[!?]?|#GETTING_DATA|Err:\d{3})$/iu;

/** True for what a spreadsheet program shows where a formula failed: `#REF!`, `#N/A`, LibreOffice's `Err:502`. */
export function isErrorValue(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 0x23 && first !== 0x45 && first !== 0x20 && first !== 0x65) return false;
  return errorValues.test(text.trim());
}

/** Whether a cell names something: there is text, and it is not what a failed formula left. */
export function isName(text: string): boolean {
  return !isBlank(text) && !isErrorValue(text);
}
