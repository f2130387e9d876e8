import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { type EncodedPicture, type PictureLibrary, pictureLibrary } from '../../lib/portraits/re-encode.ts';
import { drawnPortrait, portraitPixels } from '../support/portraits.ts';
import { runs } from '../support/property-runs.ts';

let library: PictureLibrary;

beforeAll(async () => {
  const loaded = await pictureLibrary();
  if (loaded === null) throw new Error('sharp is not installed.');
  library = loaded;
});

/** A plain picture of this size; nothing of it is made before it is encoded. */
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a04040' }, limitInputPixels: false });

const face = () => sharp(portraitPixels(3, 300, 400), { raw: { width: 300, height: 400, channels: 3 } });

async function encoded(bytes: Uint8Array): Promise<EncodedPicture> {
  const picture = await library.reEncode(bytes);
  if (typeof picture === 'string') throw new Error(picture);
  expect(await library.examine(bytes)).toBeNull();
  return picture;
}

/** The colour in the middle of a part of the picture, given by shares of its sides. */
async function colourAt(bytes: Uint8Array, across: number, down: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(down * info.height) * info.width + Math.floor(across * info.width)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

const near = (one: readonly number[], other: readonly number[], most: number) =>
  expect(Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))))).toBeLessThanOrEqual(most);

