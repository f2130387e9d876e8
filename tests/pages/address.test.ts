import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absoluteUrl, relativeHref } from '../../lib/pages/address.ts';

describe('links', () => {
  test.each([
    ['', '2024/', '2024/'],
    ['2024/', '', '../'],
    ['2024/kyoiku/', '2024/', '../'],
    ['2024/kyoiku/', '2024/somu/', '../somu/'],
    ['2024/kyoiku/', '2023/kyoiku/', '../../2023/kyoiku/'],
    ['data/', 'data/v1/2024.json', 'v1/2024.json'],
    ['2024/', '2024/', './'],
    ['feed.xml', '', './'],
  ])('from "%s" to "%s" are "%s"', (from, to, href) => {
    expect(relativeHref(from, to)).toBe(href);
  });

  test('lead where they say from everywhere, under any prefix', () => {
    const folder = fc.array(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/u), { maxLength: 3 });
    const path = fc
      .tuple(folder, fc.constantFrom('', 'feed.xml'))
      .map(([parts, file]) => parts.map((part) => `${part}/`).join('') + file);
    fc.assert(
      fc.property(path, path, folder, (from, to, prefix) => {
        const root = `http://site/${prefix.map((part) => `${part}/`).join('')}`;
        expect(new URL(relativeHref(from, to), root + from).href).toBe(root + to);
      }),
    );
  });
});

test('full addresses are there with and without the slash at the end of the site’s', () => {
  expect(absoluteUrl('https://goals.example/city', '2024/')).toBe('https://goals.example/city/2024/');
  expect(absoluteUrl('https://goals.example/city/', '')).toBe('https://goals.example/city/');
  expect(absoluteUrl(null, '2024/')).toBeNull();
});
