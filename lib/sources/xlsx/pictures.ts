import { type Count, Unreadable } from './limits.ts';
import { type Contents, partOfType, relationsOf } from './parts.ts';
import { lastColumn, lastRow } from './range.ts';
import { prefixed, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** A picture of a tab, by the part that holds it. */
export interface PlacedPicture {
  readonly row: number;
  readonly column: number;
  readonly part: string;
}

/** Pictures that lie over a tab, with the cell of their upper left corner. */
export function drawnPictures(zip: Zip, drawing: string, count: Count): PlacedPicture[] {
  const content = zip.part(drawing, count);
  if (content === null) return [];
  const relations = relationsOf(zip, drawing, count);
  const pictures = new Map<string, PlacedPicture>();
  let anchor = { row: '', column: '' };
  let reading: 'row' | 'column' | null = null;
  readXml(content, {
    open(name, attributes, parent) {
      if (name.endsWith('Anchor')) anchor = { row: '', column: '' };
      if (parent === 'from') reading = name === 'row' ? 'row' : name === 'col' ? 'column' : null;
      if (name !== 'blip') return;
      const part = relations.get(prefixed(attributes, 'embed') ?? '')?.target;
      const [row, column] = [placeIn(anchor.row, lastRow), placeIn(anchor.column, lastColumn)];
      if (part === undefined || row === null || column === null) return;
      count.add('pictures', 1);
      // The same picture stands there twice where a part is written for older programs too.
      pictures.set(`${row} ${column} ${part}`, { row, column, part });
    },
    text(text) {
      if (reading !== null) anchor[reading] += text;
    },
    close() {
      reading = null;
    },
  });
  return [...pictures.values()];
}

function placeIn(text: string, last: number): number | null {
  const place = Number(text);
  return text.trim() !== '' && Number.isInteger(place) && place >= 0 && place <= last ? place : null;
}

/** Pictures as values of cells (セルに配置), by the number of the value, from 1. The part is null where it cannot be told. */
export type ValuePictures = ReadonlyMap<number, { readonly part: string | null }>;

/** `_localImage` is a picture that was placed, `_webimage` what `IMAGE()` shows. */
const pictureStructure = /^_(?:local|web)image$/iu;

/** Follows the values of cells through the parts that Excel keeps for rich values ([MS-XLSX], 2.2.4 and 2.3.7). */
export function valuePictures(zip: Zip, { relations }: Contents, count: Count): ValuePictures {
  const pictures = new Map<number, { part: string | null }>();
  const metadata = zip.part(partOfType(relations, 'sheetMetadata') ?? 'xl/metadata.xml', count);
  const values = zip.part(partOfType(relations, 'rdRichValue') ?? 'xl/richData/rdrichvalue.xml', count);
  const structurePart = partOfType(relations, 'rdRichValueStructure') ?? 'xl/richData/rdrichvaluestructure.xml';
  const structures = zip.part(structurePart, count);
  if (metadata === null || values === null || structures === null) return pictures;
  const known = readStructures(structures, count);
  const rich = readValues(values, count);
  const media = readMedia(zip, partOfType(relations, 'richValueRel') ?? 'xl/richData/richValueRel.xml', count);
  for (const [index, valueIndex] of readMetadata(metadata, count).entries()) {
    const value = rich[valueIndex];
    const structure = value === undefined ? undefined : known[value.structure];
    if (value === undefined || structure === undefined || !pictureStructure.test(structure.type)) continue;
    const place = value.values[structure.keys.indexOf('_rvRel:LocalImageIdentifier')];
    pictures.set(index + 1, { part: (place === undefined ? undefined : media[Number(place)]) ?? null });
  }
  return pictures;
}

/** For each value that cells can lead to: its place among the rich values. */
function readMetadata(part: Uint8Array, count: Count): number[] {
  const rich: number[] = [];
  const cells: number[] = [];
  let ofRichValues = false;
  readXml(
    part,
    {
      open(name, attributes, parent) {
        if (name === 'futureMetadata') ofRichValues = attributes['name'] === 'XLRICHVALUE';
        if (name !== 'rvb' && name !== 'bk' && name !== 'rc') return;
        count.add('links', 1);
        if (name === 'rvb' && ofRichValues) rich.push(Number(attributes['i']));
        if (name === 'bk' && parent === 'valueMetadata') cells.push(-1);
        if (name === 'rc' && cells.length > 0) cells[cells.length - 1] = Number(attributes['v']);
      },
    },
    { extensions: true },
  );
  return cells.map((index) => rich[index] ?? -1);
}

interface Structure {
  readonly type: string;
  readonly keys: string[];
}

function readStructures(part: Uint8Array, count: Count): Structure[] {
  const structures: Structure[] = [];
  readXml(part, {
    open(name, attributes) {
      count.add('links', 1);
      if (name === 's') structures.push({ type: attributes['t'] ?? '', keys: [] });
      if (name === 'k') structures.at(-1)?.keys.push(attributes['n'] ?? '');
    },
  });
  return structures;
}

interface RichValue {
  readonly structure: number;
  readonly values: string[];
}

function readValues(part: Uint8Array, count: Count): RichValue[] {
  const values: RichValue[] = [];
  let text: string | null = null;
  readXml(part, {
    open(name, attributes) {
      count.add('links', 1);
      if (name === 'rv') values.push({ structure: Number(attributes['s']), values: [] });
      text = name === 'v' ? '' : null;
    },
    text(more) {
      if (text !== null) text += more;
    },
    close(name) {
      if (name === 'v' && text !== null) values.at(-1)?.values.push(text);
      text = null;
    },
  });
  return values;
}

/** The parts of the pictures, in the order by which the rich values name them. */
function readMedia(zip: Zip, part: string, count: Count): (string | null)[] {
  const content = zip.part(part, count);
  if (content === null) return [];
  const relations = relationsOf(zip, part, count);
  const media: (string | null)[] = [];
  readXml(content, {
    open(name, attributes) {
      if (name === 'rel') media.push(relations.get(prefixed(attributes, 'id') ?? '')?.target ?? null);
    },
  });
  return media;
}

/** The pictures whose parts are there and whole: what is damaged must not come to light when the pages are made. */
export function wholePictures(zip: Zip, pictures: readonly PlacedPicture[], count: Count): PlacedPicture[] {
  const there = new Map<string, boolean>();
  return pictures.filter(({ part }) => {
    const known = there.get(part) ?? zip.part(part, count, 'pictureBytes') !== null;
    there.set(part, known);
    return known;
  });
}

/** Unpacks a picture that was found whole before. */
export function pictureBytes(zip: Zip, part: string, count: Count): Uint8Array {
  const bytes = zip.part(part, count, 'pictureBytes');
  if (bytes === null) throw new Unreadable('damaged');
  // A copy: what is kept of a picture does not keep the file.
  return Uint8Array.from(bytes);
}
