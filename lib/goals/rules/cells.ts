import { isBlank, isErrorValue, normalizeName } from '../../text/normalize.ts';
import { settingName } from '../../workbook/columns.ts';
import { isNumberType } from '../../workbook/declared.ts';
import type { Field, Row } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { isSameUnit, unitOfCell, unitsNamed } from '../cells/own-unit.ts';
import { readOwnValue } from '../cells/own-value.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import type { RecordColumn, SheetRecord } from './records.ts';
import { isAskedFor, placeIn, recordsOf } from './records.ts';
import type { Report } from './rule.ts';
import { fieldPlace, report } from './rule.ts';

/** Finds what is wrong with one cell; the field is undefined where the row has none in that column. */
type CellRule = (record: SheetRecord, column: RecordColumn, field: Field | undefined) => Report | null;

/** An error value is an error in the report. Source: section 1 of the contract. A picture's place has a rule of its own. */
const errorValue: CellRule = (record, column, field) =>
  field !== undefined && isErrorValue(field.text) && column.key !== 'portrait'
    ? report('error-value', placeIn(record, column), { column: column.header }, record.holds)
    : null;

/** What `Loading...` of a formula looks like where only the text is known. */
const loading = /^(?:loading|読み込んでいます|読み込み中)(?:\.{3}|…)$/iu;

/** A value that is not there yet, or was not saved, is no content. */
const pendingValue: CellRule = (record, column, field) => {
  if (field === undefined) return null;
  const isLoading = field.mark?.pending === 'loading' || loading.test(field.text);
  if (!isLoading && field.mark?.pending === undefined) return null;
  const code = isLoading ? 'value-still-loading' : 'formula-without-result';
  return report(code, placeIn(record, column), { column: column.header }, record.holds);
};

/** How much of a struck-out text is quoted. */
const quoted = 30;

/** What is struck out is not what a cell says. Source: section 8 of the contract. */
const struckOut: CellRule = (record, column, field) => {
  const text = field?.mark?.struck;
  if (text === undefined || isBlank(text)) return null;
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()];
  const struck = letters.length > quoted ? `${letters.slice(0, quoted).join('')}…` : letters.join('');
  return report('struck-out', placeIn(record, column), { struck });
};

const ofNumbers: ReadonlySet<string | null> = new Set(['number', 'order', 'goalNumber', 'fiscalYear']);

/** A number that a date's format makes a day of, where a number or a year is asked for: it is the format that is wrong. */
const dateFormat: CellRule = (record, column, field) => {
  const date = field?.mark?.date;
  if (field === undefined || date === undefined) return null;
  const isNumber =
    column.spec?.kind === 'number' ||
    ofNumbers.has(column.key) ||
    (column.declared !== null && isNumberType(column.declared.type));
  if (!isNumber) return null;
  return report('date-format', placeIn(record, column), { shown: field.text, number: date.number }, record.holds);
};

/**
 * A blank cell where something is required: by the table of columns, or by 必須 of 項目. 部名 of 目標 has rules of its own, since a blank
 * means the value above. Source: section 1 of the contract.
 */
const missingValue: CellRule = (record, column, field) => {
  if (field !== undefined && !isBlank(field.text)) return null;
  // Said already: struck out, or not worked out yet.
  if (field?.mark?.pending !== undefined || !isAskedFor(record, column)) return null;
  const place = placeIn(record, column);
  const name = textIn(record.row.fields, 'director');
  if (column.key === 'summary') return report('missing-summary', place, {}, record.holds);
  if (column.key === 'status') return report('missing-result', place, {}, record.holds);
  if (column.key === 'directorKana' && !isBlank(name) && !isErrorValue(name)) {
    return report('missing-director-kana', place, { name: normalizeName(name) }, record.holds);
  }
  return report('missing-value', place, { column: column.header }, record.holds);
};

