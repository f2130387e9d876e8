import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { commands } from '../../lib/cli/commands.ts';
import { limits } from '../../lib/sources/xlsx/limits.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import type { Tabs } from '../support/workbook.ts';
import { soundTabs, withCell } from '../support/workbook.ts';

const sample = fileURLToPath(new URL('../../lib/sample', import.meta.url));
const main = fileURLToPath(new URL('../../lib/cli/main.ts', import.meta.url));

async function csvFolder(tabs: Tabs): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'tables');
  await mkdir(folder);
  for (const [name, rows] of Object.entries(tabs)) await writeFile(path.join(folder, `${name}.csv`), csvText(rows));
  return folder;
}

describe('what a command refuses', () => {
  test.each([
    ['no such command', ['bild'], '「bild」というコマンドはありません。'],
    ['no such option', ['build', '--sauce', 'a'], '「--sauce」という指定はありません。'],
    ['a required option left out', ['build', '--source', 'a.xlsx'], '--outの指定が必要です。'],
    ['an option without its value', ['build', '--source'], '--sourceには値が必要です。'],
    ['a value where none belongs', ['check', '--source', 'a', '--json=1'], '--jsonに値は指定できません。'],
    ['one argument too many', ['check', '--source', 'a', 'b'], '「b」は余分な指定です。'],
    [
      'a time that is none',
      ['build', '--source', sample, '--out', 'x', '--now', 'yesterday'],
      '--nowの「yesterday」を日時として読み取れません。',
    ],
    ['a day that is none', ['build', '--source', sample, '--out', 'x', '--now', '2025-13-01'], '--nowの「2025-13-01」'],
    [
      'a day that the calendar has not',
      ['build', '--source', sample, '--out', 'x', '--now', '2025-02-30'],
      '2025-02-30',
    ],
    [
      'an address that is none',
      ['build', '--source', sample, '--out', 'x', '--site-url', 'example.com'],
      'サイトの公開アドレス（--site-url、SITE_URL）',
    ],
    ['state inside the site', ['build', '--source', sample, '--out', 'x', '--state', 'x/state'], '保存先（--state）'],
    [
      'state inside the site, called like a way out',
      ['build', '--source', sample, '--out', 'x', '--state', 'x/..y'],
      '--state',
    ],
    [
      'an address where a folder belongs',
      ['build', '--source', sample, '--out', 's3://site/a'],
      'はフォルダーではありません。',
    ],
    ['a bucket without a name', ['publish', '--source', sample, '--site', 's3://', '--state', 'x'], '保管場所の指定'],
    ['a bucket that cannot be one', ['releases', '--state', 's3://A_B'], '保管場所の指定'],
    ['state that is the site', ['build', '--source', sample, '--out', 'x', '--state', './x/'], '保存先（--state）'],
    ['a port that is none', ['serve', '--port', '99999'], '--portの「99999」'],
    ['a site that is not there', ['serve', '/nowhere'], '「/nowhere」に公開するサイトがありません。'],
    ['a file where a folder belongs', ['build', '--source', sample, '--out', main], 'はフォルダーではありません。'],
  ])('%s', async (_, argv, message) => {
    const { status, out, told } = await runCommand(argv);
    expect(status).toBe(2);
    expect(told).toContain(message);
    expect(told).toContain('--help');
    expect(out).toBe('');
  });

  test('in English where the shell is', async () => {
    const { told } = await runCommand(['build'], { lang: 'en_US.UTF-8' });
    expect(told).toContain('--source is required.');
  });

  test('with --json, as one document', async () => {
    const { status, out } = await runCommand(['build', '--json']);
    expect(status).toBe(2);
    expect(JSON.parse(out)).toEqual({ error: { code: 'usage', message: '--sourceの指定が必要です。' } });
  });

  test('state inside the site by a link', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'real'));
    await symlink(path.join(folder, 'real'), path.join(folder, 'link'));
    const argv = [
      '--source',
      sample,
      '--out',
      path.join(folder, 'link'),
      '--state',
      path.join(folder, 'real', 'state'),
    ];
    expect(await runCommand(['build', ...argv])).toMatchObject({ status: 2 });
    expect(await filesBelow(folder)).toEqual(new Map());
  });

  test('every command has help in both languages, and no two look alike', async () => {
    for (const { name } of commands) {
      const ja = await runCommand([name, '--help']);
      const en = await runCommand([name, '--help'], { lang: 'en_GB' });
      expect([ja.status, en.status]).toEqual([0, 0]);
      expect(ja.out).toContain(`mokuhyo ${name}`);
      expect(ja.out).toMatch(/\p{Script=Hiragana}/u);
      expect(en.out).not.toMatch(/\p{Script=Hiragana}/u);
    }
  });
});

