import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvFolderSource, parseCsv } from '../../../lib/sources/csv/csv-folder.ts';
import { openFileSource } from '../../../lib/sources/open.ts';
import type { Workbook } from '../../../lib/workbook/workbook.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseCsv', () => {
  const rowsOf = (content: Uint8Array) => {
    const parsed = parseCsv(content, '目標.csv');
    return parsed.ok ? parsed.sheet.rows : parsed.failure.code;
  };

  test.each([
    ['plain', bytes('部名,目標\n総務部,文\n')],
    ['a byte order mark', bytes('\ufeff部名,目標\n総務部,文\n')],
    ['CRLF', bytes('部名,目標\r\n総務部,文\r\n')],
    ['no line end at the end', bytes('部名,目標\n総務部,文')],
    ['quotes', bytes('"部名","目標"\n"総務部","文"\n')],
    // As Japanese Excel saves CSV: Windows-31J.
    [
      'Windows-31J',
      Uint8Array.from([
        ...[0x95, 0x94, 0x96, 0xbc, 0x2c, 0x96, 0xda, 0x95, 0x57, 0x0d, 0x0a],
        ...[0x91, 0x8d, 0x96, 0xb1, 0x95, 0x94, 0x2c, 0x95, 0xb6, 0x0d, 0x0a],
      ]),
    ],
    ['two byte order marks', bytes('\ufeff\ufeff"部名","目標"\n総務部,文\n')],
    ['tabs', bytes('部名\t目標\r\n総務部\t文\r\n')],
    ['semicolons', bytes('部名;目標\r\n総務部;文\r\n')],
    ['a line that names the separator', bytes('sep=;\r\n部名;目標\r\n総務部;文\r\n')],
    ['CR alone', bytes('部名,目標\r総務部,文\r')],
    [
      'Windows-31J and CR',
      Uint8Array.from([
        ...[0x95, 0x94, 0x96, 0xbc, 0x2c, 0x96, 0xda, 0x95, 0x57, 0x0d],
        ...[0x91, 0x8d, 0x96, 0xb1, 0x95, 0x94, 0x2c, 0x95, 0xb6, 0x0d],
      ]),
    ],
    ['Unicode text of Excel', Uint8Array.from([0xff, 0xfe, ...Buffer.from('部名\t目標\r\n総務部\t文\r\n', 'utf16le')])],
    ['UTF-16 without a mark', Uint8Array.from(Buffer.from('部名,目標\r\n総務部,文\r\n', 'utf16le'))],
    [
      'UTF-16, the other way round',
      Uint8Array.from(Buffer.from('\ufeff部名,目標\r\n総務部,文\r\n', 'utf16le').swap16()),
    ],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, ...Buffer.from('部名,目標\r\n総務部,文\r\n', 'utf16le')])],
  ])('%s', (_, content) => {
    expect(rowsOf(content)).toEqual([
      ['部名', '目標'],
      ['総務部', '文'],
    ]);
  });

  test('a quoted line break is in the cell, and the rows are counted as a spreadsheet program counts them', () => {
    expect(rowsOf(bytes('a,b\n"一\n二","言""葉"\n\n,4\n'))).toEqual([['a', 'b'], ['一\n二', '言"葉'], [''], ['', '4']]);
  });

  test('rows may be ragged', () => {
    expect(rowsOf(bytes('a\n1,2,3\n'))).toEqual([['a'], ['1', '2', '3']]);
  });

  test.each([
    ['commas in the cells of a table with tabs', '部名\t目標\n総務部\t1,2,3,4\n', ['総務部', '1,2,3,4']],
    ['semicolons in those of one with commas', '項目,値\n連絡先,a; b; c; d\n', ['連絡先', 'a; b; c; d']],
    ['quoted tabs', '部名,目標\n総務部,"a\tb\tc"\n', ['総務部', 'a\tb\tc']],
    ['one column', '部名\n総務部\n', ['総務部']],
  ])('%s separate nothing', (_, text, row) => {
    const rows = rowsOf(bytes(text));
    expect(Array.isArray(rows) && rows[1]).toEqual(row);
  });

  test('what was still being worked out is no text', () => {
    const parsed = parseCsv(bytes('部名,目標\n総務部,Loading...\n'), '目標.csv');
    expect(parsed).toMatchObject({
      sheet: {
        rows: [
          ['部名', '目標'],
          ['総務部', ''],
        ],
        marks: new Map([['B2', { pending: 'loading' }]]),
      },
    });
  });

  test('more cells than a table can have are refused', () => {
    expect(rowsOf(bytes(','.repeat(999_999)))).toHaveLength(1);
    expect(rowsOf(bytes(`${','.repeat(500_000)}\n${','.repeat(500_000)}`))).toBe('source-too-large');
    expect(rowsOf(bytes('\n'.repeat(20_000_000)))).toBe('source-too-large');
    expect(rowsOf(bytes('a'.repeat(100_001)))).toBe('source-too-large');
  });

  test('an open quote is refused with its line', () => {
    const parsed = parseCsv(bytes('a,b\n"一,2\n'), '目標.csv');
    expect(parsed.ok ? null : parsed.failure).toMatchObject({
      code: 'source-bad-csv',
      message: expect.stringContaining('目標.csv'),
    });
  });

  test('bytes of no known encoding are refused', () => {
    expect(rowsOf(Uint8Array.from([0x61, 0xff, 0xff, 0x62]))).toBe('source-unknown-encoding');
  });
});

