import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A ZIP file as programs write it that do not know beforehand how large it becomes: sizes and places in fields of 64 bits, and, where
 * `later` is set, sizes and checksums behind the content.
 */
export function wideZip(parts: Readonly<Record<string, Uint8Array>>, { later = false } = {}): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content);
    const sum = crc32(content);
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(45, 4);
    local.writeUInt16LE(later ? 8 : 0, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(later ? 0 : sum, 14);
    local.writeUInt32LE(0xffffffff, 18);
    local.writeUInt32LE(0xffffffff, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const sizes = wideField([content.length, packed.length]);
    local.writeUInt16LE(sizes.length, 28);
    const behind = Buffer.alloc(later ? 24 : 0);
    if (later) {
      behind.writeUInt32LE(0x08074b50, 0);
      behind.writeUInt32LE(sum, 4);
      behind.writeBigUInt64LE(BigInt(packed.length), 8);
      behind.writeBigUInt64LE(BigInt(content.length), 16);
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(45, 4);
    entry.writeUInt16LE(45, 6);
    entry.writeUInt16LE(later ? 8 : 0, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(sum, 16);
    entry.writeUInt32LE(0xffffffff, 20);
    entry.writeUInt32LE(0xffffffff, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    const places = wideField([content.length, packed.length, offset]);
    // Another field before it, as some programs write their clock.
    const clock = Buffer.from([0x55, 0x54, 1, 0, 0]);
    entry.writeUInt16LE(clock.length + places.length, 30);
    entry.writeUInt32LE(0xffffffff, 42);
    directory.push(entry, nameBytes, clock, places);
    const written = [local, nameBytes, sizes, packed, behind];
    pieces.push(...written);
    offset += written.reduce((bytes, { length }) => bytes + length, 0);
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const count = BigInt(Object.keys(parts).length);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(count, 24);
  end64.writeBigUInt64LE(count, 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0, 4);
  end.writeUInt16LE(0, 6);
  end.writeUInt16LE(0, 20);
  return Uint8Array.from(Buffer.concat([...pieces, ...directory, end64, locator, end]));
}

/** The extra field of what does not fit in 32 bits (APPNOTE.TXT, 4.5.3). */
function wideField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return field;
}
