import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { type CellRange, cellAddress, type Workbook } from '../../lib/workbook/workbook.ts';
import type { GridRange, SheetRequest } from './google-requests.ts';

type CellData = sheets_v4.Schema$CellData;

/** One tab as the server keeps it. Cells that hold nothing are not in the map. */
interface SheetModel {
  sheetId: number;
  title: string;
  sheetType: 'GRID' | 'OBJECT';
  hidden: boolean;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
  frozenColumnCount: number;
  cells: Map<string, CellData>;
  merges: CellRange[];
  widths: Map<number, number>;
  conditionalFormats: sheets_v4.Schema$ConditionalFormatRule[];
  protectedRanges: sheets_v4.Schema$ProtectedRange[];
  hiddenRows: Map<number, 'hand' | 'filter'>;
  /** Protections that the service does not tell of, and holds to all the same. */
  untoldLocks: sheets_v4.Schema$ProtectedRange[];
  /** Columns of a table whose kind somebody has chosen. */
  typedColumns: CellRange[];
}

/** Thrown for a batch that the service refuses; nothing of the batch is kept. */
export class BadRequest extends Error {}

/** A spreadsheet as the Sheets API keeps and shows it. */
export class SpreadsheetModel {
  readonly #sheets: SheetModel[] = [];

