import type { Dataset } from '../../lib/goals/model/dataset.ts';
import type { Published } from '../../lib/goals/model/published.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { inspect } from '../../lib/inspect.ts';
import { toDataset } from '../../lib/pages/data/dataset.ts';
import { yearWorkbook } from '../../lib/pages/documents/year-workbook.ts';
import { openFileSource } from '../../lib/sources/open.ts';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';

const now = new Date('2025-04-01T01:00:00Z');

/** What is published of a workbook, with the dataset of each year, newest first. */
export interface PublishedSheet {
  readonly published: Published;
  readonly datasets: readonly Dataset[];
}

/** What a workbook publishes, where nothing was published before. */
export function publishedBy(workbook: Workbook, previous: Published | null = null): PublishedSheet {
  const inspection = inspect(workbook, now);
  if (inspection.kind !== 'usable') throw new Error(inspection.findings.map(({ message }) => message).join('\n'));
  return withDatasets(settle(inspection.sheet, previous, now).published);
}

export function withDatasets(published: Published): PublishedSheet {
  return { published, datasets: published.years.map((year) => toDataset(year, published)) };
}

/** The cells of a file or folder. */
export async function workbookAt(location: string): Promise<Workbook> {
  const opened = await openFileSource(location);
  if (!opened.ok) throw new Error(opened.failure.message);
  const read = await opened.source.read();
  if (!read.ok) throw new Error(read.failure.message);
  return read.workbook;
}

/** The workbook of a year, the newest where none is named. */
export function workbookOfYear({ published, datasets }: PublishedSheet, index = 0): Uint8Array {
  const year = published.years[index];
  const dataset = datasets[index];
  if (year === undefined || dataset === undefined) throw new Error('Nothing is published.');
  return yearWorkbook(year, dataset, published.history);
}

/** The cells of an `.xlsx` file. */
export async function cellsOf(bytes: Uint8Array): Promise<Workbook> {
  const parsed = await parseWorkbookFile(bytes, '2024.xlsx');
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.workbook;
}

/** The dataset to which the workbook of a year leads, with nothing known but the workbook. */
export async function readBack(before: PublishedSheet, index = 0): Promise<Dataset | undefined> {
  return publishedBy(await cellsOf(workbookOfYear(before, index))).datasets[0];
}

/** A dataset without what no workbook of one year can say. See docs/decisions/0173-the-year-as-a-workbook.md. */
export function inOneYear(dataset: Dataset | undefined): unknown {
  if (dataset === undefined) return undefined;
  return {
    ...dataset,
    departments: dataset.departments.map(({ updated: _, ...department }) => ({
      ...department,
      predecessors: [],
      successors: [],
      directors: department.directors.map((director) => ({ ...director, portrait: null })),
    })),
  };
}
