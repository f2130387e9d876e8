import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GoogleSheetSource, googleSheetSource } from '../../../lib/sources/google/google-sheet.ts';
import { GoogleServer, type ServerFault } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { trimmed } from '../../support/trimmed-workbook.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../../support/workbook.ts';

const id = 'spreadsheet-under-test';

let clock: VirtualClock;
let server: GoogleServer;

beforeEach(async () => {
  clock = new VirtualClock();
  server = await GoogleServer.start(clock);
  server.add(id, SpreadsheetModel.of(workbookOf(soundTabs)));
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

/** Jitter is always half a second, so that times can be told. */
function source(options: { budgetMs?: number; deadline?: number } = {}): GoogleSheetSource {
  return googleSheetSource({
    spreadsheetId: id,
    config: { kind: 'loopback', apiRoot: server.apiRoot },
    access: 'read',
    clock,
    random: () => 0.5,
    ...options,
  });
}

describe('read', () => {
  it('gives the texts of every tab with two requests and without a credential', async () => {
    const result = await source().read();
    expect(result).toMatchObject({ ok: true, requests: 2, version: '100' });
    expect(result.ok && result.workbook).toEqual(trimmed(workbookOf(soundTabs)));
    expect(server.requests.map(({ kind, authorization }) => [kind, authorization])).toEqual([
      ['look', null],
      ['get', null],
    ]);
  });

  it('gives displayed values, merges, links, hidden tabs, and rows of any length', async () => {
    server.edit(id, (model) => {
      model.addTab('型', [['文字', 'a', '', 'd'], [], ['', '', 'c']], [{ top: 0, left: 1, bottom: 1, right: 2 }]);
      model.hide('型');
      model.set('型', 'A4', { userEnteredValue: { numberValue: 1234.5 }, formattedValue: '1,234.50' });
      model.set('型', 'B4', { userEnteredValue: { boolValue: true }, formattedValue: 'TRUE' });
      model.set('型', 'C4', { userEnteredValue: { formulaValue: '=1/0' }, formattedValue: '#DIV/0!' });
      model.set('型', 'D4', { userEnteredValue: { numberValue: 45748 }, formattedValue: '令和7年4月1日' });
      model.set('型', 'E4', { userEnteredValue: { formulaValue: '="改"&"行"' }, formattedValue: '改\n行' });
      model.set('型', 'F9', { note: 'メモだけのマス' });
      model.set('型', 'A5', {
        formattedValue: '写真',
        textFormatRuns: [{ format: { link: { uri: 'https://example.jp/a.jpg' } } }],
      });
      model.set('型', 'B5', {
        formattedValue: '二つ',
        textFormatRuns: [
          { format: { link: { uri: 'https://example.jp/1' } } },
          { startIndex: 1, format: { link: { uri: 'https://example.jp/2' } } },
        ],
      });
      model.set('型', 'C5', {
        formattedValue: '顔.jpg',
        chipRuns: [{ chip: { richLinkProperties: { uri: 'https://drive.google.com/file/d/x' } } }],
      });
      model.addChart('グラフ');
    });
    const result = await source().read();
    const sheets = result.ok ? result.workbook.sheets : [];
    expect(sheets.map(({ name }) => name)).toEqual(['設定', '部', '目標', '型']);
    expect(sheets.at(-1)).toEqual({
      name: '型',
      rows: [
        ['文字', 'a', '', 'd'],
        [],
        ['', '', 'c'],
        ['1,234.50', 'TRUE', '#DIV/0!', '令和7年4月1日', '改\n行'],
        ['写真', '二つ', '顔.jpg'],
      ],
      merges: [{ top: 0, left: 1, bottom: 1, right: 2 }],
      links: new Map([
        ['A5', 'https://example.jp/a.jpg'],
        ['C5', 'https://drive.google.com/file/d/x'],
      ]),
      hidden: true,
    });
  });

  it('leaves out what is struck, and says so: whole cells and stretches, as the cell looks where a stretch says nothing', async () => {
    const struckCell = { effectiveFormat: { textFormat: { strikethrough: true } } };
    server.edit(id, (model) => {
      model.addTab('型', [['全部', '一部だけ', '戻した', 'そのまま']]);
      model.set('型', 'A1', struckCell);
      model.set('型', 'B1', { textFormatRuns: [{ format: { strikethrough: true } }, { startIndex: 2, format: {} }] });
      model.set('型', 'C1', {
        ...struckCell,
        textFormatRuns: [{ startIndex: 1, format: { strikethrough: false } }],
      });
    });
    const sheet = await lastSheet();
    expect(sheet?.rows).toEqual([['', 'だけ', 'した', 'そのまま']]);
    expect(sheet?.marks).toEqual(
      new Map([
        ['A1', { struck: '全部' }],
        ['B1', { struck: '一部' }],
        ['C1', { struck: '戻' }],
      ]),
    );
  });

  it('tells the day behind a number under a date format, and of no other number', async () => {
    server.edit(id, (model) => {
      model.addTab('型');
      const number = (numberValue: number, type: string, formattedValue: string) => ({
        userEnteredValue: { numberValue },
        effectiveFormat: { numberFormat: { type } },
        formattedValue,
      });
      model.set('型', 'A1', number(45748, 'DATE', '令和7年4月1日'));
      model.set('型', 'B1', number(60, 'DATE', '1900/02/28'));
      model.set('型', 'C1', number(45748.75, 'DATE_TIME', '2025/04/01 18:00'));
      model.set('型', 'D1', number(0.75, 'TIME', '18:00'));
      model.set('型', 'E1', number(45748, 'NUMBER', '45,748'));
    });
    expect((await lastSheet())?.marks).toEqual(
      new Map([
        ['A1', { date: { iso: '2025-04-01', number: '45748' } }],
        ['B1', { date: { iso: '1900-02-28', number: '60' } }],
        ['C1', { date: { iso: '2025-04-01', number: '45748.75' } }],
      ]),
    );
  });

  it('tells rows hidden by hand from rows hidden by a filter, and that a tab is hidden', async () => {
    server.edit(id, (model) => {
      model.addTab('型', [['見出し'], ['手'], ['絞り込み'], ['見える']]);
      model.hide('型');
      model.hideRows('型', [1]);
      model.hideRows('型', [2], 'filter');
    });
    const sheet = await lastSheet();
    expect(sheet?.hiddenRows).toEqual(
      new Map([
        [1, 'hand'],
        [2, 'filter'],
      ]),
    );
    expect(sheet?.hidden).toBe(true);
  });

  it('reads the link under a text, of HYPERLINK and of a chip', async () => {
    server.edit(id, (model) => {
      model.addTab('型');
      model.set('型', 'A1', {
        userEnteredValue: { formulaValue: '=HYPERLINK("https://example.jp/1.jpg","写真")' },
        formattedValue: '写真',
        hyperlink: 'https://example.jp/1.jpg',
      });
      const uri = 'https://drive.google.com/file/d/abc/view';
      model.set('型', 'B1', { formattedValue: '部長.jpg', chipRuns: [{ chip: { richLinkProperties: { uri } } }, {}] });
    });
    expect((await lastSheet())?.links).toEqual(
      new Map([
        ['A1', 'https://example.jp/1.jpg'],
        ['B1', 'https://drive.google.com/file/d/abc/view'],
      ]),
    );
  });

  async function lastSheet() {
    const result = await source().read();
    return result.ok ? result.workbook.sheets.at(-1) : undefined;
  }
});

describe('a formula that is still being worked out', () => {
  const loading = {
    userEnteredValue: { formulaValue: '=IMPORTRANGE("x","A1")' },
    effectiveValue: { errorValue: { type: 'LOADING', message: 'Loading data...' } },
    formattedValue: 'Loading...',
  };

  it('is read again after a short wait', async () => {
    server.edit(id, (model) => model.set('目標', 'C2', loading));
    const done = () => {
      server.spreadsheet(id).unset('目標', 'C2', 'effectiveValue');
      server.spreadsheet(id).set('目標', 'C2', { formattedValue: '届いた目標' });
    };
    server.beforeNext('get', () => server.beforeNext('get', done));
    const result = await source().read();
    expect(result).toMatchObject({ ok: true, requests: 3 });
    expect(result.ok && result.workbook.sheets[2]?.rows[1]?.[2]).toBe('届いた目標');
    expect(clock.elapsed).toBe(2_000);
  });

  it('is said to be so in the end, and is no text', async () => {
    server.edit(id, (model) => model.set('目標', 'C2', loading));
    const result = await source().read();
    expect(result).toMatchObject({ ok: true, requests: 4 });
    const sheet = result.ok ? result.workbook.sheets[2] : undefined;
    expect(sheet?.rows[1]?.[2]).toBe('');
    expect(sheet?.marks).toEqual(new Map([['C2', { pending: 'loading' }]]));
    expect(clock.elapsed).toBe(6_000);
  });

  it('is not waited for where the time is over, nor in a tab of Mokuhyo, nor where a person wrote the word', async () => {
    server.edit(id, (model) => model.set('目標', 'C2', loading));
    expect(await source({ deadline: clock.now() + 1_500 }).read()).toMatchObject({ ok: true, requests: 2 });
    server.edit(id, (model) => {
      model.unset('目標', 'C2', 'effectiveValue');
      model.type('目標', 'C2', 'Loading...');
      model.addTab('記入状況');
      model.set('記入状況', 'A1', loading);
    });
    expect(await source().read()).toMatchObject({ ok: true, requests: 2 });
  });
});

describe('poll', () => {
  async function seenOnce(): Promise<{ polled: GoogleSheetSource; seen: Parameters<GoogleSheetSource['poll']>[0] }> {
    const polled = source();
    const first = await polled.poll(null);
    if (first.outcome !== 'changed') throw new Error(`The first poll was ${first.outcome}.`);
    return { polled, seen: first.reading.seen };
  }

  it('needs 1 request where nothing changed', async () => {
    const { polled, seen } = await seenOnce();
    clock.advance(10 * 60_000);
    expect(await polled.poll(seen)).toEqual({ outcome: 'unchanged', seen, requests: 1 });
    expect(server.requests.map(({ kind }) => kind)).toEqual(['look', 'get', 'look']);
  });

  it('needs 2 requests where something changed', async () => {
    const { polled, seen } = await seenOnce();
    server.edit(id, (model) => model.type('目標', 'C2', '別の目標'));
    const result = await polled.poll(seen);
    expect(result).toMatchObject({ outcome: 'changed', requests: 2, reading: { seen: { version: '102' } } });
    expect(result.outcome === 'changed' && result.reading.workbook.sheets[2]?.rows[1]?.[2]).toBe('別の目標');
  });

  it('reads in full after a day, and says unchanged where the content is the same', async () => {
    const { polled, seen } = await seenOnce();
    clock.advance(24 * 60 * 60_000 - 1);
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 1 });
    clock.advance(1);
    expect(await polled.poll(seen)).toMatchObject({
      outcome: 'unchanged',
      requests: 2,
      seen: { version: '100', readAt: clock.now() },
    });
  });

  it('sees after a day what a formula changed with no edit', async () => {
    const { polled, seen } = await seenOnce();
    server.spreadsheet(id).set('目標', 'C2', { formattedValue: '新しい結果' });
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 1 });
    clock.advance(24 * 60 * 60_000);
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'changed', requests: 2 });
  });

  it('does not miss an edit between the look and the reading', async () => {
    const polled = source();
    server.beforeNext('get', () => server.edit(id, (model) => model.type('目標', 'C2', '間の編集')));
    const first = await polled.poll(null);
    if (first.outcome !== 'changed') throw new Error('The first poll reads.');
    expect(first.reading.seen.version).toBe('100');
    // The version is from before the edit, so the next poll looks once more, and finds what it has read already.
    expect(await polled.poll(first.reading.seen)).toMatchObject({
      outcome: 'unchanged',
      requests: 2,
      seen: { version: '102' },
    });
  });

  it.each([
    ['確認結果', 'A1', 'Mokuhyoが書いたもの'],
    ['使い方', 'A1', '手引き'],
    ['庁内メモ', 'A1', '読まないシート'],
  ])('takes a change in %s for no change', async (tab, cell, text) => {
    server.spreadsheet(id).addTab(tab);
    const { polled, seen } = await seenOnce();
    server.edit(id, (model) => model.type(tab, cell, text));
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 2 });
  });

  it.each<readonly [string, (model: SpreadsheetModel) => void]>([
    ['a row is hidden', (model) => model.hideRows('目標', [1])],
    [
      'a text is struck out',
      (model) => model.set('目標', 'C2', { effectiveFormat: { textFormat: { strikethrough: true } } }),
    ],
    ['a tab is hidden', (model) => model.hide('目標')],
    ['an indicator is typed in', (model) => model.type('指標', 'A1', '部名')],
    ['the tab of the city’s own unit is edited', (model) => model.type('係', 'A1', '係名')],
  ])('is changed where %s', async (_, change) => {
    server.edit(id, (model) => {
      model.addTab('指標');
      model.addTab('係');
      model.type('設定', 'A5', '単位の名');
      model.type('設定', 'B5', '係');
    });
    const { polled, seen } = await seenOnce();
    server.edit(id, change);
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'changed' });
  });

  it('takes a note for no change, and a tick for one', async () => {
    server.spreadsheet(id).type('設定', 'A5', '今すぐ公開');
    const { polled, seen } = await seenOnce();
    server.edit(id, (model) => model.set('目標', 'C2', { note: '覚え書き' }));
    expect(await polled.poll(seen)).toMatchObject({ outcome: 'unchanged', requests: 2 });
    server.edit(id, (model) => model.type('設定', 'B5', 'TRUE'));
    expect(await polled.poll(seen)).toMatchObject({
      outcome: 'changed',
      reading: { publishNow: { tab: '設定', cell: 'B5', ticked: true } },
    });
  });
});

