import type { Tabs } from '../support/workbook.ts';

/**
 * Cities that are not there, always the same ones: with the proportions of a real sheet (eight departments of six goals; texts
 * as long as departments write them), so that what is measured is what would be done.
 */

export const fiscalYear = 2024;
export const fiscalYearLabel = '令和6年度';
/** The instant of every build. */
export const now = '2025-04-01T10:00:00+09:00';
export const updated = '2025-04-01';

/** As many as Japan has. The last 72 have a ninth department, which makes it 14,000 departments and 84,000 goals. */
export const everyCity = 1_741;
const firstWithNine = everyCity - 72;
const goalsPerDepartment = 6;

/** Two editions of every sheet: in `second`, one goal of the city has another result. */
export type Edition = 'first' | 'second';

export interface BenchGoal {
  readonly number: number;
  readonly text: string;
  readonly status: 'achieved' | 'partial' | 'missed' | 'in-progress';
  readonly label: string;
  readonly note: string | null;
}

export interface BenchDepartment {
  readonly id: string;
  readonly name: string;
  readonly director: { readonly title: string; readonly name: string; readonly kana: string };
  readonly policy: string;
  readonly work: string;
  readonly summary: string;
  readonly goals: readonly BenchGoal[];
}

export interface BenchCity {
  readonly name: string;
  readonly title: string;
  readonly contact: string;
  readonly departments: readonly BenchDepartment[];
}

/** @param index from 0 */
export function cityOf(index: number, edition: Edition = 'first'): BenchCity {
  const chance = chanceOf(index);
  const count = index < firstWithNine ? 8 : 9;
  return {
    name: `架空${String(index + 1).padStart(4, '0')}市`,
    title: `${fiscalYearLabel} 部長目標 結果発表`,
    contact: `企画課\n電話 00-0000-${String(index + 1).padStart(4, '0')}`,
    departments: departmentNames.slice(0, count).map(([id, name], place) => {
      const goals = Array.from({ length: goalsPerDepartment }, (_, goal) => goalOf(goal + 1, chance));
      const [first, ...others] = goals;
      return {
        id,
        name,
        director: { title: `${name}長`, ...pick(directors, chance) },
        policy: `${sentence(chance)}\n${sentence(chance)}`,
        work: `${name}は、${Array.from({ length: 4 }, () => pick(subjects, chance)).join('、')}の4課で、${sentences(4, chance)}`,
        summary: sentences(6, chance),
        goals: edition === 'second' && place === 0 && first !== undefined ? [withOtherResult(first), ...others] : goals,
      };
    }),
  };
}

function goalOf(number: number, chance: () => number): BenchGoal {
  const draw = chance();
  const status = draw < 0.8 ? 'achieved' : draw < 0.9 ? 'partial' : draw < 0.97 ? 'missed' : 'in-progress';
  return {
    number,
    text: sentence(chance).replace('。', '！'),
    status,
    label: statusLabels[status],
    note: chance() < 0.3 ? sentence(chance) : null,
  };
}

function withOtherResult(goal: BenchGoal): BenchGoal {
  const status = goal.status === 'partial' ? 'achieved' : 'partial';
  return { ...goal, status, label: statusLabels[status] };
}

export const statusLabels = {
  achieved: '達成',
  partial: '一部達成',
  missed: '未達成',
  'in-progress': '進行中',
} as const;

/** The city as the sheet that its staff would keep. */
export function tabsOf(city: BenchCity): Tabs {
  return {
    設定: [
      ['項目', '値'],
      ['自治体名', city.name],
      ['年度', fiscalYearLabel],
      ['段階', '結果'],
      ['題名', city.title],
      ['問い合わせ先', city.contact],
    ],
    部: [
      ['部名', 'URL名', '職名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括', '公開'],
      ...city.departments.map(({ id, name, director, policy, work, summary }) => {
        return [name, id, director.title, director.name, director.kana, policy, work, summary, '公開'];
      }),
    ],
    目標: [
      ['部名', '番号', '目標', '達成状況', '説明'],
      ...city.departments.flatMap(({ name, goals }) =>
        goals.map(({ number, text, label, note }) => [name, String(number), text, label, note ?? '']),
      ),
    ],
  };
}

/** Mulberry32 by Tommy Ettinger (public domain): the same numbers in [0, 1) for the same seed, everywhere. */
function chanceOf(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<Item>(items: readonly Item[], chance: () => number): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new RangeError('Nothing to pick from');
  return item;
}

function sentence(chance: () => number): string {
  return `${pick(subjects, chance)}の${pick(objects, chance)}を${Math.ceil(chance() * 90) + 9}${pick(amounts, chance)}${pick(verbs, chance)}。`;
}

function sentences(count: number, chance: () => number): string {
  return Array.from({ length: count }, () => sentence(chance)).join('');
}

const departmentNames = [
  ['kikaku', '企画部'],
  ['somu', '総務部'],
  ['shimin', '市民部'],
  ['fukushi', '福祉部'],
  ['kodomo', 'こども部'],
  ['kankyo', '環境部'],
  ['toshi', '都市部'],
  ['kyoiku', '教育部'],
  ['kowan', '港湾部'],
] as const;

const directors = [
  { name: '沢田 実', kana: 'さわだ みのる' },
  { name: '森 花', kana: 'もり はな' },
  { name: '髙𠮷 みどり', kana: 'たかよし みどり' },
  { name: '五十嵐 学', kana: 'いがらし まなぶ' },
] as const;

const subjects = [
  '窓口の手続き',
  '子育て相談',
  '学校給食',
  '図書館',
  '防災訓練',
  '公園と緑地',
  '道路と橋',
  'ごみの分別',
  '介護予防',
  '地域の見守り',
  '職員の研修',
  '市税の納付',
  '商店街',
  '観光案内',
  '水道管',
  '公民館の講座',
] as const;

const objects = [
  '案内',
  '受付時間',
  '利用者',
  '点検の箇所',
  '満足度',
  '申込みの数',
  '相談の場',
  '協力団体',
  '参加者',
  'オンライン化',
] as const;

const amounts = ['件まで', '人まで', '％まで', 'か所で', '回にわたり'] as const;

const verbs = [
  '増やします',
  '見直します',
  '広げます',
  '改めます',
  '続けます',
  '整えます',
  '分かりやすくします',
] as const;
