import { encode } from 'fast-png';
import { phrasesOf } from '../phrases/phrases.ts';
import { colours } from './colours.ts';
import { type Colour, fillAt, type Picture, plainPicture, stampAt, stampOf } from './draw-marks.ts';
import { filled, withFewSteps } from './draw-outline.ts';
import type { Letters, Outline, Weight } from './letters.ts';
import { flag, shapes } from './marks.ts';
import type { SharePicture } from './share-picture.ts';
import { pictureSize } from './tally-picture.ts';

/**
 * Draws a picture to share: a band with whose it is, the title as large as it fits, and the figures, with a bar where there is something
 * to compare. Read on a telephone at a quarter of its size, so nothing is smaller than it has to be.
 */

const { width, height } = pictureSize;
const margin = 64;
const inner = width - 2 * margin;
const bandHeight = 116;
/** Between the band and the title, and below everything. */
const air = 52;

const white: Colour = [0xff, 0xff, 0xff];
const ink: Colour = [0x1a, 0x1a, 0x1a];
const soft: Colour = [0x4d, 0x4d, 0x4d];
const blue: Colour = [0x00, 0x17, 0xc1];
const tint: Colour = [0xe8, 0xf1, 0xfe];

/** Text in one size and one colour. */
interface Run {
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly colour: Colour;
}

interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

/**
 * @returns a PNG with few colours
 * @throws MissingLettersError where a letter is in no font
 */
export function drawSharePicture(said: SharePicture, letters: Letters): Uint8Array {
  const picture = plainPicture(width, height, white);
  const pen = penFor(picture, letters);
  band(said.heading, picture, pen);
  if (said.steps.length === 0) drawRaised(said, picture, pen);
  else drawCounted(said, said.steps, picture, pen);
  return encodeWithPalette(picture);
}

function band(heading: readonly string[], picture: Picture, pen: Pen): void {
  fillAt(picture, { left: 0, top: 0, width, height: bandHeight }, blue);
  const gap = 48;
  const fits = [46, 42, 38, 34, 30, 26, 22, 18].find(
    (size) => heading.reduce((sum, text) => sum + pen.widthOf(text, size, 'bold') + gap, -gap) <= inner,
  );
  const size = fits ?? 14;
  const baseline = Math.round(bandHeight / 2 + size * 0.38);
  const [left = '', right = ''] = heading;
  pen.write({ text: left, size, weight: 'bold', colour: white }, margin, baseline);
  const end = pen.widthOf(right, size, 'bold');
  pen.write({ text: right, size, weight: 'bold', colour: white }, width - margin - end, baseline);
}

/** What was raised, before anybody can say what came of it: how many goals, beside a flag. */
function drawRaised({ title, lead }: SharePicture, picture: Picture, pen: Pen): void {
  const flagSize = 330;
  stampAt(picture, withFewSteps(stampOf(flag, flagSize)), width - margin - flagSize + 40, height - flagSize - 8, tint);
  const sentence = pen.sentence(lead, { text: 54, number: 104, lines: 3, width: 830 });
  const leadHeight = sentence.length * 112;
  const heading = pen.title(title, height - bandHeight - leadHeight - 2.6 * air);
  const free = height - bandHeight - heading.height - leadHeight;
  const top = bandHeight + Math.round(free * 0.4);
  pen.lines(heading.lines, top, heading.lineHeight);
  pen.lines(sentence, top + heading.height + Math.round(free * 0.16), 112);
}

/** What came of it: the figures in a sentence, a bar, and what each part of the bar is. */
function drawCounted({ title, lead }: SharePicture, steps: SharePicture['steps'], picture: Picture, pen: Pen): void {
  const legend = pen.legend(steps);
  const legendTop = height - air - legend.height;
  const barHeight = 64;
  const barTop = legendTop - 26 - barHeight;
  const sentence = pen.sentence(lead, { text: 42, number: 66, lines: 2, width: inner });
  const leadHeight = sentence.length * 72;
  const leadTop = barTop - 22 - leadHeight;
  const heading = pen.title(title, leadTop - bandHeight - air);
  const free = leadTop - bandHeight - heading.height;
  pen.lines(heading.lines, bandHeight + Math.round(free * 0.54), heading.lineHeight);
  pen.lines(sentence, leadTop, 72);
  bar(steps, picture, barTop, barHeight);
  for (const { step, left, top, size } of legend.items) {
    const colour = colours[step.code];
    const mark = Math.round(size * 0.9);
    stampAt(
      picture,
      withFewSteps(stampOf(shapes[step.code], mark)),
      left,
      legendTop + top + Math.round((legend.rowHeight - mark) / 2),
      colour,
    );
    pen.lines([legendLine(step, size, pen)], legendTop + top, legend.rowHeight, left + mark + Math.round(size * 0.2));
  }
}

