import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../../lib/goals/settle/settle.ts';
import { validate } from '../../lib/goals/validate.ts';
import { isBlank, matchKey } from '../../lib/text/normalize.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { anyCell } from '../support/cells.ts';
import { runs } from '../support/property-runs.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

const now = new Date('2025-04-01T00:00:00Z');

/** The frame of a right workbook around rows of anything. */
const framedWorkbook: fc.Arbitrary<Workbook> = fc
  .record({
    departments: fc.array(fc.array(anyCell, { maxLength: 9 }), { maxLength: 5 }),
    goals: fc.array(fc.array(anyCell, { maxLength: 6 }), { maxLength: 12 }),
    sound: fc.boolean(),
  })
  .map(({ departments, goals, sound }) =>
    workbookOf({
      ...soundTabs,
      部: [
        ...soundTabs.部.slice(0, sound ? 3 : 1).map((row, index) => [...row, index === 0 ? '年度' : '']),
        ...departments,
      ],
      目標: [...soundTabs.目標.slice(0, sound ? 5 : 1), ...goals],
    }),
  );

/** A workbook with no promise at all. */
const anyWorkbook: fc.Arbitrary<Workbook> = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom('設定', '部', '目標', '選択肢', ' 部'), anyCell),
      fc.array(fc.array(fc.oneof(fc.constantFrom('部名', '項目', '値', '目標', '部長名'), anyCell), { maxLength: 8 }), {
        maxLength: 6,
      }),
    ),
    { maxLength: 6 },
  )
  .map((tabs) => ({ sheets: tabs.map(([name, rows]) => ({ name, rows, merges: [], links: new Map() })) }));

describe('any workbook', () => {
  test('has rows, or findings that say why not', () => {
    fc.assert(
      fc.property(anyWorkbook, (workbook) => {
        const { rows, findings } = parseWorkbook(workbook);
        if (rows === null) expect(findings.length).toBeGreaterThan(0);
        else expect(validate(rows, now).years.length === 0).toBe(validate(rows, now).settings === null);
      }),
      runs(2000),
    );
  });
});

describe('any rows in a right frame', () => {
  test('every row that is not blank is in the output or in a finding', () => {
    fc.assert(
      fc.property(framedWorkbook, (workbook) => {
        const { rows } = parseWorkbook(workbook);
        if (rows === null) throw new Error('The frame is right, so there are rows.');
        const sheet = validate(rows, now);
        const { settings } = sheet;
        if (settings === null) throw new Error('The settings are right.');
        const settled = settle({ ...sheet, settings }, null, now);
        const said = new Set([...sheet.findings, ...settled.findings].map(({ tab, row }) => `${tab} ${row}`));
        const published = new Set(
          settled.published.years.flatMap((year) =>
            year.departments.map(({ department }) => `${year.fiscalYear} ${matchKey(department.name)}`),
          ),
        );
        const texts = new Set(
          settled.published.years.flatMap((year) =>
            year.departments.flatMap(({ department }) => department.goals.map(({ text }) => matchKey(text))),
          ),
        );
        const heldNames = new Set(settled.held.map(({ department }) => matchKey(department)));
        const drafts = new Set(
          sheet.departments.filter(({ visibility }) => visibility !== 'public').map(({ key }) => key),
        );
        for (const { row, fields } of rows.departments.rows) {
          const key = matchKey(fields.department?.text ?? '');
          const accounted =
            said.has(`部 ${row}`) ||
            heldNames.has(key) ||
            drafts.has(key) ||
            [...published].some((id) => id.endsWith(` ${key}`));
          expect(accounted, `部 ${row}`).toBe(true);
        }
        let runIsTold = false;
        for (const { row, fields } of rows.goals.rows) {
          const key = matchKey(fields.department?.text ?? '');
          // Of rows without a name, one below the other, the first is told.
          runIsTold = key === '' && (runIsTold || said.has(`目標 ${row}`));
          const accounted =
            runIsTold ||
            said.has(`目標 ${row}`) ||
            // A name that is taken over is reported where it stands.
            said.has(`目標 ${fields.department?.row}`) ||
            heldNames.has(key) ||
            drafts.has(key) ||
            // The row of its department is told, whose year cannot be read.
            sheet.withoutYear.has(key) ||
            texts.has(matchKey(fields.goal?.text ?? ''));
          expect(accounted, `目標 ${row}`).toBe(true);
        }
      }),
      runs(1000),
    );
  });

  test('each finding quotes what its cell holds', () => {
    fc.assert(
      fc.property(framedWorkbook, (workbook) => {
        const { rows } = parseWorkbook(workbook);
        if (rows === null) throw new Error('The frame is right, so there are rows.');
        for (const { tab, cell, value } of validate(rows, now).findings) {
          if (cell === null || tab === null) continue;
          const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/u.exec(cell) ?? [];
          const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
          const shown = workbook.sheets.find(({ name }) => name === tab)?.rows[Number(number) - 1]?.[column] ?? '';
          expect(value ?? '').toBe(isBlank(shown) && value === null ? '' : shown);
        }
      }),
      runs(1000),
    );
  });
});
