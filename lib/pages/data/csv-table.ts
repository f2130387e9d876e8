/** A value in a table; null is an empty cell. */
export type Cell = string | number | null;

/**
 * A spreadsheet program runs what begins with one of these, in half or full width, when it opens the file. What cannot be seen before it
 * (variation selectors, marks without width or letter, spaces) is looked through: not every program keeps it.
 */
export const startOfFormula = /^(?:[\t\r]|[\p{Default_Ignorable_Code_Point}\p{C}\p{M}\p{Z}\s\u2800]*[=+\-@＝＋－＠])/u;
const needsQuotes = /[",\n\r]/u;

/**
 * Rows as a CSV file that a spreadsheet program opens as it should: UTF-8 with a byte order mark, RFC 4180 with its line ends, and an
 * apostrophe before a text that would be taken for a formula (docs/decisions/0015-formulas-in-csv.md).
 */
export function csvTable(rows: readonly (readonly Cell[])[]): string {
  let text = '\ufeff';
  for (const row of rows) text += `${row.map(field).join(',')}\r\n`;
  return text;
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = startOfFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
