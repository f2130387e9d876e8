import { isBlank, isErrorValue, normalizeName } from '../../text/normalize.ts';
import { settingName } from '../../workbook/columns.ts';
import type { Field } from '../../workbook/rows.ts';
import { readOwnValue } from '../cells/own-value.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import type { RecordColumn, SheetRecord } from './records.ts';
import { isAskedFor, placeIn, recordsOf } from './records.ts';
import type { Report } from './rule.ts';
import { report } from './rule.ts';

/** The cells of a record that are there. */
function* cellsOf(record: SheetRecord): Generator<{ column: RecordColumn; field: Field }> {
  for (const column of record.columns) {
    const field = column.fieldOf(record.row);
    if (field !== undefined) yield { column, field };
  }
}

/** An error value is an error in the report. Source: section 1 of the contract. A picture's place has a rule of its own. */
export function* errorValues(sheet: JoinedSheet): Generator<Report> {
  for (const record of recordsOf(sheet)) {
    for (const { column, field } of cellsOf(record)) {
      if (!isErrorValue(field.text) || column.key === 'portrait') continue;
      yield report('error-value', placeIn(record, column), { column: column.header }, record.holds);
    }
  }
}

/** What `Loading...` of a formula looks like where only the text is known. */
const loading = /^(?:loading|読み込んでいます|読み込み中)(?:\.{3}|…)$/iu;

/** A value that is not there yet, or was not saved, is no content. */
export function* pendingValues(sheet: JoinedSheet): Generator<Report> {
  for (const record of recordsOf(sheet)) {
    for (const { column, field } of cellsOf(record)) {
      const isLoading = field.mark?.pending === 'loading' || loading.test(field.text);
      if (!isLoading && field.mark?.pending === undefined) continue;
      const code = isLoading ? 'value-still-loading' : 'formula-without-result';
      yield report(code, placeIn(record, column), { column: column.header }, record.holds);
    }
  }
}

/** How much of a struck-out text is quoted. */
const quoted = 30;

/** What is struck out is not what a cell says. Source: section 8 of the contract. */
export function* struckOut(sheet: JoinedSheet): Generator<Report> {
  for (const record of recordsOf(sheet)) {
    for (const { column, field } of cellsOf(record)) {
      const text = field.mark?.struck;
      if (text === undefined || isBlank(text)) continue;
      const letters = [...text.replaceAll(/\s+/gu, ' ').trim()];
      const struck = letters.length > quoted ? `${letters.slice(0, quoted).join('')}…` : letters.join('');
      yield report('struck-out', placeIn(record, column), { struck });
    }
  }
}

/** A number that a date's format makes a day of, where a number or a year is asked for: it is the format that is wrong. */
export function* dateFormats(sheet: JoinedSheet): Generator<Report> {
  const ofNumbers = new Set(['number', 'order', 'goalNumber', 'fiscalYear']);
  for (const record of recordsOf(sheet)) {
    for (const { column, field } of cellsOf(record)) {
      const date = field.mark?.date;
      if (date === undefined) continue;
      const type = column.declared?.type;
      const isNumber =
        column.spec?.kind === 'number' ||
        ofNumbers.has(column.key ?? '') ||
        type === 'number' ||
        type === 'money' ||
        type === 'percent';
      if (!isNumber) continue;
      const facts = { shown: field.text, number: date.number };
      yield report('date-format', placeIn(record, column), facts, record.holds);
    }
  }
}

/**
 * A blank cell where something is required: by the table of columns, or by 必須 of 項目. 部名 of 目標 has rules of its own, since a blank
 * means the value above. Source: section 1 of the contract.
 */
export function* missingValues(sheet: JoinedSheet): Generator<Report> {
  for (const record of recordsOf(sheet)) {
    for (const column of record.columns) {
      const field = column.fieldOf(record.row);
      if (field !== undefined && !isBlank(field.text)) continue;
      // Said already: struck out, or not worked out yet.
      if (field?.mark?.pending !== undefined) continue;
      if (!isAskedFor(record, column)) continue;
      yield missingValue(record, column);
    }
  }
}

function missingValue(record: SheetRecord, column: RecordColumn): Report {
  const place = placeIn(record, column);
  const name = record.row.fields['director']?.text ?? '';
  if (column.key === 'summary') return report('missing-summary', place, {}, record.holds);
  if (column.key === 'status') return report('missing-result', place, {}, record.holds);
  if (column.key === 'directorKana' && !isBlank(name) && !isErrorValue(name)) {
    return report('missing-director-kana', place, { name: normalizeName(name) }, record.holds);
  }
  return report('missing-value', place, { column: column.header }, record.holds);
}

/** A cell in a column of the city's own that is not of the column's kind. Source: section 8 of the contract. */
export function* unreadableOwnValues(sheet: JoinedSheet): Generator<Report> {
  for (const record of recordsOf(sheet)) {
    for (const column of record.columns) {
      const { declared } = column;
      const field = column.fieldOf(record.row);
      if (declared === null || !declared.isPublished || field === undefined || isErrorValue(field.text)) continue;
      if (field.mark?.pending !== undefined || readOwnValue(field, declared.type) !== undefined) continue;
      if (field.mark?.date !== undefined && declared.type !== 'link') continue;
      const code =
        declared.type === 'date'
          ? 'unreadable-date'
          : declared.type === 'link'
            ? 'unreadable-link'
            : 'unreadable-figure';
      yield report(code, placeIn(record, column), { column: column.header }, record.holds);
    }
  }
}

/** Schemes that a link of a public office has; an address without one leads to a cell of the sheet, or nowhere. */
const safeLink = /^(?:https?:|mailto:|tel:|[^:]*$)/iu;

/**
 * Links are not published, but the staff who work in the sheet can follow them: one that runs something does not belong
 * there.
 */
export function* unsafeLinks(sheet: JoinedSheet): Generator<Report> {
  const isUnsafe = ({ link }: Field): boolean => link !== undefined && !safeLink.test(link);
  const { settings } = sheet.rows;
  for (const { key, value } of settings.values) {
    if (!isUnsafe(value)) continue;
    const { cell, row, text } = value;
    const place = { tab: settings.tab, cell, row, column: settingName(key), value: text || null };
    yield report('unsafe-link', place, {});
  }
  for (const record of recordsOf(sheet)) {
    for (const { column, field } of cellsOf(record)) {
      if (isUnsafe(field)) yield report('unsafe-link', placeIn(record, column), {});
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
