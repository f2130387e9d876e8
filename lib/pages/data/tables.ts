import type {
  ColumnValue,
  Dataset,
  Department,
  Evaluation,
  Figure,
  Goal,
  Indicator,
  StatusCode,
} from '../../goals/model/dataset.ts';
import { statusCodes } from '../../goals/model/dataset.ts';
import { inWords } from '../../text/scheme.ts';
import { type ColumnSpec, departmentColumns, goalColumns, indicatorColumns } from '../../workbook/columns.ts';
import { paths } from '../address.ts';
import { type Cell, csvTable } from './csv-table.ts';

/**
 * The tables for spreadsheet programs, as the Digital Agency's guide for open data of local governments asks: the
 * municipality's code and name first, unique headers, Western years, one record a line. Columns of plain text come from the table of
 * columns, the city's own stand at the end.
 */

/** One column: its header, the Table Schema type of its values, what it means, and how a row fills it. */
export interface Column<Row> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'year' | 'date';
  readonly description: string;
  readonly value: (row: Row) => Cell;
}

/** A table of a year, with its records as text. */
export interface DataTable {
  /** `goals`, as in `goals.csv`. */
  readonly name: 'goals' | 'departments' | 'indicators' | 'evaluations';
  readonly title: string;
  readonly path: string;
  readonly columns: readonly Pick<Column<never>, 'name' | 'type' | 'description'>[];
  readonly primaryKey: readonly string[];
  readonly csv: () => string;
}

interface DepartmentRow {
  readonly dataset: Dataset;
  readonly department: Department;
}

interface GoalRow extends DepartmentRow {
  readonly goal: Goal;
}

interface IndicatorRow extends GoalRow {
  readonly indicator: Indicator;
}

interface EvaluationRow extends DepartmentRow {
  readonly goal: Goal | null;
  readonly evaluation: Evaluation;
}

const statusWords: Readonly<Record<StatusCode, string>> = {
  exceeded: '上回る',
  achieved: '達成',
  partial: '一部達成',
  missed: '未達成',
  'in-progress': '進行中',
  'not-started': '未着手',
  cancelled: '中止',
  'not-assessable': '評価不能',
  unrated: '評価前',
};
const everyCode = statusCodes.join('、');
const everyWord = statusCodes.map((code) => statusWords[code]).join('、');

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
    name: '{unit}ID',
    type: 'string',
    description: '{unit}の識別子。年度が変わっても同じ',
    value: ({ department }) => department.id,
  },
  { name: '{unit}名', type: 'string', description: '{unit}の名称', value: ({ department }) => department.name },
];

const updatedColumn: Column<DepartmentRow> = {
  name: '更新日',
  type: 'date',
  description: 'この{unit}の公表内容が最後に変わった日（日本時間）',
  value: ({ department }) => department.updated,
};

const goalNumber = { name: '目標番号', type: 'integer', description: '{unit}の中での目標の番号' } as const;

/** Columns of plain text, each from the property that it is published in. */
function textColumns<Row>(columns: readonly ColumnSpec[], thing: (row: Row) => object): Column<Row>[] {
  return columns.flatMap(({ json, header, description = header }) => {
    if (json === undefined) return [];
    const value = (row: Row): Cell => {
      const text: unknown = Object.entries(thing(row)).find(([name]) => name === json)?.[1];
      return typeof text === 'string' ? text : null;
    };
    return [{ name: header, type: 'string', description, value }];
  });
}

const goalTable: readonly Column<GoalRow>[] = [
  ...sharedColumns,
  { ...goalNumber, value: ({ goal }) => goal.number },
  { name: '目標', type: 'string', description: '目標の文', value: ({ goal }) => goal.text },
  {
    name: '達成状況コード',
    type: 'string',
    description: `達成状況の区分を表す英語のコード（${everyCode}）`,
    value: ({ goal }) => goal.status,
  },
  {
    name: '達成状況',
    type: 'string',
    description: `達成状況の区分（${everyWord}）`,
    value: ({ goal }) => statusWords[goal.status],
  },
  {
    name: '達成状況の表記',
    type: 'string',
    description: '達成状況として{unit}が書いた言葉。評価前は空欄',
    value: ({ goal }) => goal.statusLabel,
  },
  ...textColumns<GoalRow>(goalColumns, ({ goal }) => goal),
  {
    name: '中間の状況コード',
    type: 'string',
    description: `中間の状況の区分を表す英語のコード（${everyCode}）`,
    value: ({ goal }) => goal.interim?.status ?? null,
  },
  {
    name: '中間の状況の表記',
    type: 'string',
    description: '中間の状況として{unit}が書いた言葉',
    value: ({ goal }) => goal.interim?.statusLabel ?? null,
  },
  {
    name: '中間報告',
    type: 'string',
    description: '年度の途中の状況',
    value: ({ goal }) => goal.interim?.report ?? null,
  },
  updatedColumn,
];