  /** Adds a tab of texts, as staff would type them in. */
  addTab(title: string, rows: readonly (readonly string[])[] = [], merges: readonly CellRange[] = []): void {
    const sheet = emptySheet(this.#sheets.length === 0 ? 0 : 1000 + this.#sheets.length, title);
    sheet.rowCount = Math.max(1000, rows.length);
    sheet.columnCount = Math.max(26, ...rows.map((row) => row.length));
    sheet.merges = [...merges];
    this.#sheets.push(sheet);
    rows.forEach((row, at) => {
      row.forEach((text, column) => {
        if (text !== '')
          this.set(title, cellAddress(at, column), { formattedValue: text, userEnteredValue: { stringValue: text } });
      });
    });
  }

  /** Adds the tab of a chart, which holds no cells. */
  addChart(title: string): void {
    this.#sheets.push({ ...emptySheet(5000 + this.#sheets.length, title), sheetType: 'OBJECT' });
  }

  static of(workbook: Workbook): SpreadsheetModel {
    const model = new SpreadsheetModel();
    for (const { name, rows, merges, links } of workbook.sheets) {
      model.addTab(name, rows, merges);
      for (const [address, uri] of links) model.set(name, address, { textFormatRuns: [{ format: { link: { uri } } }] });
    }
    return model;
  }

  hide(title: string): void {
    this.#sheet(title).hidden = true;
  }

  hideRows(title: string, rows: readonly number[], how: 'hand' | 'filter' = 'hand'): void {
    const { hiddenRows } = this.#sheet(title);
    for (const row of rows) hiddenRows.set(row, how);
  }

  /** Locks a range, or the whole tab, for everybody but some; Mokuhyo is not among them unless `canEdit`. */
  lock(
    title: string,
    range: CellRange | null,
    { canEdit = false, warningOnly = false, isTold = true, but = [] }: LockOptions = {},
  ): void {
    const { sheetId, protectedRanges, untoldLocks } = this.#sheet(title);
    (isTold ? protectedRanges : untoldLocks).push({
      protectedRangeId: 900 + protectedRanges.length,
      range: range === null ? { sheetId } : gridRangeOf(sheetId, range),
      description: '職員が決めた保護',
      ...(warningOnly ? { warningOnly } : {}),
      // A person may edit what only warns; what is false is left out of an answer.
      ...(canEdit || warningOnly ? { requestingUserCanEdit: true } : {}),
      ...(but.length > 0 ? { unprotectedRanges: but.map((one) => gridRangeOf(sheetId, one)) } : {}),
    });
  }

  /** Makes a column one of a table, with a kind chosen for it. */
  typeColumn(title: string, range: CellRange): void {
    this.#sheet(title).typedColumns.push(range);
  }

  removeTab(title: string): void {
    this.#sheets.splice(this.#sheets.indexOf(this.#sheet(title)), 1);
  }

  /** Puts a blank column in before another. */
  insertColumn(title: string, at: number): void {
    const sheet = this.#sheet(title);
    sheet.columnCount += 1;
    sheet.cells = new Map(
      [...sheet.cells].map(([key, cell]) => {
        const [row = 0, column = 0] = key.split(',').map(Number);
        return [`${row},${column >= at ? column + 1 : column}`, cell];
      }),
    );
  }

  /** Puts a blank row in, as somebody at the sheet does; notes and formats go down with their cells. */
  insertRow(title: string, at: number): void {
    const sheet = this.#sheet(title);
    sheet.rowCount += 1;
    sheet.cells = new Map(
      [...sheet.cells].map(([key, cell]) => {
        const [row = 0, column = 0] = key.split(',').map(Number);
        return [`${row >= at ? row + 1 : row},${column}`, cell];
      }),
    );
  }

  /** Changes a cell as staff would. */
  set(title: string, address: string, data: CellData): void {
    const { cells } = this.#sheet(title);
    const { row, column } = parseAddress(address);
    cells.set(`${row},${column}`, { ...cells.get(`${row},${column}`), ...data });
  }

  /** Takes something away from a cell. */
  unset(title: string, address: string, field: keyof CellData): void {
    const { cells } = this.#sheet(title);
    const { row, column } = parseAddress(address);
    cells.set(`${row},${column}`, omit(cells.get(`${row},${column}`) ?? {}, field));
  }

  type(title: string, address: string, text: string): void {
    this.set(title, address, { formattedValue: text, userEnteredValue: { stringValue: text } });
  }

  cell(title: string, address: string): CellData {
    const { row, column } = parseAddress(address);
    return this.#sheet(title).cells.get(`${row},${column}`) ?? {};
  }

  /** Displayed text of a tab, without blanks at the ends of rows and of the tab. */
  texts(title: string): string[][] {
    const sheet = this.#sheet(title);
    const rows = rowsOf(sheet).map(({ values = [] }) => {
      const texts = values.map(({ formattedValue }) => formattedValue ?? '');
      return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
    });
    return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
  }

  get titles(): string[] {
    return this.#sheets.map(({ title }) => title);
  }

  /** Every note, by tab and address. */
  get notes(): Record<string, string> {
    const list = this.#sheets.flatMap(({ title, cells }) =>
      [...cells].flatMap(([key, { note }]) => {
        const [row, column] = key.split(',').map(Number);
        return note ? [[`${title}!${cellAddress(row ?? 0, column ?? 0)}`, note] as const] : [];
      }),
    );
    return Object.fromEntries(list.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  copy(): SpreadsheetModel {
    const copy = new SpreadsheetModel();
    copy.#sheets.push(...structuredClone(this.#sheets));
    return copy;
  }

  /** The answer of spreadsheets.get, before its mask. */
  show(spreadsheetId: string): sheets_v4.Schema$Spreadsheet {
    return {
      spreadsheetId,
      properties: { title: '部長目標', locale: 'ja_JP', timeZone: 'Asia/Tokyo' },
      sheets: this.#sheets.map((sheet, index) => showSheet(sheet, index)),
    };
  }

  /** Carries out one request of a batch. */
  apply(request: SheetRequest): void {
    if ('addSheet' in request) this.#addSheet(request.addSheet.properties);
    else if ('updateSheetProperties' in request) this.#updateProperties(request.updateSheetProperties);
    else if ('updateCells' in request) this.#updateCells(request.updateCells);
    else if ('repeatCell' in request) this.#repeatCell(request.repeatCell);
    else if ('setDataValidation' in request) this.#setValidation(request.setDataValidation);
    else if ('updateDimensionProperties' in request) this.#setWidths(request.updateDimensionProperties);
    else if ('addConditionalFormatRule' in request) this.#addColour(request.addConditionalFormatRule);
    else if ('updateProtectedRange' in request) this.#changeEditors(request.updateProtectedRange.protectedRange);
    else this.#protect(request.addProtectedRange.protectedRange);
  }

  #sheet(title: string): SheetModel {
    const sheet = this.#sheets.find((candidate) => candidate.title === title);
    if (!sheet) throw new RangeError(`There is no tab ${title}.`);
    return sheet;
  }

  #byId(id: number): SheetModel {
    const sheet = this.#sheets.find(({ sheetId }) => sheetId === id);
    if (!sheet) throw new BadRequest(`No grid with id: ${id}`);
    return sheet;
  }

