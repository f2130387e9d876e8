import type { Published } from '../../lib/goals/model/published.ts';
import { type DepartmentDraft, publishedOf, yearOf } from './published.ts';

/** Content that is long, short, missing or rare, to see that nothing overflows or overlaps. */

const longName =
  'ぬ'.repeat(20) +
  'SuperLongDepartmentNameWithoutAnySpaceInIt'.slice(0, 20) +
  '総合調整推進本部事務局特命担当広域連携部';
const unbroken = 'https://example.example/'.replaceAll('/', '') + 'a'.repeat(180);
const paragraph =
  '総括の文は、長いときには四千字に及ぶことがあります。それでも読みやすく、はみ出さず、重ならないことを確かめます。\n';

const long: DepartmentDraft = {
  id: 'a'.repeat(63),
  name: longName,
  nameKana: 'ぬ'.repeat(60),
  director: [
    'ジャン＝リュック・ド・ラ・フォンテーヌ＝サン＝テグジュペリ・アレクサンドル',
    'じゃんりゅっくどらふぉんてーぬさんてぐじゅぺりあれくさんどる',
  ],
  policy: unbroken,
  work: unbroken.repeat(3),
  summary: paragraph.repeat(Math.ceil(4000 / paragraph.length)).slice(0, 4000),
  held: true,
  goals: Array.from({ length: 30 }, (_, index) =>
    index % 3 === 0
      ? [unbroken, 'missed', '未達成（関係機関との調整に時間を要したため、翌年度へ持ちこし）', unbroken]
      : ['改行のある目標です。\n二行目もあります。', index % 3 === 1 ? 'partial' : 'in-progress'],
  ),
};

const rare: DepartmentDraft = {
  id: 'b',
  name: '葛\u{E0100}飾・﨑・髙・𠮷・𩸽部',
  director: ['𠮷﨑 辻\u{E0101}󠄁', 'よしざき つじ'],
  policy: '短い。',
  work: '無。',
  summary: null,
  goals: [['一', 'achieved', null]],
};

const empty: DepartmentDraft = { id: 'c', name: '部', policy: '無', work: '無', summary: null, goals: [] };

/** Forty departments, some of them odd. */
export function oddPublished(): Published {
  const more = Array.from(
    { length: 37 },
    (_, index): DepartmentDraft => ({ ...rare, id: `d${index}`, name: `第${index + 1}地域振興部` }),
  );
  return publishedOf([
    yearOf({ departments: [long, rare, empty, ...more], contact: unbroken }),
    yearOf({ fiscalYear: 2023, title: '一つの部だけの年度', departments: [long] }),
  ]);
}

export const oddDepartment = long.id;
