import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { answerWidths, mergedNote } from '../../staff/confirmation.ts';
import { type GuideLine, guide, guideWidth } from '../../staff/guide.ts';
import {
  type ProgressTab,
  progressColumns,
  progressIntroduction,
  progressLines,
  progressStates,
} from '../../staff/template/progress.ts';
import { blankInPhaseRule, blankRule, blankSettingRule, stateRules, wordRule } from '../../staff/template/rules.ts';
import { allTabsWithOptional, blankFill, type Choices, type TemplateTab } from '../../staff/template/template.ts';
import { matchKey } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import { guideTabName, progressTabName, reportTabName, settingsTab } from '../../workbook/columns.ts';
import { parseWorkbook } from '../../workbook/parse.ts';
import type { SheetRows } from '../../workbook/rows.ts';
import { columnName } from '../../workbook/workbook.ts';
import { bodyFormat, colourStyle, headerFormat, titleFormat } from './cell-format.ts';
import { gridRange, unusedSheetId } from './grid-range.ts';
import { allowedIn, type RefusedRequests } from './set-up-allowed.ts';
import { approvalProtection, approversIn } from './set-up-approval.ts';
import { defaultWidth, type Grid, gridOf, newGrid, type SetUpSpreadsheet } from './set-up-grid.ts';
import { type Layout, layoutOf, type PlacedColumn, type PlacedSetting } from './set-up-layout.ts';

type Request = sheets_v4.Schema$Request;

export interface SetUpOptions {
  /** Lets only those write in 決裁 who are named in 決裁の担当. */
  readonly protectsApproval?: boolean;
}

export interface SetUpPlan {
  /** Empty where the sheet is set up already. */
  readonly requests: readonly Request[];
  /** Names of tabs that are made, and of those that are completed. */
  readonly made: readonly string[];
  readonly completed: readonly string[];
  /** What is left to people, in plain Japanese. */
  readonly left: readonly string[];
}

interface PlannedTab {
  readonly name: string;
  readonly grid: Grid;
  readonly requests: readonly Request[];
}

/**
 * What it takes to make the sheet what the template is. Pure, and nothing is left to do once it is done. No cell in which
 * anything is written is written to; looks are put only where there are none. What the service would refuse is left out, and told.
 *
 * @param refused what the service has refused of an earlier plan
 */
export function planSetUp(
  spreadsheet: SetUpSpreadsheet,
  refused: RefusedRequests = new Map(),
  { protectsApproval = false }: SetUpOptions = {},
): SetUpPlan {
  const { scheme, settings } = parsedSpreadsheet(spreadsheet);
  const tabs = allTabsWithOptional(scheme);
  const names = [guideTabName, ...tabs.map(({ name }) => name), progressTabName, reportTabName];
  const grids = gridsOf(spreadsheet, names);
  const left: string[] = [];
  const layouts = new Map<string, Layout>();
  for (const tab of tabs) {
    const { name } = tab;
    const grid = grids.get(name);
    const layout = grid ? layoutOf(tab, grid) : null;
    if (layout) layouts.set(name, layout);
    if (!grid) left.push(`「${name}」という名前のシートが2つ以上あります。1つだけを残してください。`);
    else if (!layout) left.push(`「${name}」のシートには別の内容が書かれているため、手を付けていません。`);
    for (const { definition } of layout?.leftOut ?? []) {
      left.push(
        `「${name}」のシートには、すでに${scheme.unit}が書かれているため、列「${definition.header}」を足していません。足すと、空欄の${scheme.unit}は下書きになります。`,
      );
    }
  }
  const planned = names.flatMap((name): readonly PlannedTab[] => {
    const grid = grids.get(name);
    if (!grid) return [];
    const tab = tabs.find((one) => one.name === name);
    const layout = layouts.get(name);
    if (tab) {
      if (!layout) return [];
      const requests = tableRequests(tab, grid, layout, layouts);
      if (!protectsApproval || tab.key !== 'departments') return [{ name, grid, requests }];
      const approval = approvalProtection(name, grid, layout.header, approversIn(settings));
      left.push(...approval.left);
      return [{ name, grid, requests: [...requests, ...approval.requests] }];
    }
    if (name === progressTabName) {
      const requests = progressRequests(grid, scheme, grids, layouts, tabs);
      return requests === null ? [] : [{ name, grid, requests }];
    }
    return [{ name, grid, requests: name === guideTabName ? guideRequests(grid, scheme) : reportRequests(grid) }];
  });
  const allowed = planned.map(({ name, grid, requests }) => {
    const header = layouts.get(name)?.header ?? 0;
    const titles = new Map(layouts.get(name)?.columns.map(({ column, at }) => [at, column.definition.header]));
    const titleOf = (column: number) => (titles.get(column) ?? grid.texts[header]?.[column]) || null;
    return { name, grid, ...allowedIn(name, grid, requests, titleOf, refused) };
  });
  const made = allowed.filter(({ grid }) => grid.isNew);
  return {
    requests: [
      // Tabs first: drop-downs of one speak of another.
      ...made.map(({ name, grid }, before) =>
        // No place is further right than the end.
        addTab(name, Math.min(names.indexOf(name), spreadsheet.sheets.length + before), grid, {
          // What a row is named by: it stays in sight, and is printed again on each sheet of paper. Only in a new tab, where nothing is merged.
          frozenColumnCount: layouts.has(name) ? 1 : 0,
        }),
      ),
      ...allowed.flatMap(({ requests }) => requests),
    ],
    made: made.map(({ name }) => name),
    completed: allowed.filter(({ grid, requests }) => !grid.isNew && requests.length > 0).map(({ name }) => name),
    left: [...left, ...allowed.flatMap((tab) => tab.left)],
  };
}