describe('a picture is shown as it looks', () => {
  test('in both kinds, in the same size, and never larger than it was', async () => {
    const picture = await encoded(await drawnPortrait(0));
    expect(await sharp(picture.jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: 480,
      height: 640,
      space: 'srgb',
    });
    expect(await sharp(picture.avif).metadata()).toMatchObject({ format: 'heif', width: 480, height: 640 });
    expect(await encoded(await plain(90, 120).png().toBuffer())).toMatchObject({ width: 90, height: 120 });
  });

  test('upright, however the camera was held', async () => {
    const [wide, tall] = [await plain(400, 100).png().toBuffer(), { width: 160, height: 640 }];
    const mark = await plain(40, 100).negate().png().toBuffer();
    const lying = await sharp(wide)
      .composite([{ input: mark, left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg();
    const upright = await encoded(await lying.toBuffer());
    expect(upright.height / upright.width).toBe(tall.height / tall.width);
    // Turned to the right, the left end is on top.
    near(await colourAt(upright.jpeg, 0.5, 0.04), [0x5f, 0xbf, 0xbf], 24);
    near(await colourAt(upright.jpeg, 0.5, 0.9), [0xa0, 0x40, 0x40], 24);
  });

  test('without where it was taken, of whom, by whom and with what colours', async () => {
    const bytes = await drawnPortrait(0);
    expect(bytes.includes('Sawada Keiko')).toBe(true);
    const { jpeg, avif } = await encoded(bytes);
    for (const file of [jpeg, avif]) {
      const { exif, icc, iptc, xmp, comments, orientation } = await sharp(file).metadata();
      expect({ exif, icc, iptc, xmp, comments, orientation }).toEqual({});
      for (const word of ['Sawada', 'GPS', '09:12', 'xpacket']) expect(Buffer.from(file).includes(word)).toBe(false);
    }
  });

  test.each([
    ['CMYK', () => face().toColourspace('cmyk').jpeg({ quality: 95 })],
    ['16 bits', () => face().toColourspace('rgb16').png()],
    ['a palette', () => face().png({ palette: true })],
    ['WebP', () => face().webp({ quality: 95 })],
    ['TIFF', () => face().tiff()],
    ['AVIF', () => face().avif({ quality: 80, effort: 0 })],
    ['interlaced', () => face().jpeg({ progressive: true })],
    ['GIF', () => face().gif()],
  ])('from %s', async (_, picture) => {
    const { jpeg, avif } = await encoded(await picture().toBuffer());
    const wanted = await colourAt(await face().png().toBuffer(), 0.5, 0.65);
    near(await colourAt(jpeg, 0.5, 0.65), wanted, 40);
    near(await colourAt(avif, 0.5, 0.65), wanted, 40);
  });

  test('on white where it lets something through, and of a moving one the first picture', async () => {
    const glass = sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    near(await colourAt((await encoded(await glass.png().toBuffer())).jpeg, 0.5, 0.5), [255, 255, 255], 2);
    const [first, second] = [await plain(20, 20).raw().toBuffer(), await plain(20, 20).negate().raw().toBuffer()];
    const moving = sharp(Buffer.concat([first, second]), {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    });
    const still = await encoded(await moving.gif({ delay: [100, 100] }).toBuffer());
    expect(still).toMatchObject({ width: 20, height: 20 });
    near(await colourAt(still.jpeg, 0.5, 0.5), [0xa0, 0x40, 0x40], 12);
  });

  test('in 25 kB, though it be nothing but noise', async () => {
    const noise = sharp({
      create: {
        width: 900,
        height: 1200,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    const { jpeg, avif, width, height } = await encoded(await noise.jpeg().toBuffer());
    expect(Math.max(jpeg.byteLength, avif.byteLength)).toBeLessThanOrEqual(25_000);
    expect(await sharp(avif).metadata()).toMatchObject({ width, height });
  });
});

describe('a hostile picture is refused and ends nothing', () => {
  test.each<[string, () => Promise<Uint8Array>, string]>([
    ['nothing', async () => new Uint8Array(), 'unknown-kind'],
    ['a text', async () => Buffer.from('写真'), 'unknown-kind'],
    [
      'SVG that reads a file',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
      'unknown-kind',
    ],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj'), 'unknown-kind'],
    ['a program with the name of a picture', async () => Buffer.from('MZ\u0090\0'), 'unknown-kind'],
    ['the beginning of a JPEG alone', async () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), 'damaged'],
    ['half a picture', async () => (await drawnPortrait(0)).subarray(0, 40_000), 'damaged'],
    ['400 million pixels in 400 kB', () => plain(20_000, 20_000).png({ compressionLevel: 9 }).toBuffer(), 'too-large'],
    ['51 million pixels', () => plain(7_200, 7_100).jpeg().toBuffer(), 'too-large'],
    [
      '49 million pixels that are in memory at once',
      () => plain(7_000, 7_000).jpeg({ progressive: true }).toBuffer(),
      'too-large',
    ],
    [
      '49 million interlaced pixels of 16 bits',
      () => plain(7_000, 7_000).toColourspace('rgb16').png({ progressive: true }).toBuffer(),
      'too-large',
    ],
    ['a file of 31 MB', async () => Buffer.concat([await drawnPortrait(0), Buffer.alloc(31_000_000)]), 'too-large'],
  ])(
    '%s',
    async (_, picture, fault) => {
      const bytes = await picture();
      expect(await library.reEncode(bytes)).toBe(fault);
      expect(await library.examine(bytes)).toBe(fault);
    },
    60_000,
  );

  test('49 million pixels that come line by line are shown, in bounded memory', async () => {
    const bytes = await plain(7_000, 7_000).jpeg().toBuffer();
    const before = process.memoryUsage().rss;
    expect(await library.reEncode(bytes)).toMatchObject({ width: 640, height: 640 });
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  }, 60_000);

  test('whatever bytes stand in its middle', async () => {
    const seeds = await Promise.all([
      face().jpeg().toBuffer(),
      face().png().toBuffer(),
      face().webp().toBuffer(),
      face().tiff().toBuffer(),
      face().avif({ effort: 0 }).toBuffer(),
      face().gif().toBuffer(),
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
          maxLength: 20,
        }),
        async (seed, changes) => {
          const bytes = Uint8Array.from(seed);
          for (const [where, byte] of changes) bytes[Math.floor(where * (bytes.length - 1))] = byte;
          const picture = await library.reEncode(bytes);
          if (typeof picture === 'string') expect(['unknown-kind', 'damaged', 'too-large']).toContain(picture);
          else expect(Math.max(picture.width, picture.height)).toBeLessThanOrEqual(640);
        },
      ),
      runs(60),
    );
  }, 120_000);
});
