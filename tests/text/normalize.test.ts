import { describe, expect, test } from 'vitest';
import {
  isBlank,
  isErrorValue,
  isName,
  matchKey,
  normalizeLine,
  normalizeName,
  normalizeText,
} from '../../lib/text/normalize.ts';

describe('normalizeText', () => {
  test.each([
    ['ends are trimmed', '  　本文\n ', '本文'],
    ['a run of spaces is one', '市民の  暮らし', '市民の 暮らし'],
    ['a run of ideographic spaces is one of them', '市民の　　暮らし', '市民の　暮らし'],
    ['one ideographic space stays', '市民の　暮らし', '市民の　暮らし'],
    ['a tab is a space', '市民の\t\t暮らし', '市民の 暮らし'],
    ['CRLF is LF', '一行目\r\n二行目\r三行目', '一行目\n二行目\n三行目'],
    ['other line breaks are LF', '一\u2028二\u2029三\u0085四\v五', '一\n二\n三\n四\n五'],
    ['blank lines stay', '一\n\n二', '一\n\n二'],
    ['controls are removed', '市\u0007民\u0000', '市民'],
    ['zero-width characters are removed', '市\u200b民\ufeff\u200d\u2060の', '市民の'],
    ['grapheme joiners and tags are removed', '\u034f=市\u{e0041}民\u{e007f}', '=市民'],
    ['bidirectional marks are removed', '\u202e市民\u2066\u2069\u200f', '市民'],
    ['NFC composes', 'か\u3099き', 'がき'],
    ['half-width katakana is made full-width', 'ｶﾞﾊﾞﾅﾝｽ｢ｱ｣', 'ガバナンス「ア」'],
    ['full-width letters and digits are made half-width', 'ＤＸの推進２０２４ａ', 'DXの推進2024a'],
    ['full-width symbols stay', '（令和６年度）％＆', '（令和6年度）％＆'],
    ['marks after Japanese are full-width', '推進!本当?', '推進！本当？'],
    ['several marks after Japanese are full-width', '推進!?!', '推進！？！'],
    ['marks after a closing bracket are full-width', '（推進）!', '（推進）！'],
    [
      'marks after a letter with a variation selector are full-width',
      '葛\u{e0100}!か\u309a?',
      '葛\u{e0100}！か\u309a？',
    ],
    ['marks after Latin stay', 'Go! Why? 100%!', 'Go! Why? 100%!'],
    ['marks at the start stay', '!推進', '!推進'],
    ['lone surrogates are replaced', '市\ud800民', '市\ufffd民'],
    ['variation selectors stay', '葛\u{e0100}城', '葛\u{e0100}城'],
    ['nothing else is touched', '①㈱℡～−', '①㈱℡～−'],
  ])('%s', (_, text, expected) => {
    expect(normalizeText(text)).toBe(expected);
  });
});

describe('normalizeName', () => {
  test.each(['髙橋 﨑子', '𠮷野 家', '葛\u{e0100}城 太郎', 'ＡＢＣ部', 'ﾀﾞﾐｰ部', '子ども　未来部', '部!'])(
    '%s survives as it is',
    (name) => {
      expect(normalizeName(name)).toBe(name);
    },
  );

  test('ends are trimmed, and it is NFC', () => {
    expect(normalizeName(' 　か\u3099ら 部\n')).toBe('がら 部');
  });

  test('what nobody sees is removed, and a line break is a space', () => {
    expect(normalizeName('政策\n経営部\u202e')).toBe('政策 経営部');
  });
});

test.each([
  ['政 策 経 営 部', '政策経営部'],
  ['ＵＲＬ名', 'url名'],
  ['部長名（ふりがな）', '部長名(ふりがな)'],
  ['ﾒﾓ', 'メモ'],
  ['部\u200b名\n', '部名'],
])('the match key of %s is %s', (text, key) => {
  expect(matchKey(text)).toBe(key);
});

test.each([
  '#REF!',
  '#N/A',
  '#NAME?',
  '#VALUE!',
  '#DIV/0!',
  '#NULL!',
  '#NUM!',
  '#ERROR!',
  '#SPILL!',
  'Err:502',
  ' #REF! ',
])('%s is an error value', (text) => {
  expect(isErrorValue(text)).toBe(true);
});

test.each(['', '達成', '#', '#1', '#REFERENCE', '#REF! を直す', 'Error', '＃REF！', 'Err:5'])(
  '%s is no error value',
  (text) => {
    expect(isErrorValue(text)).toBe(false);
  },
);

test.each(['', ' ', '　', '\n', '\u200b', '\u00a0\t', '\u{e0100}', ' \ufe00\u200b'])(
  'a cell of %j looks blank',
  (text) => {
    expect(isBlank(text)).toBe(true);
  },
);

test.each([
  ['一行目\n二行目', '一行目 二行目'],
  ['一行目\n\n二行目', '一行目 二行目'],
  ['一行目 \n 二行目\n', '一行目 二行目'],
  ['一行', '一行'],
])('on one line %j is %j, and stays so', (text, expected) => {
  expect(normalizeLine(text)).toBe(expected);
  expect(normalizeLine(normalizeLine(text))).toBe(expected);
});

test.each(['0', '-', '。', '　a'])('a cell of %j is not blank', (text) => {
  expect(isBlank(text)).toBe(false);
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