describe('a folder', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-csv-'));
    await writeFile(path.join(folder, '部.csv'), '部名\n総務部\n');
    await writeFile(path.join(folder, '設定.CSV'), '項目,値\n');
    await writeFile(path.join(folder, 'memo.txt'), 'a');
    await mkdir(path.join(folder, 'book.xlsx'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('every CSV file is a tab, and nothing else is', async () => {
    const read = await csvFolderSource(folder).read();
    expect(read.ok && read.workbook.sheets.map(({ name }) => name).sort()).toEqual(['設定', '部']);
  });

  test.each([
    ['that is no table', 'メモ.csv', 'a,"b'],
    ['of no known encoding', '写し.csv', Uint8Array.from([0x61, 0xff, 0xff, 0x62])],
    ['with the findings', '確認結果.csv', Uint8Array.from([0x61, 0xff, 0xff, 0x62])],
    ['that macOS leaves beside another', '._部.csv', Uint8Array.from([0x61, 0xff, 0xff, 0x62])],
  ])('a file %s, and is none of the tabs, is not read', async (_, name, content) => {
    const before = await csvFolderSource(folder).read();
    await writeFile(path.join(folder, name), content);
    const after = await csvFolderSource(folder).read();
    await rm(path.join(folder, name));
    if (!before.ok || !after.ok) throw new Error('It is not read.');
    expect(after.version).toBe(before.version);
    const filled = ({ sheets }: Workbook) => sheets.filter(({ rows }) => rows.length > 0);
    expect(filled(after.workbook)).toEqual(filled(before.workbook));
  });

  test('nor is a folder that is called like one', async () => {
    await mkdir(path.join(folder, 'backup.csv'));
    expect(await csvFolderSource(folder).read()).toMatchObject({ ok: true });
    await rm(path.join(folder, 'backup.csv'), { recursive: true });
  });

  test.each([
    ['Google Sheets', '令和6年度 部長目標 - 目標.csv'],
    ['LibreOffice', '令和6年度-目標.csv'],
    ['others', '令和6年度_目標.csv'],
  ])('the name that %s gives a file means the tab', async (_, name) => {
    await writeFile(path.join(folder, name), '部名,目標\n');
    const read = await csvFolderSource(folder).read();
    expect(read.ok && read.workbook.sheets.find((sheet) => sheet.name === '目標')?.rows).toEqual([['部名', '目標']]);
    await writeFile(path.join(folder, '目標.csv'), '部名,目標,説明\n');
    const both = await csvFolderSource(folder).read();
    expect(both.ok && both.workbook.sheets.filter((sheet) => sheet.name === '目標')).toMatchObject([
      { rows: [['部名', '目標', '説明']] },
    ]);
    await Promise.all([rm(path.join(folder, name)), rm(path.join(folder, '目標.csv'))]);
  });

  test('a tab that 設定 names is read', async () => {
    const own = await mkdtemp(path.join(tmpdir(), 'mokuhyo-csv-'));
    await writeFile(path.join(own, '設定.csv'), '項目,値\n単位の名,センター\n');
    await writeFile(path.join(own, 'センター.csv'), 'センター名\n保健センター\n');
    await writeFile(path.join(own, '倉庫.csv'), '倉庫名\n');
    const read = await csvFolderSource(own).read();
    expect(read.ok && read.workbook.sheets.map(({ name, rows }) => [name, rows.length])).toEqual(
      expect.arrayContaining([
        ['センター', 2],
        ['倉庫', 0],
      ]),
    );
    await rm(own, { recursive: true });
  });

  test('the version goes by the content', async () => {
    const version = async () => {
      const read = await csvFolderSource(folder).read();
      return read.ok ? read.version : null;
    };
    const before = await version();
    expect(await version()).toBe(before);
    await writeFile(path.join(folder, '部.csv'), '部名\n福祉部\n');
    expect(await version()).not.toBe(before);
  });

  test.each([
    ['what is not there', 'missing.xlsx', 'source-not-found', 'not-found'],
    ['a folder named like a workbook', 'book.xlsx', 'source-is-folder', 'wrong-kind'],
    ['a single CSV file', '部.csv', 'source-is-single-csv', 'wrong-kind'],
    ['below a file', '部.csv/a', 'source-not-found', 'not-found'],
  ])('%s is refused', async (_, name, code, kind) => {
    const opened = await openFileSource(path.join(folder, name));
    expect(opened.ok ? null : opened.failure).toMatchObject({ code, kind });
  });
});
