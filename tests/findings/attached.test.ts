import { describe, expect, test } from 'vitest';
import type { Tabs } from '../support/workbook.ts';
import { at, briefly, fullTabs, outcomeOf, withMarks, withoutColumn, workbookWith } from './sheet.ts';

/** 指標, 評価 and what 項目 asks for: where a finding stands, what it says, and whom it holds. */

const attachedTabs = {
  ...fullTabs,
  指標: [
    ['部名', '目標番号', '指標名', '単位', '向き', '基準値', '目標値', '実績値', '年度'],
    ['総務部', '1', '窓口の数', 'か所', '増やす', '1', '3', '3', '令和6年度'],
    ['福祉部', '2', '乗った人', '人', '', '1,000', '1,500', '1,200', '令和6年度'],
  ],
  評価: [
    ['部名', '目標番号', '評価者', '評価', '意見', '年度'],
    ['総務部', '1', '行政評価委員会', 'A', 'よい取組です。', '令和6年度'],
    ['福祉部', '', '行政評価委員会', '', '続けてください。', '令和6年度'],
  ],
} satisfies Tabs;

const outcome = (tabs: Tabs) => outcomeOf(workbookWith(tabs));
const said = (tabs: Tabs) => outcome(tabs).findings.map(briefly);

test('sound ones give no finding', () => {
  expect(outcome(attachedTabs)).toMatchObject({ findings: [], held: [] });
});

describe.each([
  { tab: '指標', row: 2 },
  { tab: '評価', row: 2 },
])('$tab', ({ tab, row }) => {
  const year = tab === '指標' ? 'I' : 'F';

  test('a name like that of a department is most likely meant for it, and holds it', () => {
    const { findings, held } = outcome(at(attachedTabs, tab, `A${row}`, '総務課部'));
    expect(findings).toMatchObject([
      { code: 'unknown-department', tab, cell: `A${row}`, row, column: '部名', department: '総務課部' },
    ]);
    expect(findings[0]?.fix).toContain('総務部');
    expect(held).toEqual(['総務部']);
  });

  test('a name like none holds nobody', () => {
    const { findings, held } = outcome(at(attachedTabs, tab, `A${row}`, '上下水道局'));
    expect(findings.map(briefly)).toEqual([`unknown-department ${tab}!A${row}`]);
    expect(held).toEqual([]);
  });

  test('a year that cannot be read, or is far off, is said at its cell', () => {
    const unread = outcome(at(attachedTabs, tab, `${year}${row}`, 'いつか'));
    expect(unread.findings).toMatchObject([
      { code: 'unreadable-fiscal-year', tab, cell: `${year}${row}`, column: '年度', department: '総務部' },
    ]);
    expect(unread.held).toEqual(['総務部']);
  });

  test('a number that no goal has is said with those that there are; an error value is said once', () => {
    const { findings, held } = outcome(at(attachedTabs, tab, `B${row}`, '9'));
    expect(findings).toMatchObject([
      { code: 'unknown-goal-number', tab, cell: `B${row}`, column: '目標番号', department: '総務部' },
    ]);
    expect(`${findings[0]?.message}${findings[0]?.fix}`).toContain('1、2、3');
    expect(held).toEqual(outcome(at(attachedTabs, tab, `B${row}`, '九')).held);
    expect(said(at(attachedTabs, tab, `B${row}`, '#REF!'))).toEqual([`error-value ${tab}!B${row}`]);
  });

  test('nothing is said of what belongs to a department that is taken off the site', () => {
    const withdrawn = at(attachedTabs, '部', 'L2', '取下げ');
    expect(outcome(at(withdrawn, tab, `B${row}`, '9')).findings.filter((finding) => finding.tab === tab)).toEqual([]);
  });

  test('without 年度 its rows are of the year of 設定', () => {
    expect(said(withoutColumn(attachedTabs, tab, year))).toEqual([]);
  });
});

