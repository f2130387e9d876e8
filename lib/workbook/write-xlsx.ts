import { strToU8, type Zippable, zipSync } from 'fflate';
import { type CellRange, cellAddress, columnName } from './workbook.ts';

/**
 * A small writer of `.xlsx` files (ECMA-376, transitional), for the template and the workbook of a year: texts and numbers, links, styles of
 * cells and columns, frozen rows and columns that are repeated on each sheet of paper, notes, drop-downs, conditional colours and protection.
 * No cell is ever a formula. The same value always gives the same bytes. See docs/decisions/0172-one-writer-of-workbooks.md.
 */

export interface XlsxStyle {
  readonly bold?: boolean;
  /** In points; 11 where not given. */
  readonly size?: number;
  /** `RRGGBB`. */
  readonly fill?: string;
  /** Number format "text". */
  readonly text?: boolean;
  /** False where staff write: cells are locked unless told. */
  readonly locked?: boolean;
}

export interface XlsxCell {
  /** A number is one to reckon with; a text is never run as a formula, whatever it begins with. */
  readonly value: string | number;
  readonly style: XlsxStyle;
  readonly note?: string;
  /** Where the cell leads: an address of the web. */
  readonly link?: string;
}

export interface XlsxColumn {
  /** In pixels, at the default font. */
  readonly width: number;
  /** Of the cells that are not written. */
  readonly style: XlsxStyle;
}

export interface XlsxValidation {
  readonly range: CellRange;
  /** Words, or a range in another tab as a formula (`'部'!$A$2:$A$1000`). */
  readonly list: readonly string[] | string;
  /** Where true other values are refused, otherwise they are warned of. */
  readonly strict: boolean;
  readonly refusal: string;
}

export interface XlsxColour {
  readonly range: CellRange;
  /** Formula without `=`, for the first cell of the range. */
  readonly formula: string;
  /** `RRGGBB`. */
  readonly fill: string;
}

export interface XlsxSheet {
  readonly name: string;
  readonly rows: readonly (readonly XlsxCell[])[];
  readonly columns: readonly XlsxColumn[];
  /** How many rows from the top, and columns from the left, stay in sight, and are printed again on each sheet of paper. */
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** Whether the lines between cells are printed: a table has them, a text has not. */
  readonly gridLines: boolean;
  /** Where true, only cells that are not `locked` can be written in; the columns beyond the last one stay open. */
  readonly isProtected: boolean;
  readonly validations: readonly XlsxValidation[];
  /** The first that matches wins. */
  readonly colours: readonly XlsxColour[];
}

/** What a cell may hold, in UTF-16 code units; Excel calls a file with more a broken one. */
export const longestText = 32_767;
/** How long the address of a link may be, for the same reason. */
export const longestLink = 2_079;

/**
 * How wide columns may be together, in pixels, for text of 11 points to be printed at 8 points or more on a sheet of A4 on its side: 297 mm
 * less the margins are 1050 pixels of 1/96 inch. Where another font stands in for 游ゴシック, its digits, by which the width of columns is
 * counted, may be up to 9.3 pixels wide and not 8.
 */
export const readableWidth = Math.floor((1050 / (8 / 11)) * (8 / 9.3));

/** The highest row that there is, in points. */
const highestRow = 409;
/** Height of a line of text, by its size. */
const lineHeight = 1.7;
/** What a cell keeps free at its sides, in pixels. */
const padding = 10;

/** How many lines a text takes in a column of so many pixels, at 11 points. */
function linesIn(text: string, width: number, size: number): number {
  const em = (size * 4) / 3;
  // No letter is cut in two at the end of a line.
  const room = Math.max(1, Math.floor((width - padding) / em)) * em;
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(breadthOf(line, em) / room)), 0);
}

/** Letters of the Latin alphabet, and digits, are about half as wide as those of Japanese. */
function breadthOf(line: string, em: number): number {
  let halves = 0;
  for (const letter of line) halves += letter < '\u0300' || (letter >= '\uff61' && letter <= '\uff9f') ? 1.1 : 2;
  return (halves * em) / 2;
}

