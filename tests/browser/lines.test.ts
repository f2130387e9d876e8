import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { bundledSamplePublished } from '../support/bundled-sample.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { type DepartmentDraft, publishedOf, yearOf } from '../support/published.ts';
import { samplePublished } from '../support/sample-site.ts';
import { hasSeed } from '../support/seed.ts';
import { seedPublished } from '../support/seed-published.ts';
import { serveSite } from '../support/site-server.ts';

let browser: Chromium;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  page = await browser.context.newPage();
});

afterAll(() => browser?.[Symbol.asyncDispose]());

/**
 * The lines of the page that begin with a letter that no line of Japanese may begin with (JIS X 4051: 行頭禁則), but for those that a
 * department began so itself, and how many lines there are.
 */
function brokenLines(): Promise<{ lines: number; broken: string[] }> {
  return page.evaluate(() => {
    const never = /^[ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞ、。，．・：；？！）］｝〕〉》」』】％]$/u;
    const blockOf = (node: Node): Element | null => {
      let element = node.parentElement;
      while (element && /^inline$|^contents$/u.test(getComputedStyle(element).display)) element = element.parentElement;
      return element;
    };
    const broken: string[] = [];
    let lines = 0;
    let block: Element | null = null;
    let before: { bottom: number; letter: string } | null = null;
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      const element = node.parentElement;
      if (!text.trim() || !element?.checkVisibility() || element.closest('select, .skip')) continue;
      if (blockOf(node) !== block) {
        block = blockOf(node);
        before = null;
      }
      for (let at = 0; at < text.length; at += 1) {
        const letter = text.charAt(at);
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (letter === '\n') before = null;
        if (!box || box.width === 0 || !letter.trim()) continue;
        if (before && box.top >= before.bottom - 2) {
          lines += 1;
          if (never.test(letter)) broken.push(text.slice(Math.max(0, at - 12), at + 6));
        }
        before = { bottom: box.bottom, letter };
      }
    }
    return { lines, broken };
  });
}

const sites: [string, () => Published | Promise<Published>][] = [
  ['a small city', samplePublished],
  ['the bundled sample', bundledSamplePublished],
  ['words that are longer than a line', longWords],
  ...(hasSeed ? [['the real workbook', seedPublished] satisfies [string, () => Promise<Published>]] : []),
];

/** Katakana as officials write it: no phrase ends in it, and every third letter may not begin a line. */
function longWords(): Published {
  const word =
    'スーパーシティコンソーシアムプラットフォームパートナーシップ・サポーター（ファシリテーター）養成カリキュラム';
  const draft: DepartmentDraft = {
    id: 'a',
    name: 'デジタルトランスフォーメーションコミュニケーション推進部',
    policy: word,
    work: `${word}を、${word}に。`,
    summary: `${word}。`.repeat(3),
    goals: [
      [
        `「${word}」を始めます！`,
        'achieved',
        'パートナーシップ・サポーターファシリテーター達成',
        `${word}。`.repeat(2),
      ],
      ['チャットボットシミュレーションワークショップキャラクターミュージアムを開きます。', 'missed'],
    ],
  };
  return publishedOf([yearOf({ departments: [draft] })]);
}

test.each(['2024/kurashi/', '2025/', 'years/', 'data/', 'accessibility/'])(
  'no line of the other pages does either, at 320 and 390 px: %s',
  async (path) => {
    await using server = await serveSite(renderSite(samplePublished(), { siteUrl: null }));
    await page.goto(server.url + path);
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect((await brokenLines()).broken, `${width} px`).toEqual([]);
    }
  },
);

describe.each(sites)('%s', (_, published) => {
  test.each([320, 360, 390, 768, 1280])(
    'has no line that begins with ー, a small kana or a mark: %i px',
    async (width) => {
      await using server = await serveSite(renderSite(await published(), { siteUrl: null }));
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${server.url}2024/`);
      const { lines, broken } = await brokenLines();
      expect(broken).toEqual([]);
      expect(lines).toBeGreaterThan(5);
    },
  );
});
