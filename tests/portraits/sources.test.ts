import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import * as cheerio from 'cheerio';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../lib/publish.ts';
import { googleSheetSource } from '../../lib/sources/google/google-sheet.ts';
import { openStores } from '../../lib/stores/open.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { cellAddress } from '../../lib/workbook/workbook.ts';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { drawnPortrait, lastColumnOf, withLinks, withPortraitColumn, xlsxWithPictures } from '../support/portraits.ts';
import { describeWithSeed, readSeed } from '../support/seed.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, withCell, workbookOf } from '../support/workbook.ts';

const spreadsheet = 'spreadsheet-under-test';

/** Runs `build` and gives what it answered, and what it told. */
async function build(source: string, out: string, state: string | null, env: Record<string, string> = {}) {
  const argv = ['build', '--source', source, '--out', out, ...(state === null ? [] : ['--state', state]), '--json'];
  const { status, out: json } = await runCommand(argv, { env });
  return { status, report: JSON.parse(json) };
}

async function csvFolder(workbook: Workbook, pictures: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const { name, rows } of workbook.sheets) await writeFile(path.join(folder, `${name}.csv`), csvText(rows));
  for (const [name, bytes] of Object.entries(pictures)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
  }
  return folder;
}

/** The portraits of a site, by the names of their files. */
async function portraitsOf(site: string): Promise<Map<string, Buffer>> {
  return new Map([...(await filesBelow(site))].filter(([key]) => key.startsWith('assets/portrait-')));
}

describeWithSeed('eight drawn portraits with the real workbook', () => {
  let seed: Workbook;
  let pictures: Buffer[];

  beforeAll(async () => {
    seed = await readSeed();
    pictures = await Promise.all(Array.from({ length: 8 }, (_, index) => drawnPortrait(index)));
  }, 60_000);

  const inXlsx = async () => {
    const workbook = withPortraitColumn(seed, '部', 0, []);
    const placed = pictures.map((bytes, index) => ({ row: index + 1, bytes }));
    const file = path.join(await temporaryFolder(), 'seed.xlsx');
    await writeFile(file, xlsxWithPictures(workbook, '部', lastColumnOf(workbook, '部'), placed));
    return file;
  };
  const inFolder = () => {
    const names = pictures.map((_, index) => (index % 2 === 0 ? `顔${index}.jpg` : `写真/顔${index}.JPG`));
    return csvFolder(
      withPortraitColumn(seed, '部', 0, names),
      Object.fromEntries(pictures.map((bytes, index) => [names[index] ?? '', bytes])),
    );
  };
  const inDrive = (server: GoogleServer) => {
    const id = (index: number) => `picture-in-drive-${index}`;
    for (const [index, bytes] of pictures.entries()) server.addPicture(id(index), bytes);
    const uri = (index: number) => `https://drive.google.com/file/d/${id(index)}/view?usp=drivesdk`;
    // Half are links, half are names with a link behind them, as a chip is.
    const texts = pictures.map((_, index) => (index % 2 === 0 ? uri(index) : `顔${index}.jpg`));
    const workbook = withPortraitColumn(seed, '部', 0, texts);
    const links = pictures.flatMap((_, index) => (index % 2 === 0 ? [] : [{ row: index + 1, uri: uri(index) }]));
    server.add(spreadsheet, SpreadsheetModel.of(withLinks(workbook, '部', lastColumnOf(workbook, '部'), links)));
    return { GOOGLE_API_ROOT: server.apiRoot };
  };

  test('are the same bytes on the site from a workbook, a folder and Google Drive', async () => {
    await using server = await GoogleServer.start(new VirtualClock());
    const folder = await temporaryFolder();
    const sites = { xlsx: `${folder}/xlsx`, folder: `${folder}/folder`, google: `${folder}/google` };
    const runs = [
      await build(await inXlsx(), sites.xlsx, `${folder}/state-xlsx`),
      await build(await inFolder(), sites.folder, null),
      await build(`google:${spreadsheet}`, sites.google, `${folder}/state-google`, inDrive(server)),
    ];
    for (const { report } of runs) {
      expect(report.outcome).toBe('published');
      expect(report.issues.filter(({ code }: { code: string }) => code.includes('portrait'))).toEqual([]);
    }
    const fromXlsx = await portraitsOf(sites.xlsx);
    expect(fromXlsx.size).toBe(16);
    expect(await portraitsOf(sites.folder)).toEqual(fromXlsx);
    expect(await portraitsOf(sites.google)).toEqual(fromXlsx);

    for (const [name, bytes] of fromXlsx) {
      expect(bytes.byteLength, name).toBeLessThanOrEqual(25_000);
      const { format, width, height, exif, icc, xmp } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp }).toEqual({ exif: undefined, icc: undefined, xmp: undefined });
      expect(format).toBe(name.endsWith('.jpg') ? 'jpeg' : 'heif');
      expect(Math.max(width, height)).toBeLessThanOrEqual(640);
      for (const word of ['Sawada', 'Exif', 'GPS']) expect(bytes.includes(word), `${word} in ${name}`).toBe(false);
    }

    // Once more: nothing is fetched, nothing is encoded, nothing is written.
    const fetched = server.count('picture');
    expect(fetched).toBe(8);
    const again = await build(`google:${spreadsheet}`, sites.google, `${folder}/state-google`, {
      GOOGLE_API_ROOT: server.apiRoot,
    });
    expect(again.report).toMatchObject({ outcome: 'unchanged', objects: { written: 0 } });
    expect(server.count('picture') - fetched).toBe(0);
    const withoutState = await build(await inFolder(), sites.folder, null);
    expect(withoutState.report).toMatchObject({ outcome: 'unchanged', objects: { written: 0 } });
  }, 120_000);

  test('stand in the pages and the data with their sizes and names, in 14 kB of compressed HTML and CSS', async () => {
    const site = await temporaryFolder();
    await build(await inFolder(), site, null);
    const files = await filesBelow(site);
    const page = files.get('2024/index.html') ?? Buffer.alloc(0);
    const $ = cheerio.load(page.toString());
    const images = $('article picture img');
    expect(images).toHaveLength(8);
    const dataset = JSON.parse(String(files.get('data/v1/2024.json')));
    for (const [index, image] of images.toArray().entries()) {
      const { title, name, portrait } = dataset.departments[index].directors[0];
      expect($(image).attr()).toEqual({
        src: `../${portrait.src}`,
        width: String(portrait.width),
        height: String(portrait.height),
        alt: `${title} ${name}の顔写真`,
        loading: 'lazy',
      });
      const source = $(image).prev('source').attr();
      expect(source).toEqual({ srcset: `../${portrait.src.replace('.jpg', '.avif')}`, type: 'image/avif' });
      expect(await sharp(files.get(portrait.src)).metadata()).toMatchObject({
        width: portrait.width,
        height: portrait.height,
      });
    }
    const stylesheet = [...files].find(([key]) => key.endsWith('.css'))?.[1] ?? Buffer.alloc(0);
    const brotli = brotliCompressSync(page).byteLength + brotliCompressSync(stylesheet).byteLength;
    expect(brotli).toBeLessThanOrEqual(14_000);
  });
});

