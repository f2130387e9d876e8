import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import type { LoggedRequest, Mask } from './google-server.ts';

/** Fields by which an answer may be cut down. Compiles only while Google's own package knows each of them. */
type Fields<T> = true | { readonly [Name in keyof T]?: Fields<Part<T[Name]>> };
type Part<T> = NonNullable<T> extends readonly (infer Item)[] ? NonNullable<Item> : NonNullable<T>;

const range = {
  sheetId: true,
  startRowIndex: true,
  endRowIndex: true,
  startColumnIndex: true,
  endColumnIndex: true,
} as const;
const format = {
  numberFormat: { type: true, pattern: true },
  wrapStrategy: true,
  textFormat: { strikethrough: true, bold: true, fontSize: true, link: { uri: true } },
  backgroundColorStyle: true,
} as const;
const value = {
  stringValue: true,
  numberValue: true,
  boolValue: true,
  formulaValue: true,
  errorValue: { type: true, message: true },
} as const;
const condition = { type: true, values: true } as const;

const spreadsheet: Fields<sheets_v4.Schema$Spreadsheet> = {
  spreadsheetId: true,
  properties: { title: true, locale: true, timeZone: true },
  sheets: {
    properties: {
      sheetId: true,
      title: true,
      index: true,
      sheetType: true,
      hidden: true,
      gridProperties: { rowCount: true, columnCount: true, frozenRowCount: true },
    },
    merges: range,
    data: {
      startRow: true,
      startColumn: true,
      rowData: {
        values: {
          userEnteredValue: value,
          effectiveValue: value,
          formattedValue: true,
          userEnteredFormat: format,
          effectiveFormat: format,
          hyperlink: true,
          note: true,
          textFormatRuns: { startIndex: true, format: { strikethrough: true, link: { uri: true } } },
          chipRuns: { startIndex: true, chip: { richLinkProperties: { uri: true, mimeType: true } } },
          dataValidation: { condition },
        },
      },
      rowMetadata: { hiddenByUser: true, hiddenByFilter: true, pixelSize: true },
      columnMetadata: { hiddenByUser: true, pixelSize: true },
    },
    conditionalFormats: { ranges: range, booleanRule: { condition, format } },
    protectedRanges: {
      protectedRangeId: true,
      editors: { users: true },
      range,
      description: true,
      warningOnly: true,
      requestingUserCanEdit: true,
      unprotectedRanges: range,
    },
    tables: { tableId: true, name: true, range, columnProperties: { columnIndex: true, columnType: true } },
  },
};

const file: Fields<drive_v3.Schema$File> = {
  id: true,
  name: true,
  version: true,
  trashed: true,
  mimeType: true,
  capabilities: { canEdit: true },
  size: true,
  sha256Checksum: true,
};

const update: Fields<sheets_v4.Schema$BatchUpdateSpreadsheetResponse> = {
  spreadsheetId: true,
  replies: true,
  updatedSpreadsheet: spreadsheet,
};

const changes: Fields<drive_v3.Schema$ChangeList> = {
  nextPageToken: true,
  newStartPageToken: true,
  changes: { fileId: true, removed: true },
};

const byRequest = {
  changes,
  'changes-from': { startPageToken: true as const },
  look: file,
  'picture-look': file,
  picture: file,
  get: spreadsheet,
  update,
};

/** A mask that names a field that is none is refused by the service. */
export function isKnownMask(mask: Mask, kind: LoggedRequest['kind']): boolean {
  return isWithin(mask, byRequest[kind]);
}

function isWithin(mask: Mask, fields: object | true | undefined): boolean {
  const known = new Map<string, object | true | undefined>(Object.entries(fields ?? {}));
  return [...mask].every(([name, inner]) => known.has(name) && (inner === null || isWithin(inner, known.get(name))));
}
