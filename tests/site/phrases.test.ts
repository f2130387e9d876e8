import { describe, expect, test } from 'vitest';
import { phraseBreaker } from '../../lib/site/phrases.ts';

const phrases = phraseBreaker();

describe('phrase breaks', () => {
  test('stand between phrases, not within words', () => {
    expect(String(phrases('図書館を、平日は午後8時まで開けます！'))).toBe(
      '図書館を、<wbr>平日は<wbr>午後8時まで<wbr>開けます！',
    );
  });

  test('change nothing that is read', () => {
    const text = '3R(リデュース・リユース)の推進と\n新たな <取組> & "工夫" を、髙𠮷 さんと葛\u{E0100}飾で始めます！';
    const unescaped = String(phrases(text))
      .replaceAll('<wbr>', '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    expect(unescaped).toBe(text);
  });

  test('never part a character of two units, or a letter and its variation', () => {
    const broken = String(phrases('𠮷野家と葛\u{E0100}飾区と𩸽定食を推進します'.repeat(3)));
    expect(broken.isWellFormed()).toBe(true);
    expect(broken.split('<wbr>').every((part) => part.isWellFormed() && !/^[\u{E0100}-\u{E01EF}]/u.test(part))).toBe(
      true,
    );
  });

  test('are left out of short names', () => {
    expect(String(phrases('健康いきいき部'))).toBe('健康いきいき部');
  });
});
