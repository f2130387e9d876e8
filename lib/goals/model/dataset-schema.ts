import * as z from 'zod';
import { departmentIdPattern, statusCodes } from './dataset.ts';

/**
 * The published dataset, `data/v1/{year}.json`. These schemas are the single definition of it: the types, the check of
 * what is read back from state, and the published JSON Schema are all made from them.
 */

export const statusCodeSchema = z.enum(statusCodes);

export const phaseSchema = z.enum(['plan', 'interim', 'result']);

const count = z.int().min(0);

export const tallySchema = z.strictObject({
  achieved: count,
  partial: count,
  missed: count,
  'in-progress': count,
  unrated: count,
  total: count,
});

export const goalSchema = z.strictObject({
  number: z.int().min(1).meta({ description: '部の中での目標の番号' }),
  text: z.string().min(1).meta({ description: '目標の文' }),
  status: statusCodeSchema.meta({ description: '達成状況の区分' }),
  statusLabel: z.string().nullable().meta({ description: '達成状況として部が書いた言葉。評価前は null' }),
  note: z.string().nullable().meta({ description: '説明' }),
});

const directorSchema = z.strictObject({
  title: z.string().min(1).meta({ description: '職名' }),
  name: z.string().min(1).meta({ description: '部長の氏名' }),
  nameKana: z.string().min(1).meta({ description: '部長の氏名のふりがな' }),
  portrait: z.string().nullable().meta({ description: '顔写真の所在。ない場合は null' }),
});

const isoDateSchema = z.iso.date();

export const departmentSchema = z.strictObject({
  id: z.string().regex(departmentIdPattern).meta({ description: '部の識別子。年度が変わっても同じ' }),
  name: z.string().min(1).meta({ description: '部名' }),
  nameKana: z.string().nullable().meta({ description: '部名のふりがな' }),
  director: directorSchema,
  policy: z.string().min(1).meta({ description: '基本方針' }),
  work: z.string().min(1).meta({ description: '部の仕事' }),
  summary: z.string().nullable().meta({ description: '総括。結果の公表前は null のことがある' }),
  updated: isoDateSchema.meta({ description: 'この部の公表内容が最後に変わった日（日本時間）' }),
  tally: tallySchema,
  goals: z.array(goalSchema),
});

export const municipalitySchema = z.strictObject({
  name: z.string().min(1).meta({ description: '地方公共団体名' }),
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .nullable()
    .meta({ description: '全国地方公共団体コード（検査数字を含む6桁）' }),
});

export const datasetSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    municipality: municipalitySchema,
    fiscalYear: z.int().meta({ description: '年度（西暦）' }),
    fiscalYearLabel: z.string().meta({ description: '年度（和暦）' }),
    phase: phaseSchema.meta({ description: 'plan は目標、interim は中間、result は結果' }),
    title: z.string().min(1).meta({ description: '題名' }),
    tally: tallySchema,
    departments: z.array(departmentSchema),
  })
  .meta({ title: '部長目標', description: '各部が一年度に掲げた目標と、その達成状況' });
