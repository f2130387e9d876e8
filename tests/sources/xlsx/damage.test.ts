import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { describeWithSeed, seedWorkbook } from '../../support/seed.ts';
import { soundTabs, workbookOf } from '../../support/workbook.ts';
import { xlsxOfWorkbook } from '../../support/xlsx.ts';

/** What a file says is read as it is, or the file is refused: never something else. */

const read = (bytes: Uint8Array) => parseWorkbookFile(bytes, 'test.xlsx');

/** One bit after another is turned, spread evenly over the file. */
async function flips(file: Uint8Array, count: number): Promise<{ refused: number; same: number }> {
  const whole = await read(file);
  if (!whole.ok) throw new Error(whole.failure.code);
  const told = { refused: 0, same: 0 };
  for (let index = 0; index < count; index += 1) {
    const bytes = Uint8Array.from(file);
    const place = Math.floor((index * bytes.length) / count);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (index % 8));
    const parsed = await read(bytes);
    if (parsed.ok) expect(parsed.workbook, `byte ${place}, bit ${index % 8}`).toEqual(whole.workbook);
    else expect(parsed.failure.kind).toBe('unreadable');
    if (parsed.ok) told.same += 1;
    else told.refused += 1;
  }
  return told;
}

test('a file with one bit turned says the same, or is refused', async () => {
  const told = await flips(xlsxOfWorkbook(workbookOf(soundTabs)), 600);
  expect(told.refused).toBeGreaterThan(300);
});

describeWithSeed('the real workbook', () => {
  test('with one bit turned, a thousand times over all its parts', { timeout: 120_000 }, async () => {
    const told = await flips(readFileSync(seedWorkbook), 1_000);
    expect(told.refused).toBeGreaterThan(500);
  });
});

describe('a file that was twisted', () => {
  /** Numbers that look like chance, and are the same in each run. */
  function* numbers(seed: number): Generator<number, never> {
    let state = seed;
    for (;;) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      yield state / 2 ** 32;
    }
  }
  const chance = numbers(7);
  const below = (limit: number): number => Math.floor((chance.next().value ?? 0) * limit);

  const plain = xlsxOfWorkbook(workbookOf(soundTabs));
  const parts = unzipSync(plain);
  const names = Object.keys(parts);
  const withText = (change: (xml: string) => string): Uint8Array => {
    const name = names[below(names.length)] ?? '';
    return zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] ?? new Uint8Array()))) });
  };

  const twists: readonly (readonly [string, () => Uint8Array])[] = [
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

  test.each(twists)('%s: it is read or refused', async (_, twist) => {
    for (let time = 0; time < 30; time += 1) {
      const parsed = await read(twist());
      if (!parsed.ok) expect(parsed.failure.kind).toBe('unreadable');
    }
  });
});
