import { expect, test } from 'vitest';
import { type Decision, decide, type Standing } from '../../lib/goals/settle/decide.ts';

/** Every combination there is, and what becomes of it: visibility, errors, approval. */
const table: readonly (readonly [Standing['visibility'], boolean, Standing['approval'], Decision])[] = [
  ['public', false, 'given', 'publish'],
  ['public', false, 'awaiting', 'keep'],
  ['public', false, 'changed', 'hold'],
  ['public', true, 'given', 'hold'],
  ['public', true, 'awaiting', 'keep'],
  ['public', true, 'changed', 'hold'],
  ['draft', false, 'given', 'keep'],
  ['draft', false, 'awaiting', 'keep'],
  ['draft', false, 'changed', 'keep'],
  ['draft', true, 'given', 'keep'],
  ['draft', true, 'awaiting', 'keep'],
  ['draft', true, 'changed', 'keep'],
  ['withdrawn', false, 'given', 'withdraw'],
  ['withdrawn', false, 'awaiting', 'withdraw'],
  ['withdrawn', false, 'changed', 'withdraw'],
  ['withdrawn', true, 'given', 'hold'],
  ['withdrawn', true, 'awaiting', 'hold'],
  ['withdrawn', true, 'changed', 'hold'],
];

test.each(table)('%s, errors %s, approval %s: %s', (visibility, hasErrors, approval, decision) => {
  expect(decide({ visibility, hasErrors, approval })).toBe(decision);
});

test('the table has every combination once', () => {
  expect(new Set(table.map(([visibility, errors, approval]) => `${visibility} ${errors} ${approval}`)).size).toBe(18);
});
