import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../lib/sources/xlsx/limits.ts';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { xlsxOf, xlsxParts } from '../../support/xlsx.ts';

async function sheetOf(bytes: Uint8Array) {
  const parsed = await parseWorkbookFile(bytes, 'test.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const [sheet] = parsed.workbook.sheets;
  if (sheet === undefined) throw new Error('The workbook has no sheet.');
  return sheet;
}

const cell = (xml: string) => [{ name: '部', data: `<row r="1">${xml}</row>` }];

describe('what a person sees in the cell', () => {
  test.each([
    ['shared text', '<c r="A1" t="s"><v>0</v></c>', '共有の文'],
    ['rich text', '<c r="A1" t="s"><v>1</v></c>', '太字と普通の字'],
    ['text with furigana, which is not part of it', '<c r="A1" t="s"><v>2</v></c>', '神山'],
    ['inline text', '<c r="A1" t="inlineStr"><is><t>直接の文</t></is></c>', '直接の文'],
    ['spaces at the ends', '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 文 </t></is></c>', ' 文 '],
    ['line breaks', '<c r="A1" t="inlineStr"><is><t>一行目\n二行目</t></is></c>', '一行目\n二行目'],
    ['an escaped control', '<c r="A1" t="inlineStr"><is><t>一_x000D_\n二</t></is></c>', '一\n二'],
    ['a number', '<c r="A1"><v>1</v></c>', '1'],
    ['a number as decimals show it', '<c r="A1" s="1"><v>0.256</v></c>', '25.6%'],
    ['a built-in date, in the order of the country', '<c r="A1" s="2"><v>45748</v></c>', '2025/4/1'],
    ['a date in the form of its own', '<c r="A1" s="3"><v>45748</v></c>', '2025年4月1日'],
    ['a formula that gives text', '<c r="A1" t="str"><f>B1&amp;"部"</f><v>総務部</v></c>', '総務部'],
    ['a formula that gives a number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['a formula that failed', '<c r="A1" t="e"><f>B1</f><v>#REF!</v></c>', '#REF!'],
    ['a formula that found nothing', '<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>', '#N/A'],
    ['a tick', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['no tick', '<c r="A1" t="b"><v>0</v></c>', 'FALSE'],
    ['markup as text', '<c r="A1" t="inlineStr"><is><t>&lt;b&gt;A&amp;B&lt;/b&gt;</t></is></c>', '<b>A&B</b>'],
    ['a rare character', '<c r="A1" t="inlineStr"><is><t>𠮷野と葛󠄀城</t></is></c>', '𠮷野と葛󠄀城'],
  ])('%s', async (_, xml, shown) => {
    const bytes = xlsxOf(cell(xml), {
      sharedStrings:
        '<si><t>共有の文</t></si><si><r><rPr><b/></rPr><t>太字</t></r><r><t>と普通の字</t></r></si><si><t>神山</t><rPh sb="0" eb="2"><t>カミヤマ</t></rPh></si>',
      styles:
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'.replace(
          '<numFmts count="1">',
          '<numFmts count="2"><numFmt numFmtId="165" formatCode="0.0%"/>',
        ),
    });
    expect((await sheetOf(bytes)).rows).toEqual([[shown]]);
  });

  test('merges, links, empty rows and the cells between', async () => {
    const bytes = xlsxOf([
      {
        name: '目標',
        data: '<row r="2"><c r="C2" t="inlineStr"><is><t>文</t></is></c></row><row r="4"><c r="A4"><v>4</v></c></row>',
        after:
          '<mergeCells count="1"><mergeCell ref="C2:D3"/></mergeCells><hyperlinks><hyperlink ref="C2" r:id="rId1"/></hyperlinks>',
        relations:
          '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.com/a" TargetMode="External"/>',
      },
    ]);
    const sheet = await sheetOf(bytes);
    expect(sheet.rows).toEqual([[], ['', '', '文'], [], ['4']]);
    expect(sheet.merges).toEqual([{ top: 1, left: 2, bottom: 2, right: 3 }]);
    expect([...sheet.links]).toEqual([['C2', 'https://example.com/a']]);
  });
});

describe('what is no workbook', () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const parsed = await parseWorkbookFile(bytes, 'test.xlsx');
    return parsed.ok ? 'ok' : parsed.failure.code;
  };

  test.each([
    ['an empty file', new Uint8Array(), 'source-not-workbook'],
    ['text', strToU8('部名,部長名'), 'source-not-workbook'],
    ['an encrypted or old file', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'source-encrypted'],
    ['a zip of something else', zipSync({ 'a.txt': strToU8('a') }), 'source-not-workbook'],
    ['half a workbook', xlsxOf(cell('<c r="A1"><v>1</v></c>')).subarray(0, 700), 'source-damaged'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  test('a damaged part is refused, and not read in part', async () => {
    const parts = xlsxParts(cell('<c r="A1"><v>1</v></c>'));
    delete parts['xl/workbook.xml'];
    expect(await codeOf(zipSync(parts))).toBe('source-not-workbook');
  });

  test('a bomb is refused without being unpacked', async () => {
    const parts = xlsxParts(cell('<c r="A1"><v>1</v></c>'));
    const bomb = zipSync({ ...parts, 'xl/sharedStrings.xml': new Uint8Array(limits.partBytes + 1) });
    expect(bomb.byteLength).toBeLessThan(1024 * 1024);
    expect(await codeOf(bomb)).toBe('source-too-large');
    const beside = zipSync({ ...parts, 'xl/media/a.bin': new Uint8Array(limits.partBytes + 1) });
    expect(await codeOf(beside)).toBe('ok');
  });

  test('a bomb that lies about its size is cut where it lies', async () => {
    const name = 'xl/sharedStrings.xml';
    const parts = xlsxParts(cell('<c r="A1" t="inlineStr"><is><t>文</t></is></c>'));
    const honest = zipSync({ ...parts, [name]: new Uint8Array(50 * 1024 * 1024) });
    const lying = Uint8Array.from(honest);
    // The size in the central directory stands 22 bytes before the name.
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 46; at += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) continue;
      const entry = new TextDecoder().decode(lying.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
      if (entry === name) view.setUint32(at + 24, 16, true);
    }
    const before = process.memoryUsage().arrayBuffers;
    await codeOf(lying);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });

  test('more cells than a sheet of goals can have are refused', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`);
    expect(await codeOf(xlsxOf([{ name: '部', data: rows.join('') }]))).toBe('source-too-large');
  });
});
