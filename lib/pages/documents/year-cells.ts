import { licenceNames } from '../../goals/cells/licence.ts';
import { isVacant, standsIn } from '../../goals/cells/people.ts';
import type { StatusWord } from '../../goals/cells/status.ts';
import { statusCategories } from '../../goals/cells/status.ts';
import type {
  ColumnDefinition,
  ColumnValue,
  Dataset,
  Department,
  Director,
  Evaluation,
  Goal,
  Indicator,
  Phase,
} from '../../goals/model/dataset.ts';
import type { PublishedYear, Reorganisation } from '../../goals/model/published.ts';
import { defaultTitle } from '../../goals/settle/content.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { matchKey } from '../../text/normalize.ts';
import { type Scheme, schemeOf } from '../../text/scheme.ts';
import type {
  ChoiceColumn,
  ColumnSpec,
  DeclarationColumn,
  DepartmentColumn,
  departmentColumns,
  EvaluationColumn,
  goalColumns,
  HistoryColumn,
  indicatorColumns,
  SettingKey,
} from '../../workbook/columns.ts';
import type { statusCells } from './status-cells.ts';

/**
 * What stands in each cell of the year's workbook. Every column of the contract is named here, so that a new one does not compile until
 * somebody has said what of it is published; those of plain text follow from the table of columns.
 */

/** What a column says of a row; null where there is nothing to say. */
export type Cells<Key extends string, Row> = Readonly<Record<Key, ((row: Row) => ColumnValue) | null>>;

/** The columns that the dataset does not hold as they stand. */
type Unlike<Columns extends readonly ColumnSpec[]> = Exclude<Columns[number], { readonly json: string }>['key'];

const statusWord = (code: string): string | null => statusCategories.find((one) => one.code === code)?.word ?? null;

const phaseWords: Readonly<Record<Phase, string>> = { plan: '目標', interim: '中間', result: '結果' };

/** 設定. Only a word of the city's own is given that the others do not lead to. */
export function settingCells(year: PublishedYear, { scheme, ...dataset }: Dataset): Record<SettingKey, string | null> {
  const usual = schemeOf({ unit: scheme.unit, head: null, name: null });
  return {
    municipality: dataset.municipality.name,
    code: dataset.municipality.code,
    fiscalYear: dataset.fiscalYearLabel,
    phase: phaseWords[dataset.phase],
    title: dataset.title,
    introduction: dataset.introduction,
    contact: year.contact,
    // A blank cell would claim the default.
    licence: year.licence === null ? '個別に定める' : licenceNames[year.licence],
    unitName: scheme.unit === '部' ? null : scheme.unit,
    headName: scheme.head === usual.head ? null : scheme.head,
    schemeName: scheme.name === `${scheme.head}目標` ? null : scheme.name,
    deadline: null,
    deadlinePlan: null,
    deadlineInterim: null,
    deadlineResult: null,
    approvers: null,
    unlisted: null,
    publishNow: null,
  };
}

/** A row of 部: the department and its first head, or another head of it. */
export interface DepartmentRow {
  readonly department: Department;
  readonly director: Director | null;
  readonly isFirst: boolean;
}

export function departmentRows(department: Department): DepartmentRow[] {
  const [first = null, ...others] = department.directors;
  return [
    { department, director: first, isFirst: true },
    ...others.map((director) => ({ department, director, isFirst: false })),
  ];
}

export function departmentCells(
  departments: readonly Department[],
  scheme: Scheme,
): Cells<Unlike<typeof departmentColumns>, DepartmentRow> {
  const hasApproval = departments.some(({ approval }) => approval !== null);
  return {
    department: ({ department }) => department.name,
    director: ({ director }) => director?.name ?? null,
    directorKana: ({ director }) => director?.nameKana ?? null,
    directorTitle: (row) => titleCell(row, scheme),
    visibility: null,
    // Its text is private; what is published is whether it was approved. A blank cell would be waiting.
    approval: ({ department, isFirst }) =>
      hasApproval && isFirst ? (department.approval === 'urgent' ? '緊急' : '済') : null,
    // The rows stand in the order of the site.
    order: null,
    urlName: ({ department, isFirst }) => (isFirst ? department.id : null),
    // A picture is published as a file of the site, and never fetched from there.
    portrait: null,
    email: null,
    fiscalYear: null,
  };
}

/** Blank where the department's name leads to it; that of another head is given, and differs, since it is by 職名 that it is one. */
function titleCell({ department, director, isFirst }: DepartmentRow, scheme: Scheme): string | null {
  if (director === null) return null;
  const { title } = director;
  if (isFirst) return title === defaultTitle(department.name, scheme) ? null : title;
  const same = department.directors
    .slice(0, department.directors.indexOf(director))
    .filter((other) => matchKey(other.title) === matchKey(title)).length;
  return same === 0 ? title : `${title}（${same + 1}）`;
}

