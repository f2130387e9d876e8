import { cp } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { hasRadosgw, startRadosgw } from '../support/radosgw.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import type { Bench, BenchContext } from './bench.ts';
import { type Edition, now } from './cities.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { writeWorkbook } from './inputs.ts';
import { type Command, measure, median, type Run } from './measure.ts';
import type { Row } from './table.ts';

const mokuhyoProgram = path.join(import.meta.dirname, '../../dist/start.mjs');

/** A tool that brings the site of one city to S3. */
interface Uploader {
  readonly name: string;
  /** @param place where in the bucket, without slashes */
  readonly command: (edition: Edition, place: string, endpoint: string) => Command;
}

const steps = ['first upload', 'nothing changed', 'one goal changed'] as const;

/** The floor under an unchanged publish: see signed-get.cjs. */
const floor = 'bare Node, one signed request';

/**
 * The site of the seed's size into a real S3 server. Mokuhyo publishes, from the workbook on; the others copy the folder that was
 * built before, and are timed on the copying alone.
 */
export const uploads: Bench = {
  name: 'uploads',
  async run(context) {
    if (!hasRadosgw()) {
      context.tell('uploads: missing the S3 server (apt-get install radosgw ceph-mon ceph-osd ceph-mgr ceph-common)');
      return [];
    }
    const uploaders = await uploadersOf(context);
    await using gateway = await startRadosgw();
    await using proxy = await startCountingProxy(gateway.endpoint);
    await makeBuckets(gateway.endpoint);
    const found = new Map<string, Run[]>();
    const measured = async (key: string, command: Command): Promise<void> => {
      found.set(key, [...(found.get(key) ?? []), await measure(command)]);
    };
    for (let round = 0; round < context.runs; round += 1) {
      for (const index of uploaders.keys()) {
        const uploader = uploaders[(index + round) % uploaders.length];
        if (uploader === undefined) continue;
        context.tell(`uploads: round ${round + 1} of ${context.runs}, ${uploader.name}`);
        const place = String(round);
        for (const [step, command] of commandsOf(uploader, place, gateway.endpoint)) {
          await measured(`${step} ${uploader.name}`, command);
        }
      }
      await measured(`nothing changed ${floor}`, floorCommand(context, String(round), gateway.endpoint));
    }
    const counted = new Map<string, ReturnType<typeof proxy.take>>();
    for (const uploader of uploaders) {
      for (const [step, command] of commandsOf(uploader, 'counted', proxy.endpoint)) {
        await measure(command);
        counted.set(`${step} ${uploader.name}`, proxy.take());
      }
    }
    await measure(floorCommand(context, 'counted', proxy.endpoint));
    counted.set(`nothing changed ${floor}`, proxy.take());
    const names = uploaders.map(({ name }) => name);
    const rows = steps.flatMap((step) =>
      rowsOf(step, step === 'nothing changed' ? [...names, floor] : names, found, counted),
    );
    return [...rows, ...(await againInOneProcess(context, rows, gateway.endpoint))];
  },
};

/**
 * Nothing changed, in a process that runs already, as the functions do; beside the others as they are, which have no such way. It is
 * the upload without the start of a program, which is a good part of the whole for all.
 */
async function againInOneProcess(context: BenchContext, rows: readonly Row[], endpoint: string): Promise<Row[]> {
  const program = path.join(import.meta.dirname, 'publish-again.ts');
  const [site, state] = ['s3://site/again', 's3://state/again'];
  const args = ['--source', path.join(context.folder, 'first.xlsx'), '--site', site, '--state', state, '--now', now];
  const { output, peakBytes } = await measure({
    program: process.execPath,
    args: [program, String(4 * context.runs), ...args],
    env: { ...credentials, AWS_ENDPOINT_URL_S3: endpoint },
  });
  const seconds = median(z.array(z.number()).parse(JSON.parse(output)));
  const name = '1 city to S3, nothing changed, without starting';
  const none = { written: 0, writtenBytes: 0 };
  const row: Row = {
    case: name,
    tool: 'Mokuhyo',
    seconds,
    runs: 4 * context.runs,
    ratio: null,
    peakBytes,
    ...none,
    requests: 1,
  };
  const others = rows.filter(
    ({ case: of, tool }) => of === '1 city to S3, nothing changed' && tool !== 'Mokuhyo' && tool !== floor,
  );
  return [row, ...others.map((other) => ({ ...other, case: name, ratio: other.seconds / seconds }))];
}

