import { chineseForms, radicals } from './japanese-forms.ts';

/**
 * Windows-31J (CP932) is the set of characters that every Japanese PC, old printers and most municipal systems included, can
 * show. The set is taken from the platform's own decoder: the WHATWG encoding `shift_jis` is Windows-31J.
 */
let characters: Uint8Array | null = null;

/** 1 at the code of each of its characters, all of which are below U+10000. */
function windows31j(): Uint8Array {
  if (characters) return characters;
  const bytes = new Uint8Array(0x3c * 189 * 2);
  let length = 0;
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // 0xA0 to 0xDF are single bytes. 0xF0 to 0xF9 are the user-defined area: what it shows differs from PC to PC.
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      if (trail === 0x7f) continue;
      bytes[length] = lead;
      bytes[length + 1] = trail;
      length += 2;
    }
  }
  const text = new TextDecoder('shift_jis').decode(bytes.subarray(0, length));
  const set = new Uint8Array(0x10000);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80 && code !== 0xfffd) set[code] = 1;
  }
  for (let code = 0xff61; code <= 0xff9f; code += 1) set[code] = 1;
  // The wave dash and its kin: systems map the same two bytes to either character, and every PC shows both.
  for (const code of [0x301c, 0x2016, 0x2212, 0x00a2, 0x00a3, 0x00ac, 0x2014, 0x00a5, 0x203e]) set[code] = 1;
  characters = set;
  return set;
}

/** The distinct characters of a text that Windows-31J does not have, in order of appearance; variation selectors aside. */
export function charactersOutsideWindows31J(text: string): string[] {
  // Nothing outside ASCII is the common case for codes and numbers.
  if (!/[^\n -~]/u.test(text)) return [];
  const set = windows31j();
  const outside = new Set<string>();
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80 || set[code] === 1) continue;
    if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) continue;
    outside.add(character);
  }
  return [...outside];
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
