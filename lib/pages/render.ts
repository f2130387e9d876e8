import { type Dataset, type Goal, tallyOf } from '../goals/model/dataset.ts';
import type { Published, PublishedYear } from '../goals/model/published.ts';
import { defaultScheme } from '../text/scheme.ts';
import { pageKey, paths } from './address.ts';
import { hashedAsset } from './assets.ts';
import { filterScript, stylesheet as stylesheetText } from './browser-assets.ts';
import { dataIndex, datapackage, lastUpdated, licenceOf } from './data/catalogue.ts';
import { toDataset } from './data/dataset.ts';
import { datasetJsonSchema } from './data/json-schema.ts';
import { tablesOf } from './data/tables.ts';
import { downloadsOf } from './documents/downloads.ts';
import { yearWorkbook } from './documents/year-workbook.ts';
import { feedXml } from './feed.ts';
import { accessibilityPage } from './html/accessibility-page.ts';
import { type ChangesInput, changesPage } from './html/changes-page.ts';
import { dataPage } from './html/data-page.ts';
import { departmentCardOf } from './html/department-card.ts';
import { departmentPage } from './html/department-page.ts';
import { movedPage } from './html/moved-page.ts';
import { notFoundPage } from './html/not-found-page.ts';
import { yearPage } from './html/year-page.ts';
import { emptyHomePage, yearsPage } from './html/years-page.ts';
import { jsonText, makeFile } from './make-file.ts';
import { phraseBreaker } from './phrases/phrases.ts';
import { iconPicture } from './pictures/icon.ts';
import { tallyPicture } from './pictures/tally-picture.ts';
import type { SiteContext } from './site-context.ts';
import type { SiteFile } from './site-file.ts';
import { robotsTxt, type SitemapPage, sitemapXml } from './sitemap.ts';
import { japanese, type Words } from './words.ts';

/**
 * The room `pages` knows how what is published becomes files: pages, data, feeds and pictures. It may import `text`, `findings`,
 * `workbook`, `goals`. Begin at {@link renderSite}.
 */

export interface RenderOptions {
  /** The site's public address, for what must name it in full; null where it is not known. */
  readonly siteUrl: string | null;
  /** Makes it a preview: not to be found, not to be kept, with a banner on each page and the page of changes. */
  readonly preview?: ChangesInput;
}

/**
 * Every file of the site, from what is published. The same input gives the same bytes: there is no clock, no environment
 * and no chance in it.
 */
export function renderSite(settled: Published, { siteUrl, preview }: RenderOptions): SiteFile[] {
  const published = { ...settled, years: settled.years.map(unratedInPlan) };
  const datasets = published.years.map((year) => toDataset(year, published));
  const scheme = published.years[0]?.scheme ?? defaultScheme;
  const words = japanese(scheme);
  const { stylesheet, filter, icon } = sameForAll();
  const schema = makeFile(paths.schema, 'data', datasetJsonSchema(scheme));
  const pictures =
    siteUrl === null
      ? []
      : datasets.map(({ fiscalYear, tally, phase }) => ({
          year: fiscalYear,
          file: hashedAsset(`${fiscalYear}.png`, tallyPicture(tally, phase)),
        }));
  const phrases = phraseBreaker();
  const data = dataFiles(published, datasets, siteUrl, preview === undefined ? null : words.preview.printed);
  const onCards = preview === undefined ? null : cardsOf(preview, words);
  const site: SiteContext = {
    published,
    datasets,
    siteUrl,
    words,
    phrases,
    departmentCard: departmentCardOf(words, phrases, onCards),
    preview: onCards,
    downloads: new Map(datasets.map(({ fiscalYear }) => [fiscalYear, downloadsOf(fiscalYear, data)])),
    assets: {
      stylesheet: stylesheet.key,
      filter: filter.key,
      icon: icon.key,
      pictures: new Map(pictures.map(({ year, file }) => [year, file.key])),
    },
  };
  const files = [
    stylesheet,
    filter,
    icon,
    ...pictures.map(({ file }) => file),
    schema,
    ...data,
    ...departmentPages(site),
    ...hubPages(site),
  ];
  return preview === undefined ? files : asPreview(files, changesPage(site, preview));
}

/** What leads there from outside: no preview has them. */
const forOthers: readonly string[] = [paths.feed, paths.sitemap, paths.robots, paths.notFound];

/** The same files, to be kept nowhere, with the page of changes. */
function asPreview(files: readonly SiteFile[], changes: string): SiteFile[] {
  return [
    ...files.filter(({ key }) => !forOthers.includes(key)),
    makeFile(pageKey(paths.changes), 'leaf', changes),
  ].map((file) => ({ ...file, cacheControl: 'no-store' }));
}

function cardsOf({ preview }: ChangesInput, words: Words): ReadonlyMap<string, string> {
  return new Map(
    preview.departments.flatMap(({ id, fiscalYear, standing }) => {
      const text = words.preview.onCard[standing];
      return id === null || text === null ? [] : [[`${fiscalYear} ${id}`, text] as const];
    }),
  );
}

/**
 * In phase `plan` every goal is unrated (section 3 of the contract), also those of a department that is held or a draft and was
 * last published in a later phase, where 段階 has been set back.
 */