test('paths start where the person stands, also when npm runs the program from elsewhere', async () => {
  const folder = await csvFolder(soundTabs);
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const argv = ['--prefix', repository, 'run', '-s', 'mokuhyo', '--', 'build', '--source', 'tables', '--out', 'site'];
  await promisify(execFile)('npm', argv, { cwd: path.dirname(folder) });
  expect([...(await filesBelow(path.join(path.dirname(folder), 'site'))).keys()]).toContain('index.html');
});

describe('a source that is no workbook', () => {
  test.each([
    ['is not there', async (folder: string) => path.join(folder, 'none.xlsx'), 2, 'source-not-found'],
    [
      'is a folder named like a file',
      async (folder: string) => {
        await mkdir(path.join(folder, 'book.xlsx'));
        return path.join(folder, 'book.xlsx');
      },
      2,
      'source-is-folder',
    ],
    [
      'is damaged',
      async (folder: string) => {
        await writeFile(path.join(folder, 'book.xlsx'), 'PK\u0003\u0004 and no more');
        return path.join(folder, 'book.xlsx');
      },
      3,
      'source-damaged',
    ],
    [
      'is encrypted',
      async (folder: string) => {
        await writeFile(path.join(folder, 'book.xlsx'), Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]));
        return path.join(folder, 'book.xlsx');
      },
      3,
      'source-encrypted',
    ],
    [
      'is a bomb',
      async (folder: string) => {
        await writeFile(
          path.join(folder, 'book.xlsx'),
          zipSync({ 'xl/workbook.xml': new Uint8Array(limits.partBytes + 1) }),
        );
        return path.join(folder, 'book.xlsx');
      },
      3,
      'source-too-large',
    ],
    [
      'is a folder with a table that cannot be read',
      async (folder: string) => {
        await mkdir(path.join(folder, '部.csv'));
        return folder;
      },
      3,
      'source-not-permitted',
    ],
    ['is a folder without tables', async (folder: string) => folder, 3, 'missing-tab'],
  ])('%s', async (_, make, status, code) => {
    const folder = await temporaryFolder();
    const source = await make(folder);
    const checked = await runCommand(['check', '--source', source, '--json']);
    expect(checked.status).toBe(status);
    expect(JSON.parse(checked.out)).toMatchObject({
      ok: false,
      issues: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    const out = path.join(folder, 'site');
    const built = await runCommand(['build', '--source', source, '--out', out, '--json']);
    expect(built.status).toBe(status);
    expect(JSON.parse(built.out)).toMatchObject({
      release: null,
      outcome: 'blocked',
      published: [],
      objects: { written: 0 },
    });
    expect(await filesBelow(out)).toEqual(new Map());
  });
});