  #addSheet(properties: Extract<SheetRequest, { addSheet: unknown }>['addSheet']['properties']): void {
    const { sheetId, title = `シート${this.#sheets.length + 1}`, gridProperties = {} } = properties;
    const { index = this.#sheets.length } = properties;
    if (index > this.#sheets.length) throw new BadRequest(`Invalid index: ${index}`);
    if (this.#sheets.some((sheet) => sheet.title === title)) {
      throw new BadRequest(`A sheet with the name "${title}" already exists. Please enter another name.`);
    }
    if (this.#sheets.some((sheet) => sheet.sheetId === sheetId)) {
      throw new BadRequest(`Duplicate sheet id: ${sheetId}`);
    }
    this.#sheets.splice(index, 0, { ...emptySheet(sheetId, title), ...gridProperties });
  }

  #updateProperties({
    properties,
    fields,
  }: Extract<SheetRequest, { updateSheetProperties: unknown }>['updateSheetProperties']): void {
    const sheet = this.#byId(properties.sheetId);
    if (sheet.protectedRanges.some((range) => isLock(range) && isWholeTab(range)))
      throw new BadRequest(refusedAsLocked);
    for (const field of fields.split(',')) {
      const { title, gridProperties = {} } = properties;
      if (field === 'title') sheet.title = title ?? '';
      else if (field === 'gridProperties.rowCount') sheet.rowCount = gridProperties.rowCount ?? 0;
      else if (field === 'gridProperties.columnCount') sheet.columnCount = gridProperties.columnCount ?? 0;
      else if (field === 'gridProperties.frozenRowCount') sheet.frozenRowCount = gridProperties.frozenRowCount ?? 0;
      else throw new BadRequest(`Invalid field: ${field}`);
    }
    const visible = Array.from(
      { length: sheet.rowCount - sheet.frozenRowCount },
      (_, row) => row + sheet.frozenRowCount,
    );
    if (visible.every((row) => sheet.hiddenRows.has(row)))
      throw new BadRequest('You can’t freeze all visible rows on the sheet.');
  }

  #updateCells({ range, rows, fields }: Extract<SheetRequest, { updateCells: unknown }>['updateCells']): void {
    const height = (range.endRowIndex ?? Number.POSITIVE_INFINITY) - (range.startRowIndex ?? 0);
    if (rows.length > height)
      throw new BadRequest(`Attempting to write row: ${rows.length}, beyond the last requested row of: ${height}`);
    for (const place of this.#places(range)) {
      const data = rows[place.row - place.top]?.values?.[place.column - place.left] ?? {};
      write(place, data, fields);
    }
  }

  #repeatCell({ range, cell, fields }: Extract<SheetRequest, { repeatCell: unknown }>['repeatCell']): void {
    if (fields.includes('numberFormat')) this.#refuseTyped(range);
    for (const place of this.#places(range)) write(place, repeated(cell, place), fields);
  }

  #setValidation({ range, rule }: Extract<SheetRequest, { setDataValidation: unknown }>['setDataValidation']): void {
    if (rule?.condition.type === 'BOOLEAN' && rule.condition.values)
      throw new BadRequest('Invalid ConditionValue for BOOLEAN');
    this.#refuseTyped(range);
    for (const place of this.#places(range)) {
      const cell = place.sheet.cells.get(place.key) ?? {};
      place.sheet.cells.set(place.key, rule ? { ...cell, dataValidation: rule } : omit(cell, 'dataValidation'));
    }
  }

  #refuseTyped(range: GridRange): void {
    const { typedColumns } = this.#byId(range.sheetId);
    if (this.#places(range).some(({ row, column }) => typedColumns.some((typed) => isInside(typed, row, column))))
      throw new BadRequest('This operation is not allowed on cells in typed columns.');
  }

  #setWidths({
    range,
    properties,
  }: Extract<SheetRequest, { updateDimensionProperties: unknown }>['updateDimensionProperties']): void {
    const { widths, columnCount, protectedRanges } = this.#byId(range.sheetId);
    if (protectedRanges.some((one) => isLock(one) && isWholeTab(one))) throw new BadRequest(refusedAsLocked);
    if (range.endIndex > columnCount) throw new BadRequest('Dimension range is outside of the grid.');
    for (let column = range.startIndex; column < range.endIndex; column += 1) widths.set(column, properties.pixelSize);
  }

  #addColour({
    rule,
    index,
  }: Extract<SheetRequest, { addConditionalFormatRule: unknown }>['addConditionalFormatRule']): void {
    const { conditionalFormats } = this.#byId(rule.ranges[0]?.sheetId ?? -1);
    if (index > conditionalFormats.length) throw new BadRequest('Invalid index');
    for (const range of rule.ranges) this.#places(range);
    conditionalFormats.splice(index, 0, rule);
  }

  #protect(range: Extract<SheetRequest, { addProtectedRange: unknown }>['addProtectedRange']['protectedRange']): void {
    const { protectedRanges } = this.#byId(range.range.sheetId);
    if (isWholeTab(range) && protectedRanges.some(isWholeTab))
      throw new BadRequest('This sheet already has sheet protections.');
    this.#places(range.range);
    // Who asks for a protection may always edit, and so may the owner.
    const editors =
      range.editors === undefined ? {} : { editors: { users: ['owner@city.example', ...range.editors.users] } };
    const mine = range.warningOnly ? {} : { requestingUserCanEdit: true };
    const protectedRangeId = 1 + this.#sheets.reduce((count, sheet) => count + sheet.protectedRanges.length, 0);
    protectedRanges.push({ ...range, ...editors, ...mine, protectedRangeId });
  }

  #changeEditors({ protectedRangeId, editors }: { protectedRangeId: number; editors: { users: string[] } }): void {
    const range = this.#sheets
      .flatMap(({ protectedRanges }) => protectedRanges)
      .find((one) => one.protectedRangeId === protectedRangeId);
    if (range === undefined) throw new BadRequest(`No protected range with id: ${protectedRangeId}`);
    range.editors = editors;
  }

  #places(range: GridRange): Place[] {
    const sheet = this.#byId(range.sheetId);
    const { startRowIndex: top = 0, endRowIndex: bottom = sheet.rowCount } = range;
    const { startColumnIndex: left = 0, endColumnIndex: right = sheet.columnCount } = range;
    if (bottom > sheet.rowCount || right > sheet.columnCount || top >= bottom || left >= right) {
      throw new BadRequest(
        `Range (${sheet.title}!${cellAddress(top, left)}:${cellAddress(bottom - 1, right - 1)}) exceeds grid limits.`,
      );
    }
    const places: Place[] = [];
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1)
        places.push({ sheet, key: `${row},${column}`, row, column, top, left });
    }
    const locks = [...sheet.protectedRanges, ...sheet.untoldLocks].filter(isLock);
    if (locks.length > 0 && places.some(({ row, column }) => locks.some((lock) => locksCell(lock, row, column))))
      throw new BadRequest(refusedAsLocked);
    return places;
  }
}

