import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorsPage } from '../../lib/fleet/operators-page.ts';
import { type Chromium, startChromium } from '../support/chromium.ts';
import { fleetNow, sampleFleet } from '../support/fleet-report.ts';

/** The page of the operators, opened as a file, as it is from the private bucket. */

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

let browser: Chromium;
let folder: string;
let address: string;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  const file = path.join(folder, 'operators.html');
  await writeFile(file, operatorsPage(sampleFleet(), fleetNow));
  address = pathToFileURL(file).href;
  browser = await startChromium();
  page = await browser.context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The ids as they are seen: under the name of a city that has one, else in its place. */
const ids = (): Promise<(string | null)[]> =>
  page
    .locator('tbody th')
    .evaluateAll((cells) => cells.map((cell) => (cell.querySelector('span') ?? cell).textContent));

describe('the page of the operators', () => {
  test.each([
    ['light', { media: 'screen', colorScheme: 'light', forcedColors: 'none' }],
    ['dark', { media: 'screen', colorScheme: 'dark', forcedColors: 'none' }],
    ['forced colours', { media: 'screen', colorScheme: 'dark', forcedColors: 'active' }],
    ['print', { media: 'print', colorScheme: 'light', forcedColors: 'none' }],
  ] as const)('has nothing that axe finds: %s, at 320, 768 and 1440 px', async (_, media) => {
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    await page.goto(address);
    await page.evaluate(axe.source);
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const violations = await page.evaluate(async () => {
        const { violations: found } = await window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
          resultTypes: ['violations'],
        });
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(violations, `${width} px`).toEqual([]);
    }
  });

  test('is sorted by its headings, up and down, and says by which', async () => {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(address);
    const before = await ids();
    expect(before[0]).toBe('mori-mura');
    const heading = page.getByRole('columnheader', { name: '市' });
    await page.getByRole('button', { name: '市' }).click();
    expect(await ids()).toEqual(before.toSorted());
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: '市' }).press('Enter');
    expect(await ids()).toEqual(before.toSorted().toReversed());
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: '保留' }).click();
    await page.getByRole('button', { name: '保留' }).click();
    expect((await ids()).slice(0, 2)).toEqual(['kawa-shi', 'umi-machi']);
    expect(await heading.getAttribute('aria-sort')).toBeNull();
    // Its own policy lets its own script and styles in, and the browser has nothing to say.
    expect(complaints).toEqual([]);
  });
});
