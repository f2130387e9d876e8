import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SiteFileRole } from '../../lib/pages/site-file.ts';
import { type Placed, writeStages } from '../../lib/release/write-order.ts';

const placed = (key: string, role: SiteFileRole, met: boolean): Placed => ({ key, role, met });
const keysOf = (items: readonly Placed[]) => writeStages(items).map((stage) => stage.map(({ key }) => key).sort());

describe('the order of writing', () => {
  test('a first publish: what is named before what names it, the front page last', () => {
    const items = [
      placed('index.html', 'hub', false),
      placed('feed.xml', 'hub', false),
      placed('2024/index.html', 'hub', false),
      placed('2024/somu/index.html', 'leaf', false),
      placed('data/v1/index.json', 'data', false),
      placed('data/v1/datapackage.json', 'data', false),
      placed('data/v1/2024.json', 'data', false),
      placed('assets/site-1.css', 'asset', false),
    ];
    expect(keysOf(items)).toEqual([
      ['assets/site-1.css'],
      ['data/v1/2024.json'],
      ['data/v1/datapackage.json', 'data/v1/index.json'],
      ['2024/somu/index.html'],
      ['2024/index.html'],
      ['feed.xml'],
      ['index.html'],
    ]);
  });

  test('a year added: all that is new before any page that leads to it', () => {
    const items = [
      placed('2024/somu/index.html', 'leaf', true),
      placed('data/v1/index.json', 'data', true),
      placed('2025/index.html', 'hub', false),
      placed('2025/somu/index.html', 'leaf', false),
      placed('index.html', 'hub', true),
      placed('sitemap.xml', 'hub', true),
      placed('2024/index.html', 'hub', true),
      placed('data/v1/2025.json', 'data', false),
    ];
    expect(keysOf(items)).toEqual([
      ['data/v1/2025.json'],
      ['2025/somu/index.html'],
      ['2025/index.html'],
      ['data/v1/index.json'],
      ['2024/somu/index.html'],
      ['2024/index.html'],
      ['sitemap.xml'],
      ['index.html'],
    ]);
  });

  test('holds every item once', () => {
    const item = fc.record({
      key: fc.constantFrom('index.html', 'a/index.html', 'a/b/index.html', 'data/v1/index.json', 'assets/a.css'),
      role: fc.constantFrom<SiteFileRole>('asset', 'data', 'leaf', 'hub'),
      met: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const flat = writeStages(items).flat();
        expect(flat).toHaveLength(items.length);
        expect(new Set(flat)).toEqual(new Set(items));
      }),
    );
  });
});