interface LockOptions {
  readonly canEdit?: boolean;
  readonly warningOnly?: boolean;
  readonly isTold?: boolean;
  readonly but?: readonly CellRange[];
}

const refusedAsLocked =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

const isLock = ({ warningOnly, requestingUserCanEdit }: sheets_v4.Schema$ProtectedRange): boolean =>
  !warningOnly && !requestingUserCanEdit;

function isWholeTab({ range }: sheets_v4.Schema$ProtectedRange): boolean {
  return Object.keys(range ?? {}).join() === 'sheetId';
}

function locksCell(
  { range, unprotectedRanges }: sheets_v4.Schema$ProtectedRange,
  row: number,
  column: number,
): boolean {
  const isIn = (one: sheets_v4.Schema$GridRange) => isInside(cellRangeOf(one), row, column);
  return isIn(range ?? {}) && !(unprotectedRanges ?? []).some(isIn);
}

function cellRangeOf(range: sheets_v4.Schema$GridRange): CellRange {
  return {
    top: range.startRowIndex ?? 0,
    left: range.startColumnIndex ?? 0,
    bottom: (range.endRowIndex ?? Number.POSITIVE_INFINITY) - 1,
    right: (range.endColumnIndex ?? Number.POSITIVE_INFINITY) - 1,
  };
}

