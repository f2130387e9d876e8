import type { FactsOf, Place } from '../findings/catalogue.ts';
import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { Scheme } from '../text/scheme.ts';
import type { PicturePlace } from './cells/portrait.ts';
import type { Director } from './model/dataset.ts';
import type { Published } from './model/published.ts';
import type { DepartmentContent } from './settle/content.ts';
import type { CheckedDepartment } from './validate.ts';

/** The portraits of heads, between what the sheet asks for and what the pictures turned out to be. Pure: who looks at them is elsewhere. */

export type Portrait = NonNullable<Director['portrait']>;

/** A picture that 顔写真 asks for. */
export interface PictureWish {
  /** Whose it is: the place among the heads of its department, from 0. */
  readonly head: number;
  readonly picture: PicturePlace;
  /** The cell. */
  readonly place: Place;
}

/**
 * Why a picture is not shown.
 *
 * - `unknown-kind`: no picture, or of a kind that is not decoded (SVG, HEIC, PDF)
 * - `damaged`: cut off, or not what it says it is
 * - `too-large`: in bytes, in pixels, or in the time that it takes
 */
export type RefusedPicture = FactsOf<'portrait-refused'>['why'];

/** A picture that is not where the sheet says, or cannot be looked for from here; `account` is whom to share it with. */
export interface LostPicture {
  readonly lost: FactsOf<'portrait-not-found'>['place'];
  readonly account: string | null;
}

/** What came of looking at a picture. `unreachable`: it may be there, and did not come; `no-library`: nothing can be encoded here. */
export type PictureOutcome = Portrait | LostPicture | RefusedPicture | 'unreachable' | 'no-library';

interface WithPictures {
  readonly departments: readonly CheckedDepartment[];
  readonly settings: { readonly scheme: Scheme };
}

/**
 * Puts the portraits into the content of the departments, and says at the cells what became of the others.
 *
 * @param previous a picture that did not come stays as it was published, where the department has the same head
 */
export function withPortraits<Sheet extends WithPictures>(
  sheet: Sheet,
  outcomes: ReadonlyMap<PictureWish, PictureOutcome>,
  previous: Published | null,
): { readonly sheet: Sheet; readonly findings: readonly Finding[] } {
  const { scheme } = sheet.settings;
  const findings: Finding[] = [];
  let leftOut = 0;
  const portraitOf = (wish: PictureWish, before: Portrait | null): Portrait | null => {
    const outcome = outcomes.get(wish);
    if (outcome === undefined) return null;
    if (outcome === 'no-library') {
      leftOut += 1;
      return null;
    }
    if (outcome === 'unreachable') {
      findings.push(finding('portrait-unreachable', wish.place, { isKept: before !== null }, scheme));
      return before;
    }
    if (typeof outcome === 'string') {
      findings.push(finding('portrait-refused', wish.place, { why: outcome }, scheme));
      return null;
    }
    if ('src' in outcome) return outcome;
    const { lost: place, account } = outcome;
    findings.push(finding('portrait-not-found', wish.place, { place, account }, scheme));
    return null;
  };
  const departments = sheet.departments.map((department) => {
    const { content, pictures } = department;
    if (content === null || pictures.length === 0) return department;
    const directors = content.directors.map((director, head) => {
      const wish = pictures.find((one) => one.head === head);
      if (wish === undefined) return director;
      return { ...director, portrait: portraitOf(wish, portraitBefore(department, content, director, previous)) };
    });
    return { ...department, content: { ...content, directors } };
  });
  const first = departments.flatMap(({ pictures }) => pictures)[0];
  if (leftOut > 0 && first !== undefined) {
    const { tab, column } = first.place;
    findings.push(
      finding(
        'portraits-left-out',
        { ...(tab != null && { tab }), ...(column != null && { column }) },
        { count: leftOut },
        scheme,
      ),
    );
  }
  return { sheet: { ...sheet, departments }, findings };
}

/** What the pictures turned out to be where nobody looks at them: as they were published. For what is told of a sheet between two releases. */
export function withPortraitsAsPublished<Sheet extends WithPictures>(sheet: Sheet, previous: Published | null): Sheet {
  const outcomes = new Map<PictureWish, PictureOutcome>();
  for (const department of sheet.departments) {
    const { content, pictures } = department;
    for (const wish of pictures) {
      const director = content?.directors[wish.head];
      const before =
        content === null || director === undefined ? null : portraitBefore(department, content, director, previous);
      if (before !== null) outcomes.set(wish, before);
    }
  }
  return withPortraits(sheet, outcomes, previous).sheet;
}

function portraitBefore(
  { fiscalYear }: CheckedDepartment,
  { id }: DepartmentContent,
  { name }: Director,
  previous: Published | null,
): Portrait | null {
  const year = previous?.years.find((one) => one.fiscalYear === fiscalYear);
  const department = year?.departments.find((one) => one.department.id === id)?.department;
  return department?.directors.find((director) => director.name === name)?.portrait ?? null;
}
