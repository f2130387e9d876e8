import type { ListedRelease } from '../../release/releases.ts';
import { listReleases } from '../../release/releases.ts';
import { openStore } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { isConfiguration } from '../report.ts';

/** `releases`: what was published when, newest first. */
export async function releases(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const store = await openStore(args.required('state'));
  const list = await listReleases(store);
  if (!list.ok) {
    const { code, message, fix } = list.problem;
    if (args.flag('json')) io.out(`${JSON.stringify({ error: { code, message, fix } })}\n`);
    io.tell(message);
    io.tell(`→ ${fix}`);
    return isConfiguration(code) ? 2 : 3;
  }
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ pinned: list.pin?.release ?? null, releases: list.releases }, null, 2)}\n`);
    return 0;
  }
  if (list.releases.length === 0) io.tell(io.words.noReleases);
  for (const release of list.releases) io.out(`${lineOf(release, io)}\n`);
  if (list.pin !== null) io.tell(io.words.pinned);
  return 0;
}

function lineOf({ release, at, current, restored, changes }: ListedRelease, { words }: CommandIo): string {
  const names = [...new Set(changes.map(({ departmentName }) => departmentName))];
  const what = restored === null ? names.join('、') : words.restored(restored);
  return [
    release,
    words.releasedAt(new Date(at)),
    ...(current ? [words.current] : []),
    ...(what === '' ? [] : [what]),
  ].join('  ');
}