/** How wide a column must be for a text to be seen and printed as a whole: no row is as high as the longest texts of a narrow one. In pixels. */
export function widthToShow(text: string): number {
  const lines = Math.floor(highestRow / (lineHeight * 11));
  let width = 60;
  while (linesIn(text, width, 11) > lines && width < readableWidth) width += 20;
  return width;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/gu, (character) => escapes[character] ?? character);
/** In the text of a cell `_x000D_` is a character that XML does not hold, and an underscore before such letters is written that way too. */
const escapeText = (text: string): string => escapeXml(text.replace(/_(?=x[\dA-Fa-f]{4}_)/gu, '_x005F_'));

/** The file counts in digits of the default font, which are 8 pixels wide in 游ゴシック of 11 points, with 5 pixels of padding. */
const characters = (pixels: number): number => Math.round(((pixels - 5) / 8) * 100) / 100;

/** Height of the default row, in pixels. */
const rowHeight = 20;
const noteWidth = 320;

/** Writes the workbook. `title` is kept in the file's properties. */
export function writeXlsx(title: string, sheets: readonly XlsxSheet[]): Uint8Array {
  const styles = new StyleTable();
  const colours = [...new Set(sheets.flatMap((sheet) => sheet.colours.map(({ fill }) => fill)))];
  const parts: Record<string, string> = {};
  sheets.forEach((sheet, index) => {
    const number = index + 1;
    const links = linksOf(sheet);
    parts[`xl/worksheets/sheet${number}.xml`] = worksheet({
      title,
      sheet,
      isFirst: index === 0,
      links,
      styles,
      colours,
    });
    const hasNotes = notesOf(sheet).length > 0;
    if (hasNotes) {
      parts[`xl/comments${number}.xml`] = comments(sheet);
      parts[`xl/drawings/vmlDrawing${number}.vml`] = noteBoxes(sheet, number);
    }
    if (!hasNotes && links.length === 0) return;
    parts[`xl/worksheets/_rels/sheet${number}.xml.rels`] = relations([
      ...(hasNotes
        ? ([
            ['rId1', `${officeRelations}/vmlDrawing`, `../drawings/vmlDrawing${number}.vml`],
            ['rId2', `${officeRelations}/comments`, `../comments${number}.xml`],
          ] as const)
        : []),
      ...links.map(({ id, address }): Relation => [id, `${officeRelations}/hyperlink`, address, 'External']),
    ]);
  });
  const sheetRelations = sheets.map(
    (_, index): Relation => [`rId${index + 1}`, `${officeRelations}/worksheet`, `worksheets/sheet${index + 1}.xml`],
  );
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(Object.keys(parts)),
    '_rels/.rels': relations([
      ['rId1', `${officeRelations}/officeDocument`, 'xl/workbook.xml'],
      [
        'rId2',
        'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
        'docProps/core.xml',
      ],
    ]),
    'docProps/core.xml': `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:language>ja</dc:language></cp:coreProperties>`,
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheetRelations,
      [`rId${sheets.length + 1}`, `${officeRelations}/styles`, 'styles.xml'],
    ]),
    'xl/styles.xml': styles.xml(colours),
    ...parts,
  };
  // Archives hold local time, so this is the same instant in every time zone's archive: the earliest that the format has.
  const mtime = new Date(1980, 0, 1);
  const archive: Zippable = {};
  for (const [path, xml] of Object.entries(files)) archive[path] = [strToU8(xml), { level: 6, mtime }];
  return zipSync(archive);
}

type Relation = readonly [id: string, type: string, target: string, mode?: 'External'];

function relations(list: readonly Relation[]): string {
  const items = list.map(
    ([id, type, target, mode]) =>
      `<Relationship Id="${id}" Type="${type}" Target="${escapeXml(target)}"${mode === undefined ? '' : ` TargetMode="${mode}"`}/>`,
  );
  return `${declaration}<Relationships xmlns="${packageRelations}">${items.join('')}</Relationships>`;
}

