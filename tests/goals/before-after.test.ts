import { describe, expect, test } from 'vitest';
import { goalSchema } from '../../lib/goals/model/dataset-schema.ts';
import { keptDepartmentSchema } from '../../lib/goals/model/published-schema.ts';
import { beforeAndAfter } from '../../lib/goals/settle/before-after.ts';
import { differences, isNoContent } from '../../lib/goals/settle/differences.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs } from '../support/settled.ts';

const labels = { scheme: defaultScheme, labels: { 'goals.reason': '課題と対応' }, columns: [] };

const goal = goalSchema.parse({ number: 1, text: '目標の一', status: 'missed', statusLabel: '未達成' });
const department = keptDepartmentSchema.parse({
  id: 'somu',
  name: '総務部',
  updated: '2025-04-01',
  tally: {},
  goals: [goal],
});

/** Something else of the same kind, for each property of the schema. */
const others: Readonly<Record<string, unknown>> = {
  id: 'soumu',
  directors: [{ title: '総務部長', name: '沢田 実', nameKana: 'さわだ みのる', portrait: null }],
  evaluations: [{ by: '町長', rating: 'A', comment: 'よい' }],
  columns: { 職員数: 45 },
  goals: [],
  status: 'achieved',
  statusLabel: '達成',
  number: 2,
  interim: { status: 'in-progress', statusLabel: '進行中', report: '途中です' },
  indicators: [
    {
      name: 'ごみの量',
      unit: 'g',
      direction: 'decrease',
      baseline: { value: 700, text: '700', at: '2019' },
      target: { value: 600, text: '600以下', at: null },
      interim: null,
      actual: null,
      reached: null,
      source: null,
      columns: {},
    },
  ],
};

