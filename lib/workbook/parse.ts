import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey, normalizeName } from '../text/normalize.ts';
import { likelyMeant } from '../text/resemblance.ts';
import type { Scheme } from '../text/scheme.ts';
import { defaultScheme, inWords, knownUnits, schemeOf } from '../text/scheme.ts';
import type { SettingColumn, SettingKey, TabOf, TabSpec } from './columns.ts';
import {
  allTabs,
  choicesTab,
  columnsTab,
  departmentsTab,
  evaluationsTab,
  goalsTab,
  guideTabName,
  headerKeys,
  historyTab,
  indicatorsTab,
  progressTabName,
  reportTabName,
  settingItems,
  settingsTab,
} from './columns.ts';
import type { DeclarableTab, DeclaredColumn } from './declared.ts';
import { declarableTabs, readDeclarations } from './declared.ts';
import { fieldAt, fieldWith } from './field-at.ts';
import type { LocatedColumn } from './headers.ts';
import {
  findHeaderRow,
  headerCells,
  locateColumns,
  matches,
  missingHeaders,
  namedColumns,
  unlistedColumns,
} from './headers.ts';
import type { ColumnChange, Field, OtherSetting, Row, Setting, SheetRows, Table } from './rows.ts';
import { textIn } from './rows.ts';
import type { Sheet, Workbook } from './workbook.ts';
import { cellAddress } from './workbook.ts';

/**
 * The room `workbook` knows tabs, columns and cells, and how a person's sheet becomes rows; it judges nothing that a row says. It may
 * import `text`, `findings`. Begin at {@link parseWorkbook}; the table of all columns is columns.ts.
 */

/** How many names are listed in a finding before it says no more. */
const namesShown = 12;

/** The rows of the workbook, or null where a needed tab or header is missing, or two are equal: then nothing can be published. */
export interface ParsedWorkbook {
  readonly rows: SheetRows | null;
  /** Where there are rows: what is odd about 項目 and about columns that nobody publishes. */
  readonly findings: readonly Finding[];
  readonly scheme: Scheme;
}

/** Finds tabs and headers and takes the rows out, as section 1 of the contract says. Pure; throws nothing. */
export function parseWorkbook(workbook: Workbook): ParsedWorkbook {
  const blocking: Finding[] = [];
  const settings = parseTab(workbook, settingsTab, { scheme: defaultScheme, declared: [] }, blocking);
  const own = settings === null ? { values: [], others: [] } : settingsOf(settings);
  const unit = unitOf(workbook, own.values, blocking);
  const { scheme } = unit;
  const columns = parseTab(workbook, columnsTab, { scheme, declared: [] }, blocking);
  const declarations = readDeclarations(columns, scheme);
  const given = { scheme, declared: declarations.columns };
  const departments =
    unit.tab === null ? null : parseTab(workbook, { ...departmentsTab, name: unit.tab }, given, blocking);
  const goals = parseTab(workbook, goalsTab, given, blocking);
  const indicators = parseTab(workbook, indicatorsTab, given, blocking);
  const choices = parseTab(workbook, choicesTab, given, blocking);
  const evaluations = parseTab(workbook, evaluationsTab, given, blocking);
  const history = parseTab(workbook, historyTab, given, blocking);
  if (settings === null || departments === null || goals === null || blocking.length > 0) {
    return { rows: null, findings: blocking, scheme };
  }
  const tables = { departments, goals, indicators };
  return {
    rows: {
      scheme,
      settings: { tab: settings.tab, ...own },
      departments,
      goals,
      indicators,
      columns,
      choices,
      evaluations,
      history,
    },
    findings: [
      ...declarations.findings,
      ...declarations.columns.flatMap((column) => declarationFindings(column, tables, workbook, scheme)),
      ...[departments, goals, indicators, evaluations].flatMap((table) =>
        table === null ? [] : unpublishedColumns(table, scheme),
      ),
    ],
    scheme,
  };
}