/** A cell in a column of the city's own that is not of the column's kind. Source: section 8 of the contract. */
const unreadableOwnValue: CellRule = (record, column, field) => {
  const { declared } = column;
  if (declared === null || !declared.isPublished || field === undefined || isErrorValue(field.text)) return null;
  if (field.mark?.pending !== undefined || readOwnValue(field, declared.type) !== undefined) return null;
  if (field.mark?.date !== undefined && declared.type !== 'link') return null;
  const code =
    declared.type === 'date' ? 'unreadable-date' : declared.type === 'link' ? 'unreadable-link' : 'unreadable-figure';
  return report(code, placeIn(record, column), { column: column.header }, record.holds);
};

/** A cell whose unit is not that of its column: the number is published, with the column's unit. Source: as of the unit in own-unit.ts. */
const otherUnit: CellRule = (record, column, field) => {
  const { declared } = column;
  if (declared === null || !declared.isPublished || declared.unit === null || field === undefined) return null;
  const named = unitOfCell(field.text, declared.type);
  if (named === null || isSameUnit(named, declared.unit)) return null;
  return report('other-unit', placeIn(record, column), { header: column.header, unit: declared.unit, named });
};

/** Schemes that a link of a public office has; an address without one leads to a cell of the sheet, or nowhere. */
const safeLink = /^(?:https?:|mailto:|tel:|[^:]*$)/iu;

function isUnsafe({ link }: Field): boolean {
  return link !== undefined && !safeLink.test(link);
}

/**
 * Links are not published, but the staff who work in the sheet can follow them: one that runs something does not belong
 * there.
 */
const unsafeLink: CellRule = (record, column, field) =>
  field !== undefined && isUnsafe(field) ? report('unsafe-link', placeIn(record, column), {}) : null;

/** In the order of the findings at one cell. */
const cellRules: readonly CellRule[] = [
  errorValue,
  pendingValue,
  missingValue,
  unreadableOwnValue,
  otherUnit,
  dateFormat,
  struckOut,
  unsafeLink,
];

/** Holds every cell of every record to the rules that ask for nothing but the cell and its column: one walk for all of them. */
export function oddCells(sheet: JoinedSheet): Report[] {
  const reports: Report[] = [];
  for (const record of recordsOf(sheet)) {
    for (const column of record.columns) {
      const field = column.fieldOf(record.row);
      for (const rule of cellRules) {
        const found = rule(record, column, field);
        if (found !== null) reports.push(found);
      }
    }
  }
  return reports;
}

/** The links of 設定, as those of the other tabs. */
export function* unsafeSettingLinks(sheet: JoinedSheet): Generator<Report> {
  const { settings } = sheet.rows;
  for (const { key, value } of settings.values) {
    if (!isUnsafe(value)) continue;
    const { cell, row, text } = value;
    const place = { tab: settings.tab, cell, row, column: settingName(key), value: text || null };
    yield report('unsafe-link', place, {});
  }
}

/** Units that the cells of one column do not agree on, where 項目 names none: said at the first that is another. */
export function* mixedUnits({ rows }: JoinedSheet): Generator<Report> {
  for (const table of [rows.departments, rows.goals, rows.indicators]) {
    for (const [index, { header, type, unit, isPublished }] of (table?.declared ?? []).entries()) {
      if (table === null || !isPublished || unit !== null) continue;
      const rows: readonly Row<string>[] = table.rows;
      const shownIn = (row: Row<string>): string => row.declared[index]?.text ?? '';
      const units = unitsNamed(rows.map(shownIn), type);
      const other = units[1];
      const row = rows.find((one) => other !== undefined && unitOfCell(shownIn(one), type) === other);
      const field = row?.declared[index];
      if (row === undefined || field === undefined) continue;
      const department = normalizeName(textIn(row.fields, 'department')) || null;
      const place = fieldPlace(table.tab, field, row.row, header, department);
      yield report('mixed-units', place, { header, units });
    }
  }
}

/** Rows hidden by hand count, and somebody may believe that they do not. Source: section 8 of the contract. */
export function* hiddenRows(sheet: JoinedSheet): Generator<Report> {
  const { departments, goals, indicators, evaluations } = sheet.rows;
  for (const table of [departments, goals, indicators, evaluations]) {
    const [first] = table?.hiddenRows ?? [];
    if (table === null || first === undefined) continue;
    yield report('hidden-rows', { tab: table.tab, row: first }, { rows: table.hiddenRows });
  }
}
