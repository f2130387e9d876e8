import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** What is compared with, where it is installed. */
export interface Peer {
  readonly name: string;
  /** With its version, or null where it is missing. */
  readonly version: string | null;
  readonly program: string;
  /** Arguments that come before all others. */
  readonly args: readonly string[];
  /** How to get it. */
  readonly install: string;
}

const folder = path.join(import.meta.dirname, 'peers');

/**
 * Eleventy, run by the same Node as this program. It has a folder of its own, outside of this project's dependencies: who
 * only wants to work on Mokuhyo need not install it.
 */
export async function findEleventy(install: boolean): Promise<Peer> {
  const program = path.join(folder, 'node_modules/@11ty/eleventy/cmd.cjs');
  if (!existsSync(program) && install) {
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder });
  }
  return peer('Eleventy', process.execPath, [program], ['--version'], 'npm run bench -- --install');
}

export function findHugo(): Peer {
  return peer('Hugo', 'hugo', [], ['version'], 'apt-get install hugo');
}

/** The one of Debian, where there is another before it on the path. */
export function findAws(): Peer {
  const program = existsSync('/usr/bin/aws') ? '/usr/bin/aws' : 'aws';
  return peer('aws s3 sync', program, [], ['--version'], 'apt-get install awscli');
}

export function findRclone(): Peer {
  return peer('rclone sync', 'rclone', [], ['version'], 'apt-get install rclone');
}

function peer(
  name: string,
  program: string,
  args: readonly string[],
  askVersion: readonly string[],
  install: string,
): Peer {
  const { status, stdout } = spawnSync(program, [...args, ...askVersion], { encoding: 'utf8' });
  const version = status === 0 ? (/\d+\.\d+\.\d+/u.exec(stdout)?.[0] ?? 'unknown') : null;
  return { name, version, program, args, install };
}
