import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';

/**
 * The requests of a batchUpdate that Mokuhyo sends, and nothing else: like the real service, the test server refuses a field it
 * does not know. Checked below against the types of Google's own package.
 */

const gridRange = z.strictObject({
  sheetId: z.int(),
  startRowIndex: z.int().min(0).exactOptional(),
  endRowIndex: z.int().min(1).exactOptional(),
  startColumnIndex: z.int().min(0).exactOptional(),
  endColumnIndex: z.int().min(1).exactOptional(),
});

const colour = z.strictObject({
  red: z.number().exactOptional(),
  green: z.number().exactOptional(),
  blue: z.number().exactOptional(),
});
const colourStyle = z.strictObject({ rgbColor: colour });

const textFormat = z.strictObject({
  bold: z.boolean().exactOptional(),
  fontSize: z.int().exactOptional(),
  strikethrough: z.boolean().exactOptional(),
  link: z.strictObject({ uri: z.string() }).exactOptional(),
});

const cellFormat = z.strictObject({
  numberFormat: z.strictObject({ type: z.enum(['TEXT']), pattern: z.string().exactOptional() }).exactOptional(),
  backgroundColorStyle: colourStyle.exactOptional(),
  textFormat: textFormat.exactOptional(),
  wrapStrategy: z.enum(['WRAP', 'CLIP', 'OVERFLOW_CELL']).exactOptional(),
  verticalAlignment: z.enum(['TOP', 'MIDDLE', 'BOTTOM']).exactOptional(),
});

const condition = z.strictObject({
  type: z.enum(['ONE_OF_LIST', 'ONE_OF_RANGE', 'BOOLEAN', 'CUSTOM_FORMULA']),
  values: z.array(z.strictObject({ userEnteredValue: z.string() })).exactOptional(),
});

const validationRule = z.strictObject({
  condition,
  strict: z.boolean().exactOptional(),
  showCustomUi: z.boolean().exactOptional(),
  inputMessage: z.string().exactOptional(),
});

const cellData = z.strictObject({
  userEnteredValue: z
    .strictObject({
      stringValue: z.string().max(50_000).exactOptional(),
      boolValue: z.boolean().exactOptional(),
      numberValue: z.number().exactOptional(),
      formulaValue: z.string().exactOptional(),
    })
    .exactOptional(),
  userEnteredFormat: cellFormat.exactOptional(),
  textFormatRuns: z.array(z.strictObject({ startIndex: z.int().exactOptional(), format: textFormat })).exactOptional(),
  note: z.string().max(50_000).exactOptional(),
});

const sheetProperties = z.strictObject({
  sheetId: z.int(),
  title: z.string().min(1).exactOptional(),
  index: z.int().min(0).exactOptional(),
  gridProperties: z
    .strictObject({
      rowCount: z.int().min(1).exactOptional(),
      columnCount: z.int().min(1).exactOptional(),
      frozenRowCount: z.int().min(0).exactOptional(),
      frozenColumnCount: z.int().min(0).exactOptional(),
    })
    .exactOptional(),
});

export const requestSchema = z.union([
  z.strictObject({ addSheet: z.strictObject({ properties: sheetProperties }) }),
  z.strictObject({ updateSheetProperties: z.strictObject({ properties: sheetProperties, fields: z.string().min(1) }) }),
  z.strictObject({
    updateCells: z.strictObject({
      range: gridRange,
      rows: z.array(z.strictObject({ values: z.array(cellData).exactOptional() })),
      fields: z.string().min(1),
    }),
  }),
  z.strictObject({
    repeatCell: z.strictObject({ range: gridRange, cell: cellData, fields: z.string().min(1) }),
  }),
  z.strictObject({ setDataValidation: z.strictObject({ range: gridRange, rule: validationRule.exactOptional() }) }),
  z.strictObject({
    updateDimensionProperties: z.strictObject({
      range: z.strictObject({
        sheetId: z.int(),
        dimension: z.literal('COLUMNS'),
        startIndex: z.int().min(0),
        endIndex: z.int().min(1),
      }),
      properties: z.strictObject({ pixelSize: z.int().min(2) }),
      fields: z.literal('pixelSize'),
    }),
  }),
  z.strictObject({
    addConditionalFormatRule: z.strictObject({
      index: z.int().min(0),
      rule: z.strictObject({
        ranges: z.array(gridRange).min(1),
        booleanRule: z.strictObject({ condition, format: cellFormat }),
      }),
    }),
  }),
  z.strictObject({
    addProtectedRange: z.strictObject({
      protectedRange: z.strictObject({
        range: gridRange,
        description: z.string(),
        warningOnly: z.boolean(),
        editors: z.strictObject({ users: z.array(z.email()).min(1) }).exactOptional(),
      }),
    }),
  }),
  z.strictObject({
    updateProtectedRange: z.strictObject({
      protectedRange: z.strictObject({
        protectedRangeId: z.int(),
        editors: z.strictObject({ users: z.array(z.email()).min(1) }),
      }),
      fields: z.literal('editors'),
    }),
  }),
]);

export type SheetRequest = z.infer<typeof requestSchema>;
export type GridRange = z.infer<typeof gridRange>;

/** Names of fields, at any depth, that `Mine` has and `Google` has not. */
type UnknownFields<Mine, Google> = Mine extends readonly (infer Item)[]
  ? NonNullable<Google> extends readonly (infer GoogleItem)[]
    ? UnknownFields<Item, GoogleItem>
    : 'not a list'
  : Mine extends object
    ? {
        [Key in keyof Mine]-?: Key extends keyof NonNullable<Google>
          ? UnknownFields<Mine[Key], NonNullable<Google>[Key]>
          : Key;
      }[keyof Mine]
    : never;

type FieldsOfRequests<Request> = Request extends unknown ? UnknownFields<Request, sheets_v4.Schema$Request> : never;

/**
 * The request as Google's own client would send it. Compiles only while the server takes no field and no value that the real
 * service does not have.
 */
export function asGoogle(
  request: [FieldsOfRequests<SheetRequest>] extends [never] ? SheetRequest : FieldsOfRequests<SheetRequest>,
): sheets_v4.Schema$Request {
  return request;
}
