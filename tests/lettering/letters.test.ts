import { beforeAll, describe, expect, test } from 'vitest';
import { lettersOfFonts } from '../../lib/lettering/letters.ts';
import { type Letters, MissingLettersError } from '../../lib/pages/pictures/letters.ts';

describe('letters', () => {
  let letters: Letters;
  beforeAll(async () => {
    const loaded = await lettersOfFonts();
    if (loaded === null) throw new Error('The fonts are not installed.');
    letters = loaded;
  });
  const outline = (text: string) => letters.outline(text, 'bold');

  test('are as wide as they are set, with a contour for each closed line', () => {
    expect(outline('市民').width).toBe(2);
    expect(outline('12').width).toBe(1);
    // An O has an outer and an inner line, a 一 one.
    expect([outline('O').contours.length, outline('一').contours.length]).toEqual([2, 1]);
  });

  test('stand on the baseline, one after the other', () => {
    const [first, second] = [outline('一').contours[0], outline('一一').contours[1]];
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo(1, 6);
    expect(first?.y).toBeLessThan(0);
  });

  test('are bolder in bold', () => {
    expect(letters.outline('市', 'regular').contours).not.toEqual(outline('市').contours);
  });

  test.each(['髙', '﨑', '神', '福', '葛', '①', '㈱', '…', '―', '〜'])('has %s', (letter) => {
    expect(outline(letter).contours.length).toBeGreaterThan(0);
  });

  test('a variation selector chooses the form that a place writes itself with, where the font has it', () => {
    expect(outline('葛\u{E0100}').contours).not.toEqual(outline('葛').contours);
    expect(outline('葛\u{E0100}').width).toBe(1);
  });

  test('a variation that the font does not have is the letter itself, and no box', () => {
    expect(outline('市\u{E01EF}').contours).toEqual(outline('市').contours);
    expect(outline('市\u{E01EF}').width).toBe(1);
  });

  test('a letter that no font has is named, each once and whole', () => {
    const failing = () => outline('市𠮷野𠮷👨‍👩‍👧部');
    expect(failing).toThrow(MissingLettersError);
    expect(failing).toThrow(expect.objectContaining({ letters: ['𠮷', '👨‍👩‍👧'] }));
  });
});
