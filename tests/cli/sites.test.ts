import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../support/command-line.ts';

let folder: string;
let list: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sites-'));
  list = path.join(folder, 'sites.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sites = (...words: string[]) => runCommand(['sites', ...words, '--sites', list]);
const add = (id: string, ...more: string[]) =>
  sites('add', id, '--spreadsheet', `sheet-of-${id}-0000`, '--url', `https://goals.example.lg.jp/${id}`, ...more);
const written = async () => JSON.parse(await readFile(list, 'utf8')).sites;

test('a city is added, paused, goes on and is taken off the list', async () => {
  expect((await sites('list')).told).toContain('まだ市がありません');
  const { status, told } = await add('kita', '--staff-email', 'kikaku@kita.example.lg.jp');
  expect([status, told]).toEqual([0, 'サイト kita について、一覧を書き換えました（全1件）。\n']);
  await add('minami', '--direct', '--prefix', 'towns/minami');
  expect(await written()).toEqual([
    {
      id: 'kita',
      spreadsheetId: 'sheet-of-kita-0000',
      prefix: 'kita',
      url: 'https://goals.example.lg.jp/kita/',
      staffEmail: 'kikaku@kita.example.lg.jp',
      paused: false,
      direct: false,
      stateAtRoot: false,
    },
    expect.objectContaining({ id: 'minami', prefix: 'towns/minami', staffEmail: null, direct: true }),
  ]);
  await sites('pause', 'kita');
  expect((await sites('list')).out).toBe(
    'kita  https://goals.example.lg.jp/kita/  休止中\nminami  https://goals.example.lg.jp/minami/  毎分読む\n',
  );
  await sites('resume', 'kita');
  expect((await written())[0].paused).toBe(false);
  expect((await sites('remove', 'kita')).status).toBe(0);
  expect(JSON.parse((await sites('list', '--json')).out).sites).toHaveLength(1);
});

test('adding the same city twice changes nothing; another one of its name is refused, and says so', async () => {
  await add('kita');
  const before = await readFile(list);
  expect((await add('kita')).status).toBe(0);
  expect(await readFile(list)).toEqual(before);
  const { status, told } = await add('kita', '--prefix', 'other');
  expect(status).toBe(2);
  expect(told).toContain('サイト kita は、もう一覧にあります');
  expect(await readFile(list)).toEqual(before);
});

test('a folder inside another’s is refused with what to do', async () => {
  await add('kita');
  const { status, told } = await add('minami', '--prefix', 'kita/minami');
  expect(status).toBe(2);
  expect(told).toContain('サイト minami の公開するフォルダーが、サイト kita のフォルダーの中にあります。\n→ ');
  expect(await written()).toHaveLength(1);
});

test.each([
  [['add', 'kita', '--url', 'https://a.example/'], '--spreadsheet'],
  [['add', 'kita', '--spreadsheet', 'sheet-of-kita-0000'], '--url'],
  [['add', 'Kita', '--spreadsheet', 'sheet-of-kita-0000', '--url', 'https://a.example/'], 'id が正しくありません'],
  [['add', 'kita', '--spreadsheet', 'no sheet', '--url', 'https://a.example/'], 'スプレッドシートの指定'],
  [['pause'], 'ID'],
  [['delete', 'kita'], 'list'],
])('sites %j is a usage error that says what is missing', async (words, said) => {
  const { status, told } = await sites(...words);
  expect(status).toBe(2);
  expect(told).toContain(said);
});

test('a city that is not there is said, and a list that is broken is left as it is', async () => {
  await add('kita');
  expect((await sites('pause', 'minami')).told).toContain('サイト "minami" は、一覧にありません');
  await writeFile(list, '{ "sites": [');
  const { status, told } = await add('minami');
  expect([status, await readFile(list, 'utf8')]).toEqual([2, '{ "sites": [']);
  expect(told).toContain('JSONの形になっていません');
});
