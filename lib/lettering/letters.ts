import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Font } from 'harfbuzzjs';
import { type Contour, type Curve, type Letters, MissingLettersError, type Weight } from '../pages/pictures/letters.ts';
import { errorCode } from '../system-error.ts';

/**
 * Letters of BIZ UDGothic, set by HarfBuzz.
 *
 * The room `lettering` knows the fonts, and makes the pictures with letters. It may import `goals`, `pages`. Begin at
 * `sharePictures` in share-pictures.ts.
 */

const fonts: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf',
  bold: '@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf',
};

/** Loads the letters; null where they are not installed. A program that is one file brings no fonts of 4 MB along. */
export async function lettersOfFonts(): Promise<Letters | null> {
  try {
    const harfbuzz = await import('harfbuzzjs');
    const { resolve } = createRequire(import.meta.url);
    const load = async (weight: Weight): Promise<Font> => {
      const bytes = await readFile(resolve(fonts[weight]));
      return new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes)));
    };
    return lettersOf(harfbuzz, { regular: await load('regular'), bold: await load('bold') });
  } catch (error) {
    const isMissing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(errorCode(error) ?? '');
    if (isMissing) return null;
    throw error;
  }
}

function lettersOf(harfbuzz: typeof import('harfbuzzjs'), byWeight: Readonly<Record<Weight, Font>>): Letters {
  const contoursOf = contourReader(harfbuzz);
  return {
    outline(text, weight) {
      const font = byWeight[weight];
      const buffer = new harfbuzz.Buffer();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      harfbuzz.shape(font, buffer);
      const glyphs = buffer.getGlyphInfos();
      const missing = glyphs
        .filter(({ codepoint: glyph }) => glyph === 0)
        .map(({ cluster }) => letterAt(text, cluster));
      if (missing.length > 0) throw new MissingLettersError([...new Set(missing)]);
      const contours: Contour[] = [];
      let pen = 0;
      for (const [index, { xAdvance, xOffset }] of buffer.getGlyphPositions().entries()) {
        contours.push(...contoursOf(font, glyphs[index]?.codepoint ?? 0, pen + xOffset));
        pen += xAdvance;
      }
      return { width: pen / font.face.upem, contours };
    },
  };
}

/** The letter that begins there, with its variation selector. */
function letterAt(text: string, at: number): string {
  return [...new Intl.Segmenter('ja').segment(text.slice(at))][0]?.segment ?? '';
}

/** Reads the outline of one letter that stands so far to the right, in units of the font, whose y goes upwards. */
function contourReader(
  harfbuzz: typeof import('harfbuzzjs'),
): (font: Font, glyph: number, left: number) => readonly Contour[] {
  let contours: { x: number; y: number; curves: Curve[] }[] = [];
  let place: (x: number, y: number) => readonly [number, number] = (x, y) => [x, y];
  let last: readonly [number, number] = [0, 0];
  const curveTo = (control: readonly [number, number], end: readonly [number, number]) => {
    contours.at(-1)?.curves.push([...control, ...end]);
    last = end;
  };
  const draw = new harfbuzz.DrawFuncs();
  draw.setMoveToFunc((x, y) => {
    last = place(x, y);
    contours.push({ x: last[0], y: last[1], curves: [] });
  });
  draw.setLineToFunc((x, y) => {
    const end = place(x, y);
    curveTo([(last[0] + end[0]) / 2, (last[1] + end[1]) / 2], end);
  });
  draw.setQuadraticToFunc((cx, cy, x, y) => curveTo(place(cx, cy), place(x, y)));
  draw.setCubicToFunc(() => {
    throw new TypeError('TrueType outlines have no cubic curves.');
  });
  draw.setClosePathFunc(() => undefined);
  return (font, glyph, left) => {
    const em = font.face.upem;
    contours = [];
    place = (x, y) => [(left + x) / em, -y / em];
    font.drawGlyph(glyph, draw);
    return contours;
  };
}
