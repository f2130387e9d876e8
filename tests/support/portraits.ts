import { strToU8, unzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import type { Published } from '../../lib/goals/model/published.ts';
import { portraitFiles } from '../../lib/pages/portrait-files.ts';
import { renderSite } from '../../lib/pages/render.ts';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import { type EncodedPicture, pictureLibrary } from '../../lib/portraits/re-encode.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { cellAddress } from '../../lib/workbook/workbook.ts';
import { xlsxOfWorkbook } from './xlsx.ts';

/** Faces that nobody has: drawn, for tests and for screenshots. */

const skins = [
  [0xf1, 0xc8, 0xa8],
  [0xe3, 0xb0, 0x8a],
  [0xf6, 0xd5, 0xbb],
] as const;
const suits = [
  [0x1f, 0x2d, 0x50],
  [0x3a, 0x3a, 0x3a],
  [0x4b, 0x2e, 0x3f],
  [0x22, 0x4a, 0x3c],
] as const;
const hairs = [
  [0x22, 0x1c, 0x1a],
  [0x5a, 0x4a, 0x42],
  [0x9a, 0x98, 0x96],
] as const;

/** The pixels of a drawn portrait: a head, hair, eyes, a mouth, shoulders, on a ground that is not quite even, as a wall is. */
export function portraitPixels(index: number, width = 900, height = 1200): Buffer {
  const data = Buffer.alloc(width * height * 3);
  const pick = <Item>(list: readonly Item[], fallback: Item): Item => list[index % list.length] ?? fallback;
  const [skin, suit, hair] = [pick(skins, skins[0]), pick(suits, suits[0]), pick(hairs, hairs[0])];
  const lean = ((index % 5) - 2) * 0.01;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [across, down] = [x / width - 0.5 - lean, y / height];
      const within = (cx: number, cy: number, rx: number, ry: number) =>
        ((across - cx) / rx) ** 2 + ((down - cy) / ry) ** 2 < 1;
      const wall = 198 + 24 * (1 - down) + 10 * across + (((x * 7919 + y * 104729) >> 3) % 5);
      let colour: readonly number[] = [wall - 12, wall - 4, wall + 6];
      if (within(0, 1.05, 0.42, 0.32)) colour = suit;
      if (within(0, 0.74, 0.1, 0.14)) colour = skin;
      if (within(0, 0.8, 0.09, 0.1) && down > 0.78) colour = [0xf5, 0xf5, 0xf5];
      if (within(0, 0.4, 0.245, 0.255)) colour = hair;
      if (within(0, 0.46, 0.2, 0.23)) colour = skin;
      for (const side of [-0.08, 0.08]) if (within(side, 0.44, 0.022, 0.014)) colour = [0x20, 0x18, 0x18];
      if (within(0, 0.58, 0.06, 0.014)) colour = [0xb0, 0x5a, 0x52];
      const shade = 1 - 0.25 * Math.max(0, across);
      for (let channel = 0; channel < 3; channel += 1) {
        data[(y * width + x) * 3 + channel] = Math.min(255, Math.round((colour[channel] ?? 0) * shade));
      }
    }
  }
  return data;
}

