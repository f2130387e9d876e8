import { describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import { keptChanges } from '../../lib/goals/model/published.ts';
import { settleAll, standingsAfter } from '../../lib/goals/settle/settle.ts';
import {
  april,
  departmentIn,
  first,
  may,
  run,
  typeUnder,
  withoutDepartment,
  withoutHeaders,
  withoutResult,
} from '../support/april-and-may.ts';
import { richTabs } from '../support/rich-tabs.ts';
import { settleTabs, sheetOf } from '../support/settled.ts';
import { type Tabs, withCell } from '../support/workbook.ts';

/** What stays of what was published before, and what is said of it. */

const withoutTab = (tabs: Tabs, tab: string): Tabs =>
  Object.fromEntries(Object.entries(tabs).filter(([name]) => name !== tab));

describe('準備中の数', () => {
  const waitingOf = (tabs: Tabs, before: Published | null) => run(tabs, before).published.years[0]?.unlisted;

  test('counts what was never published: drafts, what waits, what is held', () => {
    const draft = typeUnder(richTabs, '部', 2, '公開', '下書き');
    expect(waitingOf(draft, null)).toBe(1);
    const waiting = typeUnder(draft, '部', 4, '決裁', '');
    expect(waitingOf(waiting, null)).toBe(2);
    expect(waitingOf(withoutResult(waiting), null)).toBe(3);
  });

  test('and not what is on the site already, nor where 設定 does not ask for it', () => {
    const draft = typeUnder(richTabs, '部', 2, '公開', '下書き');
    expect(waitingOf(draft, first)).toBe(0);
    expect(waitingOf({ ...draft, 設定: richTabs.設定.filter(([item]) => item !== '準備中の数') }, null)).toBe(0);
  });
});

describe('the middle of the year is kept where its columns have left the sheet', () => {
  const interimOf = ({ published }: { published: Published }, goal = 0) =>
    departmentIn(published, 'somu')?.goals[goal]?.interim;
  const whole = { status: 'in-progress', statusLabel: '順調', report: '半分を終えました。' };

  test.each([
    { gone: ['中間の状況', '中間報告'], kept: whole },
    { gone: ['中間の状況'], kept: whole },
    { gone: ['中間報告'], kept: whole },
  ])('$gone', ({ gone, kept }) => {
    const again = run(withoutHeaders(richTabs, '目標', ...gone));
    expect(interimOf(again)).toEqual(kept);
    expect(interimOf(again, 1)).toEqual({ status: 'partial', statusLabel: '遅れ', report: null });
    expect(again.changes).toEqual([]);
  });

  test('what the column that is there says anew, counts; what it says no more, is gone', () => {
    const withoutReport = withoutHeaders(richTabs, '目標', '中間報告');
    const anew = typeUnder(typeUnder(withoutReport, '目標', 2, '中間の状況', '遅れ'), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(anew))).toEqual({ status: 'partial', statusLabel: '遅れ', report: '半分を終えました。' });
    const emptied = typeUnder(typeUnder(withoutReport, '目標', 2, '中間の状況', ''), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(emptied))).toEqual({ status: 'unrated', statusLabel: null, report: '半分を終えました。' });
    const withoutStatus = withoutHeaders(richTabs, '目標', '中間の状況');
    const silent = typeUnder(typeUnder(withoutStatus, '目標', 2, '中間報告', ''), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(silent))).toEqual({ status: 'in-progress', statusLabel: '順調', report: null });
    const reported = typeUnder(typeUnder(withoutStatus, '目標', 2, '中間報告', '書き直し'), '部', 2, '決裁', '企第9号');
    expect(interimOf(run(reported))).toEqual({ status: 'in-progress', statusLabel: '順調', report: '書き直し' });
  });

  test('with both columns there, what was emptied is gone', () => {
    const emptied = typeUnder(typeUnder(richTabs, '目標', 2, '中間の状況', ''), '目標', 2, '中間報告', '');
    expect(interimOf(run(typeUnder(emptied, '部', 2, '決裁', '企第9号')))).toBeNull();
    const onlyWord = typeUnder(withoutHeaders(richTabs, '目標', '中間報告'), '目標', 3, '中間の状況', '');
    expect(interimOf(run(typeUnder(onlyWord, '部', 2, '決裁', '企第9号')), 1)).toBeNull();
  });

  test('a goal that is new has none', () => {
    const more = {
      ...richTabs,
      目標: [
        ...richTabs.目標.slice(0, 3),
        ['総務部', '3', '', '増えた目標', '', '', '', '', '順調', '', '', '', ''],
        ...richTabs.目標.slice(3),
      ],
    };
    const again = run(typeUnder(withoutHeaders(more, '目標', '中間の状況', '中間報告'), '部', 2, '決裁', '企第9号'));
    expect(interimOf(again, 2)).toBeNull();
    expect(interimOf(again)).toEqual(whole);
  });

  test('figures of the middle of the year too, by the name of the indicator; also where the tab is gone but its goals are not', () => {
    const figuresOf = ({ published }: { published: Published }) =>
      departmentIn(published, 'somu')?.goals.flatMap(({ indicators }) => indicators.map(({ interim }) => interim));
    expect(figuresOf(run(withoutHeaders(richTabs, '指標', '中間値', '中間時点')))).toEqual([
      { value: 2, text: '2', at: '9月末' },
      null,
    ]);
    const renamed = typeUnder(
      withoutHeaders(richTabs, '指標', '中間値', '中間時点'),
      '指標',
      2,
      '指標名',
      '窓口の数え方',
    );
    expect(figuresOf(run(typeUnder(renamed, '部', 2, '決裁', '企第9号')))).toEqual([null, null]);
    const emptied = typeUnder(typeUnder(richTabs, '指標', 2, '中間値', ''), '部', 2, '決裁', '企第9号');
    expect(figuresOf(run(emptied))).toEqual([null, null]);
  });
});

