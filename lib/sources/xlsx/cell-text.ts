import { type Count, limits, Unreadable } from './limits.ts';
import { type Attributes, isTrue } from './xml.ts';

/** A stretch of a text in one look. */
export interface Run {
  readonly text: string;
  /** Whether it is struck out; null where it looks as the cell does. */
  readonly struck: boolean | null;
}

/** A text in the look of its cell, or in stretches that have their own. */
export type CellText = string | readonly Run[];

/** What a cell says, and what is struck out in it. */
export interface ShownText {
  readonly text: string;
  readonly struck: string;
}

/** Takes out what is struck: a stretch, or all of it where the cell is. */
export function shownText(content: CellText, cellIsStruck: boolean): ShownText {
  if (typeof content === 'string') {
    return cellIsStruck ? { text: '', struck: content } : { text: content, struck: '' };
  }
  let text = '';
  let struck = '';
  for (const run of content) {
    if (run.struck ?? cellIsStruck) struck += run.text;
    else text += run.text;
  }
  return { text, struck };
}

/** Characters that XML cannot hold or would not keep: `_x000D_`, and `_x005F_` for an underscore that is one. */
const escaped = /_x([\dA-Fa-f]{4})_/gu;

/** Undoes how a workbook writes characters that XML does not hold. Line ends are LF. */
export function unescaped(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(escaped, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return plain.includes('\r') ? plain.replaceAll('\r\n', '\n') : plain;
}

/**
 * A text that is cut out of a longer one keeps all of it in memory: here the whole part. A short one is a copy already; the length is that
 * from which V8 cuts.
 */
export function owned(text: string): string {
  return text.length < 13 ? text : Buffer.from(text).toString();
}

/**
 * Puts a text together as it is read: `<si>` of the shared texts or `<is>` of a cell. What is read out aloud above a word (`<rPh>`) is no
 * part of it.
 */
export class TextReader {
  #runs: Run[] = [];
  #text = '';
  #struck: boolean | null = null;
  #length = 0;
  #inText = false;

  /** Begins a new text. */
  begin(): void {
    this.#runs = [];
    this.#length = 0;
    this.#beginRun();
  }

  open(name: string, attributes: Attributes, parent: string): void {
    if (name === 't') this.#inText = parent !== 'rPh';
    else if (name === 'r') this.#beginRun();
    else if (name === 'rPr' && parent === 'r') this.#struck = false;
    else if (name === 'strike' && parent === 'rPr') this.#struck = isTrue(attributes['val'], true);
  }

  text(text: string): void {
    if (!this.#inText) return;
    this.#length += text.length;
    if (this.#length > limits.cellCharacters) throw new Unreadable('too-large');
    this.#text += text;
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'r') this.#endRun();
  }

  end(): CellText {
    this.#endRun();
    const [first, second] = this.#runs;
    if (first === undefined) return '';
    return second === undefined && first.struck === null ? first.text : this.#runs;
  }

  #beginRun(): void {
    this.#endRun();
    this.#struck = null;
  }

  #endRun(): void {
    if (this.#text !== '') this.#runs.push({ text: owned(unescaped(this.#text)), struck: this.#struck });
    this.#text = '';
  }
}

/** What reads the part of the texts that cells share. */
export function sharedTexts(texts: CellText[], count: Count) {
  const reader = new TextReader();
  return {
    open(name: string, attributes: Attributes, parent: string): void {
      if (name === 'si') {
        count.add('sharedStrings', 1);
        reader.begin();
      } else {
        reader.open(name, attributes, parent);
      }
    },
    text: (text: string) => reader.text(text),
    close(name: string): void {
      if (name === 'si') texts.push(reader.end());
      else reader.close(name);
    },
  };
}