/** A bar as long as the line, cut by status, with the shape of each in its part where it fits. */
function bar(steps: SharePicture['steps'], picture: Picture, top: number, barHeight: number): void {
  const total = steps.reduce((sum, { of }) => sum + of, 0);
  const gap = 4;
  let before = 0;
  for (const { code, of } of steps) {
    const left = margin + Math.round((before * (inner + gap)) / total);
    before += of;
    const end = margin + Math.round((before * (inner + gap)) / total) - gap;
    const part = Math.max(2, end - left);
    fillAt(picture, { left, top, width: part, height: barHeight }, colours[code]);
    const size = Math.min(44, part - 8);
    if (size < 16) continue;
    const at = [left + Math.round((part - size) / 2), top + Math.round((barHeight - size) / 2)] as const;
    stampAt(picture, withFewSteps(stampOf(shapes[code], size)), ...at, white);
  }
}

interface LegendItem {
  readonly step: SharePicture['steps'][number];
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

type Pen = ReturnType<typeof penFor>;

function legendLine({ label, count }: { label: string; count: string }, size: number, pen: Pen): Line {
  return pen.line([
    { text: label, size, weight: 'regular', colour: ink },
    { text: ' ', size: size * 0.7, weight: 'regular', colour: ink },
    ...numbered(count, { text: size * 0.86, number: size * 1.25 }, { text: ink, number: ink }),
  ]);
}

/** A text with its numbers set larger. */
function numbered(
  text: string,
  size: { readonly text: number; readonly number: number },
  colour: { readonly text: Colour; readonly number: Colour },
): Run[] {
  return text
    .split(/(\d+)/u)
    .map(
      (part, index): Run =>
        index % 2 === 1
          ? { text: part, size: size.number, weight: 'bold', colour: colour.number }
          : { text: part, size: size.text, weight: 'regular', colour: colour.text },
    )
    .filter((run) => run.text !== '');
}

/** What no line begins with. */
const neverFirst = /^[、。，．・：；！？）」』】〕〉》〟’”々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ゛゜]/u;

const lettersOf = new Intl.Segmenter('ja');

/** Pieces that stay together, for a text that is longer than a line: letters, with what may not begin a line after them. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of lettersOf.segment(text)) {
    if (pieces.length > 0 && neverFirst.test(segment)) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
  }
  return pieces;
}

function penFor(picture: Picture, letters: Letters) {
  // The same text is measured in many sizes before it is written in one.
  const known = new Map<string, Outline>();
  const outlineOf = (text: string, weight: Weight): Outline => {
    const name = `${weight} ${text}`;
    const outline = known.get(name) ?? letters.outline(text, weight);
    known.set(name, outline);
    return outline;
  };
  const widthOf = (text: string, size: number, weight: Weight): number =>
    text === '' ? 0 : outlineOf(text, weight).width * size;

  const write = ({ text, size, weight, colour }: Run, left: number, baseline: number): void => {
    if (text.trim() === '') return;
    const stamp = filled(outlineOf(text, weight), size);
    stampAt(picture, stamp, Math.round(left) - stamp.left, baseline - stamp.baseline, colour);
  };

  const line = (runs: readonly Run[]): Line => ({
    runs,
    width: runs.reduce((sum, { text, size, weight }) => sum + widthOf(text, size, weight), 0),
  });

  /** Sets pieces one after the other, in as many lines as they need. A piece that is longer than a line is set letter by letter. */
  const wrapped = (
    pieces: readonly string[],
    setting: (text: string) => readonly Run[],
    longest: number = inner,
  ): Line[] => {
    const lines: string[] = [];
    let current = '';
    const add = (piece: string, cut: boolean) => {
      if (line(setting(current + piece)).width <= longest) current += piece;
      else if (cut && line(setting(piece)).width > longest) for (const letter of piecesOf(piece)) add(letter, false);
      else {
        if (current !== '') lines.push(current);
        current = piece.trimStart();
      }
    };
    for (const piece of pieces) add(piece, true);
    return [...lines, current].filter((text) => text !== '').map((text) => line(setting(text.trimEnd())));
  };

