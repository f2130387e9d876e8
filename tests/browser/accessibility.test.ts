import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { oddPublished } from '../support/odd-site.ts';
import { siteWithPortraits } from '../support/portraits.ts';
import { samplePreviewFiles } from '../support/preview-site.ts';
import { samplePublished } from '../support/sample-site.ts';
import { type SiteServer, serveSite } from '../support/site-server.ts';

/**
 * Every rule of axe for WCAG 2.2 A and AA and its best practices, on every kind of page, in every way of showing it. The
 * accessibility page of the site speaks of this test.
 */

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

let browser: Chromium;
let sample: SiteServer;
let odd: SiteServer;
let empty: SiteServer;
let faces: SiteServer;
let preview: SiteServer;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  [sample, odd, empty, faces, preview] = await Promise.all([
    serveSite(renderSite(samplePublished(), { siteUrl: null })),
    serveSite(renderSite(oddPublished(), { siteUrl: null })),
    serveSite(renderSite({ years: [], changes: [], history: [] }, { siteUrl: null })),
    serveSite(await siteWithPortraits(oddPublished())),
    serveSite(samplePreviewFiles()),
  ]);
  page = await browser.context.newPage();
});

afterAll(async () => {
  await Promise.all([browser, sample, odd, empty, faces, preview].map((used) => used?.[Symbol.asyncDispose]()));
});

const pages = [
  ['a year with results', () => `${sample.url}2024/`],
  ['a year without results', () => sample.url],
  ['a department', () => `${sample.url}2024/kurashi/`],
  ['a year with portraits', () => `${faces.url}2024/`],
  ['a long department', () => `${odd.url}2023/`],
  ['the years', () => `${sample.url}years/`],
  ['the data', () => `${sample.url}data/`],
  ['the accessibility statement', () => `${sample.url}accessibility/`],
  ['a page that is not there', () => `${sample.url}2024/nowhere/at/all`],
  ['a site without a year', () => empty.url],
  ['the changes of a preview', () => `${preview.url}changes/`],
  ['a year of a preview', () => `${preview.url}2024/`],
] as const;

const looks = [
  ['light', { media: 'screen', colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { media: 'screen', colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { media: 'screen', colorScheme: 'dark', forcedColors: 'active' }],
  ['print', { media: 'print', colorScheme: 'light', forcedColors: 'none' }],
] as const;

describe.each(pages)('%s', (_, address) => {
  test.each(looks)('has nothing that axe finds: %s, at 320, 768 and 1440 px', async (__, media) => {
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    await page.goto(address());
    await page.evaluate(axe.source);
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(), `${width} px`).toEqual([]);
    }
  });
});

test('finds what is wrong, where something is', async () => {
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${sample.url}2024/`);
  await page.evaluate(axe.source);
  await page.evaluate(() => {
    document.querySelector('#page_search')?.removeAttribute('id');
    document.querySelector('h1')?.remove();
  });
  expect((await violations()).map((found) => found.split(':')[0])).toEqual(['label', 'page-has-heading-one']);
});

/** What the axe that was put into the page finds in it. */
function violations(): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
