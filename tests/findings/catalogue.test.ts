import { describe, expect, test } from 'vitest';
import { catalogue, listFindings } from '../../lib/findings/catalogue.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { isErrorValue, isName } from '../../lib/text/normalize.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { fixtures } from './fixtures.ts';
import { briefly, fullTabs, type Outcome, outcomeOf, shownAt, workbookWith } from './sheet.ts';

test('the sheet that the fixtures are made from has no finding', () => {
  const { findings, shown } = outcomeOf(workbookWith(fullTabs));
  expect(findings.map(briefly)).toEqual([]);
  expect(shown).toEqual(['総務部', '福祉部', '教育部']);
});

test('every finding of the catalogue has its fixture', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(catalogue).sort());
  for (const [code, { defects }] of Object.entries(fixtures)) {
    expect(
      defects.some(({ findings }) => findings.some((line) => line.split(' ')[0] === code)),
      code,
    ).toBe(true);
  }
});

/** Most sheets of the fixtures have a private column or two: that it is private is only told where it matters here. */
const aside = ['unpublished-columns', 'column-without-header'];

function told(outcome: Outcome, wanted: string): Outcome {
  return {
    ...outcome,
    findings: outcome.findings.filter(({ code }) => !aside.includes(code) || wanted.includes(code)),
  };
}

/** Tabs in which the first column names a department. */
const ofDepartments = ['部', '目標', '指標', '評価'];

/** What the sheet itself says of the place of a finding: its row, the header over it, and the department that its row names. */
function placeIn(workbook: Workbook, { tab, cell }: Finding): Partial<Finding> {
  const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/u.exec(cell ?? '') ?? [];
  if (tab === null || number === '') return {};
  const row = Number(number);
  // A header may be misspelt, and 設定 has its names beside the values.
  if (row === 1 || tab === '設定') return { row };
  const name = ofDepartments.includes(tab) ? shownAt(workbook, tab, `A${number}`) : '';
  const isNamed = isName(name) && !isErrorValue(name);
  return { row, column: shownAt(workbook, tab, `${letters}1`), ...(isNamed ? { department: name } : {}) };
}

describe.each(Object.entries(fixtures))('%s', (code, { defects, counterexamples }) => {
  test.each(defects)('is raised by: $name', ({ workbook, previous, pictures, findings, says = '', held = [] }) => {
    const outcome = told(outcomeOf(workbook, previous, pictures), findings.join(' '));
    expect(outcome.findings.map(briefly)).toEqual(findings);
    const words = outcome.findings.map(({ message, fix }) => message + fix);
    expect(words[0]).toContain(says);
    expect(words.join('')).not.toMatch(/undefined|null|NaN|「」/u);
    for (const { finding, shown } of outcome.findings.map((one) => ({ finding: one, shown: placeIn(workbook, one) }))) {
      expect({ ...finding, ...shown }).toEqual(finding);
    }
    for (const { tab, cell, column, value } of outcome.findings) {
      // What 決裁 says is private.
      if (column === '決裁' || column === '連絡先メール') expect(value).toBeNull();
      else if (tab !== null && cell !== null)
        expect(value ?? '').toBe(shownAt(workbook, tab, cell).replace(/^[ 　]+$/u, value ?? ''));
    }
    expect(outcome.held).toEqual(held);
    // What is held is held for a reason that people are told.
    expect(outcome.reasons).toHaveLength(held.length);
    for (const reason of outcome.reasons) expect(reason).toMatch(/。/u);
  });

  test.each(counterexamples)('is not raised by: $name', ({ workbook, previous, pictures }) => {
    const { findings } = told(outcomeOf(workbook, previous, pictures), code);
    expect(findings.map(briefly)).toEqual([]);
    expect(findings.map((finding) => finding.code)).not.toContain(code);
  });
});

describe('the words', () => {
  test.each(listFindings())('of $code are whole sentences, politely put', ({ message, fix }) => {
    for (const text of [message, fix]) {
      expect(text).toMatch(/^[^\s].*[。]$/u);
      expect(text).not.toMatch(/undefined|null|NaN|\[object|「」|である。|だ。$/u);
      // Dates are for people here: 2025年4月1日.
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/u);
    }
    expect(message).toMatch(/(?:です|ます|ません|でした|ました|ませんか|ようです)[（。]?/u);
    expect(fix).toMatch(/(?:ください|かまいません)[（。]/u);
  });
});
