import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import * as z from 'zod';
import { encodedSiteList } from '../../lib/fleet/list-file.ts';
import type { SiteEntry } from '../../lib/fleet/site-list.ts';
import type { Watched } from '../../lib/fleet/watch-sites.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import type { ObjectStore } from '../../lib/stores/store.ts';
import { unbundledPackages } from '../../tools/unbundled-packages.ts';
import { FastClock, type Pacing } from './fast-clock.ts';
import { GoogleServer } from './google-server.ts';
import { SpreadsheetModel } from './google-spreadsheet.ts';
import { queuedMessage } from './lambda-context.ts';
import { s3ClientFor } from './s3-client.ts';
import { soundTabs, withCell, workbookOf } from './workbook.ts';

/**
 * A prefecture's deployment on this machine: the handlers in processes of their own, SQS with its dead-letter queue, an S3 server, and
 * Google with its quotas. This file plays the parts of EventBridge (each minute) and of Lambda's event source mappings.
 */

export interface FleetOptions {
  readonly sites: readonly SiteEntry[];
  /** The address of a server that keeps conditions, and two buckets of it. */
  readonly s3: string;
  readonly buckets: { readonly site: string; readonly state: string };
  /** One of the sites whose sheet has 20,000 goals. */
  readonly giant?: string;
  /** How much faster than this machine's all clocks run. */
  readonly factor: number;
  /** ISO 8601: when it begins. */
  readonly from: string;
  /** Processes for the queue of looks, and for that of the night. */
  readonly workers?: { readonly work: number; readonly night: number };
  /** Seconds of this machine after which a message that nobody finished comes again. */
  readonly visibility?: number;
  /** One in so many messages its worker is killed over, at a random moment of the time that messages take; 0 for none. */
  readonly killOneIn?: number;
  /** Messages are delivered twice, and out of their order. */
  readonly isUnruly?: boolean;
}

const queueNames = ['work', 'night'] as const;
type QueueName = (typeof queueNames)[number];

export class Fleet implements AsyncDisposable {
  readonly google: GoogleServer;
  readonly clock: FastClock;
  readonly site: ObjectStore;
  readonly state: ObjectStore;
  /** Largest memory of a worker by the number of messages that it had done, in bytes. */
  readonly memory: { readonly done: number; readonly bytes: number }[] = [];
  readonly watched: Watched[] = [];
  /** How often a worker was killed. */
  killed = 0;
  /** The sites of the messages that were done without failure, one for each time. */
  readonly done: string[] = [];
  /** When the last message of the night's queue was done, in milliseconds since the clock began. */
  lastOfNight = 0;
  /** Processor seconds of all workers. */
  get processorSeconds(): number {
    return [...this.#workers].reduce((sum, worker) => sum + worker.processorSeconds, 0);
  }
  /** Milliseconds of this machine that a message takes. */
  #usualMs = 500;
  readonly #sqs: FauxqsServer;
  readonly #client: SQSClient;
  readonly #urls: Readonly<Record<QueueName, string>>;
  #options: FleetOptions;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #workers = new Set<Worker>();
  #isOver = false;
  #loops: Promise<void>[] = [];

  private constructor(parts: {
    google: GoogleServer;
    clock: FastClock;
    stores: { site: ObjectStore; state: ObjectStore };
    sqs: FauxqsServer;
    urls: Readonly<Record<QueueName, string>>;
    options: FleetOptions;
    folder: string;
    environment: NodeJS.ProcessEnv;
  }) {
    this.google = parts.google;
    this.clock = parts.clock;
    this.site = parts.stores.site;
    this.state = parts.stores.state;
    this.#sqs = parts.sqs;
    this.#urls = parts.urls;
    this.#options = parts.options;
    this.#folder = parts.folder;
    this.#environment = parts.environment;
    this.#client = sqsClient(parts.sqs.address);
  }

  static async start(options: FleetOptions): Promise<Fleet> {
    const folder = await mkdtemp(path.join(tmpdir(), 'fleet-'));
    await bundleWorker(folder);
    const pacing: Pacing = { factor: options.factor, began: Date.now(), beganAs: Date.parse(options.from) };
    const clock = new FastClock(pacing);
    const google = await GoogleServer.start(clock);
    for (const { id, spreadsheetId } of options.sites)
      google.add(spreadsheetId, id === options.giant ? giantSheetOf(id) : sheetOf(id));
    const names = options.buckets;
    const client = s3ClientFor(options.s3);
    const stores = { site: s3Store(client, names.site, ''), state: s3Store(client, names.state, '') };
    const list = {
      body: encodedSiteList({ sites: [...options.sites] }),
      contentType: 'application/json',
      cacheControl: '',
    };
    await stores.state.put('sites.json', list);
    const sqs = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
    const failed = sqs.createQueue('failed');
    const redrive = JSON.stringify({ deadLetterTargetArn: failed.queueArn, maxReceiveCount: '3' });
    const attributes = { VisibilityTimeout: String(options.visibility ?? 5), RedrivePolicy: redrive };
    const [work, night] = queueNames.map((name) => sqs.createQueue(name, { attributes }).queueUrl);
    const urls = { work: reached(work ?? '', sqs), night: reached(night ?? '', sqs) };
    const environment: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'],
      PACING: JSON.stringify(pacing),
      SITES: `s3://${names.state}/sites.json`,
      SITE_BUCKET: names.site,
      STATE_BUCKET: names.state,
      STAGE: 'test',
      WORK_QUEUE_URL: urls.work,
      NIGHT_QUEUE_URL: urls.night,
      GOOGLE_API_ROOT: google.apiRoot,
      AWS_ENDPOINT_URL_S3: options.s3,
      AWS_ENDPOINT_URL_SQS: sqs.address,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'testsecret',
    };
    const fleet = new Fleet({ google, clock, stores, sqs, urls, options, folder, environment });
    fleet.#begin();
    return fleet;
  }

