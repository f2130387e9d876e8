import { expect, test } from 'vitest';
import { parseFiscalYear } from '../../lib/text/fiscal-year.ts';
import { breaksSentence } from '../../lib/text/line-breaks.ts';
import { lostCharacters } from '../../lib/text/lost-characters.ts';
import { negativePhrase } from '../../lib/text/negative-words.ts';
import { isNothingButUnfinished, placeholderIn } from '../../lib/text/placeholders.ts';
import { postInName } from '../../lib/text/post-in-name.ts';
import { goalsInOneCell } from '../../lib/text/several-goals.ts';

test.each([
  ['達成されず', '達成されず'],
  ['達成見込みなし', '達成見込みなし'],
  ['80%達成', '80%達成'],
  ['８割達成', '8割達成'],
  ['9割方達成', '9割方達成'],
  ['半ば達成', '半ば達成'],
  ['達成に向けて取組中', '達成に向け'],
  ['達成予定', '達成予定'],
  ['達成（3月末予定）', '達成(3月末予定)'],
  ['達成（予定どおり）', null],
  ['達成（一部）', '達成(一部)'],
  ['達成目前', '達成目前'],
  ['達成まであと一歩', '達成まであと'],
  ['達成を目指す', '達成を目指'],
  ['達成には届かず', '達成には届かず'],
  ['達成（見込み）', null],
  ['達成見込み', null],
  ['100%達成', null],
  ['120％達成', null],
  ['前年比95.5%で達成', null],
  ['目標達成', null],
  ['予定どおり達成', null],
  ['達成しました。', null],
  ['達成したが課題あり', null],
])('what %s takes back of 達成 is %s', (text, expected) => {
  expect(negativePhrase(text, '達成')).toBe(expected);
});

test.each([
  ['別紙のとおり', '別紙のとおり', true],
  ['（調整中）', '（調整中）', true],
  ['なし', 'なし', true],
  ['※後日記入予定', '※後日記入予定', true],
  ['要確認', '要確認', true],
  ['〔未定〕', '〔未定〕', true],
  ['公園を開きます（案）', '（案）', false],
  ['道路を整備します【調整中】', '【調整中】', false],
  ['開催日は未定です', null, false],
  ['調整中の案件を減らします', null, false],
  ['案内板を増やします', null, false],
  ['なしの花まつりを開きます', null, false],
  ['別紙を廃止します', null, false],
])('what is unfinished in %s is %s', (text, part, whole) => {
  expect(placeholderIn(text, false)).toBe(part);
  expect(isNothingButUnfinished(text)).toBe(whole);
});

test('なし in a column that may be blank says that there is nothing', () => {
  expect(placeholderIn('なし', true)).toBeNull();
  expect(placeholderIn('（調整中）', true)).toBe('（調整中）');
});

test.each([
  ['?田 実', true, ['?']],
  ['葛?城？', true, ['?', '？']],
  ['&#134071;田', true, ['&#134071;']],
  ['\ue000田', true, ['\ue000']],
  ['〓田', false, ['〓']],
  ['橋を\ufffdしました', false, ['\ufffd']],
  ['なぜ？と聞かれたら', false, []],
  ['𠮷田 葛󠄀城 髙﨑', true, []],
])('the letters that were lost in %s', (text, isName, expected) => {
  expect(lostCharacters(text, isName)).toEqual(expected);
});

test.each([
  ['①道を直します②橋を直します③川を直します', 3],
  ['・道を直す\n・橋を直す', 2],
  ['1. 道を直す\n2. 橋を直す', 2],
  ['(1)道を直す\n（2）橋を直す\n(3)川を直す', 3],
  ['①窓口②電話で受け付けます', 0],
  ['5,000人を\n10,000人にします', 0],
  ['・道を直す', 0],
])('the goals in %j are %i', (text, expected) => {
  expect(goalsInOneCell(text)).toBe(expected);
});

test.each([
  ['神山 尚 部長', '部長'],
  ['部長 神山尚', '部長'],
  ['神山 尚　局長', '局長'],
  ['神山 尚', null],
  ['副町長 榎並 透（事務取扱）', null],
  ['部長 神山 尚（兼務）', null],
  ['（欠員）', null],
])('the post in the name %s is %s', (name, expected) => {
  expect(postInName(name, '部長')).toBe(expected);
});

test.each([
  ['資材の値上がりがあり工事を\n来年に延ばしました。', true],
  ['窓口を広げました。\n台帳を改めました。', false],
  ['・資材の値上がりで\n・人手の不足で', false],
  ['みほん市\n企画課', false],
  ['一行だけの文を', false],
])('a line that ends within a sentence: %j is %s', (text, expected) => {
  expect(breaksSentence(text)).toBe(expected);
});

test.each([
  ['令和6（2024）年度', 2024],
  ['令和 6 年度 （2024）', 2024],
  ['2024.0', 2024],
  ['令和6（2025）年度', null],
  ['2024.5', null],
])('the fiscal year %s is %s', (text, expected) => {
  expect(parseFiscalYear(text)).toBe(expected);
});
