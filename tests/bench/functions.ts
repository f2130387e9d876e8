import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { bundle, type FunctionName, functionNames } from '../../deploy/bundle.ts';
import type { Workbook } from '../../lib/sheet/workbook.ts';
import { parseWorkbookFile } from '../../lib/sources/workbook-file.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { hasLambdaRuntime, startLambda } from '../support/lambda-runtime.ts';
import { startS3Server } from '../support/s3-server.ts';
import { startSnsServer } from '../support/sns-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/**
 * What the functions weigh, how long one takes to start beside bare Node in the same run, and the memory that publishing takes.
 * The start is timed to the first request, which for a poll is Google's, and which is answered by nobody here.
 */
export async function bench(): Promise<void> {
  const target = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  try {
    for (const name of functionNames) await weigh(name, target);
    timeStart(target);
    if (hasLambdaRuntime) for (const name of functionNames) await measureMemory(name, target);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function weigh(name: FunctionName, target: string): Promise<void> {
  await bundle(name, target);
  const zip = await readFile(path.join(target, `${name}.zip`));
  const files = Object.entries(unzipSync(zip));
  const unpacked = files.reduce((sum, [, body]) => sum + body.byteLength, 0);
  const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
  process.stdout.write(`${name}.zip: ${kilobytes(zip.byteLength)} (${kilobytes(unpacked)} unpacked); at most 600 kB\n`);
  for (const [key, body] of files) {
    await mkdir(path.dirname(path.join(target, name, key)), { recursive: true });
    await writeFile(path.join(target, name, key), body);
  }
}

/** Ends the process where a poll would send its first request. */
const untilFirstRequest = (poll: string): string => `
  import http from 'node:http';
  http.Agent.prototype.addRequest = () => process.exit(0);
  const { handler } = await import(${JSON.stringify(poll)});
  const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 };
  await handler({}, context).catch(() => process.exit(1));
  process.exit(2);
`;

function timeStart(target: string): void {
  const poll = path.join(target, 'poll', 'functions', 'poll.mjs');
  const environment = {
    SPREADSHEET_ID: 'sheet-of-the-bench',
    STATE_BUCKET: 'state',
    GOOGLE_API_ROOT: 'http://127.0.0.1:9/',
  };
  const run = (script: string): number => {
    const before = performance.now();
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: environment });
    if (status !== 0) throw new Error(`The function ended with ${status} before its first request.`);
    return performance.now() - before;
  };
  const rounds = Array.from({ length: 15 }, () => [run(''), run(untilFirstRequest(poll))] as const);
  const bare = median(rounds.map(([node]) => node));
  const started = median(rounds.map(([, function_]) => function_));
  process.stdout.write(
    `bare Node ${bare.toFixed(0)} ms, poll up to its first request ${started.toFixed(0)} ms: ${(started / bare).toFixed(1)} times; at most 4\n`,
  );
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** The most that the process ever held, as the kernel counted it (`VmHWM`). */
async function measureMemory(name: FunctionName, target: string): Promise<void> {
  const seed = await readSeed();
  await using google = await GoogleServer.start(new VirtualClock());
  await using s3 = await startS3Server({ buckets: ['site', 'state'] });
  await using sns = await startSnsServer();
  google.add('sheet-of-the-bench', SpreadsheetModel.of(seed ?? workbookOf(soundTabs)));
  await using lambda = await startLambda(path.join(target, name), `functions/${name}.handler`, {
    SPREADSHEET_ID: 'sheet-of-the-bench',
    SITE_BUCKET: 'site',
    STATE_BUCKET: 'state',
    STAFF_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:staff',
    GOOGLE_API_ROOT: google.apiRoot,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SNS: sns.endpoint,
  });
  const answer = await lambda.invoke({ event: { reason: 'nightly' } });
  const status = await readFile(`/proc/${lambda.pid}/status`, 'utf8');
  const peak = Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1]) / 1024;
  const what = seed ? 'the seed' : 'a small sheet';
  process.stdout.write(`${name} on ${what} (${answer.kind}): ${peak.toFixed(0)} MB at most; under 128 MB\n`);
}

/** The real workbook beside the repository, where it is. */
async function readSeed(): Promise<Workbook | null> {
  const file = await readFile(new URL('../../../shared/seed/reiwa6.xlsx', import.meta.url)).catch(() => null);
  if (file === null) return null;
  const parsed = await parseWorkbookFile(file, 'reiwa6.xlsx');
  return parsed.ok ? parsed.workbook : null;
}
