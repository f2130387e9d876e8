import { inWords, type Scheme } from '../text/scheme.ts';
import { type ColumnSpec, departmentColumns, goalColumns } from '../workbook/columns.ts';
import type { Department, Goal } from './model/dataset.ts';
import type { PublishedYear } from './model/published.ts';

type TextFieldOf<Thing, Known> = Exclude<keyof Thing, keyof Known>;

/** What readers are told that a property is, where no column of plain text says it. */
const ofDepartment = {
  id: 'ページのアドレス',
  name: '{unit}名',
  directors: '{head}',
  updated: '更新日',
  approval: '決裁',
  predecessors: '組織の変遷',
  successors: '組織の変遷',
  columns: '独自の項目',
  evaluations: '評価',
  tally: '集計',
  goals: '目標',
} as const satisfies Partial<Record<keyof Department, string>>;

const ofGoal = {
  number: '番号',
  text: '文',
  status: '達成状況',
  statusLabel: '達成状況',
  interim: '中間の状況',
  columns: '独自の項目',
  evaluations: '評価',
  indicators: '指標',
} as const satisfies Partial<Record<keyof Goal, string>>;

/** Every other property is a column of plain text, whose header says what it is: a new property does not compile until one does. */
type Named<Columns extends readonly ColumnSpec[]> = Extract<Columns[number], { readonly json: string }>['json'];
const everyFieldHasAName: [
  TextFieldOf<Department, typeof ofDepartment> extends Named<typeof departmentColumns> ? true : never,
  TextFieldOf<Goal, typeof ofGoal> extends Named<typeof goalColumns> ? true : never,
] = [true, true];

/** What a property of the dataset is called in a sentence for readers. */
export function nameOfField(of: 'department' | 'goal', field: string, scheme: Scheme): string {
  const columns: readonly ColumnSpec[] = of === 'goal' ? goalColumns : departmentColumns;
  const names: Readonly<Record<string, string>> = of === 'goal' ? ofGoal : ofDepartment;
  const header = names[field] ?? columns.find(({ json }) => json === field)?.header ?? field;
  return everyFieldHasAName.length > 0 ? inWords(header, scheme) : header;
}

/** What a property is called to the people of a city: its 表示名 where 項目 gives one, else its name in the city's words. */
export function fieldLabel(
  of: 'department' | 'goal',
  field: string,
  { labels, scheme }: Pick<PublishedYear, 'labels' | 'scheme'>,
): string {
  const columns: readonly ColumnSpec[] = of === 'goal' ? goalColumns : departmentColumns;
  const key = columns.find(({ json }) => json === field)?.key ?? field;
  return labels[`${of === 'goal' ? 'goals' : 'departments'}.${key}`] ?? nameOfField(of, field, scheme);
}
