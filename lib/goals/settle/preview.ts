import type { Director } from '../model/dataset.ts';
import type { Published, PublishedYear } from '../model/published.ts';
import { type CheckedDepartment, rowKeys } from '../validate.ts';
import type { BeforeAfter } from './before-after.ts';
import { beforeAndAfter } from './before-after.ts';
import type { DepartmentStanding, Settled, UsableSheet } from './settle.ts';
import { settle, settleAll } from './settle.ts';

/** What the sheet says now, drafts, what waits and what is held included, beside what is on the site. */
export interface Preview {
  /** What the pages of the preview say. */
  readonly shown: Published;
  /** What a publication would make of the sheet. */
  readonly settled: Settled;
  /** In the order of the sheet, newest year first. */
  readonly departments: readonly PreviewedDepartment[];
}

export interface PreviewedDepartment extends DepartmentStanding {
  /** Why it is held, in plain Japanese; null where it is not. */
  readonly reason: string | null;
  /** Whether the preview has a page of it. */
  readonly isShown: boolean;
  /** The rows of the sheet that are its own, as `目標!12`; empty where it is gone from the sheet. */
  readonly rows: ReadonlySet<string>;
  /** What is on the site against what the sheet says. */
  readonly differences: readonly BeforeAfter[];
}

/**
 * Settles a sheet as if everything in it were approved and sound, and compares. Pure. Portraits are left aside: their files lie on the site
 * alone. Source: preview in section 4 of the contract.
 */
export function previewOf(sheet: UsableSheet, published: Published | null, now: Date): Preview {
  const before = published === null ? null : withoutPortraits(published);
  const settled = settle({ ...sheet, departments: sheet.departments.map(faceless) }, before, now);
  const asIfPublic = settleAll({ ...sheet, departments: sheet.departments.map(asPublic) }, before, now);
  const yearIn = (published: Published | null, fiscalYear: number): PublishedYear | undefined =>
    published?.years.find((year) => year.fiscalYear === fiscalYear);
  const reasons = new Map(
    settled.held.map(({ fiscalYear, department, reason }) => [`${fiscalYear} ${department}`, reason]),
  );
  const rows = new Map(sheet.departments.map((row) => [`${row.fiscalYear} ${row.name}`, row.rows]));
  const departments = settled.standings.map((one): PreviewedDepartment => {
    const { id, fiscalYear, department } = one;
    const shown = yearIn(asIfPublic.published, fiscalYear);
    const isSame = ({ department: other }: PublishedYear['departments'][number]): boolean => other.id === id;
    const change = asIfPublic.differences.find(
      (candidate) => candidate.departmentId === id && candidate.fiscalYear === fiscalYear,
    );
    const old = yearIn(before, fiscalYear)?.departments.find(isSame)?.department ?? null;
    const after = shown?.departments.find(isSame)?.department ?? null;
    const labels = shown ?? yearIn(before, fiscalYear);
    const isWhole = change?.kind === 'added' || change?.kind === 'withdrawn';
    return {
      ...one,
      reason: reasons.get(`${fiscalYear} ${department}`) ?? null,
      isShown: after !== null,
      rows: rowKeys(rows.get(`${fiscalYear} ${department}`) ?? []),
      differences: isWhole && labels ? beforeAndAfter(old, after, labels) : (change?.differences ?? []),
    };
  });
  return { shown: asIfPublic.published, settled, departments };
}

/** As if it were to be published, and nothing were wrong with it. What is taken off the site stays so. */
function asPublic(department: CheckedDepartment): CheckedDepartment {
  if (department.visibility === 'withdrawn') return department;
  const { readable, approval } = department;
  const content =
    readable === null ? null : { ...readable, approval: typeof approval === 'object' ? readable.approval : null };
  return { ...department, visibility: 'public', approval: 'none', errors: [], content };
}

function faceless(department: CheckedDepartment): CheckedDepartment {
  const { content } = department;
  return content === null ? department : { ...department, content: { ...content, ...withoutFaces(content) } };
}

function withoutPortraits(published: Published): Published {
  const years = published.years.map((year) => ({
    ...year,
    departments: year.departments.map((one) => ({
      ...one,
      department: { ...one.department, ...withoutFaces(one.department) },
    })),
  }));
  return { ...published, years };
}

function withoutFaces({ directors }: { readonly directors: readonly Director[] }): { readonly directors: Director[] } {
  return { directors: directors.map((director) => ({ ...director, portrait: null })) };
}
