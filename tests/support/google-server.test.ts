import { sheets as sheetsApi } from 'googleapis/build/src/apis/sheets/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GoogleServer } from './google-server.ts';
import { SpreadsheetModel } from './google-spreadsheet.ts';
import { VirtualClock } from './virtual-clock.ts';
import { soundTabs, workbookOf } from './workbook.ts';

/** The server of the tests refuses what the real one refuses, or a test over it shows nothing. Sentences as in Google's own answers. */

const id = 'sheet';
let server: GoogleServer;
beforeEach(async () => {
  server = await GoogleServer.start(new VirtualClock());
  server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
});
afterEach(() => server[Symbol.asyncDispose]());

/** As any program would ask: by plain HTTP. */
async function ask(path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const method = body === undefined ? 'GET' : 'POST';
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${server.apiRoot}v4/spreadsheets/${id}${path}`, { method, ...init });
  return { status: response.status, text: await response.text() };
}

const tabId = (name: string) =>
  server
    .spreadsheet(id)
    .show(id)
    .sheets?.find((sheet) => sheet.properties?.title === name)?.properties?.sheetId ?? -1;
const note = (range: object) => ({
  requests: [
    {
      updateCells: { range: { sheetId: tabId('目標'), ...range }, rows: [{ values: [{ note: 'x' }] }], fields: 'note' },
    },
  ],
});
const cell = (row: number, column: number) => ({
  startRowIndex: row,
  endRowIndex: row + 1,
  startColumnIndex: column,
  endColumnIndex: column + 1,
});

describe('refuses, and carries out nothing of the batch', () => {
  it.each([
    ['a protected cell', () => note(cell(1, 1)), /trying to edit a protected cell or object/u],
    ['an empty range', () => note({ ...cell(2, 2), endRowIndex: 2 }), /beyond the last requested row/u],
    ['a cell beyond the grid', () => note(cell(20_000, 0)), /exceeds grid limits/u],
    [
      'a field that is none',
      () => ({ requests: [{ updateCells: { ...note(cell(2, 2)).requests[0]?.updateCells, colour: 'red' } }] }),
      /Invalid JSON payload/u,
    ],
    ['a request that is none', () => ({ requests: [{ paintCells: {} }] }), /Invalid JSON payload/u],
    ['no request', () => ({ requests: [] }), /Invalid JSON payload/u],
    [
      'a tab that is none',
      () => ({
        requests: [{ updateCells: { ...note(cell(2, 2)).requests[0]?.updateCells, range: { sheetId: 99_999 } } }],
      }),
      /No grid with id/u,
    ],
    [
      'a drop-down in a typed column',
      () => ({
        requests: [
          {
            setDataValidation: {
              range: { sheetId: tabId('目標'), ...cell(1, 3) },
              rule: {
                condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: '達成' }] },
                strict: false,
                showCustomUi: true,
              },
            },
          },
        ],
      }),
      /typed columns/u,
    ],
    [
      'freezing where all rows below are hidden',
      () => ({
        requests: [
          {
            updateSheetProperties: {
              properties: { sheetId: tabId('部'), gridProperties: { frozenRowCount: 1 } },
              fields: 'gridProperties.frozenRowCount',
            },
          },
        ],
      }),
      /freeze all visible rows/u,
    ],
  ])('%s', async (_, body, sentence) => {
    server.edit(id, (model) => {
      model.lock('目標', { top: 1, left: 1, bottom: 1, right: 1 });
      model.typeColumn('目標', { top: 1, left: 3, bottom: 3, right: 3 });
      const rows = model.show(id).sheets?.find((sheet) => sheet.properties?.title === '部')?.properties?.gridProperties;
      model.hideRows(
        '部',
        Array.from({ length: (rows?.rowCount ?? 1) - 1 }, (__, row) => row + 1),
      );
    });
    const fine = note(cell(2, 2)).requests;
    const asked: { requests: readonly object[] } = body();
    const answer = await ask(':batchUpdate', {
      requests: asked.requests.length === 0 ? [] : [...fine, ...asked.requests],
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(sentence);
    if (!/Invalid JSON/u.test(answer.text)) expect(answer.text).toContain('Invalid requests[1].');
    expect(server.spreadsheet(id).notes).toEqual({});
  });

  it.each([
    ['an unknown field in a mask', '?fields=sheets(data(rowData(values(colour))))', /Invalid field selection/u],
    ['the range of a tab that is not there', `?ranges=${encodeURIComponent("'ない'")}`, /Unable to parse range/u],
  ])('%s', async (_, query, sentence) => {
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(sentence);
  });
});

it('applies masks, and gives the state after a batch where it is asked for', async () => {
  const { text } = await ask('?fields=sheets(properties(title))');
  expect(JSON.parse(text)).toEqual({ sheets: Object.keys(soundTabs).map((title) => ({ properties: { title } })) });
  const sheets = sheetsApi({ version: 'v4', rootUrl: server.apiRoot });
  const { data } = await sheets.spreadsheets.batchUpdate({
    spreadsheetId: id,
    fields: 'updatedSpreadsheet(sheets(data(rowData(values(note)))))',
    requestBody: {
      ...note(cell(1, 1)),
      includeSpreadsheetInResponse: true,
      responseIncludeGridData: true,
      responseRanges: ["'目標'"],
    },
  });
  expect(JSON.stringify(data)).toContain('{"note":"x"}');
  expect(JSON.stringify(data)).not.toContain('formattedValue');
});
