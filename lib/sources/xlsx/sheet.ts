import type { CellMark, CellRange } from '../../workbook/workbook.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { isStillLoading } from '../pending.ts';
import { type CellText, owned, type ShownText, shownText, TextReader, unescaped } from './cell-text.ts';
import { type Display, generalText } from './displayed.ts';
import { type Count, Unreadable } from './limits.ts';
import { lastColumn, lastRow, placeOf, rangeOf } from './range.ts';
import { plainStyle, type Style } from './styles.ts';
import { type Attributes, isTrue, prefixed, type XmlReader } from './xml.ts';

/** What all tabs of a workbook share. */
export interface Shared {
  readonly texts: readonly CellText[];
  readonly styles: readonly Style[];
  readonly displays: (format: string) => Display;
  /** Whether the value of this number that a cell leads to is a picture. */
  readonly isPicture: (value: number) => boolean;
}

/** A tab as its part says it: what leads to other parts is still by the names that it uses for them. */
export interface SheetPart {
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly CellRange[];
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly hiddenRows: readonly number[];
  /** Ranges in which a filter is set, and whether one is that stands nowhere else. */
  readonly filters: readonly CellRange[];
  readonly filtered: boolean;
  readonly links: readonly LinkPart[];
  /** Targets of `HYPERLINK()`, by address. */
  readonly formulaLinks: ReadonlyMap<string, string>;
  readonly drawing: string | null;
  readonly tables: readonly string[];
  /** Cells that a picture is placed in, with the number of the value that they lead to. */
  readonly valuePictures: readonly { row: number; column: number; value: number }[];
}

export interface LinkPart {
  readonly range: CellRange;
  readonly relation: string | null;
  readonly location: string | null;
}

interface CellPart {
  row: number;
  column: number;
  type: string;
  style: Style;
  /** The number of the value that the cell leads to, such as a picture. */
  leadsTo: number | null;
  value: string;
  hasValue: boolean;
  formula: string;
  hasFormula: boolean;
  inline: CellText;
}

const noCells: readonly string[] = [];

/** Reads the part of a tab. */
export class SheetReader implements XmlReader {
  readonly #shared: Shared;
  readonly #count: Count;
  readonly #rows: string[][] = [];
  readonly #merges: CellRange[] = [];
  readonly #marks = new Map<string, CellMark>();
  readonly #hiddenRows: number[] = [];
  readonly #filters: CellRange[] = [];
  readonly #links: LinkPart[] = [];
  readonly #formulaLinks = new Map<string, string>();
  readonly #tables: string[] = [];
  readonly #valuePictures: { row: number; column: number; value: number }[] = [];
  readonly #texts = new TextReader();
  #drawing: string | null = null;
  #filter: CellRange | null = null;
  #filtered = false;
  #showsZeros = true;
  #row = -1;
  #column = -1;
  #cell: CellPart | null = null;
  #within: 'value' | 'formula' | 'inline' | null = null;
  #isWorksheet = false;

  constructor(shared: Shared, count: Count) {
    this.#shared = shared;
    this.#count = count;
  }

