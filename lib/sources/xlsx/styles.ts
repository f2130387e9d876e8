import { formatOfNumber } from './built-in-number-formats.ts';
import type { Count } from './limits.ts';
import { type Attributes, isTrue, type XmlReader } from './xml.ts';

/** What is to be known of a cell's look. */
export interface Style {
  /** The number format in the words of a file: `#,##0"人"`, `General`. */
  readonly format: string;
  /** Everything in the cell is struck out, unless a stretch of it has a look of its own. */
  readonly struck: boolean;
}

export const plainStyle: Style = { format: 'General', struck: false };

interface Found {
  readonly formats: Map<number, string>;
  readonly fonts: boolean[];
  readonly styles: { format: number; font: number }[];
}

/** Reads the part of the looks, which cells name by their place in it. */
export class StyleReader implements XmlReader {
  readonly #found: Found = { formats: new Map(), fonts: [], styles: [] };
  readonly #count: Count;

  constructor(count: Count) {
    this.#count = count;
  }

  open(name: string, attributes: Attributes, parent: string): void {
    const { formats, fonts, styles } = this.#found;
    if (name === 'numFmt' && parent === 'numFmts') {
      this.#count.add('styles', 1);
      formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? 'General');
    } else if (name === 'font' && parent === 'fonts') {
      this.#count.add('styles', 1);
      fonts.push(false);
    } else if (name === 'strike' && parent === 'font') {
      if (fonts.length > 0) fonts[fonts.length - 1] = isTrue(attributes['val'], true);
    } else if (name === 'xf' && parent === 'cellXfs') {
      this.#count.add('styles', 1);
      styles.push({ format: Number(attributes['numFmtId'] ?? 0), font: Number(attributes['fontId'] ?? 0) });
    }
  }

  end(): readonly Style[] {
    const { formats, fonts, styles } = this.#found;
    return styles.map(({ format, font }) => ({
      format: formats.get(format) ?? formatOfNumber(format),
      struck: fonts[font] ?? false,
    }));
  }
}
