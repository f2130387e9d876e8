import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
export async function rollbackCommand(_args: ParsedArguments, _io: CommandIo): Promise<ExitStatus> {
  return 2;
}
