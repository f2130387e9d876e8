import { describe, expect, test } from 'vitest';
import type { KeptDepartment } from '../../lib/goals/model/published.ts';
import { previewOf } from '../../lib/goals/settle/preview.ts';
import { withoutHeaders } from '../support/april-and-may.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs, sheetOf } from '../support/settled.ts';
import type { Tabs } from '../support/workbook.ts';
import { withCell } from '../support/workbook.ts';

/** What is published of a sheet that uses all that the contract has, property by property. */

const now = new Date('2025-04-01T01:00:00Z');

const yearOf = (tabs: Tabs) => settleTabs(tabs, null, now).published.years[0];
function departmentOf(tabs: Tabs, id: string): KeptDepartment {
  const found = yearOf(tabs)?.departments.find(({ department }) => department.id === id);
  if (found === undefined) throw new Error(`${id} is not published.`);
  return found.department;
}
/** The tabs with every cell of a column changed, by its header. */
function withColumn(tabs: Tabs, tab: string, header: string, change: (text: string) => string): Tabs {
  const rows = tabs[tab] ?? [];
  const column = rows[0]?.indexOf(header) ?? -1;
  if (column < 0) throw new RangeError(`There is no ${header} in ${tab}.`);
  return {
    ...tabs,
    [tab]: rows.map((row, index) => row.map((text, at) => (at === column && index > 0 ? change(text) : text))),
  };
}
const inPhase = (phase: string) => withCell(richTabs, '設定', 4, 1, phase);
/** The tabs with a row more in 項目. */
const declaring = (...row: readonly string[]): Tabs => ({ ...richTabs, 項目: [...richTabs.項目, row] });

test('the sheet is sound', () => {
  expect(sheetOf(richTabs, now).findings.map(({ code, cell }) => [code, cell])).toEqual([['urgent-approval', 'J4']]);
});

test('what is said of the year', () => {
  const { departments, ...year } = yearOf(richTabs) ?? { departments: [] };
  expect(year).toEqual({
    municipality: { name: '湊野市', code: '992011' },
    scheme: { name: '部長目標', unit: '部', head: '部長' },
    fiscalYear: 2024,
    phase: 'result',
    title: '令和6年度 湊野の約束',
    introduction: '各部の約束をまとめました。',
    contact: '企画課（電話 000-000-0000）',
    licence: 'CC-BY-4.0',
    statuses: [
      { code: 'achieved', label: 'よくできた', description: '目標に届いた', aliases: ['良くできた'], from: null },
      { code: 'in-progress', label: '順調', description: null, aliases: [], from: null },
      { code: 'partial', label: '遅れ', description: null, aliases: [], from: null },
      { code: 'missed', label: 'できなかった', description: '届かなかった', aliases: [], from: null },
    ],
    columns: [
      { key: '予算', of: 'department', label: '当初予算', type: 'money', unit: '千円', description: '年度当初の額' },
      { key: '計画', of: 'goal', label: '計画', type: 'link', unit: null, description: null },
      { key: '割合', of: 'indicator', label: '割合', type: 'percent', unit: '%', description: null },
    ],
    labels: { 'departments.policy': '部の方針' },
    moved: [],
    unlisted: 0,
  });
  expect(departments.map(({ department: { id }, order, held, approvedBy }) => [id, order, held, approvedBy])).toEqual([
    ['fukushi', 1, false, '緊急'],
    ['somu', 2, false, '令和7年4月1日'],
    ['kyoiku', null, false, '企第3号'],
    ['doboku', null, false, '企第4号'],
  ]);
});

const rated = { exceeded: 0, achieved: 0, partial: 0, missed: 0, 'in-progress': 0, 'not-started': 0, cancelled: 0 };
const tally = (given: Partial<KeptDepartment['tally']>) => ({ ...rated, 'not-assessable': 0, unrated: 0, ...given });
const silentGoal = { group: null, section: null, due: null, note: null, reason: null, interim: null };
const figure = (value: number, text: string, at: string | null) => ({ value, text, at });

