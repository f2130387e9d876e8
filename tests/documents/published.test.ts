import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typesetter } from '../../lib/documents/typeset.ts';
import type { Dataset } from '../../lib/goals/model/dataset.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { describeWithPoppler, poppler, textOf, withoutSpaces } from '../support/pdf.ts';
import { drawnPortrait, lastColumnOf, withPortraitColumn, xlsxWithPictures } from '../support/portraits.ts';
import { hasSeed, readSeed } from '../support/seed.ts';
import { soundTabs, withCell, workbookOf } from '../support/workbook.ts';

/** Documents on a site, from a sheet: built and published as the command line does it. */

async function sheet(workbook: Workbook): Promise<string> {
  const folder = await temporaryFolder();
  for (const { name, rows } of workbook.sheets) await writeFile(path.join(folder, `${name}.csv`), csvText(rows));
  return folder;
}

const sound = workbookOf(soundTabs);
const changed = workbookOf(withCell(soundTabs, '目標', 1, 2, '窓口の待ち時間を5分にします。'));

/** Runs a command with the real library, and gives what it answered and how often the library was asked for. */
async function run(argv: readonly string[], load: typeof typesetter = typesetter) {
  let loaded = 0;
  const { status, out } = await runCommand([...argv, '--json'], {
    typesetter: async () => {
      loaded += 1;
      return load();
    },
  });
  return { status, report: JSON.parse(out), loaded };
}

const documentIn = async (site: string) => (await filesBelow(site)).get('2024/2024.pdf');

describe('a site with documents', () => {
  test('has them anew where the sheet changed, keeps them where not, and says where they are', async () => {
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const publish = async (workbook: Workbook) =>
      run(['publish', '--source', await sheet(workbook), '--site', site, '--state', state]);
    expect(await publish(sound)).toMatchObject({ status: 0, loaded: 1 });
    const first = await documentIn(site);
    expect(first?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await publish(sound)).toMatchObject({
      loaded: 0,
      report: { outcome: 'unchanged', objects: { written: 0 } },
    });
    expect(await documentIn(site)).toEqual(first);
    expect(await publish(changed)).toMatchObject({ loaded: 1, report: { outcome: 'published' } });
    expect(await documentIn(site)).not.toEqual(first);
  }, 60_000);

  test('gets a lost one back as it was, and the earlier one with an earlier release, without the library', async () => {
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const publish = async (workbook: Workbook, load = typesetter) =>
      run(['publish', '--source', await sheet(workbook), '--site', site, '--state', state], load);
    const { report } = await publish(sound);
    const first = await documentIn(site);
    await rm(path.join(site, '2024/2024.pdf'));
    expect(await publish(sound, async () => null)).toMatchObject({ loaded: 0, report: { outcome: 'published' } });
    expect(await documentIn(site)).toEqual(first);
    await publish(changed);
    const { status } = await run(['rollback', report.release, '--site', site, '--state', state]);
    expect(status).toBe(0);
    expect(await documentIn(site)).toEqual(first);
  }, 60_000);

  test('is published whole where no document can be made, and keeps the one that it has', async () => {
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const publish = async (workbook: Workbook, load = typesetter) =>
      run(['publish', '--source', await sheet(workbook), '--site', site, '--state', state], load);
    const without = await publish(sound, async () => null);
    expect(without).toMatchObject({ status: 0, report: { outcome: 'published' } });
    expect(without.report.issues.map(({ code }: { code: string }) => code)).toEqual(['documents-left-out']);
    expect(await documentIn(site)).toBeUndefined();
    await publish(sound);
    const first = await documentIn(site);
    const broken = async () => ({
      set: () => {
        throw new Error('out of ink');
      },
    });
    const second = await publish(changed, broken);
    expect(second).toMatchObject({ status: 0, report: { outcome: 'published' } });
    expect(second.report.issues).toMatchObject([{ code: 'document-failed', severity: 'warning' }]);
    expect(await documentIn(site)).toEqual(first);
    const page = (await filesBelow(site)).get('2024/index.html')?.toString().replaceAll('<wbr>', '');
    expect(page).toContain('窓口の待ち時間を5分にします。');
  }, 60_000);

  test('built into a folder without a state, has its document made only where that is not there already', async () => {
    const site = await temporaryFolder();
    const build = async (workbook: Workbook) => run(['build', '--source', await sheet(workbook), '--out', site]);
    expect(await build(sound)).toMatchObject({ loaded: 1 });
    const first = await documentIn(site);
    expect(await build(sound)).toMatchObject({ loaded: 0, report: { outcome: 'unchanged' } });
    // A build was stopped in it.
    await truncate(path.join(site, '2024/2024.pdf'), (first?.byteLength ?? 0) - 10);
    expect(await build(sound)).toMatchObject({ loaded: 1, report: { objects: { written: 1 } } });
    expect(await documentIn(site)).toEqual(first);
  }, 60_000);
});