describe('figures', () => {
  test('a direction and a figure that cannot be read are said, and hold', () => {
    expect(outcome(at(attachedTabs, '指標', 'E3', '上'))).toMatchObject({
      findings: [{ code: 'unreadable-direction', cell: 'E3', column: '向き', department: '福祉部' }],
    });
    for (const cell of ['F3', 'G3', 'H3']) {
      const { findings } = outcome(at(attachedTabs, '指標', cell, 'たくさん'));
      expect(findings.filter(({ code }) => code === 'unreadable-figure').map(briefly)).toEqual([
        `unreadable-figure 指標!${cell}`,
      ]);
    }
    expect(said(at(attachedTabs, '指標', 'H3', '#DIV/0!'))).toEqual(['error-value 指標!H3']);
    expect(said(at(attachedTabs, '指標', 'E3', '#REF!'))).toEqual(['error-value 指標!E3']);
  });

  test('a date instead of a figure is said as that, and not twice', () => {
    const marks = { H3: { date: { iso: '2025-04-01', number: '45748' } } };
    const { findings } = outcomeOf(withMarks(workbookWith(at(attachedTabs, '指標', 'H3', '4月1日')), '指標', marks));
    expect(findings.map(briefly)).toEqual(['date-format 指標!H3']);
    expect(findings[0]?.message).toContain('4月1日');
  });

  test('two units in one row are said, and 単位 that is written otherwise is the same', () => {
    expect(outcome(at(attachedTabs, '指標', 'H3', '1,200件')).findings).toMatchObject([
      { code: 'two-units', cell: 'D3', department: '福祉部' },
    ]);
    expect(said(at(at(attachedTabs, '指標', 'D3', '％'), '指標', 'H3', '80%'))).toEqual([]);
  });

  test('against the word of the goal: in 結果 alone, with target, figure and their unit', () => {
    const missed = at(attachedTabs, '指標', 'H2', '2');
    const { findings, held } = outcome(missed);
    expect(findings).toMatchObject([{ code: 'figure-against-words', tab: '目標', cell: 'D2', column: '達成状況' }]);
    const words = `${findings[0]?.message}${findings[0]?.fix}`;
    for (const part of ['達成', '窓口の数', '3か所', '2か所']) expect(words).toContain(part);
    expect(held).toEqual([]);
    expect(said(at(missed, '設定', 'B5', '中間'))).not.toContain('figure-against-words 目標!D2');
    expect(said(at(missed, '目標', 'D2', '一部達成'))).toEqual([]);
    expect(said(at(missed, '目標', 'D2', '未達成'))).toEqual([]);
    // The other way round: all of them reached, and the word says 未達成.
    expect(said(at(attachedTabs, '目標', 'D2', '未達成'))).toEqual(['figure-against-words 目標!D2']);
    expect(said(at(attachedTabs, '目標', 'D2', '上回る'))).toEqual([]);
    // Of a figure that is not there yet nothing is said but that.
    expect(said(at(at(attachedTabs, '目標', 'D2', '未達成'), '指標', 'H2', ''))).toEqual(['missing-value 指標!H2']);
    // The unit stands once.
    const [withUnit] = outcome(at(attachedTabs, '指標', 'H2', '2か所')).findings;
    expect(withUnit?.message).toContain('2か所');
    expect(withUnit?.message).not.toContain('2か所か所');
  });
});

test('an opinion that says nothing is noted at its cell; one of rating or opinion is enough', () => {
  expect(outcome(at(attachedTabs, '評価', 'E3', '')).findings).toMatchObject([
    { code: 'empty-evaluation', tab: '評価', cell: 'D3', department: '福祉部' },
  ]);
  expect(said(at(attachedTabs, '評価', 'E2', ''))).toEqual([]);
  expect(said(at(attachedTabs, '評価', 'D2', ''))).toEqual([]);
  expect(said(withoutColumn(attachedTabs, '評価', 'D'))).toEqual([]);
});

