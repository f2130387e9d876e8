import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../lib/goals/model/dataset.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { inspect } from '../../lib/inspect.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { temporaryFolder } from '../support/command-line.ts';
import { libreOffice, savedByLibreOffice } from '../support/libre-office.ts';
import { printed } from '../support/printed-workbook.ts';
import { publishedOf, yearOf } from '../support/published.ts';
import { hasSeed, seedWorkbook } from '../support/seed.ts';
import { soundTabs, type Tabs, workbookOf } from '../support/workbook.ts';
import {
  cellsOf,
  inOneYear,
  publishedBy,
  readBack,
  withDatasets,
  workbookAt,
  workbookOfYear,
} from '../support/year-workbook.ts';

const here = (place: string): string => fileURLToPath(new URL(`../../${place}`, import.meta.url));
const cities = here('../shared/cities');

/** Sheets to be published and read back, by name: those that lie beside the repository are left out where they do not. */
const sheets = [
  { name: 'sample', location: here('lib/sample') },
  ...(hasSeed ? [{ name: 'seed', location: seedWorkbook }] : []),
  ...['ashinohara', 'ginrei', 'hayasegawa', 'nagisawa', 'shionagi', 'tsukigasaki', 'yukishiro']
    .map((name) => ({ name, location: path.join(cities, name) }))
    .filter(({ location }) => existsSync(location)),
];

const textsOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await cellsOf(bytes)).sheets.flatMap(({ rows }) => rows.flat());

/** The cells of a tab, without those that are blank at the end of a row. */
async function rowsOf(bytes: Uint8Array, tab: string): Promise<readonly (readonly string[])[]> {
  return (await cellsOf(bytes)).sheets.find(({ name }) => name === tab)?.rows ?? [];
}

describe('the workbook of a year', () => {
  test.each(sheets)('$name reads back to the same dataset', async ({ location }) => {
    const before = publishedBy(await workbookAt(location));
    expect(before.datasets.length).toBeGreaterThan(0);
    for (const [index, dataset] of before.datasets.entries()) {
      expect(inOneYear(await readBack(before, index))).toEqual(inOneYear(dataset));
    }
  });

  test.skipIf(libreOffice === undefined)('saved by LibreOffice it still does', async () => {
    const folder = await temporaryFolder();
    const saved = path.join(folder, 'saved');
    await mkdir(saved);
    const chosen = await Promise.all(
      sheets.map(async ({ name, location }) => ({ name, sheet: publishedBy(await workbookAt(location)) })),
    );
    for (const { name, sheet } of chosen) await writeFile(path.join(folder, `${name}.xlsx`), workbookOfYear(sheet));
    await savedByLibreOffice(
      chosen.map(({ name }) => path.join(folder, `${name}.xlsx`)),
      saved,
      'xlsx',
    );
    for (const { name, sheet } of chosen) {
      const bytes = await readFile(path.join(saved, `${name}.xlsx`));
      const [after] = publishedBy(await cellsOf(bytes)).datasets;
      expect(inOneYear(after), name).toEqual(inOneYear(sheet.datasets[0]));
    }
  });

  test('is among the files of the site, and the same bytes each time', () => {
    const published = publishedOf([
      yearOf({ departments: [{ id: 'somu', name: '総務部', goals: [['一', 'achieved']] }] }),
    ]);
    const make = () => renderSite(published, { siteUrl: null }).find(({ key }) => key === '2024/2024.xlsx');
    expect(make()?.contentType).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(make()?.body).toEqual(make()?.body);
  });

  test('is printed on A4 with its headers on each sheet, in letters that can be read', async () => {
    for (const { name, location } of sheets) {
      const tabs = printed(workbookOfYear(publishedBy(await workbookAt(location))));
      for (const [tab, look] of tabs) {
        const repeated = `'${tab}'!$A:$A,'${tab}'!$1:$1`;
        expect(look, `${name} ${tab}`).toEqual({ paper: 'A4, on its side', repeated, isReadable: true });
      }
    }
  });

  test('shows a long text as a whole: no row is high enough for one in a narrow column', () => {
    const tabs: Tabs = {
      ...soundTabs,
      部: soundTabs.部.map((cells, row) =>
        cells.map((text, column) => (row === 1 && column === 4 ? 'あ'.repeat(900) : text)),
      ),
    };
    const sheet = strFromU8(
      unzipSync(workbookOfYear(publishedBy(workbookOf(tabs))))['xl/worksheets/sheet2.xml'] ?? new Uint8Array(),
    );
    const widths = [...sheet.matchAll(/<col [^>]*width="([\d.]+)"/gu)].map(([, width]) => Number(width) * 8 + 5);
    const height = Number(/<row r="2" ht="(\d+)"/u.exec(sheet)?.[1]);
    const lines = Math.floor(height / (11 * 1.7));
    expect(height).toBeLessThanOrEqual(409);
    expect(Math.floor(((widths[4] ?? 0) - 10) / ((11 * 4) / 3)) * lines).toBeGreaterThanOrEqual(900);
  });
});

