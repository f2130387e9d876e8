import type { Published } from './goals/model/published.ts';
import { type Portrait, withPortraits } from './goals/portraits.ts';
import { type Inspection, inSheetOrder, inspect } from './inspect.ts';
import type { PortraitBytes } from './pages/portrait-files.ts';
import { portraitsIn } from './portraits/known-portraits.ts';
import type { PictureFinder, SourceResult } from './sources/source.ts';

/** What the pictures turn out to be that a sheet asks for: the part of an inspection that is not pure. */

/** How pictures are looked at. */
interface Looking {
  readonly finder?: PictureFinder | undefined;
  /** The portrait at an address as the site has it already; null where it has none. */
  readonly known: (src: string) => Portrait | null;
  /** Whether they are only looked at, and none is encoded. */
  readonly examineOnly?: boolean;
}

const noPictures: PictureFinder = {
  requests: 0,
  find: async () => ({ lost: 'folder', account: null }),
};

/**
 * An inspection with what the pictures of the sheet turn out to be. Nothing is encoded.
 *
 * @param previous what was published last, where that is known
 */
export async function inspectWithPictures(
  { workbook, pictures }: Extract<SourceResult, { ok: true }>,
  previous: Published | null,
  now: Date,
): Promise<Inspection> {
  const looking = { finder: pictures, known: portraitsIn(previous), examineOnly: true };
  return (await withPictures(inspect(workbook, now), previous, looking)).inspection;
}

/**
 * Looks at the pictures that a sheet asks for, and takes them into the inspection. What decodes pictures is loaded only where there is a
 * new one.
 *
 * @param previous what was published last, for a picture that does not come
 */
export async function withPictures(
  inspection: Inspection,
  previous: Published | null,
  { finder = noPictures, known, examineOnly = false }: Looking,
): Promise<{ readonly inspection: Inspection; readonly made: ReadonlyMap<string, PortraitBytes> }> {
  const wishes = inspection.kind === 'usable' ? inspection.sheet.departments.flatMap(({ pictures }) => pictures) : [];
  if (inspection.kind !== 'usable' || wishes.length === 0) return { inspection, made: new Map() };
  const { lookAtPictures } = await import('./portraits/look-at-pictures.ts');
  const library = async () => (await import('./portraits/re-encode.ts')).pictureLibrary();
  const { outcomes, made } = await lookAtPictures(wishes, { finder, known, examineOnly, library });
  const { sheet, findings } = withPortraits(inspection.sheet, outcomes, previous);
  const all = inSheetOrder([...inspection.findings, ...findings], inspection.scheme);
  return { inspection: { ...inspection, sheet, findings: all }, made };
}