describe('build', () => {
  test('the sample: one department is held, all others are there', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    const { status, out: json } = await runCommand(['build', '--source', sample, '--out', out, '--json']);
    expect(status).toBe(1);
    const report = JSON.parse(json);
    expect(report).toMatchObject({ outcome: 'published', held: [{ department: '産業観光部', showing: null }] });
    expect(
      report.issues.map(({ code, tab, cell }: { code: string; tab: string; cell: string }) => [code, tab, cell]),
    ).toEqual([['missing-result', '目標', 'E26']]);
    expect([...(await filesBelow(out)).keys()].filter((key) => /^20\d\d\/[^/]+\/index\.html$/u.test(key))).toHaveLength(
      15,
    );
  });

  test('people are told what was published and what was held', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    const { told, out: results } = await runCommand(['build', '--source', sample, '--out', out]);
    expect(results).toBe('');
    expect(told).toContain('産業観光部（令和6年度）');
    expect(told).toContain('目標シートのE26');
    expect(told).toContain('まだ掲載していません。');
  });

  test('people are told the day of what is shown in the place of a held department', async () => {
    const folder = await temporaryFolder();
    const places = ['--site', path.join(folder, 'site'), '--state', path.join(folder, 'state')];
    const publish = async (tabs: Tabs, now: string) =>
      runCommand(['publish', '--source', await csvFolder(tabs), ...places, '--now', now]);
    await publish(soundTabs, '2025-04-01');
    const { told } = await publish(withCell(soundTabs, '部', 1, 4, ''), '2025-05-01');
    expect(told).toContain('2025年4月1日の内容を掲載しています。');
    expect(told).not.toMatch(/\d{4}-\d{2}-\d{2}/u);
  });

  test('a department whose row has no name is called so', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    const nameless = ['', '谷 遼', 'たに りょう', '方針の三', '仕事の三', '総括の三', '公開', 'mizu'];
    const source = await csvFolder({ ...soundTabs, 部: [...soundTabs.部, nameless] });
    const { status, told } = await runCommand(['build', '--source', source, '--out', out]);
    expect(status).toBe(1);
    expect(told).toContain('  （名前なし）（令和6年度）　');
  });

  test('a blocked run changes not one byte', async () => {
    const folder = await temporaryFolder();
    const places = ['--out', path.join(folder, 'site'), '--state', path.join(folder, 'state')];
    const sound = await csvFolder(soundTabs);
    expect((await runCommand(['build', '--source', sound, ...places])).status).toBe(0);
    const before = await filesBelow(folder);
    for (const broken of [
      { 設定: soundTabs.設定, 部: soundTabs.部 },
      withCell(soundTabs, '部', 0, 0, '部の名'),
      withCell(soundTabs, '部', 0, 2, '部長名'),
      withCell(soundTabs, '設定', 2, 1, '昨年'),
      { ...soundTabs, 部: soundTabs.部.slice(0, 1) },
    ]) {
      const { status, out } = await runCommand(['build', '--source', await csvFolder(broken), ...places, '--json']);
      expect(status).toBe(3);
      expect(JSON.parse(out)).toMatchObject({ outcome: 'blocked', published: [] });
      expect(await filesBelow(folder)).toEqual(before);
    }
  });

  test('a department taken off the sheet comes off the site by 取下げ only, its page with it', async () => {
    const folder = await temporaryFolder();
    const places = ['--out', path.join(folder, 'site'), '--state', path.join(folder, 'state'), '--json'];
    await runCommand(['build', '--source', await csvFolder(soundTabs), ...places]);
    const withdrawn = await csvFolder(withCell(soundTabs, '部', 1, 6, '取下げ'));
    const { status, out } = await runCommand(['build', '--source', withdrawn, ...places]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'published', published: ['fukushi'], objects: { deleted: 1 } });
    const keys = [...(await filesBelow(path.join(folder, 'site'))).keys()];
    expect(keys).not.toContain('2024/somu/index.html');
    expect(keys).toContain('2024/fukushi/index.html');
  });

  test('without state nothing is removed from the folder', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    await mkdir(out);
    await writeFile(path.join(out, 'own.txt'), 'a');
    await runCommand(['build', '--source', await csvFolder(soundTabs), '--out', out]);
    const withdrawn = await csvFolder(withCell(soundTabs, '部', 1, 6, '取下げ'));
    await runCommand(['build', '--source', withdrawn, '--out', out]);
    const keys = [...(await filesBelow(out)).keys()];
    expect(keys).toContain('own.txt');
    expect(keys).toContain('2024/somu/index.html');
  });

  test('the day of an update is that of Japan, and --now may be given in several forms', async () => {
    const source = await csvFolder(soundTabs);
    for (const [now, day] of [
      ['2025-03-31T15:00:00Z', '2025-04-01'],
      ['2025-03-31T23:59', '2025-03-31'],
      ['2025-04-01', '2025-04-01'],
      ['2025-04-01T00:30:00+09:00', '2025-04-01'],
    ] as const) {
      const out = path.join(await temporaryFolder(), 'site');
      await runCommand(['build', '--source', source, '--out', out, '--now', now]);
      const dataset = JSON.parse(await readFile(path.join(out, 'data/v1/2024.json'), 'utf8'));
      expect(dataset.departments[0].updated).toBe(day);
    }
  });
});