const portraitCodes = (issues: readonly { code: string; cell: string | null }[]) =>
  issues.filter(({ code }) => code.includes('portrait')).map(({ code, cell }) => `${code} ${cell}`);

describe('what becomes of a portrait', () => {
  const sound = workbookOf(soundTabs);
  const unit = soundTabs.部;
  const column = () => lastColumnOf(withPortraitColumn(sound, '部', 0, []), '部');
  const cellOf = (row: number) => cellAddress(row, column());

  test('a held department keeps its picture though the file is gone, and gives it up when it is mended without or withdrawn', async () => {
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const names = unit.slice(1).map((_, index) => `${index}.jpg`);
    const workbook = withPortraitColumn(sound, '部', 0, names);
    const pictures = Object.fromEntries(
      await Promise.all(names.map(async (name, index) => [name, await drawnPortrait(index)] as const)),
    );
    await build(await csvFolder(workbook, pictures), site, state);
    const before = await portraitsOf(site);
    expect(before.size).toBe(names.length * 2);

    // An unknown status holds the first department, and its picture is not there any more.
    const first = unit[1]?.[0] ?? '';
    const status = soundTabs.目標[0]?.indexOf('達成状況') ?? -1;
    const damaged = {
      sheets: workbook.sheets.map((sheet) =>
        sheet.name === '目標'
          ? {
              ...sheet,
              rows: sheet.rows.map((cells) =>
                cells[0] === first ? cells.map((text, index) => (index === status ? '不明な言葉' : text)) : cells,
              ),
            }
          : sheet,
      ),
    };
    const { [names[0] ?? '']: _, ...others } = pictures;
    const held = await build(await csvFolder(damaged, others), site, state);
    expect(held.report.held).toHaveLength(1);
    expect(portraitCodes(held.report.issues)).toEqual([]);
    const dataset = JSON.parse(String((await filesBelow(site)).get('data/v1/2024.json')));
    for (const { directors } of dataset.departments) expect(before.has(directors[0].portrait.src)).toBe(true);
    expect(await portraitsOf(site)).toEqual(before);

    // Even where somebody deletes it from the site: its bytes are remembered.
    const src: string = dataset.departments[0].directors[0].portrait.src;
    await rm(path.join(site, src));
    await build(await csvFolder(damaged, others), site, state);
    expect(await portraitsOf(site)).toEqual(before);

    // Mended, but without its file: no picture, said at the cell.
    const mended = await build(await csvFolder(workbook, others), site, state);
    expect(portraitCodes(mended.report.issues)).toEqual([`portrait-not-found ${cellOf(1)}`]);
    const after = JSON.parse(String((await filesBelow(site)).get('data/v1/2024.json')));
    expect(after.departments[0].directors[0].portrait).toBeNull();
    expect((await portraitsOf(site)).size).toBe(before.size - 2);

    // Taken off the site, and put back by the release before: its picture goes and comes with it.
    const withdrawn = withPortraitColumn(workbookOf(withCell(soundTabs, '部', 2, 6, '取下げ')), '部', 0, names);
    await build(await csvFolder(withdrawn, others), site, state);
    expect((await portraitsOf(site)).size).toBe(before.size - 4);
    const { out } = await runCommand(['releases', '--state', state, '--json']);
    const [, previous] = JSON.parse(out).releases;
    await runCommand(['rollback', previous.release, '--site', site, '--state', state]);
    expect((await portraitsOf(site)).size).toBe(before.size - 2);
  }, 120_000);

  test('what cannot be shown is told at its cell, and stops nothing', async () => {
    const outside = path.join(await temporaryFolder(), 'secret.jpg');
    await writeFile(outside, await drawnPortrait(0));
    const names = ['damaged.jpg', 'linked.jpg', 'https://example.jp/a.jpg'];
    const folder = await csvFolder(withPortraitColumn(sound, '部', 0, names), {
      'damaged.jpg': (await drawnPortrait(1)).subarray(0, 20_000),
    });
    await symlink(outside, path.join(folder, 'linked.jpg'));
    const site = await temporaryFolder();
    const { report } = await build(folder, site, null);
    const rows = unit.length - 1;
    const expected = [
      `portrait-refused ${cellOf(1)}`,
      `portrait-not-found ${cellOf(2)}`,
      `unusable-portrait ${cellOf(3)}`,
    ];
    expect(portraitCodes(report.issues).toSorted()).toEqual(expected.slice(0, rows).toSorted());
    expect(report.published).toHaveLength(rows);
    expect((await portraitsOf(site)).size).toBe(0);
    // A check says the same.
    const checked = await runCommand(['check', '--source', folder, '--json']);
    expect(portraitCodes(JSON.parse(checked.out).issues).toSorted()).toEqual(expected.slice(0, rows).toSorted());
  });

  test('a picture in Drive without a checksum is known by its bytes, one that is not shared is named, a document is not fetched', async () => {
    const clock = new VirtualClock();
    await using server = await GoogleServer.start(clock);
    const env = { GOOGLE_API_ROOT: server.apiRoot };
    const uri = 'https://drive.google.com/open?id=picture-in-drive';
    server.add(spreadsheet, SpreadsheetModel.of(withPortraitColumn(sound, '部', 0, [uri])));
    server.addPicture('picture-in-drive', await drawnPortrait(2), { hasChecksum: false });
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const run = async () => (await build(`google:${spreadsheet}`, site, state, env)).report;
    expect(portraitCodes((await run()).issues)).toEqual([]);
    const before = await portraitsOf(site);
    expect(before.size).toBe(2);

    server.addPicture('picture-in-drive', new Uint8Array(), { role: 'none' });
    expect(portraitCodes((await run()).issues)).toEqual([`portrait-not-found ${cellOf(1)}`]);

    const fetched = server.count('picture');
    server.addPicture('picture-in-drive', await drawnPortrait(2), { mimeType: 'application/pdf' });
    expect(portraitCodes((await run()).issues)).toEqual([`portrait-refused ${cellOf(1)}`]);
    expect(server.count('picture')).toBe(fetched);
  });

  test('a picture that Drive does not give stays as it was published, and nothing waits for ever', async () => {
    const clock = new VirtualClock();
    await using server = await GoogleServer.start(clock);
    const uri = 'https://drive.google.com/open?id=picture-in-drive';
    server.add(spreadsheet, SpreadsheetModel.of(withPortraitColumn(sound, '部', 0, [uri])));
    server.addPicture('picture-in-drive', await drawnPortrait(2));
    const [site, state] = [await temporaryFolder(), await temporaryFolder()];
    const run = async () => {
      const config = { kind: 'loopback', apiRoot: server.apiRoot } as const;
      const source = googleSheetSource({ spreadsheetId: spreadsheet, config, access: 'read', clock, random: () => 0 });
      const stores = await openStores({ site, state });
      return (await publish({ source, stores, siteUrl: null }, { now: new Date('2025-04-01T00:00:00Z') })).report;
    };
    expect((await run()).outcome).toBe('published');
    const before = await portraitsOf(site);
    server.addPicture('picture-in-drive', await drawnPortrait(3));
    server.beforeNext('picture-look', () => server.failAlways({ status: 503 }));
    const report = await run();
    expect(portraitCodes(report.issues)).toEqual([`portrait-unreachable ${cellOf(1)}`]);
    expect(report.outcome).toBe('unchanged');
    expect(clock.elapsed).toBeLessThan(60_000);
    expect(await portraitsOf(site)).toEqual(before);
    server.failAlways(null);
    // The next run has it, and the old one is gone at once.
    expect(portraitCodes((await run()).issues)).toEqual([]);
    const after = [...(await portraitsOf(site)).keys()];
    expect(after).toHaveLength(2);
    expect(after.filter((key) => before.has(key))).toEqual([]);
  });
});
