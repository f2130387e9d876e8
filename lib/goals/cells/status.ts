import { matchKey, normalizeText } from '../../text/normalize.ts';
import type { StatusCode } from '../model/dataset.ts';

/** The words of the contract for 達成状況. */
export const statusCategories: readonly { readonly word: string; readonly code: Exclude<StatusCode, 'unrated'> }[] = [
  { word: '達成', code: 'achieved' },
  { word: '一部達成', code: 'partial' },
  { word: '未達成', code: 'missed' },
  { word: '進行中', code: 'in-progress' },
];

/** A word that may stand in 達成状況. */
export interface StatusWord {
  /** As it is shown. */
  readonly label: string;
  readonly code: Exclude<StatusCode, 'unrated'>;
  /** Other ways of writing it, as typed. */
  readonly aliases: readonly string[];
}

/** All words that are known, ready for look-up. */
export interface StatusVocabulary {
  /** In the order in which they are offered to staff: the city's own first. */
  readonly words: readonly StatusWord[];
  readonly byKey: ReadonlyMap<string, StatusWord>;
  /** Lengths in UTF-16 code units of the keys, longest first. */
  readonly lengths: readonly number[];
}

/** Makes the vocabulary of the city's own words (選択肢) and the four of the contract; the city's own win. */
export function statusVocabulary(own: readonly StatusWord[]): StatusVocabulary {
  const byKey = new Map<string, StatusWord>();
  const words = [...own];
  const know = (name: string, word: StatusWord): void => {
    const key = matchKey(name);
    if (key !== '' && !byKey.has(key)) byKey.set(key, word);
  };
  for (const word of own) know(word.label, word);
  // What a word is called itself goes before what another one may be called.
  for (const word of own) for (const alias of word.aliases) know(alias, word);
  for (const { word, code } of statusCategories) {
    const key = matchKey(word);
    if (byKey.has(key)) continue;
    const known: StatusWord = { label: word, code, aliases: [] };
    byKey.set(key, known);
    if (own.length === 0) words.push(known);
  }
  const lengths = [...new Set([...byKey.keys()].map((key) => key.length))].sort((a, b) => b - a);
  return { words, byKey, lengths };
}

export type StatusReading =
  | {
      readonly kind: 'known';
      readonly code: Exclude<StatusCode, 'unrated'>;
      readonly label: string;
      /**
       * The word that was found where more stands around it, as {@link matchKey} compares it; null where it is the whole
       * cell.
       */
      readonly within: string | null;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several'; readonly labels: readonly string[] };

/**
 * Reads a cell of 達成状況 that is not blank. One known word, and whatever stands around it, has that word's code and keeps its
 * own wording as its label; the longest word wins where one holds another (`未達成` holds `達成`); two different words are
 * `several`. Source: section 1 of the contract.
 */
export function readStatus(text: string, vocabulary: StatusVocabulary): StatusReading {
  const key = matchKey(text);
  const whole = vocabulary.byKey.get(key);
  if (whole !== undefined) return { kind: 'known', code: whole.code, label: whole.label, within: null };
  const found = new Map<StatusWord, string>();
  for (let at = 0; at < key.length; ) {
    const length = vocabulary.lengths.find((candidate) => vocabulary.byKey.has(key.slice(at, at + candidate)));
    const word = length === undefined ? undefined : vocabulary.byKey.get(key.slice(at, at + length));
    if (word === undefined || length === undefined) {
      at += 1;
      continue;
    }
    if (!found.has(word)) found.set(word, key.slice(at, at + length));
    at += length;
  }
  const [first, second] = found;
  if (first === undefined) return { kind: 'unknown' };
  if (second !== undefined) return { kind: 'several', labels: [...found.keys()].map(({ label }) => label) };
  const [{ code }, within] = first;
  return { kind: 'known', code, label: normalizeText(text), within };
}
