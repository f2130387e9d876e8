import { matchKey, normalizeLine } from '../../text/normalize.ts';
import type { StatusCode } from '../model/dataset.ts';

type RatedCode = Exclude<StatusCode, 'unrated'>;

/** The words of the contract for 達成状況. */
export const statusCategories: readonly { readonly word: string; readonly code: RatedCode }[] = [
  { word: '上回る', code: 'exceeded' },
  { word: '達成', code: 'achieved' },
  { word: '一部達成', code: 'partial' },
  { word: '未達成', code: 'missed' },
  { word: '進行中', code: 'in-progress' },
  { word: '未着手', code: 'not-started' },
  { word: '中止', code: 'cancelled' },
  { word: '評価不能', code: 'not-assessable' },
];

/** A word that may stand in 達成状況. */
export interface StatusWord {
  /** As it is shown. */
  readonly label: string;
  readonly code: RatedCode;
  /** Other ways of writing it, as typed. */
  readonly aliases: readonly string[];
  /** What it means, for the legend. */
  readonly description: string | null;
  /** 下限: the percentage from which on a cell such as `85%` means this word. */
  readonly from: number | null;
}

/** All words that are known, ready for look-up. */
export interface StatusVocabulary {
  /** In the order in which they are offered to staff: the city's own, or the contract's where it has none. */
  readonly words: readonly StatusWord[];
  /** True where the city has words of its own. */
  readonly hasOwn: boolean;
  readonly byKey: ReadonlyMap<string, StatusWord>;
  /** Lengths in UTF-16 code units of the keys, longest first. */
  readonly lengths: readonly number[];
  /** Words with a 下限, highest first. */
  readonly steps: readonly { readonly from: number; readonly word: StatusWord }[];
}

/** What the words mean in a new workbook: those of the contract that most cities use. */
const usual: ReadonlySet<RatedCode> = new Set(['achieved', 'partial', 'missed', 'in-progress']);

/** Makes the vocabulary of the city's own words (選択肢) and those of the contract; the city's own win. */
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
    const known: StatusWord = { label: word, code, aliases: [], description: null, from: null };
    byKey.set(key, known);
    if (own.length === 0 && usual.has(code)) words.push(known);
  }
  const lengths = [...new Set([...byKey.keys()].map((key) => key.length))].sort((a, b) => b - a);
  const steps = own
    .flatMap((word) => (word.from === null ? [] : [{ from: word.from, word }]))
    .sort((a, b) => b.from - a.from);
  return { words, hasOwn: own.length > 0, byKey, lengths, steps };
}

export type StatusReading =
  | {
      readonly kind: 'known';
      readonly code: RatedCode;
      readonly label: string;
      /**
       * The word that was found where more stands around it, as {@link matchKey} compares it; null where it is the whole
       * cell.
       */
      readonly within: string | null;
    }
  | { readonly kind: 'unknown' }
  /** `85%`, and no word of the city says from which percentage on it holds. */
  | { readonly kind: 'percentage' }
  | { readonly kind: 'several'; readonly labels: readonly string[] };

const percentage = /^約?(\d+(?:\.\d+)?)%$/u;
const brackets = /\([^()]*\)|〔[^〕]*〕|\[[^\]]*\]|【[^】]*】|<[^<>]*>/gu;

/**
 * Reads a cell of 達成状況 that is not blank. One known word, and whatever stands around it, has that word's code and keeps its
 * own wording as its label; the longest word wins where one holds another (`未達成` holds `達成`); words of different codes are
 * `several`. What stands in brackets explains, and is asked only where nothing outside is known. A percentage is the word with the
 * highest 下限 that it reaches. Source: sections 1 and 8 of the contract.
 */
export function readStatus(text: string, vocabulary: StatusVocabulary): StatusReading {
  const key = matchKey(text);
  const whole = vocabulary.byKey.get(key);
  if (whole !== undefined) return { kind: 'known', code: whole.code, label: whole.label, within: null };
  const outside = key.includes('(') || /[〔[【<]/u.test(key) ? key.replace(brackets, ' ') : key;
  const percent = percentage.exec(outside.trim());
  if (percent !== null) {
    const word = stepOf(Number(percent[1]), vocabulary);
    return word === null
      ? { kind: 'percentage' }
      : { kind: 'known', code: word.code, label: normalizeLine(text), within: null };
  }
  let found = wordsIn(outside, vocabulary);
  if (found.size === 0 && outside !== key) found = wordsIn(key, vocabulary);
  const [first] = found;
  if (first === undefined) return { kind: 'unknown' };
  const labels = [...found.keys()];
  if (labels.some(({ code }) => code !== first[0].code)) {
    return { kind: 'several', labels: labels.map(({ label }) => label) };
  }
  const [{ code }, within] = first;
  return { kind: 'known', code, label: normalizeLine(text), within };
}

/** The word with the highest 下限 that is reached; the lowest where none is. */
function stepOf(percent: number, { steps }: StatusVocabulary): StatusWord | null {
  return (steps.find(({ from }) => percent >= from) ?? steps.at(-1))?.word ?? null;
}

const latin = /[a-z0-9]/u;

/** The known words of a text with what was found of each; the longest at each place. */
function wordsIn(key: string, { byKey, lengths }: StatusVocabulary): Map<StatusWord, string> {
  const found = new Map<StatusWord, string>();
  for (let at = 0; at < key.length; ) {
    const length = lengths.find((candidate) => byKey.has(key.slice(at, at + candidate)));
    const word = length === undefined ? undefined : byKey.get(key.slice(at, at + length));
    if (word === undefined || length === undefined || isPartOfLatinWord(key, at, length)) {
      at += 1;
      continue;
    }
    if (!found.has(word)) found.set(word, key.slice(at, at + length));
    at += length;
  }
  return found;
}

/** A letter A that the city rates by is not the one in PTA. */
function isPartOfLatinWord(key: string, at: number, length: number): boolean {
  const isLatinAt = (index: number): boolean => latin.test(key[index] ?? '');
  return (isLatinAt(at) && isLatinAt(at - 1)) || (isLatinAt(at + length - 1) && isLatinAt(at + length));
}
