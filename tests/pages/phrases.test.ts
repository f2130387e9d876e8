import { loadDefaultJapaneseParser } from 'budoux';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseBoundaries } from '../../lib/pages/phrases/phrase-boundaries.ts';
import { phraseBreaker } from '../../lib/pages/phrases/phrases.ts';
import { runs } from '../support/property-runs.ts';

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
      .replaceAll(/<wbr>|<\/?span[^>]*>/gu, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    expect(unescaped).toBe(text);
  });

  test('never part a letter, whatever it is made of', () => {
    const letter = fc.constantFrom(
      '𠮷',
      '葛\u{E0100}',
      '𩸽',
      'か\u3099',
      '👩\u200D🎓',
      'を',
      '推',
      '進',
      'の',
      '、',
      'す',
    );
    const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(letter, { minLength: 10, maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const whole = new Set([...letters.segment(text)].map(({ index }) => index));
        let at = 0;
        for (const phrase of String(phrases(text))
          .replaceAll(/<\/?span[^>]*>/gu, '')
          .split('<wbr>')) {
          expect(whole.has(at)).toBe(true);
          at += phrase.length;
        }
      }),
      runs(500),
    );
  });

  test('mark a phrase that may be longer than a line, but no line break in it', () => {
    expect(String(phrases('デジタルトランスフォーメーションを始めます'))).toBe(
      '<span class="whole">デジタルトランスフォーメーションを</span><wbr>始めます',
    );
    expect(String(phrases('ワークショップパートナー\nシップ'))).not.toMatch(/<span[^<]*\n/u);
  });

  test('leave a title its spaces to end lines at', () => {
    expect(String(phrases('令和6年度 部長目標 結果発表！'))).not.toContain('span');
  });

  test('are left out of short names', () => {
    expect(String(phrases('健康いきいき部'))).toBe('健康いきいき部');
  });
});

test('the boundaries are those that BudouX finds', () => {
  const budoux = loadDefaultJapaneseParser();
  const pieces = fc.constantFrom(
    '図書館',
    'を',
    '平日',
    'は',
    '午後',
    '8',
    '時',
    'まで',
    '開けます',
    '！',
    '、',
    'こと',
    'や',
    ' ',
    '𠮷',
    'a',
  );
  const texts = fc.oneof(
    fc.array(pieces).map((some) => some.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(phraseBoundaries(text)).toEqual(text === '' ? [] : budoux.parseBoundaries(text));
    }),
    runs(2_000),
  );
});
