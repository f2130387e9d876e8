import { describe, expect, test } from 'vitest';
import type { Tabs } from '../support/workbook.ts';
import { at, briefly, fullTabs, outcomeOf, withoutColumn, workbookWith } from './sheet.ts';

/** What findings say beside their place: counts, other cells, the words of the sheet; and whom they hold. */

const outcome = (tabs: Tabs) => outcomeOf(workbookWith(tabs));
const said = (tabs: Tabs) => outcome(tabs).findings.map(briefly);
/** The words of the only finding of a kind, and who is held. */
function wordsOf(tabs: Tabs, code: string) {
  const { findings, held } = outcome(tabs);
  const found = findings.filter((one) => one.code === code);
  return { places: found.map(({ cell }) => cell), words: found.map(({ message, fix }) => message + fix), held };
}
const all: Tabs = fullTabs;
const typed = (tabs: Tabs, tab: string, ...cells: readonly (readonly [string, string])[]) =>
  cells.reduce<Tabs>((sheet, [address, text]) => at(sheet, tab, address, text), tabs);
/** Rows of 目標 as `name number goal status`, with the header of the full sheet. */
const goals = (...rows: readonly string[]): Tabs => ({
  ...all,
  目標: [
    ['部名', '番号', '目標', '達成状況'],
    ...rows.map((line) => {
      const [name = '', number = '', status = '達成'] = line.split(' ').map((cell) => (cell === '.' ? '' : cell));
      return [name, number, '目標を書きます', status];
    }),
  ],
});
const others = ['福祉部 1', '教育部 1'];

describe('a name of 目標 that is in no row of 部', () => {
  test('in one cell is said without places', () => {
    const { places, words } = wordsOf(goals('総務部 1', '上下水道局 1', ...others), 'unknown-department');
    expect(places).toEqual(['A3']);
    expect(words[0]).not.toContain('か所');
    expect(words[0]).not.toMatch(/A3/u);
  });

  test.each([
    ['in two', ['上下水道局 1', '上下水道局 2'], 'A3、A4'],
    ['in three that follow each other', ['上下水道局 1', '上下水道局 2', '上下水道局 3'], 'A3からA5の3か所'],
    ['in three apart', ['上下水道局 1', '総務部 2', '上下水道局 2', '上下水道局 3'], 'A3、A5、A6'],
    ['in a row but for the last', ['上下水道局 1', '上下水道局 2', '総務部 2', '上下水道局 3'], 'A3、A4、A6'],
    [
      'in five',
      ['上下水道局 1', '総務部 2', '上下水道局 2', '上下水道局 3', '上下水道局 4', '上下水道局 5'],
      'A3、A5、A6、A7、A8',
    ],
    [
      'in six',
      ['上下水道局 1', '総務部 2', '上下水道局 2', '上下水道局 3', '上下水道局 4', '上下水道局 5', '上下水道局 6'],
      'A3、A5、A6、A7、A8ほか、計6か所',
    ],
    // Rows with more than one digit are counted as a whole.
    [
      'in the tenth row and those after it',
      [
        '総務部 2',
        '総務部 3',
        '総務部 4',
        '総務部 5',
        '総務部 6',
        '総務部 7',
        '上下水道局 1',
        '上下水道局 2',
        '上下水道局 3',
      ],
      'A9からA11の3か所',
    ],
  ])('%s', (_, rows, places) => {
    const { words } = wordsOf(goals('総務部 1', ...rows, ...others), 'unknown-department');
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(places);
    if (!places.includes('ほか')) expect(words[0]).not.toContain('ほか、計');
  });

  test('two strange names are two findings', () => {
    expect(wordsOf(goals('上下水道局 1', '防災局 1', '総務部 1', ...others), 'unknown-department').places).toEqual([
      'A2',
      'A3',
    ]);
  });

  test('where all goals of a department have it, it is said at the department', () => {
    const { places, words, held } = wordsOf(goals('総矛部 1', '総矛部 2', ...others), 'department-named-otherwise');
    expect([places, held]).toEqual([['A2'], ['総務部']]);
    expect(words[0]).toContain('総矛部');
    expect(words[0]).toContain('A2、A3');
    // One goal that has the right name: then the others are misspelt.
    expect(said(goals('総矛部 1', '総矛部 2', '総務部 3', ...others))).toEqual(['unknown-department 目標!A2']);
    // One goal alone is one slip of its own.
    expect(said(goals('総矛部 1', ...others))[0]).toBe('unknown-department 目標!A2');
  });
});

