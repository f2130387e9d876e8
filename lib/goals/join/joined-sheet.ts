import type { DepartmentColumn, EvaluationColumn, GoalColumn, IndicatorColumn } from '../../workbook/columns.ts';
import type { Row, SheetRows } from '../../workbook/rows.ts';
import type { StatusVocabulary } from '../cells/status.ts';
import type { Figures } from '../indicator.ts';
import type { Phase } from '../model/dataset.ts';
import type { Reorganisation } from '../model/published.ts';
import type { Settings } from '../settings.ts';

/**
 * The sheet with its goals given to their departments: what the rules look at. Nothing is judged here; where a name is
 * missing or misspelt, it says to which departments a goal may belong, so that none of them is published without it.
 */
export interface JoinedSheet {
  readonly rows: SheetRows;
  readonly settings: Settings;
  readonly vocabulary: StatusVocabulary;
  /** In the order of 部. */
  readonly departments: readonly DepartmentEntry[];
  /** In the order of 目標. */
  readonly goals: readonly GoalEntry[];
  readonly indicators: readonly IndicatorEntry[];
  readonly evaluations: readonly Attachment<EvaluationColumn>[];
  /** The rows of 組織の変遷 that can be read. */
  readonly history: readonly Reorganisation[];
}

/** A row of 指標 or 評価, and what it belongs to. */
export interface Attachment<Column extends string> {
  readonly row: Row<Column>;
  /** Null where it cannot be read. */
  readonly fiscalYear: number | null;
  /** Null where no row of 部 has its name in its year. */
  readonly entry: DepartmentEntry | null;
  /** Null where it names none, or none that there is. */
  readonly goal: GoalEntry | null;
  /** Its 目標番号 names no goal of the department, or cannot be read. */
  readonly isGoalUnknown: boolean;
  /** What findings call its department. */
  readonly departmentName: string | null;
  /** The departments that cannot be published while something is wrong with this row. */
  readonly concerns: readonly DepartmentEntry[];
}

/** A row of 指標, with its figures as they read. */
export interface IndicatorEntry extends Attachment<IndicatorColumn> {
  readonly figures: Figures;
}

/** `public`: may be published; `draft`: leaves on the site what is there; `withdrawn`: is taken off the site. */
export type Visibility = 'public' | 'draft' | 'withdrawn';

/** A row of 部. */
export interface DepartmentEntry {
  readonly row: Row<DepartmentColumn>;
  /** The rows of its heads, in the order of the sheet: its own row, and those that give another head of it. */
  readonly heads: readonly Row<DepartmentColumn>[];
  /** As the row gives it; where the row has none, that of the goals that belong to it, or `''`. */
  readonly name: string;
  /** The name as `matchKey` compares it. */
  readonly key: string;
  /** Null where it cannot be read. */
  readonly fiscalYear: number | null;
  /** Null where the year cannot be read. */
  readonly phase: Phase | null;
  /** Null where it cannot be read. */
  readonly visibility: Visibility | null;
  /** All goals that are, or may be, this department's, in the order of 目標. */
  readonly goals: readonly GoalEntry[];
}

/**
 * How a goal came to its departments:
 * - `own`: by name and year
 * - `restarted`: its name (or year) would be that of the row above, but its number says that another department begins here
 * - `unnamed`: it has no name, or an error value for one
 * - `unknown`: its name is in no row of 部
 * - `other-year`: its name is in 部, but not in its year
 * - `without-year`: its year cannot be read
 */
export type GoalStanding = 'own' | 'restarted' | 'unnamed' | 'unknown' | 'other-year' | 'without-year';

/** A row of 目標. */
export interface GoalEntry {
  readonly row: Row<GoalColumn>;
  /** Null where it cannot be read. */
  readonly fiscalYear: number | null;
  /** Null where the year cannot be read. */
  readonly phase: Phase | null;
  readonly standing: GoalStanding;
  /** What findings call its department; null where nobody can tell. */
  readonly departmentName: string | null;
  /** The departments that cannot be published while something is wrong with this goal. */
  readonly concerns: readonly DepartmentEntry[];
  /** Where a row without a name of its own begins another department: the facts. Null for the rows that follow it. */
  readonly restart: Restart | null;
  /** True for the first of a run of rows that lack a name together: one blank cell is one finding. */
  readonly leads: boolean;
}

export interface Restart {
  /** The column whose blank cell took over the wrong value. */
  readonly column: 'department' | 'fiscalYear';
  /** What it took over; null where there is nothing above. */
  readonly above: string | null;
  readonly number: number;
  /** The department, or the year, that is most likely meant. */
  readonly closest: string;
}