describe('faults that pass', () => {
  const passing: readonly [string, readonly ServerFault[], { requests: number; elapsed: number }][] = [
    ['429 without Retry-After', [{ status: 429 }], { requests: 3, elapsed: 1_500 }],
    ['429 with Retry-After in seconds', [{ status: 429, retryAfter: '30' }], { requests: 3, elapsed: 30_500 }],
    [
      '429 with Retry-After as a date',
      [{ status: 429, retryAfter: 'Tue, 01 Apr 2025 00:00:20 GMT' }],
      { requests: 3, elapsed: 20_500 },
    ],
    ['403 for a rate', [{ status: 403, reason: 'userRateLimitExceeded' }], { requests: 3, elapsed: 1_500 }],
    ['500', [{ status: 500 }], { requests: 3, elapsed: 1_500 }],
    ['502 with a page', [{ status: 502, html: true }], { requests: 3, elapsed: 1_500 }],
    ['503 with Retry-After', [{ status: 503, retryAfter: '7' }], { requests: 3, elapsed: 7_500 }],
    ['504 twice', [{ status: 504 }, { status: 504 }], { requests: 4, elapsed: 4_000 }],
    ['a reset connection', ['reset'], { requests: 3, elapsed: 1_500 }],
    ['a hanging socket', ['hang'], { requests: 3, elapsed: 21_500 }],
    ['a truncated answer', ['truncated'], { requests: 3, elapsed: 1_500 }],
    ['half an answer that looks whole', ['half-json'], { requests: 3, elapsed: 1_500 }],
    ["a proxy's page", ['html'], { requests: 3, elapsed: 1_500 }],
    [
      'five in a row',
      ['reset', { status: 429 }, 'html', { status: 503 }, 'truncated'],
      { requests: 7, elapsed: 33_500 },
    ],
  ];

  it.each(passing)('%s', async (_, faults, { requests, elapsed }) => {
    server.failNext(...faults);
    const result = await source().read();
    expect(result).toMatchObject({ ok: true, requests });
    expect(result.ok && result.workbook).toEqual(trimmed(workbookOf(soundTabs)));
    expect(server.count()).toBe(requests);
    expect(clock.elapsed).toBe(elapsed);
  });

  it.each(passing)('%s, at the second request', async (_, faults, { requests, elapsed }) => {
    const polled = source();
    const first = await polled.poll(null);
    server.edit(id, (model) => model.type('目標', 'C2', '別の目標'));
    server.beforeNext('get', () => server.failNext(...faults));
    const result = await polled.poll(first.outcome === 'changed' ? first.reading.seen : null);
    expect(result).toMatchObject({ outcome: 'changed', requests });
    expect(clock.elapsed).toBe(elapsed);
  });

  it('the quota of 60 reads a minute: waits for the next minute', async () => {
    const many = await Promise.all(Array.from({ length: 60 }, () => source().read()));
    expect(many.every(({ ok }) => ok)).toBe(true);
    expect(clock.elapsed).toBe(0);
    const before = server.count();
    const result = await source().read();
    expect(result.ok).toBe(true);
    expect(clock.elapsed).toBe(66_000);
    expect(server.count() - before).toBe(8);
  });
});