test('a department with everything', () => {
  expect(departmentOf(richTabs, 'somu')).toEqual({
    id: 'somu',
    name: '総務部',
    nameKana: 'そうむぶ',
    directors: [
      { title: '総務監', name: '沢田 実', nameKana: 'さわだ みのる', portrait: null },
      { title: '危機管理監', name: '原 望', nameKana: 'はら のぞみ', portrait: null },
    ],
    policy: '方針の一',
    work: '仕事の一',
    summary: '総括の一',
    approval: 'approved',
    columns: { 予算: 1200 },
    evaluations: [{ by: '行政評価委員会', rating: null, comment: 'よい取組です。' }],
    tally: tally({ achieved: 1, missed: 1, total: 2 }),
    updated: '2025-04-01',
    goals: [
      {
        number: 1,
        text: '窓口を広げます',
        status: 'achieved',
        statusLabel: 'よくできた',
        group: '柱1 安全',
        section: '窓口課',
        due: '令和7年3月',
        note: '3か所になりました。',
        reason: null,
        interim: { status: 'in-progress', statusLabel: '順調', report: '半分を終えました。' },
        columns: { 計画: { text: 'https://example.jp/plan', url: 'https://example.jp/plan' } },
        evaluations: [{ by: '市長', rating: '妥当', comment: null }],
        indicators: [
          {
            name: '窓口の数',
            unit: 'か所',
            direction: 'increase',
            baseline: figure(1, '1', '2023'),
            target: figure(3, '3', '令和6年度末'),
            interim: figure(2, '2', '9月末'),
            actual: figure(3, '3', '3月末'),
            reached: true,
            source: '窓口の記録',
            columns: { 割合: 85 },
          },
        ],
      },
      {
        number: 2,
        text: '台帳を改めます',
        status: 'missed',
        statusLabel: 'できなかった',
        group: '柱1 安全',
        section: '税務課',
        due: null,
        note: null,
        reason: '資材が届かず遅れました。',
        interim: { status: 'partial', statusLabel: '遅れ', report: null },
        columns: { 計画: null },
        evaluations: [],
        indicators: [
          {
            name: '待ち時間',
            unit: '分',
            direction: 'decrease',
            baseline: figure(10, '10', null),
            target: figure(5, '5以下', null),
            interim: null,
            actual: figure(7, '7', null),
            reached: false,
            source: null,
            columns: { 割合: null },
          },
        ],
      },
    ],
  });
});

test('a vacant post, urgent, with a bar for a number and an evaluation', () => {
  expect(departmentOf(richTabs, 'fukushi')).toEqual({
    id: 'fukushi',
    name: '福祉部',
    nameKana: 'ふくしぶ',
    directors: [{ title: '福祉部長', name: '（欠員）', nameKana: null, portrait: null }],
    policy: '方針の二',
    work: '仕事の二',
    summary: '総括の二',
    approval: 'urgent',
    columns: { 予算: null },
    evaluations: [{ by: '行政評価委員会', rating: 'A', comment: '続けてください。' }],
    tally: tally({ 'in-progress': 1, total: 1 }),
    updated: '2025-04-01',
    goals: [
      {
        ...silentGoal,
        number: 1,
        text: '移動を支えます',
        status: 'in-progress',
        statusLabel: '順調',
        group: '柱2 安心',
        columns: { 計画: null },
        evaluations: [],
        indicators: [],
      },
    ],
  });
});

describe('the phase decides what is shown of the results', () => {
  test('in 目標 nothing is', () => {
    const { goals, tally: counted } = departmentOf(inPhase('目標'), 'somu');
    expect(goals).toMatchObject([
      { status: 'unrated', statusLabel: null, interim: null },
      { status: 'unrated', statusLabel: null, interim: null },
    ]);
    expect(counted).toEqual(tally({ unrated: 2, total: 2 }));
  });

  test('in 中間 the middle of the year is', () => {
    const tabs = withColumn(inPhase('中間'), '目標', '中間の状況', (text) => text || '順調');
    expect(departmentOf(tabs, 'somu').goals).toMatchObject([
      {
        status: 'in-progress',
        statusLabel: '順調',
        interim: { status: 'in-progress', statusLabel: '順調', report: '半分を終えました。' },
      },
      { status: 'partial', statusLabel: '遅れ', interim: { status: 'partial', statusLabel: '遅れ', report: null } },
    ]);
  });

  test('in 中間 without 中間の状況, 達成状況 says how it stands', () => {
    const goals = departmentOf(withoutHeaders(inPhase('中間'), '目標', '中間の状況'), 'somu').goals;
    expect(goals).toMatchObject([
      { statusLabel: 'よくできた', interim: { statusLabel: 'よくできた', report: '半分を終えました。' } },
      { statusLabel: 'できなかった', interim: { statusLabel: 'できなかった', report: null } },
    ]);
  });

  test('in 結果 a report without a word for it stays a report', () => {
    const tabs = withColumn(richTabs, '目標', '中間の状況', () => '');
    expect(departmentOf(tabs, 'somu').goals.map(({ interim }) => interim)).toEqual([
      { status: 'unrated', statusLabel: null, report: '半分を終えました。' },
      null,
    ]);
  });
});