/** The city's own words, and its settings, as the spreadsheet says them already. */
function parsedSpreadsheet({ sheets }: SetUpSpreadsheet): {
  readonly scheme: Scheme;
  readonly settings: SheetRows['settings'] | null;
} {
  const shown = sheets.map((sheet) => ({
    name: sheet.properties.title,
    rows: gridOf(sheet).texts,
    merges: [],
    links: new Map<string, string>(),
  }));
  const { scheme, rows } = parseWorkbook({ sheets: shown });
  return { scheme, settings: rows?.settings ?? null };
}

/** The tabs by the contract's names; one that is there twice is left out. */
function gridsOf(spreadsheet: SetUpSpreadsheet, names: readonly string[]): ReadonlyMap<string, Grid> {
  const used = spreadsheet.sheets.map(({ properties }) => properties.sheetId);
  const grids = new Map<string, Grid>();
  for (const name of names) {
    const sheets = spreadsheet.sheets.filter(({ properties }) => matchKey(properties.title) === matchKey(name));
    const [sheet] = sheets;
    if (sheets.length > 1) continue;
    const grid = sheet ? gridOf(sheet) : newGrid(unusedSheetId(used));
    used.push(grid.sheetId);
    grids.set(name, grid);
  }
  return grids;
}

function addTab(
  title: string,
  index: number,
  { sheetId, rowCount, columnCount }: Grid,
  { frozenColumnCount }: { readonly frozenColumnCount: number },
): Request {
  const gridProperties = { rowCount, columnCount, ...(frozenColumnCount > 0 && { frozenColumnCount }) };
  return { addSheet: { properties: { sheetId, title, index, gridProperties } } };
}

function tableRequests(
  tab: TemplateTab,
  grid: Grid,
  layout: Layout,
  layouts: ReadonlyMap<string, Layout>,
): readonly Request[] {
  return [
    ...growth(
      grid,
      Math.max(layout.header, ...layout.settings.map(({ row }) => row), layout.header + layout.rows.length) + 1,
      Math.max(...layout.columns.map(({ at }) => at)) + 1,
    ),
    ...layout.columns.flatMap((placed) => headerRequests(grid, layout.header, placed)),
    ...layout.settings.flatMap((placed) => settingRequests(grid, layout, placed)),
    ...startingRows(grid, layout),
    ...layout.columns.flatMap((placed) => looksOfColumn(grid, layout, placed)),
    ...layout.columns.flatMap(({ column, at }) => {
      const rows = { top: layout.header + 1, bottom: grid.rowCount };
      return choiceRequests(grid, column.choices, { ...rows, column: at }, layouts);
    }),
    ...colourRequests(tab, grid, layout, layouts),
    ...freezeRequest(grid, layout.header + 1),
    ...protectRequest(
      grid,
      '目標：見出し',
      gridRange(grid.sheetId, layout.header, layout.header + 1, 0, grid.columnCount),
    ),
  ];
}

