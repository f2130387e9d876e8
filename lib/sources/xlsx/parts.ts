import type { Count } from './limits.ts';
import { type Attributes, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** What a part leads to: another part of the file, or an address outside of it. */
export interface Relation {
  /** The last word of its type, which is the same in Excel's usual and its strict form: `worksheet`, `hyperlink`. */
  readonly type: string;
  /** Path within the file, or the address as written. */
  readonly target: string;
}

/** Reads what a part leads to, by the names that it uses for it. */
export function relationsOf(zip: Zip, part: string, count: Count): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>();
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const content = zip.part(`${folder}_rels/${part.slice(folder.length)}.rels`, count);
  if (content === null) return relations;
  readXml(content, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode } = attributes;
      const path = mode === 'External' ? target : resolved(folder, target);
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: path });
      count.add('links', 1);
    },
  });
  return relations;
}

/** The first part that is led to by this type of relation. */
export function partOfType(relations: ReadonlyMap<string, Relation>, type: string): string | null {
  for (const relation of relations.values()) if (relation.type === type) return relation.target;
  return null;
}

function resolved(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** A tab as the workbook lists it. */
export interface ListedSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The part that it stands in; null where it is none with cells, such as a chart. */
  readonly part: string | null;
}

export interface Contents {
  readonly sheets: readonly ListedSheet[];
  /** Days are counted from 1904. */
  readonly date1904: boolean;
  readonly relations: ReadonlyMap<string, Relation>;
}

/** Reads the list of tabs. Null where the file is a ZIP, and no workbook in XML. */
export function readContents(zip: Zip, count: Count): Contents | null {
  const part = partOfType(relationsOf(zip, '', count), 'officeDocument') ?? 'xl/workbook.xml';
  const content = part.endsWith('.bin') ? null : zip.part(part, count);
  if (content === null) return null;
  const relations = relationsOf(zip, part, count);
  const sheets: ListedSheet[] = [];
  let date1904 = false;
  let isWorkbook = false;
  readXml(content, {
    open(name, attributes, parent) {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') date1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      if (name !== 'sheet' || parent !== 'sheets') return;
      count.add('sheets', 1);
      sheets.push(listedSheet(attributes, relations));
    },
  });
  return isWorkbook ? { sheets, date1904, relations } : null;
}

function listedSheet(attributes: Attributes, relations: Contents['relations']): ListedSheet {
  const [, id] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? [];
  const relation = id === undefined ? undefined : relations.get(id);
  return {
    name: attributes['name'] ?? '',
    hidden: (attributes['state'] ?? 'visible') !== 'visible',
    part: relation?.type === 'worksheet' ? relation.target : null,
  };
}
