import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import { isBlank } from '../../lib/text/normalize.ts';
import type { Sheet, Workbook } from '../../lib/workbook/workbook.ts';
import { cellAddress } from '../../lib/workbook/workbook.ts';
import { anyCell } from '../support/cells.ts';
import { runs } from '../support/property-runs.ts';
import { fullTabs, outcomeOf, shownAt, workbookWith } from './sheet.ts';

/** Random workbooks, all the way to the files of the site: a thousand, or 20,000 with `npm run fuzz`. */

/** Words of the contract in places where they do not belong, and cells of every kind of nastiness. */
const cell: fc.Arbitrary<string> = fc.oneof(
  anyCell,
  fc.constantFrom(
    '',
    '',
    '総務部',
    '福祉部',
    '福址部',
    '教育部',
    '1',
    '2',
    '3',
    '達成',
    '達成できず',
    '令和5年度',
    'R7',
    '公開',
    '下書き',
    '取下げ',
    'somu',
    '〇〇',
    '未定',
    '達成状況',
    '部名',
    '目標',
  ),
);

const rowsOf = (width: number, maxLength: number) => fc.array(fc.array(cell, { maxLength: width }), { maxLength });

/** Random cells in a valid frame. */
const framed: fc.Arbitrary<Workbook> = fc
  .record({
    departments: rowsOf(13, 5),
    goals: rowsOf(6, 10),
    choices: fc.option(rowsOf(3, 4)),
    settings: rowsOf(2, 3),
    sound: fc.boolean(),
  })
  .map(({ departments, goals, choices, settings, sound }) =>
    workbookWith({
      設定: [...fullTabs.設定.slice(0, sound ? 7 : 4), ...settings],
      部: [...fullTabs.部.slice(0, sound ? 4 : 1), ...departments],
      目標: [...fullTabs.目標.slice(0, sound ? 8 : 1), ...goals],
      ...(choices === null ? {} : { 選択肢: [['表示', '区分', '別表記'], ...choices] }),
    }),
  );

/** Damage to one tab: a cell changed or cleared, a row or a column gone, moved or doubled, cells merged, a link laid. */
type Damage = (sheet: Sheet) => Sheet;

const damage: fc.Arbitrary<Damage> = fc
  .record({ kind: fc.nat(8), row: fc.nat(9), column: fc.nat(12), text: cell, span: fc.nat(3) })
  .map(({ kind, row, column, text, span }): Damage => {
    const atCell = (sheet: Sheet, value: string): Sheet => ({
      ...sheet,
      rows: sheet.rows.map((cells, index) =>
        index === row
          ? Array.from({ length: Math.max(cells.length, column + 1) }, (_, at) =>
              at === column ? value : (cells[at] ?? ''),
            )
          : cells,
      ),
    });
    const kinds: readonly Damage[] = [
      (sheet) => atCell(sheet, text),
      (sheet) => atCell(sheet, ''),
      (sheet) => ({ ...sheet, rows: sheet.rows.filter((_, index) => index !== row) }),
      (sheet) => ({ ...sheet, rows: [...sheet.rows, ...sheet.rows.slice(row, row + span + 1)] }),
      (sheet) => ({ ...sheet, rows: sheet.rows.map((cells) => cells.filter((_, index) => index !== column)) }),
      (sheet) => ({ ...sheet, rows: sheet.rows.map((cells) => [...cells, cells[column] ?? '']) }),
      (sheet) => ({ ...sheet, rows: [...sheet.rows.slice(0, 1), ...sheet.rows.slice(1).toReversed()] }),
      (sheet) => ({
        ...sheet,
        merges: [...sheet.merges, { top: row, left: column, bottom: row + span, right: column }],
      }),
      (sheet) => ({ ...sheet, links: new Map([...sheet.links, [cellAddress(row, column), text]]) }),
    ];
    return kinds[kind] ?? ((sheet) => sheet);
  });

/** A valid workbook with random damage. */
const damaged: fc.Arbitrary<Workbook> = fc
  .array(fc.tuple(fc.constantFrom('設定', '部', '目標'), damage), { minLength: 1, maxLength: 6 })
  .map((damages) => ({
    sheets: workbookWith(fullTabs).sheets.map((sheet) =>
      damages.reduce((result, [tab, change]) => (tab === sheet.name ? change(result) : result), sheet),
    ),
  }));

const before = outcomeOf(workbookWith(fullTabs)).published;

function holds(workbook: Workbook): void {
  for (const previous of [null, before]) {
    const { findings, kind, published, held, shown } = outcomeOf(workbook, previous);
    for (const { tab, cell: address, value, message, fix } of findings) {
      expect(message.length * fix.length).toBeGreaterThan(0);
      if (tab === null || address === null) continue;
      const shownText = shownAt(workbook, tab, address);
      expect(value ?? '', `${tab}!${address}`).toBe(value === null && isBlank(shownText) ? '' : shownText);
    }
    if (kind === 'blocked') {
      expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      // Nothing on the site changes.
      if (published !== null) expect(published).toEqual(previous ?? { years: [], changes: [], history: [] });
      continue;
    }
    if (published === null) throw new Error('What is settled says what the site shall say.');
    if (held.length > 0) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    const keys = renderSite(published, { siteUrl: null }).map(({ key }) => key);
    expect(keys).toContain('index.html');
    expect(keys.filter((key) => /^\d{4}\/[^/]+\/index\.html$/u.test(key))).toHaveLength(
      shown.length + published.years.reduce((sum, { moved }) => sum + moved.length, 0),
    );
  }
}

describe('a random workbook ends in a site or a block, and each finding quotes its cell', () => {
  test('random cells in a valid frame', () => {
    fc.assert(fc.property(framed, holds), runs(500));
  });

  test('a valid workbook with random damage', () => {
    fc.assert(fc.property(damaged, holds), runs(500));
  });
});
