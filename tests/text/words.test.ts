import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGoalNumber } from '../../lib/goals/cells/goal-number.ts';
import { isMunicipalityCode } from '../../lib/goals/cells/municipality-code.ts';
import { readOrder } from '../../lib/goals/cells/order.ts';
import { readPortrait } from '../../lib/goals/cells/portrait.ts';
import { readVisibility, visibilityOf } from '../../lib/goals/cells/visibility.ts';
import { machineDependentCharacters } from '../../lib/text/machine-dependent.ts';
import { markupIn } from '../../lib/text/markup.ts';
import { negativePhrase } from '../../lib/text/negative-words.ts';
import { placeholderIn } from '../../lib/text/placeholders.ts';
import { closestTo, likelyMeant, resemblanceTo } from '../../lib/text/resemblance.ts';
import { runs } from '../support/property-runs.ts';

test.each([
  ['1', 1],
  ['０１２', 12],
  ['9999', 9999],
  ['10000', null],
  ['3.0', 3],
  ['3.00', 3],
  ['3.5', null],
  ['3.', 3],
  ['0', null],
  ['-1', null],
  ['1番', 1],
  ['第1', 1],
  ['', 'blank'],
  ['　\u200b', 'blank'],
])('the number %s of a goal is %s', (text, expected) => {
  expect(readGoalNumber(text)).toBe(expected);
});

test.each([
  ['1', 1],
  ['-2', -2],
  ['+3', 3],
  ['１０．５', 10.5],
  ['1番', null],
  ['.5', null],
  ['1.', null],
  ['', null],
])('the order %s is %s', (text, expected) => {
  expect(readOrder(text)).toBe(expected);
});

test.each([
  ['011002', true],
  ['131016', true],
  ['011003', false],
  ['101002', false],
  ['01100', false],
  ['0110020', false],
  ['01100a', false],
  ['', false],
  // The sum is 1 × 6, 11 more than a multiple or less: all ways in which the check digit comes about.
  ['100005', true],
  ['000000', false],
  ['000001', true],
  ['000019', true],
  ['000604', true],
])('%s as a code of a municipality: %s', (code, expected) => {
  expect(isMunicipalityCode(code)).toBe(expected);
});

describe('visibility', () => {
  test.each([
    ['公開', 'public'],
    ['公 開', 'public'],
    ['下書き', 'draft'],
    ['取下げ', 'withdrawn'],
    ['取り下げ', 'withdrawn'],
    ['非公開', null],
    ['', null],
  ])('the word %s is %s', (text, expected) => {
    expect(visibilityOf(text)).toBe(expected);
  });

  test('without the column every department may be published; with it a blank is a draft', () => {
    expect(readVisibility(undefined)).toBe('public');
    expect(readVisibility({ text: ' ', cell: 'L2', row: 2 })).toBe('draft');
    expect(readVisibility({ text: '公開', cell: 'L2', row: 2 })).toBe('public');
    expect(readVisibility({ text: '済', cell: 'L2', row: 2 })).toBe(null);
  });
});

describe('closestTo', () => {
  test.each([
    ['福址部', ['総務部', '福祉部'], '福祉部'],
    ['福祉', ['福祉部'], '福祉部'],
    ['福 祉 部', ['福祉部'], '福祉部'],
    ['健康いきいき部', ['健康生き生き部', '健康福祉部'], '健康生き生き部'],
    ['健康いきいき部', ['健康いきき部', '健康いきいき局'], '健康いきき部'],
    ['上下水道局', ['総務部', '福祉部'], null],
    ['部', ['局'], null],
    ['部', ['部長'], '部長'],
    ['', ['部'], null],
    ['総務', [], null],
    ['教育部', ['教育総務部長', '教育'], '教育'],
    ['abcdef', ['abxyef'], 'abxyef'],
    ['abcdef', ['axyzef'], null],
    ['あ'.repeat(300), ['あ'.repeat(200)], 'あ'.repeat(200)],
  ])('%s among %s is %s', (word, candidates, expected) => {
    expect(closestTo(word, candidates)).toBe(expected);
  });

  test('the nearer candidate wins, and the first of equally near ones', () => {
    const find = resemblanceTo(['まちつくり課', 'まちづくり部', 'まちづくり局']);
    expect(find('まちづくり部')).toBe('まちづくり部');
    expect(find('まちづくり室')).toBe('まちづくり部');
  });
});

test.each([
  ['目標', ['設定', '目標一覧'], '目標一覧'],
  ['目標', ['目漂', '目標一覧'], '目漂'],
  ['部', ['備考', '部の表'], '部の表'],
  ['部長名', ['部名', '担当'], '部名'],
  ['総括', ['備考', '担当'], null],
])('by %s among %s was likely meant %s', (name, candidates, expected) => {
  expect(likelyMeant(name, candidates)).toBe(expected);
});

