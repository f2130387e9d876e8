import { runCommandLine } from './command-line.ts';
import { wordsFor } from './words.ts';

/** An error that no command expects: a bug. From sysexits.h. */
const exitSoftware = 70;

/** Runs one command as this process: its environment, its streams, its clock, its exit status. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const words = wordsFor(process.env['LANG']);
  try {
    process.exitCode = await runCommandLine(argv, {
      env: process.env,
      words,
      now: new Date(),
      out: writeOut,
      tell: (line) => process.stderr.write(`${line}\n`),
      colour: process.stderr.isTTY === true && !process.env['NO_COLOR'],
    });
  } catch (error) {
    process.stderr.write(`${words.unexpected(error instanceof Error ? error.message : String(error))}\n`);
    if (process.env['MOKUHYO_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = exitSoftware;
  }
}

let listening = false;

/** Loading what writes to a stream takes time, so it is only done where there is something to write. */
function writeOut(text: string): void {
  // A reader that closes the pipe early (`| head`) has had enough; that is no failure.
  if (!listening) process.stdout.on('error', () => {});
  listening = true;
  process.stdout.write(text);
}
