import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetSchema } from '../lib/goals/model/dataset-schema.ts';
import { isBlank, normalizeText } from '../lib/text/normalize.ts';
import type { Workbook } from '../lib/workbook/workbook.ts';
import { columnName } from '../lib/workbook/workbook.ts';
import { filesBelow, runCommand, temporaryFolder } from './support/command-line.ts';
import { csvText } from './support/csv.ts';
import { GoogleServer } from './support/google-server.ts';
import { SpreadsheetModel } from './support/google-spreadsheet.ts';
import { libreOffice, savedByLibreOffice } from './support/libre-office.ts';
import { runs } from './support/property-runs.ts';
import { describeWithSeed, readSeed, seedWorkbook } from './support/seed.ts';
import { VirtualClock } from './support/virtual-clock.ts';
import { xlsxOfWorkbook } from './support/xlsx.ts';

const now = '2025-04-01T10:00:00+09:00';

async function buildOf(source: string, folder: string, state?: string) {
  const out = path.join(folder, 'site');
  const place = state === undefined ? [] : ['--state', state];
  const result = await runCommand(['build', '--source', source, '--out', out, ...place, '--now', now, '--json']);
  return { ...result, report: JSON.parse(result.out), out };
}

/** The same rows with the columns in another order. */
function withColumns(rows: readonly (readonly string[])[], order: readonly number[]): string[][] {
  return rows.map((row) => order.map((column) => row[column] ?? ''));
}

