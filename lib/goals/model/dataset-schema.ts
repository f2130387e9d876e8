import * as z from 'zod';
import type { ColumnSpec, TextFields } from '../../workbook/columns.ts';
import { departmentColumns, goalColumns, indicatorColumns } from '../../workbook/columns.ts';
import { columnTypes } from '../../workbook/declared.ts';
import { departmentIdPattern, statusCodes } from './dataset.ts';

/**
 * The published dataset, `data/v1/{year}.json`. These schemas are the single definition of it: the types, the check of
 * what is read back from state, the order of its properties, what counts as a change, and the published JSON Schema are all made
 * from them. Columns of plain text come from the table of columns. Fields are only ever added (section 3 of the contract).
 *
 * `{unit}`, `{head}` and `{scheme}` in a description stand for the city's words.
 */

/** The properties of columns of plain text, named in the table of columns by `json`. */
function textFields<const Columns extends readonly ColumnSpec[]>(
  columns: Columns,
): Record<TextFields<Columns>, z.ZodDefault<z.ZodNullable<z.ZodString>>> {
  const fields = columns.flatMap(({ json, description = '' }) =>
    json === undefined ? [] : [[json, z.string().nullable().default(null).meta({ description })] as const],
  );
  // The keys are those of the table, which the type above spells out.
  return Object.fromEntries(fields) as Record<TextFields<Columns>, z.ZodDefault<z.ZodNullable<z.ZodString>>>;
}

export const statusCodeSchema = z.enum(statusCodes);

export const phaseSchema = z.enum(['plan', 'interim', 'result']);

const count = z.int().min(0).default(0);

export const tallySchema = z.object({
  exceeded: count,
  achieved: count,
  partial: count,
  missed: count,
  'in-progress': count,
  'not-started': count,
  cancelled: count,
  'not-assessable': count,
  unrated: count,
  total: count,
});

/** What stands in a column of the city's own, by its kind. */
export const columnValueSchema = z.union([
  z.string(),
  z.number(),
  z.object({ text: z.string(), url: z.string() }),
  z.null(),
]);

const columnValues = z
  .record(z.string(), columnValueSchema)
  .default({})
  .meta({ description: '独自の項目の値。名前は columns の key と同じ' });

export const evaluationSchema = z.object({
  by: z.string().min(1).meta({ description: '評価者' }),
  rating: z.string().nullable().meta({ description: '評価' }),
  comment: z.string().nullable().meta({ description: 'コメント' }),
});

const evaluations = z.array(evaluationSchema).default([]);

export const figureSchema = z.object({
  value: z.number().nullable().meta({ description: '数としての値' }),
  text: z.string().meta({ description: '書かれたとおりの値' }),
  at: z.string().nullable().meta({ description: 'いつの値か' }),
});

const figure = (description: string) => figureSchema.nullable().default(null).meta({ description });

export const indicatorSchema = z.object({
  name: z.string().min(1).meta({ description: '指標の名前' }),
  unit: z.string().nullable().meta({ description: '単位' }),
  direction: z.enum(['increase', 'decrease', 'keep']).meta({ description: '数字を動かしたい向き' }),
  baseline: figure('基準値'),
  target: figure('目標値'),
  interim: figure('中間値'),
  actual: figure('実績値'),
  reached: z.boolean().nullable().meta({ description: '実績が目標に達したか。どちらかの数字がない場合は null' }),
  ...textFields(indicatorColumns),
  columns: columnValues,
});

export const interimSchema = z.object({
  status: statusCodeSchema.meta({ description: '中間の状況の区分' }),
  statusLabel: z.string().nullable().meta({ description: '中間の状況として書かれた言葉' }),
  report: z.string().nullable().meta({ description: '中間報告' }),
});

export const goalSchema = z.object({
  number: z.int().min(1).meta({ description: '{unit}の中での目標の番号' }),
  text: z.string().min(1).meta({ description: '目標の文' }),
  status: statusCodeSchema.meta({ description: '達成状況の区分' }),
  statusLabel: z.string().nullable().meta({ description: '達成状況として{unit}が書いた言葉。評価前は null' }),
  ...textFields(goalColumns),
  interim: interimSchema.nullable().default(null).meta({ description: '中間の状況' }),
  columns: columnValues,
  evaluations,
  indicators: z.array(indicatorSchema).default([]),
});

