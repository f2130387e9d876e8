import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { isBlank, matchKey, normalizeLine, normalizeText } from '../text/normalize.ts';
import type { Scheme } from '../text/scheme.ts';
import type { DeclarationColumn, Required, TabKey } from './columns.ts';
import { declarationColumns, headerOf } from './columns.ts';
import type { Field, Row, Table } from './rows.ts';
import { textIn } from './rows.ts';

/** Tabs that a city can have columns of its own in. */
export const declarableTabs = ['departments', 'goals', 'indicators'] as const satisfies readonly TabKey[];
export type DeclarableTab = (typeof declarableTabs)[number];

/** 種類: what stands in the cells of a column. */
export const columnTypes = ['text', 'number', 'money', 'percent', 'date', 'link'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Whether what stands in the cells of a column is published as a number. */
export const isNumberType = (type: ColumnType): boolean => numberTypes.has(type);

const numberTypes: ReadonlySet<ColumnType> = new Set(['number', 'money', 'percent']);

/** A column that 項目 declares. Source: 項目 in section 1 of the contract. */
export interface DeclaredColumn {
  /** 見出し as 項目 writes it. */
  readonly header: string;
  readonly tab: DeclarableTab;
  readonly type: ColumnType;
  readonly required: Required;
  readonly isPublished: boolean;
  /** 表示名; the header where it is blank. */
  readonly label: string;
  /** Whether 表示名 is given. */
  readonly hasLabel: boolean;
  readonly hasRequired: boolean;
  readonly unit: string | null;
  readonly description: string | null;
  /** The cell of 見出し in 項目, for what is wrong with the declaration. */
  readonly place: Field;
}

const typeWords: ReadonlyMap<string, ColumnType> = new Map([
  ['文', 'text'],
  ['数', 'number'],
  ['金額', 'money'],
  ['割合', 'percent'],
  ['日付', 'date'],
  ['リンク', 'link'],
]);

const requiredWords: ReadonlyMap<string, Required> = new Map([
  ['いつも', 'always'],
  ['目標', 'plan'],
  ['中間', 'interim'],
  ['結果', 'result'],
  ['未達成のとき', 'missed'],
]);

const publishedWords: ReadonlyMap<string, boolean> = new Map([
  ['する', true],
  ['しない', false],
]);

/** What 項目 says, row by row. A row that cannot be read is a warning at its own cell, and the column is not published. */
export interface Declarations {
  readonly columns: readonly DeclaredColumn[];
  readonly findings: readonly Finding[];
}

export function readDeclarations(table: Table<DeclarationColumn> | null, scheme: Scheme): Declarations {
  const columns: DeclaredColumn[] = [];
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  if (table === null) return { columns, findings };
  for (const row of table.rows) {
    const read = readDeclaration(row, table.tab, scheme);
    findings.push(...read.findings);
    const { column } = read;
    if (column === null) continue;
    const key = `${column.tab} ${matchKey(column.header)}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, column.place.cell);
      columns.push(column);
    } else {
      const place = placeOf(table.tab, column.place, headerOf(declarationColumns, 'header', scheme));
      findings.push(finding('repeated-declaration', place, { header: column.header, first }, scheme));
    }
  }
  return { columns, findings };
}

function placeOf(tab: string, { cell, row, text }: Field, column: string) {
  return { tab, cell, row, column, value: text === '' ? null : text };
}

function readDeclaration(
  { fields }: Row<DeclarationColumn>,
  tab: string,
  scheme: Scheme,
): { column: DeclaredColumn | null; findings: Finding[] } {
  const findings: Finding[] = [];
  const textOf = (key: DeclarationColumn): string => textIn(fields, key);
  const isFilled = (key: DeclarationColumn): boolean => !isBlank(textOf(key));
  const { header } = fields;
  const unusable = (key: DeclarationColumn, words: readonly string[]): void => {
    const column = headerOf(declarationColumns, key, scheme);
    const field = fields[key];
    if (field === undefined) return;
    findings.push(finding('bad-declaration', placeOf(tab, field, column), { column, words }, scheme));
  };
  const word = <T>(key: DeclarationColumn, words: ReadonlyMap<string, T>, blank: T): T | null => {
    if (!isFilled(key)) return blank;
    const value = words.get(matchKey(textOf(key))) ?? null;
    if (value === null) unusable(key, [...words.keys()]);
    return value;
  };
  if (header === undefined || isBlank(header.text)) {
    unusable('header', []);
    return { column: null, findings };
  }
  const tabs = tabWords(scheme);
  const tabMeant = tabs.get(matchKey(textOf('tab'))) ?? null;
  if (tabMeant === null) unusable('tab', [scheme.unit, '目標', '指標']);
  const type = word('type', typeWords, 'text');
  const required = word('required', requiredWords, 'never');
  const isPublished = word('published', publishedWords, true);
  if (tabMeant === null || type === null || required === null || isPublished === null)
    return { column: null, findings };
  const own = normalizeText(normalizeText(header.text).replaceAll('\n', ''));
  const optional = (key: DeclarationColumn): string | null => normalizeLine(textOf(key)) || null;
  return {
    column: {
      header: own,
      tab: tabMeant,
      type,
      required,
      isPublished,
      label: optional('label') ?? own,
      hasLabel: isFilled('label'),
      hasRequired: isFilled('required'),
      unit: optional('unit'),
      description: optional('description'),
      place: header,
    },
    findings,
  };
}

/** シート takes the contract's name of the tab, or the city's. */
function tabWords(scheme: Scheme): ReadonlyMap<string, DeclarableTab> {
  return new Map([
    [matchKey('部'), 'departments'],
    [matchKey(scheme.unit), 'departments'],
    [matchKey('目標'), 'goals'],
    [matchKey('指標'), 'indicators'],
  ]);
}
