import { verifySite } from '../../release/verify.ts';
import { openStores } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { isConfiguration } from '../report.ts';

/** `verify`: holds a live site against its release, and says what differs. */
export async function verify(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const { words } = io;
  const stores = await openStores({ site: args.required('site'), state: args.required('state') });
  const deep = args.flag('deep');
  const result = await verifySite(stores, { deep });
  const requests = { site: stores.site.requests, state: stores.state.requests };
  if (!result.ok) {
    const { code, message, fix } = result.problem;
    if (args.flag('json'))
      io.out(`${JSON.stringify({ outcome: 'failed', requests, issues: [{ code, message, fix }] }, null, 2)}\n`);
    io.tell(message);
    io.tell(`→ ${fix}`);
    return isConfiguration(code) ? 2 : 3;
  }
  const { release, checked, differences, foreign, busy } = result;
  const isSame = differences.length === 0;
  if (args.flag('json')) {
    const outcome = isSame ? 'same' : 'different';
    io.out(
      `${JSON.stringify({ release, outcome, deep, checked, differences, foreign, busy, requests, issues: [] }, null, 2)}\n`,
    );
  } else {
    for (const { key, what } of differences) io.out(`${words.difference(what)}  ${key}\n`);
  }
  io.tell(isSame ? words.siteIsSame(checked, release) : words.siteDiffers(differences.length, checked, release));
  if (foreign > 0) io.tell(words.foreignFiles(foreign));
  if (busy) io.tell(words.siteIsBusy);
  if (!isSame) io.tell(words.howToRepair);
  return isSame ? 0 : 1;
}