/** Levenshtein distance by its definition. */
function distanceOf(left: string, right: string): number {
  if (left === '' || right === '') return left.length + right.length;
  const [a, b] = [left.slice(1), right.slice(1)];
  if (left[0] === right[0]) return distanceOf(a, b);
  return 1 + Math.min(distanceOf(a, b), distanceOf(left, b), distanceOf(a, right));
}

test('closestTo finds a nearest candidate within a third, for any words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (text, candidates) => {
      const near = candidates.filter((candidate) => {
        const longer = Math.max(text.length, candidate.length);
        return text !== '' && longer >= 2 && distanceOf(text, candidate) <= Math.max(1, Math.floor(longer / 3));
      });
      const least = Math.min(...near.map((candidate) => distanceOf(text, candidate)));
      expect(closestTo(text, candidates)).toBe(near.find((candidate) => distanceOf(text, candidate) === least) ?? null);
    }),
    runs(500),
  );
});

describe('negativePhrase', () => {
  test.each([
    ['達成できず', '達成できず'],
    ['達成出来なかった', '達成出来なかった'],
    ['達成できませんでした', '達成できません'],
    ['達成には至らなかった', '達成には至らなかった'],
    ['達成に至っていない', '達成に至っていない'],
    ['達成ならず', '達成ならず'],
    ['達成せず', '達成せず'],
    ['達成していません', '達成していません'],
    ['達成とは言えない', '達成とは言えない'],
    ['達成は困難', '達成は困難'],
    ['目標達成を断念', '達成を断念'],
    ['達成断念', '達成断念'],
    ['不達成', '不達成'],
    ['やや非達成です', '非達成'],
    ['達成率８０％', '達成率80%'],
    ['達成度は約8割', '達成度は約8割'],
    ['達成率100%', null],
    ['達成', null],
    ['達成（見込み）', null],
    ['早期に達成しました', null],
    ['達成。事故なし', null],
    ['進行中', null],
  ])('of %s is %s', (text, expected) => {
    expect(negativePhrase(text, '達成')).toBe(expected);
  });
});

describe('placeholderIn', () => {
  test.each([
    ['〇〇部', '〇〇'],
    ['市内○○○か所', '○○○'],
    ['◯◯', '◯◯'],
    ['△△を進めます', '△△'],
    ['□□', '□□'],
    ['××市', '××'],
    ['評価に○×を付けます', null],
    ['●●重点●●', null],
    ['二〇〇〇年', null],
    ['一〇〇周年', null],
    ['100〇〇', null],
    ['〇〇一番', null],
    ['評価は○', null],
    ['ここに目標を入力してください', 'ここに目標を入力'],
    ['ここに書いてください', 'ここに書いて'],
    ['ここに公園をつくります', null],
    ['（例）市民と歩みます', null],
    ['【記入例】市民と歩みます', '【記入例】'],
    ['入力例：市民', '入力例：'],
    ['市民への記入例：', null],
    ['入力してください', '入力してください'],
    ['目標を記入してください。', '目標を記入してください。'],
    ['ご記入ください', 'ご記入ください'],
    ['申請書にご記入いただきます', null],
    ['住所を記入してくださいとお願いします', null],
    ['未定', '未定'],
    ['ＴＢＤ', 'ＴＢＤ'],
    ['テスト', 'テスト'],
    ['テストの自動化', null],
    ['開催日は未定です', null],
    ['・', '・'],
    ['－ ※', '－ ※'],
    ['市民と歩みます', null],
  ])('of %s is %s', (text, expected) => {
    expect(placeholderIn(text, false)).toBe(expected);
  });

  test.each([
    '未定',
    '未記入',
    '未入力',
    '記入中',
    '入力中',
    '作成中',
    '調整中',
    '検討中',
    '確認中',
    '後日記入',
    '後日入力',
    '要確認',
    'テスト',
    'サンプル',
    'ダミー',
    'test',
    'ＴＢＤ',
  ])('%s alone is what is still to be written, and in a sentence it is not', (word) => {
    expect(placeholderIn(word, true)).toBe(word);
    expect(placeholderIn([...word].join(' '), true)).toBe([...word].join(' '));
    expect(placeholderIn(`開催日は${word}です`, true)).toBe(null);
  });

  test('an instruction is one from its beginning to its end', () => {
    expect(placeholderIn('市民の方が目標を入力してください', true)).toBe('市民の方が目標を入力してください');
    expect(placeholderIn('申請書のうち、太い線で囲まれた欄だけを記入してください', true)).toBe(null);
  });

  test('marks alone may say that there is nothing', () => {
    expect(placeholderIn('－', true)).toBe(null);
    expect(placeholderIn('未定', true)).toBe('未定');
    expect(placeholderIn('○○', true)).toBe('○○');
  });
});

