import { existsSync, readFileSync } from 'node:fs';
import { read, utils } from '@e965/xlsx';
import * as z from 'zod';
import type { StatusCode } from '../../lib/goals/dataset.ts';
import type { Published } from '../../lib/goals/published.ts';
import { type GoalDraft, publishedOf, yearOf } from './published.ts';

const file = new URL('../../../shared/seed/reiwa6.xlsx', import.meta.url);

/** Whether the real workbook lies beside the repository. Tests that need it are skipped where it does not. */
export const seedIsThere = existsSync(file);

const rowsSchema = z.array(z.record(z.string(), z.coerce.string()));

const codes: readonly (readonly [string, StatusCode])[] = [
  ['一部達成', 'partial'],
  ['未達成', 'missed'],
  ['達成', 'achieved'],
];

/** What the real workbook would publish, for what depends on its size: read as it is, with no check and no correction. */
export function seedPublished(): Published {
  const workbook = read(readFileSync(file));
  const tab = (name: string) => rowsSchema.parse(utils.sheet_to_json(workbook.Sheets[name] ?? {}, { defval: '' }));
  const settings = new Map(tab('設定').map((row) => [row['項目'], row['値']]));
  const goals = tab('目標');
  const year = yearOf({
    title: settings.get('題名') ?? '部長目標',
    departments: tab('部').map((row, index) => ({
      id: `bu-${index + 1}`,
      name: row['部名'] ?? '',
      director: [row['部長名'] ?? '', row['部長名（ふりがな）'] ?? ''],
      policy: row['基本方針'] ?? '',
      work: row['部の仕事'] ?? '',
      summary: row['総括'] ?? '',
      goals: goals
        .filter((goal) => goal['部名'] === row['部名'])
        .map((goal): GoalDraft => {
          const label = goal['達成状況'] ?? '';
          const code = codes.find(([word]) => label.includes(word))?.[1] ?? 'unrated';
          return [goal['目標'] ?? '', code, label];
        }),
    })),
  });
  const name = settings.get('自治体名') ?? '';
  return publishedOf([{ ...year, municipality: { name, code: settings.get('団体コード') ?? null } }]);
}
