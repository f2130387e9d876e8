import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';
import type { Failure } from '../../failure.ts';
import { type NewCell, type NewYear, newYearLines, planNewYear } from '../../staff/new-year/new-year.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { cellAddress } from '../../workbook/workbook.ts';
import { gridRange } from './grid-range.ts';
import { type GoogleSheetDeps, sessions } from './session.ts';
import { cellsOf, type GridCell, isLocked, rangeSchema, sheetFields, sheetSchema, workbookOf } from './spreadsheet.ts';

type Request = sheets_v4.Schema$Request;
type Planned = Extract<NewYear, { kind: 'planned' }>;

export type NewYearResult =
  /** `begun`: the year was there already, and nothing was written. */
  | { readonly outcome: 'done' | 'begun'; readonly lines: readonly string[]; readonly requests: number }
  /** Nothing was written. */
  | {
      readonly outcome: 'failed';
      readonly failures: readonly Pick<Failure, 'message' | 'fix'>[];
      readonly requests: number;
    };

const newYearSchema = z.object({
  sheets: z.array(sheetSchema.extend({ tables: z.array(z.object({ range: rangeSchema })).default([]) })),
});
type NewYearSpreadsheet = z.infer<typeof newYearSchema>;

const newYearFields = `sheets(${sheetFields},tables(range))`;

/**
 * Begins the next year in a Google Sheet: 1 request to see what is there and 1 to write, all or nothing. No formula is overwritten and no
 * lock gone around: where one is in the way nothing is written, and it is said where. Notes, formats, filters and hidden rows stay as they
 * are. Needs `access: 'write'`.
 *
 * @param now the instant of the run
 */
export async function beginNewYear(deps: GoogleSheetDeps, now: Date): Promise<NewYearResult> {
  const begun = await sessions(deps)();
  if (!begun.ok) return { outcome: 'failed', failures: [begun.failure], requests: 0 };
  const { session } = begun;
  const { spreadsheetId } = deps;
  /** What was sent, and may have been carried out though no answer came: the look before the next try shows it. */
  let sent: Finished | null = null;
  const done = await session.send(async (client, signal): Promise<Finished> => {
    const asked = { fields: newYearFields, ranges: [] };
    const spreadsheet = await client.spreadsheet(spreadsheetId, asked, newYearSchema, signal);
    const plan = planNewYear(workbookOf(spreadsheet), now);
    if (plan.kind === 'unreadable') return { outcome: 'failed', failures: plan.findings };
    if (plan.kind === 'begun') return sent ?? { outcome: 'begun', lines: begunLines(plan.fiscalYear) };
    const obstacles = obstaclesTo(plan, spreadsheet);
    if (obstacles.length > 0) return { outcome: 'failed', failures: obstacles };
    sent = { outcome: 'done', lines: [...newYearLines(plan), ...notesOn(plan, spreadsheet)] };
    const result = await client.update(
      spreadsheetId,
      { requests: requestsOf(plan, spreadsheet), tellTabs: [] },
      signal,
    );
    if (result.done) return sent;
    sent = null;
    if (result.refusal.why === 'locked') return { outcome: 'failed', failures: [lockedSomewhere] };
    throw result.error;
  });
  const requests = session.requests();
  if (!done.ok) return { outcome: 'failed', failures: [session.failure(done)], requests };
  return { ...done.value, requests };
}

type Finished =
  | { readonly outcome: 'done' | 'begun'; readonly lines: readonly string[] }
  | { readonly outcome: 'failed'; readonly failures: readonly Pick<Failure, 'message' | 'fix'>[] };

function begunLines(fiscalYear: number): readonly string[] {
  const year = fiscalYearLabel(fiscalYear);
  return [
    `このシートは、もう${year}の「目標」の段階です。変えたところはありません。`,
    `${year}の次の年度を始めるときは、${year}の結果を公表してから（設定の「段階」を「結果」にしてから）実行してください。`,
  ];
}

const lockedSomewhere = {
  message: '保護された範囲があるため、Googleに書き込みを断られました。何も書き換えていません。',
  fix: 'スプレッドシートの持ち主に、「データ」→「シートと範囲を保護」で、Mokuhyoのアカウントを編集者に加えるよう頼んでください。',
};

type GridTab = NewYearSpreadsheet['sheets'][number];

const tabOf = ({ sheets }: NewYearSpreadsheet, name: string): GridTab | undefined =>
  sheets.find(({ properties }) => properties.title === name);

/** What a cell holds, by its tab and address. */
function cellsByAddress({ sheets }: NewYearSpreadsheet): ReadonlyMap<string, GridCell> {
  return new Map(
    sheets.flatMap((sheet) =>
      cellsOf(sheet).map(
        ({ cell, row, column }) => [`${sheet.properties.title}!${cellAddress(row, column)}`, cell] as const,
      ),
    ),
  );
}

const addressOf = ({ tab, row, column }: NewCell): string => `${tab}!${cellAddress(row, column)}`;

