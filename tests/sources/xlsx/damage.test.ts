import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { describeWithSeed, seedWorkbook } from '../../support/seed.ts';
import { twistsOf } from '../../support/twisted-workbooks.ts';
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
  const twists = twistsOf(xlsxOfWorkbook(workbookOf(soundTabs)));

  test.each(twists)('%s: it is read or refused', async (_, twist) => {
    for (let time = 0; time < 30; time += 1) {
      const parsed = await read(twist());
      if (!parsed.ok) expect(parsed.failure.kind).toBe('unreadable');
    }
  });
});
