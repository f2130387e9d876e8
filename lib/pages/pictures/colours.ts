import type { StatusCode } from '../../goals/model/dataset.ts';
import type { Colour } from './draw-marks.ts';

/** The colours of the statuses in pictures: as in page.css, light. */
export const colours: Readonly<Record<StatusCode, Colour>> = {
  exceeded: [0x00, 0x5e, 0x6b],
  achieved: [0x19, 0x7a, 0x4b],
  partial: [0xac, 0x3e, 0x00],
  missed: [0xce, 0x00, 0x00],
  'in-progress': [0x00, 0x17, 0xc1],
  'not-started': [0x4d, 0x4d, 0x4d],
  cancelled: [0x4d, 0x4d, 0x4d],
  'not-assessable': [0x4d, 0x4d, 0x4d],
  unrated: [0x4d, 0x4d, 0x4d],
};
