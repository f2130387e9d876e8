import { runCommandLine } from './command-line.ts';
import { standardStream } from './standard-stream.ts';
import { wordsFor } from './words.ts';

/** What this program is called with where it is a thread that reads a workbook for another. No command of anybody's. */
const readingThread = '--reading-thread';

/** An error that no command expects: a bug. From sysexits.h. */
const exitSoftware = 70;

/**
 * npm runs a script in the folder of its package, wherever it was called: a relative path would lead somewhere else than the
 * person meant. `INIT_CWD` says where that was.
 */
function standWhereThePersonStands(env: NodeJS.ProcessEnv): void {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = env;
  if (script === 'mokuhyo' && folder) process.chdir(folder);
}

/** How this program can be started again: by npm where it was started so, from a clone; else as a command of its own. */
function programName({ npm_package_name: name, npm_lifecycle_event: script }: NodeJS.ProcessEnv): string {
  const fromClone = name === 'mokuhyo' && (script === 'mokuhyo' || script === 'start');
  return fromClone ? 'npm run -s mokuhyo --' : 'mokuhyo';
}

/** Runs one command as this process: its environment, its streams, its clock, its exit status. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  if (argv[0] === readingThread) {
    (await import('./reading-thread.ts')).answerAsReadingThread();
    return;
  }
  const words = wordsFor(process.env['LANG'], programName(process.env));
  const [out, tell] = [standardStream(1), standardStream(2)];
  try {
    standWhereThePersonStands(process.env);
    process.exitCode = await runCommandLine(argv, {
      env: process.env,
      words,
      now: new Date(),
      out,
      tell: (line) => tell(`${line}\n`),
      readElsewhere: async (file) => {
        const { readInThread } = await import('./reading-thread.ts');
        return readInThread(process.argv[1] ?? '', readingThread)(file);
      },
      typesetter: async () => (await import('../documents/typeset.ts')).typesetter(),
      get colour() {
        return process.stderr.isTTY === true && !process.env['NO_COLOR'];
      },
    });
  } catch (error) {
    tell(`${words.unexpected(error instanceof Error ? error.message : String(error))}\n`);
    if (process.env['MOKUHYO_DEBUG'] && error instanceof Error) tell(`${error.stack}\n`);
    process.exitCode = exitSoftware;
  }
}
