import { inWords, type Scheme } from '../../text/scheme.ts';
import {
  allTabs,
  type Choices as ChoicesSpec,
  type ColumnSpec,
  settingItems,
  type TabKey,
  type TabSpec,
} from '../../workbook/columns.ts';

import { exampleRows } from './example.ts';

/**
 * The workbook as staff get it, in the city's words: what each tab, column and setting looks like, what can be chosen, and what its
 * note says. Both writers, the `.xlsx` template and the set-up of a Google Sheet, are made from this, and this from the table of
 * columns.
 */

/** What can be chosen in a cell. Where `strict`, nothing else can be typed; elsewhere other words are warned of. */
export type Choices =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly strict: boolean; readonly refusal: string }
  | {
      readonly kind: 'column';
      /** Name of the tab and header of the column whose cells are the choices. */
      readonly tab: string;
      readonly header: string;
      readonly strict: boolean;
      readonly refusal: string;
    }
  /** A box to tick; where the program has none, the word はい. */
  | { readonly kind: 'tick' };

/** When a blank cell is coloured: always, only in one phase of 設定, or never. */
export type Need = 'always' | 'in-results' | 'in-interim' | 'never';

/** A header, or an item of 設定, by which it is found. */
export interface NamedCell {
  readonly key: string;
  readonly header: string;
  /** Other headers that mean the same. */
  readonly aliases: readonly string[];
}

interface Looks {
  readonly definition: NamedCell;
  /** The note on the header or the setting: what to write, with an example. */
  readonly note: string;
  /** `text` keeps leading zeros and stops the program from taking a code for a number or a date. */
  readonly format: 'general' | 'text';
  readonly choices: Choices | null;
  readonly need: Need;
}

export interface TemplateColumn extends Looks {
  /** Width in pixels. */
  readonly width: number;
  /** Words that colour a cell that holds them. */
  readonly colours: readonly WordColour[];
  /** Not in a new workbook; looked after where a city has put it in. */
  readonly optional: boolean;
}

export interface WordColour {
  readonly word: string;
  /** `RRGGBB`. */
  readonly fill: string;
}

/** One item of 設定: a row with its name and a cell to fill in. */
export interface TemplateSetting extends Looks {
  /** What the cell begins with; blank in a new workbook. */
  readonly value: string;
}

export interface TemplateTab {
  readonly key: TabKey;
  readonly name: string;
  readonly columns: readonly TemplateColumn[];
  /** For 設定: its items, one a row, under the header. Empty for the other tabs. */
  readonly settings: readonly TemplateSetting[];
  /** Rows under the header that a new workbook begins with: words to choose from, never anything that could be published. */
  readonly rows: readonly (readonly string[])[];
}

/** Colour of a required cell that is still blank, `RRGGBB`. */
export const blankFill = 'FFF2CC';

/** Number of rows that drop-downs and colours reach to; programs copy both when rows are added. */
export const preparedRows = 1000;

/** The words that a new 選択肢 begins with: those of the contract that most cities use. */
const usualWords = ['達成', '一部達成', '未達成', '進行中'];

/** The tabs that staff fill in, in the order of the workbook; 使い方 comes before them and 確認結果 after. */
export function templateTabs(scheme: Scheme): readonly TemplateTab[] {
  return allTabsWithOptional(scheme).map((tab) => ({
    ...tab,
    columns: tab.columns.filter(({ optional }) => !optional),
  }));
}

/** The same with the columns that only some cities have. */
export function allTabsWithOptional(scheme: Scheme): readonly TemplateTab[] {
  return allTabs.map((tab) => templateTab(tab, scheme));
}

/** The same, filled in with an invented city, so that somebody who tries it sees a site at once. */
export function exampleTabs(scheme: Scheme): readonly TemplateTab[] {
  const example = exampleRows(scheme);
  return templateTabs(scheme).map((tab) => {
    const filled = example.tabs[tab.key] ?? [];
    return {
      ...tab,
      settings: tab.settings.map((setting) => ({ ...setting, value: example.settings[setting.definition.key] ?? '' })),
      rows:
        filled.length === 0
          ? tab.rows
          : filled.map((row) => tab.columns.map(({ definition }) => row[definition.key] ?? '')),
    };
  });
}

function templateTab(tab: TabSpec, scheme: Scheme): TemplateTab {
  return {
    key: tab.key,
    name: inWords(tab.name, scheme),
    columns: tab.columns.map((column) => ({
      ...looksOf(column, scheme, needOf(column, tab)),
      width: column.looks.width,
      colours: column.looks.colours ?? [],
      optional: column.looks.optional === true,
    })),
    settings:
      tab.key === 'settings' ? withoutOptional(settingItems).map((item) => templateSetting(item, '', scheme)) : [],
    rows: tab.key === 'choices' ? usualWords.map((word) => [word, word]) : [],
  };
}

/** One item of 設定 with what stands beside it. */
export function templateSetting(item: ColumnSpec, value: string, scheme: Scheme): TemplateSetting {
  return { ...looksOf(item, scheme, item.needed ? 'always' : 'never'), value };
}

function withoutOptional(items: readonly ColumnSpec[]): readonly ColumnSpec[] {
  return items.filter(({ looks }) => looks.optional !== true);
}

function looksOf(column: ColumnSpec, scheme: Scheme, need: Need): Looks {
  const words = (text: string): string => inWords(text, scheme);
  return {
    definition: { key: column.key, header: words(column.header), aliases: (column.aliases ?? []).map(words) },
    note: words(column.looks.note),
    format: column.looks.format ?? 'general',
    choices: column.looks.choices === undefined ? null : choicesOf(column.looks.choices, scheme),
    need,
  };
}

/** A blank cell that means the value above is never coloured. */
function needOf({ key, needed, required, looks }: ColumnSpec, tab: TabSpec): Need {
  if (looks.wanted) return 'always';
  if (tab.carried.includes(key) || tab.carriedInDepartment.includes(key)) return 'never';
  // In the other tabs a city has rows only for what it wants to say.
  if (tab.key !== 'departments' && tab.key !== 'goals' && tab.key !== 'indicators') return 'never';
  if (needed || required === 'always') return 'always';
  if (required === 'result') return 'in-results';
  return required === 'interim' ? 'in-interim' : 'never';
}

function choicesOf(choices: ChoicesSpec, scheme: Scheme): Choices {
  const words = (text: string): string => inWords(text, scheme);
  if (choices.kind === 'tick') return choices;
  if (choices.kind === 'words') {
    return { ...choices, words: choices.words.map(words), refusal: words(choices.refusal) };
  }
  const tab = allTabs.find(({ key }) => key === choices.tab);
  const column = tab?.columns.find(({ key }) => key === choices.key);
  return {
    kind: 'column',
    tab: words(tab?.name ?? ''),
    header: words(column?.header ?? ''),
    strict: choices.strict,
    refusal: words(choices.refusal),
  };
}