/** Several heads stand in one cell, as the record is the department. */
const joined = (texts: readonly (string | null)[]): string | null =>
  texts.every((text) => text === null) ? null : texts.map((text) => text ?? '').join('、');

const departmentTable: readonly Column<DepartmentRow>[] = [
  ...sharedColumns,
  ...textColumns<DepartmentRow>(
    departmentColumns.filter(({ key }) => key === 'departmentKana'),
    ({ department }) => department,
  ),
  {
    name: '職名',
    type: 'string',
    description: '{head}の職名',
    value: ({ department }) => joined(department.directors.map(({ title }) => title)),
  },
  {
    name: '{head}名',
    type: 'string',
    description: '{head}の氏名',
    value: ({ department }) => joined(department.directors.map(({ name }) => name)),
  },
  {
    name: '{head}名（ふりがな）',
    type: 'string',
    description: '{head}の氏名のふりがな',
    value: ({ department }) => joined(department.directors.map(({ nameKana }) => nameKana)),
  },
  ...textColumns<DepartmentRow>(
    departmentColumns.filter(({ key }) => key !== 'departmentKana'),
    ({ department }) => department,
  ),
  { name: '目標数', type: 'integer', description: '目標の数', value: ({ department }) => department.tally.total },
  ...statusCodes.map(
    (code): Column<DepartmentRow> => ({
      name: `${statusWords[code]}の数`,
      type: 'integer',
      description: `達成状況の区分が「${statusWords[code]}」の目標の数`,
      value: ({ department }) => department.tally[code],
    }),
  ),
  updatedColumn,
];

const figures = [
  { key: 'baseline', value: '基準値', at: '基準時点' },
  { key: 'target', value: '目標値', at: '目標時点' },
  { key: 'interim', value: '中間値', at: '中間時点' },
  { key: 'actual', value: '実績値', at: '実績時点' },
] as const;

const directions = { increase: '増やす', decrease: '減らす', keep: '保つ' } as const;

const indicatorTable: readonly Column<IndicatorRow>[] = [
  ...sharedColumns,
  { ...goalNumber, value: ({ goal }) => goal.number },
  { name: '指標名', type: 'string', description: '指標の名前', value: ({ indicator }) => indicator.name },
  { name: '単位', type: 'string', description: '数値の単位', value: ({ indicator }) => indicator.unit },
  {
    name: '向き',
    type: 'string',
    description: '数値を動かしたい向き（増やす、減らす、保つ）',
    value: ({ indicator }) => directions[indicator.direction],
  },
  ...figures.flatMap(({ key, value, at }): Column<IndicatorRow>[] => {
    const of = ({ indicator }: IndicatorRow): Figure | null => indicator[key];
    return [
      { name: value, type: 'number', description: `${value}（数）`, value: (row) => of(row)?.value ?? null },
      {
        name: `${value}の表記`,
        type: 'string',
        description: `${value}として書かれた言葉`,
        value: (row) => of(row)?.text ?? null,
      },
      { name: at, type: 'string', description: `${value}がいつのものか`, value: (row) => of(row)?.at ?? null },
    ];
  }),
  {
    name: '目標値への到達',
    type: 'string',
    description: '実績値が目標値に達したか（達した、達していない）。どちらかの数値がない場合は空欄',
    value: ({ indicator }) => (indicator.reached === null ? null : indicator.reached ? '達した' : '達していない'),
  },
  ...textColumns<IndicatorRow>(indicatorColumns, ({ indicator }) => indicator),
];

const evaluationTable: readonly Column<EvaluationRow>[] = [
  ...sharedColumns,
  {
    ...goalNumber,
    description: '{unit}の中での目標の番号。{unit}全体への評価では空欄',
    value: ({ goal }) => goal?.number ?? null,
  },
  { name: '評価者', type: 'string', description: '評価した人や組織', value: ({ evaluation }) => evaluation.by },
  { name: '評価', type: 'string', description: '評価の言葉や記号', value: ({ evaluation }) => evaluation.rating },
  { name: 'コメント', type: 'string', description: '評価に添えた意見', value: ({ evaluation }) => evaluation.comment },
];

