import { writeFile } from 'node:fs/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { type FrozenResult, runFrozen } from '../support/frozen-publisher.ts';
import { startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { type FaultName, faultBench, faults, meetFault, type StepName, steps } from '../support/single-faults.ts';
import { kinds, runTrial, type TrialResult, trialOf } from '../support/trials.ts';

/**
 * What was tried on the release protocol, and what was lost: `node tests/bench/trials.ts [FILE] [FROZEN] [EACH]`. Needs Ceph's gateway, and a
 * quarter of an hour. Writes tables in Markdown.
 */
const [file = 'trials.md', frozenCount = '200', eachCount = '100'] = process.argv.slice(2);

const server = await startRadosgw();
const client = s3ClientFor(server.endpoint);
await client.send(new CreateBucketCommand({ Bucket: 'trials' }));
const storesAt = (place: string) => ({
  site: s3Store(client, 'trials', `${place}/site`),
  state: s3Store(client, 'trials', `${place}/state`),
});
const lines: string[] = [];
const troubles: string[] = [];

interface Stale {
  readonly stale: TrialResult['stale'];
  readonly lies: readonly string[];
}

function rowOf(name: string, results: readonly Stale[], aba: readonly boolean[]): string {
  const count = (of: (result: Stale) => readonly string[]) => results.filter((result) => of(result).length > 0).length;
  const noAba = results.filter((_, index) => aba[index] === false);
  const cells = [
    name,
    results.length,
    aba.filter(Boolean).length,
    count(({ stale }) => stale.atOnce),
    count(({ stale }) => stale.byDay),
    noAba.filter(({ stale }) => stale.byDay.length > 0).length,
    count(({ stale }) => stale.byNight),
    count(({ lies }) => lies),
  ];
  return `| ${cells.join(' | ')} |`;
}

lines.push(
  '| two publishers | trials | of them with an object that had its old content again | old at the end of both | old after the next run by day | of them without such an object | old after the next night | false statements |',
  '|---|---:|---:|---:|---:|---:|---:|---:|',
);
for (const kind of kinds) {
  const trials = Array.from({ length: Number(eachCount) }, (_, number) => trialOf(kind, number));
  const results = await pMap(trials, (trial, number) => runTrial(storesAt(`${kind}-${number}`), trial), {
    concurrency: 4,
  });
  lines.push(
    rowOf(
      kind,
      results,
      results.map(({ aba }) => aba),
    ),
  );
  note(kind, results);
  process.stderr.write(`${lines.at(-1)}\n`);
}

const numbers = Array.from({ length: Number(frozenCount) }, (_, number) => number);
const frozen = await pMap(
  numbers,
  async (number): Promise<FrozenResult> => {
    const place = `frozen-${number}`;
    const [site, state] = [`s3://trials/${place}/site`, `s3://trials/${place}/state`];
    return runFrozen({ endpoint: server.endpoint, site, state, stores: storesAt(place) }, number);
  },
  { concurrency: 14 },
);
lines.push(
  rowOf(
    'frozen',
    frozen,
    frozen.map(({ aba }) => aba),
  ),
);
note('frozen', frozen);
const missed = frozen.filter(({ frozenAt }) => frozenAt === null).length;
const ends = Map.groupBy(frozen, ({ outcome, problem }) => (problem === null ? outcome : `${outcome}, ${problem}`));
lines.push(
  '',
  `Frozen publishers: ${frozen.length - missed} were stopped in the middle of a request, ${missed} had ended before. They ended as ${[...ends].map(([end, { length }]) => `${end} (${length})`).join('; ')}.`,
);
process.stderr.write(`${lines.at(-1)}\n`);
client.destroy();
await server[Symbol.asyncDispose]();

const stepNames = Object.keys(steps).filter((name): name is StepName => name in steps);
const faultNames = Object.keys(faults).filter((name): name is FaultName => name in faults);
lines.push(
  '',
  `| a single fault at every request | ${stepNames.join(' | ')} | wrong |`,
  `|---|${stepNames.map(() => '---').join('|')}|---:|`,
);
const table = new Map(faultNames.map((fault) => [fault, new Map<StepName, string>()]));
const wrongs = new Map<FaultName, number>();
for (const step of stepNames) {
  await using bench = await faultBench(step);
  for (const fault of faultNames) {
    const outcomes: string[] = [];
    for (let at = 1; at <= bench.requests; at += 1) {
      const { outcome, wrong, request } = await meetFault(bench, fault, at);
      outcomes.push(outcome);
      if (wrong.length === 0) continue;
      wrongs.set(fault, (wrongs.get(fault) ?? 0) + 1);
      troubles.push(`${step}, ${fault} at ${at} (${request}), ${outcome}: ${wrong.join('; ')}`);
    }
    const counted = Map.groupBy(outcomes, (outcome) => outcome);
    table.get(fault)?.set(step, [...counted].map(([outcome, { length }]) => `${length} ${outcome}`).join(', '));
  }
  process.stderr.write(`${step} done\n`);
}
for (const [fault, row] of table) {
  lines.push(`| ${fault} | ${stepNames.map((step) => row.get(step)).join(' | ')} | ${wrongs.get(fault) ?? 0} |`);
}
await writeFile(file, `${lines.join('\n')}\n${troubles.map((trouble) => `\n- ${trouble}`).join('')}`);
process.stderr.write(`${troubles.length} troubles\n${troubles.join('\n')}\n`);

function note(name: string, results: readonly Stale[]): void {
  for (const [number, { stale, lies }] of results.entries()) {
    if (stale.byDay.length + stale.byNight.length + lies.length === 0) continue;
    troubles.push(`${name} ${number}: ${JSON.stringify({ ...stale, lies })}`);
  }
}
