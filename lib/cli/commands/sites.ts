import type { Failure } from '../../failure.ts';
import { withoutSite, withPause, withSite } from '../../fleet/list-changes.ts';
import { changeSiteList, readSiteList, type SiteListChange, siteListPlaceOf } from '../../fleet/list-file.ts';
import { checkSiteList, type SiteEntry } from '../../fleet/site-list.ts';
import { parseSiteUrl } from '../../pages/site-url.ts';
import { spreadsheetId } from '../../sources/google/google-config.ts';
import { failureOf } from '../../stores/failure-of.ts';
import { openStore } from '../../stores/open.ts';
import { type ObjectStore, StoreError } from '../../stores/store.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { isConfiguration } from '../report.ts';
import { UsageError } from '../usage.ts';

const actions = ['list', 'add', 'pause', 'resume', 'remove'] as const;

/** `sites`: shows and changes the list of the cities that one deployment publishes. */
export async function sites(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [given, id] = args.positionals;
  const action = actions.find((name) => name === given);
  if (action === undefined) throw new UsageError(io.words.badChoice('sites', [...actions]));
  if (action === 'list' && id !== undefined) throw new UsageError(io.words.extraArgument(id));
  const place = siteListPlaceOf(args.required('sites'));
  if (place === null) throw new UsageError(io.words.badSitesPlace);
  if (action !== 'list' && id === undefined) throw new UsageError(io.words.missingArgument('ID'));
  const change = action === 'list' ? null : changeOf(action, id ?? '', args, io);
  try {
    const store = await openStore(place.folder, { isPrivate: true });
    return change === null
      ? await show(store, place.key, args, io)
      : await apply(change, { store, key: place.key, id: id ?? '' }, io);
  } catch (error) {
    // What is given wrongly is said with a hint to the usage.
    if (error instanceof StoreError && isConfiguration(error.code)) throw error;
    return refused([failureOf(error)], io, 4);
  }
}

async function show(store: ObjectStore, key: string, args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const read = await readSiteList(store, key);
  if (!read.ok) return refused(read.problems, io);
  if (args.flag('json')) {
    io.out(`${JSON.stringify(read.list, null, 2)}\n`);
    return 0;
  }
  if (read.list.sites.length === 0) io.tell(io.words.noSites);
  for (const { id, url, paused, direct } of read.list.sites) {
    const marks = [...(paused ? [io.words.paused] : []), ...(direct ? [io.words.direct] : [])];
    io.out(`${[id, url, ...marks].join('  ')}\n`);
  }
  return 0;
}

async function apply(
  change: SiteListChange,
  { store, key, id }: { readonly store: ObjectStore; readonly key: string; readonly id: string },
  io: CommandIo,
): Promise<ExitStatus> {
  const changed = await changeSiteList(store, key, change);
  if (!changed.ok) return refused(changed.problems, io);
  io.tell(io.words.sitesChanged(id, changed.list.sites.length));
  return 0;
}

function refused(problems: readonly Failure[], io: CommandIo, status: ExitStatus = 2): ExitStatus {
  for (const { message, fix } of problems) {
    io.tell(message);
    io.tell(`→ ${fix}`);
  }
  return status;
}

function changeOf(
  action: Exclude<(typeof actions)[number], 'list'>,
  id: string,
  args: ParsedArguments,
  io: CommandIo,
): SiteListChange {
  switch (action) {
    case 'add': {
      const site = siteFrom(id, args, io);
      // What is wrong with the site alone is said before the list is opened.
      const checked = checkSiteList({ sites: [site] });
      if (!checked.ok)
        throw new UsageError(checked.problems.map(({ message, fix }) => `${message}\n→ ${fix}`).join('\n'));
      return (list) => withSite(list, site);
    }
    case 'pause':
      return (list) => withPause(list, id, true);
    case 'resume':
      return (list) => withPause(list, id, false);
    case 'remove':
      return (list) => withoutSite(list, id);
  }
}

/** A site as the command line gives it: `prefix` is the id where it is not given. */
function siteFrom(id: string, args: ParsedArguments, io: CommandIo): SiteEntry {
  const wanted = (option: string): string => {
    const value = args.optional(option);
    if (value === null) throw new UsageError(io.words.missingOption(`--${option}`));
    return value;
  };
  const sheet = spreadsheetId(wanted('spreadsheet'));
  if (sheet === null) throw new UsageError(io.words.badSpreadsheet);
  const url = parseSiteUrl(wanted('url'));
  if (url === null) throw new UsageError(io.words.badSiteUrl);
  return {
    id,
    spreadsheetId: sheet,
    prefix: args.flag('at-root') ? '' : (args.optional('prefix') ?? id),
    url,
    staffEmail: args.optional('staff-email'),
    paused: false,
    direct: args.flag('direct'),
    stateAtRoot: args.flag('state-at-root'),
  };
}