  open(name: string, attributes: Attributes, parent: string): void {
    if (this.#within === 'inline') this.#texts.open(name, attributes, parent);
    else if (parent === 'c') this.#openInCell(name);
    else if (parent === 'row' && name === 'c') this.#openCell(attributes);
    else if (parent === 'sheetData' && name === 'row') this.#openRow(attributes);
    else if (this.#cell === null) this.#openOther(name, attributes, parent);
  }

  text(text: string): void {
    const cell = this.#cell;
    if (cell === null || this.#within === null) return;
    if (this.#within === 'inline') {
      this.#texts.text(text);
      return;
    }
    this.#count.fits('cellCharacters', text.length);
    if (this.#within === 'value') cell.value += text;
    else cell.formula += text;
  }

  close(name: string, parent: string): void {
    const cell = this.#cell;
    if (cell === null) {
      if (name === 'autoFilter') this.#filter = null;
      return;
    }
    if (parent === 'c') {
      if (this.#within === 'inline') cell.inline = this.#texts.end();
      this.#within = null;
    } else if (this.#within === 'inline') {
      this.#texts.close(name);
    } else if (name === 'c') {
      this.#endCell(cell);
      this.#cell = null;
    }
  }

  end(): SheetPart {
    if (!this.#isWorksheet) throw new Unreadable('damaged');
    const rows: (readonly string[])[] = [];
    this.#count.add('cells', this.#rows.length);
    for (let row = 0; row < this.#rows.length; row += 1) rows.push(this.#rows[row] ?? noCells);
    return {
      rows,
      merges: this.#merges,
      marks: this.#marks,
      hiddenRows: this.#hiddenRows,
      filters: this.#filters,
      filtered: this.#filtered,
      links: this.#links,
      formulaLinks: this.#formulaLinks,
      drawing: this.#drawing,
      tables: this.#tables,
      valuePictures: this.#valuePictures,
    };
  }

  #openOther(name: string, attributes: Attributes, parent: string): void {
    if (name === 'worksheet' && parent === '') this.#isWorksheet = true;
    else if (name === 'sheetPr') this.#filtered = isTrue(attributes['filterMode']);
    else if (name === 'sheetView') this.#showsZeros &&= isTrue(attributes['showZeros'], true);
    else if (name === 'mergeCell' && parent === 'mergeCells') this.#merge(attributes);
    else if (name === 'hyperlink' && parent === 'hyperlinks') this.#link(attributes);
    else if (name === 'autoFilter' && parent === 'worksheet') this.#filter = rangeOf(attributes['ref'] ?? 'A1');
    else if (name === 'filterColumn' && this.#filter !== null) {
      if (!this.#filters.includes(this.#filter)) this.#filters.push(this.#filter);
    } else if (name === 'drawing' && parent === 'worksheet') this.#drawing = prefixed(attributes, 'id') ?? null;
    else if (name === 'tablePart' && parent === 'tableParts') {
      this.#count.add('links', 1);
      const relation = prefixed(attributes, 'id');
      if (relation !== undefined) this.#tables.push(relation);
    }
  }

  #merge(attributes: Attributes): void {
    this.#count.add('merges', 1);
    this.#merges.push(rangeOf(attributes['ref'] ?? ''));
  }

  #link(attributes: Attributes): void {
    this.#count.add('links', 1);
    const { ref, location = null } = attributes;
    if (ref === undefined) return;
    // Several ranges may share one link.
    for (const range of ref.trim().split(/\s+/u)) {
      this.#links.push({ range: rangeOf(range), relation: prefixed(attributes, 'id') ?? null, location });
    }
  }

  #openRow(attributes: Attributes): void {
    const { r, hidden, ht } = attributes;
    const row = r === undefined ? this.#row + 1 : Number(r) - 1;
    if (!Number.isInteger(row) || row < 0 || row > lastRow) throw new Unreadable('damaged');
    this.#row = row;
    this.#column = -1;
    if (isTrue(hidden) || (ht !== undefined && Number(ht) === 0)) {
      this.#count.add('cells', 1);
      this.#hiddenRows.push(row);
    }
  }

  #openCell(attributes: Attributes): void {
    const { r, s, t = 'n', vm } = attributes;
    const place = r === undefined ? { row: this.#row, column: this.#column + 1 } : placeOf(r);
    if (place.column > lastColumn || place.row < 0) throw new Unreadable('damaged');
    this.#column = place.column;
    this.#cell = {
      ...place,
      type: t,
      style: (s === undefined ? this.#shared.styles[0] : this.#shared.styles[Number(s)]) ?? plainStyle,
      leadsTo: vm === undefined ? null : Number(vm),
      value: '',
      hasValue: false,
      formula: '',
      hasFormula: false,
      inline: '',
    };
  }

  #openInCell(name: string): void {
    const cell = this.#cell;
    if (cell === null) return;
    if (name === 'v') {
      this.#within = 'value';
      cell.hasValue = true;
    } else if (name === 'f') {
      this.#within = 'formula';
      cell.hasFormula = true;
    } else if (name === 'is') {
      this.#within = 'inline';
      this.#texts.begin();
    }
  }

  #endCell(cell: CellPart): void {
    if (!cell.hasValue && !cell.hasFormula && cell.inline === '') return;
    const address = cellAddress(cell.row, cell.column);
    if (cell.leadsTo !== null && this.#shared.isPicture(cell.leadsTo)) {
      this.#count.add('pictures', 1);
      this.#valuePictures.push({ row: cell.row, column: cell.column, value: cell.leadsTo });
      return;
    }
    const link = linkOf(cell.formula);
    if (link !== null) this.#formulaLinks.set(address, link);
    const missing = pendingOf(cell);
    const { text, struck } = missing === null ? this.#shownIn(cell) : { text: '', struck: '' };
    const pending = isStillLoading(text) ? 'loading' : missing;
    if (pending !== null) {
      this.#put(cell, '');
      this.#marks.set(address, { pending });
      return;
    }
    const date = this.#dateOf(cell);
    this.#put(cell, text);
    if (struck.trim() !== '' || date !== null) {
      this.#marks.set(address, { ...(struck.trim() !== '' && { struck }), ...(date !== null && { date }) });
    }
  }

  #shownIn(cell: CellPart): ShownText {
    const { value, style } = cell;
    const display = this.#shared.displays(style.format);
    const whole = (text: string): ShownText => shownText(text, style.struck);
    switch (cell.type) {
      case 's':
        return this.#texted(this.#sharedText(value), style, display);
      case 'inlineStr':
        return this.#texted(cell.inline, style, display);
      case 'str':
        return whole(display.text(owned(unescaped(value))));
      case 'b':
        return whole(isTrue(value.trim()) ? 'TRUE' : 'FALSE');
      case 'e':
        return whole(value.trim());
      default: {
        const number = numberOf(cell);
        if (number === null) return whole(value);
        if (number === 0 && !this.#showsZeros) return whole('');
        return whole(isoPattern.test(value) && style.format === 'General' ? isoShown(value) : display.number(number));
      }
    }
  }

  /** A format of texts (`@"様"`) is for the whole of one: what is struck in it is left out before. */
  #texted(content: CellText, style: Style, display: Display): ShownText {
    const { text, struck } = shownText(content, style.struck);
    return { text: text === '' ? '' : display.text(text), struck };
  }

  #sharedText(value: string): CellText {
    const text = value.trim() === '' ? undefined : this.#shared.texts[Number(value)];
    if (text === undefined) throw new Unreadable('damaged');
    return text;
  }

