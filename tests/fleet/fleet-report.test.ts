import { describe, expect, it } from 'vitest';
import {
  type CityReport,
  conditionOf,
  conditions,
  fleetFigures,
  fleetReportKey,
  parseFleetReport,
  updateFleetReport,
} from '../../lib/fleet/fleet-report.ts';
import { nightDoneKey, recordNightDone } from '../../lib/fleet/night-done.ts';
import { operatorsPage } from '../../lib/fleet/operators-page.ts';
import { sharedRobotsTxt } from '../../lib/fleet/robots.ts';
import { checkSiteList } from '../../lib/fleet/site-list.ts';
import { recordCheck } from '../../lib/staff/run-record.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import { cityReport, fleetNow as now, sampleFleet } from '../support/fleet-report.ts';
import { listedSite } from '../support/listed-site.ts';

const at = (hoursAgo: number): Date => new Date(now.getTime() - hoursAgo * 3_600_000);
const json = (value: unknown) => ({
  body: new TextEncoder().encode(JSON.stringify(value)),
  contentType: 'application/json',
  cacheControl: 'no-store',
});

/** The record of a run that published, so many hours ago. */
const record = (hoursAgo: number, more = {}) => ({
  ...recordCheck([], at(hoursAgo)),
  reason: 'nightly',
  outcome: 'published',
  upToDateAt: at(hoursAgo).toISOString(),
  ...more,
});