/** Asks for the state that Mokuhyo has left at a place. */
function floorCommand({ folder }: BenchContext, place: string, endpoint: string): Command {
  const program = path.join(import.meta.dirname, 'signed-get.cjs');
  const state = `${endpoint}/state/${folderFor('Mokuhyo', place)}/state.json`;
  return { program: process.execPath, args: [program, path.join(folder, 'first.xlsx'), state], env: credentials };
}

function folderFor(name: string, place: string): string {
  return `${name.replaceAll(' ', '-').toLowerCase()}-${place}`;
}

function commandsOf({ name, command }: Uploader, place: string, endpoint: string): [string, Command][] {
  const to = folderFor(name, place);
  return [
    ['first upload', command('first', to, endpoint)],
    ['nothing changed', command('first', to, endpoint)],
    ['one goal changed', command('second', to, endpoint)],
  ];
}

function rowsOf(
  step: string,
  names: readonly string[],
  found: ReadonlyMap<string, readonly Run[]>,
  counted: ReadonlyMap<string, { requests: number; written: number; writtenBytes: number }>,
): Row[] {
  const secondsOf = (name: string) => median((found.get(`${step} ${name}`) ?? []).map(({ seconds }) => seconds));
  return names.map((name, index): Row => {
    const runs = found.get(`${step} ${name}`) ?? [];
    const peaks = runs.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
    const counts = counted.get(`${step} ${name}`);
    return {
      case: `1 city to S3, ${step}`,
      tool: name,
      seconds: secondsOf(name),
      runs: runs.length,
      ratio: index === 0 ? null : secondsOf(name) / secondsOf('Mokuhyo'),
      peakBytes: peaks.length === 0 ? null : median(peaks),
      written: counts?.written ?? null,
      writtenBytes: counts?.writtenBytes ?? null,
      requests: counts?.requests ?? null,
    };
  });
}

async function uploadersOf({ folder, peers }: BenchContext): Promise<Uploader[]> {
  const site = (edition: Edition) => path.join(folder, `${edition}-site`);
  const workbook = (edition: Edition) => path.join(folder, `${edition}.xlsx`);
  const mokuhyo = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Command => {
    return { program: process.execPath, args: [mokuhyoProgram, ...args, '--now', now, '--json'], env };
  };
  for (const edition of ['first', 'second'] as const) {
    await writeWorkbook(workbook(edition), edition);
    // The second is the first with what differs rewritten, so that what is the same is as old as it was.
    if (edition === 'second') await cp(site('first'), site('second'), { recursive: true, preserveTimestamps: true });
    await measure(mokuhyo(['build', '--source', workbook(edition), '--out', site(edition)]));
  }
  const uploaders: Uploader[] = [
    {
      name: 'Mokuhyo',
      command: (edition, place, endpoint) =>
        mokuhyo(
          ['publish', '--source', workbook(edition), '--site', `s3://site/${place}`, '--state', `s3://state/${place}`],
          { ...credentials, AWS_ENDPOINT_URL_S3: endpoint },
        ),
    },
  ];
  const { aws, rclone } = peers;
  if (aws.version !== null) {
    uploaders.push({
      name: aws.name,
      command: (edition, place, endpoint) => ({
        program: aws.program,
        args: [...aws.args, '--endpoint-url', endpoint, 's3', 'sync', site(edition), `s3://site/${place}`],
        env: credentials,
      }),
    });
  }
  if (rclone.version !== null) {
    uploaders.push({
      name: rclone.name,
      command: (edition, place, endpoint) => ({
        program: rclone.program,
        args: [...rclone.args, 'sync', site(edition), `bench:site/${place}`],
        env: {
          ...credentials,
          RCLONE_CONFIG_BENCH_TYPE: 's3',
          RCLONE_CONFIG_BENCH_PROVIDER: 'Ceph',
          RCLONE_CONFIG_BENCH_ENDPOINT: endpoint,
          RCLONE_CONFIG_BENCH_ACCESS_KEY_ID: credentials.AWS_ACCESS_KEY_ID,
          RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY: credentials.AWS_SECRET_ACCESS_KEY,
        },
      }),
    });
  }
  return uploaders;
}

/**
 * Of the server that the bench starts for itself. It speaks plain HTTP: certificates that a machine may have set are of no use, and
 * rclone refuses to start with them.
 */
const credentials = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'testsecret',
  AWS_REGION: 'us-east-1',
  AWS_CA_BUNDLE: '',
};

async function makeBuckets(endpoint: string): Promise<void> {
  const client = s3ClientFor(endpoint);
  for (const bucket of ['site', 'state']) await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}
