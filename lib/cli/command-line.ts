import { parseCommandArguments } from './args.ts';
import { commands } from './commands.ts';
import type { CommandIo, ExitStatus } from './io.ts';
import { UsageError } from './usage.ts';

/** Runs the command that the arguments name, and returns the exit status. */
export async function runCommandLine(argv: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const [name, ...rest] = argv;
  const language = /^en/iu.test(io.env['LANG'] ?? '') ? 'en' : 'ja';
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const { programHelp } = await import('./help.ts');
      io.out(programHelp(language));
      return name === undefined ? 2 : 0;
    }
    if (command === undefined) throw new UsageError(io.words.unknownCommand(name));
    if (rest.includes('--help') || rest.includes('-h')) {
      const { commandHelp } = await import('./help.ts');
      io.out(commandHelp(command, language));
      return 0;
    }
    const run = await command.load();
    return await run(parseCommandArguments(command, rest, io.words), io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.tell(error.message);
    io.tell(io.words.usageHint(command?.name ?? null));
    if (rest.includes('--json')) io.out(`${JSON.stringify({ error: { code: 'usage', message: error.message } })}\n`);
    return 2;
  }
}
