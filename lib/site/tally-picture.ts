import { encode } from 'fast-png';
import { type Phase, type StatusCode, statusCodes, type Tally } from '../goals/dataset.ts';
import { field, pen, shapes } from './marks.ts';

/**
 * The picture that services show beside a link to a year: a mark for every goal, by status. It has no letters, since
 * letters would need a font; the words stand in the page's title beside it. PNG, because few services show SVG.
 */

export const pictureSize = { width: 1200, height: 630 } as const;

type Colour = readonly [red: number, green: number, blue: number];

const ground: Colour = [0xe8, 0xf1, 0xfe];
const margin = 60;

/** As in page.css, light. */
const colours: Readonly<Record<StatusCode, Colour>> = {
  achieved: [0x19, 0x7a, 0x4b],
  partial: [0xac, 0x3e, 0x00],
  missed: [0xce, 0x00, 0x00],
  'in-progress': [0x00, 0x17, 0xc1],
  unrated: [0x4d, 0x4d, 0x4d],
};

/** PNG of the tally. Before there are results, every goal is a ring in the site's blue. */
export function tallyPicture(tally: Tally, phase: Phase): Uint8Array {
  const { width, height } = pictureSize;
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) data.set(ground, at);
  const columns = columnsFor(tally.total, (width - 2 * margin) / (height - 2 * margin));
  const rows = Math.ceil(tally.total / columns);
  const cell = Math.floor(Math.min((width - 2 * margin) / columns, (height - 2 * margin) / rows, 150));
  const left = Math.floor((width - columns * cell) / 2);
  const top = Math.floor((height - rows * cell) / 2);
  let place = 0;
  for (const code of statusCodes) {
    if (tally[code] === 0) continue;
    const mark = coverage(phase === 'plan' ? 'achieved' : code, cell);
    const colour = phase === 'plan' ? colours['in-progress'] : colours[code];
    for (let count = 0; count < tally[code]; count += 1, place += 1) {
      const x = left + (place % columns) * cell;
      const y = top + Math.floor(place / columns) * cell;
      stamp(data, mark, cell, x, y, colour);
    }
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}

/** Columns of a grid of so many equal squares that fills a field of this aspect best. */
function columnsFor(count: number, aspect: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count * aspect)));
}

/** How much of each pixel of a square the mark covers, 0 to 1, row by row. */
function coverage(code: StatusCode, size: number): Float32Array {
  const scale = (field * 1.25) / size;
  const covered = new Float32Array(size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const distance = distanceTo(
        code,
        field / 2 + (x + 0.5 - size / 2) * scale,
        field / 2 + (y + 0.5 - size / 2) * scale,
      );
      covered[y * size + x] = Math.min(1, Math.max(0, (pen / 2 - distance) / scale + 0.5));
    }
  }
  return covered;
}

/** From a point to the middle of the nearest stroke, on the field of the shapes. */
function distanceTo(code: StatusCode, x: number, y: number): number {
  const { radius, strokes = [] } = shapes[code];
  let nearest =
    radius === undefined ? Number.POSITIVE_INFINITY : Math.abs(Math.hypot(x - field / 2, y - field / 2) - radius);
  for (const points of strokes) {
    for (let at = 0; at + 3 < points.length; at += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.slice(at, at + 4);
      const [dx, dy] = [x2 - x1, y2 - y1];
      const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
      nearest = Math.min(nearest, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
    }
  }
  return nearest;
}

function stamp(data: Uint8Array, mark: Float32Array, size: number, left: number, top: number, colour: Colour): void {
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const share = mark[y * size + x] ?? 0;
      if (share === 0) continue;
      const at = ((top + y) * pictureSize.width + left + x) * 3;
      for (const [channel, full] of colour.entries()) {
        const under = ground[channel] ?? 0;
        data[at + channel] = Math.round(under + (full - under) * share);
      }
    }
  }
}
