import { expect, test } from 'vitest';
import { at, briefly, fullTabs, outcomeOf, workbookWith } from './sheet.ts';

/** 福祉部 withdrawn, and in its goals and its row everything that would be wrong with a department. */
const withdrawn = at(fullTabs, '部', 'L3', '取下げ');

const findingsOf = (tabs: Parameters<typeof workbookWith>[0]) => outcomeOf(workbookWith(tabs)).findings.map(briefly);

test.each([
  ['a goal without text', '目標', 'C5', '', 'missing-value 目標!C5'],
  ['a number twice', '目標', 'B6', '1', 'repeated-number 目標!B6'],
  ['a gap in the numbers', '目標', 'B6', '4', 'gap-in-numbers 目標!B6'],
  ['a number that is none', '目標', 'B6', '二番', 'unreadable-number 目標!B6'],
  ['no result', '目標', 'D5', '', 'missing-result 目標!D5'],
  ['an unknown status', '目標', 'D5', 'まあまあ', 'unknown-status 目標!D5'],
  ['an error value in a goal', '目標', 'C5', '#REF!', 'error-value 目標!C5'],
  ['what a template left in a goal', '目標', 'C5', '○○を進めます', 'unreplaced-template-text 目標!C5'],
  ['no 総括', '部', 'G3', '', 'missing-summary 部!G3'],
  ['no 部長名', '部', 'B3', '', 'missing-value 部!B3'],
  ['no ふりがな', '部', 'C3', '', 'missing-director-kana 部!C3'],
])('%s is told, but not of a department that is withdrawn', (_, tab, cell, text, expected) => {
  expect(findingsOf(at(fullTabs, tab, cell, text))).toContain(expected);
  expect(findingsOf(at(withdrawn, tab, cell, text))).not.toContain(expected);
});

test('a row without a name withdraws nothing, so what is wrong with the goals beside it is told', () => {
  const nameless = { ...fullTabs, 部: [fullTabs.部[0] ?? [], ['', '', '', '', '', '', '', '', '', '', '', '取下げ']] };
  const goals = { ...nameless, 目標: [fullTabs.目標[0] ?? [], ['!'], ['Err:502']] };
  expect(findingsOf(goals)).toEqual(expect.arrayContaining(['error-value 目標!A3', 'missing-value 目標!C3']));
});

test.each([
  ['部名', 'A3', 'error-value 部!A3'],
  ['年度', 'M3', 'error-value 部!M3'],
])('an error value for %s of a row to be withdrawn is told, and takes nothing off the site', (_, cell, expected) => {
  const published = outcomeOf(workbookWith(fullTabs)).published;
  const broken = outcomeOf(workbookWith(at(withdrawn, '部', cell, '#REF!')), published);
  expect(broken.findings.map(briefly)).toContain(expected);
  expect(broken.shown).toContain('福祉部');
});

test('an error value for the name of a goal is told, though every department is withdrawn', () => {
  const only = { ...withdrawn, 部: [withdrawn['部']?.[0] ?? [], withdrawn['部']?.[2] ?? []] };
  expect(findingsOf({ ...only, 目標: [fullTabs.目標[0] ?? [], ['#REF!', '1', '窓口を広げます', '達成']] })).toContain(
    'error-value 目標!A2',
  );
});
