import type { Finding } from '../findings/finding.ts';
import { isBlank } from '../text/normalize.ts';
import type { DepartmentEntry, JoinedSheet } from './join/joined-sheet.ts';
import type { RecordColumn, SheetRecord } from './rules/records.ts';
import { isAskedFor, recordsOf } from './rules/records.ts';

/** How a required column of a department is filled in. */
export interface FieldState {
  /** The column's name in the contract. */
  readonly column: string;
  readonly filled: number;
  readonly blank: number;
  /** Cells that hold something that cannot be published. */
  readonly error: number;
}

/** Who has filled in what: one department in one fiscal year. */
export interface Completeness {
  /** 部名; `''` where the row has none. */
  readonly department: string;
  /** Null where it cannot be read. */
  readonly fiscalYear: number | null;
  /** Required cells that hold what can be published. */
  readonly filled: number;
  /** Required cells, by the table of columns and 項目: of its rows in 部, 目標 and 指標. */
  readonly required: number;
  /** Required cells that are blank, as `目標!E26`; where there is no row for them, `目標!目標`. */
  readonly missing: readonly string[];
  readonly fields: readonly FieldState[];
}

/**
 * Who is missing what. Withdrawn departments are left out: nothing is asked of them. Drafts are not: to say early what a
 * department still has to write is the purpose.
 *
 * @param findings what the rules found: a cell with an error is not filled, and not missing either
 */
export function completenessOf(sheet: JoinedSheet, findings: readonly Finding[]): Completeness[] {
  const wrong = new Map<string, Set<string>>();
  for (const { severity, code, tab, cell } of findings) {
    // That a department has no goals is said at its name, which is right.
    if (severity !== 'error' || code === 'department-without-goals') continue;
    if (tab === null || cell === null) continue;
    const cells = wrong.get(tab) ?? new Set();
    wrong.set(tab, cells.add(cell));
  }
  const counts = new Map<DepartmentEntry, Count>();
  for (const entry of sheet.departments) {
    if (entry.visibility !== 'withdrawn') counts.set(entry, { missing: [], fields: new Map() });
  }
  for (const record of recordsOf(sheet)) {
    if (record.only === 'name') continue;
    const count = record.owner === null ? undefined : counts.get(record.owner);
    if (count === undefined) continue;
    for (const column of record.columns) countCell(count, record, column, wrong);
  }
  return [...counts].map(([entry, count]) => {
    // A department has at least one goal, so what is missing of one without is its first.
    if (entry.goals.length === 0) countFirstGoal(count, sheet);
    return summaryOf(entry, count);
  });
}

/** The addresses of cells with an error, by their tab. */
type WrongCells = ReadonlyMap<string, ReadonlySet<string>>;

interface Count {
  readonly missing: string[];
  readonly fields: Map<string, { filled: number; blank: number; error: number }>;
}

function countCell(count: Count, record: SheetRecord, column: RecordColumn, wrong: WrongCells): void {
  if (!isAskedFor(record, column)) return;
  const field = column.fieldOf(record.row);
  const state = stateOf(count, column.header);
  if (field === undefined || isBlank(field.text)) {
    state.blank += 1;
    count.missing.push(`${record.tab}!${field?.cell ?? column.header}`);
  } else if (wrong.get(record.tab)?.has(field.cell) === true) state.error += 1;
  else state.filled += 1;
}

function countFirstGoal(count: Count, { rows }: JoinedSheet): void {
  const header = rows.goals.headers.goal?.text ?? '目標';
  stateOf(count, header).blank += 1;
  count.missing.push(`${rows.goals.tab}!${header}`);
}

function stateOf({ fields }: Count, column: string): { filled: number; blank: number; error: number } {
  const known = fields.get(column);
  if (known !== undefined) return known;
  const state = { filled: 0, blank: 0, error: 0 };
  fields.set(column, state);
  return state;
}

function summaryOf(entry: DepartmentEntry, { missing, fields }: Count): Completeness {
  const states = [...fields].map(([column, state]) => ({ column, ...state }));
  return {
    department: entry.name,
    fiscalYear: entry.fiscalYear,
    filled: states.reduce((sum, { filled }) => sum + filled, 0),
    required: states.reduce((sum, { filled, blank, error }) => sum + filled + blank + error, 0),
    missing,
    fields: states,
  };
}