function listOf(...ids: string[]) {
  const parsed = checkSiteList({ sites: ids.map((id) => listedSite(id)) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.list;
}

describe('how a city is', () => {
  it.each<[CityReport, string]>([
    [cityReport('a'), 'fine'],
    // A night that found nothing new leaves the record as it was: the site is no older for it.
    [cityReport('a', { publishedAt: at(9_000).toISOString() }), 'fine'],
    [cityReport('a', {}, { night: { etag: 'n', at: at(25.9).toISOString() } }), 'fine'],
    [cityReport('a', {}, { night: { etag: 'n', at: at(26.1).toISOString() } }), 'stale'],
    [cityReport('a', {}, { night: null }), 'stale'],
    // What staff published in the afternoon says as much as the night.
    [cityReport('a', { publishedAt: at(3).toISOString() }, { night: null }), 'fine'],
    [cityReport('a', { outcome: 'failed' }), 'failed'],
    [cityReport('a', { outcome: 'blocked', owed: true }), 'failed'],
    [cityReport('a', { outcome: 'blocked' }), 'blocked'],
    [cityReport('a', { held: 1, heldSince: at(71).toISOString() }), 'held'],
    [cityReport('a', { held: 1, heldSince: at(73).toISOString() }), 'held-long'],
    [cityReport('a', { publishedAt: null }), 'unpublished'],
    [cityReport('a', {}, { record: null, night: null }), 'unpublished'],
    [cityReport('a', { outcome: 'failed', owed: true }, { paused: true }), 'paused'],
  ])('%o is %s', (city, expected) => {
    expect(conditionOf(city, now)).toBe(expected);
  });

  it('is counted in a few figures, paused cities left aside', () => {
    expect(fleetFigures(sampleFleet(), now)).toEqual({ Cities: 8, CitiesStale: 1, CitiesFailed: 1, CitiesHeldLong: 1 });
  });

  it('is of every kind in the sample', () => {
    expect(new Set(sampleFleet().cities.map((city) => conditionOf(city, now)))).toEqual(new Set(conditions));
  });
});

describe('the report of the fleet', () => {
  async function fleet(): Promise<MemoryStore> {
    const store = memoryStore();
    await store.put('sites/kawa/report.json', json(record(30, { municipality: '川市' })));
    await store.put(`sites/kawa/${nightDoneKey}`, json({ schemaVersion: 1, at: at(6).toISOString() }));
    await store.put('sites/kawa-kita/report.json', json(record(2, { counts: { error: 2, warning: 1, notice: 0 } })));
    await store.put('sites/umi/report.json', json({ damaged: true }));
    return store;
  }

  it('says of each city of the list what its own runs left', async () => {
    const store = await fleet();
    const { cities } = await updateFleetReport(store, listOf('kawa', 'kawa-kita', 'umi', 'yama'), now);
    expect(cities).toMatchObject([
      {
        id: 'kawa',
        record: { municipality: '川市', publishedAt: at(30).toISOString(), errors: 0 },
        night: { at: at(6).toISOString() },
      },
      { id: 'kawa-kita', record: { municipality: null, errors: 2, warnings: 1 }, night: null },
      { id: 'umi', record: null, night: null },
      { id: 'yama', record: null, night: null },
    ]);
    expect(parseFleetReport((await store.get(fleetReportKey))?.body ?? null)?.cities).toEqual(cities);
  });

  it('reads a city that came from a deployment of its own at the root', async () => {
    const store = await fleet();
    await store.put('report.json', json(record(1, { counts: { error: 7, warning: 0, notice: 0 } })));
    const [site] = listOf('moto').sites;
    if (site === undefined) throw new Error('There is one site.');
    const { cities } = await updateFleetReport(store, { sites: [{ ...site, stateAtRoot: true }] }, now);
    expect(cities).toMatchObject([{ id: 'moto', record: { errors: 7 } }]);
  });

  it('reads again only what has changed', async () => {
    const store = await fleet();
    const list = listOf('kawa', 'kawa-kita');
    await updateFleetReport(store, list, now);
    const before = store.requests;
    await updateFleetReport(store, list, now);
    // The report itself, the list of keys, the report again.
    expect(store.requests - before).toBe(3);
    await store.put('sites/kawa/report.json', json(record(0)));
    const { cities } = await updateFleetReport(store, list, now);
    expect(cities[0]).toMatchObject({ record: { publishedAt: now.toISOString() } });
  });

  it('forgets a city that left the list, and one whose state is gone', async () => {
    const store = await fleet();
    await updateFleetReport(store, listOf('kawa', 'kawa-kita'), now);
    await store.delete('sites/kawa-kita/report.json');
    const { cities } = await updateFleetReport(store, listOf('kawa-kita'), now);
    expect(cities).toMatchObject([{ id: 'kawa-kita', record: null }]);
  });

  it('hears of a night that found nothing new', async () => {
    const store = await fleet();
    const state = memoryStore();
    await recordNightDone(state, now);
    await store.put(`sites/kawa/${nightDoneKey}`, state.objects.get(nightDoneKey) ?? json({}));
    const { cities } = await updateFleetReport(store, listOf('kawa'), now);
    expect(cities).toMatchObject([{ night: { at: now.toISOString() } }]);
  });
});

describe('the page of the operators', () => {
  it('names those that need a person first, and says how many they are', () => {
    const page = operatorsPage(sampleFleet(), now);
    const ids = [...page.matchAll(/<th scope="row" data-value="([^"]+)"/gu)].map(([, id]) => id);
    expect(ids.slice(0, 4)).toEqual(['mori-mura', 'hara-shi', 'kawa-shi', 'ishi-machi']);
    expect(ids).toHaveLength(9);
    expect(page).toContain('手を貸す必要のある市が、<strong>4市</strong>あります。');
    expect(page).toContain('（最長9日）');
    expect(page).toContain('（2日前）');
    // By its name where its sheet could be read once, and by its id.
    expect(page).toContain('<a href="https://goals.example.jp/mori-mura/">森村</a><span>mori-mura</span>');
    expect(page).toContain('<a href="https://goals.example.jp/hara-shi/">hara-shi</a></th>');
  });

  it('says that there is nothing to do where there is nothing to do', () => {
    const page = operatorsPage({ ...sampleFleet(), cities: [cityReport('numa-shi')] }, now);
    expect(page).toContain('今、手を貸す必要のある市はありません。');
  });

  it('writes nothing of the list as markup', () => {
    const page = operatorsPage(
      { ...sampleFleet(), cities: [cityReport('a', {}, { url: 'https://x/"><script>' })] },
      now,
    );
    expect(page).not.toContain('"><script>');
  });
});

describe('robots.txt of the host name of all', () => {
  it('names the sitemaps of the cities under it, and leaves out those with a host name of their own', () => {
    const { sites } = listOf('kawa', 'umi');
    const [kawa, umi] = sites;
    if (kawa === undefined || umi === undefined) throw new Error('There are two.');
    const list = {
      sites: [
        { ...kawa, url: 'https://goals.example.jp/kawa/' },
        { ...umi, url: 'https://goals.umi.example.jp' },
      ],
    };
    expect(sharedRobotsTxt(list, 'https://goals.example.jp/')).toBe(
      'User-agent: *\nAllow: /\n\nSitemap: https://goals.example.jp/kawa/sitemap.xml\n',
    );
    expect(sharedRobotsTxt(list, null)).toContain('Sitemap: https://goals.umi.example.jp/sitemap.xml\n');
    expect(sharedRobotsTxt({ sites: [] }, null)).toBe('User-agent: *\nAllow: /\n');
  });
});
