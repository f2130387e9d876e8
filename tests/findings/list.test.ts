import { expect, test } from 'vitest';
import { catalogue } from '../../lib/findings/catalogue.ts';
import { findingsList } from '../support/findings-list.ts';

test('the staff’s list of findings is that of the catalogue', async () => {
  await expect(findingsList()).toMatchFileSnapshot('../../docs/findings.md');
});

test('it has every finding once', () => {
  const codes = [...findingsList().matchAll(/^\| `([a-z0-9-]+)` \|/gmu)].map(([, code]) => code);
  expect(codes.toSorted()).toEqual(Object.keys(catalogue).sort());
});
