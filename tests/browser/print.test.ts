import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { bundledSamplePublished } from '../support/bundled-sample.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { samplePreviewFiles } from '../support/preview-site.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { samplePublished } from '../support/sample-site.ts';
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
  readonly text: string;
}

/** A PDF may name a glyph as its like: ⽬ for 目, ‧ for ・. */
function asTyped(text: string): string {
  return text
    .replaceAll(/[\u2F00-\u2FDF]/gu, (radical) => radical.normalize('NFKC'))
    .replaceAll('⻑', '長')
    .replaceAll('‧', '・')
    .replaceAll('∕', '／');
}

interface Printing {
  readonly siteUrl?: string | null;
  /** What follows the year's address. */
  readonly below?: string;
}

/** The sheets of a year as they come out of the printer, with where its cards begin and end. */
async function printed(published: Published, { siteUrl = null, below = '' }: Printing = {}): Promise<Sheet[]> {
  await using server = await serveSite(renderSite(published, { siteUrl }));
  const page = await browser.context.newPage();
  await page.goto(`${server.url}${published.years.find(({ phase }) => phase === 'result')?.fiscalYear}/${below}`);
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
    const text = asTyped(items.map((item) => ('str' in item ? item.str : '')).join(''));
    const marks = (letter: string) =>
      [...text.matchAll(new RegExp(`${letter}(\\d+)#`, 'gu'))].map(([, index]) => Number(index));
    sheets.push({ width: Math.round(width), height: Math.round(height), begin: marks('B'), end: marks('E'), text });
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

  test('the seven of the bundled sample are on five sheets', async () => {
    const sheets = await printed(await bundledSamplePublished());
    expect(sheets.map(({ begin }) => begin)).toEqual([[], [1, 2], [3, 4], [5], [6, 7]]);
    expect(sheets.map(({ end }) => end)).toEqual(sheets.map(({ begin }) => begin));
  });

  test('every sheet says what it is of, where that is to be read, and which of how many it is', async () => {
    const sheets = await printed(samplePublished(), { siteUrl: 'https://goals.example/city/' });
    expect(sheets).toHaveLength(3);
    for (const [index, { text }] of sheets.entries()) {
      expect(text).toContain('令和6年度 部長目標 結果発表！｜架空市 部長目標');
      expect(text).toContain('https://goals.example/city/2024/');
      expect(text).toContain(`${index + 1} / 3`);
      expect(text).not.toContain('しぼりこみ');
    }
  });

  test('so does a sheet of a site that does not know its address: the reader’s own is said', async () => {
    for (const below of ['', 'kurashi/']) {
      const sheets = await printed(samplePublished(), { below });
      for (const { text } of sheets) expect(text).toMatch(new RegExp(`http://127.0.0.1:\\d+/[^ ]*2024/${below}`, 'u'));
    }
  });

  test('goals that were narrowed down say so, on every sheet, with what was asked for', async () => {
    const query = `?status=missed&status=partial&q=${encodeURIComponent('ごみ')}`;
    const sheets = await printed(samplePublished(), { siteUrl: 'https://goals.example/city/', below: query });
    expect(sheets.map(({ begin }) => begin)).toEqual([[], [1]]);
    for (const { text } of sheets) {
      expect(text).toContain('令和6年度 部長目標 結果発表！｜架空市 部長目標（しぼりこみ）');
      expect(text).toContain('https://goals.example/city/2024/?status=partial&status=missed&q=ごみ');
    }
    expect(sheets.map(({ text }) => text.replaceAll(/\s/gu, '')).join('')).toContain(
      '条件に合う目標だけを印刷しています（一部達成・未達成／「ごみ」）。12件のうち2件の目標を表示しています。',
    );
  });

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
    expect(sheets.map(({ begin }) => begin)).toEqual([[], [1, 2], [3], [4, 5]]);
    expect(sheets.map(({ end }) => end)).toEqual(sheets.map(({ begin }) => begin));
  });
});

describe('回議用', () => {
  test('has a sheet for each department, with room for stamps, and tells nobody the address', async () => {
    await using server = await serveSite(samplePreviewFiles());
    const page = await browser.context.newPage();
    await page.goto(`${server.url}changes/`);
    expect(await page.locator('.circulation').first().isVisible()).toBe(false);
    const departments = await page.locator('.change h2').allTextContents();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    await page.emulateMedia({ media: 'print' });
    const stamp = await page.locator('.stamps td').first().boundingBox();
    await page.close();
    // 18 mm: the seal of a head is 15 to 18.
    expect(Math.min(stamp?.width ?? 0, stamp?.height ?? 0)).toBeGreaterThan((17.5 / 25.4) * 96);
    const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
    const sheets: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      sheets.push(asTyped(items.map((item) => ('str' in item ? item.str : '')).join('')));
    }
    // The list of all, and then one for each.
    const circulated = sheets.slice(-departments.length);
    for (const [index, name] of departments.entries()) {
      expect(circulated[index]).toContain('回議用');
      expect(circulated[index]?.replaceAll(/\s/gu, '')).toContain(name.replaceAll(/\s/gu, ''));
      expect(circulated[index]).toContain('公表前の確認用');
    }
    expect(sheets.join('')).not.toContain('127.0.0.1');
  });
});
