import type { Stamp } from './draw-marks.ts';
import type { Contour, Outline } from './letters.ts';

/** In how many steps an edge goes from nothing to all: so a picture has few colours, and is small. */
const edgeSteps = 15;

/** Straight pieces for each curve: at the sizes of a share picture none is seen. */
const piecesOfCurve = 6;

/** Room around the letters, for those that reach over their em box. */
const room = 0.25;

/** An outline as what it covers, with where its baseline begins in it. */
export interface PlacedStamp extends Stamp {
  readonly left: number;
  readonly baseline: number;
}

/**
 * Fills an outline, with smooth edges: for each pixel the area that the outline covers of it. Each edge adds what lies to its right, the
 * sum along a row is what is inside (the way of font-rs, by Raph Levien). In plain arithmetic, so that every machine makes the same bytes.
 *
 * @param size of the em, in pixels
 */
export function filled({ width: ems, contours }: Outline, size: number): PlacedStamp {
  const left = Math.ceil(room * size);
  const baseline = Math.ceil((1 + room) * size);
  const width = Math.ceil(ems * size) + 2 * left;
  const height = baseline + left;
  const row = width + 2;
  const sums = new Float32Array(row * height);
  for (const contour of contours) {
    edges(contour, size, (x0, y0, x1, y1) => {
      addEdge(sums, row, height, [x0 + left, y0 + baseline, x1 + left, y1 + baseline]);
    });
  }
  const coverage = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += sums[y * row + x] ?? 0;
      coverage[y * width + x] = stepped(Math.min(1, Math.abs(sum)));
    }
  }
  return { width, height, coverage, left, baseline };
}

/** The same mark with as few steps in its edges as letters have. */
export function withFewSteps({ coverage, ...stamp }: Stamp): Stamp {
  return { ...stamp, coverage: coverage.map(stepped) };
}

function stepped(share: number): number {
  return Math.round(share * edgeSteps) / edgeSteps;
}

function edges({ x: startX, y: startY, curves }: Contour, size: number, add: (...edge: Edge) => void): void {
  let [x, y] = [startX, startY];
  for (const [controlX, controlY, endX, endY] of curves) {
    const [fromX, fromY] = [x, y];
    for (let piece = 1; piece <= piecesOfCurve; piece += 1) {
      const t = piece / piecesOfCurve;
      const [before, between, after] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
      const nextX = before * fromX + between * controlX + after * endX;
      const nextY = before * fromY + between * controlY + after * endY;
      add(x * size, y * size, nextX * size, nextY * size);
      [x, y] = [nextX, nextY];
    }
  }
  add(x * size, y * size, startX * size, startY * size);
}

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

function addEdge(sums: Float32Array, row: number, height: number, [x0, y0, x1, y1]: Edge): void {
  if (y0 === y1) return;
  const direction = y0 < y1 ? 1 : -1;
  const [topX, top, bottomX, bottom] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  const slope = (bottomX - topX) / (bottom - top);
  const add = (at: number, amount: number) => {
    sums[at] = (sums[at] ?? 0) + amount;
  };
  let x = topX + Math.max(0, -top) * slope;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y += 1) {
    const high = Math.min(y + 1, bottom) - Math.max(y, top);
    const next = x + slope * high;
    const [from, to] = x < next ? [x, next] : [next, x];
    const amount = direction * high;
    const first = Math.floor(from);
    const last = Math.ceil(to);
    const at = y * row + first;
    if (last <= first + 1) {
      const share = (from + to) / 2 - first;
      add(at, amount * (1 - share));
      add(at + 1, amount * share);
    } else {
      // Over several pixels: what is left of the edge in each of them.
      const perPixel = amount / (to - from);
      let before = 0;
      for (let pixel = first; pixel < last; pixel += 1) {
        const [start, end] = [Math.max(from, pixel), Math.min(to, pixel + 1)];
        const here = perPixel * (end - start);
        const covered = here * (pixel + 1 - (start + end) / 2);
        add(at + pixel - first, before + covered);
        before = here - covered;
      }
      add(at + last - first, before);
    }
    x = next;
  }
}
