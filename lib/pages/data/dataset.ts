import { type Dataset, type Department, sumTallies, type Tally } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';

/**
 * The dataset of one year as `data/v1/{year}.json` publishes it. Properties are written out one by one, because their
 * order is part of "the same cells always give the same bytes".
 */
export function toDataset(year: PublishedYear): Dataset {
  return {
    schemaVersion: 1,
    municipality: { name: year.municipality.name, code: year.municipality.code },
    fiscalYear: year.fiscalYear,
    fiscalYearLabel: fiscalYearLabel(year.fiscalYear),
    phase: year.phase,
    title: year.title,
    tally: inOrder(sumTallies(year.departments.map(({ department }) => department.tally))),
    departments: year.departments.map(({ department }) => ordered(department)),
  };
}

function ordered(department: Department): Department {
  const { director } = department;
  return {
    id: department.id,
    name: department.name,
    nameKana: department.nameKana,
    director: { title: director.title, name: director.name, nameKana: director.nameKana, portrait: director.portrait },
    policy: department.policy,
    work: department.work,
    summary: department.summary,
    updated: department.updated,
    tally: inOrder(department.tally),
    goals: department.goals.map(({ number, text, status, statusLabel, note }) => ({
      number,
      text,
      status,
      statusLabel,
      note,
    })),
  };
}

function inOrder(tally: Tally): Tally {
  return {
    achieved: tally.achieved,
    partial: tally.partial,
    missed: tally.missed,
    'in-progress': tally['in-progress'],
    unrated: tally.unrated,
    total: tally.total,
  };
}
