import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { operatorsPage } from '../../lib/fleet/operators-page.ts';
import type { Published } from '../../lib/goals/model/published.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { startChromium } from '../support/chromium.ts';
import { fleetNow, sampleFleet } from '../support/fleet-report.ts';
import { siteWithPortraits } from '../support/portraits.ts';
import { samplePreviewFiles } from '../support/preview-site.ts';
import { samplePublished } from '../support/sample-site.ts';
import { hasSeed } from '../support/seed.ts';
import { seedPublished } from '../support/seed-published.ts';
import { serveSite } from '../support/site-server.ts';

/**
 * Screenshots for people to look at: phone, desktop, dark and print, into the ignored folder `shots`.
 *
 * Run by `npm run shots`.
 */

const folder = fileURLToPath(new URL('../../shots/', import.meta.url));

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly media?: Parameters<Page['emulateMedia']>[0];
}

const looks: readonly Look[] = [
  { name: 'phone', width: 375, height: 812 },
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'dark', width: 1440, height: 900, media: { colorScheme: 'dark' } },
  { name: 'forced', width: 768, height: 1024, media: { forcedColors: 'active' } },
];

async function shoot(page: Page, address: string, name: string, chosen: readonly Look[]): Promise<void> {
  for (const look of chosen) {
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.emulateMedia({ media: 'screen', colorScheme: 'light', forcedColors: 'none', ...look.media });
    await page.goto(address);
    await showAllPictures(page);
    await page.screenshot({ path: `${folder}${name}-${look.name}.png`, fullPage: true });
  }
}

/** Those that are loaded only when somebody scrolls to them. */
async function showAllPictures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode()));
  });
}

async function print(page: Page, address: string, name: string): Promise<void> {
  await page.emulateMedia({ media: null, colorScheme: 'light', forcedColors: 'none' });
  await page.goto(address);
  await showAllPictures(page);
  const pdf = `${folder}${name}-print.pdf`;
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  try {
    execFileSync('pdftoppm', ['-r', '60', '-png', pdf, `${folder}${name}-print`]);
  } catch {
    process.stderr.write(`${pdf}: pdftoppm がないため、PDFのままにしました。\n`);
  }
}

async function all(published: Published, prefix: string, page: Page): Promise<void> {
  await using server = await serveSite(
    prefix === 'seed' ? await siteWithPortraits(published) : renderSite(published, { siteUrl: null }),
  );
  const year = published.years.find(({ phase }) => phase === 'result')?.fiscalYear;
  const department = published.years[0]?.departments[0]?.department.id;
  const address = `${server.url}${year}/`;
  await shoot(page, address, `${prefix}-year`, looks);
  await print(page, address, `${prefix}-year`);
  await shoot(page, `${address}${department}/`, `${prefix}-department`, looks);
  if (prefix === 'seed') return;
  const some = looks.slice(0, 2);
  await shoot(page, server.url, `${prefix}-plan`, some);
  for (const name of ['years', 'data', 'accessibility'])
    await shoot(page, `${server.url}${name}/`, `${prefix}-${name}`, some);
  await shoot(page, `${server.url}nowhere/`, `${prefix}-404`, looks.slice(0, 1));
}

async function preview(page: Page): Promise<void> {
  await using server = await serveSite(samplePreviewFiles());
  await shoot(page, `${server.url}changes/`, 'preview-changes', looks);
  await print(page, `${server.url}changes/`, 'preview-changes');
  await shoot(page, `${server.url}2024/`, 'preview-year', looks.slice(0, 2));
}

/** It is private, and opened as a file. */
async function operators(page: Page): Promise<void> {
  const file = `${folder}operators.html`;
  await writeFile(file, operatorsPage(sampleFleet(), fleetNow));
  await shoot(page, pathToFileURL(file).href, 'operators', looks);
  await print(page, pathToFileURL(file).href, 'operators');
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await using browser = await startChromium();
const page = await browser.context.newPage();
await all(samplePublished(), 'sample', page);
await preview(page);
await operators(page);
if (hasSeed) await all(await seedPublished(), 'seed', page);
process.stderr.write(`${folder}\n`);
