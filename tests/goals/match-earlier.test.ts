import { expect, test } from 'vitest';
import { matchEarlier } from '../../lib/goals/settle/match-earlier.ts';

/** Which published department each row of 部 continues. Written as `id name`; an id `-` is one that cannot be told. */

function matched(rows: readonly string[], before: readonly string[]) {
  const parts = (text: string) => text.split(' ');
  const given = rows.map((text) => {
    const [id = '', key = ''] = parts(text);
    return { id: id === '-' ? null : id, key };
  });
  const published = before.map((text) => {
    const [id = '', name = ''] = parts(text);
    return { department: { id, name } };
  });
  const { byRow, gone } = matchEarlier(given, published);
  return {
    rows: given.map((row) => byRow.get(row)?.department.id ?? null),
    gone: gone.map(([position, { department }]) => [position, department.id]),
  };
}

test.each([
  ['the same id and name', ['a 総務', 'b 福祉'], ['a 総務', 'b 福祉'], ['a', 'b']],
  ['whatever their order', ['b 福祉', 'a 総務'], ['a 総務', 'b 福祉'], ['b', 'a']],
  ['an id with another name: it was renamed', ['a 企画'], ['a 総務'], ['a']],
  ['a name with another id: its address changed', ['x 総務'], ['a 総務'], ['a']],
  ['a name without an id', ['- 総務'], ['a 総務'], ['a']],
  ['two names that were exchanged keep their ids', ['a 福祉', 'b 総務'], ['a 総務', 'b 福祉'], ['a', 'b']],
  // The first row has the id alone, the second both: the second is it.
  ['id and name before the id alone', ['a 福祉', 'a 総務'], ['a 総務', 'b 福祉'], ['b', 'a']],
  ['the id before the name alone', ['x 総務', 'a 福祉'], ['a 総務', 'b 道路'], [null, 'a']],
  ['two rows of one department: the first continues it', ['a 総務', 'a 総務'], ['a 総務'], ['a', null]],
  ['another id and name: a new one', ['c 環境'], ['a 総務'], [null]],
  ['nothing was published', ['a 総務'], [], [null]],
] as const)('%s', (_, rows, before, expected) => {
  expect(matched(rows, before).rows).toEqual(expected);
});

test.each([
  ['as many rows without a name as are left continue them, in order', ['a 総務', '- ', '- '], ['a', 'b', 'c']],
  ['fewer do not: nobody can tell which', ['a 総務', '- '], ['a', null]],
  ['nor do more', ['a 総務', '- ', '- ', '- '], ['a', null, null, null]],
  ['rows with a name are not counted', ['a 総務', '- ', 'x 環境'], ['a', null, null]],
  ['nor do rows with a name take what is left', ['a 総務', 'x 環境', 'y 水道'], ['a', null, null]],
] as const)('%s', (_, rows, expected) => {
  expect(matched(rows, ['a 総務', 'b 福祉', 'c 教育']).rows).toEqual(expected);
});

test('a row without a name that has its id is found by that, and is not counted among the nameless', () => {
  expect(matched(['a ', '- ', 'c 教育'], ['a 総務', 'b 福祉', 'c 教育']).rows).toEqual(['a', 'b', 'c']);
});

test('what is gone stands behind what it followed, and several keep their order', () => {
  const before = ['a 総務', 'b 福祉', 'c 教育', 'd 道路', 'e 水道'];
  expect(matched(['d 道路', 'b 福祉'], before).gone).toEqual([
    [-0.5, 'a'],
    [1.5, 'c'],
    [0.5, 'e'],
  ]);
  expect(matched(['a 総務'], before).gone).toEqual([
    [0.5, 'b'],
    [0.5, 'c'],
    [0.5, 'd'],
    [0.5, 'e'],
  ]);
  expect(matched(before, before).gone).toEqual([]);
});
