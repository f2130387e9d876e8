import { crc32, inflateRawSync } from 'node:zlib';
import { errorCode } from '../../system-error.ts';
import { Count, Unreadable } from './limits.ts';

/**
 * The parts of a workbook file, by the ZIP format (APPNOTE.TXT of PKWARE, 6.3): stored or deflated, with sizes of 64 bits where
 * the file has them. Nothing is unpacked before it is asked for, and nothing is given out whose checksum does not fit. What a part is
 * called, how large it is and what its checksum is stands in the file twice, and has to be the same: a changed name would
 * otherwise be a part that is missing without a word.
 */
export interface Zip {
  /** Unpacks a part, and counts it. Null where there is none of this name. */
  part(name: string, count: Count, as?: 'unpackedBytes' | 'pictureBytes'): Uint8Array | null;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its packed bytes begin. */
  readonly start: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const entryLength = 46;
const localLength = 30;

const largestPiece = 4_000_000;

/** @throws Unreadable */
export function openZip(bytes: Uint8Array, count: Count): Zip {
  const entries = readDirectory(bytes, count);
  return {
    part(name, counted, as = 'unpackedBytes') {
      const entry = entries.get(keyOf(name));
      if (entry === undefined) return null;
      counted.fits('partBytes', entry.size);
      counted.add(as, entry.size);
      return unpack(bytes, entry);
    },
  };
}

/** What the parts in XML come to by what the file says, which holds for their unpacking; 0 where it says nothing that can be read. */
export function unpackedSize(bytes: Uint8Array): number {
  try {
    const entries = [...readDirectory(bytes, new Count()).values()];
    return entries.filter(({ name }) => /\.(?:xml|rels)$/iu.test(name)).reduce((sum, { size }) => sum + size, 0);
  } catch (error) {
    if (error instanceof Unreadable) return 0;
    throw error;
  }
}

/** Names of parts are the same in upper and lower case (ECMA-376 part 2, 6.2.2.3); some writers use the other slash. */
function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//u, '').toLowerCase();
}

function readDirectory(bytes: Uint8Array, count: Count): ReadonlyMap<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(bytes, view, count);
  } catch (error) {
    // A place that lies outside of the file is damage; every other error is ours.
    throw error instanceof RangeError ? new Unreadable('damaged') : error;
  }
}

function readEntries(bytes: Uint8Array, view: DataView, count: Count): ReadonlyMap<string, Entry> {
  const { total, start, end } = findDirectory(view);
  count.add('entries', total);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let index = 0; index < total; index += 1) {
    if (view.getUint32(at, true) !== entrySignature) throw new Unreadable('damaged');
    if ((view.getUint16(at + 8, true) & 1) === 1) throw new Unreadable('encrypted');
    const nameEnd = at + entryLength + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const name = nameIn(bytes, at + entryLength, nameEnd);
    const [size, packed, offset] = sizesOf(view, at, nameEnd, extraEnd);
    const entry = { name, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), packed, size };
    entries.set(keyOf(name), { ...entry, start: startOf(bytes, view, entry, offset) });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  // An entry fewer in the record at the end would otherwise be a part that is missing without a word.
  if (at !== end) throw new Unreadable('damaged');
  return entries;
}

/** Where the directory is, by the record at the end of the file, before which there may be one of 64 bits. */
function findDirectory(view: DataView): { total: number; start: number; end: number } {
  const earliest = Math.max(0, view.byteLength - endLength - 0xffff);
  for (let at = view.byteLength - endLength; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const total = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== locator64Signature)
      return { total, start, end: start + view.getUint32(at + 12, true) };
    const record = number64(view, locator + 8);
    if (view.getUint32(record, true) !== end64Signature) throw new Unreadable('damaged');
    const start64 = number64(view, record + 48);
    return { total: number64(view, record + 32), start: start64, end: start64 + number64(view, record + 40) };
  }
  throw new Unreadable('damaged');
}

/** The unpacked size, the packed one and the offset, each in the extra field of 64 bits where it does not fit in 32. */
function sizesOf(view: DataView, at: number, extra: number, extraEnd: number): [number, number, number] {
  const short = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  let wide = extraEnd;
  for (let field = extra; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) === 1) {
      wide = field + 4;
      break;
    }
  }
  const [size = 0, packed = 0, offset = 0] = short.map((value) => {
    if (value !== 0xffffffff) return value;
    wide += 8;
    return number64(view, wide - 8);
  });
  return [size, packed, offset];
}

function number64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** Names of parts are ASCII; what is not stands in both places in the same way, which is all that is asked of it. */
function nameIn(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Where the packed bytes begin: behind a header that repeats what the directory says. */
function startOf(bytes: Uint8Array, view: DataView, entry: Omit<Entry, 'start'>, offset: number): number {
  const nameLength = view.getUint16(offset + 26, true);
  const nameEnd = offset + localLength + nameLength;
  const named = nameLength === entry.name.length && nameIn(bytes, nameEnd - nameLength, nameEnd) === entry.name;
  // With this bit, sizes and checksum stand behind the content, since the writer did not know them yet.
  const later = (view.getUint16(offset + 6, true) & 8) !== 0;
  const crc = view.getUint32(offset + 14, true);
  const same = named && view.getUint16(offset + 8, true) === entry.method && (later || crc === entry.crc);
  if (view.getUint32(offset, true) !== localSignature || !same) throw new Unreadable('damaged');
  return nameEnd + view.getUint16(offset + 28, true);
}

function unpack(bytes: Uint8Array, entry: Entry): Uint8Array {
  const content = unpacked(bytes.subarray(entry.start, entry.start + entry.packed), entry);
  if (content.byteLength !== entry.size || crc32(content) !== entry.crc) throw new Unreadable('damaged');
  return content;
}

function unpacked(packed: Uint8Array, { method, size }: Entry): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) throw new Unreadable('damaged');
  try {
    // In large pieces, for a small one is put together with all before it thousands of times.
    const chunkSize = Math.min(Math.max(size, 64), largestPiece);
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1), chunkSize });
  } catch (error) {
    const code = errorCode(error) ?? '';
    // Damaged, cut off, or more than the directory says.
    if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') throw new Unreadable('damaged');
    throw error;
  }
}
