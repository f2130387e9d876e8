const longDate = 'yyyy"年"m"月"d"日"';
const monthOfYear = 'yyyy"年"m"月"';
const dayOfMonth = 'm"月"d"日"';
const eraLetterDate = '[$-411]ge.m.d';
const eraDate = '[$-411]ggge"年"m"月"d"日"';

/**
 * The number formats that a Japanese Excel saves by their number alone. 27–36 and 50–58: ECMA-376 part 1, 18.8.30, the table for
 * ja-jp. 22 follows the short date of the country, and 37–40 show a minus instead of parentheses: LibreOffice has the same
 * (`numberformatsbuffer.cxx`, ja-JP).
 */
const builtInFormats: Readonly<Record<number, string>> = {
  22: 'yyyy/m/d h:mm',
  27: eraLetterDate,
  28: eraDate,
  29: eraDate,
  30: 'm/d/yy',
  31: longDate,
  32: 'h"時"mm"分"',
  33: 'h"時"mm"分"ss"秒"',
  34: monthOfYear,
  35: dayOfMonth,
  36: eraLetterDate,
  37: '#,##0;-#,##0',
  38: '#,##0;[Red]-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;[Red]-#,##0.00',
  50: eraLetterDate,
  51: eraDate,
  52: monthOfYear,
  53: dayOfMonth,
  54: eraDate,
  55: monthOfYear,
  56: dayOfMonth,
  57: eraLetterDate,
  58: eraDate,
};

/**
 * Writes the built-in formats into the part `xl/styles.xml`, before those that the file gives itself, which stay in force. SheetJS
 * has one table of formats for all workbooks, which it makes anew in every read: there is no other way to tell it of them.
 */
export function withBuiltInFormats(styles: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const xml = new TextDecoder().decode(styles);
  const own = /<((?:\w+:)?)numFmts\b[^<>]*>/u.exec(xml);
  if (own !== null && !own[0].endsWith('/>')) {
    return insert(xml, own.index + own[0].length, formatsXml(own[1] ?? ''));
  }
  const root = /<((?:\w+:)?)styleSheet\b[^<>]*>/u.exec(xml);
  if (root === null) return styles;
  const prefix = root[1] ?? '';
  const element = `<${prefix}numFmts>${formatsXml(prefix)}</${prefix}numFmts>`;
  return insert(xml, root.index + root[0].length, element);
}

function insert(xml: string, at: number, addition: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(xml.slice(0, at) + addition + xml.slice(at));
}

function formatsXml(prefix: string): string {
  return Object.entries(builtInFormats)
    .map(([id, code]) => `<${prefix}numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
    .join('');
}
