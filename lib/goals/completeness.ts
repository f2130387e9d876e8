import type { Finding } from '../findings/finding.ts';
import { isBlank } from '../text/normalize.ts';
import type { Field } from '../workbook/rows.ts';
import { departmentColumnNames, goalColumnNames } from '../workbook/rows.ts';
import type { DepartmentEntry, JoinedSheet } from './join/joined-sheet.ts';

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
  /** Required cells: five of its row in 部 and one of each goal, and in a year of results 総括 and each 達成状況. */
  readonly required: number;
  /** Required cells that are blank, as `目標!E26`; where the tab has no such column, or no row, `目標!達成状況`. */
  readonly missing: readonly string[];
  readonly fields: readonly FieldState[];
}

/** The required cells of one column, as far as they are there. */
interface RequiredColumn {
  readonly tab: string;
  readonly column: string;
  readonly fields: readonly (Field | undefined)[];
}

/**
 * Who is missing what. Withdrawn departments are left out: nothing is asked of them. Drafts are not: to say early what a
 * department still has to write is the purpose.
 *
 * @param findings what the rules found: a cell with an error is not filled, and not missing either
 */
export function completenessOf(sheet: JoinedSheet, findings: readonly Finding[]): Completeness[] {
  const wrong = new Set<string>();
  for (const { severity, code, tab, cell } of findings) {
    // That a department has no goals is said at its name, which is right.
    if (severity !== 'error' || code === 'department-without-goals') continue;
    if (tab !== null && cell !== null) wrong.add(`${tab}!${cell}`);
  }
  return sheet.departments
    .filter(({ visibility }) => visibility !== 'withdrawn')
    .map((entry) => completenessOfEntry(sheet, entry, wrong));
}

function completenessOfEntry(sheet: JoinedSheet, entry: DepartmentEntry, wrong: ReadonlySet<string>): Completeness {
  const missing: string[] = [];
  const fields: FieldState[] = [];
  for (const { tab, column, fields: cells } of requiredColumns(sheet, entry)) {
    const state = { filled: 0, blank: 0, error: 0 };
    for (const field of cells) {
      if (field === undefined || isBlank(field.text)) {
        state.blank += 1;
        missing.push(`${tab}!${field?.cell ?? column}`);
      } else if (wrong.size > 0 && wrong.has(`${tab}!${field.cell}`)) state.error += 1;
      else state.filled += 1;
    }
    fields.push({ column, ...state });
  }
  return {
    department: entry.name,
    fiscalYear: entry.fiscalYear,
    filled: fields.reduce((sum, { filled }) => sum + filled, 0),
    required: fields.reduce((sum, { filled, blank, error }) => sum + filled + blank + error, 0),
    missing,
    fields,
  };
}

function requiredColumns({ rows }: JoinedSheet, { row, phase, goals }: DepartmentEntry): RequiredColumn[] {
  const { departments: departmentTable, goals: goalTable } = rows;
  const departmentColumns = ['department', 'director', 'directorKana', 'policy', 'work'] as const;
  const inRow = (phase === 'result' ? [...departmentColumns, 'summary' as const] : departmentColumns).map((column) => ({
    tab: departmentTable.tab,
    column: departmentColumnNames[column],
    fields: [row.fields[column]],
  }));
  const inGoals = (column: 'goal' | 'status'): RequiredColumn => ({
    tab: goalTable.tab,
    column: goalColumnNames[column],
    // A department has at least one goal, so what is missing of one without is its first.
    fields: goals.length === 0 ? [undefined] : goals.map((goal) => goal.row.fields[column]),
  });
  return [...inRow, inGoals('goal'), ...(phase === 'result' ? [inGoals('status')] : [])];
}
