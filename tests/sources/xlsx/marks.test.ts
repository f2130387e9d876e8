import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { xlsxOf, xlsxParts } from '../../support/xlsx.ts';

/** What a program keeps of a cell, a row or a tab and does not show as text. */

async function sheetsOf(bytes: Uint8Array) {
  const parsed = await parseWorkbookFile(bytes, 'test.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.workbook.sheets;
}

async function sheetOf(...args: Parameters<typeof xlsxOf>) {
  const [sheet] = await sheetsOf(xlsxOf(...args));
  if (sheet === undefined) throw new Error('The workbook has no sheet.');
  return sheet;
}

const row = (cells: string, number = 1, attributes = '') => `<row r="${number}"${attributes}>${cells}</row>`;
const inline = (address: string, xml: string, style = 0) =>
  `<c r="${address}" s="${style}" t="inlineStr"><is>${xml}</is></c>`;
const run = (text: string, look = '') => `<r>${look === '' ? '' : `<rPr>${look}</rPr>`}<t>${text}</t></r>`;

/** Style 1 is struck out as a whole, 2 says that it is not, 3 is a date. */
const styles =
  '<fonts count="3"><font/><font><strike/><sz val="11"/></font><font><strike val="0"/></font></fonts><cellXfs count="4"><xf/><xf fontId="1"/><xf fontId="2"/><xf numFmtId="14"/></cellXfs>';

describe('what is struck out', () => {
  test.each([
    ['a stretch', inline('A1', run('1割', '<strike/>') + run('2割減らします')), '2割減らします', '1割'],
    ['by a word', inline('A1', run('旧', '<b/><strike val="true"/>') + run('新', '<b/>')), '新', '旧'],
    ['a stretch that says that it is not', inline('A1', run('新', '<strike val="0"/>')), '新', undefined],
    ['a whole cell', inline('A1', '<t>旧</t>', 1), '', '旧'],
    ['a whole cell with a look of its own', inline('A1', '<t>新</t>', 2), '新', undefined],
    ['a stretch without a look in a cell that is', inline('A1', run('旧') + run('新', '<b/>'), 1), '新', '旧'],
    ['all stretches', inline('A1', run('旧', '<strike/>') + run('文', '<strike/>')), '', '旧文'],
    ['a number', '<c r="A1" s="1"><v>41</v></c>', '', '41'],
    ['the result of a formula', '<c r="A1" s="1" t="str"><f>B1</f><v>旧</v></c>', '', '旧'],
    ['a space alone, which says nothing', inline('A1', run(' ', '<strike/>') + run('新')), '新', undefined],
    ['text shared by cells', '<c r="A1" t="s"><v>0</v></c>', '新', '旧'],
    ['text shared by cells, of which this one is', '<c r="A1" s="1" t="s"><v>1</v></c>', '', '共有'],
  ])('%s', async (_, cell, text, struck) => {
    const sharedStrings = `<si>${run('旧', '<strike/>')}${run('新')}</si><si><t>共有</t></si>`;
    const sheet = await sheetOf([{ name: '部', data: row(cell) }], { styles, sharedStrings });
    expect(sheet.rows).toEqual([[text]]);
    expect(sheet.marks).toEqual(struck === undefined ? undefined : new Map([['A1', { struck }]]));
  });
});

describe('a value that is not there', () => {
  test.each([
    ['a formula as openpyxl writes it', '<c r="A1"><f>B1</f><v></v></c>', 'no-result'],
    ['a formula alone', '<c r="A1"><f>B1</f></c>', 'no-result'],
    ['a formula that shares another', '<c r="A1"><f t="shared" si="0"/></c>', 'no-result'],
    ['what Google saves meanwhile', '<c r="A1" t="str"><f>IMPORTRANGE("a","b")</f><v>Loading...</v></c>', 'loading'],
    ['its text alone', inline('A1', '<t>Loading...</t>'), 'loading'],
    ['what Excel is fetching', '<c r="A1" t="e"><f>A2</f><v>#GETTING_DATA</v></c>', 'loading'],
  ])('%s', async (_, cell, pending) => {
    const sheet = await sheetOf([{ name: '部', data: row(cell) }]);
    expect(sheet.rows).toEqual([['']]);
    expect(sheet.marks).toEqual(new Map([['A1', { pending }]]));
  });

  test.each([
    ['a formula that gives the empty text', '<c r="A1" t="str"><f>""</f><v></v></c>', ''],
    ['a formula that gives 0', '<c r="A1"><f>0</f><v>0</v></c>', '0'],
    ['a text about loading', inline('A1', '<t>Loading... を直す</t>'), 'Loading... を直す'],
  ])('but is: %s', async (_, cell, text) => {
    const sheet = await sheetOf([{ name: '部', data: row(cell) }]);
    expect(sheet).toMatchObject({ rows: [[text]] });
    expect(sheet.marks).toBeUndefined();
  });
});

describe('dates', () => {
  const formatted = (code: string) =>
    `<numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`;

  test.each([
    ['yyyy/m/d', '2024', '1905/7/16', '1905-07-16'],
    ['[$-411]ggge&quot;年&quot;', '45748', '令和7年', '2025-04-01'],
    ['m&quot;月&quot;', '45748', '4月', '2025-04-01'],
  ])('%s keeps the number behind the day', async (code, number, text, iso) => {
    const sheet = await sheetOf([{ name: '部', data: row(`<c r="A1" s="1"><v>${number}</v></c>`) }], {
      styles: formatted(code),
    });
    expect(sheet.rows).toEqual([[text]]);
    expect(sheet.marks).toEqual(new Map([['A1', { date: { iso, number } }]]));
  });

  test.each([
    ['h:mm', '0.5'],
    ['mm:ss', '0.5'],
    ['#,##0', '2024'],
    ['&quot;day&quot;0', '2024'],
  ])('%s shows no day', async (code, number) => {
    const sheet = await sheetOf([{ name: '部', data: row(`<c r="A1" s="1"><v>${number}</v></c>`) }], {
      styles: formatted(code),
    });
    expect(sheet.marks).toBeUndefined();
  });

  test('as the strict form writes them', async () => {
    const data = row(
      '<c r="A1" t="d"><v>2025-04-01</v></c><c r="B1" s="3" t="d"><v>2025-04-01T00:00:00</v></c><c r="C1" s="3"><v>1</v></c>',
    );
    const sheet = await sheetOf([{ name: '部', data }], { styles });
    expect(sheet.rows).toEqual([['2025/4/1', '2025/4/1', '1900/1/1']]);
    expect(sheet.marks?.get('B1')).toEqual({ date: { iso: '2025-04-01', number: '45748' } });
  });
});

describe('what is hidden', () => {
  const rows = [1, 2, 3, 4, 5].map((number) =>
    row(inline(`A${number}`, `<t>${number}</t>`), number, number === 2 || number === 4 ? ' hidden="1"' : ''),
  );
  const filter =
    '<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>';

  test('rows by hand', async () => {
    const sheet = await sheetOf([{ name: '部', data: rows.join('') }]);
    expect(sheet.hiddenRows).toEqual(
      new Map([
        [1, 'hand'],
        [3, 'hand'],
      ]),
    );
  });

  test('rows by a filter, and by hand below it', async () => {
    const sheet = await sheetOf([{ name: '部', data: rows.join(''), after: filter }]);
    expect(sheet.hiddenRows).toEqual(
      new Map([
        [1, 'filter'],
        [3, 'hand'],
      ]),
    );
  });

  test('a filter that is not set hides nothing', async () => {
    const sheet = await sheetOf([{ name: '部', data: rows.join(''), after: '<autoFilter ref="A1:A5"/>' }]);
    expect(sheet.hiddenRows).toEqual(
      new Map([
        [1, 'hand'],
        [3, 'hand'],
      ]),
    );
  });

  test('rows by the filter of a table', async () => {
    const parts = xlsxParts([
      {
        name: '部',
        data: rows.join(''),
        after: '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        relations:
          '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/>',
      },
    ]);
    const table = strToU8(
      `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="t" displayName="t" ref="A1:A5">${filter.replace('A3', 'A5')}</table>`,
    );
    const [sheet] = await sheetsOf(zipSync({ ...parts, 'xl/tables/table1.xml': table }));
    expect(sheet?.hiddenRows).toEqual(
      new Map([
        [1, 'filter'],
        [3, 'filter'],
      ]),
    );
  });

  test('rows below the last one that says something are not spoken of', async () => {
    const sheet = await sheetOf([{ name: '部', data: `${rows.slice(0, 1).join('')}<row r="9" hidden="1"/>` }]);
    expect(sheet.hiddenRows).toBeUndefined();
  });

  test('tabs', async () => {
    const parts = xlsxParts([
      { name: '部', data: '' },
      { name: '目標', data: '' },
    ]);
    const book = new TextDecoder()
      .decode(parts['xl/workbook.xml'])
      .replace('name="部"', 'name="部" state="veryHidden"');
    const sheets = await sheetsOf(zipSync({ ...parts, 'xl/workbook.xml': strToU8(book) }));
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['部', true],
      ['目標', undefined],
    ]);
  });

  test('zeros, where the sheet is told not to show them', async () => {
    const parts = xlsxParts([{ name: '部', data: row('<c r="A1"><v>0</v></c><c r="B1"><v>0.1</v></c>') }]);
    const part = 'xl/worksheets/sheet1.xml';
    const xml = new TextDecoder()
      .decode(parts[part])
      .replace('<sheetData>', '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews><sheetData>');
    const [sheet] = await sheetsOf(zipSync({ ...parts, [part]: strToU8(xml) }));
    expect(sheet?.rows).toEqual([['', '0.1']]);
  });
});

