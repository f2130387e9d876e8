import type { Failure } from '../../failure.ts';
import type { ReleaseResult } from '../../release/change-site.ts';
import { rollback as putBack, unpin } from '../../release/rollback.ts';
import { openStores } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { instantOf } from '../options.ts';
import { isConfiguration } from '../report.ts';
import { UsageError } from '../usage.ts';

/** `rollback`: puts an earlier release back byte for byte, and pins the site to it; with `--unpin`, lets publishing go on. */
export async function rollback(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const stores = await openStores({ site: args.required('site'), state: args.required('state') });
  const [release] = args.positionals;
  if (args.flag('unpin')) {
    if (release !== undefined) throw new UsageError(io.words.extraArgument(release));
    const result = await unpin(stores.state);
    if (args.flag('json')) io.out(`${JSON.stringify({ release: result.release, outcome: result.outcome })}\n`);
    if (result.problem !== null) {
      tellFailure(result.problem, io);
      return statusOf(result.problem);
    }
    io.tell(result.outcome === 'unpinned' ? io.words.unpinned : io.words.notPinned);
    return 0;
  }
  if (release === undefined) throw new UsageError(io.words.missingArgument('RELEASE'));
  const result = await putBack(stores, release, { now: instantOf(args.optional('now'), io) });
  // One document, whatever came of it: where the release is unknown, the usual one of a usage error.
  if (result.problem?.code === 'release-unknown')
    throw new UsageError(`${result.problem.message}${result.problem.fix}`);
  if (args.flag('json')) io.out(jsonOf(result, release));
  for (const failure of [result.problem, ...result.notes]) if (failure !== null) tellFailure(failure, io);
  if (result.problem !== null) return result.outcome === 'blocked' ? 3 : statusOf(result.problem);
  io.tell(io.words.rolledBack(release));
  io.tell(io.words.pinned);
  return 0;
}

function jsonOf({ release, outcome, objects, requests, problem, notes }: ReleaseResult, restored: string): string {
  const issues = [...(problem === null ? [] : [problem]), ...notes];
  return `${JSON.stringify({ release, outcome, restored, objects, requests, issues }, null, 2)}\n`;
}

function statusOf({ code }: Failure): ExitStatus {
  return isConfiguration(code) ? 2 : 4;
}

function tellFailure({ message, fix }: Failure, io: CommandIo): void {
  io.tell(message);
  io.tell(`→ ${fix}`);
}
