import { describe, expect, test } from 'vitest';
import { defaultScheme, inWords, schemeOf } from '../../lib/text/scheme.ts';

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