function growth(grid: Grid, rows: number, columns: number): readonly Request[] {
  const rowCount = Math.max(grid.rowCount, rows);
  const columnCount = Math.max(grid.columnCount, columns);
  if (rowCount === grid.rowCount && columnCount === grid.columnCount) return [];
  const properties = { sheetId: grid.sheetId, gridProperties: { rowCount, columnCount } };
  return [{ updateSheetProperties: { properties, fields: 'gridProperties.rowCount,gridProperties.columnCount' } }];
}

/** A new header, or the looks and the note of one that is there. */
function headerRequests(grid: Grid, header: number, { column, at, isNew }: PlacedColumn): readonly Request[] {
  return nameRequests(grid, header, at, isNew ? column.definition.header : null, column.note);
}

function nameRequests(grid: Grid, row: number, column: number, name: string | null, note: string): readonly Request[] {
  const cell = grid.cell(row, column);
  const range = gridRange(grid.sheetId, row, row + 1, column, column + 1);
  const named: Request[] =
    name === null ? [] : [writeRequest(range, { userEnteredValue: { stringValue: name } }, 'userEnteredValue')];
  const styled = cell.userEnteredFormat
    ? []
    : [writeRequest(range, { userEnteredFormat: headerFormat }, 'userEnteredFormat')];
  // Staff's own note stays; Mokuhyo's message on a bad header is no explanation of it.
  const explained = mergedNote(cell.note, null) !== '';
  const text = cell.note === '' ? note : `${note}\n${cell.note}`;
  return [...named, ...styled, ...(explained ? [] : [writeRequest(range, { note: text }, 'note')])];
}

function writeRequest(range: sheets_v4.Schema$GridRange, cell: sheets_v4.Schema$CellData, fields: string): Request {
  return { updateCells: { range, rows: [{ values: [cell] }], fields } };
}

function settingRequests(grid: Grid, layout: Layout, { setting, row, isNew }: PlacedSetting): readonly Request[] {
  const items = columnOf(layout, 'item');
  const value = columnOf(layout, 'value');
  const cell = grid.cell(row, value);
  const blank = cell.formattedValue === '';
  // A box in the place of a word would hide what the word says.
  const choosable = setting.choices?.kind !== 'tick' || blank || /^(?:TRUE|FALSE)$/iu.test(cell.formattedValue);
  return [
    ...nameRequests(grid, row, items, isNew ? setting.definition.header : null, setting.note),
    ...(blank ? wrapRequest(grid, row, row + 1, value) : []),
    ...(setting.format === 'text' && blank ? textRequest(grid, row, row + 1, value) : []),
    ...(choosable
      ? choiceRequests(grid, setting.choices, { top: row, bottom: row + 1, column: value }, new Map())
      : []),
  ];
}

function columnOf(layout: Layout, key: string): number {
  return layout.columns.find(({ column }) => column.definition.key === key)?.at ?? 0;
}

/** Words to choose from, in a tab that has none yet. */
function startingRows({ sheetId }: Grid, { header, rows, columns }: Layout): readonly Request[] {
  return rows.flatMap((texts, row) =>
    texts.flatMap((text, index) => {
      const at = columns[index]?.at;
      if (text === '' || at === undefined) return [];
      const top = header + 1 + row;
      const range = gridRange(sheetId, top, top + 1, at, at + 1);
      return [writeRequest(range, { userEnteredValue: { stringValue: text } }, 'userEnteredValue')];
    }),
  );
}

/** Width, wrapping and number format: where nobody has chosen a width, and in rows in which nothing is written. */
function looksOfColumn(grid: Grid, layout: Layout, { column, at }: PlacedColumn): readonly Request[] {
  const { sheetId, rowCount } = grid;
  const free =
    Math.max(grid.usedRows, layout.header + 1, ...layout.settings.map(({ row }) => row + 1)) + layout.rows.length;
  const widened: Request[] =
    grid.width(at) === defaultWidth && column.width !== defaultWidth ? [widthRequest(sheetId, at, column.width)] : [];
  if (free >= rowCount) return widened;
  return [
    ...widened,
    ...wrapRequest(grid, free, rowCount, at),
    ...(column.format === 'text' ? textRequest(grid, free, rowCount, at) : []),
  ];
}

