import { afterEach, beforeEach, expect, test } from 'vitest';
import { publish } from '../../../lib/publish.ts';
import { beginNewYear } from '../../../lib/sources/google/google-new-year.ts';
import { googleSheetSource } from '../../../lib/sources/google/google-sheet.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { GoogleServer } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, type Tabs } from '../../support/workbook.ts';

const id = 'spreadsheet-under-test';
const now = new Date('2025-04-07T00:00:00Z');

let clock: VirtualClock;
let server: GoogleServer;

beforeEach(async () => {
  clock = new VirtualClock();
  server = await GoogleServer.start(clock);
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

const deps = () =>
  ({
    spreadsheetId: id,
    config: { kind: 'loopback', apiRoot: server.apiRoot },
    access: 'write',
    clock,
    random: () => 0.5,
  }) as const;

function start(tabs: Tabs = soundTabs): SpreadsheetModel {
  const model = new SpreadsheetModel();
  for (const [title, rows] of Object.entries(tabs)) model.addTab(title, rows);
  server.add(id, model);
  return model;
}

const model = (): SpreadsheetModel => server.spreadsheet(id);

const begin = () => beginNewYear(deps(), now);

/** All that the sheet holds, with notes and formats. */
const everything = (): string => JSON.stringify(model().show(id));

const writes = () => server.requests.filter(({ kind }) => kind === 'update').length;

test('one look and one write; a second run looks and writes nothing', async () => {
  start();
  const first = await begin();
  expect(first).toMatchObject({ outcome: 'done', requests: 2 });
  expect(model().texts('設定')).toEqual([
    ['項目', '値'],
    ['自治体名', '湊野市'],
    ['年度', '令和7年度'],
    ['段階', '目標'],
  ]);
  expect(
    model()
      .texts('部')
      .map((row) => [row[0], row.at(-1)]),
  ).toEqual([
    ['部名', '年度'],
    ['総務部', '令和6年度'],
    ['福祉部', '令和6年度'],
    ['総務部', '令和7年度'],
    ['福祉部', '令和7年度'],
  ]);
  const before = everything();
  expect(await begin()).toEqual({
    outcome: 'begun',
    lines: [
      'このシートは、もう令和7年度の「目標」の段階です。変えたところはありません。',
      '令和7年度の次の年度を始めるときは、令和7年度の結果を公表してから（設定の「段階」を「結果」にしてから）実行してください。',
    ],
    requests: 1,
  });
  expect(everything()).toBe(before);
  expect(writes()).toBe(1);
});

test("last year's site stays as it was, and the new year is out with its first goals", async () => {
  start();
  const stores = { site: memoryStore('site'), state: memoryStore('state') };
  const night = async () =>
    (await publish({ source: googleSheetSource({ ...deps(), access: 'read' }), stores, siteUrl: null }, { now }))
      .report;
  const dataset = (year: number) => {
    const body = stores.site.objects.get(`data/v1/${year}.json`)?.body;
    return body === undefined ? null : JSON.parse(new TextDecoder().decode(body));
  };
  await night();
  const results = dataset(2024);
  expect(results.departments).toHaveLength(2);

  await begin();
  expect(await night()).toMatchObject({ held: [] });
  expect(dataset(2024)).toEqual(results);
  expect(dataset(2025)?.departments ?? []).toEqual([]);

  model().type('目標', 'A6', '総務部');
  model().type('目標', 'C6', '新しい年度の目標');
  model().type('目標', 'F6', '令和7年度');
  model().type('部', 'G4', '公開');
  expect(await night()).toMatchObject({ outcome: 'published', published: expect.arrayContaining(['somu']), held: [] });
  expect(dataset(2025)).toMatchObject({ phase: 'plan', departments: [{ id: 'somu', summary: null }] });
  expect(dataset(2024)).toEqual(results);
  const home = new TextDecoder().decode(stores.site.objects.get('index.html')?.body);
  expect(home).toContain('新しい年度の目標');
  expect(home).toContain('href="2024/"');
});

test('a formula or a lock in the way: nothing is written, and it is said where', async () => {
  const sheet = start();
  sheet.set('設定', 'B3', { userEnteredValue: { formulaValue: '="令和6年度"' } });
  sheet.lock('部', { top: 1, left: 8, bottom: 2, right: 8 });
  const before = everything();
  expect(await begin()).toMatchObject({
    outcome: 'failed',
    failures: [
      { message: '次のセルには数式が入っているため、上書きしません：設定!B3。何も書き換えていません。' },
      { message: '次のセルは保護されていて、書き込めません：部!I2、部!I3。何も書き換えていません。' },
    ],
  });
  expect(everything()).toBe(before);
  expect(writes()).toBe(0);
});

test('an answer that was lost is no second year: what was done is said', async () => {
  start();
  server.failNext('lost-answer', 'lost-answer');
  const result = await begin();
  expect(result.outcome === 'done' && result.lines[0]).toBe(
    '令和7年度の準備をしました。令和6年度の内容は、そのまま残っています。',
  );
  expect(model().texts('部')).toHaveLength(5);
  expect(writes()).toBe(1);
});

test('a lock that the service does not tell of: all or nothing', async () => {
  const sheet = start();
  sheet.lock('部', { top: 1, left: 8, bottom: 2, right: 8 }, { isTold: false });
  const before = everything();
  expect(await begin()).toMatchObject({ outcome: 'failed' });
  expect(everything()).toBe(before);
});

test("staff's notes, hidden rows, numbers, links and formulas of the old rows", async () => {
  const sheet = start({
    ...soundTabs,
    部: soundTabs.部.map((row, index) => [
      ...row,
      ['顔写真', 'sawada.jpg', ''][index] ?? '',
      ['表示順', '10', '20'][index] ?? '',
    ]),
  });
  sheet.set('部', 'J2', { formattedValue: '10', userEnteredValue: { numberValue: 10 } });
  sheet.set('部', 'I2', { textFormatRuns: [{ format: { link: { uri: 'https://drive.example/1' } } }] });
  sheet.set('部', 'B3', { formattedValue: '森 花', userEnteredValue: { formulaValue: '=名簿!B3' } });
  sheet.set('目標', 'A3', { note: '担当のメモ' });
  sheet.hideRows('目標', [2], 'filter');
  const result = await begin();
  expect(result.outcome === 'done' && result.lines.at(-1)).toBe(
    '数式の入ったセルからは、いま表示されている値を写しました：部!B3。',
  );
  expect(model().cell('部', 'J4').userEnteredValue).toEqual({ numberValue: 10 });
  expect(model().cell('部', 'I4').textFormatRuns).toEqual([{ format: { link: { uri: 'https://drive.example/1' } } }]);
  expect(model().cell('部', 'B5').userEnteredValue).toEqual({ stringValue: '森 花' });
  expect(model().cell('部', 'B3').userEnteredValue).toEqual({ formulaValue: '=名簿!B3' });
  expect(model().cell('目標', 'A3').note).toBe('担当のメモ');
  expect(model().texts('目標')[2]?.at(-1)).toBe('令和6年度');
});