describe('before and after', () => {
  test.each(Object.keys(keptDepartmentSchema.shape).filter((field) => !isNoContent(field)))(
    'of a department: a change in %s is seen',
    (field) => {
      const changed = keptDepartmentSchema.parse({ ...department, [field]: others[field] ?? '変えた言葉' });
      const seen = beforeAndAfter(department, changed, labels);
      expect(seen.length).toBeGreaterThan(0);
      // Whatever counts as a change has its before and after, and nothing else has.
      expect(differences(department, changed).length > 0).toBe(seen.length > 0);
      for (const { before, after } of seen) expect(before).not.toBe(after);
    },
  );

  test.each(Object.keys(goalSchema.shape))('of a goal: a change in %s is seen', (field) => {
    const changed = { ...department, goals: [goalSchema.parse({ ...goal, [field]: others[field] ?? '変えた言葉' })] };
    const seen = beforeAndAfter(department, changed, labels);
    // The code of a status is told by its words.
    expect(seen.length).toBe(field === 'status' ? 0 : field === 'number' ? 4 : 1);
    expect(JSON.stringify(seen)).not.toMatch(/\[object|undefined/u);
  });

  test('are in words', () => {
    const changed = {
      ...department,
      directors: others['directors'],
      columns: { 職員数: 1450 },
      goals: [{ ...goal, reason: '資材の不足', indicators: others['indicators'] }],
    };
    expect(beforeAndAfter(department, keptDepartmentSchema.parse(changed), labels)).toEqual([
      { goal: null, field: 'directors', label: '部長', before: null, after: '総務部長 沢田 実（さわだ みのる）' },
      { goal: null, field: 'columns.職員数', label: '職員数', before: null, after: '1,450' },
      { goal: 1, field: 'reason', label: '課題と対応', before: null, after: '資材の不足' },
      {
        goal: 1,
        field: 'indicators',
        label: '指標',
        before: null,
        after: 'ごみの量（単位 g、向き 減らす、基準値 700（2019）、目標値 600以下）',
      },
    ]);
  });

  test('of a department with everything: each property in words, in the order of the page', () => {
    const [year] = settleTabs(richTabs, null, new Date('2025-04-01T01:00:00Z')).published.years;
    const somu = year?.departments.find(({ department: { id } }) => id === 'somu')?.department ?? null;
    if (year === undefined || somu === null) throw new Error('総務部 is not published.');
    const all = beforeAndAfter(null, somu, year);
    expect(all.every(({ before }) => before === null)).toBe(true);
    expect(all.map(({ goal: number, field, label, after }) => [number, field, label, after])).toEqual([
      [null, 'name', '部名', '総務部'],
      [null, 'directors', '部長', '総務監 沢田 実（さわだ みのる）\n危機管理監 原 望（はら のぞみ）'],
      [null, 'nameKana', '部名（ふりがな）', 'そうむぶ'],
      [null, 'policy', '部の方針', '方針の一'],
      [null, 'work', '部の仕事', '仕事の一'],
      [null, 'columns.予算', '当初予算', '1,200千円'],
      [1, 'text', '文', '窓口を広げます'],
      [1, 'status', '達成状況', 'よくできた'],
      [1, 'group', '分類', '柱1 安全'],
      [1, 'section', '担当', '窓口課'],
      [1, 'due', '期限', '令和7年3月'],
      [1, 'note', '説明', '3か所になりました。'],
      [1, 'interim', '中間の状況', '順調\n半分を終えました。'],
      [1, 'columns.計画', '計画', 'https://example.jp/plan'],
      [1, 'evaluations', '評価', '市長：妥当'],
      [
        1,
        'indicators',
        '指標',
        '窓口の数（単位 か所、向き 増やす、基準値 1（2023）、中間値 2（9月末）、目標値 3（令和6年度末）、実績値 3（3月末）、割合 85、出典 窓口の記録）',
      ],
      [2, 'text', '文', '台帳を改めます'],
      [2, 'status', '達成状況', 'できなかった'],
      [2, 'group', '分類', '柱1 安全'],
      [2, 'section', '担当', '税務課'],
      [2, 'reason', '理由', '資材が届かず遅れました。'],
      [2, 'interim', '中間の状況', '遅れ'],
      [2, 'indicators', '指標', '待ち時間（単位 分、向き 減らす、基準値 10、目標値 5以下、実績値 7）'],
      [null, 'summary', '総括', '総括の一'],
      [null, 'evaluations', '評価', '行政評価委員会：よい取組です。'],
    ]);
    expect(beforeAndAfter(somu, null, year).map(({ before, after }) => [before, after])).toEqual(
      all.map(({ after }) => [after, null]),
    );
    // A renamed address is a change, a new one is none.
    expect(beforeAndAfter(somu, { ...somu, id: 'soumu' }, year)).toEqual([
      { goal: null, field: 'id', label: 'ページのアドレス', before: 'somu', after: 'soumu' },
    ]);
    const linked = { ...somu, columns: { ...somu.columns, 計画: { text: '計画書', url: 'https://example.jp/' } } };
    expect(beforeAndAfter(somu, linked, year).map(({ after }) => after)).toEqual(['計画書（https://example.jp/）']);
  });

  test('goals that go and come stand in the order of their numbers', () => {
    const changed = {
      ...department,
      goals: [goalSchema.parse({ ...goal, number: 3 }), goalSchema.parse({ ...goal, number: 2 })],
    };
    const seen = beforeAndAfter({ ...department, goals: [{ ...goal, number: 10 }, goal] }, changed, labels);
    expect([...new Set(seen.map(({ goal: number }) => number))]).toEqual([1, 2, 3, 10]);
  });

  test.each([
    [{ status: 'achieved', statusLabel: null }, '達成'],
    [{ status: 'in-progress', statusLabel: null }, '進行中'],
    [{ status: 'missed', statusLabel: '届かず' }, '届かず'],
    [{ status: 'unrated', statusLabel: null }, null],
  ] as const)('a status is told by its word, or that of its category: %j', (status, word) => {
    const other = { ...department, goals: [{ ...goal, status: 'partial' as const, statusLabel: '半ば' }] };
    const seen = beforeAndAfter(other, { ...department, goals: [{ ...goal, ...status }] }, labels);
    expect(seen.map(({ field, before, after }) => [field, before, after])).toEqual([['status', '半ば', word]]);
  });

  test.each([
    ['directors', [{ title: '部長', name: '沢田 実', nameKana: null, portrait: null }], '部長 沢田 実'],
    ['evaluations', [{ by: '町長', rating: 'A', comment: 'よい' }], '町長：A よい'],
    ['evaluations', [{ by: '町長', rating: null, comment: 'よい' }], '町長：よい'],
  ])('%s of %j', (field, value, words) => {
    const changed = keptDepartmentSchema.parse({ ...department, [field]: value });
    expect(beforeAndAfter(department, changed, labels).map(({ after }) => after)).toEqual([words]);
  });

  test('an indicator without a unit, with a source, and a middle of the year without a report', () => {
    const [one] = others['indicators'] as readonly object[];
    const bare = { ...one, unit: null, baseline: null, target: null, source: '統計' };
    const changed = {
      ...goal,
      indicators: [bare],
      interim: { status: 'in-progress', statusLabel: '順調', report: null },
    };
    const after = { ...department, goals: [goalSchema.parse(changed)] };
    expect(beforeAndAfter(department, after, labels).map((entry) => [entry.field, entry.after])).toEqual([
      ['interim', '順調'],
      ['indicators', 'ごみの量（向き 減らす、出典 統計）'],
    ]);
  });

  test('own columns of one name in two tabs have the label and the unit of their own', () => {
    const column = { type: 'number', description: null } as const;
    const columns = [
      { ...column, key: '数', of: 'goal', label: '回数', unit: '回' },
      { ...column, key: '別', of: 'department', label: '別の数', unit: '個' },
      { ...column, key: '数', of: 'department', label: '人数', unit: '人' },
    ] as const;
    const changed = { ...department, columns: { 数: 2 }, goals: [{ ...goal, columns: { 数: 3, 言葉: '文' } }] };
    const seen = beforeAndAfter(department, changed, { ...labels, columns: [...columns] });
    expect(seen.map(({ label, after }) => [label, after])).toEqual([
      ['人数', '2人'],
      ['回数', '3回'],
      ['言葉', '文'],
    ]);
  });

  test('of a department that is new, or goes, name all that it says', () => {
    const added = beforeAndAfter(null, department, labels);
    expect(added.map(({ goal: number, label, before, after }) => [number, label, before, after])).toEqual([
      [null, '部名', null, '総務部'],
      [1, '文', null, '目標の一'],
      [1, '達成状況', null, '未達成'],
    ]);
    expect(beforeAndAfter(department, null, labels).every(({ after }) => after === null)).toBe(true);
  });
});
