import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const module = path.join(import.meta.dirname, '../../lib/cli/standard-stream.ts');

/** A program that writes more than any pipe holds, and then some more. */
function writing(before: string) {
  const program = `import { standardStream } from ${JSON.stringify(module)}; ${before}
    const write = standardStream(1); write('あ'.repeat(500_000)); write('い'.repeat(500_000));`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
}

test.each([
  ['waits', ''],
  // Node's own stream makes the pipe one that does not wait, for all that use it.
  ['does not wait', 'process.stdout;'],
])('everything arrives at a slow reader, by a pipe that %s', async (_, before) => {
  const child = writing(before);
  const ended = once(child, 'close');
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) {
    chunks.push(chunk);
    if (chunks.length < 5) await sleep(50);
  }
  expect((await ended)[0]).toBe(0);
  expect(Buffer.concat(chunks).toString()).toBe('あ'.repeat(500_000) + 'い'.repeat(500_000));
});

test.each(['', 'process.stdout;'])('a reader that has had enough is no failure (%s)', async (before) => {
  const child = writing(before);
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const ended = once(child, 'close');
  child.stdout.once('data', () => child.stdout.destroy());
  expect((await ended)[0]).toBe(0);
  expect(Buffer.concat(errors).toString()).toBe('');
});
