import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const cache = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
const client = path.join(cache, 'mokuhyo/lambda-runtime/node_modules/aws-lambda-ric');

/** Whether AWS's client of the runtime API is compiled here; `.ci/lambda-runtime/install` does it. */
export const hasLambdaRuntime = existsSync(path.join(client, 'rapid-client.node'));

if (!hasLambdaRuntime) {
  process.stderr.write('The Lambda runtime client is not there (.ci/lambda-runtime/install): its tests are skipped.\n');
}

const errorSchema = z.object({ errorType: z.string(), errorMessage: z.string() });
export type LambdaAnswer =
  | { readonly kind: 'response'; readonly value: unknown }
  | { readonly kind: 'error'; readonly errorType: string; readonly errorMessage: string }
  /** The process ended without an answer; see `exit`. */
  | { readonly kind: 'ended' };

/** How a process ended: its status, or the signal that ended it; null while it runs. */
export type Exit = number | string | null;

export interface LambdaEvent {
  readonly event: unknown;
  /** For how long the function may run, as it is told. */
  readonly timeLeftMs?: number;
  /** When its process is killed, as Lambda does at the deadline; by default it is left to run. */
  readonly killedAfterMs?: number;
  /** Stays the same when Lambda repeats an event. */
  readonly requestId?: string;
}

/** One execution environment of a function: its first event meets it cold, the next ones warm. */
export interface LambdaEnvironment extends AsyncDisposable {
  invoke(event: LambdaEvent): Promise<LambdaAnswer>;
  /** Every line that the function wrote so far. */
  readonly lines: readonly string[];
  readonly pid: number;
  /** How the process ended. Null while it waits for the next event, as it should after every answer, an error too. */
  exit(): Exit;
}

interface Queued {
  readonly id: string;
  readonly body: string;
  readonly deadline: number;
}

/**
 * Runs an unpacked function as Lambda does: AWS's own client of the runtime API, in a process of its own with the function's
 * environment and nothing else, and a server that plays the part of Lambda.
 *
 * @param handler such as `functions/poll.handler`
 */
export async function startLambda(
  folder: string,
  handler: string,
  environment: Readonly<Record<string, string>>,
): Promise<LambdaEnvironment> {
  const queue: Queued[] = [];
  const waiting: ServerResponse[] = [];
  const answers = new Map<string, (answer: LambdaAnswer) => void>();
  const deliver = (): void => {
    const [next, response] = [queue[0], waiting[0]];
    if (next === undefined || response === undefined) return;
    queue.shift();
    waiting.shift();
    response.writeHead(200, {
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': String(next.deadline),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:under-test',
      'Content-Type': 'application/json',
    });
    response.end(next.body);
  };
  const server = createServer((request, response) => {
    const route = /^\/2018-06-01\/runtime\/(?:invocation\/([^/]+)(?:\/(response|error))?|init\/error)$/u.exec(
      request.url ?? '',
    );
    if (route?.[1] === 'next') {
      waiting.push(response);
      deliver();
      return;
    }
    void bodyOf(request).then((body) => {
      response.writeHead(202).end();
      const value: unknown = JSON.parse(body);
      const answer: LambdaAnswer =
        route?.[2] === 'response' ? { kind: 'response', value } : { kind: 'error', ...errorSchema.parse(value) };
      const [id] = route?.[1] === undefined ? answers.keys() : [route[1]];
      answers.get(id ?? '')?.(answer);
      answers.delete(id ?? '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');

  const child = spawn(process.execPath, [path.join(client, 'index.mjs')], {
    cwd: folder,
    env: {
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${address.port}`,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'under-test',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/under-test',
      AWS_LAMBDA_LOG_STREAM_NAME: 'under-test',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      LAMBDA_TASK_ROOT: folder,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'testsecret',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  collect(child, lines);
  const exited = once(child, 'exit');
  let number = 0;
  return {
    lines,
    pid: child.pid ?? 0,
    exit: () => child.exitCode ?? child.signalCode,
    async invoke({ event, timeLeftMs = 300_000, killedAfterMs, requestId = `request-${++number}` }) {
      const answered = new Promise<LambdaAnswer>((resolve) => answers.set(requestId, resolve));
      const ended = exited.then((): LambdaAnswer => ({ kind: 'ended' }));
      const killing = killedAfterMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
      queue.push({ id: requestId, body: JSON.stringify(event), deadline: Date.now() + timeLeftMs });
      deliver();
      const answer = await Promise.race([answered, ended]);
      if (killing !== null) clearTimeout(killing);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
      server.closeAllConnections();
      server.close();
    },
  };
}

function collect(child: ChildProcess, lines: string[]): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on('line', (line) => lines.push(line));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
