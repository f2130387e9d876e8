import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../lib/inspect.ts';
import { parseWorkbookFile, workbookFileSource } from '../../../lib/sources/xlsx/workbook-file.ts';
import { cellAddress } from '../../../lib/workbook/workbook.ts';
import { temporaryFolder } from '../../support/command-line.ts';
import { soundTabs } from '../../support/workbook.ts';
import { xlsxOf, xlsxParts } from '../../support/xlsx.ts';

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `styles.xml` with one format of the file's own, under 164, and one style for each of the numbers. */
const stylesOf = (code: string, ids: readonly number[]) =>
  `<numFmts count="1"><numFmt numFmtId="164" formatCode="${escapeXml(code)}"/></numFmts><cellXfs count="${ids.length + 1}"><xf numFmtId="0"/>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;

const numberCell = (value: number) => `<c r="A1" s="1"><v>${value}</v></c>`;
const textCell = (text: string) => `<c r="A1" s="1" t="inlineStr"><is><t>${text}</t></is></c>`;

async function shownIn(bytes: Uint8Array): Promise<string | undefined> {
  const parsed = await parseWorkbookFile(bytes, 'test.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.workbook.sheets[0]?.rows[0]?.[0];
}

const shown = (cell: string, styles: string) =>
  shownIn(xlsxOf([{ name: '部', data: `<row r="1">${cell}</row>` }], { styles }));

const shownAs = (code: string, value: number) => shown(numberCell(value), stylesOf(code, [164]));

/** The number that Excel keeps for a day. */
const serial = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

const april = serial('2024-04-01');

describe('dates in the forms of Japanese users', () => {
  test.each([
    ['[$-411]ggge"年"m"月"d"日"', '令和6年4月1日'],
    ['[$-411]ggge"年"m"月"d"日";@', '令和6年4月1日'],
    ['[$-ja-JP]ggge"年"m"月"d"日"', '令和6年4月1日'],
    ['[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', '令和6年4月1日'],
    ['[$-30000411]ggge"年"', '令和6年'],
    ['GGGE"年"M"月"D"日"', '令和6年4月1日'],
    ['[$-411]ge.m.d', 'R6.4.1'],
    ['[$-411]ge.m.d;@', 'R6.4.1'],
    ['[$-411]gee.mm.dd', 'R06.04.01'],
    ['ge\\.m\\.d', 'R6.4.1'],
    ['gge"年"', '令6年'],
    ['[$-411]ggge"年度"', '令和6年度'],
    ['[$-411]ggg e"年"', '令和 6年'],
    ['e"年"m"月"', '6年4月'],
    ['[DBNum3][$-411]ggge"年"', '令和6年'],
    ['[Red][$-411]ggge"年"', '令和6年'],
    ['ggge年m月d日', '令和6年4月1日'],
    ['yyyy年m月d日', '2024年4月1日'],
    ['yyyy.m.d', '2024.4.1'],
    ['m/d(aaa)', '4/1(月)'],
    ['yyyy/m/d aaaa', '2024/4/1 月曜日'],
    ['[$-411]m"月"d"日"(ddd)', '4月1日(月)'],
    ['[$-ja-JP]dddd', '月曜日'],
    ['m/d(ddd)', '4/1(Mon)'],
    ['yyyy"年("ggge"年)"', '2024年(令和6年)'],
    ['ggge"年("yyyy"年)"', '令和6年(06年)'],
    ['[$]ggge"年("bbbb"年)"', '令和6年(2024年)'],
    ['ggge"年("[$-409]yyyy"年)"', '令和6年(2024年)'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2024年4月1日'],
    ['[$-x-sysdate]dddd, mmmm dd, yyyy', '2024年4月1日'],
    ['[$-409]d\\-mmm\\-yyyy;@', '1-Apr-2024'],
    ['"ggge aaa"', 'ggge aaa'],
    ['\\g\\e', 'ge'],
  ])('%s', async (code, text) => {
    expect(await shownAs(code, april)).toBe(text);
  });

  test.each([
    ['ggge"年"m"月"d"日"', '2019-05-01', '令和1年5月1日'],
    ['ggge"年"m"月"d"日"', '2019-04-30', '平成31年4月30日'],
    ['ggge"年"m"月"d"日"', '1989-01-08', '平成1年1月8日'],
    ['ggge"年"m"月"d"日"', '1989-01-07', '昭和64年1月7日'],
    ['ggge"年"m"月"d"日"', '1926-12-25', '昭和1年12月25日'],
    ['ggge"年"m"月"d"日"', '1926-12-24', '大正15年12月24日'],
    ['ggge"年"m"月"d"日"', '1912-07-30', '大正1年7月30日'],
    ['ggge"年"m"月"d"日"', '1912-07-29', '明治45年7月29日'],
    ['gge.m.d', '2019-04-30', '平31.4.30'],
    ['ge.m.d', '1989-01-07', 'S64.1.7'],
    ['ge.m.d', '1926-12-24', 'T15.12.24'],
    ['ge.m.d', '1912-07-29', 'M45.7.29'],
    ['[$-ja-JP-x-gannen]ggge"年"', '2019-05-01', '令和元年'],
    ['[$-ja-JP-x-gannen]ggge"年"', '2019-04-30', '平成31年'],
    ['[$-ja-JP-x-gannen]ge.m.d', '2019-05-01', 'R1.5.1'],
  ])('%s at the ends of eras: %s', async (code, day, text) => {
    expect(await shownAs(code, serial(day))).toBe(text);
  });

  test('the form that Microsoft gives for 元年, with conditions', async () => {
    const code = '[<=43585][$-ja-JP]ggge"年"m"月"d"日";[>=43831]ggge"年"m"月"d"日";[$-ja-JP]"令和元年"m"月"d"日"';
    expect(await shownAs(code, serial('2019-04-30'))).toBe('平成31年4月30日');
    expect(await shownAs(code, serial('2019-12-31'))).toBe('令和元年12月31日');
    expect(await shownAs(code, serial('2020-01-01'))).toBe('令和2年1月1日');
  });

  test('days of a week, and a time of day', async () => {
    for (const [index, weekday] of [...'日月火水木金土'].entries()) {
      expect(await shownAs('aaa', serial('2024-03-31') + index)).toBe(weekday);
    }
    expect(await shownAs('[$-411]ge.m.d h:mm:ss.00', april + 0.5)).toBe('R6.4.1 12:00:00.00');
    expect(await shownAs('[$-F400]h:mm:ss\\ AM/PM', april + 0.75)).toBe('18:00:00');
  });

  test('what is no date is shown as before', async () => {
    expect(await shownAs('ggge"年"', -1)).toBe('');
    expect(await shownAs('ggge"年";"以前"', -1)).toBe('以前');
    expect(await shownAs('ggge"年', april)).toBe(String(april));
    expect(await shownAs('0.00E+00', 1234)).toBe('1.23E+03');
    expect(await shownAs('#,##0円', 5_000_000)).toBe('5,000,000円');
    expect(await shownAs('[$¥-411]#,##0.00', 1234)).toBe('¥1,234.00');
    expect(await shownAs('General', 1.5)).toBe('1.5');
    expect(await shownAs('[DBNum1]General', 1234)).toBe('1234');
    expect(await shownAs(`ggge"${'年'.repeat(255)}"`, april)).not.toContain('令和');
  });

  test.each([
    ['General"件"', 41, '41件'],
    ['G/標準"件"', 1.5, '1.5件'],
    ['General"円"', 56000, '56000円'],
    ['0.00', 1.255, '1.26'],
    ['0.00', 10.075, '10.08'],
    ['0', -1234.5, '-1235'],
    ['#,##0,"千円"', 74_911_000, '74,911千円'],
    ['0.0"%"', 62.5, '62.5%'],
    ['#,##0;"▲"#,##0', -1200, '▲1,200'],
    ['[>=1000]#,##0"人";0"名"', 999, '999名'],
    ['# ?/?', 1.5, '1 1/2'],
    ['# ??/??', 99.95, '99.95'],
    ['yyyy/m', april, '2024/4'],
  ])('a number as %s', async (code, value, text) => {
    expect(await shownAs(code, value)).toBe(text);
  });

  test('a locale is no dollar sign', async () => {
    expect(await shownAs('[$-411]#,##0', 1234)).toBe('1,234');
    expect(await shownAs('[DBNum3][$-411]0', 1234)).toBe('1234');
    expect(await shownAs('[$-411]ggge"年";[$-411]"未定";[$-411]"未定"', 0)).toBe('未定');
  });

  test('days of a workbook that counts from 1904', async () => {
    const parts = xlsxParts([{ name: '部', data: `<row r="1">${numberCell(april - 1462)}</row>` }], {
      styles: stylesOf('[$-411]ggge"年"m"月"d"日"(aaa)', [164]),
    });
    const book = new TextDecoder().decode(parts['xl/workbook.xml']);
    const from1904 = {
      ...parts,
      'xl/workbook.xml': strToU8(book.replace('<sheets>', '<workbookPr date1904="1"/><sheets>')),
    };
    expect(await shownIn(zipSync(from1904))).toBe('令和6年4月1日(月)');
  });
});

describe('formats that a Japanese Excel saves by their number', () => {
  test.each([
    [14, april, '2024/4/1'],
    [22, april + 0.5, '2024/4/1 12:00'],
    [27, april, 'R6.4.1'],
    [28, april, '令和6年4月1日'],
    [29, april, '令和6年4月1日'],
    [30, april, '4/1/24'],
    [31, april, '2024年4月1日'],
    [32, april + 0.385, '9時14分'],
    [33, april + 0.385, '9時14分24秒'],
    [34, april, '2024年4月'],
    [35, april, '4月1日'],
    [36, april, 'R6.4.1'],
    [37, -1234, '-1,234'],
    [38, 1234, '1,234'],
    [38, -1234, '-1,234'],
    [39, -1234.5, '-1,234.50'],
    [40, -1234.5, '-1,234.50'],
    [50, april, 'R6.4.1'],
    [51, april, '令和6年4月1日'],
    [52, april, '2024年4月'],
    [53, april, '4月1日'],
    [54, april, '令和6年4月1日'],
    [55, april, '2024年4月'],
    [56, april, '4月1日'],
    [57, april, 'R6.4.1'],
    [58, april, '令和6年4月1日'],
  ])('%d', async (id, value, text) => {
    const xfs = `<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs>`;
    expect(await shown(numberCell(value), xfs)).toBe(text);
    expect(await shown(numberCell(value), `<numFmts count="0"/>${xfs}`)).toBe(text);
    expect(await shown(numberCell(value), stylesOf('0.0', [id]))).toBe(text);
  });

  test('with the prefix of another writer', async () => {
    const parts = xlsxParts([{ name: '部', data: `<row r="1">${numberCell(april)}</row>` }]);
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const styles = `<x:styleSheet xmlns:x="${main}"><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="28"/></x:cellXfs></x:styleSheet>`;
    expect(await shownIn(zipSync({ ...parts, 'xl/styles.xml': strToU8(styles) }))).toBe('令和6年4月1日');
  });

  test('what the file says of such a number itself is in force', async () => {
    const styles =
      '<numFmts count="1"><numFmt numFmtId="28" formatCode="yyyy&quot;年度&quot;"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="28"/></cellXfs>';
    expect(await shown(numberCell(april), styles)).toBe('2024年度');
  });
});

describe('texts with a format', () => {
  test.each([
    [';;;', '秘密', ''],
    ['@"様"', '田中', '田中様'],
    ['"第"@"号"', '3', '第3号'],
    ['@"様"', '0', '0様'],
    ['0;-0;0;@"様"', '田中', '田中様'],
    ['@@', '田中', '田中田中'],
    ['@', '田中', '田中'],
    ['General', '田中', '田中'],
    ['0;0;0;General', '田中', '田中'],
    ['0.00', '田中', '田中'],
    ['[$-411]ggge"年";@', '田中', '田中'],
    ['"a@b"', '田中', '田中'],
    ['_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', '田中', '田中'],
    ['[Red]@\\!', '田中', '田中!'],
    ['0;0;0;0', '田中', '田中'],
  ])('%s', async (code, text, expected) => {
    expect(await shown(textCell(text), stylesOf(code, [164]))).toBe(expected);
  });

  test('a number with a format for texts stays a number, and ;;; hides it', async () => {
    expect(await shownAs('@"様"', 5)).toBe('5');
    expect(await shownAs(';;;', 5)).toBe('');
  });
});

test('a year that is a date in the form 令和6年度 is the fiscal year of the site', async () => {
  const sheets = Object.entries(soundTabs).map(([name, rows]) => ({
    name,
    data: rows
      .map((cells: readonly string[], row) => {
        const written = cells.map((text, column) => {
          const r = cellAddress(row, column);
          if (text === '令和6年度') return `<c r="${r}" s="1"><v>${april}</v></c>`;
          return text === '' ? '' : `<c r="${r}" t="inlineStr"><is><t>${text}</t></is></c>`;
        });
        return `<row r="${row + 1}">${written.join('')}</row>`;
      })
      .join(''),
  }));
  const file = path.join(await temporaryFolder(), 'formats.xlsx');
  await writeFile(file, xlsxOf(sheets, { styles: stylesOf('[$-411]ggge"年度"', [164]) }));
  const read = await workbookFileSource(file).read();
  if (!read.ok) throw new Error(read.failure.message);
  const inspection = inspect(read.workbook, new Date('2025-04-01T00:00:00Z'));
  expect(inspection).toMatchObject({ kind: 'usable', sheet: { settings: { fiscalYear: 2024 } }, findings: [] });
});