  /** Ids of the cities whose work was given up, as the entries of the dead-letter queue name them. */
  get deadLetters(): string[] {
    const messages = this.#sqs.inspectQueue('failed')?.messages.ready ?? [];
    return [
      ...new Set(messages.map(({ body }) => z.object({ site: z.string() }).parse(JSON.parse(body)).site)),
    ].toSorted();
  }

  /** Whether the night's queue holds anything. */
  get isNight(): boolean {
    const { ready = [], inflight = [] } = this.#sqs.inspectQueue('night')?.messages ?? {};
    return ready.length + inflight.length > 0;
  }

  /** Messages that wait or are being worked on. */
  get left(): number {
    return queueNames.reduce((sum, name) => {
      const { ready = [], delayed = [], inflight = [] } = this.#sqs.inspectQueue(name)?.messages ?? {};
      return sum + ready.length + delayed.length + inflight.length;
    }, 0);
  }

  /** Resolves when it holds, and says what was wrong where it did not in time. */
  async until(what: string, holds: () => boolean | Promise<boolean>, realMs: number): Promise<void> {
    const end = Date.now() + realMs;
    while (!(await holds())) {
      if (Date.now() > end)
        throw new Error(`Not in time: ${what}. ${this.left} messages are left; dead: ${this.deadLetters.join()}`);
      await sleep(20);
    }
  }

  /** A whole night, until nothing is left to do, nor for two more minutes. */
  async night(realMs: number): Promise<void> {
    const before = this.watched.length;
    const isSent = () => this.watched.slice(before).some(({ nightly }) => nightly > 0);
    await this.until('the night was sent', isSent, realMs);
    // What was done last may itself be a change, which the next minute finds.
    let busyUntil = before;
    await this.until(
      'the night was done',
      () => {
        if (this.left > 0) busyUntil = this.watched.length;
        const quiet = this.watched.slice(busyUntil + 1).slice(-2);
        return quiet.length === 2 && quiet.every(({ looks, nightly, waiting }) => looks + nightly + waiting === 0);
      },
      realMs,
    );
  }