function widthRequest(sheetId: number, at: number, pixelSize: number): Request {
  const range = { sheetId, dimension: 'COLUMNS', startIndex: at, endIndex: at + 1 };
  return { updateDimensionProperties: { range, properties: { pixelSize }, fields: 'pixelSize' } };
}

function wrapRequest(grid: Grid, top: number, bottom: number, column: number): readonly Request[] {
  if (grid.cell(top, column).userEnteredFormat?.wrapStrategy === 'WRAP') return [];
  const range = gridRange(grid.sheetId, top, bottom, column, column + 1);
  const fields = 'userEnteredFormat.wrapStrategy,userEnteredFormat.verticalAlignment';
  return [{ repeatCell: { range, cell: { userEnteredFormat: bodyFormat }, fields } }];
}

/** Codes are text: a leading zero stays, and nothing becomes a date. */
function textRequest(grid: Grid, top: number, bottom: number, column: number): readonly Request[] {
  if (grid.cell(top, column).userEnteredFormat?.numberFormat?.type === 'TEXT') return [];
  const range = gridRange(grid.sheetId, top, bottom, column, column + 1);
  const cell = { userEnteredFormat: { numberFormat: { type: 'TEXT' } } };
  return [{ repeatCell: { range, cell, fields: 'userEnteredFormat.numberFormat' } }];
}

interface CellsOfColumn {
  readonly top: number;
  readonly bottom: number;
  readonly column: number;
}

/** A drop-down or a box, where none of the cells has one. */
function choiceRequests(
  grid: Grid,
  choices: Choices | null,
  { top, bottom, column }: CellsOfColumn,
  layouts: ReadonlyMap<string, Layout>,
): readonly Request[] {
  const rule = choices && validationRule(choices, layouts);
  if (!rule) return [];
  const last = Math.min(bottom, Math.max(grid.texts.length, top + 1));
  for (let row = top; row < last; row += 1) if (grid.cell(row, column).dataValidation) return [];
  return [{ setDataValidation: { range: gridRange(grid.sheetId, top, bottom, column, column + 1), rule } }];
}

function validationRule(
  choices: Choices,
  layouts: ReadonlyMap<string, Layout>,
): sheets_v4.Schema$DataValidationRule | null {
  switch (choices.kind) {
    case 'tick':
      return { condition: { type: 'BOOLEAN' }, showCustomUi: true };
    case 'words': {
      const values = choices.words.map((word) => ({ userEnteredValue: word }));
      return {
        condition: { type: 'ONE_OF_LIST', values },
        strict: choices.strict,
        showCustomUi: true,
        inputMessage: choices.refusal,
      };
    }
    case 'column': {
      const layout = layouts.get(choices.tab);
      const placed = layout?.columns.find(({ column }) => column.definition.header === choices.header);
      if (!layout || !placed) return null;
      const letter = columnName(placed.at);
      const userEnteredValue = `='${choices.tab}'!$${letter}$${layout.header + 2}:$${letter}`;
      return {
        condition: { type: 'ONE_OF_RANGE', values: [{ userEnteredValue }] },
        strict: choices.strict,
        showCustomUi: true,
        inputMessage: choices.refusal,
      };
    }
  }
}

interface Colour {
  readonly column: number;
  /** The last column that is coloured, where it is not one alone. */
  readonly to?: number;
  readonly fill: string;
  readonly formula: string;
}

function colourRequests(
  tab: TemplateTab,
  grid: Grid,
  layout: Layout,
  layouts: ReadonlyMap<string, Layout>,
): readonly Request[] {
  const colours = tab.settings.length > 0 ? [settingColour(tab, layout)] : columnColours(layout, layouts);
  return newColours(grid, layout.header + 1, [...colours, ...stateColours(tab, layout)]);
}

/** Those that are not there yet; what comes first counts. */
function newColours(grid: Grid, top: number, colours: readonly Colour[]): readonly Request[] {
  return colours
    .filter(({ column, fill }) => !grid.colours.has(`${column} ${fill}`))
    .map(({ column, to = column, fill, formula }, order): Request => {
      const condition = { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: `=${formula}` }] };
      const booleanRule = { condition, format: { backgroundColorStyle: colourStyle(fill) } };
      const ranges = [gridRange(grid.sheetId, top, grid.rowCount, column, to + 1)];
      return { addConditionalFormatRule: { index: order, rule: { ranges, booleanRule } } };
    });
}