describe('nothing but what is published', () => {
  const now = new Date('2025-06-01T00:00:00Z');
  const plan: Tabs = {
    ...soundTabs,
    設定: soundTabs.設定.map(([item = '', value = '']) => [item, item === '段階' ? '目標' : value]),
    部: [
      [...(soundTabs.部[0] ?? []), '決裁', '連絡先メール', '査定'],
      [
        '総務部',
        '沢田 実',
        'さわだ みのる',
        '方針の一',
        '仕事の一',
        '',
        '公開',
        'somu',
        '起案の番号一',
        'a@example.jp',
        '内緒の一',
      ],
      [
        '福祉部',
        '森 花',
        'もり はな',
        '方針の二',
        '仕事の二',
        '',
        '公開',
        'fukushi',
        '緊急',
        'b@example.jp',
        '内緒の二',
      ],
    ],
    目標: soundTabs.目標.map(([name = '', number = '', goal = '']) => [name, number, goal]),
  };
  const result: Tabs = {
    ...soundTabs,
    部: [
      plan['部']?.[0] ?? [],
      [
        '総務部',
        '沢田 実',
        'さわだ みのる',
        '新しい方針',
        '新しい仕事',
        '新しい総括',
        '下書き',
        'somu',
        '起案の番号三',
        '',
        '',
      ],
      ['福祉部', '森 花', 'もり はな', '方針の二', '仕事の二', '総括の二', '公開', 'fukushi', '起案の番号四', '', ''],
    ],
  };

  test('neither private columns, nor drafts, nor what is newer than what is held', async () => {
    const first = publishedBy(workbookOf(plan)).published;
    const later = publishedBy(workbookOf(result), first);
    const texts = (await textsOf(workbookOfYear(later))).join('\n');
    expect(texts).not.toMatch(/起案|example\.jp|内緒|査定|連絡先|新しい/u);
    expect(texts).toContain('方針の一');
    expect(texts).toContain('総括の二');
  });

  test('what was published in an earlier phase, and is kept, reads back beside what is new', async () => {
    const later = publishedBy(workbookOf(result), publishedBy(workbookOf(plan)).published);
    const [dataset] = later.datasets;
    expect(dataset?.departments.map(({ summary, tally }) => [summary, tally.unrated])).toEqual([
      [null, 2],
      ['総括の二', 0],
    ]);
    const inspection = inspect(await cellsOf(workbookOfYear(later)), now);
    if (inspection.kind !== 'usable') throw new Error('The workbook cannot be read.');
    const settled = settle(inspection.sheet, null, now);
    expect(settled.held).toEqual([]);
    expect(inOneYear(withDatasets(settled.published).datasets[0])).toEqual(inOneYear(dataset));
  });

  test('a word that 選択肢 has not got any more is put in for what is kept under it', async () => {
    const withWord = (word: string, label: string, state: string): Tabs => ({
      ...soundTabs,
      部: soundTabs.部.map((cells, row) => cells.map((text, column) => (row === 1 && column === 6 ? state : text))),
      目標: soundTabs.目標.map((cells, row) =>
        cells.map((text, column) => (row < 3 && text === '達成' && column === 3 ? label : text)),
      ),
      選択肢: [
        ['表示', '区分'],
        [word, '達成'],
      ],
    });
    const later = publishedBy(
      workbookOf(withWord('できた', '達成', '下書き')),
      publishedBy(workbookOf(withWord('はなまる', 'はなまる', '公開'))).published,
    );
    const after = await readBack(later);
    const statuses = (dataset: Dataset | undefined) =>
      dataset?.departments.map(({ goals }) => goals.map(({ status, statusLabel }) => [status, statusLabel]));
    expect(statuses(after)).toEqual(statuses(later.datasets[0]));
    expect(after?.statuses.map(({ label }) => label)).toContain('はなまる');
  });

  test('other ways of writing a word are given only where something is written that way', async () => {
    const tabs: Tabs = {
      ...soundTabs,
      目標: soundTabs.目標.map((cells, row) =>
        cells.map((text, column) => (row === 1 && column === 3 ? '予定どおり（前倒し）' : text)),
      ),
      選択肢: [
        ['表示', '区分', '別表記'],
        ['計画どおり', '達成', '予定どおり、身内の呼び名'],
      ],
    };
    const bytes = workbookOfYear(publishedBy(workbookOf(tabs)));
    expect(await rowsOf(bytes, '選択肢')).toEqual([
      ['表示', '区分', '別表記'],
      ['計画どおり', '達成', '予定どおり'],
    ]);
  });
});

