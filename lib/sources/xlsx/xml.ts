import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { errorCode } from '../../system-error.ts';
import { Unreadable } from './limits.ts';

/** The attributes of an element as written, by the name with its prefix. */
export type Attributes = Readonly<Record<string, string>>;

/** What is done with the elements of a part. Names are without their prefix: each writer has its own for the same namespace. */
export interface XmlReader {
  open(name: string, attributes: Attributes, parent: string): void;
  text?(text: string): void;
  close?(name: string, parent: string): void;
}

/** Deeper than any element of a workbook stands, and more attributes than one has. */
const deepest = 100;
const mostAttributes = 500;

const chunkBytes = 65_536;

/**
 * Reads a part from its beginning to its end. What is kept for programs that know more (`extLst`) is passed over, unless it is asked for.
 *
 * @throws Unreadable where it is not well-formed to the last letter, or in an encoding that no workbook has
 */
export function readXml(part: Uint8Array, reader: XmlReader, { extensions = false } = {}): void {
  const parser = new SaxesParser({ position: false, xmlns: false });
  const path: string[] = [];
  let attributes = 0;
  /** How many elements are open within one that is passed over. */
  let passed = 0;
  parser.on('error', () => {
    throw new Unreadable('damaged');
  });
  parser.on('doctype', () => {
    // No program writes one into a workbook, and Excel refuses it: it is there to make readers expand it.
    throw new Unreadable('damaged');
  });
  parser.on('attribute', (_: SaxesAttributePlain) => {
    attributes += 1;
    if (attributes > mostAttributes) throw new Unreadable('damaged');
  });
  parser.on('opentag', (tag) => {
    attributes = 0;
    if (passed > 0) {
      passed += 1;
      if (passed > deepest) throw new Unreadable('damaged');
      return;
    }
    const name = localName(tag.name);
    if (name === 'extLst' && !extensions) {
      passed = 1;
      return;
    }
    reader.open(name, tag.attributes, path.at(-1) ?? '');
    path.push(name);
    if (path.length > deepest) throw new Unreadable('damaged');
  });
  parser.on('closetag', () => {
    if (passed > 0) {
      passed -= 1;
      return;
    }
    const name = path.pop() ?? '';
    reader.close?.(name, path.at(-1) ?? '');
  });
  if (reader.text !== undefined) {
    const read = reader.text.bind(reader);
    const text = (content: string): void => {
      if (passed === 0) read(content);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decode = decoder(part);
  for (let at = 0; at < part.byteLength; at += chunkBytes) {
    parser.write(decode(part.subarray(at, at + chunkBytes), at + chunkBytes < part.byteLength));
  }
  parser.close();
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** An attribute that has a prefix, which each writer chooses: `r:id`. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  const ending = `:${name}`;
  for (const [key, value] of Object.entries(attributes)) if (key.endsWith(ending)) return value;
  return undefined;
}

/** `1`, `true` and, where the attribute stands for itself, nothing at all. */
export function isTrue(value: string | undefined, whereMissing = false): boolean {
  return value === undefined ? whereMissing : value === '1' || value === 'true';
}

/** UTF-8 or UTF-16, by the mark at the beginning or by its first letter; else what the declaration names. */
function decoder(part: Uint8Array): (bytes: Uint8Array, more: boolean) => string {
  const [first, second] = part;
  let encoding = 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) encoding = 'utf-16le';
  else if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) encoding = 'utf-16be';
  else {
    const head = String.fromCharCode(...part.subarray(0, 200));
    const declared = /^[^>]*\sencoding\s*=\s*["']([\w-]+)["']/u.exec(head)?.[1];
    // What can be read so is not in UTF-16, whatever it says: some writers declare how they hold text in memory.
    if (declared !== undefined && !/^(?:utf-16|ucs-2)/iu.test(declared)) encoding = declared;
  }
  const text = textDecoder(encoding);
  return (bytes, stream) => {
    try {
      return text.decode(bytes, { stream });
    } catch (error) {
      throw errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? new Unreadable('damaged') : error;
    }
  };
}

function textDecoder(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    // The part names an encoding that there is not.
    throw errorCode(error) === 'ERR_ENCODING_NOT_SUPPORTED' ? new Unreadable('damaged') : error;
  }
}
