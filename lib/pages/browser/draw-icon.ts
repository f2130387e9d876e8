import { encode } from 'fast-png';
import { plainPicture, stampAt, stampOf } from '../pictures/draw-marks.ts';
import { shapes } from '../pictures/marks.ts';

/** The ring of 達成 in white, on the blue of the pages: PNG, square. */
export function drawIcon(size: number): Uint8Array {
  const picture = plainPicture(size, size, [0x00, 0x17, 0xc1]);
  stampAt(picture, stampOf(shapes.achieved, size), 0, 0, [0xff, 0xff, 0xff]);
  return encode(picture);
}