describe('numbers', () => {
  test.each([
    [['総務部 1', '総務部 3'], 'B3', '2'],
    [['総務部 1', '総務部 5'], 'B3', '2から4'],
    [['総務部 4', '総務部 1'], 'B2', '2から3'],
    [['総務部 2'], 'B2', '1'],
  ])('%j', (rows, cell, missing) => {
    const { places, words } = wordsOf(goals(...rows, ...others), 'gap-in-numbers');
    expect(places).toEqual([cell]);
    expect(words[0]).toMatch(new RegExp(`(?<![0-9])${missing}(?![0-9])`, 'u'));
  });

  test('that go on from the department before have no gap, nor those of one beside it', () => {
    expect(said(goals('総務部 1', '総務部 2', '福祉部 3', '福祉部 4', '教育部 5'))).toEqual([]);
    expect(said(goals('総務部 1', '総務部 2', '福祉部 1', '教育部 2'))).toEqual([]);
    expect(said(goals('総務部 1', '福祉部 3', '教育部 1'))).toEqual(['gap-in-numbers 目標!B3']);
  });

  test('there twice: said at the second, with the cell of the first; and no gap is told then', () => {
    const { places, words, held } = wordsOf(goals('総務部 1', '総務部 3', '総務部 3', ...others), 'repeated-number');
    expect([places, held]).toEqual([['B4'], ['総務部']]);
    expect(words[0]).toContain('B3');
    expect(said(goals('総務部 1', '総務部 3', '総務部 3', ...others))).toEqual(['repeated-number 目標!B4']);
  });

  test('a goal that may be meant for a department fills its gap', () => {
    expect(said(goals('総務部 1', '総矛部 2', '総務部 3', ...others))).toEqual(['unknown-department 目標!A3']);
    expect(said(goals('総務部 1', '総矛部 .', '総務部 3', ...others))).toEqual(['unknown-department 目標!A3']);
  });

  test('a number that cannot be read is said, and nothing more of its department', () => {
    expect(said(goals('総務部 1', '総務部 い', '総務部 5', ...others))).toEqual(['unreadable-number 目標!B3']);
  });
});

describe('a blank 部名 between two departments, without numbers', () => {
  const sheet = (...names: readonly string[]) => goals(...names.map((name) => `${name} .`), '教育部 .');

  test.each([
    ['written out above', ['総務部', '総務部', '.', '福祉部'], ['A4']],
    ['written out below', ['総務部', '.', '福祉部', '福祉部'], ['A3']],
    ['written once each: a blank means the one above', ['総務部', '.', '福祉部'], []],
    ['two blanks', ['総務部', '総務部', '.', '.', '福祉部', '福祉部'], []],
    ['between two rows of one department', ['総務部', '総務部', '.', '総務部', '福祉部'], []],
  ])('%s', (_, names, places) => {
    const found = wordsOf(sheet(...names), 'carried-department');
    expect(found.places).toEqual(places);
    if (places.length === 0) return;
    expect(found.words[0]).toContain('総務部');
    expect(found.words[0]).toContain('福祉部');
    expect(found.held).toEqual([]);
  });

  test('a department without goals may own those that one above took over: both are held', () => {
    const { held } = wordsOf(goals('総務部 .', '. .', '教育部 .'), 'department-without-goals');
    expect(held).toEqual(['総務部', '福祉部']);
    // With numbers, or a name of its own, there is no doubt whose it is.
    expect(wordsOf(goals('総務部 1', '. 2', '教育部 .'), 'department-without-goals').held).toEqual(['福祉部']);
    expect(wordsOf(goals('総務部 .', '総務部 .', '教育部 .'), 'department-without-goals').held).toEqual(['福祉部']);
  });
});

