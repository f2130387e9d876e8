import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { wideZip } from '../../support/wide-zip.ts';
import { xlsxParts } from '../../support/xlsx.ts';

/** The same workbook as many programs write it. */

type Parts = Record<string, Uint8Array>;

const sheetPart = 'xl/worksheets/sheet1.xml';
const relations =
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.jp/?a=1&amp;b=2" TargetMode="External"/>';

const plain: Parts = xlsxParts(
  [
    {
      name: '部',
      data: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45748</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c></row>',
      after:
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells><hyperlinks><hyperlink ref="A3" r:id="rId1"/></hyperlinks>',
      relations,
    },
  ],
  {
    sharedStrings:
      '<si><t>𠮷田</t></si><si><t>神山</t><rPh sb="0" eb="2"><t>カミヤマ</t></rPh><phoneticPr fontId="1"/></si>',
    styles:
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
  },
);

const changed = (change: (xml: string, name: string) => string | Uint8Array): Parts =>
  Object.fromEntries(
    Object.entries(plain).map(([name, bytes]) => {
      const xml = change(strFromU8(bytes), name);
      return [name, typeof xml === 'string' ? strToU8(xml) : xml];
    }),
  );

const replaced = (part: string, ...pairs: [string | RegExp, string][]): Parts =>
  changed((xml, name) => (name === part ? pairs.reduce((text, [from, to]) => text.replaceAll(from, to), xml) : xml));

const renamed = (parts: Parts, rename: (name: string) => string): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [rename(name), bytes]));

/** UTF-16 as a part may be in it too. */
const utf16 = (xml: string, mark: boolean, big: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + xml.replace('UTF-8', 'UTF-16'), 'utf16le');
  return Uint8Array.from(big ? bytes.swap16() : bytes);
};

/** Numeric references for all that is not ASCII, as openpyxl 3.0 writes them; beyond the BMP one for a whole character. */
const references = (xml: string, base: 10 | 16): string =>
  xml.replace(/[^\0-\x7f]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return base === 10 ? `&#${code};` : `&#x${code.toString(16)};`;
  });

