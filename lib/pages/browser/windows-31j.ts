/**
 * The characters of Windows-31J beyond ASCII, as a set of bits: the lowest bit of the first byte is U+0000. Taken from the platform's own
 * decoder, since the WHATWG encoding `shift_jis` is Windows-31J.
 */
export function windows31jCharacters(): Uint8Array {
  const bytes: number[] = [];
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    // 0xA0 to 0xDF are single bytes. 0xF0 to 0xF9 are the user-defined area: what it shows differs from PC to PC.
    if ((lead >= 0xa0 && lead <= 0xdf) || (lead >= 0xf0 && lead <= 0xf9)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) if (trail !== 0x7f) bytes.push(lead, trail);
  }
  const set = new Uint8Array(0x10000 / 8);
  const add = (code: number): void => {
    set[code >> 3] = (set[code >> 3] ?? 0) | (1 << (code & 7));
  };
  for (const character of new TextDecoder('shift_jis').decode(new Uint8Array(bytes))) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x80 && code !== 0xfffd) add(code);
  }
  for (let code = 0xff61; code <= 0xff9f; code += 1) add(code);
  // The wave dash and its kin: systems map the same two bytes to either character, and every PC shows both.
  for (const code of [0x301c, 0x2016, 0x2212, 0x00a2, 0x00a3, 0x00ac, 0x2014, 0x00a5, 0x203e]) add(code);
  return set;
}