/** Whether a blank cell of 部 can be an error at all. */
export function isAskedOfDepartment({ director, isFirst }: DepartmentRow, key: DepartmentColumn): boolean {
  const name = director?.name ?? '';
  if (key === 'directorKana') return !isVacant(name) && !standsIn(name);
  return isFirst || key === 'director';
}

export interface GoalRow {
  readonly department: Department;
  readonly goal: Goal;
}

/** The goals of a department. A blank 分類 under a filled one would mean the one above, so those without come first. */
export function goalRows(department: Department): GoalRow[] {
  const { goals } = department;
  const hasGroup = ({ group }: Goal): boolean => group !== null;
  const isSplit = goals.findLastIndex((goal) => !hasGroup(goal)) > goals.findIndex(hasGroup);
  const sorted = isSplit ? goals.toSorted((one, other) => Number(hasGroup(one)) - Number(hasGroup(other))) : goals;
  return sorted.map((goal) => ({ department, goal }));
}

export function goalCells(
  phase: Phase,
  statusCell: ReturnType<typeof statusCells>,
): Cells<Unlike<typeof goalColumns>, GoalRow> {
  return {
    department: ({ department }) => department.name,
    number: ({ goal }) => goal.number,
    goal: ({ goal }) => goal.text,
    // In 中間 the status that is shown is that of the middle of the year, whichever column said it.
    interimStatus: ({ goal }) => {
      const shown = goal.interim ?? (phase === 'interim' ? goal : null);
      return shown === null ? null : statusCell(shown);
    },
    interimReport: ({ goal }) => goal.interim?.report ?? null,
    status: phase === 'result' ? ({ goal }) => statusCell(goal) : null,
    fiscalYear: null,
  };
}

export interface IndicatorRow extends GoalRow {
  readonly indicator: Indicator;
}

const directionWords: Readonly<Record<Indicator['direction'], string>> = {
  increase: '増やす',
  decrease: '減らす',
  keep: '保つ',
};

export const indicatorCells: Cells<Unlike<typeof indicatorColumns>, IndicatorRow> = {
  department: ({ department }) => department.name,
  goalNumber: ({ goal }) => goal.number,
  name: ({ indicator }) => indicator.name,
  unit: ({ indicator }) => indicator.unit,
  direction: ({ indicator }) => directionWords[indicator.direction],
  baseline: ({ indicator }) => indicator.baseline?.text ?? null,
  baselineAt: ({ indicator }) => indicator.baseline?.at ?? null,
  target: ({ indicator }) => indicator.target?.text ?? null,
  targetAt: ({ indicator }) => indicator.target?.at ?? null,
  interim: ({ indicator }) => indicator.interim?.text ?? null,
  interimAt: ({ indicator }) => indicator.interim?.at ?? null,
  actual: ({ indicator }) => indicator.actual?.text ?? null,
  actualAt: ({ indicator }) => indicator.actual?.at ?? null,
  fiscalYear: null,
};

export interface EvaluationRow {
  readonly department: Department;
  /** Null where it is of the department as a whole. */
  readonly goal: Goal | null;
  readonly evaluation: Evaluation;
}

export const evaluationCells: Cells<EvaluationColumn, EvaluationRow> = {
  department: ({ department }) => department.name,
  by: ({ evaluation }) => evaluation.by,
  goalNumber: ({ goal }) => goal?.number ?? null,
  rating: ({ evaluation }) => evaluation.rating,
  comment: ({ evaluation }) => evaluation.comment,
  fiscalYear: null,
};

/** A row of 項目: one of the city's own columns, or what is changed of a column of the contract. */
export interface DeclarationRow {
  readonly header: string;
  readonly tab: string;
  /** Of a column of the city's own. */
  readonly column: ColumnDefinition | null;
  readonly label: string | null;
  readonly required: string | null;
}

const typeWords: Readonly<Record<ColumnDefinition['type'], string>> = {
  text: '文',
  number: '数',
  money: '金額',
  percent: '割合',
  date: '日付',
  link: 'リンク',
};

export const declarationCells: Cells<DeclarationColumn, DeclarationRow> = {
  header: ({ header }) => header,
  tab: ({ tab }) => tab,
  type: ({ column }) => (column === null ? null : typeWords[column.type]),
  required: ({ required }) => required,
  published: null,
  label: ({ label }) => label,
  unit: ({ column }) => column?.unit ?? null,
  description: ({ column }) => column?.description ?? null,
};

export const choiceCells: Cells<ChoiceColumn, StatusWord> = {
  label: ({ label }) => label,
  category: ({ code }) => statusWord(code),
  aliases: ({ aliases }) => aliases.join('、') || null,
  description: ({ description }) => description,
  from: ({ from }) => (from === null ? null : `${from}％`),
};

export const historyCells: Cells<HistoryColumn, Reorganisation> = {
  fiscalYear: ({ fiscalYear }) => fiscalYearLabel(fiscalYear),
  from: ({ from }) => from,
  to: ({ to }) => to,
};
