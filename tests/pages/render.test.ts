import { describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { publishedOf, yearOf } from '../support/published.ts';
import { samplePublished } from '../support/sample-site.ts';
import { pageKeys, pageOf, textOf } from '../support/site-files.ts';

const withoutAddress = { siteUrl: null };
const withAddress = { siteUrl: 'https://goals.example/city/' };

describe('the files of a site', () => {
  const files = renderSite(samplePublished(), withoutAddress);

  test('are those of the contract, each once', () => {
    const keys = files.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !key.startsWith('assets/')).toSorted()).toEqual(
      [
        '2024/2024.xlsx',
        '2024/index.html',
        '2024/kenko/index.html',
        '2024/kurashi/index.html',
        '2024/manabi/index.html',
        '2025/2025.xlsx',
        '2025/index.html',
        '2025/kurashi/index.html',
        '2025/manabi/index.html',
        '404.html',
        'accessibility/index.html',
        'data/index.html',
        'data/v1/2024.json',
        'data/v1/2024/departments.csv',
        'data/v1/2024/goals.csv',
        'data/v1/2025.json',
        'data/v1/2025/departments.csv',
        'data/v1/2025/goals.csv',
        'data/v1/datapackage.json',
        'data/v1/index.json',
        'data/v1/schema.json',
        'feed.xml',
        'index.html',
        'robots.txt',
        'sitemap.xml',
        'years/index.html',
      ].toSorted(),
    );
  });

  test('are written in an order in which no page names what is not there yet', () => {
    const roles = new Map(files.map(({ key, role }) => [key, role]));
    expect(roles.get('2024/kurashi/index.html')).toBe('leaf');
    expect(roles.get('2024/index.html')).toBe('hub');
    expect(roles.get('data/v1/2024.json')).toBe('data');
    for (const { key, role, cacheControl } of files) {
      expect(role === 'asset', key).toBe(key.startsWith('assets/'));
      expect(cacheControl.includes('immutable'), key).toBe(role === 'asset');
    }
  });

  test('show days as people in Japan write them', () => {
    for (const key of pageKeys(files)) {
      const page = pageOf(files, key);
      page('script').remove();
      expect(page('body').text(), key).not.toMatch(/\d{4}-\d{2}-\d{2}/u);
    }
    expect(pageOf(files, '2024/index.html')('.updated time').first().text()).toBe('2025年4月18日');
  });

  test('are the same bytes every time', () => {
    const again = renderSite(samplePublished(), withoutAddress);
    expect(again.map(({ key, body }) => [key, Buffer.from(body).toString('base64')])).toEqual(
      files.map(({ key, body }) => [key, Buffer.from(body).toString('base64')]),
    );
  });

  test.each([
    ['without', withoutAddress],
    ['with', withAddress],
  ])('%s a known address every link leads to a file of the site, and to a place in it', (_, options) => {
    const site = renderSite(samplePublished(), options);
    const keys = new Set(site.map(({ key }) => key));
    let followed = 0;
    for (const key of pageKeys(site)) {
      const page = pageOf(site, key);
      const here = new URL(key.replace(/index\.html$/u, ''), 'http://site/some/prefix/');
      for (const element of page('[href], [src]').toArray()) {
        if (page(element).is('[rel=canonical], [rel=icon]')) continue;
        const address = page(element).attr('href') ?? page(element).attr('src') ?? '';
        expect(address, `${key} → ${address}`).not.toMatch(/^[a-z]+:|^\//iu);
        const target = new URL(address, here);
        expect(target.href, `${key} → ${address}`).toMatch(/^http:\/\/site\/some\/prefix\//u);
        const path = decodeURI(target.pathname.slice('/some/prefix/'.length));
        const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
        expect(keys.has(file), `${key} → ${address}`).toBe(true);
        if (target.hash)
          expect(pageOf(site, file)(`[id="${target.hash.slice(1)}"]`).length, `${key} → ${address}`).toBe(1);
        followed += 1;
      }
    }
    expect(followed).toBeGreaterThan(150);
  });

  test('name nothing on another host, but for what must be an address to mean anything', () => {
    for (const key of pageKeys(files)) {
      const page = pageOf(files, key);
      page('script[type="application/ld+json"]').remove();
      expect(page.html(), key).not.toMatch(/https?:|\/\/[a-z]/iu);
    }
  });
});

describe('a page', () => {
  const files = renderSite(samplePublished(), withoutAddress);

  test('has its departments and goals where the contract says, in the words of the departments', () => {
    for (const key of ['2024/index.html', '2024/kurashi/index.html']) {
      const page = pageOf(files, key);
      const goals = page('article[data-department="kurashi"] li[data-goal]').toArray();
      expect(goals.map((goal) => [page(goal).attr('data-goal'), page(goal).attr('data-status')])).toEqual([
        ['1', 'achieved'],
        ['2', 'missed'],
        ['3', 'partial'],
        ['4', 'achieved'],
      ]);
      expect(goals.map((goal) => page(goal).find('.status').text())).toEqual([
        '達成',
        '未達成',
        '一部達成（8割を点検）',
        '着手 達成',
      ]);
    }
    expect(pageOf(files, '2024/index.html')('article').toArray()).toHaveLength(3);
    expect(pageOf(files, '2024/kurashi/index.html')('article').toArray()).toHaveLength(1);
  });

  test('has a permanent place for every goal', () => {
    expect(pageOf(files, '2024/kurashi/index.html')('#goal-3').attr('data-goal')).toBe('3');
    expect(pageOf(files, '2024/index.html')('#kurashi_goal-3').attr('data-goal')).toBe('3');
  });

  test('has every id once', () => {
    for (const key of pageKeys(files)) {
      const page = pageOf(files, key);
      const ids = page('[id]')
        .toArray()
        .map((element) => page(element).attr('id'));
      expect(new Set(ids).size, key).toBe(ids.length);
    }
  });

  test('says so where an older version of a department is shown, with its date', () => {
    for (const key of ['2024/index.html', '2024/kenko/index.html']) {
      const page = pageOf(files, key);
      expect(page('[data-department="kenko"] .held').text()).toContain('2025年3月1日');
    }
    expect(pageOf(files, '2024/index.html')('.held').toArray()).toHaveLength(1);
  });

  test('names its title and its address for the sheets that it is printed on', () => {
    const page = pageOf(renderSite(samplePublished(), withAddress), '2024/kurashi/index.html');
    expect(page('html').attr('data-title')).toBe('令和6年度 くらし環境部｜架空市 部長目標');
    expect(page('html').attr('data-address')).toBe('https://goals.example/city/2024/kurashi/');
    expect(pageOf(files, '2024/index.html')('html').attr('data-address')).toBeUndefined();
  });

  test('of accessibility says who checked what, and of which version', () => {
    const text = pageOf(files, 'accessibility/index.html')('main').text();
    expect(text).toContain(`プログラム「Mokuhyo」（${packageJson.version}版）`);
    expect(text).toContain('自動検査');
    expect(text).not.toMatch(/試験を行った|\d{4}年\d+月\d+日/u);
  });

  test('keeps the line breaks of a text', () => {
    expect(pageOf(files, '2024/index.html')('[data-department="kurashi"] .policy .lines').text()).toBe(
      '待たせない窓口と、\n緑の多いまちをつくります。',
    );
  });

  test('of goals without results has no marks, and says that results come later', () => {
    const page = pageOf(files, '2025/index.html');
    expect(page('article .mark, article .status, .bar').toArray()).toHaveLength(0);
    expect(page('main').text()).toContain('結果は、年度が終わったあとに公表します。');
    expect(
      page('li[data-goal]')
        .toArray()
        .every((goal) => page(goal).attr('data-status') === 'unrated'),
    ).toBe(true);
    expect(pageOf(files, '2024/index.html')('article .mark').toArray()).toHaveLength(12);
  });

  test('of a year shows the tally as a picture and the same numbers as a table', () => {
    const page = pageOf(files, '2024/index.html');
    const rows = page('.tally-table tbody tr').toArray();
    const numbers = rows.map((row) => Number.parseInt(page(row).find('td').first().text(), 10));
    expect(numbers).toEqual([8, 2, 1, 1]);
    const widths = page('.tally .bar > svg')
      .toArray()
      .map((part) => Number.parseFloat(page(part).attr('width') ?? ''));
    expect(widths.map((width) => Math.round((width / 100) * 12))).toEqual(numbers);
  });

  test('of a department has what it promised in its other years, and its neighbours', () => {
    const page = pageOf(files, '2025/kurashi/index.html');
    expect(
      page('.history > ul > li h3')
        .toArray()
        .map((heading) => page(heading).text()),
    ).toEqual(['令和7年度（このページ）', '令和6年度 くらし環境部']);
    expect(
      page('.history details li .status')
        .toArray()
        .map((status) => page(status).text()),
    ).toContain('未達成');
    expect(page('[rel=next]').attr('href')).toBe('../manabi/');
    expect(page('[rel=prev]').length).toBe(0);
    expect(pageOf(files, '2024/kenko/index.html')('.history > ul > li').toArray()).toHaveLength(1);
  });

  test('writes what people wrote as text, never as markup', () => {
    const hostile = '</script><script>alert(1)</script><!-- " \' & <wbr>';
    const site = renderSite(
      publishedOf([
        yearOf({
          title: hostile,
          contact: hostile,
          departments: [
            {
              id: 'a',
              name: hostile,
              policy: hostile,
              work: hostile,
              summary: hostile,
              goals: [[hostile, 'missed', hostile, hostile]],
            },
          ],
        }),
      ]),
      withAddress,
    );
    for (const key of pageKeys(site)) {
      const page = pageOf(site, key);
      expect(page('script:not([type]):not([src])').length, key).toBe(0);
      for (const element of page('script[type="application/ld+json"]').toArray()) JSON.parse(page(element).text());
    }
    const page = pageOf(site, '2024/a/index.html');
    expect(page('.policy p').text()).toBe(hostile);
    expect(page('li[data-goal] .status').text()).toBe(hostile);
    expect(page('title').text()).toContain(hostile);
  });
});

describe('the odd cases', () => {
  test('before the first year there is a home page that says so', () => {
    const files = renderSite({ years: [], changes: [], history: [] }, withAddress);
    expect(pageOf(files, 'index.html')('main').text()).toContain('まだ公表している年度はありません');
    expect(JSON.parse(textOf(files, 'data/v1/index.json')).years).toEqual([]);
  });

  test('a year without departments, and a department without goals', () => {
    const files = renderSite(
      publishedOf([
        yearOf({ fiscalYear: 2025, departments: [] }),
        yearOf({ departments: [{ id: 'a', name: '総務部', goals: [] }] }),
      ]),
      withAddress,
    );
    expect(pageOf(files, '2025/index.html')('main').text()).toContain('この年度に公表している部はありません');
    expect(pageOf(files, '2024/index.html')('article').text()).toContain('目標の掲載はありません');
    expect(pageOf(files, '2024/index.html')('.tally').text()).not.toContain('NaN');
  });

  test('404.html needs nothing beside it, at any depth', () => {
    for (const [options, home] of [
      [withoutAddress, '/'],
      [withAddress, '/city/'],
    ] as const) {
      const page = pageOf(renderSite(samplePublished(), options), '404.html');
      expect(
        page('[href]')
          .toArray()
          .map((element) => page(element).attr('href')),
      ).toEqual([home]);
      expect(page('[src], link').length).toBe(0);
    }
  });
});

describe('what machines are told', () => {
  const files = renderSite(samplePublished(), withAddress);

  test('the address of every page, its feed, its data and its picture', () => {
    const page = pageOf(files, '2024/index.html');
    expect(page('link[rel=canonical]').attr('href')).toBe('https://goals.example/city/2024/');
    expect(pageOf(files, 'index.html')('link[rel=canonical]').attr('href')).toBe('https://goals.example/city/2025/');
    expect(page('link[type="application/atom+xml"]').attr('href')).toBe('../feed.xml');
    expect(page('link[type="application/json"]').attr('href')).toBe('../data/v1/2024.json');
    const image = page('meta[property="og:image"]').attr('content') ?? '';
    expect(files.some(({ key }) => image === `https://goals.example/city/${key}`)).toBe(true);
    expect(page('meta[property="og:image:alt"]').attr('content')).toBe('12件の目標のうち、8件を達成しました。');
  });

  test('no picture and no address where the site does not know its own', () => {
    const site = renderSite(samplePublished(), withoutAddress);
    expect(pageOf(site, '2024/index.html')('[rel=canonical], [property="og:image"], [property="og:url"]').length).toBe(
      0,
    );
    expect(site.some(({ key }) => /\/\d{4}-[^/]+\.png$/u.test(key))).toBe(false);
  });

  test('a report and a dataset with its files, in JSON-LD', () => {
    const data = JSON.parse(pageOf(files, '2024/index.html')('script[type="application/ld+json"]').text());
    const [report, dataset] = data['@graph'];
    expect([report['@type'], dataset['@type']]).toEqual(['Report', 'Dataset']);
    expect(report.isBasedOn['@id']).toBe(dataset['@id']);
    expect(dataset.distribution.map((file: { contentUrl: string }) => file.contentUrl)).toEqual([
      'https://goals.example/city/data/v1/2024.json',
      'https://goals.example/city/data/v1/2024/goals.csv',
      'https://goals.example/city/data/v1/2024/departments.csv',
    ]);
    const part = JSON.parse(pageOf(files, '2024/kurashi/index.html')('script[type="application/ld+json"]').text());
    expect(part.isPartOf['@id']).toBe(report['@id']);
  });
});
