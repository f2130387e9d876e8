import { expect, test } from 'vitest';
import { markupIn } from '../../lib/text/markup.ts';

test.each([
  ['<video>', '<video>'],
  ['<U>強調</U>', '<U>'],
  ['R&amp;D', '&amp;'],
  ['R&D', null],
  ['<重要>', null],
  ['A<B', null],
])('markup in %s', (text, found) => {
  expect(markupIn(text)).toBe(found);
});
