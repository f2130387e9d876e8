import { dateFromSerial, format as formatted } from 'numfmt';
import { type Day, type JapaneseFormat, japaneseFormat } from './japanese-number-formats.ts';
import { type Count, Unreadable } from './limits.ts';

/** How the values of cells with one number format are shown. */
export interface Display {
  number(value: number): string;
  text(text: string): string;
  /** The day that a number is shown as; null where the format shows none, or the number is no day. */
  day(value: number): string | null;
}

/** Days between the two calendars that Excel counts by. */
const from1900to1904 = 1462;

/** Excel's last day: 9999-12-31. */
const lastDay = 2_958_465;

/** What each format of a workbook makes of a value. A format is read once, and counted: each costs the formatter time and memory. */
export function displays(date1904: boolean, count: Count): (format: string) => Display {
  const known = new Map<string, Display>();
  const patterns = new Set<string>();
  const shown = (pattern: string, value: number): string => {
    if (!patterns.has(pattern)) count.add('formats', 1);
    patterns.add(pattern);
    return formatted(pattern, value, options);
  };
  return (format) => {
    const display = known.get(format) ?? displayOf(format, date1904 ? from1900to1904 : 0, shown);
    known.set(format, display);
    return display;
  };
}

type Shown = (pattern: string, value: number) => string;

/** What Excel fills with #, since it is no day, has no text. */
const options = { dateSpanLarge: false, dateErrorNumber: false, overflow: '' };

const plain: Display = { number: generalText, text: (text) => text, day: () => null };

function displayOf(code: string, offset: number, shown: Shown): Display {
  // As a Japanese Excel calls it, where somebody has typed it into another program.
  const format = code.replaceAll('G/標準', 'General');
  if (format === 'General') return plain;
  const japanese = japaneseFormat(format);
  // Excel takes no longer one.
  if (japanese === null) return plain;
  return {
    number: (value) => numberText(format, japanese, value, japanese.isDate ? value + offset : value, shown),
    text: japanese.forText ?? plain.text,
    day(value) {
      const day = japanese.showsDay && value + offset >= 1 ? dayOf(value + offset) : null;
      return day === null ? null : isoDay(day);
    },
  };
}

/** A number without a format. */
export function generalText(value: number): string {
  const text = String(value);
  // What has eleven characters at most is shown to its last digit.
  return text.length <= 11 && !text.includes('e') ? (value === 0 ? '0' : text) : formatted('General', value);
}

function numberText(
  format: string,
  { isDate, forNumber }: JapaneseFormat,
  original: number,
  value: number,
  shown: Shown,
): string {
  const rewritten = forNumber === undefined ? format : forNumber(dayOf(value));
  try {
    const text = shown(rewritten ?? format, value);
    return !isDate && isAnotherFraction(text, value) ? generalText(original) : text;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    // A format that is none, or no number that it could show.
    return generalText(original);
  }
}

/** Whether a text is a vulgar fraction that is not the number: numfmt makes 100 19/20 of 99.95. */
function isAnotherFraction(text: string, value: number): boolean {
  const [, whole = '0', numerator, denominator] = /^\s*-?\s*(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)\s*$/u.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined) return false;
  return (
    Math.abs(Number(whole) + Number(numerator) / Number(denominator) - Math.abs(value)) > 0.6 / Number(denominator)
  );
}

function dayOf(value: number): Day | null {
  if (!(value >= 0 && value < lastDay + 1)) return null;
  const [y, m, d] = dateFromSerial(value);
  return { y, m, d, q: (Math.floor(value) + 6) % 7 };
}

function isoDay({ y, m, d }: Day): string {
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}
