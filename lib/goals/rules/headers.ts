import { isBlank, matchKey } from '../../text/normalize.ts';
import { closestTo } from '../../text/resemblance.ts';
import type { Field, UnlistedColumn } from '../../workbook/rows.ts';
import { departmentColumnNames, goalColumnNames } from '../../workbook/rows.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { report } from './rule.ts';

/** Shorter headers resemble too many others: 備考 and 公開 have no letter in common, 証明 and 説明 have one of two. */
const shortest = 4;

/**
 * A column that the contract does not list is private (section 1). Where an optional column is missing and a private one
 * has nearly its name, somebody meant to publish it. Required columns block, and those of results are errors of their own.
 */
export function* resemblingHeaders(sheet: JoinedSheet): Generator<Report> {
  const { departments, goals } = sheet.rows;
  const required = new Set<string>([departmentColumnNames.summary, goalColumnNames.status]);
  const inResult = sheet.departments.some(({ phase, visibility }) => phase === 'result' && visibility !== 'withdrawn');
  const tables = [
    { tab: departments.tab, ...columnsOf(departmentColumnNames, departments.headers), unlisted: departments.unlisted },
    { tab: goals.tab, ...columnsOf(goalColumnNames, goals.headers), unlisted: goals.unlisted },
  ];
  for (const { tab, missing, unlisted } of tables) {
    const wanted = missing.filter((name) => matchKey(name).length >= shortest && !(inResult && required.has(name)));
    for (const { header } of unlisted.filter(hasHeader)) {
      const closest = closestTo(header.text, wanted);
      if (closest === null) continue;
      const { cell, row, text } = header;
      yield report('resembling-header', { tab, cell, row, column: closest, value: text }, { header: closest });
    }
  }
}

const hasHeader = ({ header }: UnlistedColumn): boolean => !isBlank(header.text);

function columnsOf(
  names: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, Field | undefined>>,
): { missing: string[] } {
  return { missing: Object.entries(names).flatMap(([key, name]) => (headers[key] === undefined ? [name] : [])) };
}
