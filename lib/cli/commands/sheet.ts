import { setUpSheet } from '../../sources/google/google-set-up.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { googleSheetOf } from '../options.ts';
import { UsageError } from '../usage.ts';

/** `sheet setup`: makes a Google Sheet what the template is. A second run changes nothing. */
export async function sheet(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [action] = args.positionals;
  if (action !== 'setup') throw new UsageError(io.words.badChoice('sheet', ['setup']));
  const spreadsheet = await googleSheetOf(args.required('spreadsheet'), io);
  const protectsApproval = args.flag('protect-approval');
  const result = await setUpSheet({ ...spreadsheet, access: 'write' }, { protectsApproval });
  if (!result.ok) {
    io.tell(result.failure.message);
    io.tell(`→ ${result.failure.fix}`);
    return 3;
  }
  const { made, completed, left } = result;
  if (made.length > 0) io.tell(io.words.tabsMade(made));
  if (completed.length > 0) io.tell(io.words.tabsCompleted(completed));
  if (made.length === 0 && completed.length === 0) io.tell(io.words.nothingToSetUp);
  for (const line of left) io.tell(line);
  return 0;
}