function contentTypes(parts: readonly string[]): string {
  const override = (path: string, kind: string) =>
    `<Override PartName="/${path}" ContentType="${mediaType}.${kind}+xml"/>`;
  const overrides = parts.flatMap((path) => {
    if (/^xl\/worksheets\/sheet\d+\.xml$/u.test(path)) return [override(path, 'worksheet')];
    return path.startsWith('xl/comments') ? [override(path, 'comments')] : [];
  });
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${overrides.join('')}</Types>`;
}

function workbook(sheets: readonly XlsxSheet[]): string {
  const list = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const titles = sheets.flatMap((sheet, index) => {
    const ranges = printTitles(sheet);
    if (ranges.length === 0) return [];
    const formula = escapeXml(ranges.join(','));
    return [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${formula}</definedName>`];
  });
  const names = titles.length === 0 ? '' : `<definedNames>${titles.join('')}</definedNames>`;
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join('')}</sheets>${names}</workbook>`;
}

/** The columns and rows that are printed again on each sheet of paper: those that are frozen. */
function printTitles({ name, frozenRows, frozenColumns }: XlsxSheet): string[] {
  const tab = `'${name.replaceAll("'", "''")}'`;
  return [
    ...(frozenColumns > 0 ? [`${tab}!$A:$${columnName(frozenColumns - 1)}`] : []),
    ...(frozenRows > 0 ? [`${tab}!$1:$${frozenRows}`] : []),
  ];
}

/** How many sheets of paper stand side by side, for text to be printed in a size that can be read. No column is cut in two. */
function pagesAcross({ columns, frozenColumns }: XlsxSheet): number {
  const repeated = columns.slice(0, frozenColumns).reduce((sum, { width }) => sum + width, 0);
  let pages = 1;
  let used = repeated;
  for (const { width } of columns.slice(frozenColumns)) {
    if (used > repeated && used + width > readableWidth) {
      pages += 1;
      used = repeated;
    }
    used += width;
  }
  return pages;
}

interface Link {
  readonly id: string;
  readonly cell: string;
  readonly address: string;
}

function linksOf({ rows }: XlsxSheet): readonly Link[] {
  let count = 0;
  return rows.flatMap((cells, row) =>
    cells.flatMap(({ link }, column): Link[] => {
      if (link === undefined) return [];
      count += 1;
      return [{ id: `link${count}`, cell: cellAddress(row, column), address: link }];
    }),
  );
}

interface WorksheetParts {
  readonly title: string;
  readonly sheet: XlsxSheet;
  readonly isFirst: boolean;
  readonly links: readonly Link[];
  readonly styles: StyleTable;
  readonly colours: readonly string[];
}

function worksheet({ title, sheet, isFirst, links, styles, colours }: WorksheetParts): string {
  // On each sheet of paper: what it is of, the tab, and which sheet it is. `&` begins a code there.
  const footer = escapeXml(`&L${title.replaceAll('&', '&&')}&C&A&R&P / &N`);
  // The elements stand in the order that the schema fixes; Excel calls any other order a broken file.
  return [
    `${declaration}<worksheet xmlns="${main}" xmlns:r="${officeRelations}">`,
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane(sheet)}</sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    columns(sheet, styles),
    `<sheetData>${sheet.rows.map((row, index) => sheetRow(row, index, sheet.columns, styles)).join('')}</sheetData>`,
    // 0 here means "not forbidden". No password: it guards against slips, not against people.
    sheet.isProtected
      ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" insertColumns="0" insertRows="0" insertHyperlinks="0" deleteRows="0" sort="0" autoFilter="0"/>'
      : '',
    ...sheet.colours.map((colour, index) => conditionalColour(colour, index + 1, colours.indexOf(colour.fill))),
    validations(sheet.validations),
    links.length === 0
      ? ''
      : `<hyperlinks>${links.map(({ id, cell }) => `<hyperlink ref="${cell}" r:id="${id}"/>`).join('')}</hyperlinks>`,
    sheet.gridLines ? '<printOptions gridLines="1"/>' : '',
    '<pageMargins left="0.375" right="0.375" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="landscape" pageOrder="overThenDown" fitToWidth="${pagesAcross(sheet)}" fitToHeight="0"/>`,
    `<headerFooter scaleWithDoc="0"><oddFooter>${footer}</oddFooter></headerFooter>`,
    notesOf(sheet).length > 0 ? '<legacyDrawing r:id="rId1"/>' : '',
    '</worksheet>',
  ].join('');
}

