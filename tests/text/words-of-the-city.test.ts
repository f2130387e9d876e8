import { describe, expect, test } from 'vitest';
import { markupIn } from '../../lib/text/markup.ts';
import { isErrorValue, isName, normalizeLine, normalizeName } from '../../lib/text/normalize.ts';
import { defaultScheme, inWords, schemeOf } from '../../lib/text/scheme.ts';
import { shownPlace, withoutPasswords } from '../../lib/text/shown-place.ts';

describe("the city's own words", () => {
  test('follow one from the other where 設定 says nothing', () => {
    expect(defaultScheme).toEqual({ unit: '部', head: '部長', name: '部長目標' });
    expect(schemeOf({ unit: '局', head: null, name: null })).toEqual({ unit: '局', head: '局長', name: '局長目標' });
    expect(schemeOf({ unit: null, head: '所長', name: null })).toEqual({ unit: '部', head: '所長', name: '所長目標' });
    expect(schemeOf({ unit: '課', head: '課長', name: '課の約束' })).toEqual({
      unit: '課',
      head: '課長',
      name: '課の約束',
    });
  });

  test('are put into a sentence wherever it speaks of them', () => {
    const scheme = schemeOf({ unit: '局', head: null, name: '約束' });
    expect(inWords('{unit}名と{head}名、{unit}の{scheme}', scheme)).toBe('局名と局長名、局の約束');
    expect(inWords('例：{example}', scheme)).toBe('例：環境局');
    expect(inWords('例：{example}', schemeOf({ unit: '部局', head: null, name: null }))).toBe('例：環境課');
    expect(inWords('言葉のない文', scheme)).toBe('言葉のない文');
  });
});

describe('places that are repeated to people', () => {
  test.each([
    ['s3://bucket/folder', 's3://bucket/folder'],
    ['/home/city/目標.xlsx', '/home/city/目標.xlsx'],
    ['https://user:secret@example.jp/a', 'https://…@example.jp/a'],
    ['HTTPS://secret@example.jp', 'HTTPS://…@example.jp'],
    ['https:/user:secret@example.jp/a', 'https:/…@example.jp/a'],
    ['s3+http://key:secret@example.jp', 's3+http://…@example.jp'],
    ['https://example.jp/a@b', 'https://example.jp/a@b'],
    ['{"type":"service_account"}', '（指定された値）'],
    ['a}', '（指定された値）'],
    ['-----BEGIN PRIVATE KEY-----', '（指定された値）'],
    ['一行目\n二行目', '（指定された値）'],
    ['a'.repeat(400), 'a'.repeat(400)],
    ['a'.repeat(401), '（指定された値）'],
  ])('%s', (place, shown) => {
    expect(shownPlace(place)).toBe(shown);
  });

  test('in a sentence, each of several', () => {
    expect(withoutPasswords('「ftp://a:b@x」と「ssh://c@y」')).toBe('「ftp://…@x」と「ssh://…@y」');
    expect(withoutPasswords('x@example.jp へ')).toBe('x@example.jp へ');
  });
});

test.each([
  ['総務部', true],
  ['  ', false],
  ['', false],
  ['#REF!', false],
  [' #N/A ', false],
  ['Err:502', false],
  ['err:502', false],
  ['a#REF!', true],
  ['#REF!です', true],
  ['Error', true],
])('%j names something: %s', (text, named) => {
  expect(isName(text)).toBe(named);
  expect(isErrorValue(text)).toBe(!named && text.trim() !== '');
});

test('line breaks in a line and in a name are one space', () => {
  expect(normalizeLine('一\n\n二\r\n三')).toBe('一 二 三');
  expect(normalizeName('沢田\n\t実')).toBe('沢田 実');
  expect(normalizeName('沢田\r\n実')).toBe('沢田 実');
});

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
