import { isBlank, matchKey } from '../../text/normalize.ts';
import {
  type CellMark,
  type CellPicture,
  type CellRange,
  cellAddress,
  type RowOrigin,
  type Sheet,
  type Workbook,
} from '../../workbook/workbook.ts';
import { wantedTabs } from '../tabs.ts';

/** A workbook, and the file that it was read from. */
export interface NamedWorkbook {
  readonly file: string;
  readonly workbook: Workbook;
}

/** A header stands in the first ten rows. */
const headerRows = 10;

/**
 * Makes one workbook of several, as departments send them in: what stands below the headers of tabs of one name is put together in the
 * order of the files, by header, whatever order the columns have. A tab whose headers are others stays a tab of its own, which is
 * reported as the second of its name: nothing is put below a header that it was not written for. Tabs that speak of the whole city
 * (設定, 選択肢 …) are in most files copies of one: rows that are there already are left out.
 */
export function joinWorkbooks(workbooks: readonly NamedWorkbook[]): Workbook {
  const joined: { key: string; tab: JoinedTab }[] = [];
  const others: Sheet[] = [];
  for (const { file, workbook } of workbooks) {
    const isNamed = wantedTabs.areNamedIn(workbook.sheets);
    for (const sheet of workbook.sheets) {
      const key = matchKey(sheet.name);
      if (!wantedTabs.isRead(sheet.name) && !isNamed(sheet.name)) {
        // Only its name is of use, and once.
        if (!others.some(({ name }) => name === sheet.name)) others.push(sheet);
      } else if (sheet.hidden === true && visibleTwin(workbook, sheet)) {
        // Of two tabs of one name in a file the visible one is meant.
      } else if (sheet.rows.some((cells) => !cells.every(isBlank))) {
        const place = joined.find((one) => one.key === key && one.tab.add(file, sheet));
        if (place === undefined) joined.push({ key, tab: new JoinedTab(file, sheet) });
      }
    }
  }
  return { sheets: [...joined.map(({ tab }) => tab.sheet()), ...others] };
}

function visibleTwin(workbook: Workbook, { name }: Sheet): boolean {
  return workbook.sheets.some((other) => other.hidden !== true && matchKey(other.name) === matchKey(name));
}

/** Tabs that hold what departments say, each in its own rows; the rows of all others are the city's. */
const cityTabs: ReadonlySet<string> = new Set(['設定', '選択肢', '項目', '組織の変遷'].map(matchKey));

class JoinedTab {
  readonly #first: Sheet;
  readonly #isCitys: boolean;
  readonly #rows: string[][];
  readonly #origins: RowOrigin[];
  readonly #merges: CellRange[];
  readonly #links: Map<string, string>;
  readonly #marks: Map<string, CellMark>;
  readonly #hiddenRows: Map<number, 'hand' | 'filter'>;
  readonly #pictures: CellPicture[];

  constructor(file: string, sheet: Sheet) {
    this.#first = sheet;
    this.#isCitys = cityTabs.has(matchKey(sheet.name));
    this.#rows = sheet.rows.map((cells) => [...cells]);
    this.#origins = sheet.rows.map((_, row) => ({ file, row: row + 1 }));
    this.#merges = [...sheet.merges];
    this.#links = new Map(sheet.links);
    this.#marks = new Map(sheet.marks);
    this.#hiddenRows = new Map(sheet.hiddenRows);
    this.#pictures = [...(sheet.pictures ?? [])];
  }

