import * as z from 'zod';
import { preparedRows } from '../../staff/template/template.ts';
import { isBlank } from '../../text/normalize.ts';
import { type GridBounds, isLocked, isWithin, protectionSchema, rangeSchema } from './spreadsheet.ts';

/** What setting up needs to know of a spreadsheet: the texts, and the looks that it would put on. */

const partOfColour = z.number().default(0);
const colourSchema = z.object({
  rgbColor: z.object({ red: partOfColour, green: partOfColour, blue: partOfColour }).optional(),
});

const cellSchema = z.object({
  formattedValue: z.string().default(''),
  note: z.string().default(''),
  userEnteredFormat: z
    .object({
      numberFormat: z.object({ type: z.string().optional() }).optional(),
      wrapStrategy: z.string().optional(),
    })
    .optional(),
  dataValidation: z.object({ condition: z.object({ type: z.string().optional() }).optional() }).optional(),
});
export type SetUpCell = z.infer<typeof cellSchema>;

const sheetSchema = z.object({
  properties: z.object({
    sheetId: z.number().default(0),
    title: z.string(),
    sheetType: z.string().default('GRID'),
    gridProperties: z
      .object({ rowCount: z.number(), columnCount: z.number(), frozenRowCount: z.number().default(0) })
      .optional(),
  }),
  merges: z.array(z.object({ startRowIndex: z.number().default(0), endRowIndex: z.number() })).default([]),
  data: z
    .array(
      z.object({
        rowData: z.array(z.object({ values: z.array(cellSchema).default([]) })).default([]),
        rowMetadata: z
          .array(z.object({ hiddenByUser: z.boolean().optional(), hiddenByFilter: z.boolean().optional() }))
          .default([]),
        columnMetadata: z.array(z.object({ pixelSize: z.number().optional() })).default([]),
      }),
    )
    .default([]),
  conditionalFormats: z
    .array(
      z.object({
        ranges: z.array(z.object({ startColumnIndex: z.number().default(0) })).default([]),
        booleanRule: z
          .object({
            condition: z.object({ type: z.string().optional() }).optional(),
            format: z.object({ backgroundColorStyle: colourSchema.optional() }).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  protectedRanges: z
    .array(
      protectionSchema.extend({
        protectedRangeId: z.number().default(0),
        description: z.string().optional(),
        editors: z.object({ users: z.array(z.string()).default([]) }).optional(),
      }),
    )
    .default([]),
  tables: z
    .array(
      z.object({
        range: rangeSchema,
        columnProperties: z
          .array(z.object({ columnIndex: z.number().default(0), columnType: z.string().optional() }))
          .default([]),
      }),
    )
    .default([]),
});

export const setUpSchema = z.object({ sheets: z.array(sheetSchema) });
export type SetUpSpreadsheet = z.infer<typeof setUpSchema>;

export const setUpFields =
  'sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount,frozenRowCount)),merges(startRowIndex,endRowIndex),' +
  'data(rowData(values(formattedValue,note,userEnteredFormat(numberFormat(type),wrapStrategy,textFormat,backgroundColorStyle),dataValidation(condition(type)))),rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(pixelSize)),' +
  'conditionalFormats(ranges(startColumnIndex),booleanRule(condition(type),format(backgroundColorStyle))),' +
  'protectedRanges(protectedRangeId,description,editors(users),range,warningOnly,requestingUserCanEdit,unprotectedRanges),' +
  'tables(range,columnProperties(columnIndex,columnType)))';

/** One tab, there already or to be made. All numbers from 0. */
export interface Grid {
  readonly sheetId: number;
  /** True for a tab that is to be made. */
  readonly isNew: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRows: number;
  cell(row: number, column: number): SetUpCell;
  /** Displayed texts, row by row; ragged. */
  readonly texts: readonly (readonly string[])[];
  /** One more than the last row, and the last column, in which anything is written. */
  readonly usedRows: number;
  readonly usedColumns: number;
  /** In pixels. */
  width(column: number): number;
  /** Columns with a colour by formula, as `column RRGGBB`. */
  readonly colours: ReadonlySet<string>;
  readonly protections: ReadonlySet<string>;
  /** Protections by their description, with who may edit. */
  readonly locks: ReadonlyMap<string, { readonly id: number; readonly users: readonly string[] }>;
  /** True for a tab that is locked for Mokuhyo as a whole, and for one that has any protection as a whole. */
  readonly isLockedWhole: boolean;
  readonly isProtectedWhole: boolean;
  /** True for a cell that is locked for Mokuhyo, and for one in a table's column of which the kind is chosen. */
  isLocked(row: number, column: number): boolean;
  isTyped(row: number, column: number): boolean;
  /** True where no row from that one on can be seen. */
  areAllHiddenFrom(row: number): boolean;
  /** True where a merged range reaches across the line below that row. */
  mergedAcross(row: number): boolean;
}

/** The width that a column has until somebody changes it. */
export const defaultWidth = 100;

const blankCell: SetUpCell = { formattedValue: '', note: '' };

/** A tab that is to be made. */
export function newGrid(sheetId: number): Grid {
  return {
    sheetId,
    isNew: true,
    rowCount: preparedRows,
    columnCount: 26,
    frozenRows: 0,
    cell: () => blankCell,
    texts: [],
    usedRows: 0,
    usedColumns: 0,
    width: () => defaultWidth,
    colours: new Set(),
    protections: new Set(),
    locks: new Map(),
    isLockedWhole: false,
    isProtectedWhole: false,
    isLocked: () => false,
    isTyped: () => false,
    areAllHiddenFrom: () => false,
    mergedAcross: () => false,
  };
}

/** A tab that is there. */
export function gridOf(sheet: SetUpSpreadsheet['sheets'][number]): Grid {
  const rows = sheet.data[0]?.rowData.map(({ values }) => values) ?? [];
  const texts = rows.map((values) => values.map(({ formattedValue }) => formattedValue));
  const typed = typedColumns(sheet);
  const filled = (cells: readonly string[]) => cells.findLastIndex((text) => !isBlank(text)) + 1;
  const { rowCount = 0, columnCount = 0, frozenRowCount = 0 } = sheet.properties.gridProperties ?? {};
  return {
    sheetId: sheet.properties.sheetId,
    isNew: false,
    rowCount,
    columnCount,
    frozenRows: frozenRowCount,
    cell: (row, column) => rows[row]?.[column] ?? blankCell,
    texts,
    usedRows: texts.findLastIndex((cells) => filled(cells) > 0) + 1,
    usedColumns: Math.max(0, ...texts.map(filled)),
    width: (column) => sheet.data[0]?.columnMetadata[column]?.pixelSize ?? defaultWidth,
    colours: coloursOf(sheet),
    protections: new Set(sheet.protectedRanges.flatMap(({ description }) => description ?? [])),
    locks: new Map(
      sheet.protectedRanges.flatMap(({ description, protectedRangeId: id, editors }) =>
        description === undefined ? [] : [[description, { id, users: editors?.users ?? [] }] as const],
      ),
    ),
    isLockedWhole: sheet.protectedRanges.some((one) => isWhole(one) && isLocked({ protectedRanges: [one] }, 0, 0)),
    isProtectedWhole: sheet.protectedRanges.some(isWhole),
    isLocked: (row, column) => isLocked(sheet, row, column),
    isTyped: (row, column) => typed.some((range) => isWithin(range, row, column)),
    areAllHiddenFrom: (from) => {
      const hidden = sheet.data[0]?.rowMetadata.slice(from, rowCount) ?? [];
      return hidden.length > 0 && hidden.every(({ hiddenByUser, hiddenByFilter }) => hiddenByUser || hiddenByFilter);
    },
    mergedAcross: (row) => sheet.merges.some((merge) => merge.startRowIndex <= row && merge.endRowIndex > row + 1),
  };
}

/** A protection without bounds is one of the whole tab. */
function isWhole({ range }: z.infer<typeof protectionSchema>): boolean {
  return (
    range !== undefined &&
    range.startRowIndex === 0 &&
    range.startColumnIndex === 0 &&
    range.endRowIndex === Number.POSITIVE_INFINITY &&
    range.endColumnIndex === Number.POSITIVE_INFINITY
  );
}

/** The columns of tables of which somebody has chosen the kind. */
function typedColumns({ tables }: SetUpSpreadsheet['sheets'][number]): readonly GridBounds[] {
  return tables.flatMap(({ range, columnProperties }) =>
    columnProperties
      .filter(({ columnType }) => columnType !== undefined && columnType !== 'COLUMN_TYPE_UNSPECIFIED')
      .map(({ columnIndex }) => {
        const startColumnIndex = range.startColumnIndex + columnIndex;
        return { ...range, startColumnIndex, endColumnIndex: startColumnIndex + 1 };
      }),
  );
}

/** Rules are told apart by column and colour: the service may write their formulas in its own way. */
function coloursOf(sheet: SetUpSpreadsheet['sheets'][number]): ReadonlySet<string> {
  return new Set(
    sheet.conditionalFormats.flatMap(({ ranges, booleanRule }) => {
      const colour = booleanRule?.format?.backgroundColorStyle?.rgbColor;
      if (booleanRule?.condition?.type !== 'CUSTOM_FORMULA' || !colour) return [];
      const hex = [colour.red, colour.green, colour.blue]
        .map((part) =>
          Math.round(part * 255)
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')
        .toUpperCase();
      return ranges.map(({ startColumnIndex }) => `${startColumnIndex} ${hex}`);
    }),
  );
}
