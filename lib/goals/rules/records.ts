import type { Place } from '../../findings/catalogue.ts';
import { isBlank } from '../../text/normalize.ts';
import type { Scheme } from '../../text/scheme.ts';
import { inWords } from '../../text/scheme.ts';
import type { ColumnOf, ColumnSpec, DepartmentColumn, Required } from '../../workbook/columns.ts';
import { departmentColumns, evaluationColumns, goalColumns, indicatorColumns } from '../../workbook/columns.ts';
import type { DeclaredColumn } from '../../workbook/declared.ts';
import type { Field, Row, Table } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import { isVacant, standsIn } from '../cells/people.ts';
import { readStatus } from '../cells/status.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { Phase, StatusCode } from '../model/dataset.ts';
import { checkedAttachments, checkedGoals, fieldPlace, isRequired, requiredIn } from './rule.ts';

/** A column that a tab of the sheet has, of the contract or of the city's own. */
export interface RecordColumn {
  /** Of the contract's column; null for one of the city's own. */
  readonly key: string | null;
  /** As findings call it. */
  readonly header: string;
  readonly spec: ColumnSpec | null;
  readonly declared: DeclaredColumn | null;
  readonly required: Required;
  /** Whether what stands in it goes on the site, as it stands or as what it means. */
  readonly isPublished: boolean;
  readonly fieldOf: (row: Row<string>) => Field | undefined;
}

/** A row of 部, 目標, 指標 or 評価 that is looked at, with all that the general rules need of it. */
export interface SheetRecord {
  readonly tab: string;
  /** A row of 目標. */
  readonly isGoal: boolean;
  readonly columns: readonly RecordColumn[];
  readonly row: Row<string>;
  readonly phase: Phase | null;
  /** What the goal came to, for what is asked where it was missed. */
  readonly status: () => StatusCode | null;
  readonly holds: readonly DepartmentEntry[];
  /** The department that the row counts with; null where nobody can tell. */
  readonly owner: DepartmentEntry | null;
  readonly department: string | null;
  /** The row only names another head of its department, or a department that is to be taken off the site. */
  readonly only: 'head' | 'name' | null;
}

export function placeIn({ tab, row, department }: SheetRecord, { header, fieldOf }: RecordColumn): Place {
  return fieldPlace(tab, fieldOf(row), row.row, header, department);
}

/** Columns that a row has which only names another head. */
const ofHeads: readonly DepartmentColumn[] = ['director', 'directorKana', 'directorTitle', 'portrait'];

/** Every row whose content is looked at, in the order of the tabs. */
export function* recordsOf(sheet: JoinedSheet): Generator<SheetRecord> {
  const { rows } = sheet;
  const { scheme } = rows;
  const departments = columnsOf(rows.departments, departmentColumns, scheme);
  const named = departments.filter(({ key }) => key === 'department' || key === 'fiscalYear');
  const heads = departments.filter(({ key }) => ofHeads.some((column) => column === key));
  for (const entry of sheet.departments) {
    const isWithdrawn = entry.visibility === 'withdrawn';
    const shared = {
      tab: rows.departments.tab,
      isGoal: false,
      phase: entry.phase,
      status: () => (entry.goals.some((goal) => statusOf(sheet, goal) === 'missed') ? ('missed' as const) : null),
      holds: [entry],
      owner: entry,
      department: entry.name || null,
    };
    yield {
      ...shared,
      columns: isWithdrawn ? named : departments,
      row: entry.row,
      only: isWithdrawn ? 'name' : null,
    };
    if (isWithdrawn) continue;
    for (const row of entry.heads) if (row !== entry.row) yield { ...shared, columns: heads, row, only: 'head' };
  }
  const goals = columnsOf(rows.goals, goalColumns, scheme);
  const ownerOf = new Map(sheet.departments.flatMap((entry) => entry.goals.map((goal) => [goal, entry] as const)));
  for (const goal of checkedGoals(sheet)) {
    yield {
      tab: rows.goals.tab,
      isGoal: true,
      columns: goals,
      row: goal.row,
      phase: goal.phase,
      status: () => statusOf(sheet, goal),
      holds: goal.concerns,
      owner: ownerOf.get(goal) ?? null,
      department: goal.departmentName,
      only: null,
    };
  }
  const attached = [
    { table: rows.indicators, specs: indicatorColumns, all: checkedAttachments(sheet.indicators) },
    { table: rows.evaluations, specs: evaluationColumns, all: checkedAttachments(sheet.evaluations) },
  ];
  for (const { table, specs, all } of attached) {
    if (table === null) continue;
    const columns = columnsOf<string>(table, specs, scheme);
    for (const one of all) {
      yield {
        tab: table.tab,
        isGoal: false,
        columns,
        row: one.row,
        phase: one.entry?.phase ?? null,
        status: () => (one.goal === null ? null : statusOf(sheet, one.goal)),
        holds: one.concerns,
        owner: one.entry,
        department: one.departmentName,
        only: null,
      };
    }
  }
}

function columnsOf<Key extends string>(
  table: Table<Key>,
  specs: readonly ColumnOf<Key>[],
  scheme: Scheme,
): RecordColumn[] {
  const standard = specs.flatMap((spec): RecordColumn[] => {
    const { key } = spec;
    if (table.headers[key] === undefined) return [];
    return [
      {
        key,
        header: inWords(spec.header, scheme),
        spec,
        declared: null,
        required: requiredIn(table, spec),
        isPublished: spec.hidden !== true && table.changes[key]?.isPublished !== false,
        fieldOf: (row: Row<string>) => row.fields[key],
      },
    ];
  });
  const own = table.declared.map(
    (declared, index): RecordColumn => ({
      key: null,
      header: declared.header,
      spec: null,
      declared,
      required: declared.required,
      isPublished: declared.isPublished,
      fieldOf: (row) => row.declared[index],
    }),
  );
  return [...standard, ...own];
}

/** What the status of a goal reads as: that of the middle of the year where only that is there. */
function statusOf(sheet: JoinedSheet, goal: GoalEntry): StatusCode | null {
  if (goal.phase === 'plan') return null;
  const text = statusField(goal)?.text ?? '';
  const reading = isBlank(text) ? null : readStatus(text, sheet.vocabulary);
  return reading?.kind === 'known' ? reading.code : null;
}

/**
 * The cell that says how a goal stands: in 中間 that of the middle of the year, where 達成状況 stands in for a column that is not there.
 * Source: section 8 of the contract.
 */
function statusField({ phase, row: { fields } }: GoalEntry): Field | undefined {
  return phase === 'interim' ? (fields.interimStatus ?? fields.status) : fields.status;
}

/** Whether a cell of a record must be filled in. Source: ＊ in section 1 of the contract, and 必須 of 項目. */
export function isAskedFor(record: SheetRecord, column: RecordColumn): boolean {
  if (column.required === 'never') return false;
  if (record.isGoal && column.key === 'department') return false;
  if (record.only === 'head' && column.key !== 'director' && column.key !== 'directorKana') return false;
  if (column.required === 'missed' && record.status() !== 'missed') return false;
  if (column.required !== 'missed' && !isRequired(column.required, record.phase)) return false;
  if (column.key === 'directorKana') return needsReading(record.row);
  return true;
}

/** A vacant post, and a person who stands in, need no reading. Source: "People" in section 1 of the contract. */
function needsReading({ fields }: Row<string>): boolean {
  const name = textIn(fields, 'director');
  return !isVacant(name) && !standsIn(name);
}
