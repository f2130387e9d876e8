import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvTable } from '../../lib/pages/data/csv-table.ts';
import { runs } from '../support/property-runs.ts';

/** Texts of what matters in CSV, and of anything. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', "'", '=', '＝', '+', '-', '@', '\t', ' ', 'あ', '1', '.') }),
);

test('a table is what csv-stringify makes of it', () => {
  const rows = fc.array(fc.array(fc.oneof(text, fc.nat(), fc.constant(null)), { minLength: 2, maxLength: 4 }));
  fc.assert(
    fc.property(rows, (table) => {
      const expected = stringify(
        table.map((row) => [...row]),
        { bom: true, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\n\r]/u },
      );
      expect(csvTable(table)).toBe(table.length === 0 ? '\ufeff' : expected);
    }),
    runs(2000),
  );
});
