import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as cheerio from 'cheerio';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { LicenceId } from '../../lib/goals/cells/licence.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { samplePublished } from '../support/sample-site.ts';
import { textOf } from '../support/site-files.ts';

const files = renderSite(samplePublished(), { siteUrl: null });

describe('the dataset', () => {
  test('is what its published schema says, by a validator of somebody else', () => {
    const ajv = addFormats.default(new Ajv2020({ strict: true, allErrors: true }));
    const validate = ajv.compile(JSON.parse(textOf(files, 'data/v1/schema.json')));
    const dataset = JSON.parse(textOf(files, 'data/v1/2024.json'));
    validate(dataset);
    expect(validate.errors).toBeNull();
    expect(validate({ ...dataset, phase: 'draft' })).toBe(false);
    // Fields are only ever added: today's schema takes tomorrow's file.
    expect(validate({ ...dataset, fieldOfTomorrow: { any: 'thing' } })).toBe(true);
    const { title: _, ...withoutTitle } = dataset;
    expect(validate(withoutTitle)).toBe(false);
  });

  test('has its properties in the order of the contract', () => {
    const dataset = JSON.parse(textOf(files, 'data/v1/2024.json'));
    const [department] = dataset.departments;
    expect(Object.keys(dataset).join(' ')).toBe(
      'schemaVersion municipality scheme fiscalYear fiscalYearLabel phase title introduction statuses columns tally departments',
    );
    expect(Object.keys(dataset.municipality).join(' ')).toBe('name code');
    expect(Object.keys(dataset.tally).join(' ')).toBe(
      'exceeded achieved partial missed in-progress not-started cancelled not-assessable unrated total',
    );
    expect(Object.keys(department).join(' ')).toBe(
      'id name directors nameKana policy work summary updated approval predecessors successors columns evaluations tally goals',
    );
    expect(Object.keys(department.directors[0]).join(' ')).toBe('title name nameKana portrait');
    expect(Object.keys(department.goals[0]).join(' ')).toBe(
      'number text status statusLabel group section due note reason interim columns evaluations indicators',
    );
  });

  test('has no results in phase plan, though a department was last published with some', () => {
    const departments = [{ id: 'a', name: '総務部', goals: [['窓口を広げます。', 'missed'] as const] }];
    const rendered = renderSite(publishedOf([yearOf({ departments, phase: 'plan' })]), { siteUrl: null });
    const dataset = JSON.parse(textOf(rendered, 'data/v1/2024.json'));
    expect(dataset.departments[0].goals[0]).toMatchObject({ status: 'unrated', statusLabel: null });
    expect([dataset.tally, dataset.departments[0].tally]).toMatchObject([
      { missed: 0, unrated: 1 },
      { missed: 0, unrated: 1 },
    ]);
    expect(textOf(rendered, 'data/v1/2024/goals.csv')).not.toContain('未達成');
    expect(textOf(rendered, '2024/a/index.html')).toContain('data-status="unrated"');
  });

  test('is the same bytes whatever order the properties of the state came in', () => {
    const published = samplePublished();
    const reversed = JSON.parse(JSON.stringify(published), (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    );
    expect(textOf(renderSite(reversed, { siteUrl: null }), 'data/v1/2024.json')).toBe(
      textOf(files, 'data/v1/2024.json'),
    );
  });

  test('is read by two spaces and ends with a line', () => {
    expect(textOf(files, 'data/v1/2024.json')).toMatch(/^\{\n {2}"schemaVersion": 1,\n[\s\S]*\n\}\n$/u);
  });

  test('has the labels of years as public documents write them', () => {
    const years = [2025, 2019, 2018].map((fiscalYear) => yearOf({ fiscalYear, departments: [] }));
    const index = JSON.parse(textOf(renderSite(publishedOf(years), { siteUrl: null }), 'data/v1/index.json'));
    expect(index.years.map((year: { fiscalYearLabel: string }) => year.fiscalYearLabel)).toEqual([
      '令和7年度',
      '令和元年度',
      '平成30年度',
    ]);
  });
});

describe('the tables', () => {
  const odd = renderSite(
    publishedOf([
      yearOf({
        departments: [
          {
            id: 'a',
            name: '総務部',
            policy: '一行目\n二行目\r\n\u2028三行目',
            work: '"引用", と読点',
            summary: '-5%をめざしました',
            goals: [
              ['=HYPERLINK("http://example.com")', 'achieved', '+達成', '@SUM(1)'],
              ['＝全角の式', 'missed', '－未達成', '＠SUM'],
            ],
          },
        ],
      }),
    ]),
    { siteUrl: null },
  );
  const rows = (name: string, from = odd) => {
    const text = textOf(from, `data/v1/2024/${name}.csv`);
    return { text, records: parse(text, { bom: true, columns: true, relax_column_count: false }) };
  };

  test('are UTF-8 with a byte order mark, a record a line, ended as RFC 4180 says', () => {
    for (const name of ['goals', 'departments']) {
      const { text, records } = rows(name);
      expect(text.startsWith('\uFEFF全国地方公共団体コード,地方公共団体名,年度,')).toBe(true);
      expect(text.split('\r\n')).toHaveLength(records.length + 2);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u2028\u2029]/u);
    }
  });

  test('turn line breaks into a space and lose nothing else', () => {
    const [record] = rows('departments').records;
    expect(record).toMatchObject({
      年度: '2024',
      基本方針: '一行目 二行目 三行目',
      部の仕事: '"引用", と読点',
      目標数: '2',
    });
  });

  test('give a spreadsheet program no formula, in half or full width', () => {
    const all = [...rows('goals').records, ...rows('departments').records].flatMap((record) =>
      Object.values(record as object),
    );
    expect(all.filter((value) => /^[=+\-@＝＋－＠\t\r]/u.test(value))).toEqual([]);
    expect(rows('goals').records[0]).toMatchObject({
      目標: '\'=HYPERLINK("http://example.com")',
      達成状況の表記: "'+達成",
    });
  });

  test('hold every goal and every department, with headers that are there once', () => {
    const goals = rows('goals', files).records as Record<string, string>[];
    expect(goals).toHaveLength(12);
    expect(goals[2]).toMatchObject({
      部名: 'くらし環境部',
      目標番号: '3',
      達成状況コード: 'partial',
      達成状況: '一部達成',
      達成状況の表記: '一部達成（8割を点検）',
    });
    const [headers = []] = parse(textOf(files, 'data/v1/2024/departments.csv'), { bom: true, to: 1 }) as string[][];
    expect(new Set(headers).size).toBe(headers.length);
  });
});

