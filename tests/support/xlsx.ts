import { strToU8, zipSync } from 'fflate';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { cellAddress } from '../../lib/workbook/workbook.ts';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** One sheet as SpreadsheetML: `sheetData` and what follows it, as written by the test. */
export interface SheetXml {
  readonly name: string;
  readonly data: string;
  readonly after?: string;
  readonly relations?: string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of an `.xlsx` file around sheets that a test writes out, so that each oddity is there to the letter. */
export function xlsxParts(
  sheets: readonly SheetXml[],
  { sharedStrings = '', styles = '' }: { sharedStrings?: string; styles?: string } = {},
): Record<string, Uint8Array> {
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets
      .map(
        (_, index) =>
          `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
      )
      .join(
        '',
      )}<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packageRelationships}"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${sheets
      .map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packageRelationships}">${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rIdS" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `${declaration}<sst xmlns="${main}">${sharedStrings}</sst>`,
    'xl/styles.xml': `${declaration}<styleSheet xmlns="${main}">${styles}</styleSheet>`,
  };
  for (const [index, { data, after = '', relations }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `${declaration}<worksheet xmlns="${main}" xmlns:r="${relationships}"><sheetData>${data}</sheetData>${after}</worksheet>`;
    if (relations !== undefined) {
      parts[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] =
        `${declaration}<Relationships xmlns="${packageRelationships}">${relations}</Relationships>`;
    }
  }
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
}

/** An `.xlsx` file of sheets that a test writes out. */
export function xlsxOf(...args: Parameters<typeof xlsxParts>): Uint8Array {
  return zipSync(xlsxParts(...args));
}

/** A workbook value as an `.xlsx` file of inline texts. */
export function xlsxOfWorkbook(workbook: Workbook): Uint8Array {
  return xlsxOf(
    workbook.sheets.map(({ name, rows, merges }) => ({
      name,
      data: rows
        .map((cells, row) => {
          const filled = cells.map((text, column) =>
            text === ''
              ? ''
              : `<c r="${cellAddress(row, column)}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`,
          );
          return `<row r="${row + 1}">${filled.join('')}</row>`;
        })
        .join(''),
      after:
        merges.length === 0
          ? ''
          : `<mergeCells>${merges
              .map(
                ({ top, left, bottom, right }) =>
                  `<mergeCell ref="${cellAddress(top, left)}:${cellAddress(bottom, right)}"/>`,
              )
              .join('')}</mergeCells>`,
    })),
  );
}
