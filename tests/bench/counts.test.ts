import { describe, expect, test } from 'vitest';
import { publish as publishSite } from '../../lib/publish.ts';
import type { Source } from '../../lib/sources/source.ts';
import { type MemoryStore, memoryStore } from '../../lib/stores/memory.ts';
import { workbookOf } from '../support/workbook.ts';
import { cityOf, type Edition, now, tabsOf } from './cities.ts';

/** What the bench shows and is no noise: objects, bytes and requests of a publish, which are the same on every machine. */

function sheetOf(city: number, edition: Edition): Source {
  const workbook = workbookOf(tabsOf(cityOf(city, edition)));
  return { name: 'cells', read: async () => ({ ok: true, workbook, version: edition, requests: 1 }) };
}

interface Stores {
  readonly site: MemoryStore;
  readonly state: MemoryStore;
}

async function publish(stores: Stores, edition: Edition, city = 0) {
  const before = new Map(stores.site.objects);
  const report = (await publishSite({ source: sheetOf(city, edition), stores, siteUrl: null }, { now: new Date(now) }))
    .report;
  const written = [...stores.site.objects].filter(([key, object]) => before.get(key) !== object);
  return {
    report,
    keys: written.map(([key]) => key).sort(),
    bytes: written.reduce((sum, [, { body }]) => sum + body.byteLength, 0),
  };
}

const empty = (): Stores => ({ site: memoryStore('site'), state: memoryStore('state') });
const bytesIn = ({ objects }: MemoryStore) => [...objects.values()].reduce((sum, { body }) => sum + body.byteLength, 0);

describe('a city of the usual size', () => {
  test('first publish: one request for each object, one look that no site is there yet, three for the state', async () => {
    const stores = empty();
    const { report, bytes } = await publish(stores, 'first');
    expect(report.objects).toEqual({ written: stores.site.objects.size, unchanged: 0, deleted: 0 });
    expect(report.requests).toEqual({ source: 1, site: stores.site.objects.size + 1, state: 3 });
    expect(bytes).toBe(bytesIn(stores.site));
    // 8 departments and what every site has: a budget that a new kind of file must be worth.
    expect(stores.site.objects.size).toBeLessThanOrEqual(8 + 19);
    expect(bytes).toBeLessThanOrEqual(320_000);
  });

  test('nothing changed: one request for the state, and nothing else', async () => {
    const stores = empty();
    await publish(stores, 'first');
    const { report, keys } = await publish(stores, 'first');
    expect(report.outcome).toBe('unchanged');
    expect(report.requests).toEqual({ source: 1, site: 0, state: 1 });
    expect(keys).toEqual([]);
  });

  test('one goal changed: only the files that show it', async () => {
    const stores = empty();
    await publish(stores, 'first');
    const { report, keys } = await publish(stores, 'second');
    expect(keys).toEqual([
      '2024/2024.xlsx',
      '2024/index.html',
      '2024/kikaku/index.html',
      'data/v1/2024.json',
      'data/v1/2024/departments.csv',
      'data/v1/2024/goals.csv',
      'data/v1/index.json',
      'feed.xml',
      'index.html',
      'years/index.html',
    ]);
    expect(report.requests).toEqual({ source: 1, site: keys.length, state: 3 });
  });
});

test('objects and bytes grow with the cities, and each city’s are its own', async () => {
  const sizes: { objects: number; bytes: number }[] = [];
  for (let city = 0; city < 40; city += 1) {
    const stores = empty();
    await publish(stores, 'first', city);
    sizes.push({ objects: stores.site.objects.size, bytes: bytesIn(stores.site) });
  }
  const [first] = sizes;
  for (const size of sizes) {
    expect(size.objects).toBe(first?.objects);
    expect(Math.abs(size.bytes / (first?.bytes ?? 0) - 1)).toBeLessThan(0.1);
  }
});
