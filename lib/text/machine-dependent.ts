/**
 * Characters that stand for several: circled numbers, ㈱, ℡, ㎏. Programs that read pages aloud skip them or say something
 * else, and a search for the plain form does not find them.
 */
const plainForms: ReadonlyMap<string, string> = new Map([
  ['㈱', '株式会社'],
  ['㍿', '株式会社'],
  ['㏍', '株式会社'],
  ['㈲', '有限会社'],
  ['㈳', '社団法人'],
  ['㈶', '財団法人'],
  ['㈻', '学校法人'],
  ['㈹', '代表'],
  ['℡', '電話'],
  ['☎', '電話'],
  ['☏', '電話'],
  ['№', 'No.'],
  ['㏄', 'シーシー'],
  ['㎜', 'ミリメートル'],
  ['㎝', 'センチメートル'],
  ['㎞', 'キロメートル'],
  ['㎡', '平方メートル'],
  ['㎢', '平方キロメートル'],
  ['㎥', '立方メートル'],
  ['㏊', 'ヘクタール'],
  ['㎎', 'ミリグラム'],
  ['㎏', 'キログラム'],
  ['㎖', 'ミリリットル'],
  ['㎘', 'キロリットル'],
  ['㏈', 'デシベル'],
]);

/** Enclosed numbers and letters, Roman numerals, enclosed and squared words. ℃ is read well, and is none of them. */
const candidates = /[\u2116\u2121\u2160-\u217f\u2460-\u24ff\u260e\u260f\u2776-\u2793\u3200-\u33ff]/gu;

const romanNumerals = { capital: 0x2160, small: 0x2170, count: 12 };
const dingbats = { first: 0x2776, last: 0x2793 };

/** The plain form of such a character. */
function plainFormOf(character: string): string {
  const known = plainForms.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  for (const first of [romanNumerals.capital, romanNumerals.small]) {
    if (code >= first && code < first + romanNumerals.count) return String(code - first + 1);
  }
  // Black and white circled digits come in tens.
  if (code >= dingbats.first && code <= dingbats.last) return String(((code - dingbats.first) % 10) + 1);
  return character.normalize('NFKC');
}

/** The distinct machine-dependent characters of a text, in order of appearance, each with its plain form. */
export function machineDependentCharacters(text: string): { readonly typed: string; readonly plain: string }[] {
  const found = text.match(candidates);
  if (found === null) return [];
  return [...new Set(found)]
    .map((typed) => ({ typed, plain: plainFormOf(typed) }))
    .filter(({ typed, plain }) => typed !== plain);
}
