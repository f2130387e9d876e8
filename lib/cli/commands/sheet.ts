import { setUpSheet } from '../../sources/google/google-set-up.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { googleSheetOf } from '../options.ts';
import { UsageError } from '../usage.ts';

/** `sheet setup` makes a Google Sheet what the template is, `sheet new-year` begins its next year. A second run of either changes nothing. */
export async function sheet(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [action] = args.positionals;
  if (action !== 'setup' && action !== 'new-year') {
    throw new UsageError(io.words.badChoice('sheet', ['setup', 'new-year']));
  }
  const spreadsheet = await googleSheetOf(args.required('spreadsheet'), io);
  if (action === 'new-year') return newYear(spreadsheet, io);
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

async function newYear(spreadsheet: Awaited<ReturnType<typeof googleSheetOf>>, io: CommandIo): Promise<ExitStatus> {
  const { beginNewYear } = await import('../../sources/google/google-new-year.ts');
  const result = await beginNewYear({ ...spreadsheet, access: 'write' }, io.now);
  if (result.outcome === 'failed') {
    for (const { message, fix } of result.failures) io.tell(`${message}\n→ ${fix}`);
    return 3;
  }
  for (const line of result.lines) io.tell(line);
  return 0;
}