describe('links', () => {
  const relations =
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.jp/a" TargetMode="External"/>';
  const data =
    row(`${inline('A1', '<t>あ</t>')}<c r="B1"/>${inline('C1', '<t>い</t>')}`) + row(inline('A2', '<t>う</t>'), 2);

  test.each([
    ['a cell', '<hyperlink ref="A1" r:id="rId1"/>', [['A1', 'https://example.jp/a']]],
    [
      'a whole column',
      '<hyperlink ref="A1:A1048576" r:id="rId1"/>',
      [
        ['A1', 'https://example.jp/a'],
        ['A2', 'https://example.jp/a'],
      ],
    ],
    [
      'a whole sheet',
      '<hyperlink ref="A1:XFD1048576" r:id="rId1"/>',
      [
        ['A1', 'https://example.jp/a'],
        ['C1', 'https://example.jp/a'],
        ['A2', 'https://example.jp/a'],
      ],
    ],
    ['a place in the page', '<hyperlink ref="A1" r:id="rId1" location="b"/>', [['A1', 'https://example.jp/a#b']]],
    ['a cell of the workbook', '<hyperlink ref="C1" location="設定!A1"/>', [['C1', '#設定!A1']]],
    ['a name that leads nowhere', '<hyperlink ref="A1" r:id="rId9"/>', []],
  ])('on %s', async (_, xml, expected) => {
    const sheet = await sheetOf([{ name: '部', data, after: `<hyperlinks>${xml}</hyperlinks>`, relations }]);
    expect([...sheet.links]).toEqual(expected);
  });

  test('by a formula, where the address is written out', async () => {
    const formula = (address: string, text: string) => `<c r="${address}" t="str"><f>${text}</f><v>市</v></c>`;
    const cells =
      formula('A1', 'HYPERLINK("https://example.jp/?a=""b""","市")') + formula('B1', 'HYPERLINK(C1&amp;"x","市")');
    const sheet = await sheetOf([{ name: '部', data: row(cells) }]);
    expect([...sheet.links]).toEqual([['A1', 'https://example.jp/?a="b"']]);
  });
});

