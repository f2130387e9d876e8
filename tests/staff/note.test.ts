import { expect, test } from 'vitest';
import { answerNotes, mergedNote } from '../../lib/staff/confirmation.ts';

const own = answerNotes([
  {
    severity: 'error',
    code: 'missing-value',
    tab: '目標',
    cell: 'C3',
    row: 3,
    column: '目標',
    department: '総務部',
    value: null,
    message: '目標が空です。',
    fix: '目標を入力してください。',
  },
])
  .get('目標')
  ?.get('C3');

test('Mokuhyo’s part of a note is put in, replaced and taken out, and what staff wrote around it stays', () => {
  if (own === undefined) throw new Error('The finding has a note.');
  const both = mergedNote('課長に確認中', own);
  expect(both).toBe(`課長に確認中\n${own}`);
  expect(mergedNote(both, own)).toBe(both);
  expect(mergedNote(both, null)).toBe('課長に確認中');
  expect(mergedNote(`${own}\n村田が直します`, null)).toBe('村田が直します');
});

test('a note in which staff speak of Mokuhyo’s is theirs', () => {
  const theirs = '課長へ：「【目標からのお知らせ】」は確認済み。\n4月末までに村田が差し替えます。';
  expect(mergedNote(theirs, null)).toBe(theirs);
  expect(mergedNote(theirs, own ?? '')).toBe(`${theirs}\n${own}`);
});
