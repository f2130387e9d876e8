import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SiteEntry } from '../../lib/fleet/site-list.ts';
import { type WatchDeps, watchKey, watchSites } from '../../lib/fleet/watch-sites.ts';
import type { WorkMessage } from '../../lib/fleet/work-message.ts';
import { driveChanges } from '../../lib/sources/google/drive-changes.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { listedSite } from '../support/listed-site.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** What is sent each minute: Drive's changes come from the real client over HTTP. */

let clock: VirtualClock;
let google: GoogleServer;
let store: ReturnType<typeof memoryStore>;
let sites: SiteEntry[];
let sent: (WorkMessage & { readonly queue: 'work' | 'night' })[];

/** One in the afternoon in Japan: this day's night has been. */
const afternoon = Date.parse('2025-06-02T04:00:00Z');

beforeEach(async () => {
  clock = new VirtualClock(afternoon);
  google = await GoogleServer.start(clock);
  store = memoryStore();
  sites = ['a', 'b', 'c'].map((id) => listedSite(id));
  for (const { spreadsheetId } of sites) google.add(spreadsheetId, SpreadsheetModel.of(workbookOf(soundTabs)));
  sent = [];
});
afterEach(() => google[Symbol.asyncDispose]());

const send: WatchDeps['send'] = async (queue, messages) => {
  sent.push(...messages.map((message) => ({ ...message, queue })));
};

/** One minute's look, and what it sent: `queue work site`. */
async function minute(more: Partial<WatchDeps> = {}): Promise<string[]> {
  clock.advance(60_000);
  const before = sent.length;
  const changes: WatchDeps['changes'] = (token) =>
    driveChanges({ config: { kind: 'loopback', apiRoot: google.apiRoot }, clock, random: () => 0 }, token);
  await watchSites({ store, list: { sites }, changes, send, ...more }, new Date(clock.now()));
  return sent.slice(before).map(({ queue, work, site }) => `${queue} ${work} ${site}`);
}

const edit = (id: string) =>
  google.edit(`sheet-of-${id}-0000`, (model) => model.type('目標', 'E2', `説明 ${clock.now()}`));

test('where nothing was kept, every sheet is read in full; from then on only what changed is looked at, by one request of Drive', async () => {
  expect(await minute()).toEqual(['night nightly a', 'night nightly b', 'night nightly c']);
  expect(await minute()).toEqual([]);
  edit('b');
  edit('b');
  const before = google.count();
  expect(await minute()).toEqual(['work look b']);
  expect(google.count() - before).toBe(1);
  expect(await minute()).toEqual([]);
});

test('a token that Drive knows no more: everybody is looked at behind those who wait, and nothing is looked at twice', async () => {
  await minute();
  google.loseTokens();
  edit('c');
  expect(await minute()).toEqual(['night look a', 'night look b', 'night look c']);
  expect(await minute()).toEqual([]);
  edit('c');
  expect(await minute()).toEqual(['work look c']);
});

test('a sheet that is shared no more is looked at, so that it is said', async () => {
  await minute();
  google.alter('sheet-of-a-0000', { role: 'none' });
  google.delete('sheet-of-b-0000');
  expect(await minute()).toEqual(['work look a', 'work look b']);
});

test('a thousand changes in one page, and more pages', async () => {
  await minute();
  for (let times = 0; times < 2_499; times += 1) edit('a');
  edit('c');
  const before = google.count('changes');
  expect(await minute()).toEqual(['work look a', 'work look c']);
  expect(google.count('changes') - before).toBe(3);
  expect(await minute()).toEqual([]);
});

test('more changed sheets than the quota has looks for wait their turn, each once, and files that are nobody’s are no matter', async () => {
  sites = Array.from({ length: 50 }, (_, index) => listedSite(`s${String(index).padStart(2, '0')}`));
  for (const { spreadsheetId } of sites) google.add(spreadsheetId, SpreadsheetModel.of(workbookOf(soundTabs)));
  google.add('somebody-elses-sheet', SpreadsheetModel.of(workbookOf(soundTabs)));
  await minute();
  for (const { id } of sites) edit(id);
  google.edit('somebody-elses-sheet', (model) => model.type('部', 'A1', '部'));
  const first = await minute();
  // Who edits on does not come before those who wait, nor twice.
  edit('s49');
  edit('s45');
  const [second, third, fourth] = [await minute(), await minute(), await minute()];
  expect([first.length, second.length, third.length, fourth.length]).toEqual([20, 20, 10, 0]);
  expect(new Set([...first, ...second, ...third]).size).toBe(50);
});

