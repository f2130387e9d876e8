/** How letters come into a picture: as outlines, since a picture has no fonts. What finds them in a font is in the room `lettering`. */

export type Weight = 'regular' | 'bold';

/** A curve from where the last one ended: a control point and an end, in ems, to the right and downwards from the start of the baseline. */
export type Curve = readonly [controlX: number, controlY: number, x: number, y: number];

export interface Contour {
  readonly x: number;
  readonly y: number;
  readonly curves: readonly Curve[];
}

/** A piece of text as it is set in one line. */
export interface Outline {
  /** How far the pen moves, in ems. */
  readonly width: number;
  readonly contours: readonly Contour[];
}

export interface Letters {
  /**
   * The outline of a text in one line.
   *
   * @throws MissingLettersError where no font has one of its letters
   */
  outline(text: string, weight: Weight): Outline;
}

/** Letters that no font has. A box in their place would say nothing, and a name without them would be another name. */
export class MissingLettersError extends Error {
  /** Each once, with its variation selector. */
  readonly letters: readonly string[];

  constructor(letters: readonly string[]) {
    super(`No font has ${letters.join(' ')}.`);
    this.name = 'MissingLettersError';
    this.letters = letters;
  }
}
