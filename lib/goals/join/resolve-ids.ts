import { isBlank, isErrorValue } from '../../text/normalize.ts';
import { idFromName, parseUrlName } from '../cells/department-id.ts';
import type { DepartmentEntry } from './joined-sheet.ts';

/**
 * Ids: URL名, or that of the same department in another year of the sheet, or made from the name, so that a department keeps its
 * address from year to year. A department without a readable one has none.
 */
function wantedIds(departments: readonly DepartmentEntry[]): ReadonlyMap<DepartmentEntry, string> {
  const ids = new Map<DepartmentEntry, string>();
  const byKey = new Map<string, string>();
  const typed = ({ row }: DepartmentEntry): string => row.fields.urlName?.text ?? '';
  for (const entry of departments) {
    const text = typed(entry);
    const id = isBlank(text) || isErrorValue(text) ? null : parseUrlName(text);
    if (id === null) continue;
    ids.set(entry, id);
    if (!byKey.has(entry.key)) byKey.set(entry.key, id);
  }
  for (const entry of departments) {
    if (entry.key === '' || !isBlank(typed(entry))) continue;
    ids.set(entry, byKey.get(entry.key) ?? idFromName(entry.name));
  }
  return ids;
}

/** Departments of one year that want the same id, each with another that wants it. */
export function clashingIds(
  departments: readonly DepartmentEntry[],
): { readonly entry: DepartmentEntry; readonly other: DepartmentEntry }[] {
  const groups = Map.groupBy(wantedIds(departments), ([{ fiscalYear }, id]) => `${fiscalYear}\n${id}`);
  return [...groups.values()].flatMap((group) => {
    const entries = group.map(([entry]) => entry);
    const [first] = entries;
    const different = entries.find(({ key }) => key !== first?.key);
    if (first === undefined || different === undefined) return [];
    return entries.map((entry) => ({ entry, other: entry.key === first.key ? different : first }));
  });
}

/** The id of each department; one that clashes, or cannot be told, is left out. */
export function resolveIds(departments: readonly DepartmentEntry[]): ReadonlyMap<DepartmentEntry, string> {
  const ids = new Map(wantedIds(departments));
  for (const { entry } of clashingIds(departments)) ids.delete(entry);
  return ids;
}
