import { StoreError } from '../stores/store.ts';
import { withoutPasswords } from '../text/shown-place.ts';
import { version } from '../version.ts';
import { parseCommandArguments } from './args.ts';
import { commands } from './commands.ts';
import type { CommandIo, ExitStatus } from './io.ts';
import { isConfiguration } from './report.ts';
import { UsageError } from './usage.ts';

/** Runs the command that the arguments name, and returns the exit status. */
export async function runCommandLine(argv: readonly string[], world: CommandIo): Promise<ExitStatus> {
  // Whatever a sentence repeats, no password in an address is told.
  const io: CommandIo = Object.create(world, { tell: { value: (line: string) => world.tell(withoutPasswords(line)) } });
  const [name, ...rest] = argv;
  const language = /^en/iu.test(io.env['LANG'] ?? '') ? 'en' : 'ja';
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const { programHelp } = await import('./help.ts');
      io.out(programHelp(language, io.words.program));
      return name === undefined ? 2 : 0;
    }
    if (name === '--version' || name === '-v') {
      io.out(`${version}\n`);
      return 0;
    }
    if (command === undefined) throw new UsageError(io.words.unknownCommand(name));
    if (rest.includes('--help') || rest.includes('-h')) {
      const { commandHelp } = await import('./help.ts');
      io.out(commandHelp(command, language, io.words.program));
      return 0;
    }
    const run = await command.load();
    return await run(parseCommandArguments(command, rest, io.words), io);
  } catch (error) {
    const message = usageMessage(error);
    if (message === null) throw error;
    io.tell(message);
    io.tell(io.words.usageHint(command?.name ?? null));
    if (rest.includes('--json')) io.out(`${JSON.stringify({ error: { code: 'usage', message } })}\n`);
    return 2;
  }
}

/** What to say where the command cannot run as it was given, or null where something else went wrong. */
function usageMessage(error: unknown): string | null {
  if (error instanceof UsageError) return withoutPasswords(error.message);
  return error instanceof StoreError && isConfiguration(error.code) ? `${error.message}${error.fix}` : null;
}
