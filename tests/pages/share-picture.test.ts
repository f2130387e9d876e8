import { decode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StatusCode } from '../../lib/goals/model/dataset.ts';
import type { PublishedYear } from '../../lib/goals/model/published.ts';
import { lettersOfFonts } from '../../lib/lettering/letters.ts';
import { drawSharePicture } from '../../lib/pages/pictures/draw-share-picture.ts';
import type { Letters } from '../../lib/pages/pictures/letters.ts';
import { sharePictureKey, sharePicturesOf, sharePictureText } from '../../lib/pages/pictures/share-picture.ts';
import { schemeOf } from '../../lib/text/scheme.ts';
import { publishedOf, yearOf } from '../support/published.ts';

type Goals = readonly StatusCode[];

function yearWith(departments: Readonly<Record<string, Goals>>, more: Partial<PublishedYear> = {}): PublishedYear {
  const drafts = Object.entries(departments).map(([name, statuses], index) => ({
    id: `d${index}`,
    name,
    goals: statuses.map((status) => ['目標を達成する', status] as const),
  }));
  return { ...yearOf({ departments: drafts }), ...more };
}

const picturesOf = (year: PublishedYear) => sharePicturesOf(publishedOf([year]));
const textsOf = (year: PublishedYear) => picturesOf(year).map(sharePictureText);

describe('what a picture to share says', () => {
  test('of a year and of a department with results: whose they are, and the figures', () => {
    expect(textsOf(yearWith({ 市民部: ['missed', 'achieved', 'achieved'], 福祉部: ['achieved'] }))).toEqual([
      '架空市 令和6年度 部長目標。4件の目標のうち、3件を達成しました。達成 3件、未達成 1件。',
      '架空市 部長目標 令和6年度 市民部。3件の目標のうち、2件を達成しました。達成 2件、未達成 1件。',
      '架空市 部長目標 令和6年度 福祉部。1件の目標のうち、1件を達成しました。達成 1件。',
    ]);
  });

  test('before there are results: how many goals there are', () => {
    expect(textsOf(yearWith({ 市民部: ['unrated', 'unrated'], 福祉部: [] }, { phase: 'plan' }))).toEqual([
      '架空市 令和6年度 部長目標。2の部が、あわせて2件の目標を掲げました。',
      '架空市 部長目標 令和6年度 市民部。2件の目標を掲げました。',
      '架空市 部長目標 令和6年度 福祉部。目標の掲載はありません。',
    ]);
  });

  test('in the middle of a year: what has come of the goals so far, and nothing of a result', () => {
    expect(textsOf(yearWith({ 市民部: ['in-progress', 'achieved'] }, { phase: 'interim' }))[1]).toBe(
      '架空市 部長目標 令和6年度 市民部。2件の目標を掲げました。達成 1件、進行中 1件。',
    );
  });

  test("in the city's own words, in its own order", () => {
    const own = {
      scheme: schemeOf({ unit: '局', head: null, name: '局長マニフェスト' }),
      statuses: [
        { code: 'missed', label: '遅れた', description: null },
        { code: 'achieved', label: 'できた', description: null },
      ],
    } as const;
    expect(textsOf(yearWith({ 環境局: ['achieved', 'missed'] }, { ...own, statuses: [...own.statuses] }))).toEqual([
      '架空市 令和6年度 局長マニフェスト。2件の目標のうち、1件を達成しました。遅れた 1件、できた 1件。',
      '架空市 局長マニフェスト 令和6年度 環境局。2件の目標のうち、1件を達成しました。遅れた 1件、できた 1件。',
    ]);
  });

  test('decides its address, and nothing else of the department does', () => {
    const year = yearWith({ 市民部: ['achieved', 'missed'], 福祉部: ['achieved'] });
    const keys = (one: PublishedYear) => picturesOf(one).map(sharePictureKey);
    const rewritten = {
      ...year,
      departments: year.departments.map((entry) => ({
        ...entry,
        department: { ...entry.department, policy: '別の方針', updated: '2025-05-01' },
      })),
    };
    expect(keys(rewritten)).toEqual(keys(year));
    const [whole, first, second] = keys(year);
    const other = keys(yearWith({ 市民部: ['achieved', 'achieved'], 福祉部: ['achieved'] }));
    expect([other[0] !== whole, other[1] !== first, other[2] === second]).toEqual([true, true, true]);
    expect(whole).toMatch(/^assets\/share-2024-[0-9a-f]{16}\.png$/u);
    expect(first).toMatch(/^assets\/share-2024-d0-[0-9a-f]{16}\.png$/u);
  });
});

