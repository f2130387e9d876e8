import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { ReleaseOptions } from '../../lib/release/change-site.ts';
import { release } from '../../lib/release/release.ts';
import { listReleases } from '../../lib/release/releases.ts';
import type { Stores } from '../../lib/stores/store.ts';
import { planOf, type Scene } from './scenes.ts';
import { hasAba, lots, staleIn, trialOf } from './trials.ts';

/** What one frozen publisher came to. */
export interface FrozenResult {
  /** Null where it had ended before it was to be frozen. */
  readonly frozenAt: string | null;
  readonly outcome: string;
  readonly problem: string | null;
  readonly aba: boolean;
  readonly stale: {
    readonly atOnce: readonly string[];
    readonly byDay: readonly string[];
    readonly byNight: readonly string[];
  };
  readonly lies: readonly string[];
}

export interface FrozenPlaces {
  readonly endpoint: string;
  readonly site: string;
  readonly state: string;
  readonly stores: Stores;
}

const resultSchema = z.object({
  outcome: z.string(),
  release: z.string().nullable(),
  problem: z.object({ code: z.string() }).nullable(),
});

/** Of the one that is frozen; short, so that a trial does not take a minute, and long enough to be renewed in. */
const leaseMs = 12_000;

/**
 * A publisher that is a process of its own is stopped (SIGSTOP, as a paused virtual machine is) in the middle of a request by lot; another
 * one takes over after the lease and publishes a newer sheet; the first is let go, and its request arrives, if it had not at once.
 */
export async function runFrozen(
  { endpoint, site, state, stores }: FrozenPlaces,
  number: number,
): Promise<FrozenResult> {
  const { before, older, newer } = trialOf('late', number);
  const lot = lots(number + 1_000_003);
  const freezeAt = 2 + Math.floor(lot() * 14);
  const arrivesAtOnce = lot() < 0.3;
  const folder = await mkdtemp(join(tmpdir(), 'mokuhyo-frozen-'));
  const sheet = join(folder, 'sheet');
  let named: Scene = before;
  const run = (options: Partial<ReleaseOptions> = {}) =>
    release(stores, () => planOf(named)(), {
      now: new Date(),
      patienceMs: 60_000,
      parallel: 3,
      holder: { machine: `other ${number}`, pid: 1, isAlive: () => true },
      ...options,
    });
  await using proxy = await freezingProxy(endpoint, freezeAt, arrivesAtOnce);
  let onEnd = (): unknown => null;
  try {
    const began = await run();
    if (began.outcome !== 'published') throw new Error(`The trial did not begin: ${began.problem?.code}`);
    await writeFile(sheet, older);
    const program = join(import.meta.dirname, 'publish-scene.ts');
    const child = spawn(process.execPath, [program, site, state, sheet, String(leaseMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL_S3: proxy.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'testsecret',
      },
    });
    onEnd = () => child.kill('SIGKILL');
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    const ended = once(child, 'close');
    proxy.freeze(() => child.kill('SIGSTOP'));
    await Promise.race([proxy.frozen, ended]);
    named = newer;
    await writeFile(sheet, newer);
    const second = await run();
    proxy.thaw();
    child.kill('SIGCONT');
    await ended;
    const first = resultSchema.parse(JSON.parse(out));

    const lies: string[] = [];
    if (second.outcome !== 'published' && second.outcome !== 'unchanged')
      lies.push(`second is ${second.outcome}: ${second.problem?.code}`);
    const list = await listReleases(stores.state);
    const kept = list.ok ? list.releases.map((one) => one.release) : [];
    if (first.outcome === 'published' && !kept.includes(first.release ?? ''))
      lies.push('first published what is no release');
    const atOnce = await staleIn(stores.site, newer);
    const day = await run();
    const byDay = await staleIn(stores.site, newer);
    const night = await run({ verifySite: true });
    const byNight = await staleIn(stores.site, newer);
    for (const result of [day, night])
      if (result.outcome === 'failed') lies.push(`afterwards: ${result.problem?.code}`);
    return {
      frozenAt: proxy.frozenAt(),
      outcome: first.outcome,
      problem: first.problem?.code ?? null,
      aba: hasAba(before, older, newer),
      stale: { atOnce, byDay, byNight },
      lies,
    };
  } finally {
    // One that is still frozen would stay so for ever.
    onEnd();
    await rm(folder, { recursive: true });
  }
}

/** Passes requests on after some milliseconds, and freezes their sender at one of them. */
async function freezingProxy(target: string, freezeAt: number, arrivesAtOnce: boolean) {
  const { hostname, port } = new URL(target);
  let count = 0;
  let at: string | null = null;
  let freeze: () => void = () => undefined;
  const frozen = Promise.withResolvers<void>();
  const thawed = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    count += 1;
    if (count === freezeAt) {
      at = `${method} ${url.replace(/\?.*/su, '')}`;
      freeze();
      frozen.resolve();
      if (!arrivesAtOnce) await thawed.promise;
    }
    await sleep(15 + Math.random() * 30);
    const onward = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(chunks));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    frozen: frozen.promise,
    frozenAt: () => at,
    freeze(how: () => void) {
      freeze = how;
    },
    thaw: () => thawed.resolve(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
