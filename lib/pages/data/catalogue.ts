import { defaultLicence, type LicenceId } from '../../goals/cells/licence.ts';
import type { Dataset } from '../../goals/model/dataset.ts';
import type { Published } from '../../goals/model/published.ts';
import { defaultScheme, inWords } from '../../text/scheme.ts';
import { absoluteUrl, paths, relativeHref } from '../address.ts';
import { mediaTypeOf } from '../make-file.ts';
import { type Column, tablesOf } from './tables.ts';

/** Terms of use of the data. */
export interface Licence {
  readonly id: LicenceId;
  /** The name that the Open Definition gives it, where it does. */
  readonly name: string | null;
  readonly title: string;
  /** Where its text stands, in Japanese. */
  readonly url: string;
}

const licences: Readonly<Record<LicenceId, Omit<Licence, 'id'>>> = {
  'CC-BY-4.0': {
    name: 'CC-BY-4.0',
    title: 'クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）',
    url: 'https://creativecommons.org/licenses/by/4.0/deed.ja',
  },
  'CC0-1.0': {
    name: 'CC0-1.0',
    title: 'クリエイティブ・コモンズ CC0 1.0 全世界（CC0 1.0）',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/deed.ja',
  },
  'PDL-1.0': {
    name: null,
    title: '公共データ利用規約（第1.0版）',
    url: 'https://www.digital.go.jp/resources/open_data/public_data_license_v1.0',
  },
};

/** The terms of the newest year are those of the site; null where the city has named none that are known. */
export function licenceOf({ years }: Published): Licence | null {
  const id = years[0] === undefined ? defaultLicence : years[0].licence;
  return id === null ? null : { id, ...licences[id] };
}

/** Latest day on which a department of the dataset changed, or null where there is none. */
export function lastUpdated(dataset: Dataset): string | null {
  return dataset.departments.reduce<string | null>(
    (latest, { updated }) => (latest === null || updated > latest ? updated : latest),
    null,
  );
}

/** `index.json`: the years, newest first, and the files of each. Addresses are relative to the file itself. */
export function dataIndex(datasets: readonly Dataset[], documents: ReadonlyMap<string, number> = new Map()): unknown {
  const from = paths.index;
  return {
    schemaVersion: 1,
    municipality: datasets[0]?.municipality ?? null,
    schema: relativeHref(from, paths.schema),
    datapackage: relativeHref(from, paths.datapackage),
    years: datasets.map((dataset) => ({
      fiscalYear: dataset.fiscalYear,
      fiscalYearLabel: dataset.fiscalYearLabel,
      phase: dataset.phase,
      title: dataset.title,
      updated: lastUpdated(dataset),
      departments: dataset.departments.length,
      tally: dataset.tally,
      files: {
        page: relativeHref(from, paths.year(dataset.fiscalYear)),
        dataset: relativeHref(from, paths.dataset(dataset.fiscalYear)),
        ...Object.fromEntries(tablesOf(dataset).map(({ name, path }) => [name, relativeHref(from, path)])),
        workbook: relativeHref(from, paths.workbook(dataset.fiscalYear)),
        ...(documents.has(paths.yearDocument(dataset.fiscalYear)) && {
          document: relativeHref(from, paths.yearDocument(dataset.fiscalYear)),
        }),
      },
    })),
  };
}

/** What of the site stands outside the folder of the data. */
interface Elsewhere {
  readonly siteUrl: string | null;
  /** The sizes of the documents, by their paths. */
  readonly documents?: ReadonlyMap<string, number>;
}

/** `datapackage.json`: the same files described for programs, as the Data Package standard (version 2) says. */
export function datapackage(
  datasets: readonly Dataset[],
  licence: Licence | null,
  { siteUrl, documents = new Map() }: Elsewhere,
): unknown {
  const name = datasets[0]?.municipality.name;
  const scheme = datasets[0]?.scheme ?? defaultScheme;
  const homepage = absoluteUrl(siteUrl, paths.home);
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'department-goals',
    title: name === undefined ? scheme.name : `${name} ${scheme.name}`,
    description: inWords('各{unit}が一年度に掲げた目標と、その達成状況', scheme),
    ...(homepage === null ? {} : { homepage }),
    ...(licence === null ? {} : { licenses: [packageLicence(licence)] }),
    resources:
      datasets.length === 0
        ? [schemaResource()]
        : datasets.flatMap((dataset) => yearResources(dataset, { siteUrl, documents })),
  };
}

function packageLicence({ name, title, url }: Licence): unknown {
  return { ...(name === null ? {} : { name }), path: url, title };
}

/** A package has at least one resource, so before the first year it is the schema. */
function schemaResource(): unknown {
  return {
    name: 'schema',
    title: 'データの定義（JSON Schema）',
    path: relativeHref(paths.datapackage, paths.schema),
    format: 'json',
    mediatype: 'application/json',
    encoding: 'utf-8',
  };
}

function yearResources(dataset: Dataset, elsewhere: Elsewhere): unknown[] {
  const year = dataset.fiscalYear;
  const from = paths.datapackage;
  return [
    {
      name: `dataset-${year}`,
      title: `${dataset.fiscalYearLabel} すべての内容`,
      path: relativeHref(from, paths.dataset(year)),
      type: 'json',
      format: 'json',
      mediatype: 'application/json',
      encoding: 'utf-8',
      jsonSchema: relativeHref(from, paths.schema),
    },
    ...tablesOf(dataset).map(({ name, title, path, columns, primaryKey }) =>
      tableResource(`${name}-${year}`, `${dataset.fiscalYearLabel} ${title}`, path, columns, primaryKey),
    ),
    ...resourcesElsewhere(dataset, elsewhere),
  ];
}

/** The standard forbids a path out of the package's own folder, so what lies elsewhere on the site is named by its address, where that is known. */
function resourcesElsewhere(
  { fiscalYear, fiscalYearLabel }: Dataset,
  { siteUrl, documents = new Map() }: Elsewhere,
): unknown[] {
  const files = [
    { name: 'workbook', title: '印刷と再利用のための表', path: paths.workbook(fiscalYear), format: 'xlsx' },
    { name: 'document', title: '印刷のための文書', path: paths.yearDocument(fiscalYear), format: 'pdf' },
  ].filter(({ name, path }) => name !== 'document' || documents.has(path));
  return files.flatMap(({ name, title, path, format }) => {
    const address = absoluteUrl(siteUrl, path);
    if (address === null) return [];
    return [
      {
        name: `${name}-${fiscalYear}`,
        title: `${fiscalYearLabel} ${title}`,
        path: address,
        format,
        mediatype: mediaTypeOf(path),
      },
    ];
  });
}

function tableResource(
  name: string,
  title: string,
  path: string,
  columns: readonly Pick<Column<never>, 'name' | 'type' | 'description'>[],
  primaryKey: readonly string[],
): unknown {
  return {
    name,
    title,
    path: relativeHref(paths.datapackage, path),
    type: 'table',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: columns.map((column) => ({ name: column.name, type: column.type, description: column.description })),
      primaryKey,
    },
  };
}
