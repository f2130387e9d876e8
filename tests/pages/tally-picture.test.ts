import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { tallyOf } from '../../lib/goals/model/dataset.ts';
import { pictureSize, tallyPicture } from '../../lib/pages/pictures/tally-picture.ts';

const goals = (...statuses: ('achieved' | 'partial' | 'missed' | 'unrated')[]) =>
  tallyOf(statuses.map((status, index) => ({ number: index + 1, text: '…', status, statusLabel: null, note: null })));

/** How many pixels have exactly this colour. */
function pixels(png: Uint8Array, [red, green, blue]: readonly number[]): number {
  const { data } = decode(png);
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  }
  return count;
}

const green = [0x19, 0x7a, 0x4b];
const red = [0xce, 0x00, 0x00];

describe('the picture of a tally', () => {
  test('is a PNG of the size that services ask for', () => {
    const { width, height, channels, depth } = decode(tallyPicture(goals('achieved'), 'result'));
    expect({ width, height, channels, depth }).toEqual({ ...pictureSize, channels: 3, depth: 8 });
  });

  test('has a mark for every goal, in the colour of its status', () => {
    const one = tallyPicture(goals('achieved', 'missed', 'missed'), 'result');
    expect(pixels(one, green)).toBeGreaterThan(1000);
    const two = tallyPicture(goals('achieved', 'achieved', 'missed'), 'result');
    expect(pixels(two, green)).toBe(2 * pixels(one, green));
    expect(pixels(one, red)).toBe(2 * pixels(two, red));
  });

  test('shows no results before there are any: flags, and no ring, which would read as 達成', () => {
    const blue = [0x00, 0x17, 0xc1];
    const plan = tallyPicture(goals('unrated', 'unrated'), 'plan');
    expect(pixels(plan, blue)).toBeGreaterThan(1000);
    // A ring is the same from the left as from the right; a flag flies to one side of its pole.
    const one = decode(tallyPicture(goals('unrated'), 'plan'));
    const isBlue = (x: number, y: number) =>
      blue.every((value, channel) => one.data[(y * one.width + x) * one.channels + channel] === value);
    const blueOf = (side: 'left' | 'right') => {
      let count = 0;
      for (let y = 0; y < one.height; y += 1)
        for (let x = 0; x < one.width / 2; x += 1) if (isBlue(side === 'left' ? x : one.width - 1 - x, y)) count += 1;
      return count;
    };
    expect(Math.abs(blueOf('left') - blueOf('right'))).toBeGreaterThan(200);
  });

  test.each([0, 1, 1200])('is drawn for %i goals', (count) => {
    expect(
      tallyPicture(goals(...Array.from({ length: count }, () => 'achieved' as const)), 'result').length,
    ).toBeGreaterThan(500);
  });
});
