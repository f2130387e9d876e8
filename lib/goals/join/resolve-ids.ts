import { isBlank, matchKey } from '../../text/normalize.ts';
import { textIn } from '../../workbook/rows.ts';
import { idFromName, parseUrlName } from '../cells/department-id.ts';
import type { Reorganisation } from '../model/published.ts';
import type { DepartmentEntry } from './joined-sheet.ts';

/**
 * The name that a department had first, through every renaming that 組織の変遷 records. One row for an old and one for a new name is a
 * renaming; a merger or a split makes new departments. Source: section 1 of the contract.
 */
function oldestNames(history: readonly Reorganisation[]): (name: string) => string {
  const timesOld = Map.groupBy(history, ({ from }) => matchKey(from));
  const timesNew = Map.groupBy(history, ({ to }) => matchKey(to));
  const before = new Map<string, string>();
  for (const { from, to } of history) {
    if (timesOld.get(matchKey(from))?.length === 1 && timesNew.get(matchKey(to))?.length === 1) {
      before.set(matchKey(to), from);
    }
  }
  return (name) => {
    let oldest = name;
    const seen = new Set<string>();
    for (let key = matchKey(name); before.has(key) && !seen.has(key); key = matchKey(oldest)) {
      seen.add(key);
      oldest = before.get(key) ?? oldest;
    }
    return oldest;
  };
}

/**
 * Ids: URL名, or that of the same department in another year of the sheet, or made from its oldest name, so that a department keeps
 * its address from year to year and through a renaming. A department without a readable one has none.
 */
function wantedIds(
  departments: readonly DepartmentEntry[],
  history: readonly Reorganisation[],
): ReadonlyMap<DepartmentEntry, string> {
  const ids = new Map<DepartmentEntry, string>();
  const byKey = new Map<string, string>();
  const oldestOf = oldestNames(history);
  const keyOf = ({ name }: DepartmentEntry): string => matchKey(oldestOf(name));
  const typed = ({ row }: DepartmentEntry): string => textIn(row.fields, 'urlName');
  for (const entry of departments) {
    const id = parseUrlName(typed(entry));
    if (id === null) continue;
    ids.set(entry, id);
    if (!byKey.has(keyOf(entry))) byKey.set(keyOf(entry), id);
  }
  for (const entry of departments) {
    if (entry.key === '' || !isBlank(typed(entry))) continue;
    ids.set(entry, byKey.get(keyOf(entry)) ?? idFromName(oldestOf(entry.name)));
  }
  return ids;
}

/** Departments of one year that want the same id, each with another that wants it. */
export function clashingIds(
  departments: readonly DepartmentEntry[],
  history: readonly Reorganisation[],
): { readonly entry: DepartmentEntry; readonly other: DepartmentEntry }[] {
  const groups = Map.groupBy(wantedIds(departments, history), ([{ fiscalYear }, id]) => `${fiscalYear}\n${id}`);
  return [...groups.values()].flatMap((group) => {
    const entries = group.map(([entry]) => entry);
    const [first] = entries;
    const different = entries.find(({ key }) => key !== first?.key);
    if (first === undefined || different === undefined) return [];
    return entries.map((entry) => ({ entry, other: entry.key === first.key ? different : first }));
  });
}

/** The id of each department; one that clashes, or cannot be told, is left out. */
export function resolveIds(
  departments: readonly DepartmentEntry[],
  history: readonly Reorganisation[],
): ReadonlyMap<DepartmentEntry, string> {
  const ids = new Map(wantedIds(departments, history));
  for (const { entry } of clashingIds(departments, history)) ids.delete(entry);
  return ids;
}