  #dateOf(cell: CellPart): NonNullable<CellMark['date']> | null {
    const { type, style } = cell;
    if (type !== 'n' && type !== 'd') return null;
    const number = numberOf(cell);
    const iso = number === null ? null : this.#shared.displays(style.format).day(number);
    return iso === null || number === null ? null : { iso, number: generalText(number) };
  }

  #put({ row, column }: CellPart, text: string): void {
    const cells = this.#rows[row] ?? [];
    this.#rows[row] = cells;
    this.#count.add('characters', text.length);
    if (column >= cells.length) {
      this.#count.add('cells', column + 1 - cells.length);
      while (cells.length < column) cells.push('');
    }
    cells[column] = text;
  }
}

/** A day as the strict form of a workbook writes it. */
const isoPattern = /^\s*(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?Z?)?\s*$/u;

function numberOf({ type, value }: CellPart): number | null {
  if (type === 'd') return serialOf(value);
  const text = value.trim();
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** Days since the end of 1899, as Excel counts them. */
function serialOf(value: string): number | null {
  const match = isoPattern.exec(value);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day) / 86_400_000 + 25_569 + (hour * 3600 + minute * 60 + second) / 86_400;
}

function isoShown(value: string): string {
  const [, year = '', month = '', day = ''] = isoPattern.exec(value) ?? [];
  return `${year}/${Number(month)}/${Number(day)}`;
}

/** A formula whose value is not there: it was still being worked out, or the program that wrote the file does not work out any. */
function pendingOf({ type, value, hasValue, hasFormula, inline }: CellPart): 'loading' | 'no-result' | null {
  if (type === 'e' && /^#(?:GETTING_DATA|BUSY!)$/u.test(value.trim())) return 'loading';
  if (!hasFormula || inline !== '') return null;
  // A formula that gives the empty text has it written out.
  const hasResult = type === 'str' ? hasValue : value.trim() !== '';
  return hasResult ? null : 'no-result';
}

/** `HYPERLINK("https://…", …)`: an address that is written out. What is worked out cannot be known here. */
function linkOf(formula: string): string | null {
  if (!/^\s*=?\s*HYPERLINK\s*\(/iu.test(formula)) return null;
  return /^\s*=?\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*[,)]/iu.exec(formula)?.[1]?.replaceAll('""', '"') ?? null;
}
