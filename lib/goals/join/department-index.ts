import { resemblanceTo } from '../../text/resemblance.ts';
import type { DepartmentEntry } from './joined-sheet.ts';

/** Look-ups of the rows of 部 by year and name, each made once however many goals ask. */
export interface DepartmentIndex {
  /** The department of a name in a year; the first where it is there twice. */
  readonly find: (fiscalYear: number, key: string) => DepartmentEntry | undefined;
  /** The same department in every year it has, and where its year cannot be read. */
  readonly inAnyYear: (key: string) => readonly DepartmentEntry[];
  /** The department of that year whose name a text most resembles. */
  readonly resembling: (fiscalYear: number, text: string) => DepartmentEntry | null;
  readonly ofYear: (fiscalYear: number) => readonly DepartmentEntry[];
}

export function indexDepartments(departments: readonly DepartmentEntry[]): DepartmentIndex {
  const named = departments.filter(({ key }) => key !== '');
  const byKey = Map.groupBy(named, ({ key }) => key);
  const byYear = Map.groupBy(named, ({ fiscalYear }) => fiscalYear);
  const byYearAndKey = new Map<string, DepartmentEntry>();
  for (const entry of named) {
    const place = `${entry.fiscalYear}\n${entry.key}`;
    if (!byYearAndKey.has(place)) byYearAndKey.set(place, entry);
  }
  const finders = new Map<number, (text: string) => string | null>();
  const resembled = new Map<string, DepartmentEntry | null>();
  const search = (fiscalYear: number, text: string): DepartmentEntry | null => {
    const candidates = byYear.get(fiscalYear) ?? [];
    const finder = finders.get(fiscalYear) ?? resemblanceTo(candidates.map(({ name }) => name));
    finders.set(fiscalYear, finder);
    const name = finder(text);
    return candidates.find((candidate) => candidate.name === name) ?? null;
  };
  return {
    find: (fiscalYear, key) => byYearAndKey.get(`${fiscalYear}\n${key}`),
    inAnyYear: (key) => byKey.get(key) ?? [],
    resembling: (fiscalYear, text) => {
      // A sheet can repeat one wrong name in thousands of rows.
      const place = `${fiscalYear}\n${text}`;
      const known = resembled.get(place);
      if (known !== undefined) return known;
      const found = search(fiscalYear, text);
      resembled.set(place, found);
      return found;
    },
    ofYear: (fiscalYear) => byYear.get(fiscalYear) ?? [],
  };
}
