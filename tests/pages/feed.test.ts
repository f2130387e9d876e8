import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { Published } from '../../lib/goals/model/published.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { samplePublished } from '../support/sample-site.ts';
import { textOf } from '../support/site-files.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'entry' || name === 'link' || name === 'url',
});

function feedOf(published: Published, siteUrl: string | null) {
  const text = textOf(renderSite(published, { siteUrl }), 'feed.xml');
  expect(XMLValidator.validate(text)).toBe(true);
  return parser.parse(text).feed;
}

type Change = Published['changes'][number];
const updated = (details: Change['details'], at = '2025-04-18T00:10:00.000Z'): Change => ({
  at,
  fiscalYear: 2024,
  departmentId: 'manabi',
  departmentName: '教育部',
  kind: 'updated',
  details,
  approvedBy: null,
});

describe('the feed', () => {
  test('says what changed', () => {
    const status: Change['details'][number] = {
      what: 'status',
      goal: 3,
      from: { code: 'missed', label: '未達成' },
      to: { code: 'achieved', label: '達成' },
    };
    const many: Change['details'] = [
      status,
      { what: 'goal-added', goal: 6 },
      { what: 'goal', goal: 1, field: 'text' },
      { what: 'department', field: 'summary' },
      { what: 'goal', goal: 2, field: 'note' },
    ];
    const changes: Change[] = [
      { ...updated([]), kind: 'withdrawn', departmentId: 'gone', departmentName: '<広報>部' },
      { ...updated([]), kind: 'added' },
      updated([status], '2025-04-03T00:00:00Z'),
      updated(many, '2025-04-02T00:00:00Z'),
      updated([{ ...status, to: { code: 'unrated', label: null } }], '2025-04-01T00:00:00Z'),
    ];
    const feed = feedOf({ ...samplePublished(), changes }, null);
    expect(feed.entry.map((entry: { title: string }) => entry.title)).toEqual(
      [
        '&lt;広報&gt;部の掲載を取りやめました',
        '教育部の内容を公表しました',
        '教育部 目標3: 未達成 → 達成',
        '教育部 目標3: 未達成 → 達成、目標6を追加、目標1の文を修正、ほか2件',
        '教育部 目標3: 未達成 → 評価前',
      ].map((title) => title.replaceAll('&lt;', '<').replaceAll('&gt;', '>')),
    );
    expect(feed.entry[3].content['#text']).toContain('総括を修正');
    expect(feed.entry.map((entry: { link: { href: string }[] }) => entry.link[0]?.href)).toEqual([
      '2024/',
      ...Array.from({ length: 4 }, () => '2024/manabi/'),
    ]);
  });

  test('has ids that stay when the site gets an address, and are there once', () => {
    const ids = (siteUrl: string | null) => {
      const feed = feedOf(samplePublished(), siteUrl);
      return [feed.id, ...feed.entry.map((entry: { id: string }) => entry.id)];
    };
    expect(ids(null)).toEqual(ids('https://goals.example/'));
    expect(new Set(ids(null)).size).toBe(3);
    expect(
      ids(null).every((id) => /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u.test(id)),
    ).toBe(true);
  });

  test('has an id of its own for each of two changes of one instant, which stays when newer ones come', () => {
    const idsOf = (count: number): string[] => {
      const changes = Array.from({ length: count }, () => updated([]));
      return feedOf({ ...samplePublished(), changes }, null).entry.map(({ id }: { id: string }) => id);
    };
    expect(new Set(idsOf(3)).size).toBe(3);
    expect(idsOf(3).slice(1)).toEqual(idsOf(2));
  });

  test('is as new as its newest entry, or as the newest department', () => {
    expect(feedOf(samplePublished(), null).updated).toBe('2025-05-12T00:10:00.000Z');
    const told = { ...samplePublished(), changes: [updated([], '2025-04-18T00:00:00.000Z'), updated([])] };
    expect(feedOf(told, null).updated).toBe('2025-04-18T00:10:00.000Z');
    expect(feedOf({ ...samplePublished(), changes: [] }, null).updated).toBe('2025-05-12T00:00:00+09:00');
  });

  test('has full addresses where the site knows its own', () => {
    const feed = feedOf(samplePublished(), 'https://goals.example/city');
    expect(feed.link.map((link: { href: string }) => link.href)).toEqual([
      'https://goals.example/city/feed.xml',
      'https://goals.example/city/',
    ]);
  });
});

describe('the sitemap', () => {
  const locations = (siteUrl: string | null) => {
    const text = textOf(renderSite(samplePublished(), { siteUrl }), 'sitemap.xml');
    expect(XMLValidator.validate(text)).toBe(true);
    return parser.parse(text).urlset.url.map((url: { loc: string }) => url.loc);
  };

  test('lists every page and document once, and robots.txt names it where it can', () => {
    const found = locations('https://goals.example/city/');
    expect(found).toContain('https://goals.example/city/2024/kurashi/');
    expect(new Set(found).size).toBe(found.length);
    const pages = renderSite(samplePublished(), { siteUrl: null }).filter(({ key }) =>
      /(?:index\.html|\.xlsx)$/u.test(key),
    );
    expect(found).toContain('https://goals.example/city/2024/2024.xlsx');
    expect(found).toHaveLength(pages.length);
    expect(locations(null)).toContain('./2024/kurashi/');
    expect(textOf(renderSite(samplePublished(), { siteUrl: null }), 'robots.txt')).not.toContain('Sitemap');
    expect(textOf(renderSite(samplePublished(), { siteUrl: 'https://goals.example/city/' }), 'robots.txt')).toContain(
      'Sitemap: https://goals.example/city/sitemap.xml',
    );
  });
});