describe('columns of the contract that 項目 keeps private', () => {
  test.each([
    { sheet: '部', header: '部名（ふりがな）', of: ({ nameKana }: KeptDepartment) => nameKana },
    { sheet: '部', header: '基本方針', of: ({ policy }: KeptDepartment) => policy },
    { sheet: '部', header: '総括', of: ({ summary }: KeptDepartment) => summary },
    { sheet: '部', header: '部長名', of: ({ directors }: KeptDepartment) => directors[0] ?? null },
    { sheet: '部', header: '部長名（ふりがな）', of: ({ directors }: KeptDepartment) => directors[0]?.nameKana },
    { sheet: '目標', header: '説明', of: ({ goals }: KeptDepartment) => goals[0]?.note },
    { sheet: '目標', header: '分類', of: ({ goals }: KeptDepartment) => goals[0]?.group },
    { sheet: '目標', header: '達成状況', of: ({ goals }: KeptDepartment) => goals[0]?.statusLabel },
    { sheet: '目標', header: '中間の状況', of: ({ goals }: KeptDepartment) => goals[0]?.interim?.statusLabel },
    { sheet: '目標', header: '中間報告', of: ({ goals }: KeptDepartment) => goals[0]?.interim?.report },
    { sheet: '指標', header: '単位', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.unit },
    { sheet: '指標', header: '目標値', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.target },
    { sheet: '指標', header: '目標値', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.reached },
    { sheet: '指標', header: '実績値', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.actual },
    { sheet: '指標', header: '実績値', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.reached },
    { sheet: '指標', header: '基準時点', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.baseline?.at },
    { sheet: '指標', header: '中間値', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.interim },
    { sheet: '指標', header: '出典', of: ({ goals }: KeptDepartment) => goals[0]?.indicators[0]?.source },
  ])('$header of $sheet', ({ sheet, header, of }) => {
    // 表示名 of 基本方針 is declared in the sheet already.
    const rest = { ...richTabs, 項目: richTabs.項目.filter(([, name]) => name !== header) };
    expect(of(departmentOf(rest, 'somu'))).not.toBeNull();
    const tabs = { ...rest, 項目: [...rest.項目, [sheet, header, '', '', 'しない']] };
    expect(of(departmentOf(tabs, 'somu'))).toBeNull();
  });

  test('職名: then the title is that of the department', () => {
    const tabs = declaring('部', '職名', '', '', 'しない');
    expect(departmentOf(tabs, 'somu').directors.map(({ title }) => title)).toEqual(['総務部長', '総務部長']);
  });
});

describe('evaluations', () => {
  const evaluated = (...row: readonly string[]): Tabs => ({ ...richTabs, 評価: [...richTabs.評価, row] });
  const ofSomu = (tabs: Tabs) => {
    const { evaluations, goals } = departmentOf(tabs, 'somu');
    return [evaluations, ...goals.map((goal) => goal.evaluations)].map((all) => all.map(({ by }) => by));
  };

  test('several of one goal, and of one department, stand in the order of the sheet', () => {
    expect(ofSomu(evaluated('総務部', '1', '議会', '良', ''))).toEqual([['行政評価委員会'], ['市長', '議会'], []]);
    expect(ofSomu(evaluated('総務部', '', '議会', '良', ''))).toEqual([['行政評価委員会', '議会'], ['市長'], []]);
    expect(ofSomu(evaluated('総務部', '2', '議会', '', '意見'))).toEqual([['行政評価委員会'], ['市長'], ['議会']]);
  });

  test('one of a goal that there is not holds its department, and is nobody’s in the preview', () => {
    const tabs = evaluated('総務部', '9', '議会', '良', '');
    const { shown, settled } = previewOf(sheetOf(tabs, now), null, now);
    expect(settled.held.map(({ department }) => department)).toEqual(['総務部']);
    const somu = shown.years[0]?.departments.find(({ department }) => department.id === 'somu')?.department;
    expect(somu?.evaluations.map(({ by }) => by)).toEqual(['行政評価委員会']);
    expect(somu?.goals.flatMap(({ evaluations }) => evaluations.map(({ by }) => by))).toEqual(['市長']);
  });

  test('one that says nothing is left out', () => {
    expect(ofSomu(evaluated('総務部', '', '議会', '', ''))).toEqual([['行政評価委員会'], ['市長'], []]);
  });
});

