import { describe, expect, test } from 'vitest';
import { inspect } from '../../lib/inspect.ts';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import { newYearLines, planNewYear } from '../../lib/staff/new-year/new-year.ts';
import { nextWorkbook } from '../../lib/staff/new-year/next-workbook.ts';
import { allTabs, settingItems } from '../../lib/workbook/columns.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { soundTabs, type Tabs, workbookOf } from '../support/workbook.ts';

const now = new Date('2025-04-01T00:00:00Z');

/** The workbook with the cells of a plan written into it. */
function carriedOut(workbook: Workbook): Workbook {
  const plan = planNewYear(workbook, now);
  if (plan.kind !== 'planned') throw new Error(plan.kind);
  return {
    sheets: workbook.sheets.map((sheet) => {
      const rows = sheet.rows.map((row) => [...row]);
      for (const { row, column, after } of plan.cells.filter(({ tab }) => tab === sheet.name)) {
        while (rows.length <= row) rows.push([]);
        const cells = rows[row] ?? [];
        while (cells.length <= column) cells.push('');
        cells[column] = after;
      }
      return { ...sheet, rows };
    }),
  };
}

const texts = (workbook: Workbook, tab: string) => workbook.sheets.find(({ name }) => name === tab)?.rows ?? [];

describe('the next year in the same sheet', () => {
  test('old rows say their year, departments have a row of the new one, and 設定 begins it', () => {
    const after = carriedOut(workbookOf(soundTabs));
    expect(texts(after, '設定')).toEqual([
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', '令和7年度'],
      ['段階', '目標'],
    ]);
    expect(texts(after, '部')).toEqual([
      ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括', '公開', 'URL名', '年度'],
      ['総務部', '沢田 実', 'さわだ みのる', '方針の一', '仕事の一', '総括の一', '公開', 'somu', '令和6年度'],
      ['福祉部', '森 花', 'もり はな', '方針の二', '仕事の二', '総括の二', '公開', 'fukushi', '令和6年度'],
      ['総務部', '沢田 実', 'さわだ みのる', '方針の一', '仕事の一', '', '', 'somu', '令和7年度'],
      ['福祉部', '森 花', 'もり はな', '方針の二', '仕事の二', '', '', 'fukushi', '令和7年度'],
    ]);
    expect(texts(after, '目標').map((row) => row.at(-1))).toEqual(['年度', ...Array(4).fill('令和6年度')]);
    expect(texts(after, '目標')).toHaveLength(5);
    expect(inspect(after, now).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('a second run has nothing to do', () => {
    expect(planNewYear(carriedOut(workbookOf(soundTabs)), now)).toEqual({ kind: 'begun', fiscalYear: 2025 });
  });

  test('says each setting before and after, where the years stand, and how to undo it', () => {
    const plan = planNewYear(workbookOf(soundTabs), now);
    expect(plan.kind === 'planned' && newYearLines(plan)).toEqual([
      '令和7年度の準備をしました。令和6年度の内容は、そのまま残っています。',
      '設定!B3 年度：「令和6年度」 → 「令和7年度」',
      '設定!B4 段階：「結果」 → 「目標」',
      '部：「年度」の列を足し、年度が空欄だった2行に「令和6年度」を書きました（I2:I3）。',
      '目標：「年度」の列を足し、年度が空欄だった4行に「令和6年度」を書きました（F2:F5）。',
      '部：2の部を、令和7年度の行として足しました（4～5行目）。総務部、福祉部',
      '次にすること：「目標」に令和7年度の目標を書き、どの行にも年度を入れてください。部長名と基本方針を見直し、よければ「公開」を選びます。それまで、令和7年度の内容は公表されません。',
      '元に戻すときは、Googleスプレッドシートの「ファイル」→「変更履歴」→「変更履歴を表示」で、この作業の前の版を復元してください。',
    ]);
  });

  test('what was begun by hand is completed: 設定 changed and nothing else, or a department that has no row yet', () => {
    const byHand: Tabs = {
      ...soundTabs,
      設定: [
        ['項目', '値'],
        ['自治体名', '湊野市'],
        ['年度', '令和7年度'],
        ['段階', '目標'],
        ['締切（目標）', '令和7年4月20日'],
      ],
    };
    const completed = carriedOut(workbookOf(byHand));
    expect(texts(completed, '部')).toEqual(texts(carriedOut(workbookOf(soundTabs)), '部'));
    expect(texts(completed, '設定')).toEqual(byHand['設定']);
    expect(planNewYear(completed, now).kind).toBe('begun');

    const whole = carriedOut(workbookOf(soundTabs));
    const half = {
      sheets: whole.sheets.map((sheet) => (sheet.name === '部' ? { ...sheet, rows: sheet.rows.slice(0, -1) } : sheet)),
    };
    expect(planNewYear(half, now)).toMatchObject({ kind: 'planned', departments: ['福祉部'] });
    expect(texts(carriedOut(half), '部')).toEqual(texts(whole, '部'));
  });

  test('a year with goals in it is left alone, and a plan without a year before it too', () => {
    const plan: Tabs = {
      ...soundTabs,
      設定: [
        ['項目', '値'],
        ['自治体名', '湊野市'],
        ['年度', '令和6年度'],
        ['段階', '目標'],
      ],
      部: soundTabs.部.map((row) => row.with(5, '')),
    };
    expect(planNewYear(workbookOf(plan), now)).toEqual({ kind: 'begun', fiscalYear: 2024 });
  });

  test('a sheet of several years: only what has no year gets one, and only the departments of this year go on', () => {
    const years: Tabs = {
      設定: [...soundTabs.設定.slice(0, 3), ['題名', '令和6年度 部長目標（2024年度）'], ['締切', '令和7年3月20日']],
      部: [
        [...(soundTabs.部[0] ?? []), '年度', '電話', '決算'],
        [...(soundTabs.部[1] ?? []), '', '1234', '5'],
        ['旧部', '沢田 実', 'さわだ みのる', '方針', '仕事', '総括', '公開', 'kyu', '令和5年度', '', ''],
      ],
      目標: soundTabs.目標,
      項目: [
        ['見出し', 'シート', '必須'],
        ['電話', '部', ''],
        ['決算', '部', '結果'],
      ],
      組織の変遷: [['年度', '旧', '新']],
    };
    const after = carriedOut(workbookOf(years));
    expect(texts(after, '設定').slice(2)).toEqual([
      ['年度', '令和7年度'],
      ['題名', '令和7年度 部長目標（2025年度）'],
      ['締切', ''],
      ['段階', '目標'],
    ]);
    expect(
      texts(after, '部')
        .slice(1)
        .map((row) => [row[0], ...row.slice(8)]),
    ).toEqual([
      ['総務部', '令和6年度', '1234', '5'],
      ['旧部', '令和5年度', '', ''],
      ['総務部', '令和7年度', '1234'],
    ]);
    const renamed: Tabs = {
      ...years,
      組織の変遷: [
        ['年度', '旧', '新'],
        ['令和7年度', '総務部', '総務局'],
      ],
    };
    expect(planNewYear(workbookOf(renamed), now)).toMatchObject({ departments: [] });
  });

  test('an error value is not taken over, and a sheet without a year is not touched', () => {
    const broken = workbookOf({
      ...soundTabs,
      部: soundTabs.部.map((row) => (row[0] === '総務部' ? row.with(1, '#REF!') : row)),
    });
    const plan = planNewYear(broken, now);
    expect(plan).toMatchObject({ kind: 'planned', errors: [{ tab: '部', cell: 'B2' }] });
    expect(texts(carriedOut(broken), '部')[3]?.[1]).toBe('');
    const without = planNewYear(
      workbookOf({
        ...soundTabs,
        設定: [
          ['項目', '値'],
          ['自治体名', '湊野市'],
        ],
      }),
      now,
    );
    expect(without.kind).toBe('unreadable');
    expect(without.kind === 'unreadable' && without.findings.length).toBeGreaterThan(0);
  });
});

describe("next year's workbook", () => {
  const made = async (tabs: Tabs) => {
    const next = nextWorkbook(workbookOf(tabs), now);
    if (next.kind !== 'made') throw new Error(next.kind);
    const read = await parseWorkbookFile(next.bytes, 'next.xlsx');
    if (!read.ok) throw new Error(read.failure.message);
    return { ...next, workbook: read.workbook };
  };

  test('has the settings, words, choices and departments of this one, the same columns, and no goal', async () => {
    const { workbook, lines } = await made({
      ...soundTabs,
      設定: [
        ...soundTabs.設定,
        ['単位の名', '部'],
        ['締切（結果）', '令和7年3月20日'],
        ['問い合わせ先', '企画課'],
        ['メモ欄', 'x'],
      ],
      選択肢: [
        ['表示', '区分'],
        ['計画どおり', '達成'],
      ],
      部: soundTabs.部.map((row, index) => [...row, index === 0 ? '秘密のメモ' : 'x']),
    });
    const settings = new Map(texts(workbook, '設定').map(([item = '', value = '']) => [item, value]));
    expect(Object.fromEntries(settings)).toMatchObject({
      自治体名: '湊野市',
      年度: '令和7年度',
      段階: '目標',
      単位の名: '部',
      '締切（結果）': '',
      問い合わせ先: '企画課',
    });
    expect(texts(workbook, '部').map((row) => row.slice(0, 8))).toEqual([
      ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括', '公開', 'URL名'],
      ['総務部', '沢田 実', 'さわだ みのる', '方針の一', '仕事の一', '', '', 'somu'],
      ['福祉部', '森 花', 'もり はな', '方針の二', '仕事の二', '', '', 'fukushi'],
    ]);
    expect(texts(workbook, '目標').map((row) => row.filter((text) => text !== ''))).toEqual([soundTabs.目標[0]]);
    expect(texts(workbook, '選択肢').slice(0, 2)).toEqual([
      ['表示', '区分'],
      ['計画どおり', '達成'],
    ]);
    expect(workbook.sheets.map(({ name }) => name)).not.toContain('指標');
    expect(lines.join('\n')).toContain('公表しない列は写していません：部の「秘密のメモ」。');
    expect(lines.join('\n')).toContain('「メモ欄」');
    expect(inspect(workbook, now).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('every column has an answer, and no row with a goal or a result is taken over', () => {
  const kept = (tab: string) =>
    allTabs
      .find(({ key }) => key === tab)
      ?.columns.filter(({ nextYear }) => nextYear === 'kept')
      .map(({ header }) => header);
  expect(kept('departments')).not.toEqual(expect.arrayContaining(['総括']));
  for (const tab of ['goals', 'indicators']) expect(kept(tab)).toEqual(['{unit}名']);
  expect(settingItems.filter(({ nextYear }) => nextYear !== 'kept').map(({ header }) => header)).toEqual([
    '年度',
    '段階',
    '題名',
    '締切',
    '締切（目標）',
    '締切（中間）',
    '締切（結果）',
    '今すぐ公開',
  ]);
});
