import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import { buildCommandLine } from '../../tools/command-line/build.ts';
import { hostileWorkbooks } from '../support/hostile-workbooks.ts';
import { seedWorkbook } from '../support/seed.ts';
import { twistsOf } from '../support/twisted-workbooks.ts';
import { xlsxOfWorkbook } from '../support/xlsx.ts';
import { bigWorkbook } from './big-workbook.ts';

/**
 * How long the command `check` takes over hostile workbooks, by the clock and of its processors, and the most memory that it held: `node tests/bench/hostile.ts [FOLDER]`,
 * where FOLDER holds more of them.
 */
const launcher = path.join(import.meta.dirname, '../../dist/start.mjs');
await buildCommandLine();

/** GNU time: what Node tells of a process that it started counts the memory of the one that started it. */
const gnuTime = '/usr/bin/time';

function measure(name: string, file: string): void {
  const args = ['-f', 'time %e %U %S %M', process.execPath, launcher, 'check', '--source', file, '--json'];
  const run = spawnSync(gnuTime, args, { encoding: 'utf8', timeout: 60_000, maxBuffer: 2 ** 30 });
  const [, seconds = '', user, system, kilobytes] = /time (\S+) (\S+) (\S+) (\d+)/u.exec(run.stderr) ?? [];
  const processor = (Number(user) + Number(system)).toFixed(2);
  const megabytes = String(Math.round(Number(kilobytes) / 1024));
  const code = /"code": "([^"]+)"/u.exec(run.stdout)?.[1] ?? '';
  const columns = [
    `${seconds.padStart(6)} s`,
    `${processor.padStart(6)} s of processors`,
    `${megabytes.padStart(5)} MB`,
    run.signal ?? run.status,
    code,
    name,
  ];
  process.stdout.write(`${columns.join('  ')}\n`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
for (const { name, make } of hostileWorkbooks) {
  const file = path.join(folder, 'hostile.xlsx');
  writeFileSync(file, make());
  measure(name, file);
}
for (const goals of [10_000, 100_000]) {
  const file = path.join(folder, 'goals.xlsx');
  writeFileSync(file, xlsxOfWorkbook(bigWorkbook(goals)));
  measure(`${goals} goals`, file);
}
rmSync(folder, { recursive: true });
for (const more of process.argv.slice(2)) {
  for (const name of readdirSync(more).filter((file) => file.endsWith('.xlsx'))) measure(name, path.join(more, name));
}

if (existsSync(seedWorkbook)) {
  let [slowest, read, refused] = [0, 0, 0];
  for (const [, twist] of twistsOf(readFileSync(seedWorkbook))) {
    for (let time = 0; time < 30; time += 1) {
      const file = twist();
      const start = performance.now();
      const { ok } = await parseWorkbookFile(file, 'twisted.xlsx');
      slowest = Math.max(slowest, performance.now() - start);
      if (ok) read += 1;
      else refused += 1;
    }
  }
  const told = `${read + refused} twisted workbooks: ${read} read, ${refused} refused; the slowest ${Math.round(slowest)} ms`;
  process.stdout.write(`${told}\n`);
}