test('what an answer of ours changed gives way to what somebody changed, and is looked at all the same', async () => {
  sites = Array.from({ length: 50 }, (_, index) => listedSite(`s${String(index).padStart(2, '0')}`));
  for (const { spreadsheetId } of sites) google.add(spreadsheetId, SpreadsheetModel.of(workbookOf(soundTabs)));
  await minute();
  const answer = (id: string) =>
    google.edit(`sheet-of-${id}-0000`, (model) => model.type('目標', 'E2', `答え ${clock.now()}`), true);
  const looksAt = (...ids: string[]) => ids.map((id) => `work look ${id}`);
  const some = (from: number, to: number) => sites.slice(from, to).map(({ id }) => id);
  for (const id of some(0, 25)) answer(id);
  expect(await minute()).toEqual(looksAt(...some(0, 20)));
  // Five answers are left to be looked at. Now people edit, one of them a sheet that has such an answer.
  for (const id of some(30, 42)) edit(id);
  edit('s24');
  for (const id of some(0, 3)) answer(id);
  expect(await minute()).toEqual(looksAt('s24', ...some(30, 42), ...some(20, 24), ...some(0, 3)));
  // Twenty people leave no room for answers.
  for (const id of some(20, 41)) edit(id);
  answer('s00');
  expect(await minute()).toEqual(looksAt(...some(20, 40)));
  expect(await minute()).toEqual(looksAt('s40', 's00'));
  // An edit right before an answer cannot be told from it: it is looked at with the answers, and not forgotten.
  edit('s46');
  answer('s46');
  edit('s47');
  expect(await minute()).toEqual(looksAt('s47', 's46'));
  expect(await minute()).toEqual([]);
});

test('the night is spread, from two in the morning, each sheet once; paused ones are left alone', async () => {
  sites = Array.from({ length: 130 }, (_, index) =>
    listedSite(`s${String(index).padStart(3, '0')}`, { paused: index === 5 }),
  );
  await minute();
  await minute();
  await minute();
  clock.advance(Date.parse('2025-06-02T16:58:30Z') - clock.now());
  // 01:59 in Japan, then 02:00 and on.
  expect(await minute()).toEqual([]);
  const minutes = [await minute(), await minute(), await minute(), await minute()];
  expect(minutes.map((messages) => messages.length)).toEqual([60, 60, 9, 0]);
  expect(new Set(minutes.flat()).size).toBe(129);
  expect(minutes.flat()).not.toContain('night nightly s005');
});

test('a night that begins late is a night all the same', async () => {
  await minute();
  clock.advance(30 * 3_600_000);
  expect((await minute()).filter((message) => message.includes('nightly'))).toHaveLength(3);
});

test('direct ones are looked at each minute, also while Drive is away; what changed meanwhile is found afterwards', async () => {
  sites = sites.map((site) => (site.id === 'b' ? { ...site, direct: true } : site));
  await minute();
  expect(await minute()).toEqual(['work look b']);
  google.failKind('changes', { status: 403 });
  edit('a');
  expect(await minute()).toEqual(['work look b']);
  google.failKind('changes', null);
  expect(await minute()).toEqual(['work look b', 'work look a']);
});

test('what could not be sent is found again the next minute', async () => {
  await minute();
  edit('a');
  const refusing = async () => {
    throw new Error('The queue takes nothing.');
  };
  await expect(minute({ send: refusing })).rejects.toThrow('The queue takes nothing.');
  expect(await minute()).toEqual(['work look a']);
});

test('a state that cannot be read is begun anew: everything is read once more', async () => {
  await minute();
  const broken = { body: new TextEncoder().encode('{"schemaVersion":'), contentType: '', cacheControl: '' };
  await store.put(watchKey, broken);
  expect(await minute()).toEqual(['night nightly a', 'night nightly b', 'night nightly c']);
  expect(await minute()).toEqual([]);
});