describe('pictures', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relationsXml = (...list: string[]) =>
    strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`,
    );

  test('over the sheet, by the cell of their corner', async () => {
    const parts = xlsxParts([
      {
        name: '部',
        data: row(inline('A1', '<t>部名</t>')),
        after: '<drawing r:id="rId1"/>',
        relations: `<Relationship Id="rId1" Type="${office}/drawing" Target="../drawings/drawing1.xml"/>`,
      },
    ]);
    const anchor = (column: number, rowIndex: number, relation: string) =>
      `<xdr:twoCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>7</xdr:colOff><xdr:row>${rowIndex}</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:pic><xdr:blipFill><a:blip r:embed="${relation}"/></xdr:blipFill></xdr:pic></xdr:twoCellAnchor>`;
    const [sheet] = await sheetsOf(
      zipSync({
        ...parts,
        'xl/drawings/drawing1.xml': strToU8(
          `<xdr:wsDr xmlns:xdr="d" xmlns:a="a" xmlns:r="r">${anchor(7, 1, 'rId1')}${anchor(7, 2, 'rId2')}</xdr:wsDr>`,
        ),
        'xl/drawings/_rels/drawing1.xml.rels': relationsXml(
          `<Relationship Id="rId1" Type="${office}/image" Target="../media/image1.png"/>`,
          `<Relationship Id="rId2" Type="${office}/image" Target="../media/gone.png"/>`,
        ),
        'xl/media/image1.png': png,
      }),
    );
    expect(sheet?.pictures).toMatchObject([{ row: 1, column: 7 }]);
    expect(sheet?.pictures?.[0]?.bytes()).toEqual(png);
  });

  const inCell = (structure: string) => {
    const parts = xlsxParts([{ name: '部', data: row('<c r="H1" t="e" vm="1"><v>#VALUE!</v></c>') }]);
    const book = new TextDecoder().decode(parts['xl/_rels/workbook.xml.rels']);
    const microsoft = 'http://schemas.microsoft.com/office';
    const more = [
      `<Relationship Id="m1" Type="${office}/sheetMetadata" Target="metadata.xml"/>`,
      `<Relationship Id="m2" Type="${microsoft}/2017/06/relationships/rdRichValue" Target="richData/rdrichvalue.xml"/>`,
      `<Relationship Id="m3" Type="${microsoft}/2017/06/relationships/rdRichValueStructure" Target="richData/rdrichvaluestructure.xml"/>`,
      `<Relationship Id="m4" Type="${microsoft}/2022/10/relationships/richValueRel" Target="richData/richValueRel.xml"/>`,
    ].join('');
    return {
      ...parts,
      'xl/_rels/workbook.xml.rels': strToU8(book.replace('</Relationships>', `${more}</Relationships>`)),
      'xl/metadata.xml': strToU8(
        '<metadata xmlns:xlrd="x"><metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext uri="u"><xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata><valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
      ),
      'xl/richData/rdrichvaluestructure.xml': strToU8(
        `<rvStructures count="1"><s t="${structure}"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s></rvStructures>`,
      ),
      'xl/richData/rdrichvalue.xml': strToU8('<rvData count="1"><rv s="0"><v>0</v><v>5</v></rv></rvData>'),
      'xl/richData/richValueRel.xml': strToU8('<richValueRels xmlns:r="r"><rel r:id="rId1"/></richValueRels>'),
      'xl/richData/_rels/richValueRel.xml.rels': relationsXml(
        `<Relationship Id="rId1" Type="${office}/image" Target="../media/image1.png"/>`,
      ),
      'xl/media/image1.png': png,
    };
  };

  test('placed in a cell, which is no error then', async () => {
    const [sheet] = await sheetsOf(zipSync(inCell('_localImage')));
    expect(sheet?.rows.flat().join('')).toBe('');
    expect(sheet?.pictures).toMatchObject([{ row: 0, column: 7 }]);
    expect(sheet?.pictures?.[0]?.bytes()).toEqual(png);
  });

  test('but a value that failed is one', async () => {
    const [sheet] = await sheetsOf(zipSync(inCell('_error')));
    expect(sheet?.rows[0]?.[7]).toBe('#VALUE!');
    expect(sheet?.pictures).toBeUndefined();
  });

  test('one that is damaged makes the file so', async () => {
    const bytes = zipSync({ ...inCell('_localImage'), 'xl/media/image1.png': [png, { level: 0 }] });
    const at = Buffer.from(bytes).indexOf(Buffer.from(png));
    bytes[at + 5] = 0;
    expect(await parseWorkbookFile(bytes, 'test.xlsx')).toMatchObject({
      ok: false,
      failure: { code: 'source-damaged' },
    });
  });
});
