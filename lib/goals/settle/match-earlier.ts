import { matchKey } from '../../text/normalize.ts';
import type { KeptDepartment } from '../model/published.ts';
import type { CheckedDepartment } from '../validate.ts';

/** What of a row of 部, and of a published department, says which belong together. */
type RowIdentity = Pick<CheckedDepartment, 'id' | 'key'>;
type PublishedIdentity = { readonly department: Pick<KeptDepartment, 'id' | 'name'> };

/** Which published department each row continues, and what no row continues any more. */
export interface Continuation<Row, Published> {
  readonly byRow: ReadonlyMap<Row, Published>;
  /** With its place among the rows: just behind the department that it followed. */
  readonly gone: readonly (readonly [position: number, department: Published])[];
}

/**
 * Which published department each row continues: the one with its id, else the one with its name (an id can come or go with
 * URL名), else, for rows without a name, those that are left, in order.
 */
export function matchEarlier<Row extends RowIdentity, Published extends PublishedIdentity>(
  rows: readonly Row[],
  before: readonly Published[],
): Continuation<Row, Published> {
  const byRow = new Map<Row, Published>();
  const left = new Map(before.entries());
  const claim = (matches: (row: Row, old: Published['department']) => boolean): void => {
    for (const row of rows) {
      if (byRow.has(row)) continue;
      for (const [position, old] of left) {
        if (!matches(row, old.department)) continue;
        byRow.set(row, old);
        left.delete(position);
        break;
      }
    }
  };
  claim((row, old) => row.id === old.id && row.key === matchKey(old.name));
  claim((row, old) => row.id === old.id);
  claim((row, old) => row.key === matchKey(old.name));
  // A row that lost its name is still there: its department is not gone, and the blank cell is the one thing to mend.
  const nameless = rows.filter((row) => row.key === '' && !byRow.has(row));
  if (nameless.length === left.size) claim((row) => row.key === '');
  const positions = new Map([...byRow].map(([row, old]) => [old, rows.indexOf(row)]));
  const gone: [number, Published][] = [];
  let behind = -1;
  for (const old of before) {
    const position = positions.get(old);
    if (position !== undefined) behind = position;
    // Several in a row keep their order, since sorting is stable.
    else gone.push([behind + 0.5, old]);
  }
  return { byRow, gone };
}