describe('部', () => {
  test('rows of one department say each where the other is', () => {
    const row = all['部']?.[1] ?? [];
    const tabs = { ...all, 部: [...(all['部'] ?? []), row, row] };
    const { places, words, held } = wordsOf(tabs, 'repeated-department');
    expect(places).toEqual(['A2', 'A5', 'A6']);
    expect(words.map((text) => /A\d/u.exec(text)?.[0])).toEqual(['A5', 'A2', 'A2']);
    expect(held).toEqual(['総務部']);
  });

  test.each([
    ['one of three is forgotten', [['H2', '']], ['missing-department-kana 部!H2']],
    [
      'two of three are not',
      [
        ['H2', ''],
        ['H3', ''],
      ],
      [],
    ],
  ] as const)('部名（ふりがな）: %s', (_, cells, findings) => {
    expect(said(typed(all, '部', ...cells))).toEqual(findings);
  });

  test('部名（ふりがな）: one of two is not forgotten; where 項目 asks for it, that is said instead', () => {
    const two = { ...all, 部: (all['部'] ?? []).slice(0, 3), 目標: (all['目標'] ?? []).slice(0, 6) };
    expect(said(at(two, '部', 'H2', ''))).toEqual([]);
    const asked = {
      ...at(all, '部', 'H2', ''),
      項目: [
        ['見出し', 'シート', '必須'],
        ['部名（ふりがな）', '部', 'いつも'],
      ],
    };
    expect(said(asked)).toEqual(['missing-value 部!H2']);
  });

  test.each([
    ['https://example.jp/sawada.jpg', true],
    ['http://example.jp/sawada.jpg', true],
    ['HTTPS://EXAMPLE.JP/A.JPG', true],
    ['写真はhttps://example.jp/', false],
    ['写真', false],
  ])('顔写真 %s cannot be used', (text, isAddress) => {
    const { places, words } = wordsOf(at(all, '部', 'J2', text), 'unusable-portrait');
    expect(places).toEqual(['J2']);
    const address = wordsOf(at(all, '部', 'J2', 'https://example.jp/a.jpg'), 'unusable-portrait').words[0];
    expect(words[0] === address).toBe(isAddress);
  });

  test('決裁: what waits, and what is urgent; nothing of a draft', () => {
    const column = (text: string): Tabs => ({
      ...all,
      部: (all['部'] ?? []).map((row, index) => [...row, index === 0 ? '決裁' : index === 1 ? text : '第1号']),
    });
    expect(said(column(''))).toEqual(['awaiting-approval 部!N2']);
    expect(said(column('緊急'))).toEqual(['urgent-approval 部!N2']);
    expect(said(at(column(''), '部', 'L2', '下書き'))).toEqual([]);
    expect(said(column('第2号'))).toEqual([]);
  });

  test('連絡先メール: how many can be read', () => {
    const column = (text: string): Tabs => ({
      ...all,
      部: (all['部'] ?? []).map((row, index) => [...row, index === 0 ? '連絡先メール' : index === 1 ? text : '']),
    });
    const none = wordsOf(column('電話で'), 'unreadable-mail-address').words[0];
    const some = wordsOf(column('a@example.jp、電話で'), 'unreadable-mail-address').words[0];
    expect(none).toBeDefined();
    expect(some).toBeDefined();
    expect(some).not.toBe(none);
    expect(said(column('#REF!'))).toEqual(['error-value 部!N2']);
  });

  test('a header of 公開 that was lost is told by its words, and holds those that were not to be published', () => {
    const { places, held } = wordsOf(typed(all, '部', ['L1', ''], ['L3', '下書き']), 'lost-visibility-header');
    expect([places, held]).toEqual([['L1'], ['福祉部']]);
    // All public: nothing is lost. Other words: another column.
    expect(wordsOf(at(all, '部', 'L1', ''), 'lost-visibility-header').places).toEqual([]);
    expect(wordsOf(typed(all, '部', ['L1', ''], ['L3', 'まだ']), 'lost-visibility-header').places).toEqual([]);
  });
});

