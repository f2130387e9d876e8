import type { StatusWord } from '../../goals/cells/status.ts';
import { readStatus, statusCategories, statusVocabulary } from '../../goals/cells/status.ts';
import type { Dataset, StatusCode } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { matchKey } from '../../text/normalize.ts';

/** What a goal came to, as it is published. */
interface PublishedStatus {
  readonly status: StatusCode;
  readonly statusLabel: string | null;
}

/**
 * The words of 選択肢 by which every published status is read as it was: those of the city, and behind them what a department that is held was
 * published with under words that 選択肢 has not got any more.
 *
 * Other ways of writing a word are given only where something published is written that way.
 */
export function statusWordsOf(year: PublishedYear, { departments }: Pick<Dataset, 'departments'>): StatusWord[] {
  const used = new Map<string, PublishedStatus>();
  for (const { goals } of departments) {
    for (const { status, statusLabel, interim } of goals) {
      for (const one of [{ status, statusLabel }, ...(interim === null ? [] : [interim])]) {
        if (one.statusLabel !== null) used.set(`${one.status} ${one.statusLabel}`, one);
      }
    }
  }
  const all = [...used.values()];
  const labels = all.map(({ statusLabel }) => matchKey(statusLabel ?? ''));
  const words: StatusWord[] = year.statuses.flatMap(({ code, ...word }) => {
    if (code === 'unrated') return [];
    const aliases = word.aliases.filter((alias) => labels.some((label) => label.includes(matchKey(alias))));
    return [{ ...word, code, aliases }];
  });
  // A word that is put in may stand within another label: until nothing more is to be put in.
  for (let before = -1; before < words.length; ) {
    before = words.length;
    const vocabulary = statusVocabulary(words);
    for (const { status, statusLabel } of all) {
      if (status === 'unrated' || statusLabel === null || isReadAs(statusLabel, status, vocabulary)) continue;
      if (words.some(({ label }) => matchKey(label) === matchKey(statusLabel))) continue;
      words.push({ label: statusLabel, code: status, aliases: [], description: null, from: null });
    }
  }
  return words;
}

function isReadAs(label: string, status: StatusCode, vocabulary: ReturnType<typeof statusVocabulary>): boolean {
  const reading = readStatus(label, vocabulary);
  return reading.kind === 'known' && reading.code === status && reading.label === label;
}

/**
 * What a cell of 達成状況 or 中間の状況 says, so that it is read as this status. Where the same word means something else by now, it is the word
 * of the contract.
 */
export function statusCells(words: readonly StatusWord[]): (published: PublishedStatus) => string | null {
  const vocabulary = statusVocabulary(words);
  return ({ status, statusLabel }) => {
    if (status === 'unrated') return null;
    const category = statusCategories.find(({ code }) => code === status)?.word ?? null;
    return statusLabel !== null && isReadAs(statusLabel, status, vocabulary) ? statusLabel : category;
  };
}
