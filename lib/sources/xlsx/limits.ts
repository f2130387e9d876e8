/**
 * What a workbook may hold of what is read, far above any real one: the year of a large city is under 1 MB and 10,000 cells.
 * Whatever is not needed for the tabs of the contract (pictures, themes, other tabs) is neither unpacked nor counted.
 */
export const limits = {
  /** Of the file itself, with its pictures. */
  fileBytes: 100_000_000,
  /** Entries in the file's directory. */
  entries: 100_000,
  /** Unpacked, of one part and of all parts that are read. */
  partBytes: 100_000_000,
  unpackedBytes: 150_000_000,
  sheets: 2_000,
  /** Cells up to the last filled one of each row, of all tabs. */
  cells: 1_000_000,
  /** Characters shown in all cells; a text that many cells share counts in each. */
  characters: 40_000_000,
  /** Characters in one cell. Excel takes 32,767, Google Sheets 50,000. */
  cellCharacters: 100_000,
  sharedStrings: 1_000_000,
  /** Excel has 65,490. */
  styles: 100_000,
  /** Number formats that values are shown in, a day of an era counting as one of its own. Excel takes some hundred. */
  formats: 5_000,
  merges: 100_000,
  links: 100_000,
  /** Cells that merges, links and filters reach, all together: ranges that lie over each other by the thousand. */
  reached: 10_000_000,
  pictures: 10_000,
  /** Unpacked, of all pictures on the tabs that are read. */
  pictureBytes: 300_000_000,
} as const;

export type Limit = keyof typeof limits;

/** Why a file gives no workbook. Thrown within this room only, and made a value where the reading ends. */
export class Unreadable extends Error {
  readonly reason: 'damaged' | 'encrypted' | 'not-a-workbook' | 'too-large';

  constructor(reason: Unreadable['reason']) {
    super(reason);
    this.name = 'Unreadable';
    this.reason = reason;
  }
}

/** Counts what is read of one workbook, and stops the reading where a limit is passed. */
export class Count {
  readonly #seen = new Map<Limit, number>();

  add(what: Limit, more: number): void {
    const sum = (this.#seen.get(what) ?? 0) + more;
    if (sum > limits[what]) throw new Unreadable('too-large');
    this.#seen.set(what, sum);
  }

  /** For what is limited by itself, and not in sum. */
  fits(what: Limit, amount: number): void {
    if (amount > limits[what]) throw new Unreadable('too-large');
  }
}