/** Where a department stands with 公開 and 決裁, over its whole row, under the colours of single cells. */
function stateColours({ key }: TemplateTab, layout: Layout): readonly Colour[] {
  const row = layout.header + 1;
  const placeOf = (of: string) => {
    const at = layout.columns.find(({ column }) => column.definition.key === of)?.at;
    return at === undefined ? null : { column: at, row };
  };
  const department = placeOf('department');
  if (key !== 'departments' || department === null) return [];
  const [first, last] = edgesOf(layout);
  const columns = { department, visibility: placeOf('visibility'), approval: placeOf('approval') };
  return stateRules(columns, first, last).map((rule) => ({ ...rule, column: first, to: last }));
}

function edgesOf({ columns }: Layout): readonly [first: number, last: number] {
  return [Math.min(...columns.map(({ at }) => at)), Math.max(...columns.map(({ at }) => at))];
}

function settingColour(tab: TemplateTab, layout: Layout): Colour {
  const row = layout.header + 1;
  const value = columnOf(layout, 'value');
  const required = tab.settings.filter(({ need }) => need === 'always').map(({ definition }) => definition.header);
  const formula = blankSettingRule({ column: columnOf(layout, 'item'), row }, { column: value, row }, required);
  return { column: value, fill: blankFill, formula };
}

function columnColours(layout: Layout, layouts: ReadonlyMap<string, Layout>): readonly Colour[] {
  const row = layout.header + 1;
  const [first, last] = edgesOf(layout);
  const settings = layouts.get(settingsTab.name);
  return layout.columns.flatMap(({ column: { colours, need }, at }) => {
    const place = { column: at, row };
    const names = colours.map(({ word }) => word);
    const words = colours.map(({ word, fill }) => ({ column: at, fill, formula: wordRule(place, word, names) }));
    if (need === 'never' || (need !== 'always' && !settings)) return words;
    const formula =
      need !== 'always' && settings
        ? blankInPhaseRule(
            place,
            first,
            last,
            {
              tab: settingsTab.name,
              items: columnOf(settings, 'item'),
              values: columnOf(settings, 'value'),
            },
            need === 'in-results' ? 'result' : 'interim',
          )
        : blankRule(place, first, last);
    return [...words, { column: at, fill: blankFill, formula }];
  });
}

function freezeRequest(grid: Grid, rows: number): readonly Request[] {
  if (grid.frozenRows >= rows || rows >= grid.rowCount || grid.mergedAcross(rows - 1)) return [];
  const properties = { sheetId: grid.sheetId, gridProperties: { frozenRowCount: rows } };
  return [{ updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } }];
}

/** Editing asks for confirmation; nobody is locked out, whoever made the sheet. */
function protectRequest(grid: Grid, description: string, range: sheets_v4.Schema$GridRange): readonly Request[] {
  if (grid.protections.has(description)) return [];
  return [{ addProtectedRange: { protectedRange: { range, description, warningOnly: true } } }];
}

const guideFormats: Readonly<Record<GuideLine['style'], sheets_v4.Schema$CellFormat>> = {
  title: titleFormat,
  heading: headerFormat,
  body: bodyFormat,
};

/** The guide is written where nothing is; one that somebody has changed is theirs. */
function guideRequests(grid: Grid, scheme: Scheme): readonly Request[] {
  const { sheetId } = grid;
  const lines = guide(scheme);
  const written: readonly Request[] =
    grid.usedRows > 0
      ? []
      : [
          {
            updateCells: {
              range: gridRange(sheetId, 0, lines.length, 0, 1),
              rows: lines.map(({ style, text }) => ({
                values: [{ userEnteredValue: { stringValue: text }, userEnteredFormat: guideFormats[style] }],
              })),
              fields: 'userEnteredValue,userEnteredFormat',
            },
          },
        ];
  return [
    ...growth(grid, lines.length, 1),
    ...written,
    ...(grid.width(0) === defaultWidth ? [widthRequest(sheetId, 0, guideWidth)] : []),
    ...protectRequest(grid, '目標：使い方', { sheetId }),
  ];
}

