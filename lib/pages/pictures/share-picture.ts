import { hash } from 'node:crypto';
import {
  achievedIn,
  type Goal,
  type Phase,
  ratedIn,
  type StatusCode,
  sumTallies,
  type Tally,
  tallyOf,
} from '../../goals/model/dataset.ts';
import type { Published, PublishedYear } from '../../goals/model/published.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { statusesOf } from '../data/dataset.ts';
import { scaleOf } from '../html/scale.ts';
import { japanese, type Words } from '../words.ts';

/**
 * What the picture says that services show beside a link to a year or a department. All of it in letters, and the same letters as text
 * for those who do not see it.
 */
export interface SharePicture {
  readonly fiscalYear: number;
  /** The id of the department; null for the year as a whole. */
  readonly department: string | null;
  /** Above: whose it is. */
  readonly heading: readonly string[];
  readonly title: string;
  /** The figures in a sentence. */
  readonly lead: string;
  /** How many goals have come to what, in the city's words and order; none before there is anything to count. */
  readonly steps: readonly {
    readonly code: StatusCode;
    readonly label: string;
    readonly count: string;
    readonly of: number;
  }[];
}

/** A picture to share that the site has. */
export interface NamedPicture extends Pick<SharePicture, 'fiscalYear' | 'department'> {
  readonly key: string;
  /** What stands in it. */
  readonly text: string;
}

/** Says how pictures are drawn: to be changed with it, so that new ones have addresses of their own. */
const recipe = '1';

/**
 * The address goes by what the picture says, and by how it is drawn. So whether there is anything to draw is known without a font or a
 * pixel.
 */
export function sharePictureKey(picture: SharePicture): string {
  const { fiscalYear, department, heading, title, lead, steps } = picture;
  const said = JSON.stringify([recipe, heading, title, lead, steps]);
  const name = department === null ? `${fiscalYear}` : `${fiscalYear}-${department}`;
  return `assets/share-${name}-${hash('sha256', said).slice(0, 16)}.png`;
}

/** All that stands in the picture, from top to bottom. */
export function sharePictureText({ heading, title, lead, steps }: SharePicture): string {
  const counts = steps.map(({ label, count }) => `${label} ${count}`).join('、');
  return `${[...heading, title].join(' ')}。${lead}${counts === '' ? '' : `${counts}。`}`;
}

/** The pictures of every year, and of every department in it. */
export function sharePicturesOf({ years }: Published): SharePicture[] {
  return years.flatMap((year) => {
    const words = japanese(year.scheme);
    const { fiscalYear, municipality, scheme } = year;
    const label = fiscalYearLabel(fiscalYear);
    const departments = year.departments.map(({ department }) => department);
    const counted = countedIn(year, words);
    const whole = {
      fiscalYear,
      department: null,
      heading: [municipality.name],
      title: `${label} ${scheme.name}`,
      ...counted(
        departments.flatMap(({ goals }) => goals),
        sumTallies(departments.map(({ tally }) => tally)),
        (total) => (departments.length === 0 ? words.noDepartments : words.planLead(departments.length, total)),
      ),
    };
    return [
      whole,
      ...departments.map(({ id, name, goals }) => ({
        fiscalYear,
        department: id,
        heading: [`${municipality.name} ${scheme.name}`, label],
        title: name,
        ...counted(goals, tallyOf(goals), (total) => (total === 0 ? words.noGoals : words.departmentLead(total))),
      })),
    ];
  });
}

type Counted = Pick<SharePicture, 'lead' | 'steps'>;

/** Counts some of the goals of a year, as its pages do. */
function countedIn(
  year: PublishedYear,
  words: Words,
): (goals: readonly Goal[], tally: Tally, raised: (total: number) => string) => Counted {
  const statuses = statusesOf(year);
  return (goals, tally, raised) => {
    const rated = ratedIn(tally);
    if (!isCounted(year.phase, tally)) return { lead: raised(tally.total), steps: [] };
    const lead =
      year.phase === 'result' && rated > 0
        ? // What is not rated is counted below.
          words.tallyLead(rated, achievedIn(tally), 0)
        : raised(tally.total);
    const steps = scaleOf(year, { statuses }, goals, words)
      .filter(({ count }) => count > 0)
      .map(({ code, label, count }) => ({ code, label, count: words.goalCount(count), of: count }));
    return { lead, steps };
  };
}

/** Whether there is anything to count: in phase `plan` every goal is unrated. */
function isCounted(phase: Phase, tally: Tally): boolean {
  return phase !== 'plan' && tally.unrated < tally.total;
}
