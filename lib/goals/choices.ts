import type { Place } from '../findings/catalogue.ts';
import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey, normalizeLine, normalizeText } from '../text/normalize.ts';
import type { Scheme } from '../text/scheme.ts';
import type { ChoiceColumn } from '../workbook/columns.ts';
import { choiceColumns, headerOf } from '../workbook/columns.ts';
import type { SheetRows } from '../workbook/rows.ts';
import { textIn } from '../workbook/rows.ts';
import type { StatusWord } from './cells/status.ts';
import { statusCategories } from './cells/status.ts';

/** A word of 選択肢, and where it stands. */
interface PlacedWord {
  readonly word: StatusWord;
  readonly labelCell: string;
  readonly aliasesPlace: Place;
}

const categories = statusCategories.map(({ word }) => word);

/**
 * Reads 選択肢, the city's own words for 達成状況. A row that cannot be used is left out with a warning; the words of the contract are
 * known in any case. Source: section 1 of the contract.
 */
export function readChoices(table: SheetRows['choices'], scheme: Scheme): { words: StatusWord[]; findings: Finding[] } {
  const words: StatusWord[] = [];
  const findings: Finding[] = [];
  const placed: PlacedWord[] = [];
  if (table === null) return { words, findings };
  const seen = new Map<string, string>();
  for (const { row, fields } of table.rows) {
    const label = normalizeText(textIn(fields, 'label'));
    const category = matchKey(textIn(fields, 'category'));
    const code = statusCategories.find(({ word }) => matchKey(word) === category)?.code;
    const place = (column: ChoiceColumn): Place => ({
      tab: table.tab,
      cell: fields[column]?.cell ?? null,
      row,
      column: headerOf(choiceColumns, column, scheme),
      value: fields[column]?.text || null,
    });
    const first = seen.get(matchKey(label));
    if (label === '' || code === undefined) {
      findings.push(finding('bad-choice', place(label === '' ? 'label' : 'category'), { categories }, scheme));
    } else if (first !== undefined) {
      findings.push(finding('repeated-choice', place('label'), { word: label, first }, scheme));
    } else {
      seen.set(matchKey(label), fields.label?.cell ?? '');
      const aliases = textIn(fields, 'aliases')
        .split(/[、,，\n]/u)
        .map((alias) => alias.trim());
      const typed = textIn(fields, 'from');
      const from = percentOf(typed);
      if (from === null && !isBlank(typed)) findings.push(finding('bad-choice-from', place('from'), {}, scheme));
      const description = normalizeLine(textIn(fields, 'description')) || null;
      const word = { label, code, aliases: aliases.filter((alias) => !isBlank(alias)), description, from };
      words.push(word);
      placed.push({ word, labelCell: fields.label?.cell ?? '', aliasesPlace: place('aliases') });
    }
  }
  return { words, findings: [...findings, ...doubtfulAliases(placed, scheme)] };
}

/** 下限 as a percentage: `70%`, `70`; a cell of that format shows `70%` too. Null where it is none. */
function percentOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)%?(?:以上)?$/u.exec(matchKey(text));
  return match === null ? null : Number(match[1]);
}

/** Aliases that stand for something else already: the same word would be a result here and another one there. */
function doubtfulAliases(placed: readonly PlacedWord[], scheme: Scheme): Finding[] {
  const findings: Finding[] = [];
  const known = new Map(placed.map((one) => [matchKey(one.word.label), one]));
  for (const one of placed) {
    for (const alias of one.word.aliases) {
      const other = known.get(matchKey(alias));
      if (other === undefined) known.set(matchKey(alias), one);
      else if (other.word.code !== one.word.code) {
        findings.push(finding('alias-of-another', one.aliasesPlace, { word: alias, other: other.labelCell }, scheme));
      }
    }
  }
  return findings;
}