/** The elements of the main namespace with a prefix of their own. */
const prefixed = (xml: string): string =>
  xml
    .replace(/<(\/?)([a-z])/giu, '<$1x:$2')
    .replace(/ xmlns="/u, ' xmlns:x="')
    .replace(/<x:\?/u, '<?');

const strict = (xml: string): string =>
  xml
    .replaceAll(
      'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
      'http://purl.oclc.org/ooxml/spreadsheetml/main',
    )
    .replaceAll(
      'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      'http://purl.oclc.org/ooxml/officeDocument/relationships',
    );

const read = async (bytes: Uint8Array) => {
  const parsed = await parseWorkbookFile(bytes, 'test.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.workbook;
};

test('what all of them say', async () => {
  const { sheets } = await read(zipSync(plain));
  expect(sheets).toMatchObject([{ name: '部', rows: [['𠮷田', '2025年'], [], ['神山']] }]);
  expect(sheets[0]?.merges).toEqual([{ top: 0, left: 0, bottom: 1, right: 0 }]);
  expect(sheets[0]?.links).toEqual(new Map([['A3', 'https://example.jp/?a=1&b=2']]));
});

test.each<[string, Parts]>([
  ['the strict form', changed(strict)],
  ['numeric references', changed((xml) => references(xml, 10))],
  ['hexadecimal references', changed((xml) => references(xml, 16))],
  ['UTF-16', changed((xml) => utf16(xml, true, false))],
  ['UTF-16, the other way round', changed((xml) => utf16(xml, true, true))],
  ['UTF-16 without a mark', changed((xml) => utf16(xml, false, false))],
  ['a mark before UTF-8', changed((xml) => `\ufeff${xml}`)],
  ['UTF-8 that says that it is UTF-16', changed((xml) => xml.replace('UTF-8', 'utf-16'))],
  ['no declaration', changed((xml) => xml.replace(/^<\?xml[^>]*\?>/u, ''))],
  ['prefixes', changed((xml, name) => (name.includes('rels') || name.includes('Types') ? xml : prefixed(xml)))],
  [
    'another prefix for relations',
    changed((xml) => xml.replaceAll('r:id=', 'rel:id=').replaceAll('xmlns:r=', 'xmlns:rel=')),
  ],
  ['line breaks within tags', changed((xml) => xml.replaceAll(' r="', '\n\tr = "').replaceAll(' t="', '\r\n  t="'))],
  ['single quotes', changed((xml) => xml.replace(/="([^"']*)"/gu, "='$1'"))],
  ['comments and instructions', changed((xml) => `${xml.replaceAll('<v>', '<!-- <v>9</v> --><v>')}<?end?>`)],
  ['CDATA', replaced('xl/sharedStrings.xml', ['<t>𠮷田</t>', '<t><![CDATA[𠮷]]>田</t>'])],
  [
    'cells and rows that do not say where they are',
    replaced(sheetPart, [' r="A1"', ''], [' r="B1"', ''], ['<row r="1">', '<row>']),
  ],
  ['dollar signs and small letters', replaced(sheetPart, ['ref="A1:A2"', 'ref="$a$1:$A$2"'])],
  [
    'what newer programs add',
    replaced(sheetPart, [
      '</worksheet>',
      '<extLst><ext uri="{1}"><x14:sparklines xmlns:x14="u"><row r="1"><c r="A1"><v>9</v></c></row></x14:sparklines></ext></extLst></worksheet>',
    ]),
  ],
  ['targets from the root', replaced('xl/_rels/workbook.xml.rels', ['Target="', 'Target="/xl/'])],
  ['targets with the other slash', replaced('xl/_rels/workbook.xml.rels', ['worksheets/', 'worksheets\\'])],
  ['targets with dots', replaced('xl/_rels/workbook.xml.rels', ['Target="', 'Target="./x/../'])],
  ['names with the other slash', renamed(plain, (name) => name.replaceAll('/', '\\'))],
  ['names in capitals', renamed(plain, (name) => (name.startsWith('xl/w') ? name.toUpperCase() : name))],
  [
    'a workbook somewhere else',
    renamed(
      changed((xml) => xml.replace('"xl/workbook', '"book/workbook')),
      (name) => name.replace(/^xl\//u, 'book/'),
    ),
  ],
  [
    'macros',
    {
      ...replaced('[Content_Types].xml', ['spreadsheetml.sheet.main', 'vnd.ms-excel.sheet.macroEnabled.main']),
      'xl/vbaProject.bin': Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]),
    },
  ],
  ['no list of types', Object.fromEntries(Object.entries(plain).filter(([name]) => !name.includes('Types')))],
])('%s', async (_, parts) => {
  expect(await read(zipSync(parts))).toEqual(await read(zipSync(plain)));
});

describe('the file around the parts', () => {
  test.each<[string, () => Uint8Array]>([
    ['stored', () => zipSync(plain, { level: 0 })],
    ['sizes of 64 bits', () => wideZip(plain)],
    ['sizes behind the content', () => wideZip(plain, { later: true })],
    ['something behind its end', () => Uint8Array.from([...zipSync(plain), 0, 0, 0, 13, 10])],
  ])('%s', async (_, make) => {
    expect(await read(make())).toEqual(await read(zipSync(plain)));
  });
});

describe('what is damaged, however little', () => {
  const codeOf = async (parts: Parts) => {
    const parsed = await parseWorkbookFile(zipSync(parts), 'test.xlsx');
    return parsed.ok ? 'ok' : parsed.failure.code;
  };

  test.each<[string, Parts]>([
    ['a sheet that ends in the middle', changed((xml, name) => (name === sheetPart ? xml.slice(0, -30) : xml))],
    ['tags that cross', replaced(sheetPart, ['</c></row>', '</row></c>'])],
    ['an entity that there is not', replaced('xl/sharedStrings.xml', ['神', '&kami;'])],
    ['a list of entities', replaced('xl/sharedStrings.xml', ['<sst', '<!DOCTYPE sst [<!ENTITY a "b">]><sst'])],
    [
      'bytes that are no UTF-8',
      changed((xml, name) => (name.includes('Strings') ? Uint8Array.from([...strToU8(xml), 0xff]) : xml)),
    ],
    ['a text that is not there', replaced(sheetPart, ['<v>1</v>', '<v>7</v>'])],
    ['a row beyond the last', replaced(sheetPart, ['r="3"', 'r="100000000"'], ['A3', 'A100000000'])],
    ['a column beyond the last', replaced(sheetPart, ['r="B1"', 'r="XFE1"'])],
    ['a cell that is nowhere', replaced(sheetPart, ['r="B1"', 'r="あ"'])],
    ['a tab whose part is gone', Object.fromEntries(Object.entries(plain).filter(([name]) => name !== sheetPart))],
    ['a tab that is something else', replaced(sheetPart, ['worksheet', 'workshop'])],
    ['an empty part', changed((xml, name) => (name === sheetPart ? '' : xml))],
  ])('%s', async (_, parts) => {
    expect(await codeOf(parts)).toBe('source-damaged');
  });
});
