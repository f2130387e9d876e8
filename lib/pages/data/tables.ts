import { type Dataset, type Department, type Goal, type StatusCode, statusCodes } from '../../goals/model/dataset.ts';
import { type Cell, csvTable } from './csv-table.ts';

/**
 * The tables for spreadsheet programs, as the Digital Agency's guide for open data of local governments asks: the
 * municipality's code and name first, unique headers, Western years, one record a line.
 */

/** One column: its header, the Table Schema type of its values, what it means, and how a row fills it. */
export interface Column<Row> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'year' | 'date';
  readonly description: string;
  readonly value: (row: Row) => Cell;
}

interface DepartmentRow {
  readonly dataset: Dataset;
  readonly department: Department;
}

interface GoalRow extends DepartmentRow {
  readonly goal: Goal;
}

const statusWords: Readonly<Record<StatusCode, string>> = {
  achieved: '達成',
  partial: '一部達成',
  missed: '未達成',
  'in-progress': '進行中',
  unrated: '評価前',
};

const sharedColumns: readonly Column<DepartmentRow>[] = [
  {
    name: '全国地方公共団体コード',
    type: 'string',
    description: '検査数字を含む6桁のコード。登録がない場合は空欄',
    value: ({ dataset }) => dataset.municipality.code,
  },
  {
    name: '地方公共団体名',
    type: 'string',
    description: '市区町村などの名称',
    value: ({ dataset }) => dataset.municipality.name,
  },
  { name: '年度', type: 'year', description: '年度（西暦）', value: ({ dataset }) => dataset.fiscalYear },
  {
    name: '部ID',
    type: 'string',
    description: '部の識別子。年度が変わっても同じ',
    value: ({ department }) => department.id,
  },
  { name: '部名', type: 'string', description: '部の名称', value: ({ department }) => department.name },
];

export const goalColumns: readonly Column<GoalRow>[] = [
  ...sharedColumns,
  { name: '目標番号', type: 'integer', description: '部の中での目標の番号', value: ({ goal }) => goal.number },
  { name: '目標', type: 'string', description: '目標の文', value: ({ goal }) => goal.text },
  {
    name: '達成状況コード',
    type: 'string',
    description: '達成状況の区分を表す英語のコード（achieved、partial、missed、in-progress、unrated）',
    value: ({ goal }) => goal.status,
  },
  {
    name: '達成状況',
    type: 'string',
    description: '達成状況の区分（達成、一部達成、未達成、進行中、評価前）',
    value: ({ goal }) => statusWords[goal.status],
  },
  {
    name: '達成状況の表記',
    type: 'string',
    description: '達成状況として部が書いた言葉。評価前は空欄',
    value: ({ goal }) => goal.statusLabel,
  },
  { name: '説明', type: 'string', description: '目標の説明', value: ({ goal }) => goal.note },
  {
    name: '更新日',
    type: 'date',
    description: 'この部の公表内容が最後に変わった日（日本時間）',
    value: ({ department }) => department.updated,
  },
];

export const departmentColumns: readonly Column<DepartmentRow>[] = [
  ...sharedColumns,
  {
    name: '部名（ふりがな）',
    type: 'string',
    description: '部の名称のふりがな',
    value: ({ department }) => department.nameKana,
  },
  { name: '職名', type: 'string', description: '部長の職名', value: ({ department }) => department.director.title },
  { name: '部長名', type: 'string', description: '部長の氏名', value: ({ department }) => department.director.name },
  {
    name: '部長名（ふりがな）',
    type: 'string',
    description: '部長の氏名のふりがな',
    value: ({ department }) => department.director.nameKana,
  },
  { name: '基本方針', type: 'string', description: '部の基本方針', value: ({ department }) => department.policy },
  { name: '部の仕事', type: 'string', description: '部が受け持つ仕事', value: ({ department }) => department.work },
  { name: '総括', type: 'string', description: '一年の総括', value: ({ department }) => department.summary },
  { name: '目標数', type: 'integer', description: '目標の数', value: ({ department }) => department.tally.total },
  ...statusCodes.map(
    (code): Column<DepartmentRow> => ({
      name: `${statusWords[code]}の数`,
      type: 'integer',
      description: `達成状況の区分が「${statusWords[code]}」の目標の数`,
      value: ({ department }) => department.tally[code],
    }),
  ),
  {
    name: '更新日',
    type: 'date',
    description: 'この部の公表内容が最後に変わった日（日本時間）',
    value: ({ department }) => department.updated,
  },
];

/** `goals.csv`: a line per goal. */
export function goalsTable(dataset: Dataset): string {
  const rows = dataset.departments.flatMap((department) =>
    department.goals.map((goal) => ({ dataset, department, goal })),
  );
  return table(goalColumns, rows);
}

/** `departments.csv`: a line per department. */
export function departmentsTable(dataset: Dataset): string {
  return table(
    departmentColumns,
    dataset.departments.map((department) => ({ dataset, department })),
  );
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const records = rows.map((row) => columns.map((column) => onOneLine(column.value(row))));
  return csvTable([columns.map(({ name }) => name), ...records]);
}

function onOneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replaceAll(/[\n\r\v\f\u0085\u2028\u2029]+/gu, ' ') : cell;
}