const isInside = ({ top, left, bottom, right }: CellRange, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

interface Place {
  readonly sheet: SheetModel;
  readonly key: string;
  readonly row: number;
  readonly column: number;
  readonly top: number;
  readonly left: number;
}

function emptySheet(sheetId: number, title: string): SheetModel {
  return {
    sheetId,
    title,
    sheetType: 'GRID',
    hidden: false,
    rowCount: 1000,
    columnCount: 26,
    frozenRowCount: 0,
    frozenColumnCount: 0,
    cells: new Map(),
    merges: [],
    widths: new Map(),
    conditionalFormats: [],
    protectedRanges: [],
    hiddenRows: new Map(),
    untoldLocks: [],
    typedColumns: [],
  };
}

function parseAddress(address: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/u.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits) - 1, column };
}

function omit(cell: CellData, field: keyof CellData): CellData {
  return Object.fromEntries(Object.entries(cell).filter(([name]) => name !== field));
}

/** A formula that is repeated downwards speaks of the rows beside it, where its rows are not fixed by a `$`. */
function repeated(cell: CellData, { row, top }: Place): CellData {
  const { formulaValue } = cell.userEnteredValue ?? {};
  if (!formulaValue) return cell;
  const shifted = formulaValue.replaceAll(
    /(?<![A-Za-z$])(\$?[A-Z]{1,3})(\d+)(?![\d(])/gu,
    (_, column: string, number: string) => `${column}${Number(number) + row - top}`,
  );
  return { ...cell, userEnteredValue: { formulaValue: shifted } };
}

/** Writes what the mask names, and takes away what the mask names and the data does not hold. */
function write({ sheet, key }: Place, data: CellData, fields: string): void {
  let cell: CellData = sheet.cells.get(key) ?? {};
  for (const field of fields.split(',')) {
    if (field === 'userEnteredValue')
      cell = { ...withValue(omit(omit(cell, 'textFormatRuns'), 'hyperlink'), data.userEnteredValue) };
    else if (field === 'note') cell = data.note ? { ...cell, note: data.note } : omit(cell, 'note');
    else if (field === 'textFormatRuns') {
      cell = data.textFormatRuns ? { ...cell, textFormatRuns: data.textFormatRuns } : omit(cell, 'textFormatRuns');
    } else if (field === 'userEnteredFormat') {
      cell = data.userEnteredFormat
        ? { ...cell, userEnteredFormat: data.userEnteredFormat }
        : omit(cell, 'userEnteredFormat');
    } else if (/^userEnteredFormat\.\w+$/u.test(field)) {
      const name = field.slice('userEnteredFormat.'.length);
      const format = new Map(Object.entries(data.userEnteredFormat ?? {})).get(name);
      cell = { ...cell, userEnteredFormat: { ...cell.userEnteredFormat, [name]: format } };
    } else throw new BadRequest(`Invalid field: ${field}`);
  }
  if (Object.keys(cell).length === 0) sheet.cells.delete(key);
  else sheet.cells.set(key, cell);
}

function withValue(cell: CellData, value: CellData['userEnteredValue']): CellData {
  const text =
    value?.stringValue ??
    (value?.boolValue === undefined || value.boolValue === null ? null : String(value.boolValue).toUpperCase()) ??
    value?.numberValue?.toString() ??
    value?.formulaValue;
  const blank = omit(omit(cell, 'userEnteredValue'), 'formattedValue');
  return value && text ? { ...blank, userEnteredValue: value, formattedValue: text } : blank;
}

/** What the server works out of a cell by itself, where a test has not said it. */
function worked(cell: CellData): CellData {
  const { formulaValue, ...typed } = cell.userEnteredValue ?? {};
  const isTyped = formulaValue === undefined && Object.keys(typed).length > 0;
  return {
    ...(isTyped ? { effectiveValue: typed } : {}),
    ...(cell.userEnteredFormat ? { effectiveFormat: cell.userEnteredFormat } : {}),
    ...withHyperlink(cell),
  };
}

/** The server works out the link of a cell; where there are several, it shows none. */
function withHyperlink(cell: CellData): CellData {
  const links = new Set(
    (cell.textFormatRuns ?? []).flatMap(({ format }) => (format?.link?.uri ? [format.link.uri] : [])),
  );
  const [link] = links;
  return links.size === 1 && link ? { ...cell, hyperlink: link } : cell;
}

/** Rows up to the last cell that holds anything; trailing cells are left out of each. */
function rowsOf({ cells }: SheetModel): sheets_v4.Schema$RowData[] {
  const rows: CellData[][] = [];
  for (const [key, cell] of cells) {
    const [row = 0, column = 0] = key.split(',').map(Number);
    while (rows.length <= row) rows.push([]);
    const values = rows[row] ?? [];
    while (values.length < column) values.push({});
    values[column] = worked(cell);
  }
  return rows.map((values) => (values.length === 0 ? {} : { values }));
}

function showSheet(sheet: SheetModel, index: number): sheets_v4.Schema$Sheet {
  const { sheetId, title, sheetType, hidden, rowCount, columnCount, frozenRowCount, frozenColumnCount } = sheet;
  const properties = { sheetId, title, index, sheetType, ...(hidden ? { hidden } : {}) };
  if (sheetType === 'OBJECT') return { properties };
  const columnMetadata = Array.from({ length: columnCount }, (_, column) => ({
    pixelSize: sheet.widths.get(column) ?? 100,
  }));
  return {
    properties: {
      ...properties,
      gridProperties: {
        rowCount,
        columnCount,
        ...(frozenRowCount > 0 ? { frozenRowCount } : {}),
        ...(frozenColumnCount > 0 ? { frozenColumnCount } : {}),
      },
    },
    data: [{ rowData: rowsOf(sheet), rowMetadata: rowMetadataOf(sheet), columnMetadata }],
    ...(sheet.merges.length > 0 ? { merges: sheet.merges.map((merge) => gridRangeOf(sheetId, merge)) } : {}),
    ...(sheet.conditionalFormats.length > 0 ? { conditionalFormats: sheet.conditionalFormats } : {}),
    ...(sheet.typedColumns.length > 0 ? { tables: sheet.typedColumns.map((one) => tableOf(sheetId, one)) } : {}),
    ...(sheet.protectedRanges.length > 0 ? { protectedRanges: sheet.protectedRanges } : {}),
  };
}

function rowMetadataOf({ rowCount, hiddenRows }: SheetModel): sheets_v4.Schema$DimensionProperties[] {
  const shown = { user: { hiddenByUser: true }, filter: { hiddenByFilter: true } };
  return Array.from({ length: rowCount }, (_, row) => {
    const hidden = hiddenRows.get(row);
    return { pixelSize: 21, ...(hidden === 'hand' ? shown.user : {}), ...(hidden === 'filter' ? shown.filter : {}) };
  });
}

function tableOf(sheetId: number, range: CellRange): sheets_v4.Schema$Table {
  return { range: gridRangeOf(sheetId, range), columnProperties: [{ columnName: '列1', columnType: 'DROPDOWN' }] };
}

function gridRangeOf(sheetId: number, { top, left, bottom, right }: CellRange): sheets_v4.Schema$GridRange {
  return { sheetId, startRowIndex: top, endRowIndex: bottom + 1, startColumnIndex: left, endColumnIndex: right + 1 };
}