  return {
    widthOf,
    write,
    line,

    /** Writes lines below one another. */
    lines(all: readonly Line[], top: number, lineHeight: number, left: number = margin): void {
      for (const [index, { runs }] of all.entries()) {
        const largest = Math.max(...runs.map(({ size }) => size));
        const baseline = Math.round(top + index * lineHeight + lineHeight / 2 + largest * 0.38);
        let x = left;
        for (const run of runs) {
          write(run, x, baseline);
          x += widthOf(run.text, run.size, run.weight);
        }
      }
    },

    /** A title as large as fits: in one line where it can be large there, else in more. */
    title(
      text: string,
      room: number,
    ): { readonly lines: readonly Line[]; readonly height: number; readonly lineHeight: number } {
      const sizes = [112, 100, 88, 76, 68, 60, 52, 46, 40, 34, 28, 24, 20] as const;
      const most = (size: number): number => (size > 76 ? 1 : size > 46 ? 2 : size > 34 ? 3 : 6);
      for (const size of sizes) {
        const setting = (part: string): Run[] => [{ text: part, size, weight: 'bold', colour: ink }];
        const lines = wrapped(phrasesAndSpaces(text), setting);
        const lineHeight = Math.round(size * 1.24);
        const isLast = size === sizes.at(-1);
        if (isLast || (lines.length <= most(size) && lines.length * lineHeight <= room)) {
          return { lines, height: lines.length * lineHeight, lineHeight };
        }
      }
      throw new Error('The last size is always taken.');
    },

    /** A sentence with large numbers, smaller where it would need more lines. */
    sentence(
      text: string,
      {
        text: size,
        number,
        lines: most,
        width: longest,
      }: { text: number; number: number; lines: number; width: number },
    ): Line[] {
      for (const scale of [1, 0.9, 0.8, 0.7, 0.6]) {
        const sizes = { text: size * scale, number: number * scale };
        const lines = wrapped(phrasesOf(text), (part) => numbered(part, sizes, { text: soft, number: blue }), longest);
        if (lines.length <= most || scale === 0.6) return lines;
      }
      throw new Error('The last scale is always taken.');
    },

    /** What each part of a bar is, in as few rows as it takes; smaller where there are many. */
    legend(steps: SharePicture['steps']): {
      readonly items: readonly LegendItem[];
      readonly height: number;
      readonly rowHeight: number;
    } {
      for (const [size, most] of [
        [40, 1],
        [36, 1],
        [32, 1],
        [36, 2],
        [30, 3],
        [24, 4],
        [20, 8],
      ] as const) {
        const rowHeight = Math.round(size * 1.5);
        const items: LegendItem[] = [];
        let [left, row] = [margin, 0];
        for (const step of steps) {
          const needed = size * 1.1 + legendLine(step, size, this).width;
          if (left > margin && left + needed > width - margin) [left, row] = [margin, row + 1];
          items.push({ step, left: Math.round(left), top: row * rowHeight, size });
          left += needed + size * 1.3;
        }
        const fits = items.every(
          ({ step, left: from }) => from + size * 1.1 + legendLine(step, size, this).width <= width - margin,
        );
        if ((row < most && fits) || size === 20) return { items, height: (row + 1) * rowHeight, rowHeight };
      }
      throw new Error('The last size is always taken.');
    },
  };
}

/** Phrases, and where a name has spaces or a dot between its parts, those too. */
function phrasesAndSpaces(text: string): string[] {
  return text.split(/(?<=[ \u3000・／])/u).flatMap((part) => phrasesOf(part));
}

/** Few colours are enough for letters, and make a picture a third as large. */
function encodeWithPalette(picture: Picture): Uint8Array {
  const { data } = picture;
  const indexes = new Map<number, number>();
  const pixels = new Uint8Array(data.length / 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const colour = ((data[at * 3] ?? 0) << 16) | ((data[at * 3 + 1] ?? 0) << 8) | (data[at * 3 + 2] ?? 0);
    let index = indexes.get(colour);
    if (index === undefined) {
      index = indexes.size;
      indexes.set(colour, index);
    }
    pixels[at] = index;
  }
  if (indexes.size > 256) throw new Error(`${indexes.size} colours do not fit a palette.`);
  const palette = [...indexes.keys()].map((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]);
  return encode({ width, height, data: pixels, channels: 1, depth: 8, palette }, { zlib: { level: 6 } });
}
