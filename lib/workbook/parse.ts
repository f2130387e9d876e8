import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey } from '../text/normalize.ts';
import { likelyMeant } from '../text/resemblance.ts';
import type { TabDefinition } from './columns.ts';
import {
  choicesTab,
  departmentsTab,
  goalsTab,
  guideTabName,
  reportTabName,
  settingDefinitions,
  settingsTab,
} from './columns.ts';
import { fieldAt } from './field-at.ts';
import type { LocatedColumn } from './headers.ts';
import { findHeaderRow, locateColumns, matches, missingHeaders, unlistedColumns } from './headers.ts';
import type { Field, GoalColumn, OtherSetting, Row, Setting, SheetRows, Table } from './rows.ts';
import type { Sheet, Workbook } from './workbook.ts';

/** How many names are listed in a finding before it says no more. */
const namesShown = 12;

/** The rows of the workbook, or null where a required tab or header is missing or two headers are equal. */
export interface ParsedWorkbook {
  readonly rows: SheetRows | null;
  readonly findings: readonly Finding[];
}

/** Finds tabs and headers and takes the rows out, as section 1 of the contract says. Pure; throws nothing. */
export function parseWorkbook(workbook: Workbook): ParsedWorkbook {
  const findings: Finding[] = [];
  const settings = parseTab(workbook, settingsTab, findings);
  const departments = parseTab(workbook, departmentsTab, findings);
  const goals = parseTab(workbook, goalsTab, findings);
  const choices = parseTab(workbook, choicesTab, findings);
  if (settings === null || departments === null || goals === null || findings.length > 0)
    return { rows: null, findings };
  return {
    rows: {
      settings: { tab: settings.tab, ...settingsOf(settings) },
      departments,
      goals: { ...goals, rows: carryDown(goals.rows, ['department', 'fiscalYear']) },
      choices,
    },
    findings,
  };
}

function parseTab<Key extends string>(
  workbook: Workbook,
  definition: TabDefinition<Key>,
  findings: Finding[],
): Table<Key> | null {
  const wanted = matchKey(definition.name);
  const named = workbook.sheets.filter((sheet) => matchKey(sheet.name) === wanted);
  // Of two tabs of one name the one that a person sees is meant: an old one was hidden, and not deleted.
  const visible = named.filter(({ hidden }) => hidden !== true);
  const matching = visible.length === 1 ? visible : named;
  const [sheet, second] = matching;
  if (sheet === undefined) {
    if (definition.required) findings.push(missingTab(workbook, definition.name));
    return null;
  }
  if (second !== undefined) {
    findings.push(finding('equal-tabs', { tab: sheet.name }, { tabs: matching.map(({ name }) => name) }));
    return null;
  }
  const headerIndex = findHeaderRow(sheet, definition.columns);
  if (headerIndex === null) {
    // A tab that may be left out may be left empty too.
    if (!definition.required && sheet.rows.every((row) => row.every(isBlank))) return null;
    findings.push(...missingHeaders(sheet, definition.columns));
    return null;
  }
  const columns = locateColumns(sheet, headerIndex, definition.columns);
  for (const { definition: column, cells } of columns.equal) {
    findings.push(
      ...cells.map(({ cell, row, text }) =>
        finding(
          'equal-headers',
          { tab: sheet.name, cell, row, column: column.header, value: text },
          { header: column.header, cells: cells.map((other) => other.cell) },
        ),
      ),
    );
  }
  const headers: Partial<Record<Key, Field>> = {};
  for (const { key, field } of columns.found) headers[key] = field;
  const known = [...columns.found.map(({ field }) => field), ...columns.equal.flatMap(({ cells }) => cells)];
  const listed = new Set(known.map(({ cell }) => cell));
  return {
    tab: sheet.name,
    headers,
    rows: tableRows(sheet, headerIndex, columns.found),
    unlisted: unlistedColumns(sheet, headerIndex, listed, definition.name === departmentsTab.name),
  };
}

function missingTab(workbook: Workbook, name: string): Finding {
  const known = new Set(
    [settingsTab, departmentsTab, goalsTab, choicesTab]
      .map((tab) => matchKey(tab.name))
      .concat(matchKey(reportTabName), matchKey(guideTabName)),
  );
  const others = workbook.sheets.map((sheet) => sheet.name).filter((other) => !known.has(matchKey(other)));
  const found = workbook.sheets.map((sheet) => sheet.name).slice(0, namesShown);
  return finding('missing-tab', { tab: name }, { tab: name, found, closest: likelyMeant(name, others) });
}

function tableRows<Key extends string>(
  sheet: Sheet,
  headerIndex: number,
  columns: readonly LocatedColumn<Key>[],
): Row<Key>[] {
  const above = valuesFromMerges(sheet, headerIndex);
  const rows: Row<Key>[] = [];
  for (let index = headerIndex + 1; index < sheet.rows.length; index += 1) {
    const cells = sheet.rows[index] ?? [];
    // A row with nothing of its own is blank, even where a merged cell reaches into it.
    if (columns.every((column) => isBlank(cells[column.index] ?? ''))) continue;
    const fields: Partial<Record<Key, Field>> = {};
    for (const column of columns) {
      fields[column.key] = above.get(index)?.get(column.index) ?? fieldAt(sheet, index, column.index);
    }
    rows.push({ row: index + 1, fields });
  }
  return rows;
}

/**
 * For each cell below the first of a merged range: the value at its top. Ranges that reach into the header row are left
 * out.
 */
function valuesFromMerges(sheet: Sheet, headerIndex: number): ReadonlyMap<number, ReadonlyMap<number, Field>> {
  const values = new Map<number, Map<number, Field>>();
  for (const { top, left, bottom } of sheet.merges) {
    if (top <= headerIndex) continue;
    const field = fieldAt(sheet, top, left);
    for (let row = top + 1; row <= Math.min(bottom, sheet.rows.length - 1); row += 1) {
      const inRow = values.get(row) ?? new Map<number, Field>();
      inRow.set(left, field);
      values.set(row, inRow);
    }
  }
  return values;
}

/** In 目標 a blank 部名 or 年度 under a filled one means the value above. */
function carryDown(rows: readonly Row<GoalColumn>[], columns: readonly GoalColumn[]): Row<GoalColumn>[] {
  const last: Partial<Record<GoalColumn, Field>> = {};
  return rows.map((row) => {
    const fields = { ...row.fields };
    for (const column of columns) {
      const field = fields[column];
      if (field === undefined) continue;
      if (!isBlank(field.text)) last[column] = field;
      else if (last[column] !== undefined) fields[column] = { ...last[column], carriedInto: field.cell };
    }
    return { row: row.row, fields };
  });
}

/** Rows of 設定 by what their 項目 says. A row without an 項目 may be a setting that lost its name. */
function settingsOf(table: Table<'item' | 'value'>): Pick<SheetRows['settings'], 'values' | 'others'> {
  const values: Setting[] = [];
  const others: OtherSetting[] = [];
  for (const { fields } of table.rows) {
    const { item } = fields;
    if (item === undefined) continue;
    const value = fields.value ?? { ...item, text: '' };
    const key = matchKey(item.text);
    const definition = settingDefinitions.find((candidate) => matches(key, candidate) !== null);
    if (definition === undefined) others.push({ item, value });
    else values.push({ key: definition.key, value });
  }
  return { values, others };
}
