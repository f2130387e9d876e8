import { inspect } from '../../inspect.ts';
import { previewSite } from '../../preview.ts';
import { findingOf } from '../../publish.ts';
import { buildSite } from '../../release/build-site.ts';
import { endPreview } from '../../release/preview-place.ts';
import { failureOf } from '../../stores/failure-of.ts';
import { folderStore } from '../../stores/folder/folder.ts';
import { outputFolder } from '../../stores/folder/output-folder.ts';
import { placeOf, refuseStateInsideSite } from '../../stores/location.ts';
import { openStores } from '../../stores/open.ts';
import type { ParsedArguments } from '../args.ts';
import { countsOf, tellFindings } from '../findings-text.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { instantOf, openSource } from '../options.ts';
import { exitStatusOfSource, isConfiguration, standingsInWords } from '../report.ts';
import { UsageError } from '../usage.ts';
import { requireFolder } from './build.ts';
import { publishedBefore } from './check.ts';
import { mayHoldPreview } from './preview-folder.ts';

/**
 * `preview`: what the sheet says now as a site in a folder, drafts and what waits included, with `changes/index.html`. With `--end`, removes
 * the preview that a Google Sheet links to.
 */
export async function preview(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  if (args.flag('end')) return end(args, io);
  const source = args.optional('source');
  if (source === null) throw new UsageError(io.words.missingOption('--source'));
  const out = args.required('out');
  const state = args.optional('state');
  requireFolder(out, io);
  if (!mayHoldPreview(out)) throw new UsageError(io.words.notAPreview(out));
  if (state !== null) refuseStateInsideSite(placeOf(out), placeOf(state));
  const now = instantOf(args.optional('now'), io);
  const opened = await openSource(source, io);
  if (!opened.ok) return stop([findingOf(opened.failure)], exitStatusOfSource(opened.failure), io);
  const before = await publishedBefore(state, io);
  if (!before.ok) return stop([before.issue], 3, io);
  io.tell(io.words.reading(opened.source.name));
  const read = await opened.source.read();
  if (!read.ok) return stop([findingOf(read.failure)], exitStatusOfSource(read.failure), io);
  const inspection = inspect(read.workbook, now);
  if (inspection.kind === 'unusable') return stop(inspection.findings, 3, io);
  const { files, findings, preview: shown } = previewSite(inspection, before.published, now);
  const plan = () => ({ kind: 'release' as const, files, published: shown.shown, changes: [], sourceVersion: null });
  const written = await buildSite(outputFolder(out), plan);
  if (written.problem !== null) return stop([findingOf(written.problem)], 4, io);
  try {
    await removeEarlier(out, new Set(files.map(({ key }) => key)));
  } catch (error) {
    return stop([findingOf(failureOf(error))], 4, io);
  }
  tellFindings(findings, io);
  if (findings.length > 0) io.tell('');
  const { error, warning, notice } = countsOf(findings);
  io.tell(findings.length === 0 ? io.words.noFindings : io.words.counts(error, warning, notice));
  for (const line of standingsInWords(shown.settled.standings, io.words)) io.tell(line);
  if (shown.settled.kind === 'blocked') io.tell(io.words.wouldBlock);
  io.tell(io.words.previewWritten(out));
  return shown.settled.held.length > 0 || error > 0 ? 1 : 0;
}

/** Pages of an earlier preview in the same folder: a department that was taken out must not stay behind. Nothing else is touched. */
async function removeEarlier(out: string, keys: ReadonlySet<string>): Promise<void> {
  const folder = folderStore(out);
  const isPage = (key: string): boolean => /^(?:\d{4}|data|assets)\/.*\.(?:html|json|csv|css|js|png)$/u.test(key);
  for (const key of (await folder.list()).keys()) if (isPage(key) && !keys.has(key)) await folder.delete(key);
}

async function end(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [place, state] = [args.required('out'), args.optional('state')];
  if (state === null) throw new UsageError(io.words.missingOption('--state'));
  const stores = await openStores({ site: place, state });
  try {
    const removed = await endPreview({ preview: stores.site, state: stores.state });
    io.tell(removed === 0 ? io.words.noPreview : io.words.previewEnded(removed));
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    return stop([findingOf(failure)], isConfiguration(failure.code) ? 2 : 4, io);
  }
}

function stop(findings: Parameters<typeof tellFindings>[0], status: ExitStatus, io: CommandIo): ExitStatus {
  tellFindings(findings, io);
  return status;
}
