/** What characters a font can show. */
export interface Glyphs {
  has(character: number): boolean;
  /** Whether it has the form that a variation selector asks for. */
  hasVariant(character: number, selector: number): boolean;
}

/**
 * Reads the table `cmap` of a TrueType font (ISO/IEC 14496-22, 5.2): its formats 4 and 12 for characters, and 14 for forms of them.
 *
 * @throws RangeError where the bytes are no font
 */
export function glyphsOf(font: Uint8Array): Glyphs {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const characters = new Set<number>();
  const variants = new Map<number, Set<number>>();
  const start = tableAt(view, 'cmap');
  for (let index = 0; index < view.getUint16(start + 2); index += 1) {
    const at = start + view.getUint32(start + 8 + 8 * index);
    const format = view.getUint16(at);
    if (format === 4) readSegments(view, at, characters);
    if (format === 12) readGroups(view, at, characters);
    if (format === 14) readVariants(view, at, variants);
  }
  return {
    has: (character) => characters.has(character),
    hasVariant: (character, selector) => variants.get(selector)?.has(character) === true,
  };
}

function tableAt(view: DataView, wanted: string): number {
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + 16 * index;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    if (tag === wanted) return view.getUint32(at + 8);
  }
  throw new RangeError(`The font has no table ${wanted}.`);
}

function readSegments(view: DataView, at: number, characters: Set<number>): void {
  const count = view.getUint16(at + 6) / 2;
  for (let index = 0; index < count; index += 1) {
    const last = view.getUint16(at + 14 + 2 * index);
    const first = view.getUint16(at + 16 + 2 * (count + index));
    // The last segment is for what is no character.
    if (first !== 0xffff) addRange(characters, first, last);
  }
}

function readGroups(view: DataView, at: number, characters: Set<number>): void {
  for (let index = 0; index < view.getUint32(at + 12); index += 1) {
    const group = at + 16 + 12 * index;
    addRange(characters, view.getUint32(group), view.getUint32(group + 4));
  }
}

function readVariants(view: DataView, at: number, variants: Map<number, Set<number>>): void {
  const uint24 = (offset: number): number => (view.getUint8(offset) << 16) | view.getUint16(offset + 1);
  for (let index = 0; index < view.getUint32(at + 6); index += 1) {
    const record = at + 10 + 11 * index;
    const known = new Set<number>();
    const [usual, own] = [view.getUint32(record + 3), view.getUint32(record + 7)];
    // Forms that are the usual ones, as ranges; then those that have a glyph of their own.
    for (let range = 0; usual !== 0 && range < view.getUint32(at + usual); range += 1) {
      const first = uint24(at + usual + 4 + 4 * range);
      addRange(known, first, first + view.getUint8(at + usual + 7 + 4 * range));
    }
    for (let each = 0; own !== 0 && each < view.getUint32(at + own); each += 1) {
      known.add(uint24(at + own + 4 + 5 * each));
    }
    variants.set(uint24(record), known);
  }
}

function addRange(set: Set<number>, first: number, last: number): void {
  for (let each = first; each <= last; each += 1) set.add(each);
}
