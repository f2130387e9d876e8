import type { Sheet } from '../../workbook/workbook.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { type CellText, sharedTexts } from './cell-text.ts';
import { displays } from './displayed.ts';
import { Count, Unreadable } from './limits.ts';
import { type Contents, type ListedSheet, partOfType, type Relation, readContents, relationsOf } from './parts.ts';
import { drawnPictures, type PlacedPicture, valuePictures, wholePictures } from './pictures.ts';
import { rangeOf } from './range.ts';
import { type Shared, type SheetPart, SheetReader } from './sheet.ts';
import { type Style, StyleReader } from './styles.ts';
import { readXml } from './xml.ts';
import { openZip, type Zip } from './zip.ts';

/**
 * Reads the tabs of an `.xlsx` file (ECMA-376 part 1, in its usual and its strict form). It knows what a workbook's parts say, and
 * nothing of what the tabs are for. Begin at `readWorkbook`.
 */

/** A tab as it was read, with its pictures by the parts that hold them: it can be sent from one thread to another. */
export interface ReadSheet extends Omit<Sheet, 'pictures'> {
  readonly pictures?: readonly PlacedPicture[];
}

/** Which tabs are read. Of the others only the names are known. */
export interface WantedTabs {
  /** Whether a tab of this name is read for its name alone. */
  isRead(name: string): boolean;
  /** Which others are read, by what the tabs say that are read for their names. */
  areNamedIn(sheets: readonly ReadSheet[]): (name: string) => boolean;
}

/** @throws Unreadable */
export function readWorkbook(bytes: Uint8Array, wanted: WantedTabs): ReadSheet[] {
  const count = new Count();
  const zip = openZip(bytes, count);
  const contents = readContents(zip, count);
  if (contents === null) throw new Unreadable('not-a-workbook');
  const pictures = valuePictures(zip, contents, count);
  const shared: Shared = {
    texts: readTexts(zip, contents, count),
    styles: readStyles(zip, contents, count),
    displays: displays(contents.date1904, count),
    isPicture: (value) => pictures.has(value),
  };
  const read = (listed: ListedSheet): ReadSheet => {
    const { name, hidden } = listed;
    if (listed.part === null) return { ...emptySheet(name), ...(hidden && { hidden }) };
    const sheet = readSheet(zip, listed.part, shared, count);
    const placed = sheet.part.valuePictures.flatMap(({ row, column, value }) => {
      const part = pictures.get(value)?.part ?? null;
      return part === null ? [] : [{ row, column, part }];
    });
    const whole = wholePictures(zip, [...sheet.drawn, ...placed], count);
    return assembled(name, hidden, sheet, whole, count);
  };
  const first = contents.sheets.map((sheet) => (wanted.isRead(sheet.name) ? read(sheet) : null));
  const isNamed = wanted.areNamedIn(first.filter((sheet) => sheet !== null));
  return contents.sheets.map((sheet, index) => {
    const already = first[index] ?? null;
    if (already !== null) return already;
    const { name, hidden } = sheet;
    return isNamed(name) ? read(sheet) : { ...emptySheet(name), ...(hidden && { hidden }) };
  });
}

function emptySheet(name: string): ReadSheet {
  return { name, rows: [], merges: [], links: new Map() };
}

function readTexts(zip: Zip, { relations }: Contents, count: Count): readonly CellText[] {
  const texts: CellText[] = [];
  const part = partOfType(relations, 'sharedStrings');
  const content = part === null ? null : zip.part(part, count);
  if (content !== null) readXml(content, sharedTexts(texts, count));
  return texts;
}

function readStyles(zip: Zip, { relations }: Contents, count: Count): readonly Style[] {
  const part = partOfType(relations, 'styles');
  const content = part === null ? null : zip.part(part, count);
  if (content === null) return [];
  const styles = new StyleReader(count);
  readXml(content, styles);
  return styles.end();
}

interface SheetWithRelations {
  readonly part: SheetPart;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly drawn: readonly PlacedPicture[];
  readonly filters: SheetPart['filters'];
}

function readSheet(zip: Zip, path: string, shared: Shared, count: Count): SheetWithRelations {
  const content = zip.part(path, count);
  // The workbook lists a tab whose part is gone: what it held is not known.
  if (content === null) throw new Unreadable('damaged');
  const reader = new SheetReader(shared, count);
  readXml(content, reader);
  const part = reader.end();
  const relations = relationsOf(zip, path, count);
  const target = (id: string): string | null => relations.get(id)?.target ?? null;
  const drawing = part.drawing === null ? null : target(part.drawing);
  return {
    part,
    relations,
    drawn: drawing === null ? [] : drawnPictures(zip, drawing, count),
    filters: [...part.filters, ...part.tables.flatMap((id) => filterOfTable(zip, target(id), count))],
  };
}

/** The range of a table in which a filter is set. */
function filterOfTable(zip: Zip, part: string | null, count: Count): SheetPart['filters'] {
  const content = part === null ? null : zip.part(part, count);
  if (content === null) return [];
  let range: SheetPart['filters'][number] | null = null;
  let isSet = false;
  readXml(content, {
    open(name, attributes) {
      if (name === 'autoFilter') range = rangeOf(attributes['ref'] ?? 'A1');
      if (name === 'filterColumn') isSet = true;
    },
  });
  return range !== null && isSet ? [range] : [];
}

function assembled(
  name: string,
  hidden: boolean,
  sheet: SheetWithRelations,
  pictures: readonly PlacedPicture[],
  count: Count,
): ReadSheet {
  const { rows, merges, marks } = sheet.part;
  for (const { top, bottom } of merges) count.add('reached', Math.max(0, Math.min(bottom, rows.length) - top));
  const hiddenRows = hiddenRowsOf(sheet, count);
  return {
    name,
    rows,
    merges,
    links: linksOf(sheet, count),
    ...(marks.size > 0 && { marks }),
    ...(hiddenRows.size > 0 && { hiddenRows }),
    ...(hidden && { hidden }),
    ...(pictures.length > 0 && { pictures }),
  };
}

function hiddenRowsOf({ part, filters }: SheetWithRelations, count: Count): ReadonlyMap<number, 'hand' | 'filter'> {
  const rows = part.hiddenRows.filter((row) => row < part.rows.length);
  count.add('reached', rows.length * filters.length);
  const isFiltered = (row: number): boolean =>
    filters.some(({ top, bottom }) => row > top && row <= bottom) || (part.filtered && filters.length === 0);
  return new Map(rows.map((row) => [row, isFiltered(row) ? 'filter' : 'hand']));
}

/** The targets of the cells that show something: a link may be set on a whole column. */
function linksOf({ part, relations }: SheetWithRelations, count: Count): ReadonlyMap<string, string> {
  const links = new Map(part.formulaLinks);
  for (const { range, relation, location } of part.links) {
    const address = relation === null ? '' : (relations.get(relation)?.target ?? '');
    const target = location === null ? address : `${address}#${location}`;
    if (target === '') continue;
    count.add('reached', Math.max(0, Math.min(range.bottom, part.rows.length - 1) - range.top + 1));
    for (let row = range.top; row <= Math.min(range.bottom, part.rows.length - 1); row += 1) {
      const cells = part.rows[row] ?? [];
      const last = Math.min(range.right, cells.length - 1);
      count.add('reached', Math.max(0, last - range.left + 1));
      for (let column = range.left; column <= last; column += 1) {
        if (cells[column] !== '') links.set(cellAddress(row, column), target);
      }
    }
  }
  return links;
}
