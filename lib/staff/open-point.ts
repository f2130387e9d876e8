import type { Finding } from '../findings/finding.ts';
import { dayInWords } from '../text/date-in-words.ts';
import type { Scheme } from '../text/scheme.ts';
import type { RunReport } from './run-report.ts';

/** What of a run's report matters to those who watch over it. */
export type WatchedReport = Pick<
  RunReport,
  | 'outcome'
  | 'release'
  | 'held'
  | 'objects'
  | 'issues'
  | 'completeness'
  | 'municipality'
  | 'scheme'
  | 'standings'
  | 'differences'
  | 'sourceFailure'
>;

/**
 * One thing in the sheet that needs a person. It says where something is wrong and of what kind, never what stands there: the
 * mail goes further than the sheet, and a draft is nobody else's to read.
 */
export interface OpenPoint {
  /** The same from night to night as long as it is the same thing; rows may move in between. */
  readonly key: string;
  /** 部名, `''` where its row has none; null where it is about the sheet as a whole. */
  readonly department: string | null;
  readonly fiscalYear: number | null;
  /** One line of plain Japanese. */
  readonly line: string;
  /** Said every night, for as long as it is so. */
  readonly isDaily?: boolean;
}

/** What in the sheet needs a person: departments that are held or wait for 決裁, required cells that are blank, and errors. */
export function openPoints(report: WatchedReport): OpenPoint[] {
  return [
    ...heldPoints(report),
    ...urgentPoints(report),
    ...awaitingPoints(report),
    ...blankPoints(report),
    ...errorPoints(report),
  ];
}

/** 緊急 is named every day, until a number replaces it. Source: 決裁 in section 1 of the contract. */
function urgentPoints({ issues }: WatchedReport): OpenPoint[] {
  return issues
    .filter(({ code }) => code === 'urgent-approval')
    .map(({ department, tab, cell }) => ({
      key: keyOf('urgent', null, department),
      department,
      fiscalYear: null,
      line: `決裁の欄が「緊急」のままです（「${tab}」シートの${cell}）。決裁が済んだら、日付か文書番号に書き換えてください。`,
      isDaily: true,
    }));
}

function awaitingPoints({ standings }: WatchedReport): OpenPoint[] {
  return standings
    .filter(({ standing }) => standing === 'awaiting-approval')
    .map(({ department, fiscalYear, showing }) => ({
      key: keyOf('awaiting', fiscalYear, department),
      department,
      fiscalYear,
      line:
        showing === null
          ? '決裁を待っています。サイトには、まだ何も表示していません。'
          : `決裁を待っています。サイトには、${dayInWords(showing)}の内容を表示しています。`,
    }));
}

function heldPoints({ held }: WatchedReport): OpenPoint[] {
  const times = new Map<string, number>();
  // Rows without a name are several departments, not one.
  const keyAgain = (key: string): string => {
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    return count === 1 ? key : `${key}|${count}`;
  };
  return held.map(({ department, fiscalYear, showing }) => ({
    key: keyAgain(keyOf('held', fiscalYear, department)),
    department,
    fiscalYear,
    line:
      showing === null
        ? '掲載を保留しています。サイトには、まだ何も表示していません。'
        : `掲載を保留しています。サイトには、${dayInWords(showing)}の内容を表示しています。`,
  }));
}

function blankPoints({ completeness }: WatchedReport): OpenPoint[] {
  return completeness.flatMap(({ department, fiscalYear, fields }) =>
    fields
      .filter(({ blank }) => blank > 0)
      .map(({ column, blank }) => ({
        key: keyOf('blank', fiscalYear, department, column),
        department,
        fiscalYear,
        line: `「${column}」が未記入です（${blank}か所）。`,
      })),
  );
}

/** What is called a department here: a name that no row of 部 has may be any text that slipped into the column. */
const unlistedDepartment = ({ unit }: Scheme): string => `「${unit}」のシートにない${unit}名`;

function errorPoints({ issues, completeness, held, scheme }: WatchedReport): OpenPoint[] {
  const listed = new Set([...completeness, ...held].map(({ department }) => department));
  const departmentOf = ({ department }: Finding): string | null =>
    department === null || listed.has(department) ? department : unlistedDepartment(scheme);
  const blank = new Set(completeness.flatMap(({ missing }) => missing));
  const errors = issues.filter(
    ({ severity, tab, cell }) =>
      severity === 'error' && !(tab !== null && cell !== null && blank.has(`${tab}!${cell}`)),
  );
  const alike = Map.groupBy(errors, (error) =>
    keyOf('error', null, departmentOf(error), error.code, error.tab, error.column),
  );
  return [...alike].flatMap(([key, findings]) => {
    const [first] = findings;
    if (first === undefined) return [];
    return [{ key, department: departmentOf(first), fiscalYear: null, line: errorLine(first, findings) }];
  });
}

function errorLine(first: Finding, alike: readonly Finding[]): string {
  // Only what concerns no place of the sheet is in the program's own words from end to end.
  if (first.tab === null && first.value === null) return `${first.message}${first.fix}`;
  const cells = alike.flatMap(({ cell }) => (cell === null ? [] : [cell]));
  const shown = cells.slice(0, 5).join('、');
  const place = [
    first.tab === null ? '' : `「${first.tab}」シート`,
    first.column === null ? '' : `の「${first.column}」`,
    cells.length === 0 ? '' : `（${shown}${cells.length > 5 ? `ほか、計${cells.length}か所` : ''}）`,
  ].join('');
  return `${place === '' ? 'シート' : place}に、公表できない誤りがあります。`;
}

function keyOf(...parts: readonly (string | number | null)[]): string {
  return parts.map((part) => part ?? '').join('|');
}
