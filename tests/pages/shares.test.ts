import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharesOf } from '../../lib/pages/html/shares.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { runs } from '../support/property-runs.ts';
import { type GoalDraft, publishedOf, yearOf } from '../support/published.ts';
import { pageOf } from '../support/site-files.ts';

describe('shares', () => {
  test.each([
    ['whole numbers where they add up', [26, 6, 4, 2], 0, [68, 16, 11, 5], true],
    ['one decimal where they do not: 67 and 34', [133, 67], 1, [66.5, 33.5], true],
    ['thirds, which no decimal helps', [1, 1, 1], 1, [33.3, 33.3, 33.3], false],
    ['one of 300 is not nothing, and 299 are not all', [299, 1], 1, [99.7, 0.3], true],
    ['all', [5, 0, 0], 0, [100, 0, 0], true],
    ['nothing to share', [0, 0], 1, [0, 0], false],
  ] as const)('%s', (_, counts, digits, percents, addsUp) => {
    expect(sharesOf(counts)).toMatchObject({ digits, percents, addsUp });
  });

  test('are never bent: each is the nearest to the truth, and "adds up" is said only where it is so', () => {
    const counts = fc.array(fc.nat(2000), { minLength: 1, maxLength: 9 }).filter((all) => all.some((one) => one > 0));
    fc.assert(
      fc.property(counts, (all) => {
        const { digits, percents, addsUp } = sharesOf(all);
        const sum = all.reduce((a, b) => a + b, 0);
        const step = 10 ** -digits;
        for (const [index, percent] of percents.entries())
          expect(Math.abs(percent - ((all[index] ?? 0) * 100) / sum)).toBeLessThanOrEqual(step / 2 + 1e-9);
        const shown = percents.reduce((a, b) => a + Math.round(b * 10), 0);
        expect(addsUp).toBe(shown === 1000);
      }),
      runs(300),
    );
  });
});

/** The rows of the tally of a year with these goals, and what stands above them. */
function tallyOf(statuses: readonly GoalDraft[1][]): { caption: string; rows: string[][]; total: string } {
  const goals = statuses.map((status): GoalDraft => ['目標です。', status]);
  const files = renderSite(publishedOf([yearOf({ departments: [{ id: 'a', name: '総務部', goals }] })]), {
    siteUrl: null,
  });
  const page = pageOf(files, '2024/index.html');
  const texts = (selector: string): string[][] =>
    page(selector)
      .toArray()
      .map((row) =>
        page(row)
          .find('th, td')
          .toArray()
          .map((cell) => page(cell).text()),
      );
  return {
    caption: page('.tally caption').text(),
    rows: texts('.tally tbody tr'),
    total: texts('.tally tfoot tr').flat().join(' '),
  };
}

const times = (count: number, status: GoalDraft[1]): GoalDraft[1][] => Array.from({ length: count }, () => status);

describe('the tally of a year', () => {
  test('says what its shares are shares of', () => {
    const { caption, rows, total } = tallyOf([...times(3, 'achieved'), 'missed']);
    expect(caption).toBe('達成状況ごとの目標の数（割合は、4件に対するもの）');
    expect(rows).toEqual([
      ['達成', '3件', '75％'],
      ['一部達成', '0件', '0％'],
      ['未達成', '1件', '25％'],
    ]);
    expect(total).toBe('合計 4件 100％');
  });

  test('leaves out goals without a result, and says so', () => {
    const { caption, rows, total } = tallyOf([...times(3, 'achieved'), 'missed', ...times(2, 'unrated')]);
    expect(caption).toBe('達成状況ごとの目標の数（割合は、評価前の2件を除く4件に対するもの）');
    expect(rows).toEqual([
      ['達成', '3件', '75％'],
      ['一部達成', '0件', '0％'],
      ['未達成', '1件', '25％'],
      ['評価前', '2件', '対象外'],
    ]);
    expect(total).toBe('合計 6件 ');
  });

  test('says so where rounded shares do not add up', () => {
    const { caption, rows } = tallyOf(['achieved', 'partial', 'missed']);
    expect(rows.map(([, , share]) => share)).toEqual(['33.3％', '33.3％', '33.3％']);
    expect(caption).toBe('達成状況ごとの目標の数（割合は、3件に対するもの。四捨五入のため、合計は100％になりません）');
  });

  test('shows little as little and nearly all as nearly all', () => {
    const { rows } = tallyOf([...times(2999, 'achieved'), 'missed']);
    expect(rows.map(([, , share]) => share)).toEqual(['100％未満', '0.0％', '0.1％未満']);
  });

  test('is not there without any result', () => {
    const { caption, rows } = tallyOf(times(2, 'unrated'));
    expect([caption, rows]).toEqual(['', []]);
  });
});
