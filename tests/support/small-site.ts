import { createHash } from 'node:crypto';
import { sumTallies } from '../../lib/goals/model/dataset.ts';
import type { Published, PublishedYear } from '../../lib/goals/model/published.ts';
import type { SiteFile, SiteFileRole } from '../../lib/pages/site-file.ts';

/**
 * A site with all that a release must be careful about, and nothing else: pages that name each other, a hashed asset, data with a list of
 * its files, feed and sitemap. Independent of the design of the real one.
 */
export function smallSite(published: Published, style = 'body { color: black }'): SiteFile[] {
  const { years } = published;
  const asset = `assets/site-${createHash('sha256').update(style).digest('hex').slice(0, 8)}.css`;
  const newest = years[0];
  const pages = years.flatMap((year) => [
    `${year.fiscalYear}/index.html`,
    ...year.departments.map(({ department }) => `${year.fiscalYear}/${department.id}/index.html`),
  ]);
  return [
    file(asset, style, 'asset', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'),
    ...years.flatMap((year) => yearFiles(year, years, asset)),
    file('index.html', newest === undefined ? page([], asset, '') : yearPage(newest, years, asset), 'hub'),
    file('404.html', page(['index.html'], asset, 'ありません'), 'hub'),
    file('sitemap.xml', pages.map((key) => `<loc>${key}</loc>`).join('\n'), 'hub', 'application/xml'),
    file('feed.xml', `${JSON.stringify(published.changes)}<link href="index.html"/>`, 'hub', 'application/atom+xml'),
    json('data/v1/index.json', { files: years.map(({ fiscalYear }) => `data/v1/${fiscalYear}.json`) }),
  ];
}

function yearFiles(year: PublishedYear, years: readonly PublishedYear[], asset: string): SiteFile[] {
  const { fiscalYear, departments } = year;
  const data = `data/v1/${fiscalYear}.json`;
  return [
    json(data, datasetOf(year)),
    file(`${fiscalYear}/index.html`, yearPage(year, years, asset), 'hub'),
    ...departments.map(({ department }) => {
      const others = years
        .filter((other) => other.departments.some((one) => one.department.id === department.id))
        .map((other) => `${other.fiscalYear}/${department.id}/index.html`);
      const links = ['index.html', `${fiscalYear}/index.html`, data, ...others];
      const key = `${fiscalYear}/${department.id}/index.html`;
      return file(key, page(links, asset, JSON.stringify(department.goals)), 'leaf');
    }),
  ];
}

function yearPage(year: PublishedYear, years: readonly PublishedYear[], asset: string): string {
  const { fiscalYear, departments } = year;
  const links = [
    'feed.xml',
    `data/v1/${fiscalYear}.json`,
    ...years.map((other) => `${other.fiscalYear}/index.html`),
    ...departments.map(({ department }) => `${fiscalYear}/${department.id}/index.html`),
  ];
  return page(links, asset, JSON.stringify(departments));
}

function datasetOf(year: PublishedYear) {
  const { municipality, scheme, fiscalYear, phase, title, introduction, statuses, columns, departments } = year;
  return {
    schemaVersion: 1,
    municipality,
    scheme,
    introduction,
    statuses,
    columns,
    fiscalYear,
    fiscalYearLabel: `${fiscalYear}年度`,
    phase,
    title,
    tally: sumTallies(departments.map(({ department }) => department.tally)),
    departments: departments.map(({ department }) => ({ ...department, predecessors: [], successors: [] })),
  };
}

function page(links: readonly string[], asset: string, text: string): string {
  const anchors = links.map((link) => `<a href="${link}">${link}</a>`).join('\n');
  return `<!doctype html><link rel="stylesheet" href="${asset}">\n${anchors}\n<p>${text}</p></html>`;
}

function json(key: string, value: unknown): SiteFile {
  return file(key, `${JSON.stringify(value)}\n`, 'data', 'application/json; charset=utf-8');
}

function file(
  key: string,
  text: string,
  role: SiteFileRole,
  contentType = 'text/html; charset=utf-8',
  cacheControl = 'public, max-age=60',
): SiteFile {
  return { key, body: Buffer.from(text), contentType, cacheControl, role };
}
