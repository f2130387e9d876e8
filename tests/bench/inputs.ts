import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { japanese } from '../../lib/pages/words.ts';
import { defaultScheme } from '../../lib/text/scheme.ts';
import { csvText } from '../support/csv.ts';
import { workbookOf } from '../support/workbook.ts';
import { xlsxOfWorkbook } from '../support/xlsx.ts';
import {
  type BenchCity,
  type BenchGoal,
  cityOf,
  type Edition,
  fiscalYear,
  fiscalYearLabel,
  statusLabels,
  tabsOf,
  updated,
} from './cities.ts';

const ja = japanese(defaultScheme);

/** Writes what each tool reads. The clock stands still meanwhile: nobody is timed on it. */

/** The first city as the workbook that its staff would send. */
export async function writeWorkbook(file: string, edition: Edition): Promise<void> {
  await writeFile(file, xlsxOfWorkbook(workbookOf(tabsOf(cityOf(0, edition)))));
}

/** A folder of CSV files for each city: `0001/部.csv`. */
export async function writeTables(folder: string, cities: number, edition: Edition): Promise<void> {
  for (const [index, city] of citiesOf(cities, edition).entries()) {
    const place = path.join(folder, cityFolder(index));
    await mkdir(place, { recursive: true });
    for (const [tab, rows] of Object.entries(tabsOf(city))) {
      await writeFile(path.join(place, `${tab}.csv`), csvText(rows));
    }
  }
}

/** Where the site of a city stands among many. */
export function cityFolder(index: number): string {
  return String(index + 1).padStart(4, '0');
}

/** The city alone at the root, or many below folders of their own. */
function prefixOf(index: number, cities: number): string {
  return cities === 1 ? '' : `${cityFolder(index)}/`;
}

const templates = path.join(import.meta.dirname, 'peers');

/** Eleventy's templates, and the rows as the JSON that it reads by itself: nothing is left for it to parse or to count. */
export async function writeEleventyInput(folder: string, cities: number, edition: Edition): Promise<void> {
  await cp(path.join(templates, 'eleventy'), folder, { recursive: true });
  const data = path.join(folder, '_data');
  await mkdir(data, { recursive: true });
  const all = citiesOf(cities, edition);
  const departments = all.flatMap((city, index) => {
    const list = city.departments.map(peerDepartment);
    return list.map((department, place) => ({
      prefix: prefixOf(index, cities),
      city: index,
      department,
      previous: list[place - 1] ?? null,
      next: list[place + 1] ?? null,
    }));
  });
  await writeFile(path.join(data, 'words.json'), JSON.stringify(ja));
  await writeFile(path.join(data, 'departments.json'), JSON.stringify(departments));
  const views = all.map((city, index) => ({ prefix: prefixOf(index, cities), ...peerCity(city) }));
  await writeFile(path.join(data, 'cities.json'), JSON.stringify(views));
}

/** Eleventy's templates with a reader of the workbook itself, of the same library as Mokuhyo's. For one city. */
export async function writeEleventyWorkbookInput(folder: string, workbook: string): Promise<void> {
  await cp(path.join(templates, 'eleventy'), folder, { recursive: true });
  await cp(path.join(templates, 'eleventy-workbook'), folder, { recursive: true });
  await cp(workbook, path.join(folder, 'goals.xlsx'));
  await writeFile(path.join(folder, '_data/words.json'), JSON.stringify(ja));
  await mkdir(path.join(folder, 'node_modules/@e965'), { recursive: true });
  const library = path.join(import.meta.dirname, '../../node_modules/@e965/xlsx');
  await symlink(library, path.join(folder, 'node_modules/@e965/xlsx'));
}

/** Hugo's templates, the rows as its data files, and the page of content without which it makes none. */
export async function writeHugoInput(folder: string, cities: number, edition: Edition): Promise<void> {
  await cp(path.join(templates, 'hugo'), folder, { recursive: true });
  const data = path.join(folder, 'data/cities');
  await mkdir(data, { recursive: true });
  await writeFile(path.join(folder, 'data/words.json'), JSON.stringify(ja));
  if (cities > 1) {
    await mkdir(path.join(folder, 'content'));
    await writeFile(
      path.join(folder, 'content/_index.md'),
      `${JSON.stringify({ title: ja.home, layout: 'cities' })}\n`,
    );
  }
  for (const [index, city] of citiesOf(cities, edition).entries()) {
    const prefix = prefixOf(index, cities);
    const id = `c${cityFolder(index)}`;
    await writeFile(path.join(data, `${id}.json`), JSON.stringify(peerCity(city)));
    const page = async (file: string, root: string, title: string, description: string, more: object = {}) => {
      // One type for all, or Hugo would look for templates anew in every city: three times the work.
      const matter = { type: 'city', title, description, city: id, root, layout: path.basename(file, '.md'), ...more };
      const place = path.join(folder, 'content', prefix, file);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, `${JSON.stringify(matter, null, 2)}\n`);
    };
    const lead = `${city.name} ${fiscalYearLabel} ${ja.phaseNote.result}`;
    await page('_index.md', './', city.title, lead, { layout: 'home', yearroot: `${fiscalYear}/` });
    await page(`${fiscalYear}/_index.md`, '../', city.title, lead, { layout: 'year', yearroot: '' });
    for (const [place, { id: key, name }] of city.departments.entries()) {
      const more = { layout: 'department', department: place };
      await page(`${fiscalYear}/${key}.md`, '../../', name, `${city.name} ${name}`, more);
    }
    await page('years.md', '../', ja.years, ja.yearsLead);
    await page('data.md', '../', ja.data, ja.dataPage.lead);
    await page('accessibility.md', '../', ja.accessibility, ja.accessibilityPage.description);
    await page('not-found.md', '', ja.notFoundTitle, '', { url: `/${prefix}404.html` });
  }
}

function citiesOf(count: number, edition: Edition): BenchCity[] {
  return Array.from({ length: count }, (_, index) => cityOf(index, edition));
}

/** What a template has to know, counted for it. */
function peerCity(city: BenchCity) {
  return {
    ...city,
    label: fiscalYearLabel,
    updated,
    updatedLabel: ja.date(updated),
    tally: peerTally(city.departments.flatMap(({ goals }) => goals)),
    departments: city.departments.map(peerDepartment),
  };
}

function peerDepartment(department: BenchCity['departments'][number]) {
  return { ...department, tally: peerTally(department.goals) };
}

function peerTally(goals: readonly BenchGoal[]) {
  const total = goals.length;
  const lines = Object.entries(statusLabels).map(([status, label]) => {
    const count = goals.filter((goal) => goal.status === status).length;
    return { status, label, count, share: Math.round((count / total) * 100) };
  });
  return { total, lines };
}