describe('a picture to share', () => {
  let letters: Letters;
  beforeAll(async () => {
    const loaded = await lettersOfFonts();
    if (loaded === null) throw new Error('The fonts are not installed.');
    letters = loaded;
  });

  const everyStatus: Goals = [
    'exceeded',
    'achieved',
    'partial',
    'missed',
    'in-progress',
    'not-started',
    'cancelled',
    'not-assessable',
    'unrated',
  ];
  const longWords = everyStatus.map((code) => ({
    code,
    label: `計画をおおむね上回る見込み（${code}）`,
    description: null,
  }));
  const veryLong = '地域共生社会推進・デジタル変革・脱炭素まちづくり総合調整担当部局連絡会議事務局'.repeat(2);
  const unbroken = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.repeat(5);

  const cases: Readonly<Record<string, PublishedYear>> = {
    'of results': yearWith({ 市民部: ['achieved', 'partial', 'missed'] }),
    'of every status': yearWith({ 市民部: everyStatus }),
    'of many long words': yearWith({ [veryLong]: everyStatus }, { statuses: longWords }),
    'of a plan': yearWith({ [veryLong]: ['unrated'] }, { phase: 'plan' }),
    'of a long name without a place to break': yearWith({ [unbroken]: ['achieved'] }),
    'of a city and a scheme with long names': yearWith(
      { 市民部: ['achieved'] },
      {
        municipality: { name: 'つがるみなみうおぬまとよとみ広域連合'.repeat(2), code: '999997' },
        scheme: schemeOf({ unit: '部', head: null, name: '部長の約束と重点目標と工程表'.repeat(2) }),
      },
    ),
    'of no department': yearWith({}),
    'of one goal among a thousand': yearWith({
      市民部: [...Array.from({ length: 1000 }, () => 'achieved' as const), 'missed'],
    }),
  };

  test.each(Object.entries(cases))(
    '%s has the size that services ask for, and all of it within its edges',
    (_, year) => {
      for (const said of picturesOf(year)) {
        const png = drawSharePicture(said, letters);
        expect(png.byteLength).toBeLessThan(60_000);
        const { width, height, data, palette = [] } = decode(png);
        expect([width, height]).toEqual([1200, 630]);
        const isWhite = (x: number, y: number): boolean =>
          palette[data[y * width + x] ?? 0]?.every((one) => one === 255) ?? false;
        const inked = (x0: number, x1: number, y0: number, y1: number): number => {
          let count = 0;
          for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) if (!isWhite(x, y)) count += 1;
          return count;
        };
        // Below the band, there is room to the left and right and below; the flag alone may stand there.
        const right = said.steps.length === 0 ? 1196 : 1200;
        expect([
          inked(0, 56, 116, 630),
          inked(1144, right, 116, 630) > 0 && said.steps.length > 0,
          inked(64, 900, 616, 630),
        ]).toEqual([0, false, 0]);
        expect(inked(64, 900, 130, 600)).toBeGreaterThan(1000);
      }
    },
  );

  test('is the same bytes each time', () => {
    const [said] = picturesOf(yearWith({ 市民部: ['achieved', 'missed'] }));
    if (said === undefined) throw new Error('no picture');
    expect(Buffer.from(drawSharePicture(said, letters)).equals(drawSharePicture(said, letters))).toBe(true);
  });

  test('sets every word of its text, and nothing else', () => {
    for (const said of picturesOf(yearWith({ まちづくり部: ['achieved', 'partial', 'missed'] }))) {
      const set = new Set<string>();
      drawSharePicture(said, {
        outline(text, weight) {
          for (const letter of text) set.add(letter);
          return letters.outline(text, weight);
        },
      });
      // In the picture, places say what commas and stops say in the text.
      expect([...set].filter((letter) => !'。、 '.includes(letter)).sort()).toEqual(
        [...new Set(sharePictureText(said).replace(/[。、 ]/gu, ''))].sort(),
      );
    }
  });
});
