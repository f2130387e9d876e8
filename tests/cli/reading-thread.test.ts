import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readInThread } from '../../lib/cli/reading-thread.ts';
import { readHere } from '../../lib/sources/xlsx/elsewhere.ts';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import { runCommand, temporaryFolder } from '../support/command-line.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';
import { xlsxOfWorkbook } from '../support/xlsx.ts';

/** A large workbook is read in a thread, which is the program once more. */

const program = path.join(import.meta.dirname, '../../lib/cli/launch.mjs');
const argument = '--reading-thread';

const small = xlsxOfWorkbook(workbookOf(soundTabs));
/** More than is read in the same thread: rows behind the goals that hold a long text each. */
const large = xlsxOfWorkbook(
  workbookOf({
    ...soundTabs,
    目標: [
      ...soundTabs.目標,
      ...Array.from({ length: 600 }, (_, row) => ['総務部', `${row + 3}`, `${row} ${'文'.repeat(9_600)}`, '達成']),
    ],
  }),
);

test('a thread says what is said here', { timeout: 30_000 }, async () => {
  expect(await readInThread(program, argument)(small)).toEqual(readHere(small));
  expect(await readInThread(program, argument)(small.subarray(0, 900))).toBe('damaged');
});

test('one that takes too long, or too much memory, is given up', { timeout: 30_000 }, async () => {
  expect(await readInThread(program, argument, { milliseconds: 1, megabytes: 320 })(large)).toBe('too-large');
  expect(await readInThread(program, argument, { milliseconds: 60_000, megabytes: 8 })(large)).toBe('too-large');
});

test('a program that is another is a fault, and no finding', { timeout: 30_000 }, async () => {
  const other = path.join(await temporaryFolder(), 'other.cjs');
  await writeFile(other, '');
  await expect(readInThread(other, argument)(small)).rejects.toThrow('without an answer');
});

test('only what is large is read elsewhere', async () => {
  const asked: number[] = [];
  const elsewhere = async (file: Uint8Array) => {
    asked.push(file.length);
    return readHere(file);
  };
  const [here, there] = [
    await parseWorkbookFile(small, 'a', elsewhere),
    await parseWorkbookFile(large, 'a', elsewhere),
  ];
  expect([here.ok, there.ok]).toEqual([true, true]);
  expect(asked).toEqual([large.length]);
});

test('the command says the same of a large workbook in its process and in a thread', { timeout: 60_000 }, async () => {
  const file = path.join(await temporaryFolder(), 'large.xlsx');
  await writeFile(file, large);
  const inThread = spawnSync(process.execPath, [program, 'check', '--source', file, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const here = await runCommand(['check', '--source', file, '--json']);
  expect(inThread.status).toBe(here.status);
  expect(JSON.parse(inThread.stdout)).toEqual(JSON.parse(here.out));
});
