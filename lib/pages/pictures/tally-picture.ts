import { encode } from 'fast-png';
import { type Phase, statusCodes, type Tally } from '../../goals/model/dataset.ts';
import { colours } from './colours.ts';
import { type Colour, plainPicture, stampAt, stampOf } from './draw-marks.ts';
import { flag, shapes } from './marks.ts';

/**
 * The picture beside a link where there are no letters to draw one with: a mark for every goal of the year, by status. The words stand in
 * the page's title beside it. PNG, because few services show SVG.
 */

export const pictureSize = { width: 1200, height: 630 } as const;

const ground: Colour = [0xe8, 0xf1, 0xfe];
const margin = 60;

/** PNG of the tally. Before there are results, every goal is a flag in the site's blue: it has been raised, and no more is known. */
export function tallyPicture(tally: Tally, phase: Phase): Uint8Array {
  const { width, height } = pictureSize;
  const picture = plainPicture(width, height, ground);
  const columns = columnsFor(tally.total, (width - 2 * margin) / (height - 2 * margin));
  const rows = Math.ceil(tally.total / columns);
  const cell = Math.floor(Math.min((width - 2 * margin) / columns, (height - 2 * margin) / rows, 150));
  const left = Math.floor((width - columns * cell) / 2);
  const top = Math.floor((height - rows * cell) / 2);
  let place = 0;
  for (const code of statusCodes) {
    if (tally[code] === 0) continue;
    const stamp = stampOf(phase === 'plan' ? flag : shapes[code], cell);
    const colour = phase === 'plan' ? colours['in-progress'] : colours[code];
    for (let count = 0; count < tally[code]; count += 1, place += 1) {
      const x = left + (place % columns) * cell;
      const y = top + Math.floor(place / columns) * cell;
      stampAt(picture, stamp, x, y, colour);
    }
  }
  return encode(picture);
}

/** Columns of a grid of so many equal squares that fills a field of this aspect best. */
function columnsFor(count: number, aspect: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count * aspect)));
}