/** A picture of the site, by its address from the root of the site. */
const portraitSchema = z.object({
  src: z.string().min(1),
  width: z.int().min(1),
  height: z.int().min(1),
});

export const directorSchema = z.object({
  title: z.string().min(1).meta({ description: '職名' }),
  name: z.string().min(1).meta({ description: '{head}の氏名。欠員などは書かれたとおりの言葉' }),
  nameKana: z.string().nullable().meta({ description: '{head}の氏名のふりがな' }),
  portrait: portraitSchema.nullable().default(null).meta({ description: '顔写真。ない場合は null' }),
});

const isoDateSchema = z.iso.date();

/** A department of another year that this one came from, or became. */
const relativeSchema = z.object({
  id: z.string(),
  name: z.string(),
  fiscalYear: z.int(),
});

export const departmentSchema = z.object({
  id: z.string().regex(departmentIdPattern).meta({ description: '{unit}の識別子。年度が変わっても同じ' }),
  name: z.string().min(1).meta({ description: '{unit}名' }),
  directors: z.array(directorSchema).default([]).meta({ description: '{head}。複数のことがある' }),
  ...textFields(departmentColumns),
  updated: isoDateSchema.meta({ description: 'この{unit}の公表内容が最後に変わった日（日本時間）' }),
  approval: z.enum(['approved', 'urgent']).nullable().default(null).meta({ description: '決裁の状態' }),
  predecessors: z.array(relativeSchema).default([]).meta({ description: '組織の変遷による前の{unit}' }),
  successors: z.array(relativeSchema).default([]).meta({ description: '組織の変遷による後の{unit}' }),
  columns: columnValues,
  evaluations,
  tally: tallySchema,
  goals: z.array(goalSchema),
});

export const municipalitySchema = z.object({
  name: z.string().min(1).meta({ description: '地方公共団体名' }),
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .nullable()
    .meta({ description: '全国地方公共団体コード（検査数字を含む6桁）' }),
});

export const schemeSchema = z
  .object({
    name: z.string().min(1).meta({ description: '制度の名' }),
    unit: z.string().min(1).meta({ description: '単位の名' }),
    head: z.string().min(1).meta({ description: '長の名' }),
  })
  .meta({ description: 'この取組の呼び名' });

export const statusWordSchema = z.object({
  code: statusCodeSchema,
  label: z.string().meta({ description: '自治体が使う言葉' }),
  description: z.string().nullable().meta({ description: 'その言葉の意味' }),
});

export const columnDefinitionSchema = z.object({
  key: z.string().meta({ description: '独自の項目の名前' }),
  of: z.enum(['department', 'goal', 'indicator']).meta({ description: '何についての項目か' }),
  label: z.string().meta({ description: 'ページでの呼び名' }),
  type: z.enum(columnTypes).meta({ description: '値の種類' }),
  unit: z.string().nullable().meta({ description: '単位' }),
  description: z.string().nullable().meta({ description: '説明' }),
});

export const datasetSchema = z
  .object({
    schemaVersion: z.literal(1),
    municipality: municipalitySchema,
    scheme: schemeSchema,
    fiscalYear: z.int().meta({ description: '年度（西暦）' }),
    fiscalYearLabel: z.string().meta({ description: '年度（和暦）' }),
    phase: phaseSchema.meta({ description: 'plan は目標、interim は中間、result は結果' }),
    title: z.string().min(1).meta({ description: '題名' }),
    introduction: z.string().nullable().meta({ description: '紹介' }),
    statuses: z.array(statusWordSchema).meta({ description: '達成状況として使う言葉' }),
    columns: z.array(columnDefinitionSchema).meta({ description: '独自の項目' }),
    tally: tallySchema,
    departments: z.array(departmentSchema),
  })
  .meta({ title: '{scheme}', description: '各{unit}が一年度に掲げた目標と、その達成状況' });