/** A drawn portrait as a camera would write it: with the place where it was taken, and the name of whom it shows. */
export async function drawnPortrait(index: number): Promise<Buffer> {
  return sharp(portraitPixels(index), { raw: { width: 900, height: 1200, channels: 3 } })
    .withExif({
      IFD0: { Artist: 'Sawada Keiko', ImageDescription: 'Sawada Keiko, 09:12' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 0/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '135/1 0/1 0/1' },
    })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/**
 * A site on which the heads of departments have portraits, but for every third department.
 *
 * @returns its files
 */
export async function siteWithPortraits(published: Published): Promise<SiteFile[]> {
  const library = await pictureLibrary();
  const made = new Map<string, EncodedPicture>();
  for (let index = 0; index < 8; index += 1) {
    const picture = await library?.reEncode(await drawnPortrait(index));
    if (picture === undefined || typeof picture === 'string') throw new Error('A portrait could not be made.');
    made.set(`assets/portrait-${index}.jpg`, picture);
  }
  const pictures = [...made].map(([src, { width, height }]) => ({ src, width, height }));
  const years = published.years.map((year) => ({
    ...year,
    departments: year.departments.map((entry, place) => ({
      ...entry,
      department: {
        ...entry.department,
        directors: entry.department.directors.map((director, head) => ({
          ...director,
          portrait: place % 3 === 2 ? null : (pictures[(place + 3 * head) % 8] ?? null),
        })),
      },
    })),
  }));
  const pictured = { ...published, years };
  const portraits = portraitFiles(pictured, made).flatMap((file) => ('keep' in file ? [] : [file]));
  return [...renderSite(pictured, { siteUrl: null }), ...portraits];
}

/** The workbook with a column 顔写真 behind the others of a tab, one text for each row below the header. */
export function withPortraitColumn(
  workbook: Workbook,
  tab: string,
  header: number,
  texts: readonly string[],
): Workbook {
  return {
    sheets: workbook.sheets.map((sheet) => {
      if (sheet.name !== tab) return sheet;
      const width = Math.max(...sheet.rows.map((cells) => cells.length));
      const rows = sheet.rows.map((cells, row) => {
        const text = row === header ? '顔写真' : (texts[row - header - 1] ?? '');
        if (row < header) return cells;
        return [...cells, ...Array<string>(width - cells.length).fill(''), text];
      });
      return { ...sheet, rows };
    }),
  };
}

const drawingNamespaces =
  'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The workbook as an `.xlsx` file with pictures lying over a tab, each with its corner in a cell of this column. */
export function xlsxWithPictures(
  workbook: Workbook,
  tab: string,
  column: number,
  pictures: readonly { readonly row: number; readonly bytes: Uint8Array }[],
): Uint8Array {
  const parts = unzipSync(xlsxOfWorkbook(workbook));
  const sheet = `xl/worksheets/sheet${workbook.sheets.findIndex(({ name }) => name === tab) + 1}.xml`;
  const text = new TextDecoder().decode(parts[sheet]);
  parts[sheet] = strToU8(text.replace('</worksheet>', '<drawing r:id="rIdD"/></worksheet>'));
  const relations = (list: string) => strToU8(`<Relationships xmlns="${packageRelationships}">${list}</Relationships>`);
  parts[sheet.replace('worksheets/', 'worksheets/_rels/').concat('.rels')] = relations(
    `<Relationship Id="rIdD" Type="${office}/drawing" Target="../drawings/drawing1.xml"/>`,
  );
  parts['xl/drawings/drawing1.xml'] = strToU8(
    `<xdr:wsDr ${drawingNamespaces}>${pictures
      .map(
        ({ row }, index) =>
          `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="900000" cy="1200000"/><xdr:pic><xdr:blipFill><a:blip r:embed="rId${index}"/></xdr:blipFill></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>`,
      )
      .join('')}</xdr:wsDr>`,
  );
  parts['xl/drawings/_rels/drawing1.xml.rels'] = relations(
    pictures
      .map((_, index) => `<Relationship Id="rId${index}" Type="${office}/image" Target="../media/image${index}.jpg"/>`)
      .join(''),
  );
  for (const [index, { bytes }] of pictures.entries()) parts[`xl/media/image${index}.jpg`] = Uint8Array.from(bytes);
  return zipSync(parts);
}

/** Where a column of a tab stands that was put behind the others. */
export function lastColumnOf(workbook: Workbook, tab: string): number {
  return Math.max(...(workbook.sheets.find(({ name }) => name === tab)?.rows ?? []).map((cells) => cells.length)) - 1;
}

/** The workbook with links in cells, by row. */
export function withLinks(
  workbook: Workbook,
  tab: string,
  column: number,
  links: readonly { readonly row: number; readonly uri: string }[],
): Workbook {
  return {
    sheets: workbook.sheets.map((sheet) =>
      sheet.name === tab
        ? { ...sheet, links: new Map(links.map(({ row, uri }) => [cellAddress(row, column), uri])) }
        : sheet,
    ),
  };
}
