import { describe, expect, test } from 'vitest';
import { chineseForms, radicals } from '../../lib/text/japanese-forms.ts';
import { charactersOutsideWindows31J, japaneseFormsOf } from '../../lib/text/windows-31j.ts';
import { japaneseFormsSource, windows31J } from '../support/japanese-forms.ts';

test('the table of Japanese forms is that of the installed dictionaries', async () => {
  await expect(japaneseFormsSource()).toMatchFileSnapshot('../../lib/text/japanese-forms.ts');
});

test('of every pair the typed character is outside Windows-31J, and the Japanese ones inside', () => {
  const groups = `${chineseForms} ${radicals}`.split(' ');
  expect(groups.length).toBeGreaterThan(1000);
  for (const [typed = '', ...forms] of groups) {
    expect(windows31J.has(typed), typed).toBe(false);
    expect(forms.length, typed).toBeGreaterThan(0);
    for (const form of forms) expect(windows31J.has(form), `${typed}${form}`).toBe(true);
  }
});

describe('charactersOutsideWindows31J', () => {
  test.each([
    ['', []],
    ['plain ASCII ~', []],
    ['日本語、カナ、かな。（記号）〜～−－‖∥', []],
    ['①㈱℡Ⅲ髙﨑', []],
    ['ｶﾅ', []],
    ['步み带步', ['步', '带']],
    ['𠮷野', ['𠮷']],
    ['😀', ['😀']],
    ['\ue000', ['\ue000']],
    ['é', ['é']],
    ['葛\u{e0100}\ufe00', []],
  ])('of %s', (text, expected) => {
    expect(charactersOutsideWindows31J(text)).toEqual(expected);
  });
});

describe('japaneseFormsOf', () => {
  test.each([
    ['步', ['歩']],
    ['带', ['帯']],
    ['发', ['発', '髪']],
    ['说', ['説']],
    ['⻑', ['長']],
    ['⼈', ['人']],
    ['•', ['・']],
    ['–', ['－']],
    ['😀', []],
    ['𠮷', []],
    ['歩', []],
  ])('of %s', (character, expected) => {
    expect(japaneseFormsOf(character)).toEqual(expected);
  });
});
