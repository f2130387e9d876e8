import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Bench, BenchContext } from './bench.ts';
import { everyCity, now } from './cities.ts';
import { checkPages } from './equal-pages.ts';
import {
  writeEleventyInput,
  writeEleventyWorkbookInput,
  writeHugoInput,
  writeTables,
  writeWorkbook,
} from './inputs.ts';
import { type Command, listFolder, measure, median, type Run, writtenBetween } from './measure.ts';
import type { Row } from './table.ts';

const repository = path.join(import.meta.dirname, '../..');

/** A tool that makes the sites of a size, from two editions of their sheets. */
interface Builder {
  readonly name: string;
  readonly out: string;
  /** Whether it also builds again, with one goal changed and with nothing changed, or builds all anew each time at this size. */
  readonly again: boolean;
  readonly command: (edition: 'first' | 'second') => Command;
}

interface Measured extends Run {
  readonly files: number;
  readonly bytes: number;
}

const steps = ['first build', 'nothing changed', 'one goal changed in each'] as const;
type Step = (typeof steps)[number];

function sizeBench(
  name: string,
  label: string,
  cities: number,
  buildersOf: (context: BenchContext) => Promise<Builder[]>,
): Bench {
  return {
    name,
    async run(context) {
      const builders = await buildersOf(context);
      const found = new Map<string, Measured[]>();
      for (let round = 0; round < context.runs; round += 1) {
        // Each tool is first, second and last in turn.
        for (const index of builders.keys()) {
          const builder = builders[(index + round) % builders.length];
          if (builder === undefined) continue;
          context.tell(`${label}: round ${round + 1} of ${context.runs}, ${builder.name}`);
          for (const [step, measured] of await buildInSteps(builder)) {
            const key = `${step} ${builder.name}`;
            found.set(key, [...(found.get(key) ?? []), measured]);
          }
        }
        if (round === 0)
          await checkPages(
            cities,
            builders.map(({ name: tool, out }) => ({ tool, out })),
          );
      }
      return steps.flatMap((step) =>
        rowsOf(`${label}, ${step}`, builders, (tool) => found.get(`${step} ${tool}`) ?? []),
      );
    },
  };
}

async function buildInSteps({ out, again, command }: Builder): Promise<[Step, Measured][]> {
  await rm(out, { recursive: true, force: true });
  const results: [Step, Measured][] = [['first build', await measured(out, command('first'))]];
  if (again) {
    results.push(['nothing changed', await measured(out, command('first'))]);
    results.push(['one goal changed in each', await measured(out, command('second'))]);
  }
  return results;
}

async function measured(out: string, command: Command): Promise<Measured> {
  const before = await listFolder(out);
  const run = await measure(command);
  return { ...run, ...writtenBetween(before, await listFolder(out)) };
}

function rowsOf(name: string, builders: readonly Builder[], of: (tool: string) => readonly Measured[]): Row[] {
  const base = builders[0] === undefined ? [] : of(builders[0].name);
  return builders.flatMap(({ name: tool }, index) => {
    const runs = of(tool);
    if (runs.length === 0) return [];
    const seconds = median(runs.map((run) => run.seconds));
    const peaks = runs.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
    return [
      {
        case: name,
        tool,
        seconds,
        runs: runs.length,
        ratio: index === 0 ? null : seconds / median(base.map((run) => run.seconds)),
        peakBytes: peaks.length === 0 ? null : median(peaks),
        written: median(runs.map(({ files }) => files)),
        writtenBytes: median(runs.map(({ bytes }) => bytes)),
        requests: null,
      },
    ];
  });
}

/** The command line as a city uses it, from an Excel workbook to a folder. */
async function seedSizeBuilders(context: BenchContext): Promise<Builder[]> {
  const { folder } = context;
  for (const edition of ['first', 'second'] as const)
    await writeWorkbook(path.join(folder, `${edition}.xlsx`), edition);
  const out = path.join(folder, 'mokuhyo');
  const mokuhyo: Builder = {
    name: 'Mokuhyo',
    out,
    again: true,
    command: (edition) => ({
      program: process.execPath,
      args: [
        path.join(repository, 'dist/start.mjs'),
        ...['build', '--source', path.join(folder, `${edition}.xlsx`), '--out', out, '--now', now, '--json'],
      ],
    }),
  };
  const peers = await peerBuilders(context, 1, true);
  const { eleventy } = context.peers;
  if (eleventy.version !== null) {
    const [input, site] = [path.join(folder, 'eleventy-workbook-in'), path.join(folder, 'eleventy-workbook')];
    for (const edition of ['first', 'second'] as const) {
      await writeEleventyWorkbookInput(path.join(input, edition), path.join(folder, `${edition}.xlsx`));
    }
    peers.unshift({
      name: 'Eleventy, from the workbook',
      out: site,
      again: true,
      command: (edition) => ({
        program: eleventy.program,
        args: [...eleventy.args, '--input=.', `--output=${site}`, '--quiet'],
        folder: path.join(input, edition),
      }),
    });
  }
  return [mokuhyo, ...peers];
}

/** Many cities, from CSV files to folders, in one process. */
async function manyCitiesBuilders(context: BenchContext, cities: number, peersAgain: boolean): Promise<Builder[]> {
  const { folder } = context;
  for (const edition of ['first', 'second'] as const) await writeTables(path.join(folder, edition), cities, edition);
  const out = path.join(folder, 'mokuhyo');
  const mokuhyo: Builder = {
    name: 'Mokuhyo',
    out,
    again: true,
    command: (edition) => ({
      program: process.execPath,
      args: [path.join(import.meta.dirname, 'build-cities.ts'), path.join(folder, edition), out, now],
    }),
  };
  return [mokuhyo, ...(await peerBuilders(context, cities, peersAgain))];
}

async function peerBuilders({ folder, peers }: BenchContext, cities: number, again: boolean): Promise<Builder[]> {
  const builders: Builder[] = [];
  const { eleventy, hugo } = peers;
  if (eleventy.version !== null) {
    const [input, out] = [path.join(folder, 'eleventy-in'), path.join(folder, 'eleventy')];
    for (const edition of ['first', 'second'] as const) {
      await mkdir(input, { recursive: true });
      await writeEleventyInput(path.join(input, edition), cities, edition);
    }
    const command = (edition: string): Command => ({
      program: eleventy.program,
      args: [...eleventy.args, '--input=.', `--output=${out}`, '--quiet'],
      folder: path.join(input, edition),
    });
    builders.push({ name: 'Eleventy, from JSON', out, again, command });
  }
  if (hugo.version !== null) {
    const [input, out] = [path.join(folder, 'hugo-in'), path.join(folder, 'hugo')];
    for (const edition of ['first', 'second'] as const) {
      await mkdir(input, { recursive: true });
      await writeHugoInput(path.join(input, edition), cities, edition);
    }
    const command = (edition: string): Command => ({
      program: hugo.program,
      args: [...hugo.args, '--source', path.join(input, edition), '--destination', out, '--quiet'],
    });
    builders.push({ name: 'Hugo, from JSON', out, again, command });
  }
  return builders;
}

export const seedSize = sizeBench('seed-size', '1 city, 8 departments', 1, seedSizeBuilders);
export const region = sizeBench('region', '200 cities, 1,600 departments', 200, (context) =>
  manyCitiesBuilders(context, 200, true),
);
export const country = sizeBench('country', '1,741 cities, 14,000 departments', everyCity, (context) =>
  manyCitiesBuilders(context, everyCity, false),
);
