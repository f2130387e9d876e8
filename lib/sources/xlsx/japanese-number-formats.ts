/** A day that a number stands for; `q` is the day of the week, 0 for Sunday. */
export interface Day {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly q: number;
}

/** What a number format of a cell has that the formatter does not know. */
export interface JapaneseFormat {
  /** A part of it is for dates or times. */
  readonly isDate: boolean;
  /** A part of it shows a day, a month or a year, and not just a time. */
  readonly showsDay: boolean;
  /**
   * The format in words that the formatter knows, for a number that is this day; null where the number is no day and the format needs one.
   * It is missing where the formatter knows the format as it is.
   */
  readonly forNumber?: (day: Day | null) => string | null;
  /** What the format makes of a text. It is missing where the text is shown as it is. */
  readonly forText?: (text: string) => string;
}

type Piece = string | ((day: Day) => string);

/** Eras by their first day, newest first, as Excel counts them: its days begin in 1900, in the 33rd year of Meiji. */
const eras = [
  { first: 20190501, year: 2019, names: ['R', '令', '令和'] },
  { first: 19890108, year: 1989, names: ['H', '平', '平成'] },
  { first: 19261225, year: 1926, names: ['S', '昭', '昭和'] },
  { first: 19120730, year: 1912, names: ['T', '大', '大正'] },
  { first: 0, year: 1868, names: ['M', '明', '明治'] },
] as const;

const weekdays = '日月火水木金土';

/** The formats of Windows for Japan, which a format can refer to (ECMA-376 part 1, 18.8.31: the system's long date and time). */
const systemFormats = [
  { locale: /^(?:0*f800|x-sysdate)$/iu, format: 'yyyy"年"m"月"d"日"' },
  { locale: /^(?:0*f400|x-systime)$/iu, format: 'h:mm:ss' },
];

/** Excel takes no longer ones (MS-OE376, 2.1.739). */
const longestFormat = 255;

/** Quoted text, an escaped character, a gap or filling, brackets, the exponent of a number, words, a run of one letter, anything else. */
const tokenPattern =
  /"[^"]*"|\\[\s\S]|[_*][\s\S]|\[[^\]]*\]|[0#?.,]+E[+-]|General|AM\/PM|A\/P|([abdeghmsy])\1*|[^ -~]+|[\s\S]/giu;

const dayToken = /^(?:[degy]+|a{3,}|b{2,})$/iu;

const dateToken = /^(?:[deghmsy]+|a{3,}|b{2,}|AM\/PM|A\/P|\[(?:h+|m+|s+)\])$/iu;

/** `[$¥-411]`: a currency and a locale, each of which may be missing. */
const localePattern = /^\[\$([^\]-]*)(?:-([^\]]*))?\]$/u;

/** By number, perhaps with a calendar before it, or by name (`ja-JP`, `ja-JP-x-gannen`); Excel takes `ja` and `jp` too. */
const japanese = /^(?:(?:[\da-f]*0)?411|j[ap])/iu;

/**
 * Reads a number format (ECMA-376 part 1, 18.8.31) for what Japanese users of Excel put into it: eras (`ggge`), days of the week
 * (`aaa`), characters that are not quoted, and what it makes of texts (`@"様"`, `;;;`). Null where it is too long to be one.
 */
export function japaneseFormat(format: string): JapaneseFormat | null {
  if (format.length > longestFormat) return null;
  const sections = sectionsOf(format);
  const rewritten = sections.map(rewriteSection);
  const forText = textFormat(sections);
  const holds = (kind: RegExp): boolean => sections.some((tokens) => tokens.some((token) => kind.test(token)));
  return {
    isDate: holds(dateToken),
    // An `m` is a month where there is no hour or second that would make it a minute.
    showsDay: holds(dayToken) || (holds(/^m+$/iu) && !holds(/^(?:[hs]+|\[[hms]+\])$/iu)),
    ...(rewritten.some((section) => section !== null) && {
      forNumber: assemble(rewritten.map((pieces, index) => pieces ?? sections[index] ?? [])),
    }),
    ...(forText !== null && { forText }),
  };
}

function sectionsOf(format: string): string[][] {
  let section: string[] = [];
  const sections = [section];
  for (const [token] of format.matchAll(tokenPattern)) {
    if (token === ';') {
      section = [];
      sections.push(section);
    } else {
      section.push(token);
    }
  }
  return sections;
}

function assemble(sections: readonly (readonly Piece[])[]): (day: Day | null) => string | null {
  const pieces = sections.flatMap((section, index) => (index === 0 ? section : [';', ...section]));
  if (pieces.every((piece) => typeof piece === 'string')) {
    const format = pieces.join('');
    return () => format;
  }
  return (day) =>
    day === null ? null : pieces.map((piece) => (typeof piece === 'string' ? piece : piece(day))).join('');
}

