import type { Dataset } from '../../goals/model/dataset.ts';
import type { KeptDepartment } from '../../goals/model/published.ts';
import { absoluteUrl, paths, relativeHref } from '../address.ts';
import { lastUpdated, licenceOf } from '../data/catalogue.ts';
import { tablesOf } from '../data/tables.ts';
import type { SiteContext } from '../site-context.ts';

/** What search engines read of a year: the report, and the data that it stands on (schema.org Report and Dataset). */
export function yearReport(site: SiteContext, dataset: Dataset, from: string): unknown {
  const publisher = { '@type': 'GovernmentOrganization', name: dataset.municipality.name };
  const url = address(site, from);
  const page = url(paths.year(dataset.fiscalYear));
  const updated = lastUpdated(dataset);
  const licence = licenceOf(site.published);
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'Report',
        '@id': `${page}#report`,
        name: dataset.title,
        url: page,
        inLanguage: site.words.lang,
        ...(updated === null ? {} : { dateModified: updated }),
        temporalCoverage: coverage(dataset.fiscalYear),
        publisher,
        isBasedOn: { '@id': `${page}#dataset` },
      },
      {
        '@type': 'Dataset',
        '@id': `${page}#dataset`,
        name: `${dataset.municipality.name} ${dataset.fiscalYearLabel} ${dataset.scheme.name}`,
        description: site.words.datasetDescription(dataset.municipality.name, dataset.fiscalYearLabel),
        ...(licence === null ? {} : { license: { '@type': 'CreativeWork', name: licence.title } }),
        isAccessibleForFree: true,
        temporalCoverage: coverage(dataset.fiscalYear),
        creator: publisher,
        distribution: [
          download('application/json', url(paths.dataset(dataset.fiscalYear))),
          ...tablesOf(dataset).map(({ path }) => download('text/csv', url(path))),
        ],
      },
    ],
  };
}

/** A department's page as a part of the year's report. */
export function departmentReport(
  site: SiteContext,
  dataset: Dataset,
  department: KeptDepartment,
  from: string,
): unknown {
  const url = address(site, from);
  return {
    '@context': 'https://schema.org',
    '@type': 'Report',
    name: `${dataset.fiscalYearLabel} ${department.name}`,
    url: url(from),
    inLanguage: site.words.lang,
    dateModified: department.updated,
    temporalCoverage: coverage(dataset.fiscalYear),
    publisher: { '@type': 'GovernmentOrganization', name: dataset.municipality.name },
    isPartOf: { '@id': `${url(paths.year(dataset.fiscalYear))}#report` },
  };
}

function address(site: SiteContext, from: string): (path: string) => string {
  return (path) => absoluteUrl(site.siteUrl, path) ?? relativeHref(from, path);
}

function coverage(fiscalYear: number): string {
  return `${fiscalYear}-04-01/${fiscalYear + 1}-03-31`;
}

function download(encodingFormat: string, contentUrl: string): unknown {
  return { '@type': 'DataDownload', encodingFormat, contentUrl };
}
