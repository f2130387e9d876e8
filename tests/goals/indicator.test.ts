import { describe, expect, test } from 'vitest';
import { isIndicatorReached, withUnit } from '../../lib/goals/indicator.ts';
import type { Indicator } from '../../lib/goals/model/dataset.ts';
import { joinedOf, settleTabs } from '../support/settled.ts';
import { soundTabs } from '../support/workbook.ts';

/** A row of 指標, as it is published. */

const now = new Date('2025-04-01T01:00:00Z');

/** The indicators of the first goal of 総務部, from rows that give only the cells that matter. */
function indicatorsOf(...rows: readonly Readonly<Record<string, string>>[]): readonly Indicator[] {
  const headers = ['部名', '目標番号', '指標名', ...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (header, index, all) => all.indexOf(header) === index,
  );
  const given = { 部名: '総務部', 目標番号: '1', 指標名: '窓口の数' };
  const cells = rows.map((row) => {
    const whole: Readonly<Record<string, string>> = { ...given, ...row };
    return headers.map((header) => whole[header] ?? '');
  });
  const { published, held } = settleTabs({ ...soundTabs, 指標: [headers, ...cells] }, null, now);
  expect(held).toEqual([]);
  const departments = published.years[0]?.departments.map(({ department }) => department) ?? [];
  return departments.find(({ id }) => id === 'somu')?.goals[0]?.indicators ?? [];
}

test('what a row does not say is null, and what it counts is to rise', () => {
  expect(indicatorsOf({})).toEqual([
    {
      name: '窓口の数',
      unit: null,
      direction: 'increase',
      baseline: null,
      target: null,
      interim: null,
      actual: null,
      reached: null,
      source: null,
      columns: {},
    },
  ]);
});

test.each([
  ['', 'increase'],
  ['増やす', 'increase'],
  ['減らす', 'decrease'],
  ['保つ', 'keep'],
  [' 保つ ', 'keep'],
] as const)('向き %j is %s', (text, direction) => {
  expect(indicatorsOf({ 向き: text })[0]?.direction).toBe(direction);
});

test.each([
  ['基準値', '基準時点', 'baseline'],
  ['目標値', '目標時点', 'target'],
  ['中間値', '中間時点', 'interim'],
  ['実績値', '実績時点', 'actual'],
] as const)('%s, with %s beside it or without', (value, at, property) => {
  // Results ask for 実績値.
  const rest = value === '実績値' ? {} : { 実績値: '9' };
  expect(indicatorsOf({ ...rest, [value]: '1,234', [at]: '９月末' })[0]?.[property]).toEqual({
    value: 1234,
    text: '1,234',
    at: '9月末',
  });
  expect(indicatorsOf({ ...rest, [value]: '1,234' })[0]?.[property]).toEqual({ value: 1234, text: '1,234', at: null });
  if (value !== '実績値') expect(indicatorsOf({ ...rest, [value]: '－', [at]: '9月末' })[0]?.[property]).toBeNull();
});

describe('the unit', () => {
  test.each([
    ['of its column', { 単位: 'か所', 実績値: '3' }, 'か所'],
    ['of the cells, where the column is blank', { 単位: '', 実績値: '74,911千円' }, '千円'],
    ['of the cells, where there is no such column', { 実績値: '3人' }, '人'],
    ['of the column, where cells say the same', { 単位: '人', 実績値: '3人', 目標値: '5人' }, '人'],
    ['none at all', { 単位: ' ', 実績値: '3' }, null],
  ])('%s', (_, row, unit) => {
    expect(indicatorsOf(row)[0]?.unit).toBe(unit);
  });
});

describe('reached', () => {
  test.each([
    ['増やす', '10', '10', true],
    ['増やす', '10', '9.9', false],
    ['減らす', '10', '10', true],
    ['減らす', '10', '10.1', false],
    ['保つ', '10', '10', true],
    ['保つ', '10', '11', false],
    ['増やす', '10以下', '9', true],
    ['増やす', '10以下', '11', false],
    ['減らす', '10以上', '11', true],
    ['増やす', '－', '9', null],
    ['増やす', '10', '－', null],
  ])('%s, 目標 %s, 実績 %s: %s', (direction, target, actual, reached) => {
    expect(indicatorsOf({ 向き: direction, 目標値: target, 実績値: actual })[0]?.reached).toBe(reached);
  });
});

test.each([
  ['600', 'g', '600g'],
  ['600以下', 'g', '600g以下'],
  ['60以上', '%', '60%以上'],
  ['10未満', '件', '10件未満'],
  ['5以内', '日', '5日以内'],
  ['3超', '回', '3回超'],
  ['600g', 'g', '600g'],
  ['85％', '%', '85％'],
  ['600以下', null, '600以下'],
  ['約600', 'g', '約600g'],
])('%s with the unit %s is %s', (text, unit, shown) => {
  expect(withUnit({ text }, unit)).toBe(shown);
});

test.each([
  [{ 目標値: '10', 実績値: '12' }, true],
  [{ 目標値: '10', 実績値: '9' }, false],
  [{ 向き: '減らす', 目標値: '10', 実績値: '9' }, true],
  [{ 向き: '斜め', 目標値: '10', 実績値: '12' }, null],
  [{ 指標名: '', 目標値: '10', 実績値: '12' }, null],
  [{ 目標値: '', 実績値: '12' }, null],
  [{ 目標値: '10', 実績値: '' }, null],
] as const)('whether the row %j says that it was reached: %s', (row, reached) => {
  const whole = { 部名: '総務部', 目標番号: '1', 指標名: '窓口の数', 向き: '', ...row };
  const sheet = joinedOf({ ...soundTabs, 指標: [Object.keys(whole), Object.values(whole)] }, now);
  expect(sheet.indicators.map(isIndicatorReached)).toEqual([reached]);
});

test('several stand in the order of the sheet', () => {
  expect(
    indicatorsOf({ 指標名: 'い' }, { 指標名: 'あ', 出典: '統計' }).map(({ name, source }) => [name, source]),
  ).toEqual([
    ['い', null],
    ['あ', '統計'],
  ]);
});
