import { describe, expect, test } from 'vitest';
import { lostCharacters } from '../../lib/text/lost-characters.ts';

describe('wherever it is', () => {
  test.each([
    ['\ue000田 一郎', ['\ue000']],
    ['\uf8ff', ['\uf8ff']],
    ['\u{f0000}田', ['\u{f0000}']],
    ['\u{10fffd}田', ['\u{10fffd}']],
    ['\ufffd田 一郎', ['\ufffd']],
    ['窓口を\ufffd\ufffdします', ['\ufffd']],
    ['〓田 一郎', ['〓']],
    ['葛〓城〓', ['〓']],
    ['\ud842田', ['\ud842']],
    ['〓と\ue001と〓', ['〓', '\ue001']],
  ])('%j: %j', (text, pieces) => {
    expect(lostCharacters(text, false)).toEqual(pieces);
    expect(lostCharacters(text, true)).toEqual(pieces);
  });
});

describe('in a name', () => {
  test.each([
    ['?田 一郎', ['?']],
    ['？田 一郎', ['？']],
    ['葛?城 二子', ['?']],
    ['葛城? 二子', ['?']],
    ['??橋 一郎', ['?']],
    ['見本 ?郎', ['?']],
    ['見本 ?', ['?']],
    ['見本　?', ['?']],
    ['?ほん いちろう', ['?']],
    ['Jos? Garc?a', ['?']],
    ['辻\u{e0100}? 一', ['?']],
    ['□田 一郎', ['□']],
    ['見本 一□', ['□']],
    ['■田 一郎', ['■']],
    ['・田 一郎', ['・']],
    ['&#134071;田 一郎', ['&#134071;']],
    ['&#x20BB7;田 一郎', ['&#x20BB7;']],
    ['&amp;#134071;田', ['&amp;#134071;']],
    ['&#134071田', ['&#134071']],
    ['\\u{20BB7}田', ['\\u{20BB7}']],
    ['\\uD842\\uDFB7田', ['\\uD842', '\\uDFB7']],
    ['<U+20BB7>田', ['<U+20BB7>']],
    ['_x0001_田', ['_x0001_']],
    ['\ue000田 ?郎', ['\ue000', '?']],
    ['?田 \ue000郎', ['?', '\ue000']],
  ])('%j: %j', (text, pieces) => {
    expect(lostCharacters(text, true)).toEqual(pieces);
  });

  test.each([
    '𠮷田 一郎',
    '葛\u{e0100}城 二子',
    '髙﨑 三郎',
    '見本・ジョン・太郎',
    'アン・リー',
    '子ども・若者部',
    'すぐやる！？',
    'どうする？',
    '何でもそうだん?',
    'A&B推進室',
    '佐々木 一',
    // Nothing was lost: it was never written, and that is said of it as a placeholder.
    '?',
    '？',
    '?? ??',
    '□',
    '■■',
    '□□部',
    '○○部',
    '〇〇 〇〇',
    '△△課',
    '',
  ])('%j has lost nothing', (text) => {
    expect(lostCharacters(text, true)).toEqual([]);
  });
});

test.each([
  '何を変えますか？',
  '本当に必要？を問い直します',
  'なぜ?何を?を大切にします',
  '?',
  '□ 窓口を増やします',
  '■窓口を増やします',
  '・窓口を増やします',
  '○○を進めます',
  '&#134071;',
  'U+20BB7を使えるようにします',
  '😀',
  '①㈱℡',
])('in prose %j is as it should be', (text) => {
  expect(lostCharacters(text, false)).toEqual([]);
});