function unratedInPlan(year: PublishedYear): PublishedYear {
  if (year.phase !== 'plan') return year;
  const departments = year.departments.map((entry) => {
    const goals = entry.department.goals.map(
      (goal): Goal => ({
        ...goal,
        status: 'unrated',
        statusLabel: null,
        interim: null,
      }),
    );
    return { ...entry, department: { ...entry.department, goals, tally: tallyOf(goals) } };
  });
  return { ...year, departments };
}

interface SameForAll {
  readonly stylesheet: SiteFile;
  readonly filter: SiteFile;
  readonly icon: SiteFile;
}

let same: SameForAll | null = null;

/** The files that are the same for every city, made once in a process. */
function sameForAll(): SameForAll {
  same ??= {
    stylesheet: hashedAsset('page.css', stylesheetText),
    filter: hashedAsset('filter.js', filterScript),
    icon: hashedAsset('icon.png', iconPicture()),
  };
  return same;
}

/** What is made before the pages, which say how large it is. */
function dataFiles(
  published: Published,
  datasets: readonly Dataset[],
  siteUrl: string | null,
  mark: string | null,
): SiteFile[] {
  const workbooks = published.years.flatMap((year, index) => {
    const dataset = datasets[index];
    if (dataset === undefined) return [];
    const workbook = yearWorkbook(year, dataset, published.history, mark);
    return [makeFile(paths.workbook(year.fiscalYear), 'data', workbook)];
  });
  return [
    ...workbooks,
    ...datasets.flatMap((dataset) => [
      makeFile(paths.dataset(dataset.fiscalYear), 'data', jsonText(dataset)),
      ...tablesOf(dataset).map(({ path, csv }) => makeFile(path, 'data', csv())),
    ]),
    makeFile(paths.datapackage, 'data', jsonText(datapackage(datasets, licenceOf(published), siteUrl))),
    makeFile(paths.index, 'data', jsonText(dataIndex(datasets))),
  ];
}

function departmentPages(site: SiteContext): SiteFile[] {
  const { published, datasets } = site;
  const everyYear = published.years.map((year, index) => ({
    year,
    dataset: datasets[index] ?? toDataset(year, published),
    byId: new Map(year.departments.map((entry) => [entry.department.id, entry.department])),
  }));
  return everyYear.flatMap(({ year, dataset }) => [
    ...year.moved.map(({ from, to }) => {
      const path = paths.department(year.fiscalYear, from);
      return makeFile(pageKey(path), 'leaf', movedPage(site, year, path, to));
    }),
    ...year.departments.map((entry, index) => {
      const { id } = entry.department;
      const otherYears = everyYear.flatMap((other) => {
        const department = other.year === year ? undefined : other.byId.get(id);
        return department === undefined ? [] : [{ year: other.year, dataset: other.dataset, department }];
      });
      const page = departmentPage(site, {
        year,
        dataset,
        published: entry,
        previous: year.departments[index - 1]?.department ?? null,
        next: year.departments[index + 1]?.department ?? null,
        otherYears,
      });
      return makeFile(pageKey(paths.department(dataset.fiscalYear, id)), 'leaf', page);
    }),
  ]);
}

function hubPages(site: SiteContext): SiteFile[] {
  const { published, datasets, siteUrl, words } = site;
  const years = published.years.map((year, index) => ({
    year,
    dataset: datasets[index] ?? toDataset(year, published),
  }));
  const newest = years[0];
  const page = (path: string, text: string) => makeFile(pageKey(path), 'hub', text);
  return [
    ...years.map(({ year, dataset }) => {
      const path = paths.year(dataset.fiscalYear);
      return page(path, yearPage(site, year, dataset, path));
    }),
    page(paths.home, newest ? yearPage(site, newest.year, newest.dataset, paths.home) : emptyHomePage(site)),
    page(paths.years, yearsPage(site)),
    page(paths.data, dataPage(site)),
    page(paths.accessibility, accessibilityPage(site)),
    makeFile(paths.notFound, 'hub', notFoundPage(site)),
    makeFile(paths.feed, 'hub', feedXml(published, { siteUrl, words }), 'application/atom+xml; charset=utf-8'),
    makeFile(paths.sitemap, 'hub', sitemapXml(sitemapPages(site), siteUrl)),
    makeFile(paths.robots, 'hub', robotsTxt(siteUrl)),
  ];
}

function sitemapPages({ datasets }: SiteContext): SitemapPage[] {
  const newest = datasets[0] ? lastUpdated(datasets[0]) : null;
  return [
    { path: paths.home, updated: newest },
    { path: paths.years, updated: newest },
    { path: paths.data, updated: newest },
    { path: paths.accessibility, updated: null },
    ...datasets.flatMap((dataset) => [
      { path: paths.year(dataset.fiscalYear), updated: lastUpdated(dataset) },
      { path: paths.workbook(dataset.fiscalYear), updated: lastUpdated(dataset) },
      ...dataset.departments.map(({ id, updated }) => ({ path: paths.department(dataset.fiscalYear, id), updated })),
    ]),
  ];
}