describe('machineDependentCharacters', () => {
  test.each([
    ['①②', ['①1', '②2']],
    ['㈱と㈱', ['㈱株式会社']],
    ['℡№㏍☎', ['℡電話', '№No.', '㏍株式会社', '☎電話']],
    ['ⅠⅢⅫ', ['Ⅰ1', 'Ⅲ3', 'Ⅻ12']],
    ['ⅰⅻ', ['ⅰ1', 'ⅻ12']],
    ['ⅬⅯⅾ', ['ⅬL', 'ⅯM', 'ⅾd']],
    ['❶❿➀➓', ['❶1', '❿10', '➀1', '➓10']],
    ['㎡㎥㎏', ['㎡平方メートル', '㎥立方メートル', '㎏キログラム']],
    ['㎜㎝㎞', ['㎜ミリメートル', '㎝センチメートル', '㎞キロメートル']],
    ['㎢㏊', ['㎢平方キロメートル', '㏊ヘクタール']],
    ['㎎㎖㎘', ['㎎ミリグラム', '㎖ミリリットル', '㎘キロリットル']],
    ['㏄㏈☏', ['㏄シーシー', '㏈デシベル', '☏電話']],
    ['㌔㍻㋿㊤', ['㌔キロ', '㍻平成', '㋿令和', '㊤上']],
    ['⑴Ⓐ', ['⑴(1)', 'ⒶA']],
    ['㈲㈳㈶㈻㈹㍿', ['㈲有限会社', '㈳社団法人', '㈶財団法人', '㈻学校法人', '㈹代表', '㍿株式会社']],
    ['25℃ 50％ （1） 1 a ★', []],
    ['', []],
  ])('of %s', (text, expected) => {
    expect(machineDependentCharacters(text).map(({ typed, plain }) => typed + plain)).toEqual(expected);
  });
});

describe('markupIn', () => {
  test.each([
    ['<b>重要</b>', '<b>'],
    ['終わり</p>', '</p>'],
    ['一行目<br/>二行目', '<br/>'],
    ['<A HREF="x">', '<A HREF="x">'],
    ['<h2>', '<h2>'],
    ['<!-- 済 -->', '<!--'],
    ['R&amp;D', '&amp;'],
    ['&#12354;', '&#12354;'],
    ['&#x3042;', '&#x3042;'],
    ['<重要>', null],
    ['<bb>', null],
    ['a<b', null],
    ['A<B>C<D>', '<B>'],
    ['R&D;', null],
    ['&', null],
    ['&#;', null],
    ['', null],
  ])('of %s is %s', (text, expected) => {
    expect(markupIn(text)).toBe(expected);
  });
});

const driveId = '1AbcDEFghijKLMnop-qrs_TUV';

test.each([
  ['https://example.jp/a', null],
  ['HTTPS://example.jp/a.jpg', null],
  ['https://a.example/"><script>', null],
  ['https://', null],
  ['http://example.jp/a.jpg', null],
  ['javascript:alert(1).jpg', null],
  ['data:image/png;base64,AA.png', null],
  ['sawada.jpg', 'sawada.jpg'],
  [' 写真/沢田.JPEG ', '写真/沢田.JPEG'],
  ['a/b/c.avif', 'a/b/c.avif'],
  ['a.png', 'a.png'],
  ['a.webp', 'a.webp'],
  ['a.gif', 'a.gif'],
  ['a.heic', 'a.heic'],
  ['a.svg', null],
  ['a.jpg.exe', null],
  ['/a.jpg', null],
  ['a//b.jpg', null],
  ['../a.jpg', null],
  ['a b.jpg', null],
  ['a\\b.jpg', null],
  ['"a.jpg', null],
  ['写真', null],
  ['', null],
  [`https://drive.google.com/file/d/${driveId}/view?usp=sharing`, driveId],
  [`https://drive.google.com/a/city.example.jp/file/d/${driveId}/view`, driveId],
  [`https://drive.google.com/open?id=${driveId}`, driveId],
  [`https://drive.google.com/uc?export=view&id=${driveId}`, driveId],
  [`https://drive.google.com.example.jp/file/d/${driveId}/view`, null],
  [`http://drive.google.com/file/d/${driveId}/view`, null],
  [`https://drive.google.com/drive/folders/${driveId}`, null],
  ['https://drive.google.com/open?id=../../secret', null],
])('%s as a portrait: %s', (text, expected) => {
  const place = readPortrait({ text });
  expect(place === null || place.kind === 'cell' ? null : place.kind === 'file' ? place.path : place.id).toBe(expected);
});

test('a chip is read by its link, a picture in the cell before all else, and a key goes along', () => {
  const link = `https://drive.google.com/file/d/${driveId}/view?resourcekey=0-abc`;
  expect(readPortrait({ text: 'sawada', link })).toEqual({ kind: 'drive', id: driveId, resourceKey: '0-abc' });
  const picture = () => new Uint8Array();
  expect(readPortrait({ text: '#VALUE!', link, picture })).toEqual({ kind: 'cell', bytes: picture });
  expect(readPortrait({ text: 'sawada', link: 'https://example.jp/sawada.jpg' })).toBeNull();
});
