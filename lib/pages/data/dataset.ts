import { statusCategories } from '../../goals/cells/status.ts';
import type { Dataset, Department, StatusWordOfYear } from '../../goals/model/dataset.ts';
import { statusCodes, sumTallies } from '../../goals/model/dataset.ts';
import { datasetSchema } from '../../goals/model/dataset-schema.ts';
import type { Published, PublishedYear, Reorganisation } from '../../goals/model/published.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { matchKey } from '../../text/normalize.ts';

/**
 * The dataset of one year as `data/v1/{year}.json` publishes it. Its properties come in the order of the schema, which is part of "the
 * same cells always give the same bytes".
 */
export function toDataset(year: PublishedYear, published: Published): Dataset {
  const departments = year.departments.map(({ department }): Department => {
    return { ...department, ...relativesOf(department, year.fiscalYear, published) };
  });
  return datasetSchema.parse({
    schemaVersion: 1,
    municipality: year.municipality,
    scheme: year.scheme,
    fiscalYear: year.fiscalYear,
    fiscalYearLabel: fiscalYearLabel(year.fiscalYear),
    phase: year.phase,
    title: year.title,
    introduction: year.introduction,
    statuses: statusesOf(year),
    columns: year.columns,
    tally: sumTallies(departments.map(({ tally }) => tally)),
    departments,
  });
}

/** The words of 選択肢 in its order, then the contract's words that the year uses. Source: section 8 of the contract. */
export function statusesOf({ statuses, departments }: PublishedYear): StatusWordOfYear[] {
  const used = new Set(
    departments.flatMap(({ department }) =>
      department.goals.flatMap(({ status, interim }) => [status, ...(interim === null ? [] : [interim.status])]),
    ),
  );
  const known = new Set(statuses.map(({ code }) => code));
  const others = statusCategories
    .filter(({ code }) => used.has(code) && !known.has(code))
    .sort((a, b) => statusCodes.indexOf(a.code) - statusCodes.indexOf(b.code));
  return [...statuses, ...others.map(({ word, code }) => ({ code, label: word, description: null }))];
}

/**
 * What a department came from and became, by 組織の変遷: departments of the site, those of the nearest year before the new name and those
 * of its first year that is published. A renaming is among them.
 */
function relativesOf(
  { name }: Pick<Department, 'name'>,
  fiscalYear: number,
  { years, history }: Published,
): Pick<Department, 'predecessors' | 'successors'> {
  const key = matchKey(name);
  const find = (
    named: string,
    isInTime: (year: number) => boolean,
    newestFirst: boolean,
  ): Department['predecessors'] => {
    const sorted = years.toSorted((a, b) => (newestFirst ? b.fiscalYear - a.fiscalYear : a.fiscalYear - b.fiscalYear));
    for (const year of sorted) {
      if (!isInTime(year.fiscalYear)) continue;
      const found = year.departments.find(({ department }) => matchKey(department.name) === matchKey(named));
      if (found) return [{ id: found.department.id, name: found.department.name, fiscalYear: year.fiscalYear }];
    }
    return [];
  };
  const isThen = (one: Reorganisation): boolean => one.fiscalYear <= fiscalYear;
  return {
    predecessors: history
      .filter((one) => isThen(one) && matchKey(one.to) === key)
      .flatMap((one) => find(one.from, (year) => year < one.fiscalYear, true)),
    successors: history
      .filter((one) => !isThen(one) && matchKey(one.from) === key)
      .flatMap((one) => find(one.to, (year) => year >= one.fiscalYear, false)),
  };
}