describe('the catalogues', () => {
  test('the data package describes the columns that the tables have, and files that are there', () => {
    const datapackage = JSON.parse(textOf(files, 'data/v1/datapackage.json'));
    const keys = new Set(files.map(({ key }) => key));
    expect(datapackage.resources).toHaveLength(6);
    for (const resource of datapackage.resources) {
      expect(keys.has(`data/v1/${resource.path}`), resource.path).toBe(true);
      if (resource.format !== 'csv') continue;
      const [headers] = parse(textOf(files, `data/v1/${resource.path}`), { bom: true, to: 1 });
      expect(resource.schema.fields.map((field: { name: string }) => field.name)).toEqual(headers);
    }
  });

  test('the index leads to every file of every year, newest first', () => {
    const index = JSON.parse(textOf(files, 'data/v1/index.json'));
    const keys = new Set(files.map(({ key }) => key));
    expect(index.years.map((year: { fiscalYear: number }) => year.fiscalYear)).toEqual([2025, 2024]);
    for (const { files: named } of index.years) {
      for (const address of [index.schema, index.datapackage, named.dataset, named.goals, named.departments]) {
        expect(keys.has(`data/v1/${address}`), address).toBe(true);
      }
      expect(keys.has(`${new URL(named.page, 'http://site/data/v1/index.json').pathname.slice(1)}index.html`)).toBe(
        true,
      );
    }
  });
});

describe('the terms of use', () => {
  const site = (licence: LicenceId | null) => {
    const rendered = renderSite(publishedOf([yearOf({ departments: [], licence })]), { siteUrl: null });
    const year = cheerio.load(textOf(rendered, '2024/index.html'))('script[type="application/ld+json"]').text();
    const $ = cheerio.load(textOf(rendered, 'data/index.html'));
    const terms = $('h2').last().nextAll();
    return {
      text: terms.text().trim(),
      lead: $('h1').next().text(),
      licenses: JSON.parse(textOf(rendered, 'data/v1/datapackage.json')).licenses,
      license: JSON.parse(year)['@graph'][1].license,
    };
  };

  test('are named and explained, for people and for programs', () => {
    const by = site('CC-BY-4.0');
    expect(by.text).toContain('（CC BY 4.0）のもとで利用できます。出典を書いていただければ');
    expect(by.text).toContain('出典の書き方の例：架空市「部長目標」');
    expect(by.licenses).toEqual([
      {
        name: 'CC-BY-4.0',
        path: 'https://creativecommons.org/licenses/by/4.0/deed.ja',
        title: 'クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）',
      },
    ]);
    expect(by.license).toEqual({ '@type': 'CreativeWork', name: by.licenses[0].title });

    const zero = site('CC0-1.0');
    expect(zero.text).toContain('出典を書かなくても');
    expect(zero.text).not.toContain('出典の書き方');
    expect(zero.licenses).toMatchObject([{ name: 'CC0-1.0' }]);

    const pdl = site('PDL-1.0');
    expect(pdl.text).toContain('加工したときは、そのことも書いてください。');
    expect(pdl.text).toContain('「部長目標」、公共データ利用規約（PDL1.0）');
    // It has no name in the list that the Data Package standard refers to.
    expect(pdl.licenses).toEqual([
      {
        path: 'https://www.digital.go.jp/resources/open_data/public_data_license_v1.0',
        title: '公共データ利用規約（第1.0版）',
      },
    ]);
  });

  test('are claimed nowhere where the city has named none that is known', () => {
    const none = site(null);
    expect(none).toEqual({
      text: 'データを使いたい方は、架空市にお問い合わせください。',
      lead: 'このサイトの内容は、データとしてもご覧いただけます。',
      licenses: undefined,
      license: undefined,
    });
  });
});
