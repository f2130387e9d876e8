import { field, pen, type Shape } from './marks.ts';

/** Drawing of marks into pictures, with smooth edges, without a browser. */

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture as `fast-png` takes it: three bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly channels: 3;
  readonly depth: 8;
}

export function plainPicture(width: number, height: number, ground: Colour): Picture {
  const picture = { width, height, data: new Uint8Array(width * height * 3), channels: 3, depth: 8 } as const;
  fillAt(picture, { left: 0, top: 0, width, height }, ground);
  return picture;
}

/** A mark in one size, to be stamped many times. */
export interface Stamp {
  readonly width: number;
  readonly height: number;
  /** How much of each pixel the mark covers, 0 to 1, row by row. */
  readonly coverage: Float32Array;
}

export function stampOf(shape: Shape, size: number): Stamp {
  const scale = (field * 1.25) / size;
  const coverage = new Float32Array(size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const across = field / 2 + (x + 0.5 - size / 2) * scale;
      const down = field / 2 + (y + 0.5 - size / 2) * scale;
      coverage[y * size + x] = Math.min(1, Math.max(0, (pen / 2 - distanceTo(shape, across, down)) / scale + 0.5));
    }
  }
  return { width: size, height: size, coverage };
}

/** From a point to the middle of the nearest stroke, on the field of the shapes. */
function distanceTo({ radius, inner, strokes = [] }: Shape, x: number, y: number): number {
  const middle = field / 2;
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of [radius, inner]) {
    if (ring !== undefined) nearest = Math.min(nearest, Math.abs(Math.hypot(x - middle, y - middle) - ring));
  }
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

/** Puts a mark into a picture, over what is there. */
export function stampAt(picture: Picture, stamp: Stamp, left: number, top: number, colour: Colour): void {
  const { data, width, height } = picture;
  for (let y = Math.max(0, -top); y < Math.min(stamp.height, height - top); y += 1) {
    for (let x = Math.max(0, -left); x < Math.min(stamp.width, width - left); x += 1) {
      const share = stamp.coverage[y * stamp.width + x] ?? 0;
      if (share === 0) continue;
      const at = ((top + y) * width + left + x) * 3;
      for (const [channel, full] of colour.entries()) {
        const under = data[at + channel] ?? 0;
        data[at + channel] = Math.round(under + (full - under) * share);
      }
    }
  }
}

/** Fills a rectangle that lies in the picture. */
export function fillAt(
  { data, width: row }: Picture,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  colour: Colour,
): void {
  const start = (top * row + left) * 3;
  for (let x = 0; x < width; x += 1) data.set(colour, start + x * 3);
  // A row is copied, which is a hundred times faster than to fill it.
  for (let y = 1; y < height; y += 1) data.copyWithin(start + y * row * 3, start, start + width * 3);
}
