import { readFileSync } from 'node:fs';
import { readInThread } from '../../lib/cli/reading-thread.ts';
import { readHere } from '../../lib/sources/xlsx/elsewhere.ts';
import { buildCommandLine } from '../../tools/command-line/build.ts';
import { seedWorkbook } from '../support/seed.ts';
import { xlsxOfWorkbook } from '../support/xlsx.ts';
import { bigWorkbook } from './big-workbook.ts';
import { median } from './measure.ts';

/** How long reading a workbook takes, here and in a thread: `node tests/bench/reading.ts`. */
const launcher = new URL('../../dist/start.mjs', import.meta.url).pathname;
await buildCommandLine();
const inThread = readInThread(launcher, '--reading-thread');

async function timed(read: () => unknown, rounds: number): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await read();
    times.push(performance.now() - from);
  }
  return `${median(times).toFixed(1)} ms`;
}

for (const [name, file, rounds] of [
  ['the real workbook', readFileSync(seedWorkbook), 15],
  ['100,000 goals', xlsxOfWorkbook(bigWorkbook(100_000)), 3],
] as const) {
  const [here, there] = [await timed(() => readHere(file), rounds), await timed(() => inThread(file), rounds)];
  process.stdout.write(`${name}: ${here}, in a thread ${there}\n`);
}