describeWithSeed('the real workbook', () => {
  test('gives eight departments in the order of the sheet and 47 goals', async () => {
    const { status, report, out } = await buildOf(seedWorkbook, await temporaryFolder());
    expect(status).toBe(0);
    expect(report).toMatchObject({ outcome: 'published', held: [] });
    expect(
      report.issues.map((issue: { severity: string; value: string; fix: string }) => [
        issue.severity,
        issue.fix.slice(0, 3),
      ]),
    ).toEqual([
      ['notice', '「歩」'],
      ['notice', '「帯」'],
    ]);
    const dataset = datasetSchema.parse(JSON.parse(await readFile(path.join(out, 'data/v1/2024.json'), 'utf8')));
    expect(dataset.tally).toMatchObject({
      achieved: 43,
      partial: 1,
      missed: 3,
      'in-progress': 0,
      unrated: 0,
      total: 47,
    });
    const [, ...rows] = (await readSeed()).sheets.find(({ name }) => name === '部')?.rows ?? [];
    expect(dataset.departments.map(({ name }) => name)).toEqual(rows.map(([name]) => name));
    expect(dataset.departments[0]?.goals[3]).toMatchObject({ number: 4, status: 'achieved', statusLabel: '着手 達成' });
  });

  test('every text of the sheet is in the data and on the pages', async () => {
    const { out } = await buildOf(seedWorkbook, await temporaryFolder());
    const json = await readFile(path.join(out, 'data/v1/2024.json'), 'utf8');
    const page = (await readFile(path.join(out, '2024/index.html'), 'utf8')).replace(/<[^>]*>/gu, '');
    const files = await filesBelow(out);
    const leaves = [...files].filter(([key]) => /^2024\/[^/]+\/index\.html$/u.test(key));
    expect(leaves).toHaveLength(8);
    const leafText = leaves.map(([, body]) => body.toString().replace(/<[^>]*>/gu, '')).join('\n');
    const workbook = await readSeed();
    for (const { name, rows } of workbook.sheets.filter((sheet) => sheet.name !== '設定')) {
      for (const [index, row] of rows.entries()) {
        for (const [column, text] of row.entries()) {
          const header = rows[0]?.[column];
          if (index === 0 || isBlank(text) || header === '表示順' || header === '公開' || header === '番号') continue;
          const wanted = normalizeText(text);
          const where = `${name} ${columnName(column)}${index + 1}`;
          expect(json, where).toContain(JSON.stringify(wanted).slice(1, -1));
          expect(page, where).toContain(wanted);
          expect(leafText, where).toContain(wanted);
        }
      }
    }
  });

  test('a second run is unchanged and writes nothing', async () => {
    const folder = await temporaryFolder();
    const state = path.join(folder, 'state');
    await buildOf(seedWorkbook, folder, state);
    const before = await filesBelow(folder);
    const { status, report } = await buildOf(seedWorkbook, folder, state);
    expect(status).toBe(0);
    expect(report).toMatchObject({ outcome: 'unchanged', objects: { written: 0, deleted: 0 } });
    expect(await filesBelow(folder)).toEqual(before);
  });

  test('so is one without state', async () => {
    const folder = await temporaryFolder();
    await buildOf(seedWorkbook, folder);
    const { report } = await buildOf(seedWorkbook, folder);
    expect(report).toMatchObject({ outcome: 'unchanged', objects: { written: 0, deleted: 0 } });
  });

  test('as CSV it gives the same bytes', async () => {
    const folder = await temporaryFolder();
    const { out } = await buildOf(seedWorkbook, path.join(folder, 'xlsx'));
    const tables = path.join(folder, 'tables');
    await mkdir(tables);
    for (const { name, rows } of (await readSeed()).sheets) {
      await writeFile(path.join(tables, `${name}.csv`), csvText(rows));
    }
    const other = await buildOf(tables, path.join(folder, 'csv'));
    expect(other.status).toBe(0);
    expect(await filesBelow(other.out)).toEqual(await filesBelow(out));
  });

  test('from a Google Sheet it gives the same bytes', async () => {
    const folder = await temporaryFolder();
    const { out } = await buildOf(seedWorkbook, path.join(folder, 'xlsx'));
    await using server = await GoogleServer.start(new VirtualClock());
    const model = new SpreadsheetModel();
    for (const { name, rows } of (await readSeed()).sheets) model.addTab(name, rows);
    server.add('spreadsheet-of-the-seed', model);
    const other = path.join(folder, 'google');
    const { status } = await runCommand(
      ['build', '--source', 'google:spreadsheet-of-the-seed', '--out', other, '--now', now],
      {
        env: { GOOGLE_API_ROOT: server.apiRoot },
      },
    );
    expect(status).toBe(0);
    expect(await filesBelow(other)).toEqual(await filesBelow(out));
  });

  test.skipIf(libreOffice === undefined)('saved by LibreOffice it gives the same bytes', async () => {
    const folder = await temporaryFolder();
    const { out } = await buildOf(seedWorkbook, path.join(folder, 'excel'));
    const input = path.join(folder, 'in.xlsx');
    await copyFile(seedWorkbook, input);
    await savedByLibreOffice([input], path.join(folder, 'saved'), 'xlsx');
    const other = await buildOf(path.join(folder, 'saved/in.xlsx'), path.join(folder, 'office'));
    expect(other.status).toBe(0);
    expect(await filesBelow(other.out)).toEqual(await filesBelow(out));
  });

  test('any order of columns, tabs and departments gives the same bytes', async () => {
    const folder = await temporaryFolder();
    const { out } = await buildOf(seedWorkbook, path.join(folder, 'plain'));
    const expected = await filesBelow(out);
    const { sheets } = await readSeed();
    const shuffled = fc.tuple(
      fc.shuffledSubarray([...sheets.keys()], { minLength: sheets.length }),
      fc.tuple(
        ...sheets.map(({ rows }) => {
          const columns = [...(rows[0]?.keys() ?? [])];
          return fc.shuffledSubarray(columns, { minLength: columns.length });
        }),
      ),
      fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(shuffled, async ([tabs, columns, departments]) => {
        const workbook: Workbook = {
          sheets: tabs.flatMap((tab) => {
            const sheet = sheets[tab];
            if (sheet === undefined) return [];
            const rows = sheet.name === '部' ? [0, ...departments].map((row) => sheet.rows[row] ?? []) : sheet.rows;
            return [{ ...sheet, rows: withColumns(rows, columns[tab] ?? []) }];
          }),
        };
        number += 1;
        const file = path.join(folder, `${number}.xlsx`);
        await writeFile(file, xlsxOfWorkbook(workbook));
        const other = await buildOf(file, path.join(folder, String(number)));
        expect(await filesBelow(other.out)).toEqual(expected);
      }),
      runs(15),
    );
  });
});
