import { enableCompileCache } from 'node:module';

/**
 * The commands, to be called again and again in one process. They are read with Node's compile cache, as the command line is.
 *
 * @returns a function of the arguments of a command, which throws what was told where the command ends with another status than 0
 */
export async function commandsInOneProcess(): Promise<(args: readonly string[]) => Promise<void>> {
  enableCompileCache();
  const { runCommandLine } = await import('../../lib/cli/command-line.ts');
  const { wordsFor } = await import('../../lib/cli/words.ts');
  const words = wordsFor('en');
  return async (args) => {
    const told: string[] = [];
    const tell = (line: string) => told.push(line);
    const io = { env: process.env, words, now: new Date(), out: () => {}, tell, colour: false };
    const status = await runCommandLine(args, io);
    if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}\n${told.join('\n')}`);
  };
}