  /** Everything begins again at another instant, on what is there. */
  async goOn(from: string, more: Partial<Pick<FleetOptions, 'killOneIn' | 'isUnruly' | 'factor'>> = {}): Promise<void> {
    await this.#stop();
    this.#options = { ...this.#options, ...more };
    const pacing = { factor: this.#options.factor, began: Date.now(), beganAs: Date.parse(from) };
    this.clock.set(pacing);
    this.#environment['PACING'] = JSON.stringify(pacing);
    this.#isOver = false;
    this.#begin();
  }

  async #stop(): Promise<void> {
    this.#isOver = true;
    for (const worker of this.#workers) worker.end();
    this.#workers.clear();
    await Promise.all(this.#loops);
    this.#loops = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
    this.#client.destroy();
    await this.#sqs.stop();
    await this.google[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #begin(): void {
    const { work, night } = this.#options.workers ?? { work: 1, night: 2 };
    this.#loops.push(this.#eachMinute());
    for (let count = 0; count < work; count += 1) this.#loops.push(this.#deliver('work'));
    for (let count = 0; count < night; count += 1) this.#loops.push(this.#deliver('night'));
  }

  #worker(): Worker {
    const worker = new Worker(this.#folder, this.#environment);
    this.#workers.add(worker);
    return worker;
  }

  /** EventBridge. */
  async #eachMinute(): Promise<void> {
    const worker = this.#worker();
    while (!this.#isOver) {
      const begun = this.clock.now();
      const answer = await worker.invoke({}, 55_000);
      if (answer?.ok) this.watched.push(watchedSchema.parse(answer.value));
      const left = 60_000 - (this.clock.now() - begun);
      if (!this.#isOver && left > 0) await sleep(left / this.#options.factor);
    }
  }

  /** An event source mapping, one message at a time. */
  async #deliver(name: QueueName): Promise<void> {
    let worker = this.#worker();
    let count = 0;
    while (!this.#isOver) {
      const messages = await this.#receive(name);
      for (const message of messages) {
        const times = this.#options.isUnruly === true && Math.random() < 0.3 ? 2 : 1;
        for (let time = 0; time < times; time += 1) {
          const begun = Date.now();
          const spare = this.#killAtRandom(worker);
          const answer = await worker.invoke(this.#eventOf(name, message), 280_000);
          spare();
          if (answer === null) {
            this.#workers.delete(worker);
            if (this.#isOver) return;
            worker = this.#worker();
            count = 0;
            continue;
          }
          count += 1;
          this.#usualMs += (Date.now() - begun - this.#usualMs) / 10;
          if (answer.memory !== undefined) this.memory.push({ done: count, bytes: answer.memory });
          const { batchItemFailures } = responseSchema.parse(answer.value ?? { batchItemFailures: [{}] });
          if (batchItemFailures.length > 0) continue;
          this.done.push(siteIn(message.Body ?? ''));
          if (name === 'night') this.lastOfNight = this.clock.elapsed;
          const ReceiptHandle = message.ReceiptHandle ?? '';
          await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#urls[name], ReceiptHandle }));
        }
      }
      if (messages.length === 0) await sleep(20);
    }
  }

  async #receive(name: QueueName): Promise<readonly Message[]> {
    const isUnruly = this.#options.isUnruly === true;
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#urls[name],
        MaxNumberOfMessages: isUnruly ? 3 : 1,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    return isUnruly ? Messages.toReversed() : Messages;
  }

  #eventOf(name: QueueName, { MessageId, Body, Attributes }: Message): object {
    return { Records: [queuedMessage(name, MessageId ?? '', Body ?? '', Attributes?.ApproximateReceiveCount)] };
  }

  /** Kills the worker of a message, now and then, while it is at it. */
  #killAtRandom(worker: Worker): () => void {
    const { killOneIn = 0 } = this.#options;
    if (killOneIn === 0 || Math.random() >= 1 / killOneIn) return () => undefined;
    const timer = setTimeout(() => {
      worker.kill();
      this.killed += 1;
    }, Math.random() * this.#usualMs);
    return () => clearTimeout(timer);
  }
}

function siteIn(body: string): string {
  return z.object({ site: z.string() }).parse(JSON.parse(body)).site;
}

const watchedSchema = z.custom<Watched>(
  (value) => z.object({ looks: z.number(), nightly: z.number() }).safeParse(value).success,
);
const responseSchema = z.object({ batchItemFailures: z.array(z.unknown()) });
const answerSchema = z.object({
  ok: z.boolean(),
  value: z.unknown(),
  error: z.string().optional(),
  memory: z.number().optional(),
  processor: z.object({ user: z.number(), system: z.number() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** One execution environment. */
class Worker {
  readonly #child: ChildProcess;
  #waiting: ((answer: Answer | null) => void) | null = null;
  processorSeconds = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, [path.join(folder, 'worker.mjs')], {
      env,
      stdio: ['pipe', 'ignore', process.env['FLEET_LOG'] === undefined ? 'ignore' : 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => this.#answer(answerSchema.parse(message)));
    this.#child.once('exit', () => this.#answer(null));
    this.#child.stdin?.on('error', () => undefined);
  }

  /** Null where the process ended before it answered. */
  async invoke(event: object, timeoutMs: number): Promise<Answer | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return null;
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#child.stdin?.write(`${JSON.stringify({ event, timeoutMs })}\n`);
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  end(): void {
    this.#child.kill('SIGTERM');
  }

  #answer(answer: Answer | null): void {
    const { user, system } = answer?.processor ?? { user: 0, system: 0 };
    if (user > 0) this.processorSeconds = (user + system) / 1e6;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(answer);
  }
}

/** A small city's sheet, with its name in it. */
export function sheetOf(id: string): SpreadsheetModel {
  return SpreadsheetModel.of(workbookOf(withCell(soundTabs, '設定', 1, 1, `${id}市`)));
}

/** The same with 20,000 goals in a hundred departments. */
function giantSheetOf(id: string): SpreadsheetModel {
  const [departmentHeader, pattern] = soundTabs.部;
  const [goalHeader] = soundTabs.目標;
  const names = Array.from({ length: 100 }, (_, index) => `第${index + 1}部`);
  const tabs = {
    ...soundTabs,
    部: [
      [...(departmentHeader ?? [])],
      ...names.map((name, index) => [name, ...(pattern?.slice(1, -1) ?? []), `bu-${index + 1}`]),
    ],
    目標: [
      [...(goalHeader ?? [])],
      ...names.flatMap((name) =>
        Array.from({ length: 200 }, (_, index) => [name, String(index + 1), `${name}の目標${index + 1}`, '達成', '']),
      ),
    ],
  };
  return SpreadsheetModel.of(workbookOf(withCell(tabs, '設定', 1, 1, `${id}市`)));
}

function sqsClient(endpoint: string): SQSClient {
  return new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

/** The address of a queue as it is reached here: the server names itself by a host name of its own. */
function reached(url: string, { address }: FauxqsServer): string {
  return `${address}${/:\d+(\/.*)$/u.exec(url)?.[1] ?? ''}`;
}

/** The handlers with all that they import, in one file: it starts as quickly as a packaged function. */
async function bundleWorker(folder: string): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, 'fleet-worker.ts')],
    outfile: path.join(folder, 'worker.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: unbundledPackages,
    minify: true,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}