  /** Puts the rows of another file's tab below; false where its headers are others. */
  add(file: string, sheet: Sheet): boolean {
    const alike = alikeHeaders(this.#first.rows, sheet.rows);
    if (alike === null) return false;
    const columns = this.#columnsOf(alike.first, sheet.rows[alike.second] ?? []);
    const known = new Set(this.#isCitys ? this.#rows.map(rowKey) : []);
    /** Where each row of the tab has gone. */
    const places = new Map<number, number>();
    for (let row = endOfHeader(sheet, alike.second) + 1; row < sheet.rows.length; row += 1) {
      const cells = moved(sheet.rows[row] ?? [], columns);
      if (this.#isCitys && known.has(rowKey(cells))) continue;
      places.set(row, this.#rows.length);
      this.#rows.push(cells);
      const same = columns.every((column, index) => column === index);
      this.#origins.push({ file, row: row + 1, ...(!same && { columns: origins(columns) }) });
    }
    this.#addMore(sheet, places, columns);
    return true;
  }

  sheet(): Sheet {
    return {
      name: this.#first.name,
      rows: this.#rows,
      merges: this.#merges,
      links: this.#links,
      origins: this.#origins,
      ...(this.#marks.size > 0 && { marks: this.#marks }),
      ...(this.#hiddenRows.size > 0 && { hiddenRows: this.#hiddenRows }),
      ...(this.#first.hidden === true && { hidden: true }),
      ...(this.#pictures.length > 0 && { pictures: this.#pictures }),
    };
  }

  /** For each column of the other header its place in this one, which grows by what it has not. */
  #columnsOf(headerRow: number, other: readonly string[]): number[] {
    const header = this.#rows[headerRow] ?? [];
    const keys = header.map(matchKey);
    let width = this.#rows.reduce((widest, cells) => Math.max(widest, cells.length), 0);
    const taken = new Set<number>();
    return other.map((text, index) => {
      const key = matchKey(text);
      const found = keys.findIndex(
        (one, column) => one === key && !taken.has(column) && (key !== '' || column === index),
      );
      const column = found === -1 ? width : found;
      taken.add(column);
      if (found !== -1) return column;
      width += 1;
      while (header.length < column) header.push('');
      header[column] = text;
      keys[column] = key;
      return column;
    });
  }

  #addMore(sheet: Sheet, places: ReadonlyMap<number, number>, columns: readonly number[]): void {
    const place = (row: number, column: number): { row: number; column: number } | null => {
      const there = places.get(row);
      return there === undefined ? null : { row: there, column: columns[column] ?? column };
    };
    for (const { top, left, bottom } of sheet.merges) {
      const [first, last] = [place(top, left), place(Math.min(bottom, sheet.rows.length - 1), left)];
      // What is merged across is a look; only downwards does it say something.
      if (first === null || last === null) continue;
      this.#merges.push({ top: first.row, left: first.column, bottom: last.row, right: first.column });
    }
    for (const [row, there] of places) {
      const hidden = sheet.hiddenRows?.get(row);
      if (hidden !== undefined) this.#hiddenRows.set(there, hidden);
      for (const column of (sheet.rows[row] ?? []).keys()) {
        const address = cellAddress(row, column);
        const [link, mark] = [sheet.links.get(address), sheet.marks?.get(address)];
        const target = cellAddress(there, columns[column] ?? column);
        if (link !== undefined) this.#links.set(target, link);
        if (mark !== undefined) this.#marks.set(target, mark);
      }
    }
    for (const picture of sheet.pictures ?? []) {
      const there = place(picture.row, picture.column);
      if (there !== null) this.#pictures.push({ ...picture, ...there });
    }
  }
}

/** The headers of both, where they share more than half of what each says, and two words at least. */
function alikeHeaders(first: Sheet['rows'], second: Sheet['rows']): { first: number; second: number } | null {
  const [one, other] = [headerOf(first), headerOf(second)];
  const shared = [...one.keys].filter((key) => other.keys.has(key)).length;
  const isAlike = shared >= 2 && shared * 2 > Math.max(one.keys.size, other.keys.size);
  return isAlike ? { first: one.row, second: other.row } : null;
}

/** The first row with two different words: above a header stands a title at most. */
function headerOf(rows: Sheet['rows']): { row: number; keys: ReadonlySet<string> } {
  for (const [row, cells] of rows.slice(0, headerRows).entries()) {
    const keys = new Set(cells.map(matchKey).filter((key) => key !== ''));
    if (keys.size >= 2) return { row, keys };
  }
  return { row: 0, keys: new Set() };
}

/** The last row of a header that is merged downwards. */
function endOfHeader({ merges }: Sheet, header: number): number {
  return merges
    .filter(({ top, bottom }) => top <= header && bottom > header && bottom < headerRows)
    .reduce((end, { bottom }) => Math.max(end, bottom), header);
}

function moved(cells: readonly string[], columns: readonly number[]): string[] {
  const row: string[] = [];
  for (const [index, text] of cells.entries()) {
    const column = columns[index] ?? index;
    while (row.length < column) row.push('');
    row[column] = text;
  }
  return row;
}

/** For each column here the one there. */
function origins(columns: readonly number[]): number[] {
  const there: number[] = [];
  for (const [index, column] of columns.entries()) {
    while (there.length < column) there.push(-1);
    there[column] = index;
  }
  return there;
}

function rowKey(cells: readonly string[]): string {
  const keys = cells.map(matchKey);
  while (keys.at(-1) === '') keys.pop();
  return keys.join('\0');
}
