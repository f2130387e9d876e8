import { statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildCommandLine } from '../../tools/command-line/build.ts';
import type { Bench } from './bench.ts';
import { findings } from './findings.ts';
import { fleet } from './fleet.ts';
import { functions } from './functions.ts';
import { hasGnuTime } from './measure.ts';
import { findAws, findEleventy, findHugo, findRclone, type Peer } from './peers.ts';
import { country, region, seedSize } from './sites.ts';
import { type Row, tableText } from './table.ts';
import { uploads } from './uploads.ts';

/**
 * `npm run bench`: measures Mokuhyo beside what a city's web team would use instead, and prints one table.
 *
 * Every figure is the median of whole processes, from their start to their end, that took turns.
 */
const benches: readonly Bench[] = [seedSize, region, country, uploads, findings, functions];
/** Takes hours, so that it has to be asked for. */
const onRequest: readonly Bench[] = [fleet];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    install: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    folder: { type: 'string', default: roomInMemory() },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const unknown = positionals.filter((name) => ![...benches, ...onRequest].some((bench) => bench.name === name));
if (values.help || unknown.length > 0) {
  process.stderr.write(
    `npm run bench -- [--json] [--runs 5] [--install] [${[...benches, ...onRequest].map(({ name }) => name).join('|')} …]\n` +
      '  --install  also install Eleventy, into a folder of its own\n' +
      '  --alone    Mokuhyo without the others\n' +
      '  --folder   where files are read and written; by default in memory where there is room\n',
  );
  process.exit(unknown.length > 0 ? 2 : 0);
}

/** Writing to a disk takes each tool as long as the disk takes, from run to run differently: so by default there is none. */
function roomInMemory(): string {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 8 * 2 ** 30 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

const tell = (line: string) => process.stderr.write(`${line}\n`);
const found = {
  eleventy: await findEleventy(values.install),
  hugo: findHugo(),
  aws: findAws(),
  rclone: findRclone(),
};
const left = (peer: Peer): Peer => (values.alone ? { ...peer, version: null } : peer);
const peers = {
  eleventy: left(found.eleventy),
  hugo: left(found.hugo),
  aws: left(found.aws),
  rclone: left(found.rclone),
};
const machine = {
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${process.platform} ${release()}`,
  node: process.version,
  loadBefore: loadavg()[0] ?? 0,
};
const missing = Object.values(found).filter(({ version }) => version === null);

// What is measured is what the package holds.
await buildCommandLine();

const rows: Row[] = [];
const wanted = [...benches, ...onRequest].filter(({ name }) => positionals.includes(name));
for (const bench of positionals.length > 0 ? wanted : benches) {
  const folder = await mkdtemp(path.join(values.folder, `bench-${bench.name}-`));
  try {
    rows.push(...(await bench.run({ runs: Number(values.runs), folder, peers, tell })));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (values.json) {
  const versions = Object.fromEntries(Object.values(peers).map(({ name, version }) => [name, version]));
  process.stdout.write(`${JSON.stringify({ machine, peers: versions, runs: Number(values.runs), rows }, null, 2)}\n`);
} else {
  const beside = Object.values(peers).filter(({ version }) => version !== null);
  const memory = `${(machine.memoryBytes / 2 ** 30).toFixed(0)} GiB`;
  const lines = [
    `${machine.processor}, ${machine.cores} cores, ${memory}, ${machine.system}, Node ${machine.node}; load before: ${machine.loadBefore.toFixed(2)}`,
    `Beside: ${beside.map(({ name, version }) => `${name} ${version}`).join(', ') || 'nothing'}`,
    ...missing.map(({ name, install }) => `Missing: ${name} (${install})`),
    ...(hasGnuTime ? [] : ['Missing: GNU time (apt-get install time), so peak memory is not known']),
    `Medians of ${values.runs} runs of whole processes that took turns. Files in ${values.folder}.`,
    '',
    tableText(rows),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