/** The tables of a year: those of goals and departments always, the others where there is something in them. */
export function tablesOf(dataset: Dataset): DataTable[] {
  const { fiscalYear: year } = dataset;
  const departmentRows = dataset.departments.map((department): DepartmentRow => ({ dataset, department }));
  const goalRows = departmentRows.flatMap((row) => row.department.goals.map((goal): GoalRow => ({ ...row, goal })));
  const indicatorRows = goalRows.flatMap((row) =>
    row.goal.indicators.map((indicator): IndicatorRow => ({ ...row, indicator })),
  );
  const evaluationRows = departmentRows.flatMap((row): EvaluationRow[] => [
    ...row.department.evaluations.map((evaluation) => ({ ...row, goal: null, evaluation })),
    ...row.department.goals.flatMap((goal) => goal.evaluations.map((evaluation) => ({ ...row, goal, evaluation }))),
  ]);
  const unitId = '{unit}ID';
  const byNumber = ['年度', unitId, '目標番号'];
  return [
    tableOf(dataset, 'goals', '目標', paths.goalsTable(year), byNumber, goalTable, goalRows, {
      of: 'goal',
      values: ({ goal }) => goal.columns,
    }),
    tableOf(
      dataset,
      'departments',
      '{unit}',
      paths.departmentsTable(year),
      ['年度', unitId],
      departmentTable,
      departmentRows,
      {
        of: 'department',
        values: ({ department }) => department.columns,
      },
    ),
    ...(indicatorRows.length === 0
      ? []
      : [
          tableOf(dataset, 'indicators', '指標', paths.indicatorsTable(year), [], indicatorTable, indicatorRows, {
            of: 'indicator',
            values: ({ indicator }) => indicator.columns,
          }),
        ]),
    ...(evaluationRows.length === 0
      ? []
      : [
          tableOf(
            dataset,
            'evaluations',
            '評価',
            paths.evaluationsTable(year),
            [],
            evaluationTable,
            evaluationRows,
            null,
          ),
        ]),
  ];
}

/** Where the city's own columns of a table are. */
interface OwnColumns<Row> {
  readonly of: 'department' | 'goal' | 'indicator';
  readonly values: (row: Row) => Readonly<Record<string, ColumnValue>>;
}

function tableOf<Row>(
  dataset: Dataset,
  name: DataTable['name'],
  title: string,
  path: string,
  primaryKey: readonly string[],
  standard: readonly Column<Row>[],
  rows: readonly Row[],
  own: OwnColumns<Row> | null,
): DataTable {
  const { scheme } = dataset;
  const columns = unique([
    ...standard.map((column) => ({
      ...column,
      name: inWords(column.name, scheme),
      description: inWords(column.description, scheme),
    })),
    ...(own === null ? [] : ownColumns(dataset, own)),
  ]);
  return {
    name,
    title: inWords(title, scheme),
    path,
    columns,
    primaryKey: primaryKey.map((key) => inWords(key, scheme)),
    csv: () =>
      csvTable([
        columns.map((column) => column.name),
        ...rows.map((row) => columns.map((column) => onOneLine(column.value(row)))),
      ]),
  };
}

/** The city's own columns by their 表示名; one of links is two. Source: section 8 of the contract. */
function ownColumns<Row>({ columns }: Dataset, { of, values }: OwnColumns<Row>): Column<Row>[] {
  return columns
    .filter((column) => column.of === of)
    .flatMap(({ key, label, type, unit, description }): Column<Row>[] => {
      const about = [description ?? label, ...(unit === null ? [] : [`単位：${unit}`])].join('。');
      const own = (row: Row): ColumnValue => values(row)[key] ?? null;
      const shown = (row: Row): Cell => {
        const value = own(row);
        return value !== null && typeof value === 'object' ? value.text : value;
      };
      if (type !== 'link') {
        const kind = type === 'text' ? 'string' : type === 'date' ? 'date' : 'number';
        return [{ name: label, type: kind, description: about, value: shown }];
      }
      const address = (row: Row): Cell => {
        const value = own(row);
        return value !== null && typeof value === 'object' ? value.url : null;
      };
      return [
        { name: label, type: 'string', description: about, value: shown },
        { name: `${label}URL`, type: 'string', description: `${about}のアドレス`, value: address },
      ];
    });
}

/** A header that is taken gets a number: headers of a table are unique. */
function unique<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let count = 2; taken.has(name); count += 1) name = `${column.name}（${count}）`;
    taken.add(name);
    return { ...column, name };
  });
}

function onOneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replaceAll(/[\n\r\v\f\u0085\u2028\u2029]+/gu, ' ') : cell;
}