describe('the program itself', () => {
  test('a site that cannot be written ends with 4, and says so', async () => {
    const folder = await temporaryFolder();
    const out = path.join(folder, 'site');
    await mkdir(path.join(folder, 'site/2024'), { recursive: true });
    // A folder stands where a page must be.
    await mkdir(path.join(out, 'index.html'));
    const result = await runCommand([
      'build',
      '--source',
      sample,
      '--out',
      out,
      '--state',
      path.join(folder, 'state'),
      '--json',
    ]);
    expect(result.status).toBe(4);
    expect(JSON.parse(result.out)).toMatchObject({ outcome: 'failed' });
  });

  test('runs as a program, with JSON alone on standard output', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    const run = promisify(execFile)(process.execPath, [main, 'build', '--source', sample, '--out', out, '--json'], {
      env: { ...process.env, LANG: 'en_US.UTF-8' },
    });
    await expect(run).rejects.toMatchObject({ code: 1 });
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'published' });
    expect(stderr).toContain('Reading sample.');
  });

  test('a site is published to a folder, put back byte for byte, pinned, and let go again', async () => {
    const folder = await temporaryFolder();
    const site = path.join(folder, 'site');
    const places = ['--site', site, '--state', path.join(folder, 'state')];
    const publish = async (tabs: Tabs, now: string) =>
      runCommand(['publish', '--source', await csvFolder(tabs), ...places, '--now', now, '--json']);
    await publish(soundTabs, '2025-04-01');
    const first = await filesBelow(site);
    const changed = withCell(soundTabs, '部', 1, 4, '新しい仕事');
    expect((await publish(changed, '2025-05-01')).status).toBe(0);
    const second = await filesBelow(site);
    expect(second).not.toEqual(first);

    const listed = await runCommand(['releases', '--state', path.join(folder, 'state'), '--json']);
    const { releases, pinned } = JSON.parse(listed.out);
    expect(pinned).toBeNull();
    expect(releases.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    const told = await runCommand(['releases', '--state', path.join(folder, 'state')]);
    expect(told.out.split('\n')[0]).toContain('  2025年5月1日 0時0分  現在  総務部');

    const back = await runCommand(['rollback', releases[1].release, ...places, '--now', '2025-05-02']);
    expect(back.status).toBe(0);
    const readable = (files: Map<string, Buffer>) => [...files].filter(([key]) => !key.startsWith('assets/'));
    expect(readable(await filesBelow(site))).toEqual(readable(first));

    const refused = await publish(changed, '2025-05-03');
    expect(refused.status).toBe(3);
    expect(JSON.parse(refused.out).issues[0]).toMatchObject({ code: 'site-pinned' });
    expect(readable(await filesBelow(site))).toEqual(readable(first));

    expect((await runCommand(['rollback', '--unpin', ...places])).told).toContain('固定を解除しました。');
    expect((await publish(changed, '2025-05-01')).status).toBe(0);
    expect(readable(await filesBelow(site))).toEqual(readable(second));
    expect((await runCommand(['rollback', '000099-00000000', ...places])).status).toBe(2);
  });

  test('a template is a workbook that lacks only what staff must fill in, and is never written over', async () => {
    const file = path.join(await temporaryFolder(), 'template.xlsx');
    expect((await runCommand(['template', '--out', file])).status).toBe(0);
    const { status, out } = await runCommand(['check', '--source', file, '--json']);
    expect(status).toBe(3);
    expect(JSON.parse(out).issues.map(({ code, cell }: { code: string; cell: string }) => [code, cell])).toEqual([
      ['blank-setting', 'B2'],
      ['blank-setting', 'B4'],
      ['blank-contact', 'B8'],
    ]);
    const again = await runCommand(['template', '--out', file]);
    expect(again.status).toBe(2);
    expect(again.told).toContain('すでにあります');
  });

  test('a folder that cannot even be looked at is a site that could not be written', async () => {
    const { status, told } = await runCommand([
      'build',
      '--source',
      sample,
      '--out',
      path.join(await temporaryFolder(), 'x'.repeat(300)),
    ]);
    expect(status).toBe(4);
    expect(told).toContain('フォルダーを読み書きできませんでした（ENAMETOOLONG）');
  });

  test('serve shows the site as S3 would', async () => {
    const out = path.join(await temporaryFolder(), 'site');
    await runCommand(['build', '--source', sample, '--out', out]);
    const child = spawn(process.execPath, [main, 'serve', out, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      let told = '';
      while (!/http:\S+/u.test(told)) told += String((await once(child.stderr, 'data'))[0]);
      const address = /http:\S+/u.exec(told)?.[0] ?? '';
      const get = (at: string, init?: RequestInit) => fetch(new URL(at, address), { redirect: 'manual', ...init });
      const home = await get('');
      expect([home.status, home.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(home.headers.get('content-security-policy')).toContain("default-src 'none'");
      const year = await get('2024');
      expect([year.status, year.headers.get('location')]).toEqual([302, './2024/']);
      expect((await get('2024/')).status).toBe(200);
      expect((await get('data/v1/2024.json')).headers.get('content-type')).toBe('application/json; charset=utf-8');
      const missing = await get('2030/');
      expect(missing.status).toBe(404);
      expect(await missing.text()).toContain('<html');
      expect((await get('..%2f..%2fpackage.json')).status).toBe(400);
      expect((await get('%2e%2e/package.json')).status).toBe(404);
      expect((await get('', { method: 'POST' })).status).toBe(405);
      expect((await get('', { method: 'HEAD' })).status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(code).toBe(0);
  });
});
