import { strToU8, zipSync } from 'fflate';
import { xlsxParts } from './xlsx.ts';

/** A file that is small, or says little, and costs a reader that does not count much time or memory. */
export interface HostileWorkbook {
  readonly name: string;
  readonly make: () => Uint8Array;
  /** The code of the refusal; null where the file says nothing bad, and is read. */
  readonly refused: 'source-too-large' | 'source-damaged' | null;
}

const inline = (address: string, text: string) => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;
const header = `<row r="1">${inline('A1', '部名')}${inline('B1', '目標')}</row>`;
const relations =
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.jp/" TargetMode="External"/>';
const times = (count: number, xml: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => xml(index)).join('');

interface Goals {
  readonly data?: string;
  readonly after?: string;
  readonly styles?: string;
  readonly sharedStrings?: string;
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** A workbook with a tab 目標; `parts` are put in place of, or beside, those that it has. */
const goals =
  ({ data = header, after = '', parts = {}, ...shared }: Goals) =>
  (): Uint8Array => {
    const more = Object.entries(parts).map(([part, content]) => [
      part,
      typeof content === 'string' ? strToU8(content) : content,
    ]);
    return zipSync({ ...xlsxParts([{ name: '目標', data, after, relations }], shared), ...Object.fromEntries(more) });
  };

const rows = (count: number) => times(count, (index) => `<row r="${index + 1}">${inline(`A${index + 1}`, 'あ')}</row>`);
const deepXml = (count: number) => `${'<a>'.repeat(count)}${'</a>'.repeat(count)}`;

export const hostileWorkbooks: readonly HostileWorkbook[] = [
  {
    name: 'a link over a whole sheet',
    make: goals({ after: '<hyperlinks><hyperlink ref="A1:XFD1048576" r:id="rId1"/></hyperlinks>' }),
    refused: null,
  },
  {
    name: 'links over a whole sheet, by the thousand',
    make: goals({
      data: rows(2_000),
      after: `<hyperlinks>${times(20_000, () => '<hyperlink ref="A1:XFD1048576" r:id="rId1"/>')}</hyperlinks>`,
    }),
    refused: 'source-too-large',
  },
  {
    name: 'a row number of a milliard',
    make: goals({ data: `${header}<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>` }),
    refused: 'source-damaged',
  },
  {
    name: 'the last row of a sheet',
    make: goals({ data: `${header}<row r="1048576"><c r="A1048576"/></row>` }),
    refused: null,
  },
  {
    name: 'a hundred thousand tabs',
    make: () => {
      const parts = xlsxParts([{ name: '目標', data: header }]);
      const book = new TextDecoder().decode(parts['xl/workbook.xml']);
      const sheets = times(100_000, (index) => `<sheet name="t${index}" sheetId="${index + 2}" r:id="rId1"/>`);
      return zipSync({ ...parts, 'xl/workbook.xml': strToU8(book.replace('</sheets>', `${sheets}</sheets>`)) });
    },
    refused: 'source-too-large',
  },
  {
    name: 'a thousand tabs of one name, each as long as a sheet can be',
    make: () => {
      const parts = xlsxParts([{ name: '目標', data: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' }]);
      const book = new TextDecoder().decode(parts['xl/workbook.xml']);
      const sheets = times(1_000, (index) => `<sheet name="目標" sheetId="${index + 2}" r:id="rId1"/>`);
      return zipSync({ ...parts, 'xl/workbook.xml': strToU8(book.replace('</sheets>', `${sheets}</sheets>`)) });
    },
    refused: 'source-too-large',
  },
  {
    name: 'merges by the million',
    make: goals({
      after: `<mergeCells>${times(1_000_000, (index) => `<mergeCell ref="A${index + 2}:B${index + 2}"/>`)}</mergeCells>`,
    }),
    refused: 'source-too-large',
  },
  {
    name: 'merges that lie over each other',
    make: goals({
      data: rows(20_000),
      after: `<mergeCells>${times(20_000, () => '<mergeCell ref="A1:A1048576"/>')}</mergeCells>`,
    }),
    refused: 'source-too-large',
  },
  {
    name: 'filters that lie over each other',
    make: goals({
      data: times(20_000, (index) => `<row r="${index + 1}" hidden="1">${inline(`A${index + 1}`, 'あ')}</row>`),
      after: times(2_000, () => '<autoFilter ref="A1:A2"><filterColumn colId="0"/></autoFilter>'),
    }),
    refused: 'source-too-large',
  },
  {
    name: 'formats by the ten thousand',
    make: goals({
      data: times(20_000, (index) => `<row r="${index + 1}"><c r="A${index + 1}" s="${index}"><v>1</v></c></row>`),
      styles: `<numFmts>${times(20_000, (index) => `<numFmt numFmtId="${index + 200}" formatCode="0.0&quot;${index}&quot;"/>`)}</numFmts><cellXfs>${times(20_000, (index) => `<xf numFmtId="${index + 200}"/>`)}</cellXfs>`,
    }),
    refused: 'source-too-large',
  },
  {
    name: 'styles by the million',
    make: goals({ styles: `<cellXfs>${'<xf/>'.repeat(3_000_000)}</cellXfs>` }),
    refused: 'source-too-large',
  },
  {
    name: 'a format of many thousand letters',
    make: goals({
      data: '<row r="1"><c r="A1" s="1"><v>1</v></c></row>',
      styles: `<numFmts><numFmt numFmtId="164" formatCode="${'[$-411]'.repeat(20_000)}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`,
    }),
    refused: null,
  },
  {
    name: 'a text of fifty million letters',
    make: goals({ data: `<row r="1">${inline('A1', 'あ'.repeat(16_000_000))}</row>` }),
    refused: 'source-too-large',
  },
  {
    name: 'shared texts by the million',
    make: goals({ sharedStrings: '<si><t>x</t></si>'.repeat(3_000_000) }),
    refused: 'source-too-large',
  },
  {
    name: 'a long text in every cell',
    make: goals({
      data: times(100_000, (index) => `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>0</v></c></row>`),
      sharedStrings: `<si><t>${'あ'.repeat(32_000)}</t></si>`,
    }),
    refused: 'source-too-large',
  },
  {
    name: 'cells at the far end of every row',
    make: goals({ data: times(2_000, (index) => `<row r="${index + 1}"><c r="XFD${index + 1}"><v>1</v></c></row>`) }),
    refused: 'source-too-large',
  },
  { name: 'elements within each other', make: goals({ after: deepXml(3_000_000) }), refused: 'source-damaged' },
  {
    name: 'such in an extension',
    make: goals({ after: `<extLst>${deepXml(3_000_000)}</extLst>` }),
    refused: 'source-damaged',
  },
  {
    name: 'attributes by the million',
    make: goals({ after: `<a ${times(1_000_000, (index) => `a${index}="" `)}/>` }),
    refused: 'source-damaged',
  },
  {
    name: 'an attribute of fifty million letters',
    make: goals({ after: `<a b="${'x'.repeat(50_000_000)}"/>` }),
    refused: null,
  },
  {
    name: 'a text that does not end',
    make: goals({ after: `<a b="${'x'.repeat(50_000_000)}` }),
    refused: 'source-damaged',
  },
  {
    name: 'entities that grow',
    make: goals({
      parts: {
        'xl/sharedStrings.xml': `<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">${times(9, (index) => `<!ENTITY ${'bcdefghij'[index]} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)}]><sst><si><t>&j;</t></si></sst>`,
      },
    }),
    refused: 'source-damaged',
  },
  {
    name: 'a part of two hundred million letters',
    make: goals({ parts: { 'xl/styles.xml': new Uint8Array(200_000_000) } }),
    refused: 'source-too-large',
  },
  {
    name: 'one that nobody reads',
    make: goals({ parts: { 'xl/media/image1.bin': new Uint8Array(200_000_000) } }),
    refused: null,
  },
  {
    name: 'as many goals as will go',
    make: goals({
      data: times(
        160_000,
        (index) =>
          `<row r="${index + 1}">${times(5, (column) => inline(`${'ABCDE'[column]}${index + 1}`, `${index} ${column}`))}</row>`,
      ),
    }),
    refused: null,
  },
];