/** What must not be overwritten, or cannot be: all of it is said at once. */
function obstaclesTo({ cells }: Planned, spreadsheet: NewYearSpreadsheet): readonly Pick<Failure, 'message' | 'fix'>[] {
  const there = cellsByAddress(spreadsheet);
  const formulas = cells.filter((cell) => there.get(addressOf(cell))?.userEnteredValue?.formulaValue !== undefined);
  const locked = cells.filter(({ tab, row, column }) => {
    const sheet = tabOf(spreadsheet, tab);
    return sheet !== undefined && isLocked(sheet, row, column);
  });
  return [
    ...(formulas.length === 0
      ? []
      : [
          {
            message: `次のセルには数式が入っているため、上書きしません：${formulas.map(addressOf).join('、')}。何も書き換えていません。`,
            fix: '数式を、いま表示されている値に置き換えてから（コピーして「値のみ貼り付け」）、もう一度実行してください。',
          },
        ]),
    ...(locked.length === 0
      ? []
      : [
          {
            message: `次のセルは保護されていて、書き込めません：${locked.map(addressOf).join('、')}。何も書き換えていません。`,
            fix: lockedSomewhere.fix,
          },
        ]),
  ];
}

/** What people would not expect of the new rows. */
function notesOn({ cells, scheme }: Planned, spreadsheet: NewYearSpreadsheet): readonly string[] {
  const there = cellsByAddress(spreadsheet);
  const formulas = cells.flatMap(({ tab, taken }) => {
    const address = `${tab}!${taken?.address ?? ''}`;
    return there.get(address)?.userEnteredValue?.formulaValue === undefined ? [] : [address];
  });
  const added = cells.filter(({ what }) => what === 'department');
  const beyondTable = new Set(
    added.flatMap(({ tab, row }) =>
      tabOf(spreadsheet, tab)?.tables.some(({ range }) => row >= range.endRowIndex) ? [tab] : [],
    ),
  );
  return [
    ...(formulas.length === 0
      ? []
      : [`数式の入ったセルからは、いま表示されている値を写しました：${[...new Set(formulas)].join('、')}。`]),
    ...[...beyondTable].map(
      (tab) =>
        `「${tab}」の新しい行は、テーブルの下に書きました。テーブルの右下の角を引いて、新しい${scheme.unit}の行まで広げてください。`,
    ),
  ];
}

function requestsOf({ cells }: Planned, spreadsheet: NewYearSpreadsheet): Request[] {
  const there = cellsByAddress(spreadsheet);
  return [...Map.groupBy(cells, ({ tab }) => tab)].flatMap(([tab, own]) => {
    const sheet = tabOf(spreadsheet, tab);
    if (sheet === undefined) return [];
    const { sheetId } = sheet.properties;
    return [
      ...growth(sheet, Math.max(...own.map(({ row }) => row)) + 1, Math.max(...own.map(({ column }) => column)) + 1),
      ...runsOf(own).map((run): Request => {
        const [{ row, column }] = run;
        return {
          updateCells: {
            range: gridRange(sheetId, row, row + run.length, column, column + 1),
            rows: run.map((cell) => ({ values: [dataOf(cell, there)] })),
            fields: run.some(({ taken }) => taken?.link) ? 'userEnteredValue,textFormatRuns' : 'userEnteredValue',
          },
        };
      }),
    ];
  });
}

function growth({ properties }: GridTab, rows: number, columns: number): readonly Request[] {
  const { rowCount = 0, columnCount = 0 } = properties.gridProperties ?? {};
  const grown = { rowCount: Math.max(rowCount, rows), columnCount: Math.max(columnCount, columns) };
  if (grown.rowCount === rowCount && grown.columnCount === columnCount) return [];
  return [
    {
      updateSheetProperties: {
        properties: { sheetId: properties.sheetId, gridProperties: grown },
        fields: 'gridProperties.rowCount,gridProperties.columnCount',
      },
    },
  ];
}

/** Cells that stand one under the other, together: one request for a column of years. */
function runsOf(cells: readonly NewCell[]): readonly (readonly [NewCell, ...NewCell[]])[] {
  const sorted = [...cells].sort((one, other) => one.column - other.column || one.row - other.row);
  const runs: [NewCell, ...NewCell[]][] = [];
  for (const cell of sorted) {
    const last = runs.at(-1);
    const above = last?.at(-1);
    if (last !== undefined && above?.column === cell.column && above.row === cell.row - 1) last.push(cell);
    else runs.push([cell]);
  }
  return runs;
}

/** A number stays one, so that it looks and sorts as it did; any other value is the text that people see. A blank clears the cell. */
function dataOf({ tab, after, taken }: NewCell, there: ReadonlyMap<string, GridCell>): sheets_v4.Schema$CellData {
  if (after === '') return {};
  const source = there.get(`${tab}!${taken?.address ?? ''}`);
  const number = source?.userEnteredValue?.numberValue;
  const isPlain = source?.effectiveFormat?.numberFormat?.type === undefined;
  if (number !== undefined && isPlain) return { userEnteredValue: { numberValue: number } };
  const value = { userEnteredValue: { stringValue: after } };
  return taken?.link ? { ...value, textFormatRuns: [{ format: { link: { uri: taken.link } } }] } : value;
}
