import { statSync } from 'node:fs';
import { findingOf, publishAndTell, publish as publishSite, type Site } from '../../publish.ts';
import type { ReleaseOptions } from '../../release/change-site.ts';
import type { RunReport } from '../../staff/run-report.ts';
import { outputFolder } from '../../stores/folder/output-folder.ts';
import { defaultScheme } from '../../text/scheme.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { instantOf, openSource, siteUrlOf } from '../options.ts';
import { exitStatusOf, jsonOf, tellRun } from '../report.ts';
import { UsageError } from '../usage.ts';
import { isPreviewFolder } from './preview-folder.ts';

/**
 * `build`: the whole pipeline into a folder. Without a place for state nothing is remembered: what the folder holds already is
 * compared file by file, and nothing is removed from it.
 */
export async function build(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const out = args.required('out');
  const state = args.optional('state');
  requireFolder(out, io);
  // Nothing is removed from a folder: drafts would lie among the pages of the site.
  if (isPreviewFolder(out)) throw new UsageError(io.words.isAPreview(out));
  if (state !== null) {
    requireFolder(state, io);
    await refuseStateInside(out, state);
  }
  const open = async () => (state === null ? { site: outputFolder(out), state: null } : storesAt({ site: out, state }));
  // A folder of one's own, which can always be built anew.
  return run(args, io, open, { startOver: true });
}

/** `publish`: the whole pipeline into the place that the public reads. */
export async function publish(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const site = args.required('site');
  const state = args.required('state');
  if (isPreviewFolder(site)) throw new UsageError(io.words.isAPreview(site));
  await refuseStateInside(site, state);
  // Whoever runs this, a person or a timetable, wants the site to be right afterwards: so the whole of it is looked at.
  return run(args, io, () => storesAt({ site, state }), { rewrite: args.flag('rewrite'), verifySite: true });
}

/** Before anything is read. */
async function refuseStateInside(site: string, state: string): Promise<void> {
  const { placeOf, refuseStateInsideSite } = await import('../../stores/location.ts');
  refuseStateInsideSite(placeOf(site), placeOf(state));
}

/** What a release is made of is loaded only where there is a state: a build needs none of it. */
async function storesAt(locations: { readonly site: string; readonly state: string }) {
  return (await import('../../stores/open.ts')).openStores(locations);
}

async function run(
  args: ParsedArguments,
  io: CommandIo,
  open: () => Promise<Site['stores']>,
  options: Pick<ReleaseOptions, 'rewrite' | 'verifySite' | 'startOver'>,
): Promise<ExitStatus> {
  const now = instantOf(args.optional('now'), io);
  const siteUrl = siteUrlOf(args.optional('site-url'), io);
  const opened = await openSource(args.required('source'), io);
  if (!opened.ok) return finish(notOpened(opened.failure), args, io);
  const stores = await open();
  io.tell(io.words.reading(opened.source.name));
  const site = { source: opened.source, siteUrl, ...(io.typesetter && { typesetter: io.typesetter }) };
  const releaseOptions = { now, ...options };
  if (stores.state !== null && args.flag('answer')) {
    const telling = { reason: 'manual', mail: null } as const;
    return finish(await publishAndTell({ ...site, stores }, releaseOptions, telling), args, io);
  }
  return finish((await publishSite({ ...site, stores }, releaseOptions)).report, args, io);
}

function finish(report: RunReport, args: ParsedArguments, io: CommandIo): ExitStatus {
  if (args.flag('json')) io.out(jsonOf(report));
  else tellRun(report, io);
  return exitStatusOf(report);
}

function notOpened(failure: NonNullable<RunReport['sourceFailure']>): RunReport {
  return {
    release: null,
    outcome: 'blocked',
    municipality: null,
    published: [],
    changes: [],
    held: [],
    standings: [],
    differences: [],
    scheme: defaultScheme,
    objects: { written: 0, unchanged: 0, deleted: 0 },
    requests: { source: 0, site: 0, state: 0 },
    issues: [findingOf(failure)],
    completeness: [],
    sourceFailure: failure,
  };
}

/** Refuses a file, and an address, which would otherwise become the name of a folder. */
export function requireFolder(folder: string, io: CommandIo): void {
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(folder) || isFolder(folder) === false)
    throw new UsageError(io.words.notFolder(folder));
}

/** Null where there is nothing, or nothing that can be looked at: what is wrong with it is said when it is written to. */
function isFolder(place: string): boolean | null {
  try {
    return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? null;
  } catch {
    return null;
  }
}