test('goals stand in the order of their numbers, whatever that of the rows', () => {
  const [header = [], first = [], second = [], ...others] = richTabs.目標;
  const tabs = {
    ...richTabs,
    目標: [header, ['総務部', ...second.slice(1)], ['総務部', ...first.slice(1)], ...others],
  };
  expect(departmentOf(tabs, 'somu').goals.map(({ number, text }) => [number, text])).toEqual([
    [1, '窓口を広げます'],
    [2, '台帳を改めます'],
  ]);
});

test('line breaks are kept in prose, and are spaces in a line', () => {
  const lines = (tabs: Tabs, [tab, row, column]: readonly [string, number, number]) =>
    withCell(tabs, tab, row, column, '一行目\n二行目');
  const cells = [
    ['部', 1, 4],
    ['部', 1, 5],
    ['目標', 1, 2],
    ['目標', 1, 3],
    ['目標', 1, 7],
    ['評価', 1, 3],
    ['評価', 2, 4],
    ['評価', 2, 2],
    ['指標', 1, 13],
  ] as const;
  const { directors, policy, goals, evaluations } = departmentOf(cells.reduce<Tabs>(lines, richTabs), 'somu');
  const [prose, line] = ['一行目\n二行目', '一行目 二行目'];
  expect([policy, goals[0]?.text, goals[0]?.interim?.report, evaluations[0]?.comment]).toEqual(Array(4).fill(prose));
  const inLines = [directors[0]?.title, goals[0]?.group, goals[0]?.evaluations[0]?.rating, evaluations[0]?.by];
  expect([...inLines, goals[0]?.indicators[0]?.source]).toEqual(Array(5).fill(line));
});

describe('the pictures that 顔写真 asks for', () => {
  const pictured = (...cells: readonly string[]): Tabs => ({
    ...richTabs,
    部: richTabs.部.map((row, index) => [...row, index === 0 ? '顔写真' : (cells[index - 1] ?? '')]),
  });
  const wishesOf = (tabs: Tabs) =>
    sheetOf(tabs, now).departments.map(({ pictures }) =>
      pictures.map(({ head, picture, place }) => [
        head,
        picture.kind === 'file' ? picture.path : '',
        place.cell,
        place.column,
      ]),
    );

  test('each with its head and its cell', () => {
    expect(wishesOf(pictured('sawada.jpg', 'hara.png', '', '写真はありません'))).toEqual([
      [
        [0, 'sawada.jpg', 'O2', '顔写真'],
        [1, 'hara.png', 'O3', '顔写真'],
      ],
      [],
      [],
      [],
    ]);
    expect(wishesOf(pictured('', 'hara.png'))[0]).toEqual([[1, 'hara.png', 'O3', '顔写真']]);
  });

  test('not of a post without a person, of a head without a name, nor where there is no such column', () => {
    expect(wishesOf(pictured('', '', 'mori.jpg'))[1]).toEqual([]);
    const nameless = withColumn(pictured('sawada.jpg', 'hara.png'), '部', '部長名', (text) =>
      text === '原 望' ? '' : text,
    );
    const optional = {
      ...nameless,
      項目: [...richTabs.項目, ['部', '部長名', '', '目標'], ['部', '部長名（ふりがな）', '', '目標']],
    };
    expect(wishesOf(optional)[0]).toEqual([[0, 'sawada.jpg', 'O2', '顔写真']]);
    expect(wishesOf(richTabs)).toEqual([[], [], [], []]);
  });

  test('nor where 項目 keeps it private, nor of what is not to be published now', () => {
    const hidden = { ...pictured('sawada.jpg'), 項目: [...richTabs.項目, ['部', '顔写真', '', '', 'しない']] };
    expect(wishesOf(hidden)[0]).toEqual([]);
    expect(wishesOf(withCell(pictured('sawada.jpg'), '部', 1, 8, '下書き'))[0]).toEqual([]);
    expect(wishesOf(withCell(pictured('sawada.jpg'), '部', 1, 9, ''))[0]).toEqual([]);
    expect(wishesOf(withCell(pictured('sawada.jpg'), '部', 1, 5, ''))[0]).toEqual([]);
  });
});