/** Written where nothing is, as the guide; null where there is nothing to count in. */
function progressRequests(
  grid: Grid,
  scheme: Scheme,
  grids: ReadonlyMap<string, Grid>,
  layouts: ReadonlyMap<string, Layout>,
  tabs: readonly TemplateTab[],
): readonly Request[] | null {
  const sourceOf = (key: TemplateTab['key']): ProgressTab | null => {
    const name = tabs.find((tab) => tab.key === key)?.name ?? '';
    const [source, layout] = [grids.get(name), layouts.get(name)];
    if (!source || !layout) return null;
    const columns = layout.columns.map(({ column: { definition, need }, at }) => ({ ...definition, need, at }));
    return { name, sheetId: source.sheetId, header: layout.header, columns };
  };
  const [departments, goals] = [sourceOf('departments'), sourceOf('goals')];
  const hasNames = [departments, goals].every((tab) => tab?.columns.some(({ key }) => key === 'department'));
  if (departments === null || goals === null || !hasNames) return null;
  const { sheetId } = grid;
  if (grid.usedRows > 0) {
    // A tab of the same name that the city keeps for itself is left alone.
    const isOurs = progressIntroduction.every((line, row) => grid.texts[row]?.[0] === line);
    return isOurs ? protectRequest(grid, `目標：${progressTabName}`, { sheetId }) : [];
  }
  const indicators = sourceOf('indicators');
  const columns = progressColumns({ scheme, departments, goals, indicators, settings: settingsIn(grids, layouts) });
  const header = progressIntroduction.length;
  const bottom = header + 1 + progressLines;
  const text = (row: number, column: number, stringValue: string, format: sheets_v4.Schema$CellFormat): Request =>
    writeRequest(
      gridRange(sheetId, row, row + 1, column, column + 1),
      { userEnteredValue: { stringValue }, userEnteredFormat: format },
      'userEnteredValue,userEnteredFormat',
    );
  const colours = columns.flatMap(({ kind }, column): readonly Colour[] => {
    const place = { column, row: header + 1 };
    const cell = `$${columnName(column)}${header + 2}`;
    if (kind === 'missing') return [{ column, fill: blankFill, formula: `AND(${cell}<>"",${cell}<>0)` }];
    if (kind !== 'state') return [];
    const { withdrawn, draft, waiting } = progressStates;
    const fills = [
      [withdrawn, 'F4D6D6'],
      [draft, 'EFEFEF'],
      [waiting, 'E4DFEC'],
    ] as const;
    return fills.map(([word, fill]) => ({ column, fill, formula: wordRule(place, word, []) }));
  });
  return [
    ...growth(grid, bottom, columns.length),
    ...progressIntroduction.map((line, row) => text(row, 0, line, row === 0 ? titleFormat : {})),
    ...columns.flatMap(({ header: title, formula, width }, column): readonly Request[] => [
      text(header, column, title, headerFormat),
      {
        repeatCell: {
          range: gridRange(sheetId, header + 1, bottom, column, column + 1),
          cell: { userEnteredValue: { formulaValue: formula } },
          fields: 'userEnteredValue',
        },
      },
      ...(grid.width(column) === defaultWidth && width !== defaultWidth ? [widthRequest(sheetId, column, width)] : []),
    ]),
    ...newColours(grid, header + 1, colours),
    ...freezeRequest(grid, header + 1),
    ...protectRequest(grid, `目標：${progressTabName}`, { sheetId }),
  ];
}

/** Where 設定 says the year and the phase, by what its items are called there. */
function settingsIn(grids: ReadonlyMap<string, Grid>, layouts: ReadonlyMap<string, Layout>) {
  const [grid, layout] = [grids.get(settingsTab.name), layouts.get(settingsTab.name)];
  if (!grid || !layout) return null;
  const [items, values] = [columnOf(layout, 'item'), columnOf(layout, 'value')];
  const nameOf = (key: string) => {
    const placed = layout.settings.find(({ setting }) => setting.definition.key === key);
    if (placed === undefined) return '';
    return placed.isNew ? placed.setting.definition.header : (grid.texts[placed.row]?.[items] ?? '');
  };
  return { name: settingsTab.name, items, values, fiscalYear: nameOf('fiscalYear'), phase: nameOf('phase') };
}

function reportRequests(grid: Grid): readonly Request[] {
  return [
    ...growth(grid, 1, answerWidths.length),
    ...answerWidths.flatMap((width, at) =>
      grid.width(at) === defaultWidth ? [widthRequest(grid.sheetId, at, width)] : [],
    ),
    ...protectRequest(grid, '目標：確認結果', { sheetId: grid.sheetId }),
  ];
}