/** Null where the formatter knows all of the section. */
function rewriteSection(tokens: readonly string[]): readonly Piece[] | null {
  const isDate = tokens.some((token) => dateToken.test(token));
  const pieces: Piece[] = [];
  let changed = false;
  // Without a locale the language is that of Excel, in which the city works; `ddd` is English unless the locale is named.
  let locale: 'excel' | 'japanese' | 'other' = 'excel';
  let firstYearIsNamed = false;
  let lettersOfEra = 0;
  for (const [index, token] of tokens.entries()) {
    const bracket = localePattern.exec(token);
    if (bracket !== null) {
      const [, currency = '', name = ''] = bracket;
      const system = systemFormats.find((known) => known.locale.test(name));
      if (system !== undefined) return [system.format];
      if (name !== '') locale = japanese.test(name) ? 'japanese' : 'other';
      firstYearIsNamed = /-x-gannen/iu.test(name);
      // A locale without a currency is a dollar sign to the formatter, except in a date, which may have no letter of one left here.
      if (currency !== '') pieces.push(token);
      else if (!isDate) changed = true;
      continue;
    }
    const piece = locale === 'other' ? null : dateInJapanese(token, locale, lettersOfEra, firstYearIsNamed);
    const literal = piece === null ? quoted(token, isDate, tokens[index + 1]) : null;
    if (piece !== null && /^g/iu.test(token)) lettersOfEra = token.length;
    if (piece !== null || literal !== null) changed = true;
    pieces.push(piece ?? literal ?? token);
  }
  return changed ? pieces : null;
}

/** What stands for a token of a date in Japanese, or null where the formatter knows it. */
function dateInJapanese(
  token: string,
  locale: 'excel' | 'japanese',
  lettersOfEra: number,
  firstYearIsNamed: boolean,
): Piece | null {
  const { length } = token;
  if (/^g+$/iu.test(token)) return (day) => quote(eraOf(day).names[Math.min(length, 3) - 1] ?? '');
  // After an era Excel counts `y` from its beginning too (since Excel 2002), and `bbbb` is what gives the Western year there.
  if (/^e+$/iu.test(token) || (lettersOfEra > 0 && /^y+$/iu.test(token))) {
    const named = firstYearIsNamed && lettersOfEra > 1 && length === 1;
    return (day) => {
      const year = day.y - eraOf(day).year + 1;
      return quote(named && year === 1 ? '元' : String(year).padStart(Math.min(length, 2), '0'));
    };
  }
  if (lettersOfEra > 0 && /^b{4}$/iu.test(token)) return 'yyyy';
  if (/^a{3,}$/iu.test(token) || (locale === 'japanese' && /^d{3,}$/iu.test(token))) {
    return ({ q }) => quote(weekdays.charAt(q) + (length === 3 ? '' : '曜日'));
  }
  return null;
}

/** The token as text, where Excel takes it for text and the formatter does not: 年 without quotes, and the dots of `e.m.d`. */
function quoted(token: string, isDate: boolean, next: string | undefined): string | null {
  if (/^[^ -~]/u.test(token)) return quote(token);
  return isDate && token === '.' && next !== '0' ? quote(token) : null;
}

function quote(text: string): string {
  return `"${text}"`;
}

function eraOf({ y, m, d }: Day): (typeof eras)[number] {
  const day = y * 10_000 + m * 100 + d;
  return eras.find(({ first }) => day >= first) ?? eras[4];
}

/** What the sections make of a text, or null where it is shown as it is. The fourth is for texts, and else the last one with an `@`. */
function textFormat(sections: readonly (readonly string[])[]): ((text: string) => string) | null {
  const last = sections.at(-1) ?? [];
  const section = sections[3] ?? (last.includes('@') ? last : null);
  if (section === null) return null;
  const parts: (string | null)[] = [];
  for (const token of section) {
    const literal = literalOf(token);
    if (literal === null && token !== '@' && token.toLowerCase() !== 'general') return null;
    if (literal !== '') parts.push(literal);
  }
  if (parts.length === 1 && parts[0] === null) return null;
  return (text) => parts.map((part) => part ?? text).join('');
}

/** The text that a token stands for, or null where it stands for something else. Gaps and fillings are space, and not text. */
function literalOf(token: string): string | null {
  if (/^".*"$/su.test(token)) return token.slice(1, -1);
  if (token.startsWith('\\')) return token.slice(1);
  if (/^(?:[_*].|\[.*\])$/su.test(token)) return '';
  return /^[\w@#?]/u.test(token) ? null : token;
}
