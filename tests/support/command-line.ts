import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { runCommandLine } from '../../lib/cli/command-line.ts';
import type { CommandIo } from '../../lib/cli/io.ts';
import { wordsFor } from '../../lib/cli/words.ts';

export interface CommandResult {
  readonly status: number;
  readonly out: string;
  readonly told: string;
}

/** Runs one command in this process, as the program would, and returns what it said. */
export async function runCommand(
  argv: readonly string[],
  {
    lang = 'ja_JP.UTF-8',
    env = {},
    now = new Date('2025-04-01T01:00:00Z'),
    typesetter,
  }: {
    lang?: string;
    env?: Record<string, string>;
    now?: Date;
    /** Without one no documents are made, which most tests need not wait for. */
    typesetter?: CommandIo['typesetter'];
  } = {},
): Promise<CommandResult> {
  let out = '';
  let told = '';
  const status = await runCommandLine(argv, {
    env: { LANG: lang, ...env },
    words: wordsFor(lang),
    now,
    out: (text) => {
      out += text;
    },
    tell: (line) => {
      told += `${line}\n`;
    },
    colour: false,
    ...(typesetter && { typesetter }),
  });
  return { status, out, told };
}

/** A folder that is removed when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file below a folder, by its path from there, as bytes; files that begin with a dot too. */
export async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  return new Map(
    await Promise.all(files.sort().map(async (key) => [key, await readFile(path.join(folder, key))] as const)),
  );
}
