import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { oddDepartment, oddPublished } from '../support/odd-site.ts';
import { type GoalDraft, publishedOf, yearOf } from '../support/published.ts';
import { samplePublished } from '../support/sample-site.ts';
import { type SiteServer, serveSite } from '../support/site-server.ts';

let browser: Chromium;
let odd: SiteServer;
let sample: SiteServer;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  odd = await serveSite(renderSite(oddPublished(), { siteUrl: null }));
  sample = await serveSite(renderSite(samplePublished(), { siteUrl: null }));
  page = await browser.context.newPage();
});

afterAll(async () => {
  await Promise.all([browser, odd, sample].map((used) => used?.[Symbol.asyncDispose]()));
});

/** Elements with text that stick out of the window or out of the box that holds them, and texts that lie on one another. */
function misplaced(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 20)}`;
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      found.push(`page ${document.documentElement.scrollWidth} > ${width}`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!node.textContent?.trim() || !element?.checkVisibility() || element.closest('.skip, select')) continue;
      range.selectNodeContents(node);
      const box = (
        element.closest('.status, .card, td, th, li, main, header, footer') ?? document.body
      ).getBoundingClientRect();
      for (const line of range.getClientRects()) {
        if (line.right > width + 1 || line.left < -1) found.push(`window: ${name(element)}`);
        else if (line.right > box.right + 1 || line.left < box.left - 1) found.push(`box: ${name(element)}`);
      }
    }
    for (const group of document.querySelectorAll('.card, .results, .about, li, .filter, .tally, main')) {
      const boxes = [...group.children]
        .filter((child) => child.checkVisibility() && getComputedStyle(child).position === 'static')
        .map((child) => ({ child, box: child.getBoundingClientRect() }));
      for (const [index, { child, box }] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 1 && getComputedStyle(child).display !== 'inline')
            found.push(`overlap: ${name(child)} / ${name(other.child)}`);
        }
      }
    }
    return [...new Set(found)];
  });
}

const widths = [320, 375, 768, 1024, 1440, 2560, 3840];

describe('long and odd content', () => {
  test.each([
    ['forty departments', () => `${odd.url}2024/`],
    ['a department alone in its year', () => `${odd.url}2023/`],
    ['a department', () => `${odd.url}2024/${oddDepartment}/`],
    ['the years', () => `${odd.url}years/`],
    ['the data', () => `${odd.url}data/`],
  ])('never sticks out or overlaps, 320 px to 4K: %s', async (_, address) => {
    await page.goto(address());
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      expect(await misplaced(), `${width} px`).toEqual([]);
    }
  });

  test('holds when a reader sets the text wider (WCAG 1.4.12)', async () => {
    await page.goto(`${odd.url}2024/`);
    await page.evaluate(() => {
      const wider = new CSSStyleSheet();
      wider.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      );
      document.adoptedStyleSheets = [wider];
    });
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await misplaced(), `${width} px`).toEqual([]);
    }
  });

  test('would be found, if it were misplaced', async () => {
    await page.goto(`${odd.url}2024/`);
    await page.setViewportSize({ width: 320, height: 900 });
    await page.evaluate(() => {
      document.body.style.overflowWrap = 'normal';
      const about = document.querySelector<HTMLElement>('.about');
      if (about) about.style.marginTop = '-8rem';
    });
    const found = await misplaced();
    expect(found.some((line) => line.startsWith('window'))).toBe(true);
    expect(found.some((line) => line.startsWith('overlap'))).toBe(true);
  });
});

describe('the bar of the tally', () => {
  test('has every mark within its part, however narrow, on screens and on paper', async () => {
    const goals = (count: number, status: GoalDraft[1]) =>
      Array.from({ length: count }, (): GoalDraft => ['目標です。', status]);
    const department = {
      id: 'a',
      name: '総務部',
      goals: [...goals(90, 'achieved'), ...goals(1, 'partial'), ...goals(3, 'missed'), ...goals(1, 'in-progress')],
    };
    await using site = await serveSite(
      renderSite(publishedOf([yearOf({ departments: [department] })]), { siteUrl: null }),
    );
    await page.goto(`${site.url}2024/`);
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ media });
      for (const width of [320, 390, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const marks = await page.evaluate(() =>
          [...document.querySelectorAll('.tally .bar > svg')].map((part) => {
            const box = part.querySelector('rect')?.getBoundingClientRect();
            const mark = part.querySelector('use')?.getBoundingClientRect();
            return { part: [box?.left ?? 0, box?.right ?? 0], mark: [mark?.left ?? 0, mark?.right ?? 0] };
          }),
        );
        expect(marks).toHaveLength(4);
        for (const { part, mark } of marks) {
          expect(mark[0]).toBeGreaterThanOrEqual(part[0] ?? 0);
          expect(mark[1]).toBeLessThanOrEqual(part[1] ?? 0);
        }
        const [first] = marks;
        expect((first?.mark[1] ?? 0) - (first?.mark[0] ?? 0)).toBeGreaterThan(8);
      }
    }
    await page.emulateMedia({ media: 'screen' });
  });
});

describe('type and targets', () => {
  test('no text is under 14 px, body text is 16 px at 1.7', async () => {
    for (const path of ['2024/', '2024/kurashi/', 'years/', 'data/', 'accessibility/']) {
      await page.goto(sample.url + path);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) =>
            [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
          )
          .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 14)
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      expect(small, path).toEqual([]);
    }
    const body = await page.evaluate(() => {
      const { fontSize, lineHeight } = getComputedStyle(document.body);
      return [fontSize, Number.parseFloat(lineHeight) / Number.parseFloat(fontSize)];
    });
    expect(body).toEqual(['16px', 1.7]);
  });

  test('what is pressed is at least 24 px high, or stands in a sentence (WCAG 2.5.8)', async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto(`${sample.url}2024/`);
    const low = await page.evaluate(() =>
      [...document.querySelectorAll('a, button, select, input, summary')]
        .map((element) => element.closest('label') ?? element)
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(low).toEqual([]);
  });

  test('lines of headings and goals end between phrases, not in a word', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(`${sample.url}2024/`);
    const lines = await page.evaluate(() => {
      const goal = document.querySelector('[data-department="manabi"] li[data-goal="5"] p');
      const range = document.createRange();
      const found = new Map<number, string>();
      const texts = document.createTreeWalker(goal ?? document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        for (let at = 0; at < (node.textContent ?? '').length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const top = Math.round(range.getBoundingClientRect().top);
          found.set(top, (found.get(top) ?? '') + range.toString());
        }
      }
      return [...found.values()];
    });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('部活動の地域移行について、3つの種目で試行します！');
    for (const line of lines) expect(line).toMatch(/(?:の|て、|つの|で|！)$/u);
  });
});
