import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** One way of twisting a file, with its name; each call does it anew, elsewhere. */
export type Twist = readonly [name: string, twist: () => Uint8Array];

/** Ten ways of twisting a workbook, by numbers that look like chance and are the same in each run. */
export function twistsOf(plain: Uint8Array): readonly Twist[] {
  const chance = numbers(7);
  const below = (limit: number): number => Math.floor((chance.next().value ?? 0) * limit);

  const parts = unzipSync(plain);
  const names = Object.keys(parts);
  const withText = (change: (xml: string) => string): Uint8Array => {
    const name = names[below(names.length)] ?? '';
    return zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] ?? new Uint8Array()))) });
  };

  return [
    ['bytes changed', () => plain.map((byte) => (below(400) === 0 ? below(256) : byte))],
    ['cut off', () => plain.subarray(0, below(plain.length))],
    [
      'a piece left out',
      () => Uint8Array.from([...plain.subarray(0, below(plain.length)), ...plain.subarray(below(plain.length))]),
    ],
    ['a part left out', () => zipSync(Object.fromEntries(Object.entries(parts).filter(() => below(6) > 0)))],
    [
      'parts exchanged',
      () =>
        zipSync({
          ...parts,
          [names[below(names.length)] ?? '']: parts[names[below(names.length)] ?? ''] ?? new Uint8Array(),
        }),
    ],
    ['XML cut off', () => withText((xml) => xml.slice(0, below(xml.length)))],
    [
      'a letter of XML changed',
      () =>
        withText((xml) => {
          const at = below(xml.length);
          return xml.slice(0, at) + String.fromCharCode(below(0x3000)) + xml.slice(at + 1);
        }),
    ],
    [
      'a number changed',
      () => withText((xml) => xml.replace(/\d+/gu, (number) => (below(20) === 0 ? String(below(2 ** 31)) : number))),
    ],
    [
      'tags exchanged',
      () => withText((xml) => xml.replace(/<(\/?)[a-z]+/giu, (tag) => (below(30) === 0 ? '<v' : tag))),
    ],
    [
      'a piece doubled',
      () =>
        withText((xml) => {
          const at = below(xml.length);
          return xml.slice(0, at) + xml.slice(below(xml.length), at + 40) + xml.slice(at);
        }),
    ],
  ];
}

function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