describe('what 項目 asks for', () => {
  /** A column 備考 in 目標 and one in 指標, blank but where it is said, asked for by 必須. */
  const asking = (required: string, texts: readonly string[] = []): Tabs => ({
    ...attachedTabs,
    項目: [
      ['見出し', 'シート', '種類', '必須'],
      ['備考', '目標', '文', required],
      ['出典', '指標', '文', required],
    ],
    目標: fullTabs.目標.map((row, index) => [...row, index === 0 ? '備考' : (texts[index - 1] ?? '')]),
    指標: attachedTabs.指標.map((row, index) => [...row, index === 0 ? '出典' : '']),
  });
  const missing = (tabs: Tabs) => said(tabs).filter((line) => line.startsWith('missing-value'));
  const inPhase = (tabs: Tabs, phase: string) => at(tabs, '設定', 'B5', phase);
  const everyGoal = [2, 3, 4, 5, 6, 7, 8].map((row) => `missing-value 目標!G${row}`);
  const everyIndicator = [2, 3].map((row) => `missing-value 指標!J${row}`);

  test.each([
    ['いつも', ['目標', '中間', '結果']],
    ['目標', ['目標']],
    ['中間', ['中間']],
    ['結果', ['結果']],
    ['', []],
  ])('%s: in %j', (required, phases) => {
    for (const phase of ['目標', '中間', '結果']) {
      const expected = phases.includes(phase) ? [...everyGoal, ...everyIndicator] : [];
      expect(missing(inPhase(asking(required), phase)), phase).toEqual(expected);
    }
  });

  test('未達成のとき: where the goal was missed, for its indicators too, and not before there are results', () => {
    // 台帳を改めます is 未達成; 移動を支えます, which has an indicator, is made so.
    expect(missing(asking('未達成のとき'))).toEqual(['missing-value 目標!G3']);
    const both = at(asking('未達成のとき'), '目標', 'D6', '未達成');
    expect(missing(both)).toEqual(['missing-value 目標!G3', 'missing-value 目標!G6', 'missing-value 指標!J3']);
    expect(missing(inPhase(both, '目標'))).toEqual([]);
    expect(outcome(both).held).toEqual(['総務部', '福祉部']);
    expect(missing(asking('未達成のとき', ['', '済み']))).toEqual([]);
  });

  test('a row of the year before is in 結果, whatever the phase of this year', () => {
    const before = [2, 3, 4].reduce((tabs, row) => at(tabs, '目標', `F${row}`, '令和5年度'), asking('結果') as Tabs);
    const moved = inPhase(at(before, '部', 'M2', '令和5年度'), '目標');
    expect(missing(at(moved, '指標', 'I2', '令和5年度'))).toEqual([...everyGoal.slice(0, 3), 'missing-value 指標!J2']);
  });

  test('what cannot be read in a column of the city’s own, by its kind', () => {
    const typed = (type: string, text: string): Tabs => ({
      ...attachedTabs,
      項目: [
        ['見出し', 'シート', '種類', '公表'],
        ['備考', '目標', type, 'する'],
      ],
      目標: fullTabs.目標.map((row, index) => [...row, index === 0 ? '備考' : index === 1 ? text : '']),
    });
    expect(said(typed('数', 'x'))).toEqual(['unreadable-figure 目標!G2']);
    expect(said(typed('金額', 'x'))).toEqual(['unreadable-figure 目標!G2']);
    expect(said(typed('割合', 'x'))).toEqual(['unreadable-figure 目標!G2']);
    expect(said(typed('日付', 'x'))).toEqual(['unreadable-date 目標!G2']);
    expect(said(typed('リンク', 'x'))).toEqual(['unreadable-link 目標!G2']);
    expect(said(typed('文', 'x'))).toEqual([]);
    expect(said(typed('数', '#N/A'))).toEqual(['error-value 目標!G2']);
    const marks = { G2: { date: { iso: '2025-04-01', number: '45748' } } };
    const withDate = (type: string) =>
      outcomeOf(withMarks(workbookWith(typed(type, '4月1日')), '目標', marks)).findings.map(briefly);
    expect(withDate('数')).toEqual(['date-format 目標!G2']);
    expect(withDate('日付')).toEqual([]);
    expect(withDate('リンク')).toEqual(['unreadable-link 目標!G2']);
  });
});

test('how much of a struck-out text is quoted', () => {
  const struck = (text: string) =>
    outcomeOf(withMarks(workbookWith(attachedTabs), '目標', { E2: { struck: text } })).findings.find(
      ({ code }) => code === 'struck-out',
    )?.message ?? '';
  expect(struck(`  消し  た\n言葉 `)).toContain('「消し た 言葉」');
  expect(struck('あ'.repeat(30))).toContain(`「${'あ'.repeat(30)}」`);
  expect(struck('あ'.repeat(31))).toContain(`「${'あ'.repeat(30)}…」`);
});
