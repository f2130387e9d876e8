import { lostCharacters } from '../../text/lost-characters.ts';
import { machineDependentCharacters } from '../../text/machine-dependent.ts';
import { markupIn } from '../../text/markup.ts';
import { isNothingButPlaceholder, placeholderIn } from '../../text/placeholders.ts';
import { postInName } from '../../text/post-in-name.ts';
import type { Scheme } from '../../text/scheme.ts';
import { breaksSentence, goalsInOneCell } from '../../text/several-goals.ts';
import { charactersOutsideWindows31J, japaneseFormsOf } from '../../text/windows-31j.ts';
import { isVacant } from '../cells/people.ts';
import type { JoinedSheet } from '../join/joined-sheet.ts';
import type { Report } from './rule.ts';
import { report } from './rule.ts';
import type { TextCell } from './text-cells.ts';
import { textCells } from './text-cells.ts';

/** One thing that can be odd about a text that is shown. None of them holds a department. */
type TextRule = (cell: TextCell, words: Scheme) => Report | null;

/** What a template or a draft leaves behind. In 達成状況 such words are unknown statuses. */
const unreplacedTemplateText: TextRule = (cell) => {
  const { key, text, marksMeanNothing, isStatus, isRequired, header, holds, place } = cell;
  // A vacant post is a finished statement: （未定） in 部長名 says that there is nobody yet.
  if (isStatus || (key === 'director' && isVacant(text))) return null;
  if (isRequired && isNothingButPlaceholder(text)) {
    return report('nothing-but-unfinished', place(), { column: header, text }, holds);
  }
  const found = placeholderIn(text, marksMeanNothing);
  return found === null ? null : report('unreplaced-template-text', place(), { text: found });
};

/** A text longer than a page bears. It is published all the same: the page stays usable. */
const tooLong: TextRule = ({ text, limit, place }) => {
  // Counting characters is only worth it where even the code units are too many.
  const length = text.length > limit ? [...text].length : 0;
  return length > limit ? report('too-long', place(), { length, limit }) : null;
};

/** Characters that a screen reader stumbles on. Never in names, whose spelling is their owner's. */
const machineDependent: TextRule = ({ text, kind, place }) => {
  const pairs = kind === 'name' ? [] : machineDependentCharacters(text);
  return pairs.length === 0 ? null : report('machine-dependent-character', place(), { pairs });
};

/** Characters that not every Japanese PC shows: mostly Chinese forms of Japanese characters. Never in names. */
const outsideWindows31J: TextRule = ({ text, kind, place }) => {
  if (kind === 'name') return null;
  const outside = charactersOutsideWindows31J(text);
  if (outside.length === 0) return null;
  // What is said of a lost letter is enough.
  const characters = outside.filter(
    (character) => machineDependentCharacters(character).length === 0 && lostCharacters(character, false).length === 0,
  );
  if (characters.length === 0) return null;
  return report('outside-windows-31j', place(), { characters, suggestions: characters.flatMap(japaneseFormsOf) });
};

/** Text that a browser would read as markup. It is escaped, and shown as it was typed. */
const looksLikeMarkup: TextRule = ({ text, place }) => {
  const found = markupIn(text);
  return found === null ? null : report('looks-like-markup', place(), { text: found });
};

/** Letters that were lost on the way into the sheet, in names above all. */
const lostCharacter: TextRule = ({ text, kind, place }) => {
  const characters = lostCharacters(text, kind === 'name');
  return characters.length === 0 ? null : report('lost-character', place(), { characters });
};

/** One row is one goal: it is counted, and has one result. */
const severalGoals: TextRule = ({ key, text, place }) => {
  const count = key === 'goal' ? goalsInOneCell(text) : 0;
  return count === 0 ? null : report('several-goals', place(), { count });
};

/** A post beside the name would be shown twice. */
const nameWithPost: TextRule = ({ key, text, place }, { head }) => {
  const post = key === 'director' ? postInName(text, head) : null;
  return post === null ? null : report('name-with-post', place(), { post });
};

/** A line that ends in the middle of a sentence ends there on the page too. */
const brokenSentence: TextRule = ({ kind, text, place }) =>
  kind === 'prose' && breaksSentence(text) ? report('line-break-in-sentence', place(), {}) : null;

const textRules: readonly TextRule[] = [
  unreplacedTemplateText,
  tooLong,
  machineDependent,
  outsideWindows31J,
  looksLikeMarkup,
  lostCharacter,
  severalGoals,
  nameWithPost,
  brokenSentence,
];

/** Holds every text that is shown to the rules on text. */
export function oddTexts(sheet: JoinedSheet): Report[] {
  const reports: Report[] = [];
  for (const cell of textCells(sheet)) {
    for (const rule of textRules) {
      const found = rule(cell, sheet.rows.scheme);
      if (found !== null) reports.push(found);
    }
  }
  return reports;
}
