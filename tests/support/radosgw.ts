import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whether Ceph's gateway is installed here. */
export function hasRadosgw(): boolean {
  return ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-mgr', 'ceph'].every(
    (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
  );
}

export interface Radosgw extends AsyncDisposable {
  readonly endpoint: string;
}

/** Starts a real S3 server on free ports of the loopback address; see the script of the same name. */
export async function startRadosgw(): Promise<Radosgw> {
  const directory = await mkdtemp(join(tmpdir(), 'radosgw-'));
  const [gateway, monitor] = [await freePort(), await freePort()];
  const script = join(import.meta.dirname, 'radosgw');
  const child = spawn(script, [directory, String(gateway), String(monitor)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let ready = false;
  for await (const line of createInterface(child.stdout)) {
    ready = line === 'ready';
    if (ready) break;
  }
  if (!ready) throw new Error('radosgw did not start');
  return {
    endpoint: `http://127.0.0.1:${gateway}`,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
