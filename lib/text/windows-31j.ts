import { chineseForms, radicals } from './japanese-forms.ts';
import { windows31jBits } from './windows-31j-bits.ts';

let characters: Uint8Array | null = null;

/**
 * Windows-31J (CP932) is the set of characters that every Japanese PC, old printers and most municipal systems included, can
 * show: 1 in the bit of each, all of which are below U+10000.
 */
function windows31j(): Uint8Array {
  characters ??= Buffer.from(windows31jBits, 'base64');
  return characters;
}

/** The distinct characters of a text that Windows-31J does not have, in order of appearance; variation selectors aside. */
export function charactersOutsideWindows31J(text: string): string[] {
  // Nothing outside ASCII is the common case for codes and numbers.
  if (!/[^\n -~]/u.test(text)) return [];
  const set = windows31j();
  const outside: string[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80 || ((set[code >> 3] ?? 0) >> (code & 7)) & 1) continue;
    if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) continue;
    if (!outside.includes(character)) outside.push(character);
  }
  return outside;
}

/** Marks that look like a Japanese one, by the Japanese one. */
const marks = '·・ •・ ∼～ ‑- –－ ✕× ✖× ➡→ ⬅← ⬆↑ ⬇↓ ⇨⇒';

let forms: ReadonlyMap<string, readonly string[]> | null = null;

function japaneseForms(): ReadonlyMap<string, readonly string[]> {
  forms ??= new Map(
    `${chineseForms} ${radicals} ${marks}`.split(/\s+/u).map((group) => {
      const [typed = '', ...japanese] = group;
      return [typed, japanese];
    }),
  );
  return forms;
}

/**
 * The Japanese characters that were most likely meant where one outside Windows-31J was typed, the likelier first: the
 * Chinese form of a character, a radical (which PDF files give in its place), a look-alike mark. Empty where none is known.
 */
export function japaneseFormsOf(character: string): readonly string[] {
  const known = japaneseForms().get(character);
  if (known !== undefined) return known;
  const folded = character.normalize('NFKC');
  return folded === character || charactersOutsideWindows31J(folded).length > 0 ? [] : [folded];
}
