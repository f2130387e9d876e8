const longDate = 'yyyy"年"m"月"d"日"';
const monthOfYear = 'yyyy"年"m"月"';
const dayOfMonth = 'm"月"d"日"';
const eraLetterDate = '[$-411]ge.m.d';
const eraDate = '[$-411]ggge"年"m"月"d"日"';

/**
 * The number formats that a Japanese Excel saves by their number alone: ECMA-376 part 1, 18.8.30, with the table for ja-jp (27–36 and
 * 50–58). 14 and 22 follow the short date of the country, 5–8 and 41–44 its currency, and 37–40 show a minus instead of parentheses:
 * LibreOffice has the same (`numberformatsbuffer.cxx`, ja-JP).
 */
const builtInFormats: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"¥"#,##0;"¥"\\-#,##0',
  6: '"¥"#,##0;[Red]"¥"\\-#,##0',
  7: '"¥"#,##0.00;"¥"\\-#,##0.00',
  8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
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
  41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
  42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
  43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
  44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
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

/** The format that a number stands for where the file does not say it itself. */
export function formatOfNumber(id: number): string {
  return builtInFormats[id] ?? 'General';
}
