import { expect, test } from 'vitest';
import { licenceIds, licenceNames, parseLicence } from '../../lib/goals/cells/licence.ts';
import { publishedSchema } from '../../lib/goals/model/published-schema.ts';
import { publishedOf, yearOf } from '../support/published.ts';

test('terms are known by the names in the list, and as people write them', () => {
  for (const id of licenceIds) expect(parseLicence(licenceNames[id])).toBe(id);
  const spellings = {
    'CC-BY-4.0': [
      'cc-by 4.0',
      'ＣＣ　ＢＹ',
      'クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）',
      'CC-BY-4.0',
      'CC 表示 4.0',
      'クリエイティブ・コモンズ 表示 4.0',
      'クリエイティブ・コモンズ 表示 4.0 国際',
    ],
    'CC0-1.0': ['CC0', 'cc0-1.0'],
    'PDL-1.0': [
      '公共データ利用規約',
      '公共データ利用規約(第1.0版)',
      'PDL1.0',
      '公共データ利用規約（第1.0版）（PDL1.0）',
      'PDL 1.0',
    ],
  };
  for (const [id, texts] of Object.entries(spellings)) {
    for (const text of texts) expect(parseLicence(text), text).toBe(id);
  }
});

test('other terms are not taken for those that they resemble', () => {
  for (const text of [
    'CC BY-SA 4.0',
    'CC BY-NC 4.0',
    'CC BY 2.1 JP',
    'CC BY 4.0 以外',
    '政府標準利用規約（第2.0版）',
    '無断転載禁止',
  ]) {
    expect(parseLicence(text), text).toBeNull();
  }
});

test('what was published before there was a choice is under the default', () => {
  const { licence: _, ...before } = yearOf({ departments: [] });
  const parsed = publishedSchema.parse({ ...publishedOf([]), years: [before] });
  expect(parsed.years.map(({ licence }) => licence)).toEqual(['CC-BY-4.0']);
});
