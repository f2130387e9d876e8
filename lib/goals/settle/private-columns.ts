import { departmentColumns, goalColumns, indicatorColumns } from '../../workbook/columns.ts';
import type { Table } from '../../workbook/rows.ts';
import { figureColumns } from '../indicator.ts';
import type { Director, Figure, Indicator, Interim, Phase } from '../model/dataset.ts';
import { tallyOf } from '../model/dataset.ts';
import type { Change, KeptDepartment } from '../model/published.ts';
import { isPrivateIn } from '../texts.ts';
import { defaultTitle, unrated } from './content.ts';
import type { UsableSheet } from './settle.ts';

/**
 * Makes departments as they were published, without what 項目 has since said is not to be published: of the city's own columns, and of those of the
 * contract. Like 取下げ that is said on purpose, and waits for nothing. Source: 公表 of 項目 in section 1 of the contract.
 *
 * @param phase the phase of its year as it was published
 */
export function withoutPrivateColumns(
  { tables, settings }: UsableSheet,
  phase: Phase,
): (department: KeptDepartment) => KeptDepartment {
  const own = privateIn(tables.departments);
  const ofGoals = privateIn(tables.goals);
  const ofIndicators = privateIn(tables.indicators);
  if (own.size + ofGoals.size + ofIndicators.size === 0) return (department) => department;
  // In 中間 what is shown is the middle of the year, and 達成状況 where its column is not there.
  const isInterimShown = phase === 'interim' && tables.goals.headers.interimStatus !== undefined;
  const statusColumn = isInterimShown ? 'interimStatus' : 'status';
  const interimColumn = phase === 'interim' ? statusColumn : 'interimStatus';
  return (department) => {
    const title = defaultTitle(department.name, settings.scheme);
    const goals = department.goals.map((goal) => ({
      ...goal,
      ...(ofGoals.has(statusColumn) ? unrated : {}),
      ...blanked(goalColumns, ofGoals),
      interim: interimWithout(goal.interim, ofGoals, interimColumn),
      columns: valuesWithout(goal.columns, ofGoals),
      indicators: goal.indicators.map((one) => indicatorWithout(one, ofIndicators)),
    }));
    return {
      ...department,
      ...blanked(departmentColumns, own),
      directors: own.has('director') ? [] : department.directors.map((one) => directorWithout(one, own, title)),
      columns: valuesWithout(department.columns, own),
      goals,
      tally: tallyOf(goals),
    };
  };
}

/** Changes as they are told: that a goal's status changed, and not from what to what, once its words are private. */
export function withoutPrivateStatuses(changes: readonly Change[], { tables }: UsableSheet): readonly Change[] {
  const hidden = privateIn(tables.goals);
  if (!hidden.has('status') && !hidden.has('interimStatus')) return changes;
  return changes.map((change) => ({
    ...change,
    details: change.details.map((detail) =>
      detail.what === 'status' ? { what: 'goal', goal: detail.goal, field: 'status' } : detail,
    ),
  }));
}

/** The columns that are not to be published: the keys of those of the contract, and the headers of the city's own. */
type PrivateColumns = ReadonlySet<string>;

function privateIn(table: Table<string> | null): PrivateColumns {
  if (table === null) return new Set();
  const ofContract = Object.keys(table.changes).filter(isPrivateIn(table));
  const own = table.declared.flatMap(({ header, isPublished }) => (isPublished ? [] : [ownKey(header)]));
  return new Set([...ofContract, ...own]);
}

/** A header of the city's own is never taken for the key of a column of the contract. */
const ownKey = (header: string): string => `columns.${header}`;

function valuesWithout<Value>(
  values: Readonly<Record<string, Value>>,
  hidden: PrivateColumns,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([header]) => !hidden.has(ownKey(header))));
}

/** Nothing, for each of the plain texts that are private; the type says which those can be. */
function blanked<const Column extends { readonly key: string; readonly json?: string }>(
  columns: readonly Column[],
  hidden: PrivateColumns,
): { [Property in NonNullable<Column['json']>]?: null } {
  return Object.fromEntries(
    columns.flatMap(({ key, json }) => (json !== undefined && hidden.has(key) ? [[json, null]] : [])),
  ) as { [Property in NonNullable<Column['json']>]?: null };
}

function directorWithout(director: Director, hidden: PrivateColumns, defaultOf: string): Director {
  return {
    ...director,
    title: hidden.has('directorTitle') ? defaultOf : director.title,
    nameKana: hidden.has('directorKana') ? null : director.nameKana,
    portrait: hidden.has('portrait') ? null : director.portrait,
  };
}

function interimWithout(interim: Interim | null, hidden: PrivateColumns, statusColumn: string): Interim | null {
  if (interim === null) return null;
  const left = {
    ...interim,
    ...(hidden.has(statusColumn) ? unrated : {}),
    report: hidden.has('interimReport') ? null : interim.report,
  };
  return left.status === 'unrated' && left.report === null ? null : left;
}

function indicatorWithout(indicator: Indicator, hidden: PrivateColumns): Indicator {
  const figures = Object.fromEntries(
    figureColumns.map(({ value, at }): [string, Figure | null] => {
      const figure = indicator[value];
      if (figure === null || hidden.has(value)) return [value, null];
      return [value, hidden.has(at) ? { ...figure, at: null } : figure];
    }),
  );
  const isCompared = !hidden.has('target') && !hidden.has('actual');
  return {
    ...indicator,
    ...figures,
    ...blanked(indicatorColumns, hidden),
    unit: hidden.has('unit') ? null : indicator.unit,
    reached: isCompared ? indicator.reached : null,
    columns: valuesWithout(indicator.columns, hidden),
  };
}