describe('no cell is a formula', () => {
  const dangerous = ['=1+1', '+81', '-2+3', '@SUM(A1)', '＝1+1', '=HYPERLINK("http://example.jp","x")', '_x003D_1+1'];
  const tabs: Tabs = {
    ...soundTabs,
    目標: [
      ['部名', '番号', '目標', '達成状況', '説明'],
      ...dangerous.map((text, index) => ['総務部', String(index + 1), `${text} を`, '達成', text]),
      ['福祉部', '1', '目標の三', '一部達成', ''],
    ],
  };
  const formulas = (bytes: Uint8Array): string[] =>
    Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
      name.startsWith('xl/worksheets/') ? (strFromU8(part).match(/<f[ >]/gu) ?? []) : [],
    );

  test('in the file, where what is like one is a text also when somebody touches it', async () => {
    const bytes = workbookOfYear(publishedBy(workbookOf(tabs)));
    expect(formulas(bytes)).toEqual([]);
    expect(await textsOf(bytes)).toEqual(expect.arrayContaining(dangerous));
    const files = unzipSync(bytes);
    const styles = [...strFromU8(files['xl/styles.xml'] ?? new Uint8Array()).matchAll(/<xf numFmtId="(\d+)" fontId/gu)];
    // The first is that of the format itself.
    const isText = (style: string | undefined): boolean => styles[Number(style) + 1]?.[1] === '49';
    const goals = strFromU8(files['xl/worksheets/sheet3.xml'] ?? new Uint8Array());
    const cells = [...goals.matchAll(/<c r="[A-Z]+\d+" s="(\d+)" t="inlineStr"><is><t [^>]*>([=+@＝-][^<]*)</gu)];
    expect(cells.length).toBeGreaterThanOrEqual(2 * 6);
    for (const [, style, text] of cells) expect(isText(style), text).toBe(true);
  });

  test.skipIf(libreOffice === undefined)('nor after LibreOffice has opened and saved it', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'saved'));
    await writeFile(path.join(folder, '2024.xlsx'), workbookOfYear(publishedBy(workbookOf(tabs))));
    await savedByLibreOffice([path.join(folder, '2024.xlsx')], path.join(folder, 'saved'), 'xlsx');
    const bytes = await readFile(path.join(folder, 'saved/2024.xlsx'));
    expect(formulas(bytes)).toEqual([]);
    expect(await textsOf(bytes)).toEqual(expect.arrayContaining(dangerous));
  });
});