/** What a person reads of a department, in the order of its page. */
function textsOf({ departments }: Dataset): string[] {
  return departments.flatMap(({ name, directors, policy, goals, summary, work }) => [
    name,
    ...directors.flatMap((director) => [director.title, director.name, director.nameKana ?? '']),
    policy ?? '',
    ...goals.flatMap(({ text, statusLabel, note, reason }) => [text, statusLabel ?? '', note ?? '', reason ?? '']),
    summary ?? '',
    work ?? '',
  ]);
}

describe.skipIf(!hasSeed)('the real workbook with eight drawn portraits', () => {
  let site: Map<string, Buffer>;
  let pdf: Buffer;
  let folder: string;

  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const seed = withPortraitColumn(await readSeed(), '部', 0, []);
    const placed = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => ({ row: index + 1, bytes: await drawnPortrait(index) })),
    );
    folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
    const file = path.join(folder, 'seed.xlsx');
    await writeFile(file, xlsxWithPictures(seed, '部', lastColumnOf(seed, '部'), placed));
    const out = path.join(folder, 'site');
    await run(['build', '--source', file, '--out', out, '--site-url', 'https://example.test/goals/']);
    site = await filesBelow(out);
    pdf = site.get('2024/2024.pdf') ?? Buffer.alloc(0);
  }, 120_000);

  describeWithPoppler('read with poppler', () => {
    test('every text of the dataset stands in it, in order', () => {
      const dataset: Dataset = JSON.parse(site.get('data/v1/2024.json')?.toString() ?? '');
      // What stands at the head and foot of each page comes between the pages.
      const read = textOf(pdf);
      let at = read.lastIndexOf(withoutSpaces(dataset.departments[0]?.directors[0]?.title ?? ''));
      at = read.lastIndexOf(withoutSpaces(dataset.departments[0]?.name ?? ''), at - 1);
      for (const text of textsOf(dataset)) {
        const wanted = withoutSpaces(text);
        const found = read.indexOf(wanted, at);
        expect(found, text).toBeGreaterThanOrEqual(at);
        at = found + wanted.length;
      }
      expect(dataset.departments).toHaveLength(8);
    });

    test('is tagged by the standard: headings, lists, tables with headers, pictures with texts, language and title', () => {
      const info = poppler('pdfinfo', pdf);
      expect(info).toMatch(/Title: +令和6年度/u);
      expect(info).toMatch(/Tagged: +yes/u);
      expect(info).toMatch(/Page size: .*A4/u);
      // One sheet of the year, and one for each department.
      expect(info).toMatch(/Pages: +9\n/u);
      const source = pdf.toString('latin1');
      expect(source).toMatch(/\/Lang ?\(ja/u);
      expect(source).toContain('/DisplayDocTitle true');
      const structure = poppler('pdfinfo', pdf, '-struct-text')
        .split('\n')
        .map((line) => line.trim());
      const count = (tag: string) => structure.filter((line) => line.split(/[ :]/u)[0] === tag).length;
      expect({ h1: count('H1'), figures: count('Figure'), heads: count('TH') }).toEqual({
        h1: 1,
        figures: 8,
        heads: 3,
      });
      // The departments, the tally and the list of departments.
      expect(count('H2')).toBe(10);
      expect(count('L')).toBe(8);
      expect(count('LI')).toBe(47);
      expect(source.match(/\/Alt /gu)).toHaveLength(8);
      const metadata = poppler('pdfinfo', pdf, '-meta');
      expect(metadata).toMatch(/<pdfuaid:part>1</u);
    });

    test('has a bookmark for the year and for each department', () => {
      const entries = pdf.toString('latin1').match(/\/Type ?\/Outlines|\/Dest|\/Title/gu) ?? [];
      expect(entries.length).toBeGreaterThan(9);
    });
  });
});
