import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A command as it is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it is started; here where nothing is said. */
  readonly folder?: string;
}

/** One run of a whole process, from its start to its end. */
export interface Run {
  readonly seconds: number;
  /** User and system time of the process and those that it waited for; null without GNU time. */
  readonly cpuSeconds: number | null;
  /** The largest resident set; null without GNU time. */
  readonly peakBytes: number | null;
  readonly output: string;
}

/** GNU time (Debian: `time`) asks the kernel for the peak of a process that has ended, which Node has no way to. */
const gnuTime = '/usr/bin/time';
export const hasGnuTime = existsSync(gnuTime);

/**
 * Runs a command and measures it.
 *
 * @throws Error where it ends with another status than 0, with what it wrote to standard error
 */
export async function measure({ program, args, env = {}, folder = process.cwd() }: Command): Promise<Run> {
  const own = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const report = path.join(own, 'time');
  const timed = hasGnuTime ? [gnuTime, '-o', report, '-f', '%U %S %M', program, ...args] : [program, ...args];
  const [first = program, ...rest] = timed;
  try {
    const started = performance.now();
    const child = spawn(first, rest, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [output, errors, status] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
    ]);
    const seconds = (performance.now() - started) / 1_000;
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${errors}`);
    if (!hasGnuTime) return { seconds, cpuSeconds: null, peakBytes: null, output };
    const [user = 0, system = 0, kilobytes = 0] = (await readFile(report, 'utf8')).split(' ').map(Number);
    return { seconds, cpuSeconds: user + system, peakBytes: kilobytes * 1024, output };
  } finally {
    await rm(own, { recursive: true });
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('The median of nothing');
  return (low + high) / 2;
}

/** The files below a folder, by path: size and the marks that every write changes. */
export type FolderListing = ReadonlyMap<string, { readonly size: number; readonly mark: string }>;

export async function listFolder(folder: string): Promise<FolderListing> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const listing = new Map<string, { size: number; mark: string }>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const { size, ino, mtimeMs } = await lstat(file);
    listing.set(path.relative(folder, file), { size, mark: `${ino} ${mtimeMs}` });
  }
  return listing;
}

/** What was written between two listings of a folder, whoever wrote it: a file rewritten with the same bytes counts. */
export function writtenBetween(before: FolderListing, after: FolderListing): { files: number; bytes: number } {
  const written = [...after].filter(([file, { mark }]) => before.get(file)?.mark !== mark);
  return { files: written.length, bytes: written.reduce((sum, [, { size }]) => sum + size, 0) };
}
