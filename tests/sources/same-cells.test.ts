import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvFolderSource } from '../../lib/sources/csv/csv-folder.ts';
import { googleSheetSource } from '../../lib/sources/google/google-sheet.ts';
import type { Source } from '../../lib/sources/source.ts';
import { workbookFileSource } from '../../lib/sources/xlsx/workbook-file.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { describeWithSeed, readSeed, seedWorkbook } from '../support/seed.ts';
import { trimmed } from '../support/trimmed-workbook.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, type Tabs, withCell, workbookOf } from '../support/workbook.ts';
import { xlsxOf, xlsxOfWorkbook } from '../support/xlsx.ts';

/** The same cells give the same workbook, and the same site, whatever they came from. */

const id = 'spreadsheet-under-test';
const now = '2025-04-01T10:00:00+09:00';

let server: GoogleServer;
let folder: string;

beforeEach(async () => {
  server = await GoogleServer.start(new VirtualClock());
  folder = await temporaryFolder();
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

async function xlsx(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, 'workbook.xlsx');
  await writeFile(file, bytes);
  return file;
}

async function csv(workbook: Workbook): Promise<string> {
  const tables = path.join(folder, 'tables');
  await mkdir(tables);
  for (const { name, rows } of workbook.sheets) await writeFile(path.join(tables, `${name}.csv`), csvText(rows));
  return tables;
}

function google(model: SpreadsheetModel): string {
  server.add(id, model);
  return `google:${id}`;
}

async function read(source: Source): Promise<Workbook> {
  const result = await source.read();
  if (!result.ok) throw new Error(result.failure.message);
  return trimmed(result.workbook);
}

const readGoogle = () =>
  read(googleSheetSource({ spreadsheetId: id, config: { kind: 'loopback', apiRoot: server.apiRoot }, access: 'read' }));

const byName = (workbook: Workbook): Workbook => ({
  sheets: workbook.sheets.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});

describe('the same workbook value', () => {
  const odd: Tabs = {
    目標: [
      ['部名', '', '目標', '達成状況'],
      [],
      ['総務部', '', '一行目\n二行目'],
      ['', '', '', '達成！', '', ' 端の空白 '],
      ['=1+1', '"引用"', ',', '#N/A', '令和7年4月1日', 'TRUE'],
    ],
    空: [],
  };

  test('from an xlsx file, CSV files and a Google Sheet: ragged rows, blank rows, line breaks, odd texts', async () => {
    const workbook = workbookOf(odd);
    google(SpreadsheetModel.of(workbook));
    const expected = trimmed(workbook);
    expect(await readGoogle()).toEqual(expected);
    expect(await read(workbookFileSource(await xlsx(xlsxOfWorkbook(workbook))))).toEqual(expected);
    expect(byName(await read(csvFolderSource(await csv(workbook))))).toEqual(byName(expected));
  });

  test('from an xlsx file and a Google Sheet: merges', async () => {
    const merges = {
      目標: [
        { top: 1, left: 0, bottom: 3, right: 0 },
        { top: 4, left: 1, bottom: 4, right: 2 },
      ],
    };
    const workbook = workbookOf(
      {
        目標: [
          ['部名', '目標'],
          ['総務部', 'い'],
          ['', 'ろ'],
          ['', 'は'],
          ['', 'に'],
        ],
      },
      merges,
    );
    google(SpreadsheetModel.of(workbook));
    expect(await readGoogle()).toEqual(trimmed(workbook));
    expect(await read(workbookFileSource(await xlsx(xlsxOfWorkbook(workbook))))).toEqual(trimmed(workbook));
  });

  test('from an xlsx file and a Google Sheet: numbers, dates, booleans, formulas, errors, rich text, links', async () => {
    const cells: readonly { xml: string; data: Parameters<SpreadsheetModel['set']>[2] }[] = [
      { xml: '<v>1234.5</v>', data: { userEnteredValue: { numberValue: 1234.5 }, formattedValue: '1234.5' } },
      { xml: 's="1"><v>45748</v>', data: { userEnteredValue: { numberValue: 45748 }, formattedValue: '2025年4月1日' } },
      { xml: 't="b"><v>1</v>', data: { userEnteredValue: { boolValue: true }, formattedValue: 'TRUE' } },
      {
        xml: 't="str"><f>A1&amp;"部"</f><v>総務部</v>',
        data: { userEnteredValue: { formulaValue: '=A1&"部"' }, formattedValue: '総務部' },
      },
      {
        xml: 't="e"><f>A0</f><v>#REF!</v>',
        data: { userEnteredValue: { formulaValue: '=A0' }, formattedValue: '#REF!' },
      },
      {
        xml: 't="inlineStr"><is><r><rPr><b/></rPr><t>太字</t></r><r><t>と普通</t></r></is>',
        data: {
          userEnteredValue: { stringValue: '太字と普通' },
          formattedValue: '太字と普通',
          textFormatRuns: [{ format: { bold: true } }, { startIndex: 2, format: {} }],
        },
      },
      {
        xml: 't="inlineStr"><is><t>写真</t></is>',
        data: { formattedValue: '写真', textFormatRuns: [{ format: { link: { uri: 'https://example.jp/a.jpg' } } }] },
      },
    ];
    const model = new SpreadsheetModel();
    model.addTab('目標');
    for (const [row, { data }] of cells.entries()) model.set('目標', `A${row + 1}`, data);
    google(model);
    const rows = cells.map(
      ({ xml }, row) =>
        `<row r="${row + 1}"><c r="A${row + 1}" ${xml.includes('>') && !xml.startsWith('<') ? xml : `>${xml}`}</c></row>`,
    );
    const bytes = xlsxOf(
      [
        {
          name: '目標',
          data: rows.join(''),
          after: '<hyperlinks><hyperlink ref="A7" r:id="rId1"/></hyperlinks>',
          relations:
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.jp/a.jpg" TargetMode="External"/>',
        },
      ],
      {
        styles:
          '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
      },
    );
    const fromGoogle = await readGoogle();
    expect(fromGoogle.sheets[0]?.rows.map(([text]) => text)).toEqual([
      ...['1234.5', '2025年4月1日', 'TRUE', '総務部', '#REF!', '太字と普通', '写真'],
    ]);
    expect(fromGoogle.sheets[0]?.links).toEqual(new Map([['A7', 'https://example.jp/a.jpg']]));
    const marks = new Map([['A2', { date: { iso: '2025-04-01', number: '45748' } }]]);
    expect(await read(workbookFileSource(await xlsx(bytes)))).toEqual({
      sheets: fromGoogle.sheets.map((sheet) => ({ ...sheet, marks })),
    });
  });
});

describe('the same site', () => {
  async function siteOf(source: string): Promise<{ status: number; files: Map<string, Buffer>; report: unknown }> {
    const out = path.join(await temporaryFolder(), 'site');
    const env = { GOOGLE_API_ROOT: server.apiRoot };
    const { status, out: text } = await runCommand(
      ['build', '--source', source, '--out', out, '--now', now, '--json'],
      { env },
    );
    return { status, files: await filesBelow(out), report: JSON.parse(text) };
  }

  test.each([
    ['a sound sheet', soundTabs, 0],
    ['a sheet with a held department', withCell(soundTabs, '目標', 1, 3, 'なぞの言葉'), 1],
  ])('of %s, from an xlsx file, CSV files and a Google Sheet', async (_, tabs, status) => {
    const workbook = workbookOf(tabs);
    const [fromXlsx, fromCsv, fromGoogle] = [
      await siteOf(await xlsx(xlsxOfWorkbook(workbook))),
      await siteOf(await csv(workbook)),
      await siteOf(google(SpreadsheetModel.of(workbook))),
    ];
    expect(fromGoogle.status).toBe(status);
    expect(fromGoogle.files.size).toBeGreaterThan(10);
    expect(fromXlsx.files).toEqual(fromGoogle.files);
    expect(fromCsv.files).toEqual(fromGoogle.files);
    // What Drive knows of the file, the list of tabs, and the tabs.
    expect(fromGoogle.report).toMatchObject({ requests: { source: 3 } });
  });

  describeWithSeed('of the real workbook', () => {
    test('from the xlsx file and from a Google Sheet with its rows, byte for byte', async () => {
      const fromXlsx = await siteOf(seedWorkbook);
      const fromGoogle = await siteOf(google(SpreadsheetModel.of(await readSeed())));
      expect(fromGoogle.status).toBe(0);
      expect(fromGoogle.files.size).toBeGreaterThan(20);
      expect([...fromGoogle.files.keys()]).toEqual([...fromXlsx.files.keys()]);
      for (const [key, body] of fromXlsx.files) expect(fromGoogle.files.get(key)?.equals(body), key).toBe(true);
    });
  });
});