/** 設定 alone; null where it cannot be read. */
export function readSettingsTab(workbook: Workbook): SheetRows['settings'] | null {
  const settings = parseTab(workbook, settingsTab, { scheme: defaultScheme, declared: [] }, []);
  return settings === null ? null : { tab: settings.tab, ...settingsOf(settings) };
}

/** What a city says for itself, that tabs and headers are read by. */
interface Given {
  readonly scheme: Scheme;
  readonly declared: readonly DeclaredColumn[];
}

/**
 * The city's words and the tab of its units: by 単位の名, or else the one tab named 部, 局, 課 … that has the headers of its own
 * name. Source: "The city's own words" in section 1 of the contract.
 */
function unitOf(
  workbook: Workbook,
  settings: readonly Setting[],
  findings: Finding[],
): { scheme: Scheme; tab: string | null } {
  const settingOf = (key: SettingKey): string | null =>
    normalizeName(settings.find((setting) => setting.key === key)?.value.text ?? '') || null;
  const words = { head: settingOf('headName'), name: settingOf('schemeName') };
  const unit = settingOf('unitName');
  if (unit !== null) {
    const tab = tabsNamed(workbook, unit).length > 0 || tabsNamed(workbook, '部').length === 0 ? unit : '部';
    return { scheme: schemeOf({ unit, ...words }), tab };
  }
  const withOwnHeaders = knownUnits.filter((name) => {
    const columns = namedColumns(departmentsTab.columns, schemeOf({ unit: name, head: null, name: null }));
    const own = columns.map((column) =>
      column.column.key === 'department' ? { ...column, keys: { ...column.keys, aliases: [] } } : column,
    );
    return tabsNamed(workbook, name).some((sheet) => findHeaderRow(sheet, own) !== null);
  });
  const [only, second] = withOwnHeaders;
  if (second !== undefined) {
    findings.push(finding('two-unit-tabs', {}, { tabs: withOwnHeaders }, schemeOf({ unit: null, ...words })));
    return { scheme: schemeOf({ unit: null, ...words }), tab: null };
  }
  const found = only ?? '部';
  return { scheme: schemeOf({ unit: found, ...words }), tab: found };
}

/** The tabs of a name; a hidden one counts only where none can be seen. */
function tabsNamed(workbook: Workbook, name: string): readonly Sheet[] {
  const key = matchKey(name);
  const all = workbook.sheets.filter((sheet) => matchKey(sheet.name) === key);
  const seen = all.filter(({ hidden }) => hidden !== true);
  return seen.length > 0 ? seen : all;
}

function parseTab<Key extends string>(
  workbook: Workbook,
  tab: TabOf<Key>,
  { scheme, declared }: Given,
  findings: Finding[],
): Table<Key> | null {
  const name = inWords(tab.name, scheme);
  const matching = tabsNamed(workbook, name);
  const [sheet, second] = matching;
  if (sheet === undefined) {
    if (tab.needed) findings.push(missingTab(workbook, name, scheme));
    return null;
  }
  if (second !== undefined) {
    const tabs = matching.map((one) => one.name);
    findings.push(finding('equal-tabs', { tab: sheet.name }, { tabs }, scheme));
    return null;
  }
  const columns = namedColumns(tab.columns, scheme);
  const headerIndex = findHeaderRow(sheet, columns);
  if (headerIndex === null) {
    // A tab that may be left out may be left empty too.
    if (!tab.needed && sheet.rows.every((row) => row.every(isBlank))) return null;
    findings.push(...missingHeaders(sheet, columns, scheme));
    return null;
  }
  const located = locateColumns(sheet, headerIndex, columns);
  for (const { header, cells } of located.equal) {
    findings.push(
      ...cells.map(({ cell, row, text }) =>
        finding(
          'equal-headers',
          { tab: sheet.name, cell, row, column: header, value: text },
          { header, cells: cells.map((other) => other.cell) },
          scheme,
        ),
      ),
    );
  }
  const headers: Partial<Record<Key, Field>> = {};
  for (const { key, field } of located.found) headers[key] = field;
  const ownOnes = isDeclarable(tab.key)
    ? ownColumns(sheet, headerIndex, located.found, declared, tab.key, columns)
    : null;
  const own = ownOnes?.own ?? [];
  const changes: Partial<Record<Key, ColumnChange>> = ownOnes?.changes ?? {};
  const known = [
    ...located.found.map(({ field }) => field),
    ...located.equal.flatMap(({ cells }) => cells),
    ...own.map(({ field }) => field),
  ];
  const rows = tableRows(sheet, headerIndex, located.found, own, tab.key === 'goals');
  return {
    tab: sheet.name,
    headers,
    rows: carryDown(rows, tab, (row) => sheet.origins?.[row - 1]?.file ?? null),
    declared: own.map(({ column }) => column),
    changes,
    unlisted: unlistedColumns(
      sheet,
      headerIndex,
      new Set(known.map(({ cell }) => cell)),
      tab.key === departmentsTab.key,
    ),
    hiddenRows: rows.filter(({ row }) => sheet.hiddenRows?.get(row - 1) === 'hand').map(({ row }) => row),
  };
}

