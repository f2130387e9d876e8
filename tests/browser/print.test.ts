import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { hasSeed } from '../support/seed.ts';
import { seedPublished } from '../support/seed-published.ts';
import { serveSite } from '../support/site-server.ts';

let browser: Chromium;

beforeAll(async () => {
  browser = await startChromium();
});

afterAll(() => browser?.[Symbol.asyncDispose]());

interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Numbers of the departments whose card begins, and ends, on this sheet. */
  readonly begin: readonly number[];
  readonly end: readonly number[];
}

/** The sheets of a year as they come out of the printer, with where its cards begin and end. */
async function printed(published: Published): Promise<Sheet[]> {
  await using server = await serveSite(renderSite(published, { siteUrl: null }));
  const page = await browser.context.newPage();
  await page.goto(`${server.url}${published.years[0]?.fiscalYear}/`);
  // Letters in two corners of every card, out of the flow, so that they change nothing.
  await page.evaluate(() => {
    for (const [index, card] of document.querySelectorAll<HTMLElement>('article').entries()) {
      card.style.position = 'relative';
      for (const [letter, side] of [
        ['B', 'top'],
        ['E', 'bottom'],
      ] as const) {
        const mark = document.createElement('span');
        mark.textContent = `${letter}${index + 1}#`;
        mark.style.position = 'absolute';
        mark.style.setProperty(side, '0');
        card.append(mark);
      }
    }
  });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.close();
  const paper = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const sheets: Sheet[] = [];
  for (let number = 1; number <= paper.numPages; number += 1) {
    const sheet = await paper.getPage(number);
    const { width, height } = sheet.getViewport({ scale: 1 });
    const { items } = await sheet.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str : '')).join('');
    const marks = (letter: string) =>
      [...text.matchAll(new RegExp(`${letter}(\\d+)#`, 'gu'))].map(([, index]) => Number(index));
    sheets.push({ width: Math.round(width), height: Math.round(height), begin: marks('B'), end: marks('E') });
  }
  await paper.destroy();
  return sheets;
}

const pairs = [[], [1, 2], [3, 4], [5, 6], [7, 8]];

describe('on paper', () => {
  test.skipIf(!hasSeed)(
    'the real eight departments are a sheet for the year and four of two, none broken',
    async () => {
      const sheets = await printed(await seedPublished());
      expect(sheets.map(({ begin }) => begin)).toEqual(pairs);
      expect(sheets.map(({ end }) => end)).toEqual(pairs);
      expect(new Set(sheets.map(({ width, height }) => `${width}×${height}`))).toEqual(new Set(['842×595']));
    },
  );

  test('short departments are two a sheet too, and a long one is moved, not broken', async () => {
    const goals = [['短い目標です。', 'achieved']] as const;
    const short = (id: string) => ({ id, name: '総務部', goals });
    const long = {
      ...short('c'),
      goals: Array.from({ length: 14 }, () => ['少し長い目標を、十四件も掲げています。', 'partial'] as const),
    };
    const sheets = await printed(
      publishedOf([yearOf({ departments: [short('a'), short('b'), long, short('d'), short('e')] })]),
    );
    expect(sheets.map(({ begin }) => begin)).toEqual([[], [1, 2], [3], [4], [5]]);
    expect(sheets.map(({ end }) => end)).toEqual(sheets.map(({ begin }) => begin));
  });
});