describe('達成状況', () => {
  const interim = (tabs: Tabs) => at(tabs, '設定', 'B5', '中間');
  const withInterim = (text: string): Tabs => ({
    ...all,
    目標: (all['目標'] ?? []).map((row, index) => [...row, index === 0 ? '中間の状況' : index === 1 ? text : '進行中']),
  });

  test('a word that nobody knows is quoted, the first twenty letters of it', () => {
    const long = 'まあまあそれなりにそこそこなんとかかんとか';
    const { words, held } = wordsOf(at(all, '目標', 'D2', long), 'unknown-status');
    expect(words[0]).toContain(long.slice(0, 20));
    expect(words[0]).not.toContain(long);
    expect(held).toEqual(['総務部']);
  });

  test('is looked at in 中間 where it stands in for the middle of the year, and not beside it', () => {
    expect(said(interim(at(all, '目標', 'D2', 'まあまあ')))).toEqual(['unknown-status 目標!D2']);
    const beside = interim(at(withInterim('進行中'), '目標', 'D2', 'まあまあ'));
    expect(said(beside)).toEqual([]);
    expect(said(interim(withInterim('まあまあ')))).toEqual(['unknown-status 目標!G2']);
  });

  test('and both in 結果; in 目標 neither, but a result that is there is said', () => {
    expect(said(withInterim('まあまあ'))).toEqual(['unknown-status 目標!G2']);
    const plan = at(withInterim('まあまあ'), '設定', 'B5', '目標');
    expect(new Set(outcome(plan).findings.map(({ code }) => code))).toEqual(new Set(['result-in-plan']));
  });

  test('said to be not so, of what was exceeded too', () => {
    expect(said(at(all, '目標', 'D2', '達成できませんでした'))).toEqual(['negative-result 目標!D2']);
    const words = {
      ...all,
      選択肢: [
        ['表示', '区分'],
        ['上回る', '上回る'],
        ['達成', '達成'],
        ['未達成', '未達成'],
        ['一部達成', '一部達成'],
        ['進行中', '進行中'],
      ],
    };
    expect(said(at(words, '目標', 'D2', '上回ることができませんでした'))).toEqual(['negative-result 目標!D2']);
  });

  test('a column that is lost: a header like it, or the only blank one, holds all; two blank ones tell nothing', () => {
    const near = wordsOf(at(all, '目標', 'D1', '達成状態'), 'missing-result-column');
    expect([near.places, near.held]).toEqual([['D1'], ['総務部', '福祉部', '教育部']]);
    expect(wordsOf(at(all, '目標', 'D1', ''), 'missing-result-column').places).toEqual(['D1']);
    expect(said(typed(all, '目標', ['D1', ''], ['E1', '']))).toContain('no-result-column 目標');
    expect(said(withoutColumn(all, '目標', 'D'))).toEqual(['no-result-column 目標']);
    // Nobody is rated who is taken off the site.
    const withdrawn = typed(
      withoutColumn(all, '目標', 'D'),
      '部',
      ['L2', '取下げ'],
      ['L3', '取下げ'],
      ['L4', '取下げ'],
    );
    expect(said(withdrawn)).not.toContain('no-result-column 目標');
  });
});

describe('figures against words', () => {
  const indicators = (status: string, ...rows: readonly (readonly [string, string])[]): Tabs => ({
    ...at(all, '目標', 'D2', status),
    指標: [
      ['部名', '目標番号', '指標名', '単位', '目標値', '実績値'],
      ...rows.map(([target, actual], index) => ['総務部', '1', `指標${index + 1}`, '件', target, actual]),
    ],
    選択肢: [
      ['表示', '区分'],
      ['上回る', '上回る'],
      ['達成', '達成'],
      ['一部達成', '一部達成'],
      ['未達成', '未達成'],
      ['進行中', '進行中'],
    ],
  });

  test.each([
    ['達成', [['10', '9']], '指標1'],
    ['上回る', [['10', '9']], '指標1'],
    [
      '達成',
      [
        ['10', '11'],
        ['10以上', '9'],
      ],
      '指標2',
    ],
    ['未達成', [['10', '10']], '指標1'],
    [
      '未達成',
      [
        ['10', '10'],
        ['5', '6'],
      ],
      '指標1',
    ],
  ] as const)('%s with %j', (status, rows, name) => {
    const { places, words, held } = wordsOf(indicators(status, ...rows), 'figure-against-words');
    expect([places, held]).toEqual([['D2'], []]);
    expect(words[0]).toContain(status);
    expect(words[0]).toContain(name);
    expect(words[0]).toContain(status === '未達成' ? 'に達しています' : 'に達していません');
  });

  test('the figures are said with their unit', () => {
    expect(wordsOf(indicators('達成', ['10以上', '9']), 'figure-against-words').words[0]).toMatch(/10件以上.*9件/u);
  });

  test.each([
    ['達成', [['10', '10']]],
    ['未達成', [['10', '9']]],
    [
      '未達成',
      [
        ['10', '10'],
        ['5', '4'],
      ],
    ],
    [
      '未達成',
      [
        ['10', '10'],
        ['', '4'],
      ],
    ],
    ['一部達成', [['10', '9']]],
    ['進行中', [['10', '9']]],
  ] as const)('%s with %j is no contradiction', (status, rows) => {
    expect(said(indicators(status, ...rows))).toEqual([]);
  });
});