function isDeclarable(key: TabSpec['key']): key is DeclarableTab {
  return declarableTabs.some((tab) => tab === key);
}

interface OwnColumn {
  readonly column: DeclaredColumn;
  readonly index: number;
  readonly field: Field;
}

/** Finds the columns that 項目 declares, and what it says of columns of the contract. One that is there twice is neither. */
function ownColumns<Key extends string>(
  sheet: Sheet,
  headerIndex: number,
  found: readonly LocatedColumn<Key>[],
  declared: readonly DeclaredColumn[],
  tab: DeclarableTab,
  columns: ReturnType<typeof namedColumns<Key>>,
): { own: OwnColumn[]; changes: Partial<Record<Key, ColumnChange>> } {
  const own: OwnColumn[] = [];
  const changes: Partial<Record<Key, ColumnChange>> = {};
  const cells = headerCells(sheet, headerIndex);
  for (const column of declared) {
    if (column.tab !== tab) continue;
    const key = matchKey(column.header);
    const standard = found.find((one) => matchKey(one.field.text) === key);
    if (standard !== undefined) {
      const { isPublished, required, label, hasLabel, hasRequired } = column;
      const needed = columns.find((one) => one.column.key === standard.key)?.column.needed === true;
      changes[standard.key] = {
        required: hasRequired ? required : null,
        isPublished: isPublished || needed,
        label: hasLabel ? label : null,
      };
      continue;
    }
    const [only, second] = cells.filter((cell) => cell.key === key);
    if (only !== undefined && second === undefined) own.push({ column, index: only.index, field: only.field });
  }
  return { own: own.sort((a, b) => a.index - b.index), changes };
}

/** What is wrong with a row of 項目 as the tab of which it speaks shows it. Source: section 8 of the contract. */
function declarationFindings(
  column: DeclaredColumn,
  tables: Readonly<Record<DeclarableTab, Pick<Table<string>, 'tab' | 'headers' | 'declared' | 'unlisted'> | null>>,
  workbook: Workbook,
  scheme: Scheme,
): Finding[] {
  const table = tables[column.tab];
  const { cell, row, text } = column.place;
  const place = {
    tab: tabsNamed(workbook, columnsTab.name)[0]?.name ?? columnsTab.name,
    cell,
    row,
    column: '見出し',
    value: text,
  };
  const { header } = column;
  const key = matchKey(header);
  if (table === null) {
    const name = inWords(allTabs.find((tab) => tab.key === column.tab)?.name ?? '', scheme);
    return [finding('declaration-without-column', place, { header, tab: name, closest: null }, scheme)];
  }
  const standard = Object.entries(table.headers).find(
    ([, field]) => field !== undefined && matchKey(field.text) === key,
  );
  if (standard !== undefined) {
    const tab = allTabs.find((one) => one.key === column.tab);
    const needed = tab?.columns.find((one) => one.key === standard[0])?.needed === true;
    return needed && !column.isPublished ? [finding('needed-column-published', place, { header }, scheme)] : [];
  }
  if (table.declared.includes(column)) return [];
  const others = table.unlisted.map((one) => one.header);
  const cells = others.filter((one) => matchKey(one.text) === key).map((one) => one.cell);
  if (cells.length > 1) return [finding('declared-column-twice', place, { header, tab: table.tab, cells }, scheme)];
  const closest = likelyMeant(
    header,
    others.map((one) => one.text),
  );
  return [finding('declaration-without-column', place, { header, tab: table.tab, closest }, scheme)];
}

