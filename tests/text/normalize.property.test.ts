import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStatus, statusVocabulary } from '../../lib/goals/cells/status.ts';
import { parseFiscalYear } from '../../lib/text/fiscal-year.ts';
import { isBlank, isErrorValue, matchKey, normalizeName, normalizeText } from '../../lib/text/normalize.ts';
import { anyCell } from '../support/cells.ts';
import { runs } from '../support/property-runs.ts';

describe('normalization of any text', () => {
  test('is idempotent', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
        expect(normalizeName(normalizeName(text))).toBe(normalizeName(text));
        expect(matchKey(matchKey(text))).toBe(matchKey(text));
      }),
      runs(3000),
    );
  });

  test('gives well-formed NFC without what nobody can see', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        for (const normalized of [normalizeText(text), normalizeName(text)]) {
          expect(normalized.isWellFormed()).toBe(true);
          expect(normalized).toBe(normalized.normalize('NFC'));
          expect(normalized).toBe(normalized.trim());
          expect(normalized).not.toMatch(/[\r\t\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
          expect(normalized.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        }
      }),
      runs(3000),
    );
  });

  test('drops no letter: what is compared stays the same', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(matchKey(normalizeText(text))).toBe(matchKey(text));
        expect(matchKey(normalizeName(text))).toBe(matchKey(text));
      }),
      runs(3000),
    );
  });

  test('is blank just where nothing is seen', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(normalizeText(text) === '').toBe(isBlank(text));
      }),
      runs(3000),
    );
  });
});

describe('reading of any cell', () => {
  const vocabulary = statusVocabulary([
    { label: '計画どおり', code: 'achieved', aliases: ['◎'], description: null, from: null },
  ]);

  test('a status is known, unknown, or several; its label is what was written', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        const reading = readStatus(text, vocabulary);
        if (reading.kind === 'known') expect(reading.label.length).toBeGreaterThan(0);
        if (reading.kind === 'several') expect(new Set(reading.labels).size).toBeGreaterThan(1);
        if (reading.kind === 'unknown') expect(matchKey(text)).not.toMatch(/達成|進行中|計画どおり|◎/u);
      }),
      runs(3000),
    );
  });

  test('a fiscal year is a whole number in range, or none', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        const year = parseFiscalYear(text);
        if (year !== null) expect(year).toBeOneOf(Array.from({ length: 111 }, (_, index) => 1989 + index));
      }),
      runs(3000),
    );
  });

  test('an error value is never blank', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(isErrorValue(text) && isBlank(text)).toBe(false);
      }),
    );
  });
});
