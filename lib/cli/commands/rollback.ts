import type { Failure } from '../../failure.ts';
import { rollback as putBack, unpin } from '../../release/rollback.ts';
import { openStore, openStores } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { instantOf, refuseStateInsideSite } from '../options.ts';
import { UsageError } from '../usage.ts';

/** `rollback`: puts an earlier release back byte for byte, and pins the site to it; with `--unpin`, lets publishing go on. */
export async function rollback(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [location, state] = [args.required('site'), args.required('state')];
  refuseStateInsideSite(location, state, io);
  const [release] = args.positionals;
  if (args.flag('unpin')) {
    if (release !== undefined) throw new UsageError(io.words.extraArgument(release));
    const result = await unpin(await openStore(state));
    if (args.flag('json')) io.out(`${JSON.stringify({ release: result.release, outcome: result.outcome })}\n`);
    if (result.problem !== null) return tellProblem(result.problem, io);
    io.tell(result.outcome === 'unpinned' ? io.words.unpinned : io.words.notPinned);
    return 0;
  }
  if (release === undefined) throw new UsageError(io.words.missingArgument('RELEASE'));
  const stores = await openStores({ site: location, state });
  const {
    outcome,
    release: current,
    objects,
    requests,
    problem,
  } = await putBack(stores, release, {
    now: instantOf(args.optional('now'), io),
  });
  // Said once, as every other use that cannot be: with --json too.
  if (problem?.code === 'release-unknown') throw new UsageError(problem.message);
  const issues = problem === null ? [] : [problem];
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ release: current, outcome, restored: release, objects, requests, issues }, null, 2)}\n`);
  }
  if (problem !== null) tellProblem(problem, io);
  if (outcome === 'failed') return 4;
  io.tell(io.words.rolledBack(release));
  io.tell(io.words.pinned);
  return 0;
}

function tellProblem({ message, fix }: Failure, io: CommandIo): ExitStatus {
  io.tell(message);
  io.tell(`→ ${fix}`);
  return 4;
}