/**
 * The columns of a tab that are neither of the contract nor declared: named once, so that nobody believes they are published. One without
 * a header above what stands in it was perhaps one of those that are.
 */
function unpublishedColumns({ tab, unlisted }: Pick<Table<string>, 'tab' | 'unlisted'>, scheme: Scheme): Finding[] {
  const headers = unlisted.map(({ header }) => header);
  const named = headers.filter(({ text }) => !isBlank(text));
  const [first] = named;
  const names = named.map(({ text }) => text.replaceAll(/\s+/gu, ''));
  return [
    ...(first === undefined
      ? []
      : [
          finding(
            'unpublished-columns',
            { tab, cell: first.cell, row: first.row, value: first.text },
            { headers: names, tab },
            scheme,
          ),
        ]),
    ...headers
      .filter(({ text }) => isBlank(text))
      .map(({ cell, row }) => finding('column-without-header', { tab, cell, row }, {}, scheme)),
  ];
}

function missingTab(workbook: Workbook, name: string, scheme: Scheme): Finding {
  const known = new Set(
    allTabs
      .map((tab) => matchKey(inWords(tab.name, scheme)))
      .concat(matchKey(reportTabName), matchKey(guideTabName), matchKey(progressTabName)),
  );
  const others = workbook.sheets.map((sheet) => sheet.name).filter((other) => !known.has(matchKey(other)));
  const found = workbook.sheets.map((sheet) => sheet.name).slice(0, namesShown);
  return finding('missing-tab', { tab: name }, { tab: name, found, closest: likelyMeant(name, others) }, scheme);
}

function tableRows<Key extends string>(
  sheet: Sheet,
  headerIndex: number,
  columns: readonly LocatedColumn<Key>[],
  own: readonly OwnColumn[],
  hasHeadings: boolean,
): Row<Key>[] {
  const above = valuesFromMerges(sheet, headerIndex);
  const pictures = new Map((sheet.pictures ?? []).map((one) => [cellAddress(one.row, one.column), one.bytes]));
  const rows: Row<Key>[] = [];
  const all = [...columns.map(({ index, field }) => ({ index, field })), ...own];
  const keys = all.map(({ index, field }) => ({ index, key: matchKey(field.text) }));
  for (let index = headerIndex + 1; index < sheet.rows.length; index += 1) {
    const cells = sheet.rows[index] ?? [];
    let filled = 0;
    let equal = 0;
    for (const { index: column, key } of keys) {
      const text = cells[column] ?? '';
      if (isBlank(text)) continue;
      if (filled === equal && matchKey(text) === key) equal += 1;
      filled += 1;
    }
    // A row with nothing of its own is blank, even where a merged cell reaches into it.
    if (filled === 0) continue;
    // The header again, copied into the middle for printing.
    if (filled === equal && filled >= Math.min(2, keys.length)) continue;
    const merged = above.get(index);
    const fieldOf = (column: number): Field => {
      const field = merged?.get(column) ?? fieldAt(sheet, index, column);
      const picture = pictures.size === 0 ? undefined : pictures.get(field.cell);
      return picture === undefined ? field : fieldWith(field, { picture });
    };
    const fields: Partial<Record<Key, Field>> = {};
    for (const column of columns) fields[column.key] = fieldOf(column.index);
    rows.push({ row: index + 1, fields, declared: own.map((column) => fieldOf(column.index)) });
  }
  return hasHeadings ? withoutHeadings(rows, columns, own) : rows;
}