describe('faults that stay', () => {
  const lasting: readonly [string, ServerFault, string, { requests: number; elapsed: number }][] = [
    ['429 without Retry-After', { status: 429 }, 'google-quota-exhausted', { requests: 7, elapsed: 66_000 }],
    [
      '429 with Retry-After',
      { status: 429, retryAfter: '20' },
      'google-quota-exhausted',
      { requests: 5, elapsed: 82_000 },
    ],
    [
      '429 with a Retry-After beyond the budget',
      { status: 429, retryAfter: '3600' },
      'google-quota-exhausted',
      { requests: 1, elapsed: 0 },
    ],
    ['500', { status: 500 }, 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['502 with a page', { status: 502, html: true }, 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['503', { status: 503 }, 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['504', { status: 504 }, 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['reset connections', 'reset', 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['hanging sockets', 'hang', 'google-unavailable', { requests: 4, elapsed: 88_500 }],
    ['truncated answers', 'truncated', 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ["a proxy's page", 'html', 'google-unavailable', { requests: 7, elapsed: 66_000 }],
    ['401', { status: 401 }, 'google-credentials-refused', { requests: 1, elapsed: 0 }],
    ['403', { status: 403 }, 'google-sheet-not-shared', { requests: 1, elapsed: 0 }],
    [
      'an API that is not enabled',
      { status: 403, reason: 'accessNotConfigured' },
      'google-api-disabled',
      { requests: 1, elapsed: 0 },
    ],
    [
      'a token made for less',
      { status: 403, reason: 'insufficientPermissions' },
      'google-scopes-missing',
      { requests: 1, elapsed: 0 },
    ],
    [
      'the limit of a day',
      { status: 403, reason: 'dailyLimitExceeded' },
      'google-daily-limit',
      { requests: 1, elapsed: 0 },
    ],
    ['400', { status: 400 }, 'google-request-refused', { requests: 1, elapsed: 0 }],
  ];

  it.each(lasting)('%s', async (_, fault, code, { requests, elapsed }) => {
    server.failAlways(fault);
    const result = await source().read();
    expect(result).toMatchObject({ ok: false, failure: { code }, requests });
    expect(server.count()).toBe(requests);
    expect(clock.elapsed).toBe(elapsed);
    expect(clock.elapsed).toBeLessThanOrEqual(90_000);
  });

  it('a server that is not there', async () => {
    const { apiRoot } = server;
    await server[Symbol.asyncDispose]();
    server = await GoogleServer.start(clock);
    const result = await googleSheetSource({
      spreadsheetId: id,
      config: { kind: 'loopback', apiRoot },
      access: 'read',
      clock,
      random: () => 0.5,
    }).read();
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-unavailable' }, requests: 7 });
  });

  it('ends at the deadline, however much is left of the budget', async () => {
    server.failAlways({ status: 503 });
    const result = await source({ deadline: clock.now() + 10_000 }).read();
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-unavailable' }, requests: 4 });
    expect(clock.elapsed).toBe(8_500);
  });

  it('gives a hanging request up at the deadline', async () => {
    server.failAlways('hang');
    const result = await source({ deadline: clock.now() + 5_000 }).read();
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-unavailable' }, requests: 1 });
    expect(clock.elapsed).toBe(5_000);
  });

  it('begins nothing after the deadline', async () => {
    const result = await source({ deadline: clock.now() }).read();
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-unavailable' }, requests: 0 });
    expect(server.count()).toBe(0);
  });
});

describe('a sheet that is not there', () => {
  it('was deleted', async () => {
    server.delete(id);
    const result = await source().read();
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'not-found', code: 'google-sheet-not-found' },
      requests: 2,
    });
    expect(clock.elapsed).toBe(0);
  });

  it('is in the bin', async () => {
    server.alter(id, { trashed: true });
    const result = await source().read();
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'refused', code: 'google-sheet-trashed' },
      requests: 1,
    });
  });

  it('was never shared: Drive says not found, and the Sheets API tells', async () => {
    server.alter(id, { role: 'none' });
    const result = await source().read();
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'refused', code: 'google-sheet-not-shared' },
      requests: 2,
    });
  });

  it('is an Excel file in Drive', async () => {
    server.alter(id, { mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
    const result = await source().read();
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'wrong-kind', code: 'google-not-a-sheet' },
      requests: 1,
    });
  });
});
