import type { Finding } from './findings/finding.ts';
import type { Published } from './goals/model/published.ts';
import { type Preview, previewOf } from './goals/settle/preview.ts';
import { type Inspection, inSheetOrder } from './inspect.ts';
import { renderSite } from './pages/render.ts';
import type { SiteFile } from './pages/site-file.ts';
import { currentPreview, type PreviewAddress, previewFailure, putPreview } from './release/preview-place.ts';
import type { State } from './release/state.ts';
import type { PreviewLink } from './staff/confirmation.ts';
import type { ObjectStore } from './stores/store.ts';
import { japaneseDate } from './text/fiscal-year.ts';

/** What a sheet would become, as files, and what is said of it. */
export interface PreviewSite {
  readonly files: readonly SiteFile[];
  readonly preview: Preview;
  /** What was found in the sheet, in its order. */
  readonly findings: readonly Finding[];
}

/** The preview of a sheet: what it says now, drafts and what waits included. Pure. */
export function previewSite(
  { sheet, findings: found, scheme }: Extract<Inspection, { kind: 'usable' }>,
  before: Published | null,
  now: Date,
): PreviewSite {
  const preview = previewOf(sheet, before, now);
  const findings = inSheetOrder([...preview.settled.findings, ...found], scheme);
  const files = renderSite(preview.shown, { siteUrl: null, preview: { preview, findings, day: japaneseDate(now) } });
  return { files, preview, findings };
}

/** Where previews of a city's sheet go. */
export interface PreviewPlace {
  readonly store: ObjectStore;
  /** The address under which its keys are read, with a trailing slash. */
  readonly url: string;
}

/** What became of the preview. Never names its address but in `link`, which only the sheet is told. */
export interface Previewed {
  /** Null where there is none. */
  readonly link: PreviewLink | null;
  /** Written anew, as another run did at the same time, or not at all. */
  readonly outcome: 'written' | 'overtaken' | 'kept' | 'failed';
  /** Of what went wrong. */
  readonly code: string | null;
}

/**
 * Writes the preview of what was inspected. What cannot be published as a whole leaves the preview that is there. A place that cannot be
 * written to is told by its code: the site and the sheet go on without a preview.
 */
export async function refreshPreview(
  inspection: Inspection | null,
  {
    place,
    state,
    stored,
  }: { place: PreviewPlace; state: ObjectStore; stored: Pick<State, 'published' | 'records'> | null },
  now: Date,
): Promise<Previewed> {
  const linkTo = (address: PreviewAddress | null): PreviewLink | null =>
    address === null ? null : { url: `${place.url}${address.path}`, until: japaneseDate(address.until) };
  try {
    if (inspection?.kind !== 'usable')
      return { link: linkTo(await currentPreview(state)), outcome: 'kept', code: null };
    const { files } = previewSite(inspection, stored?.published ?? null, now);
    const release = stored?.records[0]?.release ?? null;
    const address = await putPreview({ preview: place.store, state }, files, { now, release });
    if (address === null) return { link: linkTo(await currentPreview(state)), outcome: 'overtaken', code: null };
    return { link: linkTo(address), outcome: 'written', code: null };
  } catch (error) {
    return { link: null, outcome: 'failed', code: previewFailure(error) };
  }
}