/**
 * A row with nothing but 部名 is a heading where the row below it has none: it gives its name to the rows below. Source: section 8 of
 * the contract.
 */
function withoutHeadings<Key extends string>(
  rows: readonly Row<Key>[],
  columns: readonly LocatedColumn<Key>[],
  own: readonly OwnColumn[],
): Row<Key>[] {
  const names = columns.find(({ key }) => key === 'department')?.key;
  if (names === undefined || columns.length + own.length === 1) return [...rows];
  const kept: Row<Key>[] = [];
  let heading: Field | null = null;
  for (const [position, row] of rows.entries()) {
    const name = row.fields[names];
    const isFilled = name !== undefined && !isBlank(name.text);
    const next = rows[position + 1]?.fields[names];
    const nextIsBlank = next !== undefined && isBlank(next.text);
    const isAlone = (): boolean =>
      columns.every(({ key }) => key === names || isBlank(textIn(row.fields, key))) &&
      row.declared.every(({ text }) => isBlank(text));
    if (isFilled && nextIsBlank && isAlone()) {
      heading = name;
      continue;
    }
    if (heading === null || isFilled || name === undefined) {
      kept.push(row);
    } else {
      kept.push({ ...row, fields: { ...row.fields, [names]: fieldWith(heading, { carriedInto: name.cell }) } });
    }
    heading = null;
  }
  return kept;
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

/** Where a blank cell under a filled one means the value above. Source: sections 1 and 8 of the contract. */
function carryDown<Key extends string>(
  rows: readonly Row<Key>[],
  tab: TabOf<Key>,
  fileOf: (row: number) => string | null,
): readonly Row<Key>[] {
  const { carried, carriedInDepartment } = tab;
  if (carried.length + carriedInDepartment.length === 0) return rows;
  const last = new Map<string, Field>();
  const columns = tab.columns.map(({ key }) => key);
  const inTab = columns.filter((column) => carried.includes(column));
  const inDepartment = columns.filter((column) => carriedInDepartment.includes(column));
  const names = columns.find((key) => key === 'department');
  let department: string | null = null;
  let file: string | null = null;
  return rows.map((row) => {
    // What stands above in another file is another department's.
    if (fileOf(row.row) !== file) last.clear();
    file = fileOf(row.row);
    let changed: Partial<Record<Key, Field>> | null = null;
    const take = (column: Key): void => {
      const field = row.fields[column];
      if (field === undefined) return;
      const above = last.get(column);
      if (!isBlank(field.text)) {
        last.set(column, field);
      } else if (above !== undefined) {
        changed ??= { ...row.fields };
        changed[column] = fieldWith(above, { carriedInto: field.cell });
      }
    };
    for (const column of inTab) take(column);
    const current = names === undefined ? '' : matchKey((changed ?? row.fields)[names]?.text ?? '');
    if (current !== department) for (const column of carriedInDepartment) last.delete(column);
    department = current;
    for (const column of inDepartment) take(column);
    return changed === null ? row : { ...row, fields: changed };
  });
}

/** Rows of 設定 by what their 項目 says. A row without an 項目 may be a setting that lost its name. */
function settingsOf(table: Table<SettingColumn>): { values: Setting[]; others: OtherSetting[] } {
  const values: Setting[] = [];
  const others: OtherSetting[] = [];
  const items = settingItems.map((item) => ({ key: item.key, keys: headerKeys(item, defaultScheme) }));
  for (const { fields } of table.rows) {
    const { item } = fields;
    if (item === undefined) continue;
    const value = fields.value ?? fieldWith(item, { text: '' });
    const key = matchKey(item.text);
    const found = items.find((candidate) => matches(key, candidate.keys) !== null);
    if (found === undefined) others.push({ item, value });
    else values.push({ key: found.key, value });
  }
  return { values, others };
}
