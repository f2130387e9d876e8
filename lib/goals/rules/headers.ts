import { isBlank, matchKey } from '../../text/normalize.ts';
import { closestTo } from '../../text/resemblance.ts';
import { inWords } from '../../text/scheme.ts';
import type { ColumnSpec } from '../../workbook/columns.ts';
import { departmentColumns, evaluationColumns, goalColumns, indicatorColumns } from '../../workbook/columns.ts';
import type { Table } from '../../workbook/rows.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { report } from './rule.ts';
import { isRated } from './statuses.ts';

/** Shorter headers resemble too many others: 備考 and 公開 have no letter in common, 証明 and 説明 have one of two. */
const shortest = 4;

/**
 * A column that nobody has declared is private (section 1 of the contract). Where a column of the contract is missing and a private one
 * has nearly its name, somebody meant to publish it. Needed columns block, and 達成状況 has a rule of its own.
 */
export function* resemblingHeaders(sheet: JoinedSheet): Generator<Report> {
  const { departments, goals, indicators, evaluations, scheme } = sheet.rows;
  const tables: readonly { table: Table<string> | null; columns: readonly ColumnSpec[] }[] = [
    { table: departments, columns: departmentColumns },
    { table: goals, columns: goalColumns },
    { table: indicators, columns: indicatorColumns },
    { table: evaluations, columns: evaluationColumns },
  ];
  const isAskedFor = isRated(sheet);
  for (const { table, columns } of tables) {
    if (table === null) continue;
    const wanted = columns
      .filter(({ key }) => table.headers[key] === undefined && !(key === 'status' && isAskedFor))
      .map(({ header }) => inWords(header, scheme))
      .filter((header) => matchKey(header).length >= shortest);
    for (const { header } of table.unlisted) {
      const closest = isBlank(header.text) ? null : closestTo(header.text, wanted);
      if (closest === null) continue;
      const { cell, row, text } = header;
      yield report(
        'resembling-header',
        { tab: table.tab, cell, row, column: closest, value: text },
        { header: closest },
      );
    }
  }
}
