import type { StatusCode } from '../../goals/model/dataset.ts';

/**
 * The shapes of the statuses, ◎ ○ △ × → □ ＝ ？ － as everyone in Japan reads them, on a field of 16 by 16 and drawn with a pen
 * of 2.4. Pages and pictures draw them from here.
 */
export interface Shape {
  /** A ring around the middle, and a smaller one inside it. */
  readonly radius?: number;
  readonly inner?: number;
  /** Strokes from point to point: x, y, x, y… */
  readonly strokes?: readonly (readonly number[])[];
}

export const field = 16;
export const pen = 2.4;

export const shapes: Readonly<Record<StatusCode, Shape>> = {
  exceeded: { radius: 6.2, inner: 2.8 },
  achieved: { radius: 5.5 },
  partial: { strokes: [[8, 2.5, 14, 13.5, 2, 13.5, 8, 2.5]] },
  missed: {
    strokes: [
      [3, 3, 13, 13],
      [13, 3, 3, 13],
    ],
  },
  'in-progress': {
    strokes: [
      [1.5, 8, 14, 8],
      [9, 3, 14, 8, 9, 13],
    ],
  },
  'not-started': { strokes: [[3, 3, 13, 3, 13, 13, 3, 13, 3, 3]] },
  cancelled: {
    strokes: [
      [3, 5.5, 13, 5.5],
      [3, 10.5, 13, 10.5],
    ],
  },
  'not-assessable': {
    strokes: [
      [4.5, 5, 6.5, 2.8, 9.5, 2.8, 11.5, 5, 11.2, 7, 8, 8.6, 8, 10.4],
      [8, 13.2, 8, 13.6],
    ],
  },
  unrated: { strokes: [[3, 8, 13, 8]] },
};

/** A flag, for a goal of which nobody can say yet what came of it. A ring would read as 達成. */
export const flag: Shape = {
  strokes: [
    [4, 2, 4, 14.5],
    [4, 2.5, 13.5, 6, 4, 9.5],
  ],
};
