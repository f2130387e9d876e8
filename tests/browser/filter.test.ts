import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { samplePublished } from '../support/sample-site.ts';
import { type SiteServer, serveSite } from '../support/site-server.ts';

let browser: Chromium;
let server: SiteServer;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  server = await serveSite(renderSite(samplePublished(), { siteUrl: null }));
});

afterAll(async () => {
  await Promise.all([browser, server].map((used) => used?.[Symbol.asyncDispose]()));
});

beforeEach(async () => {
  page = await browser.context.newPage();
  await page.goto(`${server.url}2024/`);
});

afterEach(() => page.close());

/** The goals that are to be seen, as department and number. */
function shown(): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('li[data-goal]')]
      .filter((goal) => goal.checkVisibility())
      .map((goal) => `${goal.closest('article')?.dataset['department']} ${goal.dataset['goal']}`),
  );
}

const outcome = () => page.locator('output').textContent();
const search = () => page.getByLabel('言葉でさがす');

describe('the filter', () => {
  test('narrows by result', async () => {
    await page.getByLabel('未達成', { exact: true }).check();
    await expect.poll(shown).toEqual(['kurashi 2']);
    expect(await outcome()).toBe('12件のうち1件の目標を表示しています。');
    await page.getByLabel('一部達成', { exact: true }).check();
    await expect.poll(shown).toEqual(['kurashi 2', 'kurashi 3', 'manabi 5']);
    expect(await page.locator('article:visible').count()).toBe(2);
  });

  test('narrows by department', async () => {
    await page.getByLabel('部', { exact: true }).selectOption('教育部');
    expect(await page.locator('article:visible').count()).toBe(1);
    expect(await outcome()).toBe('12件のうち5件の目標を表示しています。');
  });

  test('searches in the words of goals, notes and departments, however they are written', async () => {
    await search().fill('コンビニ');
    await expect.poll(shown).toEqual(['kurashi 4']);
    await search().fill('こんびに');
    await expect.poll(shown).toEqual(['kurashi 4']);
    await search().fill('　３００人　サポーター');
    await expect.poll(shown).toEqual(['kenko 2']);
    await search().fill('総合窓口');
    await expect.poll(shown).toEqual(['kurashi 1']);
    await search().fill('髙𠮷');
    await expect.poll(shown).toEqual(['kurashi 1', 'kurashi 2', 'kurashi 3', 'kurashi 4']);
    await search().fill('どこにもない言葉');
    await expect.poll(shown).toEqual([]);
    expect(await outcome()).toBe('条件に合う目標はありません。');
  });

  test('takes all conditions together, and gives everything back', async () => {
    await page.getByLabel('達成', { exact: true }).check();
    await page.getByLabel('部', { exact: true }).selectOption('kurashi');
    await search().fill('証明書');
    await expect.poll(shown).toEqual(['kurashi 4']);
    await page.getByRole('button', { name: '条件を消す' }).click();
    await expect.poll(shown).toHaveLength(12);
    expect(await outcome()).toBe('12件の目標を表示しています。');
    await expect.poll(() => new URL(page.url()).search).toBe('');
  });

  test('leads to what it found', async () => {
    await page.setViewportSize({ width: 375, height: 700 });
    await search().fill('図書館');
    await page.getByRole('button', { name: '結果を見る' }).click();
    const top = await page.evaluate(
      () => document.querySelector('article:not([hidden])')?.getBoundingClientRect().top ?? -1,
    );
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(700);
  });

  test('keeps its state in the address', async () => {
    await page.getByLabel('未達成', { exact: true }).check();
    await search().fill('ごみ & 減量');
    await expect
      .poll(() => new URL(page.url()).search)
      .toBe('?status=missed&q=%E3%81%94%E3%81%BF+%26+%E6%B8%9B%E9%87%8F');
    await page.goto(`${server.url}2024/?status=missed&status=partial&department=kurashi#kurashi_goal-3`);
    await expect.poll(shown).toEqual(['kurashi 2', 'kurashi 3']);
    expect(await page.getByLabel('未達成', { exact: true }).isChecked()).toBe(true);
    expect(await page.getByLabel('部', { exact: true }).inputValue()).toBe('kurashi');
    await search().fill('街路樹');
    await expect.poll(() => page.url()).toContain('&q=');
    expect(new URL(page.url()).hash).toBe('#kurashi_goal-3');
  });

  test('takes an address that somebody made up as it is', async () => {
    await page.goto(`${server.url}2024/?status=%3Cscript%3E&department=nowhere&q=${'%20'.repeat(50)}&x=1`);
    await expect.poll(shown).toHaveLength(12);
  });

  test('is there only for those who can use it: with no script everything is readable and there is no form', async () => {
    const plain = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
    expect(await page.locator('form').isVisible()).toBe(true);
    if (!plain) throw new Error('The browser gave no second context.');
    const bare = await plain.newPage();
    await bare.goto(`${server.url}2024/`);
    expect(await bare.locator('form').isVisible()).toBe(false);
    expect(await bare.locator('li[data-goal]:visible').count()).toBe(12);
    await plain.close();
  });
});

test('the page is used with the keyboard alone: skip link, contents, filter, department', async () => {
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return (
        at?.getAttribute('aria-label') ?? (at instanceof HTMLInputElement ? at.value || at.name : at?.textContent) ?? ''
      );
    });
  const walk: string[] = [];
  const ringless: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await focused();
    const ring = await page.evaluate(() => {
      const at = document.activeElement;
      const ringed = at?.closest('label') ?? at;
      return at
        ? [getComputedStyle(at), getComputedStyle(ringed ?? at)].some(
            (style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
          )
        : false;
    });
    if (!ring) ringless.push(name);
    walk.push(name.trim());
    if (name.includes('Atom')) break;
  }
  expect(ringless).toEqual([]);
  expect(walk).toEqual([
    '本文へ移動',
    '架空市 部長目標',
    '年度一覧',
    'オープンデータ',
    'トップ',
    expect.stringContaining('Excel'),
    expect.stringContaining('CSV'),
    expect.stringContaining('JSON'),
    'くらし環境部',
    '健康ささえあい部',
    '教育部',
    'achieved',
    'partial',
    'missed',
    'in-progress',
    expect.stringContaining('すべての部'),
    'q',
    '結果を見る',
    '条件を消す',
    'くらし環境部',
    '健康ささえあい部',
    '教育部',
    'アクセシビリティ方針',
    'オープンデータ',
    '更新情報（Atom）',
  ]);

  // The address is told to the test after the key is answered, so it is waited for.
  const hash = () => new URL(page.url()).hash;
  await page.goto(`${server.url}2024/`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(hash).toBe('#page_main');
  // Past the three files, to the second department.
  for (let stop = 0; stop < 5; stop += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(hash).toBe('#kenko');

  await page.goto(`${server.url}2024/`);
  await page.getByLabel('未達成', { exact: true }).focus();
  await page.keyboard.press('Space');
  await expect.poll(shown).toEqual(['kurashi 2']);
  await search().focus();
  await page.keyboard.type('街路樹');
  await page.keyboard.press('Enter');
  await expect.poll(shown).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(shown).toHaveLength(12);
});
