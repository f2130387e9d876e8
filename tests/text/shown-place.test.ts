import { describe, expect, test } from 'vitest';
import { shownPlace, withoutPasswords } from '../../lib/text/shown-place.ts';

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
