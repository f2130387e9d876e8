import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import { isBlank } from '../../lib/text/normalize.ts';
import type { Sheet, Workbook } from '../../lib/workbook/workbook.ts';
import { cellAddress, columnName } from '../../lib/workbook/workbook.ts';
import { describeWithSeed, seedWorkbook } from '../support/seed.ts';
import { briefly, outcomeOf } from './sheet.ts';

async function seed(): Promise<Workbook> {
  const parsed = await parseWorkbookFile(await readFile(seedWorkbook), 'reiwa6.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.workbook;
}

/**
 * What is to be said where one cell of a column is cleared, besides what is said of the whole workbook anyway. Null where
 * the cell may be blank: then nothing is.
 */
const expected: Readonly<
  Record<string, Readonly<Record<string, { readonly header: string | null; readonly value: string | null }>>>
> = {
  設定: {
    項目: { header: 'missing-header', value: 'unnamed-setting' },
    値: { header: 'missing-header', value: null },
  },
  部: {
    部名: { header: 'missing-header', value: 'missing-value' },
    部長名: { header: null, value: 'missing-value' },
    '部長名（ふりがな）': { header: null, value: 'missing-director-kana' },
    // Left blank it is 部名 and 長.
    職名: { header: null, value: null },
    基本方針: { header: null, value: 'missing-value' },
    部の仕事: { header: null, value: 'missing-value' },
    総括: { header: null, value: 'missing-summary' },
    // Left blank a department comes after those that have one.
    表示順: { header: null, value: null },
    // Left blank it is 下書き, and without the column every department may be published.
    公開: { header: null, value: null },
  },
  目標: {
    部名: { header: 'missing-header', value: null },
    // Left blank it is counted.
    番号: { header: null, value: null },
    目標: { header: 'missing-header', value: 'missing-value' },
    達成状況: { header: 'missing-result-column', value: 'missing-result' },
  },
};

/** The required settings: without the value, and without the name, there is the same to say, at the cell that is blank. */
const requiredSettings = ['自治体名', '年度'];

/** What clearing a cell of the seed is to raise, as `briefly` writes it. */
function expectedAt(sheet: Sheet, row: number, column: number): string | null {
  const header = sheet.rows[0]?.[column] ?? '';
  const address = cellAddress(row, column);
  const rule = expected[sheet.name]?.[header];
  if (rule === undefined) throw new Error(`${sheet.name} ${header} is not in the table of what is expected.`);
  if (row === 0) return rule.header === null ? null : `${rule.header} ${sheet.name}!${address}`;
  if (sheet.name === '設定' && requiredSettings.includes(sheet.rows[row]?.[0] ?? ''))
    return `${column === 0 ? 'missing' : 'blank'}-setting 設定!${address}`;
  if (sheet.name === '目標' && header === '部名') return expectedForName(sheet, row, address);
  return rule.value === null ? null : `${rule.value} ${sheet.name}!${address}`;
}

/** A blank 部名 means the value above: within a block nothing is lost; at its head the numbers begin again. */
function expectedForName(sheet: Sheet, row: number, address: string): string | null {
  const name = sheet.rows[row]?.[0];
  if (row === 1) return `missing-value 目標!${address}`;
  return sheet.rows[row - 1]?.[0] === name ? null : `number-restarts 目標!${address}`;
}

function withBlank(workbook: Workbook, tab: string, row: number, column: number): Workbook {
  return {
    sheets: workbook.sheets.map((sheet) =>
      sheet.name !== tab
        ? sheet
        : {
            ...sheet,
            rows: sheet.rows.map((cells, index) =>
              index === row ? cells.map((text, at) => (at === column ? '' : text)) : cells,
            ),
          },
    ),
  };
}

/** Columns whose texts were published: where one is gone, that is said on a later run. */
const wasPublished = ['部長名', '基本方針', '部の仕事', '総括', '説明'];

/** A column of results that is missing holds every department, and with that the site. */
const followsFromState = (wanted: string | null): string[] =>
  wanted?.startsWith('missing-result-column') === true ? ['too-many-held'] : [];

/** On a first run there is nothing to go on showing. */
const onFirstRun = (wanted: string | null): string[] =>
  wanted?.startsWith('missing-result-column') === true ? ['nothing-to-begin-with'] : [];

describeWithSeed('the real workbook with one cell cleared', () => {
  test('raises what is expected of that cell, there, and nothing else, on a first run and on a later one', async () => {
    const workbook = await seed();
    const always = outcomeOf(workbook);
    expect(always.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'notice outside-windows-31j',
      'notice outside-windows-31j',
    ]);
    const counts = { cleared: 0, raised: 0 };
    for (const sheet of workbook.sheets) {
      for (const [row, cells] of sheet.rows.entries()) {
        for (const [column, text] of cells.entries()) {
          if (isBlank(text)) continue;
          const cleared = withBlank(workbook, sheet.name, row, column);
          const where = `${sheet.name}!${cellAddress(row, column)}`;
          const wanted = expectedAt(sheet, row, column);
          const first = outcomeOf(cleared);
          const isReadable =
            first.kind === 'settled' || first.findings.some(({ code }) => code === 'nothing-to-begin-with');
          // Where nothing can be read the characters are not looked at; where their own cell or column is cleared, they are
          // not there.
          const gone = row === 0 ? ` ${sheet.name}!${columnName(column)}` : ` ${where}`;
          const isThere = (line: string): boolean => !line.replace(row === 0 ? /[0-9]+$/u : '', '').endsWith(gone);
          const anyway = always.findings.map(briefly).filter((line) => isReadable && isThere(line));
          // A header that may be missing: what stands below is not published any more, and that is said.
          const isHeader = row === 0 && !wanted?.startsWith('missing-header');
          const noticed = isHeader ? [`column-without-header ${where}`] : [];
          const all = [...anyway, ...(wanted === null ? [] : [wanted]), ...noticed];
          expect(first.findings.map(briefly).toSorted(), where).toEqual([...all, ...onFirstRun(wanted)].toSorted());
          const later = outcomeOf(cleared, always.published).findings.map(briefly);
          const lost = isHeader && wasPublished.includes(text) ? [`column-no-longer-there ${sheet.name}`] : [];
          expect(later.toSorted(), where).toEqual([...all, ...lost, ...followsFromState(wanted)].toSorted());
          counts.cleared += 1;
          counts.raised += wanted === null ? 0 : 1;
        }
      }
    }
    expect(counts).toEqual({ cleared: 285, raised: 163 });
  });
});