describe('columns of the contract that left the sheet', () => {
  const approved = (tabs: Tabs) =>
    [2, 4, 5, 6].reduce<Tabs>((changed, row) => typeUnder(changed, '部', row, '決裁', `企第9${row}号`), tabs);
  const said = (tabs: Tabs, before: Published | null = first) =>
    run(tabs, before).findings.map(({ code, tab, column }) => [code, tab, column]);

  test.each([
    { sheet: '部', header: '基本方針' },
    { sheet: '部', header: '部名（ふりがな）' },
    { sheet: '目標', header: '分類' },
    { sheet: '目標', header: '説明' },
    { sheet: '指標', header: '出典' },
  ])('$header of $sheet: something of it was published', ({ sheet, header }) => {
    expect(said(approved(withoutHeaders(richTabs, sheet, header)))).toEqual([
      ['column-no-longer-there', sheet, header],
    ]);
    expect(run(approved(withoutHeaders(richTabs, sheet, header))).findings[0]?.message).toContain(`「${header}」`);
    expect(said(approved(withoutHeaders(richTabs, sheet, header)), null)).toEqual([]);
  });

  test('部長名', () => {
    const tabs = approved(withoutHeaders(richTabs, '部', '部長名', '部長名（ふりがな）', '職名'));
    // Without 職名 the second row of 総務部 is no second head of it.
    const rows = { ...tabs, 部: (tabs['部'] ?? []).filter((_, index) => index !== 2) };
    expect(said(rows)).toEqual([['column-no-longer-there', '部', '部長名']]);
    const { published } = run(rows);
    expect(published.years[0]?.departments.flatMap(({ department }) => department.directors)).toEqual([]);
    expect(said(rows, published)).toEqual([]);
  });

  test('nothing is said of one that was empty everywhere, nor where the tab itself is gone', () => {
    const silent = withoutHeaders(richTabs, '指標', '出典');
    const before = run(approved(silent)).published;
    expect(said(approved(silent), before)).toEqual([]);
    expect(said(approved(withoutTab(richTabs, '指標')))).toEqual([]);
  });

  test('達成状況, after results were published: every department with results stays as it was', () => {
    const { findings, kind, held, published } = run(withoutHeaders(richTabs, '目標', '達成状況'));
    expect(kind).toBe('blocked');
    expect(published).toBe(first);
    expect(held.map(({ department }) => department)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    expect(findings.map(({ code, tab, column }) => [code, tab, column])).toEqual([
      ['missing-result-column', '目標', '達成状況'],
      ['too-many-held', null, null],
    ]);
    expect(findings[0]?.message).toContain('達成状況');
  });

  test('達成状況 before any result was published: a city that does not rate', () => {
    const tabs = withCell(withoutHeaders(richTabs, '目標', '達成状況'), '設定', 4, 1, '目標');
    const plans = settleTabs(tabs, null, april).published;
    expect(plans.years[0]?.phase).toBe('plan');
    expect(run(approved(withoutHeaders(richTabs, '目標', '達成状況')), plans).kind).toBe('settled');
  });
});

describe('addresses that changed', () => {
  /** With another URL名 of 総務部, approved anew so that it goes out. */
  const readdressed = (urlName: string, approval: string) =>
    typeUnder(typeUnder(richTabs, '部', 2, 'URL名', urlName), '部', 2, '決裁', approval);
  const movedIn = ({ published }: { published: Published }) => published.years[0]?.moved;

  test('lead to the new one, also over several steps, and nowhere once they are in use again', () => {
    const second = run(readdressed('soumu', '企第91号'));
    expect(movedIn(second)).toEqual([{ from: 'somu', to: ['soumu'] }]);
    expect(second.changes[0]).toMatchObject({ departmentId: 'soumu', details: [{ what: 'department', field: 'id' }] });
    const third = run(readdressed('kikaku', '企第92号'), second.published);
    expect(movedIn(third)).toEqual([
      { from: 'somu', to: ['kikaku'] },
      { from: 'soumu', to: ['kikaku'] },
    ]);
    const back = run(readdressed('somu', '企第93号'), third.published);
    expect(movedIn(back)).toEqual([
      { from: 'soumu', to: ['somu'] },
      { from: 'kikaku', to: ['somu'] },
    ]);
  });

  test('a department that became another is not gone: its address leads to the other', () => {
    const older = { ...richTabs, 組織の変遷: richTabs.組織の変遷.slice(0, 1) };
    const named = (name: string, tabs: Tabs): Tabs =>
      Object.fromEntries(
        Object.entries(tabs).map(([tab, rows]) => [
          tab,
          rows.map((row) => row.map((cell) => (cell === '土木部' ? name : cell))),
        ]),
      );
    const before = settleTabs(typeUnder(named('建設部', older), '部', 6, 'URL名', 'kensetsu'), null, april).published;
    const after = run(richTabs, before);
    expect(movedIn(after)).toEqual([{ from: 'kensetsu', to: ['doboku'] }]);
    expect(after).toMatchObject({ held: [], findings: [] });
    expect(after.standings.map(({ department }) => department)).toEqual(['総務部', '福祉部', '教育部', '土木部']);
    // Said of a later year, it is no reason yet.
    const later = run(
      { ...richTabs, 組織の変遷: [richTabs.組織の変遷[0] ?? [], ['令和7年度', '建設部', '土木部']] },
      before,
    );
    expect(later.findings.map(({ code }) => code)).toEqual(['department-gone']);
    expect(movedIn(later)).toEqual([]);
    // One that became two leads to both; what became of another department is not asked.
    const history = [...richTabs.組織の変遷, ['令和5年度', '建設部', '教育部'], ['令和6年度', '水道部', '福祉部']];
    expect(movedIn(run({ ...richTabs, 組織の変遷: history }, before))).toEqual([
      { from: 'kensetsu', to: ['kyoiku', 'doboku'] },
    ]);
  });

  test('to a department that is not on the site, lead nowhere', () => {
    const second = run(readdressed('soumu', '企第91号')).published;
    const withdrawn = run(typeUnder(readdressed('soumu', '企第91号'), '部', 2, '公開', '取下げ'), second);
    expect(movedIn(withdrawn)).toEqual([]);
  });
});

describe('what is gone, and where it stands', () => {
  test('it keeps its place, and says how it was found missing', () => {
    const { published, held, standings, findings } = run(withoutDepartment(richTabs, '福祉部'));
    expect(findings).toMatchObject([{ code: 'department-gone', department: '福祉部' }]);
    expect(held).toEqual([
      { id: 'fukushi', department: '福祉部', fiscalYear: 2024, reason: findings[0]?.message, showing: '2025-04-01' },
    ]);
    expect(standings.at(-1)).toEqual({
      id: 'fukushi',
      department: '福祉部',
      fiscalYear: 2024,
      standing: 'held',
      showing: '2025-04-01',
    });
    expect(published.years[0]?.departments.map(({ department: { id }, held }) => [id, held])).toEqual([
      ['fukushi', true],
      ['somu', false],
      ['kyoiku', false],
      ['doboku', false],
    ]);
  });

  test('a row whose year cannot be read is held by that, and is not gone', () => {
    const withYear = (text: string): Tabs => ({
      ...richTabs,
      部: richTabs.部.map((row, index) => [...row, index === 0 ? '年度' : index === 4 ? text : '']),
    });
    const { held, findings } = run(withYear('いつか'));
    expect(findings).toEqual([]);
    expect(held.map(({ department }) => department)).toEqual(['教育部']);
    expect(held[0]?.reason).toContain('部シートのO5：');
  });

  test('several errors of one department: the first, and how many more', () => {
    const { held } = run(typeUnder(held2(), '目標', 3, '達成状況', '？？'));
    expect(held[0]?.reason).toMatch(/^目標シートのI2：.*（ほか1件）$/u);
  });
  const held2 = () => typeUnder(richTabs, '目標', 2, '達成状況', '？');

  test('after the run, what went out stands with its day, and what was taken off with none', () => {
    const tabs = typeUnder(
      typeUnder(typeUnder(richTabs, '部', 2, '公開', '取下げ'), '部', 5, '公開', '下書き'),
      '部',
      4,
      '基本方針',
      '急ぎ',
    );
    expect(standingsAfter(run(tabs)).map(({ id, standing, showing }) => [id, standing, showing])).toEqual([
      ['somu', 'withdrawn', null],
      ['fukushi', 'published', '2025-05-01'],
      ['kyoiku', 'draft', '2025-04-01'],
      ['doboku', 'published', '2025-04-01'],
    ]);
  });
});

test('the order of changes and of ids is that of the site, whatever the order of the rows', () => {
  const reversed = { ...richTabs, 部: [richTabs.部[0] ?? [], ...richTabs.部.slice(4), ...richTabs.部.slice(1, 4)] };
  const { changes, publishedIds } = settleTabs(reversed, null, april);
  expect(changes.map(({ departmentId }) => departmentId)).toEqual(['fukushi', 'somu', 'kyoiku', 'doboku']);
  expect(publishedIds).toEqual(['fukushi', 'somu', 'kyoiku', 'doboku']);
  // What goes is told in its old place.
  const gone = run(typeUnder(typeUnder(richTabs, '部', 4, '公開', '取下げ'), '部', 6, '公開', '取下げ'));
  expect(gone.changes.map(({ departmentId, kind }) => [departmentId, kind])).toEqual([
    ['fukushi', 'withdrawn'],
    ['doboku', 'withdrawn'],
  ]);
});

test(`only the last ${keptChanges} changes are kept, newest first`, () => {
  const [one] = first.changes;
  if (one === undefined) throw new Error('Nothing was published.');
  const old = Array.from({ length: keptChanges }, (_, index) => ({ ...one, departmentName: `旧${index}` }));
  const { changes } = run(typeUnder(richTabs, '部', 4, '基本方針', '急ぎ'), { ...first, changes: old }).published;
  expect(changes).toHaveLength(keptChanges);
  expect(changes[0]).toMatchObject({ departmentId: 'fukushi', kind: 'updated' });
  expect(changes.at(-1)?.departmentName).toBe(`旧${keptChanges - 2}`);
});

describe('a site that is held as a whole', () => {
  const broken = [2, 4, 5, 6].reduce<Tabs>((tabs, row) => typeUnder(tabs, '目標', row, '達成状況', ''), richTabs);

  test('says so last, leaves everything as it was, and what was ready stays too', () => {
    const three = [2, 4, 5].reduce<Tabs>((tabs, row) => typeUnder(tabs, '目標', row, '達成状況', ''), richTabs);
    const outcome = run(typeUnder(three, '部', 6, '決裁', '企第99号'));
    expect(outcome).toMatchObject({ kind: 'blocked', changes: [], differences: [], publishedIds: [] });
    expect(outcome.published).toBe(first);
    expect(outcome.standings.map(({ standing }) => standing)).toEqual(['held', 'held', 'held', 'held']);
    expect(outcome.held).toHaveLength(3);
    expect(outcome.findings.at(-1)).toMatchObject({ code: 'too-many-held' });
    expect(outcome.findings.at(-1)?.message).toContain('3');
  });

  test('half of it is not the whole', () => {
    const two = [2, 4].reduce<Tabs>((tabs, row) => typeUnder(tabs, '目標', row, '達成状況', ''), richTabs);
    expect(run(two).kind).toBe('settled');
  });

  test('with nothing published, there is nothing to begin with; a preview shows it all the same', () => {
    const outcome = settleTabs(broken, null, may);
    expect(outcome.kind).toBe('blocked');
    expect(outcome.findings).toMatchObject([{ code: 'nothing-to-begin-with' }]);
    expect(outcome.findings[0]?.message).toContain('4');
    expect(settleAll(sheetOf(broken, may), null, may)).toMatchObject({ kind: 'settled', findings: [] });
  });
});