/** What stays in sight. */
function pane({ frozenRows, frozenColumns }: XlsxSheet): string {
  if (frozenRows === 0 && frozenColumns === 0) return '';
  const split = [
    ...(frozenColumns > 0 ? [`xSplit="${frozenColumns}"`] : []),
    ...(frozenRows > 0 ? [`ySplit="${frozenRows}"`] : []),
  ];
  const moving = frozenColumns === 0 ? 'bottomLeft' : frozenRows === 0 ? 'topRight' : 'bottomRight';
  return `<pane ${split.join(' ')} topLeftCell="${cellAddress(frozenRows, frozenColumns)}" activePane="${moving}" state="frozen"/><selection pane="${moving}"/>`;
}

/** The last column a sheet can have, from 1. */
const lastColumn = 16_384;

function columns(sheet: XlsxSheet, styles: StyleTable): string {
  const listed = sheet.columns.map(
    ({ width, style }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${characters(width)}" style="${styles.index(style)}" customWidth="1"/>`,
  );
  if (!sheet.isProtected) return `<cols>${listed.join('')}</cols>`;
  // The columns beyond stay open: staff keep private columns there.
  const open = `<col min="${sheet.columns.length + 1}" max="${lastColumn}" width="${characters(120)}" style="${styles.index({ locked: false })}" customWidth="1"/>`;
  return `<cols>${listed.join('')}${open}</cols>`;
}

function sheetRow(row: readonly XlsxCell[], index: number, columns: readonly XlsxColumn[], styles: StyleTable): string {
  const cells = row.map(({ value, style }, column) => {
    const start = `<c r="${cellAddress(index, column)}" s="${styles.index(style)}"`;
    if (typeof value === 'number') return `${start}><v>${value}</v></c>`;
    return value === ''
      ? `${start}/>`
      : `${start} t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>`;
  });
  // Not every program works out by itself how high a row must be.
  const needed = Math.max(
    0,
    ...row.map(({ value, style: { size = 11 } }, column) => {
      const lines = typeof value === 'number' ? 1 : linesIn(value, columns[column]?.width ?? 0, size);
      return lines * size * lineHeight;
    }),
  );
  const height = needed > lineHeight * 11 ? ` ht="${Math.min(highestRow, Math.ceil(needed))}"` : '';
  return `<row r="${index + 1}"${height}>${cells.join('')}</row>`;
}

function reference({ top, left, bottom, right }: CellRange): string {
  return `${cellAddress(top, left)}:${columnName(right)}${bottom + 1}`;
}

function conditionalColour({ range, formula }: XlsxColour, priority: number, format: number): string {
  return `<conditionalFormatting sqref="${reference(range)}"><cfRule type="expression" dxfId="${format}" priority="${priority}" stopIfTrue="1"><formula>${escapeXml(formula)}</formula></cfRule></conditionalFormatting>`;
}

function validations(list: readonly XlsxValidation[]): string {
  if (list.length === 0) return '';
  const items = list.map((validation) => {
    const formula = typeof validation.list === 'string' ? validation.list : `"${validation.list.join(',')}"`;
    return `<dataValidation type="list" errorStyle="${validation.strict ? 'stop' : 'warning'}" allowBlank="1" showErrorMessage="1" errorTitle="入力の確認" error="${escapeXml(validation.refusal)}" sqref="${reference(validation.range)}"><formula1>${escapeXml(formula)}</formula1></dataValidation>`;
  });
  return `<dataValidations count="${list.length}">${items.join('')}</dataValidations>`;
}

interface PlacedNote {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

function notesOf(sheet: XlsxSheet): readonly PlacedNote[] {
  return sheet.rows.flatMap((cells, row) =>
    cells.flatMap(({ note }, column) => (note === undefined ? [] : [{ row, column, text: note }])),
  );
}

function comments(sheet: XlsxSheet): string {
  const list = notesOf(sheet).map(
    ({ row, column, text }) =>
      `<comment ref="${cellAddress(row, column)}" authorId="0"><text><r><rPr><sz val="10"/></rPr><t xml:space="preserve">${escapeText(text)}</t></r></text></comment>`,
  );
  return `${declaration}<comments xmlns="${main}"><authors><author>目標</author></authors><commentList>${list.join('')}</commentList></comments>`;
}

/** The boxes in which the notes are shown, large enough for their text: without them Excel shows no note at all. */
function noteBoxes(sheet: XlsxSheet, number: number): string {
  const shapes = notesOf(sheet).map((note, index) => {
    const anchor = noteAnchor(sheet, note).join(',');
    return `<v:shape id="_x0000_s${number * 1024 + index + 1}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${note.row}</x:Row><x:Column>${note.column}</x:Column></x:ClientData></v:shape>`;
  });
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${number}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`;
}

/** Left column, offset, top row, offset, right column, offset, bottom row, offset: a box beside the cell, in pixels. */
function noteAnchor(sheet: XlsxSheet, { row, column, text }: PlacedNote): readonly number[] {
  const fullWidthPerLine = 22;
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / fullWidthPerLine)), 0);
  let right = column + 1;
  let rest = noteWidth + 12;
  for (let width = widthOf(sheet, right); rest > width; width = widthOf(sheet, right)) {
    rest -= width;
    right += 1;
  }
  return [column + 1, 12, row, 4, right, Math.round(rest), row + lines + 1, Math.round(rowHeight / 2)];
}

function widthOf(sheet: XlsxSheet, column: number): number {
  return sheet.columns[column]?.width ?? 120;
}

/** Collects the styles in use and gives each its number. */
class StyleTable {
  readonly #styles = new Map<string, XlsxStyle>([['[false,11,null,false,true]', {}]]);
  /** Most cells share the very same value. */
  readonly #known = new Map<XlsxStyle, number>();

  index(style: XlsxStyle): number {
    const known = this.#known.get(style);
    if (known !== undefined) return known;
    const { bold = false, size = 11, fill = null, text = false, locked = true } = style;
    const key = JSON.stringify([bold, size, fill, text, locked]);
    if (!this.#styles.has(key)) this.#styles.set(key, style);
    const index = [...this.#styles.keys()].indexOf(key);
    this.#known.set(style, index);
    return index;
  }

  xml(colours: readonly string[]): string {
    const styles = [...this.#styles.values()];
    const font = ({ bold = false, size = 11 }: XlsxStyle) =>
      `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="游ゴシック"/><family val="2"/><charset val="128"/></font>`;
    const fill = ({ fill: colour }: XlsxStyle) =>
      colour === undefined
        ? '<fill><patternFill patternType="none"/></fill>'
        : `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/></patternFill></fill>`;
    // The first two fills are fixed by the format.
    const fills = [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
    ];
    const formats = styles.map((style, index) => {
      const fillId = style.fill === undefined ? 0 : fills.push(fill(style)) - 1;
      const shared = `fontId="${index}" fillId="${fillId}" borderId="0" xfId="0"`;
      return `<xf numFmtId="${style.text ? 49 : 0}" ${shared} applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="${style.locked === false ? 0 : 1}"/></xf>`;
    });
    const differences = colours.map(
      (colour) =>
        `<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor rgb="FF${colour}"/></patternFill></fill></dxf>`,
    );
    return `${declaration}<styleSheet xmlns="${main}"><fonts count="${styles.length}">${styles.map(font).join('')}</fonts><fills count="${fills.length}">${fills.join('')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="${differences.length}">${differences.join('')}</dxfs></styleSheet>`;
  }
}
