import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { bundle, type FunctionName, functionNames } from '../../deploy/bundle.ts';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { hasLambdaRuntime, startLambda } from '../support/lambda-runtime.ts';
import { startS3Server } from '../support/s3-server.ts';
import { startSnsServer } from '../support/sns-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';
import type { Bench } from './bench.ts';
import { median } from './measure.ts';
import type { Row } from './table.ts';

/** A row about a function of Mokuhyo; what does not apply is left out. */
const row = (name: string, seconds: number, runs: number, rest: Partial<Row> = {}): Row => ({
  case: name,
  tool: 'Mokuhyo',
  seconds,
  runs,
  ratio: null,
  peakBytes: null,
  written: null,
  writtenBytes: null,
  requests: null,
  ...rest,
});

/**
 * What the functions weigh (at most 600 kB each), how long one takes to start beside bare Node in the same run (at most four
 * times), and the memory that one run takes (under 128 MB). The start is timed to the first request, which for a poll is
 * for the record in S3, and which is answered by nobody here. Memory needs the Lambda runtime client.
 */
export const functions: Bench = {
  name: 'functions',
  async run({ folder, runs, tell }) {
    const rows: Row[] = [];
    for (const name of functionNames) {
      tell(`functions: ${name}`);
      rows.push(await weigh(name, folder));
    }
    rows.push(...timeStart(folder, runs));
    if (hasLambdaRuntime) for (const name of functionNames) rows.push(await measureMemory(name, folder));
    return rows;
  },
};

async function weigh(name: FunctionName, target: string): Promise<Row> {
  const before = performance.now();
  await bundle(name, target);
  const seconds = (performance.now() - before) / 1000;
  const zip = await readFile(path.join(target, `${name}.zip`));
  const files = Object.entries(unzipSync(zip));
  for (const [key, body] of files) {
    await mkdir(path.dirname(path.join(target, name, key)), { recursive: true });
    await writeFile(path.join(target, name, key), body);
  }
  return row(`make ${name}.zip`, seconds, 1, { written: files.length, writtenBytes: zip.byteLength });
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

function timeStart(target: string, runs: number): Row[] {
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
  const rounds = Array.from({ length: runs }, () => [run(''), run(untilFirstRequest(poll))] as const);
  const bare = median(rounds.map(([node]) => node)) / 1000;
  const started = median(rounds.map(([, function_]) => function_)) / 1000;
  const name = 'start of poll, to its first request';
  return [row(name, started, runs), row(name, bare, runs, { tool: 'bare Node', ratio: bare / started })];
}

/** The most that the process ever held, as the kernel counted it (`VmHWM`). */
async function measureMemory(name: FunctionName, target: string): Promise<Row> {
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
  const before = performance.now();
  const answer = await lambda.invoke({ event: { reason: 'nightly' } });
  const seconds = (performance.now() - before) / 1000;
  const status = await readFile(`/proc/${lambda.pid}/status`, 'utf8');
  const peak = Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1]) * 1024;
  const what = seed ? 'the real workbook' : 'a small sheet';
  return row(`invoke ${name} on ${what} (${answer.kind})`, seconds, 1, { peakBytes: peak });
}

/** The real workbook beside the repository, where it is. */
async function readSeed(): Promise<Workbook | null> {
  const file = await readFile(new URL('../../../shared/seed/reiwa6.xlsx', import.meta.url)).catch(() => null);
  if (file === null) return null;
  const parsed = await parseWorkbookFile(file, 'reiwa6.xlsx');
  return parsed.ok ? parsed.workbook : null;
}
